//! One file, parsed: the only part of reading worth remembering between two runs.

use super::audience;
use super::kept::Kept;
use super::kind::Kind;
use super::raw::{self, Parsed, Raw};
use crate::diagnostic::{FileId, Span};
use crate::source::csv::{Cell, Row};
use crate::source::markdown::{self, Accept};
use crate::source::tree::{Content, TreeEntry};
use crate::source::{Problem, Table, Trouble, toml};
use std::sync::Arc;

/// A file of `content/`.
#[derive(Debug, Clone)]
pub struct Document {
    /// From the project's root, with `/`.
    pub path: String,
    /// Where its text is kept.
    pub file: FileId,
    /// What it holds.
    pub holds: Holds,
    /// Its records before their fields are read, in the order of their places.
    pub records: Vec<Arc<Raw>>,
    /// What a `_defaults.toml` says for the records of its folder.
    pub defaults: Option<Table>,
    /// Faults of its syntax and of what its records are called.
    pub problems: Vec<Problem>,
    /// What checks found in it.
    pub kept: Kept,
    /// Whether it names an audience, or may do so where it could not be read.
    pub speaks_of_audience: bool,
    /// Whether it is what some readers see of it.
    pub cut: Cut,
    unparsed: bool,
    /// Whether records stand in it under a word that is no kind.
    pub strays: bool,
}

/// Whether a document is a file as it is written, or what some readers see of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cut {
    /// As it is written.
    #[default]
    Not,
    /// All its records, with something taken out of them.
    Reworded,
    /// Some of its records; the others are not for these readers.
    Shared,
}

/// Files in the order of their paths; cheap to copy and to change in one place.
pub type Documents = rpds::VectorSync<Arc<Document>>;

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    /// Records, or what a folder says for its records.
    Records,
    /// A series: header and rows.
    Series(Vec<Cell>, Vec<Row>),
    /// A file that pages may link to.
    Other,
    /// A file that is not published; a finding says why.
    Withheld,
    /// Nothing that could be read.
    Nothing,
}

impl Document {
    /// The path under `content/`.
    pub fn inner_path(&self) -> &str {
        self.path.strip_prefix("content/").unwrap_or(&self.path)
    }

    /// Whether it is prose under `pages/`, where nothing typed is expected.
    pub fn is_page(&self) -> bool {
        self.inner_path().starts_with("pages/")
    }

    /// A file of which readers see nothing.
    pub fn withheld(path: &str) -> Self {
        Self { path: path.to_owned(), holds: Holds::Withheld, ..Self::empty(FileId(u32::MAX)) }
    }

    fn empty(file: FileId) -> Self {
        Self {
            path: String::new(),
            file,
            holds: Holds::Nothing,
            records: Vec::new(),
            defaults: None,
            problems: Vec::new(),
            kept: Kept::default(),
            speaks_of_audience: false,
            cut: Cut::Not,
            unparsed: false,
            strays: false,
        }
    }

    /// Whether records were expected in it and could not be read.
    pub fn is_unparsed(&self) -> bool {
        self.unparsed
    }

    /// Whether it is a page whose head could not be read and may say for whom it is.
    pub fn is_closed(&self) -> bool {
        self.speaks_of_audience && self.is_headless()
    }

    /// Whether it is a page without a head, or one whose head could not be read.
    fn is_headless(&self) -> bool {
        let headless = |raw: &Arc<Raw>| raw.body.is_some() && raw.table.entries.is_empty();
        self.is_page() && !self.records.is_empty() && self.records.iter().all(headless)
    }

    /// Whether it could hold records and could not be read at all.
    pub fn is_unread(&self) -> bool {
        let is_text = self.path.ends_with(".toml") || self.path.ends_with(".md");
        !self.is_page() && is_text && self.problems.iter().any(|p| matches!(p.trouble, Trouble::Unreadable(_)))
    }
}

/// No head of a page is longer, in lines.
const HEAD: usize = 60;

/// Reads a file; its text is kept under `file`.
pub fn parse(entry: &TreeEntry, file: FileId) -> Document {
    let mut document = Document { path: entry.path.clone(), ..Document::empty(file) };
    match &entry.content {
        Content::Text { text, broken_at } => read(&mut document, text, *broken_at),
        Content::Other(_) => document.holds = Holds::Other,
        Content::Refused(reason) => document.problems.push(Problem::new(Span::top(file), Trouble::Unreadable(reason.clone()))),
    }
    document
}

