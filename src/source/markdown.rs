//! The door to pulldown-cmark: front matter, and what stands where in a text.
//!
//! A text is read twice at most: once here, for what the model must know of it
//! (headings, links, references, tables, typed blocks), and once when it is rendered.

use super::foreign::{self, Dialect, Frame};
use super::markup::{self, Chunk, Token};
use super::{Problem, Table, Trouble, toml, yaml};
use crate::diagnostic::{FileId, Span};
use deunicode::deunicode;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

pub use pulldown_cmark as syntax;

/// A Markdown file: front matter as a table, and the rest.
#[derive(Debug, Clone)]
pub struct Markdown {
    /// The front matter; empty where there is none.
    pub table: Table,
    /// Whether it is YAML, as other tools write it.
    pub yaml: bool,
    /// What follows it.
    pub body: Span,
    /// What stands in the body.
    pub outline: Outline,
    /// Faults of the front matter.
    pub problems: Vec<Problem>,
}

/// What the model must know of a text before it is rendered.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// In order; ids are unique within the text.
    pub headings: Vec<Heading>,
    /// Links and images.
    pub links: Vec<Link>,
    /// `[[kind:id]]`, also those whose prefix is no kind.
    pub references: Vec<Reference>,
    /// Fenced blocks that hold TOML: quiz, raci, goal …
    pub blocks: Vec<Block>,
    /// Tables.
    pub tables: Vec<MarkdownTable>,
    /// Raw HTML; comments, line breaks and anchors aside.
    pub markup: Vec<Markup>,
    /// Names in raw HTML that links can lead to.
    pub quiet_anchors: Vec<String>,
    /// Those that links can lead to where the safe part of raw HTML is kept.
    pub raw_anchors: Vec<String>,
    /// Another tool's tags that are shown as text.
    pub tags: Vec<Span>,
    /// Whose habits the text may follow.
    pub dialect: Dialect,
    /// All fenced and indented code.
    pub code: Vec<Span>,
    /// Words, for reading time.
    pub words: usize,
    /// The first paragraph as plain text.
    pub opening: String,
}

impl Outline {
    /// What links can lead to, in order: headings, then names in raw HTML, all of them where it is kept.
    pub fn anchors(&self, keeps_html: bool) -> impl Iterator<Item = &str> {
        let raw = self.raw_anchors.iter().filter(move |_| keeps_html);
        self.headings.iter().map(|h| h.id.as_str()).chain(self.quiet_anchors.iter().chain(raw).map(String::as_str))
    }
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// As plain text.
    pub text: String,
    /// Its anchor, as on a git host.
    pub id: String,
    /// Whether the author has written that anchor.
    pub stated: bool,
    /// The first heading that has the anchor which this one would have, by its place among them.
    pub like: Option<usize>,
    /// Where.
    pub span: Span,
}

/// A link or an image.
#[derive(Debug, Clone)]
pub struct Link {
    /// As written.
    pub target: String,
    /// Where the target stands.
    pub span: Span,
    /// First byte of the whole link, the key by which rendering finds it again.
    pub start: u32,
    /// Whether it is an image.
    pub image: bool,
    /// Whether it stands in raw HTML, and so leads somewhere only where that is kept.
    pub raw: bool,
    /// Whether an image has words for those who do not see it.
    pub worded: bool,
}

/// A stretch of raw HTML.
#[derive(Debug, Clone)]
pub struct Markup {
    /// Where.
    pub span: Span,
    /// Whether all of it belongs to the safe subset.
    pub safe: bool,
}

/// A reference in double brackets.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What stands before a bar.
    pub target: String,
    /// Where that stands.
    pub span: Span,
    /// First byte of the brackets.
    pub start: u32,
}

