//! Markdown to HTML: the one place where prose becomes markup.
//!
//! A body becomes pieces: stretches of HTML, and between them the typed blocks, which
//! templates draw. Raw HTML, unknown references and links that lead nowhere are text.

mod raw;

use super::html::{Html, escape};
use super::sheet::Sheet;
use super::views::block as blocks;
use super::views::parts::Link;
use crate::diagnostic::{FileId, Span};
use crate::model::field::{Datum, Resolved, Words};
use crate::model::kinds::playbook::RawHtml;
use crate::model::record::{Body, Target};
use crate::model::{Base, Name};
use crate::route;
use crate::source::foreign::Dialect;
use crate::source::markdown::{self, syntax};
use crate::source::markup::Chunk;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use syntax::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

/// Deeper quotes and lists are shown at this depth.
const DEEPEST: usize = 24;

/// A body, ready for its template.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Prose {
    /// In order.
    pub pieces: Vec<Piece>,
}

/// A stretch of a body: exactly one of its fields is there.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Piece {
    /// Markup.
    pub html: Option<Html>,
    /// A typed block.
    pub block: Option<blocks::Block>,
}

/// A record's prose.
pub fn body(sheet: &Sheet<'_>, base: &Base) -> Option<Prose> {
    let body = base.body.as_ref()?;
    let text = sheet.site.compiled.files.slice(body.span);
    let mut writer = Writer::new(sheet, body, &base.title, text);
    let settings = sheet.playbook().own();
    writer.keeps_html = settings.and_then(|s| s.raw_html.as_ref()).is_some_and(|kept| kept.value == RawHtml::Sanitised);
    for (event, range) in markdown::events(text, body.outline.dialect) {
        writer.event(event, range);
    }
    Some(writer.finish())
}

/// Markdown of the program's own, such as a rule's page: nothing in it refers to the playbook.
pub fn own(sheet: &Sheet<'_>, text: &str) -> Prose {
    let file = FileId(u32::MAX);
    let body = Body {
        span: Span::new(file, 0, text.len()),
        outline: Arc::new(markdown::outline(file, 0, text, Dialect::Ours)),
        links: BTreeMap::new(),
        addresses: Vec::new(),
        blocks: BTreeMap::new(),
        questions: Vec::new(),
        matrices: Vec::new(),
    };
    let mut writer = Writer::new(sheet, &body, "", text);
    for (event, range) in markdown::events(text, Dialect::Ours) {
        writer.event(event, range);
    }
    writer.finish()
}

/// One paragraph of the program's own, without its `<p>`.
pub fn own_opening(sheet: &Sheet<'_>, text: &str) -> Html {
    let html: String = own(sheet, text).pieces.iter().filter_map(|p| p.html.as_ref()).map(Html::as_str).collect();
    let inner = html.trim().strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>"));
    Html::trusted(inner.unwrap_or(&html).to_owned())
}

/// Text of a field, its references as links.
pub fn words(sheet: &Sheet<'_>, words: &Words) -> Html {
    let mut out = String::new();
    let mut at = 0;
    for (range, resolved) in &words.references {
        escape(words.text.get(at..range.start).unwrap_or(""), &mut out);
        reference(sheet, resolved, &mut out);
        at = range.end;
    }
    escape(words.text.get(at..).unwrap_or(""), &mut out);
    Html::trusted(out)
}

/// A link.
pub fn anchor(link: &Link) -> Html {
    let mut out = String::from("<a href=\"");
    escape(&link.href, &mut out);
    out.push_str("\">");
    escape(&link.label, &mut out);
    out.push_str("</a>");
    Html::trusted(out)
}

/// A field's value.
pub fn datum(sheet: &Sheet<'_>, datum: &Datum) -> Html {
    match datum {
        Datum::Nothing => Html::default(),
        Datum::Text(text) => link_or_text(text),
        Datum::Words(text) => words(sheet, text),
        Datum::Name(name) => sheet.linked(name),
        Datum::List(list) if list.iter().all(|d| matches!(d, Datum::Name(_))) => {
            Html::trusted(list.iter().map(|d| self::datum(sheet, d).as_str().to_owned()).collect::<Vec<_>>().join(", "))
        }
        Datum::List(list) if list.len() == 1 => list.first().map(|d| self::datum(sheet, d)).unwrap_or_default(),
        Datum::List(list) => {
            let items: String = list.iter().map(|d| format!("<li>{}</li>", self::datum(sheet, d).as_str())).collect();
            Html::trusted(format!("<ul>{items}</ul>"))
        }
        Datum::Table(fields) => {
            let parts: Vec<String> = fields.iter().map(|(_, d)| self::datum(sheet, d).as_str().to_owned()).collect();
            Html::trusted(parts.join(" · "))
        }
    }
}

