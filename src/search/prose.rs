//! A record's prose as readers meet it, heading by heading: references as what they say, no markup.

use crate::diagnostic::Files;
use crate::model::kinds::playbook::RawHtml;
use crate::model::record::{Block, Body, Target};
use crate::model::saying::Speaker;
use crate::source::markdown::{alert, events, syntax};
use std::ops::Range;
use syntax::{Event, LinkType, Tag, TagEnd};

/// What stands under a heading, or before the first.
#[derive(Debug, Default)]
pub struct Part {
    /// The heading, by its place among the body's.
    pub heading: Option<usize>,
    /// The words; a line for each paragraph, row or point.
    pub text: String,
}

/// The parts of a body, that before the first heading first.
pub fn parts(body: &Body, files: &Files, speaker: Speaker<'_>) -> Vec<Part> {
    let text = files.slice(body.span);
    let settings = speaker.playbook.own();
    let keeps_html = settings.and_then(|s| s.raw_html.as_ref()).is_some_and(|kept| kept.value == RawHtml::Sanitised);
    let mut reader =
        Reader { body, speaker, text, keeps_html, out: vec![Part::default()], headings: 0, hidden: None, passed: 0, in_heading: false };
    for (event, range) in events(text, body.outline.dialect) {
        reader.event(event, &range);
    }
    reader.out
}

struct Reader<'a> {
    body: &'a Body,
    speaker: Speaker<'a>,
    text: &'a str,
    keeps_html: bool,
    out: Vec<Part>,
    headings: usize,
    /// What ends that which nobody reads here, and how often it has begun.
    hidden: Option<(TagEnd, usize)>,
    /// Until which byte everything is passed over.
    passed: usize,
    in_heading: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        if let Some((end, depth)) = &mut self.hidden {
            match &event {
                Event::Start(tag) if tag.to_end() == *end => *depth += 1,
                Event::End(tag) if tag == end => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if range.end > self.passed => self.push(&words),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.push(&words),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::Html(html) | Event::InlineHtml(html) if self.keeps_html => self.push(&without_tags(&html)),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match &tag {
            Tag::Heading { .. } => {
                self.out.push(Part { heading: Some(self.headings), text: String::new() });
                self.headings += 1;
                self.in_heading = true;
            }
            Tag::BlockQuote(kind) => {
                let raw = self.text.get(range.clone()).unwrap_or("");
                self.passed = alert(*kind, raw).map_or(self.passed, |(_, length)| range.start + length);
            }
            Tag::CodeBlock(_) => self.block(&tag, range),
            Tag::Table(_) if self.body.matrices.contains(&self.offset(range.start)) => self.hide(&tag),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. } => {
                if let Some(Target::Reference(resolved)) = self.body.links.get(&self.offset(range.start)) {
                    let said = self.speaker.saying(resolved);
                    self.push(&said);
                    self.hide(&tag);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.in_heading = false,
            TagEnd::TableCell => self.push(" \u{b7} "),
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.line(),
            _ => {}
        }
    }

    /// Code is read as it stands, a typed block as what it says.
    fn block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let Some(block) = self.body.blocks.get(&self.offset(range.start)) else {
            let outline = &self.body.outline;
            if outline.blocks.iter().any(|block| block.start == self.offset(range.start)) {
                self.hide(tag);
            }
            return;
        };
        let words = match block {
            Block::Quiz(at) => self.body.questions.get(*at).and_then(|q| q.prompt.as_ref()).into_iter().collect(),
            Block::Scenario(scenario) => vec![&scenario.title, &scenario.prompt].into_iter().flatten().collect(),
            Block::Video(video) => vec![&video.title, &video.transcript].into_iter().flatten().collect(),
            _ => Vec::new(),
        };
        let said: Vec<String> = words.into_iter().map(|words| self.speaker.words(words)).collect();
        for words in said {
            self.push(&words);
            self.line();
        }
        self.hide(tag);
    }

    fn hide(&mut self, tag: &Tag<'_>) {
        self.hidden = Some((tag.to_end(), 1));
    }

    fn offset(&self, at: usize) -> u32 {
        self.body.span.start + u32::try_from(at).unwrap_or(0)
    }

    fn line(&mut self) {
        if let Some(part) = self.out.last_mut().filter(|part| !part.text.is_empty() && !part.text.ends_with('\n')) {
            part.text.push('\n');
        }
    }

    /// A heading stands in the outline already.
    fn push(&mut self, words: &str) {
        if self.in_heading {
            return;
        }
        let Some(part) = self.out.last_mut() else { return };
        for (at, word) in words.split(char::is_whitespace).enumerate() {
            let parted = at > 0 && !part.text.is_empty() && !part.text.ends_with([' ', '\n']);
            if parted {
                part.text.push(' ');
            }
            part.text.push_str(shortened(word));
        }
    }
}

/// So many letters of one word are kept: longer ones are no words.
const LONGEST: usize = 200;

fn shortened(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).and_then(|(at, _)| word.get(..at)).unwrap_or(word)
}

/// Raw HTML without its tags.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    out + rest
}
