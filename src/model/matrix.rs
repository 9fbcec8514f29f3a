//! The matrix written as a matrix: an area's Markdown table to activities.
//!
//! `| Activity | Why | A | R | C | I | For |`: every row is an activity, every cell keeps
//! its place; a row with a segment under `For` is a condition of the activity it repeats.

use super::field::{Shape, describe};
use super::kinds::responsibility::Activity;
use super::link::fold;
use super::types::RecordKind;
use crate::diagnostic::{Span, Spanned};
use crate::source::markdown::{Cell, MarkdownTable};
use crate::source::problem::Inline;
use crate::source::{Data, Entry, Problem, Table, Trouble, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The activities of a table, each with its place, and what is wrong with the table.
pub type Activities = (Vec<(Table, Span)>, Vec<Problem>);

/// A column's field, and whether that is a list.
type Column = Option<(&'static str, bool)>;

/// The activities of a table; nothing where it is not a matrix.
pub fn activities(table: &MarkdownTable, area: &str, area_span: Span) -> Option<Activities> {
    let first = table.head.first()?;
    if !first.text.eq_ignore_ascii_case("activity") {
        return None;
    }
    let (columns, mut problems) = columns(table);
    let mut out: Vec<(Table, Span)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let Some(title) = row.first().filter(|c| !c.text.is_empty()) else {
            problems.extend(row.iter().find(|c| !c.text.is_empty()).map(nameless));
            continue;
        };
        let mut entries = cells(row, &columns);
        let condition = take(&mut entries, "for");
        let place = *places.entry(fold(&title.text)).or_insert(out.len());
        match (condition, out.get_mut(place)) {
            (Some(segment), Some((activity, _))) => add_condition(activity, segment, entries, title.span),
            (Some(segment), None) => {
                let mut activity = Table { entries: vec![entry("title", text(title)), area_entry(area, area_span)] };
                add_condition(&mut activity, segment, entries, title.span);
                out.push((activity, title.span));
            }
            (None, Some((activity, place))) if activity.get("accountable").or(activity.get("responsible")).is_none() => {
                entries.retain(|e| activity.get(&e.key.value).is_none());
                activity.entries.extend(entries);
                *place = title.span;
            }
            (None, _) => {
                entries.push(area_entry(area, area_span));
                out.push((Table { entries }, title.span));
            }
        }
    }
    Some((out, problems))
}

/// The key of each column's field.
pub fn keys(table: &MarkdownTable) -> Vec<Option<&'static str>> {
    columns(table).0.into_iter().map(|column| column.map(|(key, _)| key)).collect()
}

/// Each column's field; what is no field is a problem.
fn columns(table: &MarkdownTable) -> (Vec<Column>, Vec<Problem>) {
    let fields = describe(Activity::declare);
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let columns = table
        .head
        .iter()
        .map(|cell| {
            let word = cell.text.to_lowercase().replace(' ', "_");
            let key = match word.as_str() {
                "activity" => "title",
                "a" => "accountable",
                "r" => "responsible",
                "c" => "consulted",
                "i" => "informed",
                "s" => "support",
                other => other,
            };
            let plain = ["title", "for", "id", "summary"].into_iter().find(|k| *k == key).map(|k| (k, false));
            let declared = fields.iter().find(|f| f.key == key).map(|f| (f.key, matches!(f.shape, Shape::List(_))));
            let found = plain.or(declared);
            if found.is_some_and(|(key, _)| !seen.insert(key)) {
                let words = format!("a second column `{}`: only the first is read", cell.text);
                problems.push(Problem { span: cell.span, record: String::new(), trouble: Trouble::MatchedNothing(words) });
                return None;
            }
            if found.is_none() && !cell.text.is_empty() && !word.starts_with("x-") {
                let known = ["Activity", "A", "R", "C", "I", "For"].into_iter().chain(fields.iter().map(|f| f.key)).collect();
                let trouble = Trouble::UnknownKey { key: cell.text.clone(), of: "a matrix".to_owned(), known };
                problems.push(Problem { span: cell.span, record: String::new(), trouble });
            }
            found
        })
        .collect();
    (columns, problems)
}

/// A row that says something of nothing.
fn nameless(cell: &Cell) -> Problem {
    let trouble = Trouble::MissingField {
        key: "title",
        of: "row".to_owned(),
        doc: "which activity it is about",
        example: "\"Qualify new enquiries\"".to_owned(),
        inline: Inline::No,
    };
    Problem::new(cell.span, trouble)
}

fn cells(row: &[Cell], columns: &[Column]) -> Vec<Entry> {
    let filled = row.iter().zip(columns).filter(|(cell, _)| !cell.text.is_empty());
    filled
        .filter_map(|(cell, column)| column.map(|(key, list)| (cell, key, list)))
        .map(|(cell, key, list)| {
            let several = list || (key == "accountable" && cell.text.contains(','));
            entry(key, if several { listed(cell) } else { text(cell) })
        })
        .collect()
}

fn text(cell: &Cell) -> Value {
    Value { data: Data::Text(cell.text.clone()), span: cell.span }
}

/// `Sales lead, Care lead`: each with its own place, as long as the cell holds plain text.
fn listed(cell: &Cell) -> Value {
    let plain = cell.text.len() == (cell.span.end - cell.span.start) as usize;
    let mut at = 0;
    let mut values = Vec::new();
    for part in cell.text.split(',') {
        let lead = part.len() - part.trim_start().len();
        let word = part.trim();
        let span = if plain { cell.span.part(at + lead, at + lead + word.len()) } else { cell.span };
        if !word.is_empty() {
            values.push(Value { data: Data::Text(word.to_owned()), span });
        }
        at += part.len() + 1;
    }
    Value { data: Data::List(values), span: cell.span }
}

fn entry(key: &str, value: Value) -> Entry {
    Entry { key: Spanned::new(key.to_owned(), value.span), value }
}

fn area_entry(area: &str, span: Span) -> Entry {
    entry("area", Value { data: Data::Text(area.to_owned()), span })
}

fn take(entries: &mut Vec<Entry>, key: &str) -> Option<Value> {
    let at = entries.iter().position(|e| e.key.value == key)?;
    Some(entries.remove(at).value)
}

/// Adds a row to the conditions of its activity.
fn add_condition(activity: &mut Table, segment: Value, entries: Vec<Entry>, span: Span) {
    let letters = ["accountable", "responsible", "consulted", "informed"];
    let mut row = vec![entry("segment", segment)];
    for entry in entries {
        if letters.contains(&entry.key.value.as_str()) {
            row.push(entry);
        } else if entry.key.value != "title" && activity.get(&entry.key.value).is_none() {
            activity.entries.push(entry);
        }
    }
    let condition = Value { data: Data::Table(Table { entries: row }), span };
    match activity.entries.iter_mut().find(|e| e.key.value == "when") {
        Some(Entry { value: Value { data: Data::List(list), .. }, .. }) => list.push(condition),
        _ => activity.entries.push(entry("when", Value { data: Data::List(vec![condition]), span })),
    }
}