/// An address as a link, anything else as text.
fn link_or_text(text: &str) -> Html {
    if (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace) {
        return anchor(&Link { label: text.to_owned(), href: text.to_owned() });
    }
    Html::text(text)
}

/// A reference in text as a link.
fn reference(sheet: &Sheet<'_>, resolved: &Resolved, out: &mut String) {
    open_reference(sheet, resolved, out);
    escape(&sheet.saying(resolved), out);
    out.push_str("</a>");
}

fn open_reference(sheet: &Sheet<'_>, resolved: &Resolved, out: &mut String) {
    let mut href = sheet.href_of(&resolved.name);
    if let Some(anchor) = resolved.fact.as_deref().filter(|f| is_heading(sheet, &resolved.name, f)) {
        href = format!("{href}#{}", route::encode(&route::heading(anchor)));
    }
    let class = if resolved.name.kind == crate::model::Kind::Term { " class=\"term\"" } else { "" };
    out.push_str("<a");
    out.push_str(class);
    out.push_str(" href=\"");
    escape(&href, out);
    out.push_str("\">");
}

fn is_heading(sheet: &Sheet<'_>, name: &Name, id: &str) -> bool {
    let base = sheet.playbook().base(name);
    base.and_then(|b| b.body.as_ref()).is_some_and(|b| b.outline.headings.iter().any(|h| h.id == id))
}

/// What is being written, and where in it the writer stands.
struct Writer<'s, 'a> {
    sheet: &'s Sheet<'a>,
    body: &'s Body,
    title: &'s str,
    text: &'s str,
    out: String,
    pieces: Vec<Piece>,
    /// How many headings were met.
    headings: usize,
    /// What closes each open link.
    links: Vec<&'static str>,
    /// Depth of quotes and lists.
    depth: usize,
    /// Until which byte everything is passed over.
    passed: usize,
    /// Inside what nothing is written.
    muted: Option<TagEnd>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    closers: Vec<&'static str>,
    footnotes: BTreeMap<String, usize>,
    notes: Vec<(usize, String)>,
    outer: Vec<String>,
    alt: Option<String>,
    /// Whether the safe part of raw HTML is kept.
    keeps_html: bool,
    /// How many containers are open.
    level: usize,
    /// Elements that an author opened.
    opened: Vec<raw::Opened>,
    /// The block of raw HTML that is being read.
    html: Option<Chunk>,
    /// Names that raw HTML has taken.
    names: BTreeSet<String>,
    /// Anchors that were written whole, and whose closing tag is still to come.
    loose: usize,
}

impl<'s, 'a> Writer<'s, 'a> {
    fn new(sheet: &'s Sheet<'a>, body: &'s Body, title: &'s str, text: &'s str) -> Self {
        Self {
            sheet,
            body,
            title,
            text,
            out: String::with_capacity(text.len() * 3 / 2),
            pieces: Vec::new(),
            headings: 0,
            links: Vec::new(),
            depth: 0,
            passed: 0,
            muted: None,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            closers: Vec::new(),
            footnotes: BTreeMap::new(),
            notes: Vec::new(),
            outer: Vec::new(),
            alt: None,
            keeps_html: false,
            level: 0,
            opened: Vec::new(),
            html: None,
            names: BTreeSet::new(),
            loose: 0,
        }
    }

    fn finish(mut self) -> Prose {
        self.close_level();
        if !self.notes.is_empty() {
            self.out.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>");
            let mut notes = std::mem::take(&mut self.notes);
            notes.sort_by_key(|(number, _)| *number);
            for (number, note) in notes {
                self.out.push_str(&format!("<li id=\"fn-{number}\" value=\"{number}\">{note}</li>"));
            }
            self.out.push_str("</ol></section>");
        }
        self.flush();
        Prose { pieces: self.pieces }
    }

    fn flush(&mut self) {
        let html = std::mem::take(&mut self.out);
        if !html.trim().is_empty() {
            self.pieces.push(Piece { html: Some(Html::trusted(html)), block: None });
        }
    }

    fn offset(&self, at: usize) -> u32 {
        self.body.span.start + u32::try_from(at).unwrap_or(0)
    }