/// A fenced block of a language that Onside reads.
#[derive(Debug, Clone)]
pub struct Block {
    /// `quiz`, `raci` …
    pub language: String,
    /// What it holds.
    pub text: String,
    /// Where that stands.
    pub span: Span,
    /// First byte of the fence.
    pub start: u32,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct MarkdownTable {
    /// First byte, the key by which rendering finds it again.
    pub start: u32,
    /// The header's cells.
    pub head: Vec<Cell>,
    /// The rows' cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A table's cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// As plain text, references kept in their brackets.
    pub text: String,
    /// Where it stands, without outer white space.
    pub span: Span,
}

/// The languages of fenced blocks that hold TOML.
pub const BLOCKS: [&str; 7] = ["quiz", "scenario", "raci", "funnel", "goal", "compare", "video"];

/// The extensions of CommonMark that content may use.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// What stands in a text and where, as everything reads it.
///
/// In an old handbook's page, tags that frame a text come as comments: what stands at their place says which they are.
pub fn events(text: &str, dialect: Dialect) -> Vec<(Event<'_>, Range<usize>)> {
    let masked = if dialect == Dialect::Any { tags(text).masked } else { None };
    match masked {
        Some(masked) => parser(&masked).into_offset_iter().map(|(event, range)| (event.into_static(), range)).collect(),
        None => parser(text).into_offset_iter().collect(),
    }
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, options())
}

/// Another tool's tags in a text, code aside.
fn tags(text: &str) -> foreign::Tags {
    if !text.contains("{{") && !text.contains("{%") {
        return foreign::Tags::default();
    }
    let is_code = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_));
    let code: Vec<Range<usize>> = parser(text).into_offset_iter().filter(|(event, _)| is_code(event)).map(|(_, range)| range).collect();
    foreign::tags(text, &code)
}

/// Whether YAML front matter is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// TOML between `+++` only.
    Toml,
    /// Also YAML between `---`, as other tools write it.
    Yaml,
}

/// Reads a Markdown file.
pub fn parse(file: FileId, text: &str, accept: Accept) -> Markdown {
    let (table, start, problems) = front_matter(file, text, accept);
    let dialect = if accept == Accept::Yaml { Dialect::Any } else { Dialect::Ours };
    let outline = outline(file, start, text.get(start..).unwrap_or(""), dialect);
    let yaml = start > 0 && text.starts_with("---");
    Markdown { table, yaml, body: Span::new(file, start, text.len()), outline, problems }
}

/// The front matter, where the body starts, and faults. Front matter that never ends is body.
fn front_matter(file: FileId, text: &str, accept: Accept) -> (Table, usize, Vec<Problem>) {
    let fence = match text.lines().next().map(str::trim_end) {
        Some("+++") => "+++",
        Some("---") if accept == Accept::Yaml => "---",
        _ => return (Table::default(), 0, Vec::new()),
    };
    let from = text.find('\n').map_or(text.len(), |n| n + 1);
    let mut at = from;
    for line in text.get(from..).unwrap_or("").split_inclusive('\n') {
        if line.trim_end() == fence {
            let inner = text.get(from..at).unwrap_or("");
            let (table, problems) = if fence == "+++" { toml::parse(file, from, inner) } else { yaml::parse(file, from, inner) };
            if accept == Accept::Yaml && !problems.is_empty() {
                return (Table::default(), 0, problems);
            }
            return (table, at + line.len(), problems);
        }
        at += line.len();
    }
    if fence == "---" {
        return (Table::default(), 0, Vec::new());
    }
    let words = format!("the front matter opens with `{fence}` and is never closed");
    (Table::default(), 0, vec![Problem::new(Span::new(file, 0, fence.len()), Trouble::Syntax(words))])
}

/// Reads what the model must know of a text that starts at byte `base` of `file`.
pub fn outline(file: FileId, base: usize, text: &str, dialect: Dialect) -> Outline {
    let mut reader = Reader {
        file,
        base,
        text,
        out: Outline { dialect, ..Outline::default() },
        seen: BTreeMap::new(),
        heading: None,
        image: None,
        paragraph: None,
        cell: None,
        table: None,
        block: None,
        html: None,
    };
    for (event, range) in events(text, dialect) {
        reader.event(event, range);
    }
    if dialect == Dialect::Any {
        reader.out.tags = tags(text).shown.iter().map(|range| reader.span(range)).collect();
    }
    reader.out
}

