//! Where in a text a finding points.

use super::Run;
use crate::diagnostic::Span;
use crate::model::Base;

/// Where a field's value stands; the record's title where it has none.
pub fn field(base: &Base, key: &str) -> Span {
    base.fact(key).map_or(base.title_span, |f| f.span)
}

/// Where a field's key stands; its value where the key cannot be found.
pub fn key(run: &Run<'_>, base: &Base, key: &str) -> Option<Span> {
    let value = base.fact(key)?.span;
    let before = run.files.text(value.file).get(..value.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    let at = before.get(line..).and_then(|l| l.rfind(key)).map(|n| line + n);
    Some(at.map_or(value, |at| Span::new(value.file, at, at + key.len())))
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