    fn escape(&mut self, text: &str) {
        match &mut self.alt {
            Some(alt) => alt.push_str(text),
            None => escape(text, &mut self.out),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(end) = &self.muted {
            if matches!(&event, Event::End(tag) if tag == end) {
                self.muted = None;
                self.level = self.level.saturating_sub(1);
            }
            return;
        }
        if range.end <= self.passed && !matches!(event, Event::Start(_) | Event::End(_)) {
            return;
        }
        match event {
            Event::Start(Tag::HtmlBlock) => self.start_html(&range),
            Event::End(TagEnd::HtmlBlock) => self.end_html(),
            Event::Start(tag) => {
                self.level += 1;
                self.start(tag, range);
            }
            Event::End(tag) => {
                self.close_level();
                self.level = self.level.saturating_sub(1);
                self.end(tag);
            }
            Event::Text(text) => self.escape(&text),
            Event::Code(code) => self.inline_code(&code),
            Event::SoftBreak if range.start < self.passed => {}
            Event::SoftBreak => self.escape("\n"),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            Event::Html(html) => self.html_line(&html, range.start),
            Event::FootnoteReference(label) => self.footnote_mark(&label),
            Event::TaskListMarker(done) => {
                let (checked, word) = if done { (" checked", "Done") } else { ("", "Not done") };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{word}\"> "));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.escape(&text),
        }
    }

