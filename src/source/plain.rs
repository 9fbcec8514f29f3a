//! What a reader reads of a text: runs of plain words without markup, and where each of them stands.
//!
//! Code, addresses, raw HTML and what stands under `> [!HISTORY]` are left out. A mark stands for
//! what is left out within a run, so that words on both sides of it are no neighbours.

use super::foreign::Dialect;
use super::markdown::{self, alert};
use crate::diagnostic::{FileId, Span};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Stands for what is left out: no letter, no space.
const GAP: char = '\u{fffc}';

/// A run of words: a paragraph, a heading, a cell, a point of a list.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    /// The words; a line break is a space.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the source that is read as it is written, or an escape that is read as something else.
#[derive(Debug, Clone)]
struct Piece {
    /// Where it begins in the words.
    at: usize,
    /// How long it is there.
    len: usize,
    source: Span,
}

impl Passage {
    /// A text that is read as it is written.
    pub fn of(text: &str, span: Span) -> Self {
        let piece = Piece { at: 0, len: text.len(), source: span };
        Self { text: text.to_owned(), pieces: vec![piece] }
    }

    /// Where some of the words stand: one span for each stretch between markup and line breaks.
    pub fn places(&self, words: &Range<usize>) -> Vec<Span> {
        let after = self.pieces.partition_point(|p| p.at + p.len <= words.start);
        let within = self.pieces.iter().skip(after).take_while(|p| p.at < words.end);
        within
            .map(|piece| {
                let exact = (piece.source.end - piece.source.start) as usize == piece.len;
                if !exact {
                    return piece.source;
                }
                piece.source.part(words.start.saturating_sub(piece.at), words.end.min(piece.at + piece.len) - piece.at)
            })
            .collect()
    }

    fn push(&mut self, words: &str, source: Span) {
        self.pieces.push(Piece { at: self.text.len(), len: words.len(), source });
        self.text.push_str(words);
    }
}

/// The runs of a Markdown text that begins at byte `base` of a file.
pub fn passages(file: FileId, base: usize, text: &str, dialect: Dialect) -> Vec<Passage> {
    let mut reading = Reading { file, base, text, done: Vec::new(), run: Passage::default(), open: Vec::new(), unread: 0 };
    for (event, range) in markdown::events(text, dialect) {
        reading.event(event, range);
    }
    reading.flush();
    reading.done
}

struct Reading<'a> {
    file: FileId,
    base: usize,
    text: &'a str,
    done: Vec<Passage>,
    run: Passage,
    /// For each open element, whether nobody reads what stands in it.
    open: Vec<bool>,
    /// How many of these there are.
    unread: usize,
}

/// What an element is to a reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Its words stand among those around it.
    Inline,
    /// A run of its own within another: the words of a picture.
    Apart,
    /// A run of its own.
    Block,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                let unread = self.is_unread(&tag, &range);
                self.border(part(&tag.to_end()), unread);
                self.open.push(unread);
                self.unread += usize::from(unread);
            }
            Event::End(tag) => {
                let unread = self.open.pop().unwrap_or(false);
                self.unread -= usize::from(unread);
                self.border(part(&tag), unread);
            }
            Event::Text(words) => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.mark(' '),
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => self.mark(' '),
            Event::Code(_) | Event::FootnoteReference(_) => self.mark(GAP),
            _ => {}
        }
    }

    fn is_unread(&self, tag: &Tag<'_>, range: &Range<usize>) -> bool {
        match tag {
            Tag::BlockQuote(kind) => {
                let raw = self.text.get(range.clone()).unwrap_or("");
                alert(*kind, raw).is_some_and(|(name, _)| name == "HISTORY")
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => true,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email | LinkType::WikiLink { has_pothole: false }, .. } => true,
            // What is said of old names, where the reference is to old names.
            Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => dest_url.trim_end().ends_with("#formerly"),
            _ => false,
        }
    }

    /// Where an element begins or ends.
    fn border(&mut self, part: Part, unread: bool) {
        match part {
            Part::Block => self.flush(),
            Part::Apart => self.mark(GAP),
            Part::Inline if unread => self.mark(GAP),
            Part::Inline => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.unread == 0 {
            let source = Span::new(self.file, self.base + range.start, self.base + range.end);
            self.run.push(words, source);
        }
    }

    fn mark(&mut self, mark: char) {
        if self.unread == 0 && !self.run.text.ends_with(mark) {
            self.run.text.push(mark);
        }
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.pieces.is_empty() {
            self.done.push(run);
        }
    }
}

fn part(tag: &TagEnd) -> Part {
    match tag {
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript | TagEnd::Link => Part::Inline,
        TagEnd::Image => Part::Apart,
        _ => Part::Block,
    }
}
