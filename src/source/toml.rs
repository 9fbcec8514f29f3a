//! The door to the toml crate: a text to a table in which everything has its place.
//!
//! The parser recovers, so one run shows every fault of a file.

use super::{Data, Entry, Problem, Table, Trouble, Value};
use crate::diagnostic::{FileId, Span, Spanned};
use jiff::civil::Date;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// Reads TOML that starts at byte `base` of `file`.
///
/// Where it does not parse, each record is read by itself, so that a bracket left open
/// in one does not hide those below it.
pub fn parse(file: FileId, base: usize, text: &str) -> (Table, Vec<Problem>) {
    let (table, problems) = piece(file, base, text);
    if problems.is_empty() {
        return (table, problems);
    }
    let mut whole = Table::default();
    let mut faults = Vec::new();
    let mut places = BTreeMap::new();
    for (at, text) in pieces(text) {
        let (table, problems) = piece(file, base + at, text);
        faults.extend(problems);
        table.entries.into_iter().for_each(|entry| join(&mut whole, &mut places, entry));
    }
    (whole, faults)
}

/// A text that the program carries, in a type of its own.
pub fn own<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// A day, in such a text.
pub fn plain_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    match day(&Datetime::deserialize(deserializer)?) {
        Data::Date(date) => Ok(date),
        _ => Err(D::Error::custom("this should be a day, as 2026-11-02")),
    }
}

/// One stretch. Of several faults in it the first is told: the others follow from it more often than not.
fn piece(file: FileId, base: usize, text: &str) -> (Table, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<usize> = errors.iter().map(|e| e.span().map_or(0, |s| s.start)).collect();
    faults.sort_unstable();
    let ends: Vec<usize> = if errors.is_empty() { Vec::new() } else { text.match_indices('\n').map(|(at, _)| at).collect() };
    let reader = Reader { file, base, faults };
    let mut problems: Vec<Problem> = Vec::new();
    let mut line_of_last = None;
    for error in &errors {
        let range = reader.visible(text, error.span().unwrap_or(0..0));
        let line = ends.partition_point(|end| *end < range.start);
        let last = problems.last().and_then(|p| if let Trouble::Syntax(words) = &p.trouble { Some(words.as_str()) } else { None });
        let words = plain(error.message());
        // What is left of a list without its beginning, or of a record without its heading, is one fault line after line.
        let same = last == Some(words.as_str()) || words.contains("missing table open");
        let follows = last.is_some_and(|words| words.contains("array")) || (same && line > 0 && line_of_last == Some(line - 1));
        if line_of_last != Some(line) && !follows {
            problems.push(Problem::new(reader.span(range), Trouble::Syntax(words)));
        }
        line_of_last = Some(line);
    }
    (reader.table(table.get_ref()), problems)
}

/// Where a line begins `[[word]]`, a record begins, whatever is left open above it.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let word = line.strip_prefix("[[").and_then(|l| l.split_once("]]")).map_or("", |(w, _)| w);
        if !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) && at > 0 {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(from, to)| (from, text.get(from..to).unwrap_or(""))).collect()
}

/// `[[role]]` of two pieces are one list.
fn join(whole: &mut Table, places: &mut BTreeMap<String, usize>, entry: Entry) {
    let at = *places.entry(entry.key.value.clone()).or_insert(whole.entries.len());
    match (whole.entries.get_mut(at).map(|e| &mut e.value.data), entry.value.data) {
        (Some(Data::List(list)), Data::List(more)) => list.extend(more),
        (_, data) => whole.entries.push(Entry { key: entry.key, value: Value { data, span: entry.value.span } }),
    }
}

/// The parser's words without its line breaks.
fn plain(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader {
    file: FileId,
    base: usize,
    /// First bytes of the faults, in order.
    faults: Vec<usize>,
}

impl Reader {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }

    /// An error at the end of a text points at its last visible character, not past it.
    fn visible(&self, text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        if range.start < text.len() {
            return range;
        }
        let end = text.trim_end().len();
        let start = text.get(..end).and_then(|t| t.char_indices().next_back()).map_or(0, |(i, _)| i);
        start..end
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry { key: Spanned::new(key.get_ref().to_string(), self.span(key.span())), value: self.value(value) })
            .collect();
        entries.retain(|e| !self.is_faulty(e));
        entries.sort_by_key(|e| e.key.span.start);
        Table { entries }
    }

    /// A value with a fault in it is not judged a second time, unless it is a text that lacks its quote.
    fn is_faulty(&self, entry: &Entry) -> bool {
        let has_records = |list: &[Value]| list.iter().any(|v| matches!(v.data, Data::Table(_)));
        let kept = match &entry.value.data {
            Data::Text(_) | Data::Table(_) => true,
            Data::List(list) => has_records(list),
            _ => false,
        };
        let range = entry.value.span.range();
        !kept && self.holds_fault(range.start - self.base..range.end - self.base)
    }

    fn holds_fault(&self, range: std::ops::Range<usize>) -> bool {
        let next = self.faults.partition_point(|at| *at < range.start);
        self.faults.get(next).is_some_and(|at| *at <= range.end)
    }

    /// The items of a list; beside records in a list with a fault in it, what is no record is a piece of the fault.
    fn list(&self, list: &[toml::Spanned<DeValue<'_>>], range: std::ops::Range<usize>) -> Vec<Value> {
        let mut items: Vec<Value> = list.iter().map(|v| self.value(v)).collect();
        let is_record = |v: &Value| matches!(v.data, Data::Table(_));
        if self.holds_fault(range) && items.iter().any(is_record) {
            items.retain(is_record);
        }
        items
    }

    fn value(&self, value: &toml::Spanned<DeValue<'_>>) -> Value {
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Integer(n) => whole(n.as_str(), n.radix()),
            DeValue::Float(n) => Data::Float(n.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(b) => Data::Bool(*b),
            DeValue::Datetime(moment) => day(moment),
            DeValue::Array(list) => Data::List(self.list(list, value.span())),
            DeValue::Table(table) => Data::Table(self.table(table)),
        };
        Value { data, span: self.span(value.span()) }
    }
}

fn whole(digits: &str, radix: u32) -> Data {
    match i64::from_str_radix(&digits.replace('_', ""), radix) {
        Ok(n) => Data::Integer(n),
        Err(_) => Data::Moment(digits.to_owned()),
    }
}

fn day(moment: &Datetime) -> Data {
    let plain_date = moment.time.is_none() && moment.offset.is_none();
    match moment.date.filter(|_| plain_date) {
        Some(d) => match date(d.year, d.month, d.day) {
            Some(date) => Data::Date(date),
            None => Data::Moment(moment.to_string()),
        },
        None => Data::Moment(moment.to_string()),
    }
}

fn date(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