struct Reader<'a> {
    file: FileId,
    base: usize,
    text: &'a str,
    out: Outline,
    /// By anchor, the heading that has it, and how many wanted it since.
    seen: BTreeMap<String, (usize, usize)>,
    heading: Option<Heading>,
    /// The image whose words are being read, by its place among the links.
    image: Option<usize>,
    paragraph: Option<String>,
    cell: Option<Cell>,
    table: Option<MarkdownTable>,
    block: Option<Block>,
    html: Option<Chunk>,
}

impl Reader<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }

    fn offset(&self, at: usize) -> u32 {
        self.span(&(at..at)).start
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.words(&text, &range),
            Event::Code(text) => self.words(&text, &range),
            Event::SoftBreak | Event::HardBreak => self.words(" ", &range),
            Event::InlineHtml(html) => {
                if let Some(cell) = self.cell.as_mut().filter(|_| html.to_ascii_lowercase().starts_with("<br")) {
                    cell.text.push('\n');
                }
                let mut chunk = Chunk::default();
                chunk.push(&html, range.start);
                self.html(&chunk, range);
            }
            Event::Html(html) => {
                if let Some(chunk) = &mut self.html {
                    chunk.push(&html, range.start);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let span = self.span(&trimmed(self.text, range));
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                let stated = !id.is_empty();
                self.heading = Some(Heading { level: level as u8, text: String::new(), id, stated, like: None, span });
            }
            Tag::Paragraph if self.out.opening.is_empty() => self.paragraph = Some(String::new()),
            Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => self.reference(&dest_url, &range),
            Tag::Link { link_type: LinkType::Email, .. } => {}
            Tag::Link { dest_url, .. } => self.link(&dest_url, &range, false),
            Tag::Image { dest_url, title, .. } => {
                self.link(&dest_url, &range, true);
                self.image = self.out.links.len().checked_sub(1);
                self.word_image(&title);
            }
            Tag::CodeBlock(kind) => self.code_block(&kind, &range),
            Tag::HtmlBlock => self.start_html(&range),
            Tag::Table(_) => self.table = Some(MarkdownTable { start: self.offset(range.start), ..MarkdownTable::default() }),
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => {
                self.cell = Some(Cell { text: String::new(), span: self.span(&trimmed(self.text, range)) });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Image => self.image = None,
            TagEnd::HtmlBlock => {
                if let Some(chunk) = self.html.take() {
                    self.html(&chunk, trimmed(self.text, range));
                }
            }
            TagEnd::Paragraph => {
                if let Some(text) = self.paragraph.take() {
                    self.out.opening = text.trim().to_owned();
                }
            }
            TagEnd::CodeBlock => {
                if let Some(block) = self.block.take() {
                    self.out.blocks.push(block);
                }
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.out.tables.push(table);
                }
            }
            _ => {}
        }
    }

    /// A block of HTML, or a line that frames a text.
    fn start_html(&mut self, range: &Range<usize>) {
        match framed(self.text, range, self.out.dialect) {
            Some(Frame::Leads(target)) => self.lone(target, range, None),
            Some(Frame::Picture(target, words)) => self.lone(target, range, Some(&words)),
            Some(_) => {}
            None => self.html = Some(Chunk::default()),
        }
    }

    /// A link that another tool's tag says, or a picture and its words.
    fn lone(&mut self, target: String, range: &Range<usize>, picture: Option<&str>) {
        let (span, start) = (self.span(&trimmed(self.text, range.clone())), self.offset(range.start));
        let worded = picture.is_none_or(|words| !words.trim().is_empty());
        self.out.links.push(Link { target, span, start, image: picture.is_some(), raw: false, worded });
    }

    /// Notes words of the image that is being read.
    fn word_image(&mut self, words: &str) {
        if let Some(link) = self.image.and_then(|at| self.out.links.get_mut(at)) {
            link.worded |= !words.trim().is_empty();
        }
    }

    /// What raw HTML holds: whether it is safe, what leads somewhere, what can be led to.
    fn html(&mut self, chunk: &Chunk, range: Range<usize>) {
        let tokens = chunk.tokens();
        let quiet = markup::is_quiet(&chunk.text, &tokens);
        let safe = markup::is_safe(&chunk.text, &tokens);
        for (token, at) in tokens {
            let Token::Open(tag) = token else { continue };
            let names = if quiet { &mut self.out.quiet_anchors } else { &mut self.out.raw_anchors };
            names.extend(tag.anchor().filter(|_| markup::element(&tag.name).is_some()).map(str::to_owned));
            let (key, image) = if tag.name == "img" { ("src", true) } else { ("href", false) };
            if let Some(target) = tag.value(key).filter(|_| matches!(tag.name.as_str(), "a" | "img")) {
                let (from, to) = (chunk.place(at.start), chunk.place(at.end.saturating_sub(1)) + 1);
                let (target, span, start) = (target.trim().to_owned(), self.span(&(from..to)), self.offset(from));
                // In HTML an empty `alt` says that a picture is for decoration.
                let worded = !image || tag.value("alt").is_some();
                self.out.links.push(Link { target, span, start, image, raw: true, worded });
            }
        }
        if !quiet && !chunk.text.starts_with("</") {
            let span = self.span(&range);
            self.out.markup.push(Markup { span, safe });
        }
    }

    fn end_heading(&mut self) {
        let Some(mut heading) = self.heading.take() else { return };
        heading.text = heading.text.trim().to_owned();
        let wanted = if heading.id.is_empty() { anchor(&heading.text) } else { heading.id };
        let here = self.out.headings.len();
        heading.like = self.seen.get(&wanted).map(|(first, _)| *first);
        heading.id = self.free_anchor(wanted);
        self.seen.insert(heading.id.clone(), (here, 0));
        self.out.headings.push(heading);
    }

    /// An anchor that no heading has yet: with a number behind it, as on a git host, where one has.
    fn free_anchor(&mut self, wanted: String) -> String {
        let Some(mut count) = self.seen.get(&wanted).map(|(_, count)| *count) else { return wanted };
        let free = loop {
            count += 1;
            let numbered = format!("{wanted}-{count}");
            if !self.seen.contains_key(&numbered) {
                break numbered;
            }
        };
        self.seen.entry(wanted).and_modify(|(_, last)| *last = count);
        free
    }

    fn end_cell(&mut self) {
        let (Some(mut cell), Some(table)) = (self.cell.take(), &mut self.table) else { return };
        cell.text = cell.text.trim().to_owned();
        match table.rows.last_mut() {
            Some(row) => row.push(cell),
            None => table.head.push(cell),
        }
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        if let Some(block) = &mut self.block {
            let span = Span::new(self.file, self.base + range.start, self.base + range.end);
            if block.text.is_empty() {
                block.span = span;
            }
            block.text.push_str(text);
            block.span.end = span.end;
            return;
        }
        self.out.words += count_words(text);
        self.word_image(text);
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else if let Some(paragraph) = &mut self.paragraph {
            paragraph.push_str(text);
        }
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        }
    }

    fn reference(&mut self, target: &str, range: &Range<usize>) {
        let raw = self.text.get(range.clone()).unwrap_or("");
        // In a table the bar before a label is written `\\|`.
        let target = target.strip_suffix('\\').unwrap_or(target);
        let at = raw.find(target).unwrap_or(0);
        let span = self.span(&(range.start + at..range.start + at + target.len()));
        let start = self.offset(range.start);
        self.out.references.push(Reference { target: target.to_owned(), span, start });
    }

    fn link(&mut self, target: &str, range: &Range<usize>, image: bool) {
        let raw = self.text.get(range.clone()).unwrap_or("");
        let tagged = self.out.dialect == Dialect::Any && (target.contains("{{") || target.contains("{%"));
        // A tag in a target has lost its white space to the parser: it is found by its length.
        let at = if tagged { tagged_at(raw, target) } else { raw.rfind(target) };
        let found = at.filter(|_| !target.is_empty()).map(|at| range.start + at..range.start + at + target.len());
        let span = found.as_ref().map_or_else(|| self.span(range), |found| self.span(found));
        let written = found.and_then(|found| self.text.get(found)).unwrap_or(target);
        let start = self.offset(range.start);
        self.out.links.push(Link { target: written.to_owned(), span, start, image, raw: false, worded: !image });
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        let span = self.span(range);
        self.out.code.push(span);
        let CodeBlockKind::Fenced(info) = kind else { return };
        let language = info.split_whitespace().next().unwrap_or("");
        if BLOCKS.contains(&language) {
            let text = String::new();
            self.block = Some(Block { language: language.to_owned(), text, span, start: span.start });
        }
    }
}

