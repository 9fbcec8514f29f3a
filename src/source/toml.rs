//! The door to the toml crate: a text to a table in which everything has its place.
//!
//! The parser recovers, so one run shows every fault of a file.

use super::{Data, Entry, Problem, Table, Trouble, Value};
use crate::diagnostic::{FileId, Span, Spanned};
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// Reads TOML that starts at byte `base` of `file`.
pub fn parse(file: FileId, base: usize, text: &str) -> (Table, Vec<Problem>) {
    let reader = Reader { file, base };
    let (table, errors) = DeTable::parse_recoverable(text);
    let problems = errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(0..0);
            Problem::new(reader.span(reader.visible(text, range)), Trouble::Syntax(plain(error.message())))
        })
        .collect();
    (reader.table(table.get_ref()), problems)
}

/// The parser's words without its line breaks.
fn plain(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Reader {
    file: FileId,
    base: usize,
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
            .map(|(key, value)| Entry {
                key: Spanned::new(key.get_ref().to_string(), self.span(key.span())),
                value: self.value(value),
            })
            .collect();
        entries.sort_by_key(|e| e.key.span.start);
        Table { entries }
    }

    fn value(&self, value: &toml::Spanned<DeValue<'_>>) -> Value {
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Integer(n) => whole(n.as_str(), n.radix()),
            DeValue::Float(n) => Data::Float(n.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(b) => Data::Bool(*b),
            DeValue::Datetime(moment) => day(moment),
            DeValue::Array(list) => Data::List(list.iter().map(|v| self.value(v)).collect()),
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
