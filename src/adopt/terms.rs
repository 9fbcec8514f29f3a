//! Glossaries: tables whose header says so, and definition lists on pages that are called one.

use super::Grid;
use crate::source::markdown::{self, Markdown, syntax};
use syntax::{Event, Tag, TagEnd};

/// What the report calls a glossary.
pub const WHAT: &str = "glossary";

/// A word and what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub title: String,
    /// What it means.
    pub definition: String,
    /// The row of its table; for a list, where it stands in the text.
    pub at: usize,
}

/// Reads a table whose header says `Term | Definition` in one of many ways.
pub fn read(grid: &Grid) -> Option<Vec<Word>> {
    let folded: Vec<String> = grid.head.iter().map(|h| h.trim().to_lowercase()).collect();
    let find = |words: &[&str]| folded.iter().position(|h| words.contains(&h.as_str()));
    let term =
        find(&["term", "terms", "word", "acronym", "abbreviation", "glossary term", "phrase", "jargon", "begriff", "terme", "término"])?;
    let means = find(&[
        "definition",
        "meaning",
        "definitions",
        "explanation",
        "what it means",
        "what we mean",
        "stands for",
        "full form",
        "expansion",
        "description",
        "means",
        "bedeutung",
        "définition",
        "definición",
    ])?;
    let rows = grid.rows.iter().enumerate();
    let words = rows.filter_map(|(at, cells)| {
        let cell = |at: usize| cells.get(at).map(|c| c.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
        Some(Word { title: cell(term), definition: cell(means), at }).filter(|w| !w.title.is_empty())
    });
    Some(words.collect::<Vec<_>>()).filter(|w| !w.is_empty())
}

/// The definition lists of a page that is called a glossary.
pub fn lists(text: &str, markdown: &Markdown) -> Vec<Word> {
    let called = |text: &str| {
        ["glossary", "terms", "definitions", "vocabulary", "jargon", "acronym"].iter().any(|w| text.to_lowercase().contains(w))
    };
    let title = markdown.table.get("title").and_then(crate::source::Value::as_text);
    if !title.is_some_and(called) && !markdown.outline.headings.iter().any(|h| called(&h.text)) {
        return Vec::new();
    }
    let start = markdown.body.start as usize;
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut defining = false;
    for (event, range) in markdown::events(text.get(start..).unwrap_or(""), markdown.outline.dialect) {
        match event {
            Event::Start(Tag::DefinitionListTitle) => {
                words.extend(open.take());
                open = Some(Word { at: start + range.start, ..Word::default() });
            }
            Event::Start(Tag::DefinitionListDefinition) => defining = true,
            Event::End(TagEnd::DefinitionListDefinition) => {
                add(open.as_mut(), true, " ");
                defining = false;
            }
            Event::End(TagEnd::DefinitionList) => words.extend(open.take()),
            Event::Text(text) | Event::Code(text) => add(open.as_mut(), defining, &text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => add(open.as_mut(), defining, " "),
            _ => {}
        }
    }
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .iter()
        .map(|w| Word { title: tidy(&w.title), definition: tidy(&w.definition), at: w.at })
        .filter(|w| !w.title.is_empty())
        .collect()
}

fn add(word: Option<&mut Word>, defining: bool, text: &str) {
    if let Some(word) = word {
        if defining { word.definition.push_str(text) } else { word.title.push_str(text) }
    }
}
