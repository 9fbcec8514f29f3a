//! What is said of an old name, and how today's takes its place.

use super::fold::plural;
use super::lexicon::{OldName, Said};
use crate::diagnostic::{Edit, Files, Finding, Fix, Span};
use crate::model::value::{ago, long_date};
use jiff::civil::Date;

/// "renamed on 2 March 2026 (8 months ago)".
pub fn when(old: &OldName<'_>, today: Date) -> String {
    let what = if old.is_gone() { "given up" } else { "renamed" };
    match old.until {
        Some(until) => format!("{what} on {}{}", long_date(until), ago(until, today).map(|a| format!(" ({a})")).unwrap_or_default()),
        None => what.to_owned(),
    }
}

/// Where an old name stands, from its first letter to its last.
pub fn place(said: &Said) -> Option<Span> {
    let (first, last) = (said.places.first()?, said.places.last()?);
    Some(Span { end: last.end, ..*first })
}

/// A finding with the mend that puts today's name there, where there is one. A plain word ("place", for a seat) may mean something
/// else where it stands, so a person decides.
pub fn mended(finding: Finding, said: &Said, old: &OldName<'_>, files: &Files) -> Finding {
    let plain_word = old.name.chars().all(char::is_lowercase);
    let edits = if old.is_gone() || plain_word { None } else { edits(said, old, files) };
    Finding { fix: edits.map(|edits| Fix { title: format!("write `{}`", old.of.title), edits }), ..finding }
}

/// Today's name in the form in which the old one was written.
fn today(said: &Said, old: &OldName<'_>) -> String {
    let title = old.of.title.as_str();
    let name = if said.plural { plural(title) } else { title.to_owned() };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (written, known) = (letters(&said.words), letters(old.name));
    let shouted = written.chars().count() > 1 && written.chars().all(char::is_uppercase) && !known.chars().all(char::is_uppercase);
    if shouted {
        return name.to_uppercase();
    }
    let small = |text: &str| text.chars().next().is_some_and(char::is_lowercase);
    let plain_word = name.split_whitespace().next().is_some_and(|w| w.chars().skip(1).all(|c| !c.is_uppercase()) && w.chars().count() > 1);
    let mut rest = name.chars();
    match rest.next() {
        Some(first) if small(&written) && small(&known) && plain_word => first.to_lowercase().chain(rest).collect(),
        _ => name,
    }
}

/// Each stretch of the old name gets its share of the new words, so that markup and line breaks stay.
/// Nothing where a stretch is written with escapes.
fn edits(said: &Said, old: &OldName<'_>, files: &Files) -> Option<Vec<Edit>> {
    let name = today(said, old);
    let written: String = said.places.iter().map(|place| files.slice(*place)).collect();
    let same_letters = |a: &str, b: &str| a.chars().filter(|c| !c.is_whitespace()).eq(b.chars().filter(|c| !c.is_whitespace()));
    if !same_letters(&written, &said.words) {
        return None;
    }
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let mut edits = Vec::new();
    for (at, place) in said.places.iter().enumerate() {
        let slice = files.slice(*place);
        let is_last = at + 1 == said.places.len();
        let count = if is_last { words.len() } else { slice.split_whitespace().count().min(words.len()) };
        let share: Vec<&str> = words.drain(..count).collect();
        let lead: String = slice.chars().take_while(|c| c.is_whitespace()).collect();
        let tail: String = slice.chars().rev().take_while(|c| c.is_whitespace()).collect();
        let text = if share.is_empty() { String::new() } else { format!("{lead}{}{}", share.join(" "), if is_last { "" } else { &tail }) };
        edits.push(Edit { span: *place, text });
    }
    edits.extend(article(said, &name));
    edits.sort_by_key(|e| e.span.start);
    Some(edits)
}

/// "an Office Bundle" is "a Team Table".
fn article(said: &Said, name: &str) -> Option<Edit> {
    let (word, span) = said.article.as_ref()?;
    let vowel = |text: &str| text.chars().next().is_some_and(|c| "aeiou".contains(c.to_ascii_lowercase()));
    let capital = word.starts_with('A');
    let fitting = match (vowel(name), capital) {
        (true, true) => "An",
        (true, false) => "an",
        (false, true) => "A",
        (false, false) => "a",
    };
    // What was right for the old name and is wrong for the new one.
    let was_right = (word.len() == 2) == vowel(&said.words);
    (was_right && fitting != word).then(|| Edit { span: *span, text: fitting.to_owned() })
}