fn read(document: &mut Document, text: &str, broken_at: Option<usize>) {
    document.problems = bad_bytes(document.file, text, broken_at);
    if !document.problems.is_empty() && !document.is_page() {
        document.unparsed = true;
        document.speaks_of_audience = text.contains("audience");
        return;
    }
    let (holds, parsed, problems) = holds(document, text);
    let code: &[Span] = match &parsed {
        Some(Parsed::Markdown(markdown)) => &markdown.outline.code,
        _ => &[],
    };
    let markers = merge_markers(document.file, text, code);
    document.problems.extend(if markers.is_empty() { problems } else { markers });
    let broken = |p: &Problem| matches!(p.trouble, Trouble::Syntax(_) | Trouble::MergeMarker);
    document.unparsed = !document.is_page() && document.problems.iter().any(broken);
    document.holds = holds;
    if let Some(parsed) = parsed {
        raw::glean(document, parsed, text);
    }
    document.speaks_of_audience = speaks_of_audience(document, text);
    if document.is_closed() && document.problems.is_empty() {
        let words = "the head of this page names an audience and has no end, so nobody is shown it".to_owned();
        document.problems.push(Problem::new(Span::top(document.file), Trouble::Syntax(words)));
    }
}

/// Whether a file says for whom something in it is; of what could not be read, whether it may.
fn speaks_of_audience(document: &Document, text: &str) -> bool {
    let says = |table: &Table| audience::stated(table).is_some();
    document.records.iter().any(|raw| says(&raw.table))
        || document.defaults.as_ref().is_some_and(says)
        || (document.unparsed && text.contains("audience"))
        || (document.is_headless() && names_audience(text))
}

/// Whether a text begins as the head of a page does, and a line of it that could be of that head names an audience.
fn names_audience(text: &str) -> bool {
    let fenced = text.lines().next().is_some_and(|line| matches!(line.trim_end(), "---" | "+++"));
    let key = |line: &str| line.split_once([':', '=']).map(|(key, _)| key.trim().to_ascii_lowercase());
    fenced && text.lines().skip(1).take(HEAD).any(|line| key(line).as_deref() == Some("audience"))
}

fn holds(document: &Document, text: &str) -> (Holds, Option<Parsed>, Vec<Problem>) {
    let extension = document.path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    let file = document.file;
    match extension.as_str() {
        "toml" => {
            let (table, problems) = toml::parse(file, 0, text);
            (Holds::Records, Some(Parsed::Toml(table)), problems)
        }
        "md" | "markdown" => {
            let accept = if document.is_page() { Accept::Yaml } else { Accept::Toml };
            let mut markdown = markdown::parse(file, text, accept);
            let problems = std::mem::take(&mut markdown.problems);
            (Holds::Records, Some(Parsed::Markdown(Box::new(markdown))), problems)
        }
        "csv" if document.inner_path().starts_with("series/") => {
            let (header, rows, problems) = crate::source::csv::parse(file, text);
            (Holds::Series(header, rows), None, problems)
        }
        "svg" => {
            let problems = active_svg(file, text);
            (if problems.is_empty() { Holds::Other } else { Holds::Withheld }, None, problems)
        }
        _ => (Holds::Other, None, Vec::new()),
    }
}

/// Bytes that are no text.
fn bad_bytes(file: FileId, text: &str, broken_at: Option<usize>) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(at) = broken_at {
        let words = "a byte that is not UTF-8".to_owned();
        problems.push(Problem::new(Span::new(file, at, at + '\u{fffd}'.len_utf8()), Trouble::Syntax(words)));
    }
    if let Some(at) = text.find('\0') {
        problems.push(Problem::new(Span::new(file, at, at + 1), Trouble::Syntax("a NUL byte, so this is no text".to_owned())));
    }
    problems
}

/// Lines that a merge left behind, fenced code aside.
fn merge_markers(file: FileId, text: &str, code: &[Span]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with("<<<<<<< ");
        if begins || line.starts_with(">>>>>>> ") {
            let span = Span::new(file, at, at + line.trim_end().len());
            let in_code = code.iter().any(|c| c.start <= span.start && span.end <= c.end);
            if !in_code {
                if begins || !open {
                    problems.push(Problem::new(span, Trouble::MergeMarker));
                }
                open = begins;
            }
        }
        at += line.len();
    }
    problems
}

/// Parts of an SVG that would run or load something.
fn active_svg(file: FileId, text: &str) -> Vec<Problem> {
    let lower = text.to_ascii_lowercase();
    let live = [
        "<script",
        "<foreignobject",
        "javascript:",
        "<iframe",
        "<!entity",
        " onload",
        " onclick",
        " onmouseover",
        " onerror",
        " onbegin",
        " onfocus",
    ];
    live.into_iter()
        .find_map(|what| lower.find(what).map(|at| (what, at)))
        .map(|(what, at)| {
            let words = format!("a picture with `{}` in it", what.trim());
            Problem::new(Span::new(file, at, at + what.len()), Trouble::UnsafeMarkup(words))
        })
        .into_iter()
        .collect()
}

/// The kind of a Markdown file, by its folder or name; none where it has no business.
pub fn kind_of(inner_path: &str) -> Option<Kind> {
    if inner_path == "charter.md" {
        return Some(Kind::Charter);
    }
    let (folder, _) = inner_path.split_once('/')?;
    Kind::from_folder(folder)
}
