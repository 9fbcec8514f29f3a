//! What rules of several subjects ask before they speak: is it in force, is it told already, do two texts say the same.

use super::Run;
use crate::diagnostic::{FileId, Span, suggest};
use crate::model::Base;
use crate::model::kinds::common::Status;
use crate::source::Trouble;
use std::collections::BTreeSet;
use std::ops::Range;

/// Neither a draft nor retired: what is not in force need not be complete.
pub fn in_force(base: &Base) -> bool {
    !base.common.status.is_some_and(|s| matches!(s.value, Status::Draft | Status::Retired))
}

/// Tells records that count from others: in force, and in a file that could be read to its end.
pub fn counts(run: &Run<'_>) -> impl Fn(&Base) -> bool + use<> {
    let unparsed = run.playbook.documents.iter().filter(|d| d.is_unparsed()).map(|d| d.file);
    let broken: BTreeSet<FileId> = if some_unread(run) { unparsed.collect() } else { BTreeSet::new() };
    move |base| in_force(base) && !broken.contains(&base.place.file)
}

/// Whether a typed file could not be read: what is missed may stand in it.
pub fn some_unread(run: &Run<'_>) -> bool {
    run.playbook.unread.whole || !run.playbook.unread.unparsed.is_empty()
}

/// Whether a key of a record is undecided, of the wrong type or misspelt, which is told by its own rule alone.
pub fn told(base: &Base, key: &str) -> bool {
    base.problems.iter().any(|p| is_of(&p.trouble, key))
}

/// The same of a key in a stretch of a record, such as an inline table.
pub fn told_in(base: &Base, place: Span, key: &str) -> bool {
    base.problems.iter().any(|p| within(p.span, place) && is_of(&p.trouble, key))
}

/// Whether a reference in a stretch of a record leads nowhere, so that nobody knows what is meant.
pub fn lost_in(base: &Base, place: Span) -> bool {
    let lost = |t: &Trouble| matches!(t, Trouble::UnknownReference { .. } | Trouble::WrongKind { .. });
    base.problems.iter().any(|p| within(p.span, place) && lost(&p.trouble))
}

/// Whether anything in a stretch of a record is at fault; an id of before is not.
pub fn faulty_in(base: &Base, place: Span) -> bool {
    base.problems.iter().any(|p| within(p.span, place) && !matches!(p.trouble, Trouble::FormerId { .. }))
}

fn is_of(trouble: &Trouble, key: &str) -> bool {
    match trouble {
        Trouble::Undecided { key: own } | Trouble::WrongType { key: own, .. } => own == key,
        Trouble::UnknownKey { key: own, .. } => suggest::nearest(own, [key]).is_some(),
        _ => false,
    }
}

fn within(inner: Span, outer: Span) -> bool {
    inner.file == outer.file && outer.start <= inner.start && inner.end <= outer.end
}

/// Where a field's value stands; the record's title where it has none.
pub fn field(base: &Base, key: &str) -> Span {
    base.fact(key).map_or(base.title_span, |f| f.span)
}

/// Where a text stands in a stretch; the whole of it where it is written otherwise.
pub fn place(run: &Run<'_>, within: Span, text: &str) -> Span {
    let at = if text.is_empty() { None } else { run.files.slice(within).find(text) };
    at.map_or(within, |at| within.part(at, at + text.len()))
}

/// From the first of some places to the last, where they stand in one file.
pub fn across(mut places: impl Iterator<Item = Span>) -> Option<Span> {
    let first = places.next()?;
    let last = places.last().unwrap_or(first);
    let one = first.file == last.file && first.start <= last.end;
    Some(if one { Span { end: last.end, ..first } } else { first })
}

/// Two texts say the same if these are equal: case, white space and punctuation do not count.
pub fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The words of a text, each with its place; what a hyphen or an apostrophe joins is one.
pub fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}');
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (open, joins(c)) {
            (None, true) => open = Some(at),
            (Some(from), false) => {
                found.push((from..at, text.get(from..at).unwrap_or("").to_lowercase()));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// "1 question", "2 questions".
pub fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
