//! The door to saphyr: YAML front matter of pages that were written for another tool.
//!
//! Only pages may have it, so what does not parse here is a warning at most.

use super::{Data, Entry, Problem, Table, Trouble, Value};
use crate::diagnostic::{FileId, Span, Spanned};
use jiff::civil::Date;
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// Deeper values are dropped: no front matter is that deep, and recursion has an end.
const DEEPEST: usize = 32;

/// Reads a YAML mapping that starts at byte `base` of `file`.
pub fn parse(file: FileId, base: usize, text: &str) -> (Table, Vec<Problem>) {
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let reader = Reader { file, base, bytes };
    if nesting(text) > DEEPEST {
        return (Table::default(), vec![Problem::new(reader.span(0, 0), Trouble::Syntax("the front matter nests too deeply".to_owned()))]);
    }
    if aliases(text) > MOST_ALIASES {
        return (
            Table::default(),
            vec![Problem::new(reader.span(0, 0), Trouble::Syntax("the front matter repeats itself by aliases too often".to_owned()))],
        );
    }
    match MarkedYaml::load_from_str(text) {
        Ok(documents) => match documents.first().map(|d| &d.data) {
            Some(YamlData::Mapping(_)) => match documents.first().map(|d| reader.value(d)) {
                Some(Value { data: Data::Table(table), .. }) => (table, Vec::new()),
                _ => (Table::default(), Vec::new()),
            },
            None | Some(YamlData::Value(Scalar::Null)) => (Table::default(), Vec::new()),
            Some(_) => {
                let trouble = Trouble::Syntax("front matter must be `key: value` lines".to_owned());
                (Table::default(), vec![Problem::new(reader.span(0, 0), trouble)])
            }
        },
        Err(error) => {
            let at = error.marker().index();
            (Table::default(), vec![Problem::new(reader.span(at, at), Trouble::Syntax(error.info().to_owned()))])
        }
    }
}

/// Each alias is a copy of what it names, so many of them grow beyond any memory.
const MOST_ALIASES: usize = 8;

/// How many aliases, `*name`, a text could hold.
fn aliases(text: &str) -> usize {
    let bytes = text.as_bytes();
    let starts = bytes.windows(2).filter(|w| matches!(w, [b'*', next] if next.is_ascii_alphanumeric() || *next == b'_'));
    starts.count()
}

/// How deep brackets or indentation could nest, an upper bound read without parsing.
fn nesting(text: &str) -> usize {
    let mut open = 0usize;
    let mut deepest = 0usize;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let dashes = line.split_whitespace().take_while(|w| *w == "-").count();
        deepest = deepest.max(indent / 2 + dashes);
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(open);
        }
    }
    deepest
}

struct Reader {
    file: FileId,
    base: usize,
    bytes: Vec<usize>,
}

impl Reader {
    fn span(&self, start: usize, end: usize) -> Span {
        let byte = |i: usize| self.bytes.get(i).or(self.bytes.last()).copied().unwrap_or(0);
        Span::new(self.file, self.base + byte(start), self.base + byte(end))
    }

    fn value(&self, node: &MarkedYaml<'_>) -> Value {
        let span = self.span(node.span.start.index(), node.span.end.index());
        let data = match &node.data {
            YamlData::Value(scalar) => plain(scalar),
            YamlData::Representation(text, ..) => Data::Text(text.to_string()),
            YamlData::Sequence(list) => Data::List(list.iter().map(|n| self.value(n)).collect()),
            YamlData::Mapping(map) => Data::Table(Table {
                entries: map
                    .iter()
                    .map(|(key, value)| {
                        let key_value = self.value(key);
                        let text = match key_value.data {
                            Data::Text(text) => text,
                            other => format!("{other:?}"),
                        };
                        Entry { key: Spanned::new(text, key_value.span), value: self.value(value) }
                    })
                    .collect(),
            }),
            YamlData::Tagged(_, inner) => self.value(inner).data,
            YamlData::Alias(_) | YamlData::BadValue => Data::Text(String::new()),
        };
        Value { data, span }
    }
}

fn plain(scalar: &Scalar<'_>) -> Data {
    match scalar {
        Scalar::Null => Data::Text(String::new()),
        Scalar::Boolean(b) => Data::Bool(*b),
        Scalar::Integer(n) => Data::Integer(*n),
        Scalar::FloatingPoint(n) => Data::Float(n.into_inner()),
        Scalar::String(text) => match text.parse::<Date>() {
            Ok(date) if text.len() == 10 => Data::Date(date),
            _ => Data::Text(text.to_string()),
        },
    }
}