/// Where a target stands in a link's source, its tags' white space being `+` in the target.
fn tagged_at(raw: &str, target: &str) -> Option<usize> {
    let same = |a: &u8, b: &u8| a == b || (*b == b'+' && a.is_ascii_whitespace());
    let windows = raw.as_bytes().windows(target.len().max(1));
    windows.enumerate().rfind(|(_, w)| w.iter().zip(target.as_bytes()).all(|(a, b)| same(a, b))).map(|(at, _)| at)
}

/// What a block of HTML frames, where it hides another tool's tag.
pub fn framed(text: &str, range: &Range<usize>, dialect: Dialect) -> Option<Frame> {
    text.get(range.clone()).filter(|_| dialect == Dialect::Any).and_then(foreign::frame)
}

/// How many words a text has; most texts are ASCII, where bytes tell it.
fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let white = |byte: u8| byte.is_ascii_whitespace() || byte == 0x0b;
    let (words, _) = text.bytes().fold((0, true), |(words, before), byte| (words + usize::from(before && !white(byte)), white(byte)));
    words
}

/// A range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or("");
    let start = range.start + raw.len() - raw.trim_start().len();
    start..start + raw.trim().len()
}

/// A heading's anchor, as GitHub makes it: lower case, white space to hyphens, punctuation gone.
pub fn anchor(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match c {
            ' ' => out.push('-'),
            '-' | '_' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    if out.is_empty() { "section".to_owned() } else { out }
}

/// A text in the letters of ASCII: accents folded, other scripts spelled out.
pub fn ascii(text: &str) -> String {
    deunicode(text)
}

/// An id made of a title: lower case, accents folded, everything else a hyphen.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in ascii(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && c != '\u{2019}' && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// The words of an alert, in a quote's first line: `> [!SUMMARY]`.
pub fn alert(kind: Option<BlockQuoteKind>, raw: &str) -> Option<(&'static str, usize)> {
    let known = |word: &str| ALERTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(name, _)| *name);
    if let Some(kind) = kind {
        let name = match kind {
            BlockQuoteKind::Note => "NOTE",
            BlockQuoteKind::Tip => "TIP",
            BlockQuoteKind::Important => "IMPORTANT",
            BlockQuoteKind::Warning => "WARNING",
            BlockQuoteKind::Caution => "CAUTION",
        };
        return Some((name, 0));
    }
    let first = raw.split('\n').next()?;
    let inner = first.trim_start_matches(['>', ' ']).trim_end();
    let word = inner.strip_prefix("[!")?.strip_suffix(']')?;
    known(word).map(|name| (name, first.len()))
}

/// Alerts and the words a reader sees above them.
pub const ALERTS: [(&str, &str); 11] = [
    ("NOTE", "Note"),
    ("TIP", "Tip"),
    ("IMPORTANT", "Important"),
    ("WARNING", "Careful"),
    ("CAUTION", "Take care"),
    ("EXERCISE", "Try it"),
    ("ANSWER", "One good answer"),
    ("INSIGHT", "What to see in it"),
    ("SUMMARY", "In short"),
    ("REVEAL", "Look after you have thought"),
    ("HISTORY", "How it was"),
];