    fn inline_code(&mut self, code: &str) {
        if self.alt.is_none() {
            self.out.push_str("<code>");
        }
        self.escape(code);
        if self.alt.is_none() {
            self.out.push_str("</code>");
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(kind) => self.start_quote(kind, &range),
            Tag::CodeBlock(kind) => self.start_code(&kind, &range),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionList => self.out.push_str("<dl>"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments, &range),
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, &range),
            Tag::Image { .. } => self.start_image(&range),
            Tag::HtmlBlock | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) => {
                let closer = self.closers.pop().unwrap_or("");
                self.depth = self.depth.saturating_sub(1);
                self.out.push_str(closer);
            }
            TagEnd::CodeBlock => {
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.out.push_str("</tr>"),
            TagEnd::TableCell => self.out.push_str(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => {
                let closer = self.links.pop().unwrap_or("");
                self.out.push_str(closer);
            }
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock | TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Headings begin at two, for the page's title is the first; a first heading that only repeats it is dropped.
    fn start_heading(&mut self) {
        let heading = self.body.outline.headings.get(self.headings);
        self.headings += 1;
        let Some(heading) = heading else { return };
        if self.headings == 1 && heading.level == 1 && crate::model::link::fold(&heading.text) == crate::model::link::fold(self.title) {
            self.muted = Some(TagEnd::Heading(syntax::HeadingLevel::H1));
            return;
        }
        let mut open = format!("<h{} id=\"", heading.level.clamp(2, 6));
        escape(&route::heading(&heading.id), &mut open);
        open.push_str("\">");
        self.out.push_str(&open);
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.headings.checked_sub(1).and_then(|i| self.body.outline.headings.get(i)) else { return };
        let mut close = String::from("<a class=\"anchor\" href=\"#");
        escape(&route::encode(&route::heading(&heading.id)), &mut close);
        close.push_str("\" aria-label=\"Link to “");
        escape(&heading.text, &mut close);
        close.push_str(&format!("”\">#</a></h{}>\n", heading.level.clamp(2, 6)));
        self.out.push_str(&close);
    }

    fn start_quote(&mut self, kind: Option<syntax::BlockQuoteKind>, range: &Range<usize>) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.closers.push("");
            return;
        }
        let raw = self.text.get(range.clone()).unwrap_or("");
        match markdown::alert(kind, raw) {
            None => {
                self.closers.push("</blockquote>\n");
                self.out.push_str("<blockquote>");
            }
            Some((name, first_line)) => {
                self.passed = self.passed.max(range.start + first_line);
                let word = markdown::ALERTS.iter().find(|(n, _)| *n == name).map_or(name, |(_, w)| w);
                let class = name.to_lowercase();
                if matches!(name, "REVEAL" | "ANSWER") {
                    self.closers.push("</details>\n");
                    self.out.push_str(&format!("<details class=\"note note-{class}\"><summary class=\"note-title\">{word}</summary>"));
                } else {
                    self.closers.push("</div>\n");
                    self.out.push_str(&format!("<div class=\"note note-{class}\"><p class=\"note-title\">{word}</p>"));
                }
            }
        }
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.closers.push("");
            return;
        }
        match first {
            None => {
                self.closers.push("</ul>\n");
                self.out.push_str("<ul>");
            }
            Some(1) => {
                self.closers.push("</ol>\n");
                self.out.push_str("<ol>");
            }
            Some(n) => {
                self.closers.push("</ol>\n");
                self.out.push_str(&format!("<ol start=\"{n}\">"));
            }
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        let start = self.offset(range.start);
        if let Some(block) = self.body.blocks.get(&start) {
            self.flush();
            let block = blocks::view(self.sheet, self.body, block);
            self.pieces.push(Piece { html: None, block });
            self.muted = Some(TagEnd::CodeBlock);
            return;
        }
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let language: String = info.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#')).collect();
            if !language.is_empty() {
                self.out.push_str(&format!(" class=\"language-{language}\""));
            }
        }
        self.out.push('>');
    }

    fn start_table(&mut self, alignments: Vec<Alignment>, range: &Range<usize>) {
        if self.body.matrices.contains(&self.offset(range.start)) {
            self.muted = Some(TagEnd::Table);
            return;
        }
        self.alignments = alignments;
        self.out.push_str("<div class=\"table-frame\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>");
    }

    fn start_cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => " class=\"align-end\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        self.column += 1;
        let open = if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.out.push_str(&open);
    }

    fn start_link(&mut self, kind: LinkType, target: &str, range: &Range<usize>) {
        let found = self.body.links.get(&self.offset(range.start)).cloned();
        if let LinkType::WikiLink { has_pothole } = kind {
            return self.start_wikilink(found, has_pothole, range);
        }
        let href = match &found {
            Some(target) => self.href(target),
            None if kind == LinkType::Email => Some(format!("mailto:{target}")),
            None => None,
        };
        match href {
            Some(href) if self.alt.is_none() && !self.is_open("a") => {
                let rel = if matches!(found, Some(Target::Outside(_))) { " rel=\"noopener\"" } else { "" };
                self.out.push_str("<a href=\"");
                escape(&href, &mut self.out);
                self.out.push_str(&format!("\"{rel}>"));
                self.links.push("</a>");
            }
            _ => self.links.push(""),
        }
    }

    fn start_wikilink(&mut self, found: Option<Target>, labelled: bool, range: &Range<usize>) {
        let Some(Target::Reference(resolved)) = found else {
            let raw = self.text.get(range.clone()).unwrap_or("").to_owned();
            self.escape(&raw);
            self.muted = Some(TagEnd::Link);
            return;
        };
        if self.alt.is_none() {
            open_reference(self.sheet, &resolved, &mut self.out);
        }
        if labelled {
            self.links.push(if self.alt.is_none() { "</a>" } else { "" });
        } else {
            let saying = self.sheet.saying(&resolved);
            self.escape(&saying);
            if self.alt.is_none() {
                self.out.push_str("</a>");
            }
            self.muted = Some(TagEnd::Link);
        }
    }

    fn href(&self, target: &Target) -> Option<String> {
        let to_heading = |name: &Name, id: &str| {
            let here = self.sheet.site.address_of(name) == self.sheet.address;
            let base = if here { String::new() } else { self.sheet.href_of(name) };
            format!("{base}#{}", route::encode(&route::heading(id)))
        };
        match target {
            Target::Reference(resolved) => Some(self.sheet.href_of(&resolved.name)),
            Target::Heading(name, id) => Some(to_heading(name, id)),
            Target::File(path) => Some(self.sheet.href(&route::file(path))),
            Target::Address(address) => self.sheet.has(address).then(|| self.sheet.href(address)),
            Target::Outside(url) => Some(url.clone()),
            Target::Withheld => None,
        }
    }

    fn start_image(&mut self, range: &Range<usize>) {
        if self.alt.is_some() {
            return;
        }
        let found = self.body.links.get(&self.offset(range.start));
        if let Some(Target::File(path)) = found {
            let src = self.sheet.href(&route::file(path));
            self.out.push_str("<img loading=\"lazy\" src=\"");
            escape(&src, &mut self.out);
            self.out.push_str("\" alt=\"");
            self.links.push("\">");
        } else {
            self.links.push("");
        }
        self.alt = Some(String::new());
    }

    fn end_image(&mut self) {
        let Some(alt) = self.alt.take() else { return };
        escape(&alt, &mut self.out);
        let closer = self.links.pop().unwrap_or("");
        self.out.push_str(closer);
    }

    fn footnote_mark(&mut self, label: &str) {
        let next = self.footnotes.len() + 1;
        let number = *self.footnotes.entry(label.to_owned()).or_insert(next);
        self.out.push_str(&format!("<sup><a href=\"#fn-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"));
    }

    fn start_footnote(&mut self, label: &str) {
        let next = self.footnotes.len() + 1;
        self.footnotes.entry(label.to_owned()).or_insert(next);
        self.outer.push(std::mem::take(&mut self.out));
        self.outer.push(label.to_owned());
    }

    fn end_footnote(&mut self) {
        let label = self.outer.pop().unwrap_or_default();
        let outer = self.outer.pop().unwrap_or_default();
        let note = std::mem::replace(&mut self.out, outer);
        let number = self.footnotes.get(&label).copied().unwrap_or(0);
        self.notes.push((number, note));
    }
}
