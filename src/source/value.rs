//! The one shape that TOML and YAML are read into: tables that know their places.

use crate::diagnostic::{Span, Spanned};
use jiff::civil::Date;

/// Keys and values in the order they are written.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// In the order of the file.
    pub entries: Vec<Entry>,
}

/// One key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Value,
}

/// A value and where it stands, quotes and brackets included.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it stands.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum Data {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A day.
    Date(Date),
    /// A date with a time, a time alone: as written.
    Moment(String),
    /// `[ … ]`.
    List(Vec<Value>),
    /// `{ … }` or `[table]`.
    Table(Table),
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|e| &e.value)
    }

    /// The key and its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key.value == key)
    }
}

impl Value {
    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it says nothing: empty, white space, an empty list.
    pub fn is_absent(&self) -> bool {
        match &self.data {
            Data::Text(text) => text.trim().is_empty(),
            Data::List(list) => list.is_empty(),
            Data::Table(table) => table.entries.is_empty(),
            _ => false,
        }
    }

    /// What it is, in a message.
    pub fn describe(&self) -> String {
        match &self.data {
            Data::Text(text) if text.chars().count() > 40 => "a longer text".to_owned(),
            Data::Text(text) => format!("`{text}`"),
            Data::Integer(n) => format!("the number {n}"),
            Data::Float(n) => format!("the number {n}"),
            Data::Bool(b) => format!("`{b}`"),
            Data::Date(date) => format!("the date {date}"),
            Data::Moment(text) => format!("`{text}`"),
            Data::List(_) => "a list".to_owned(),
            Data::Table(_) => "an entry in curly brackets".to_owned(),
        }
    }

    /// The span of the text without its quotes, if it is written without escapes.
    pub fn inner_span(&self, source: &str) -> Span {
        let Some(text) = self.as_text() else { return self.span };
        match source.get(self.span.range()).and_then(|raw| raw.find(text)) {
            Some(at) => self.span.part(at, at + text.len()),
            None => self.span,
        }
    }
}
