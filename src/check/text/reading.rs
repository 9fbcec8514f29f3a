//! The texts of a file that readers see: fields, questions and prose, each with its record.
//!
//! What may name the past is left out: records that are retired, `formerly`, `retired`, `was`, `avoid`, `caller_says`, announced
//! changes, expected searches, wrong options of questions, and what `> [!HISTORY]` holds.

use crate::diagnostic::Files;
use crate::model::block::{Scenario, Video};
use crate::model::document::Document;
use crate::model::field::{Field, Inline, Shape, describe};
use crate::model::kinds::training::Question;
use crate::model::playbook::fields_of;
use crate::model::raw::Raw;
use crate::model::{Kind, Name};
use crate::source::foreign::Dialect;
use crate::source::markdown::Outline;
use crate::source::plain::{Passage, passages};
use crate::source::{Data, Table, Value, toml};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A run of words, and what it belongs to.
#[derive(Debug)]
pub struct Text<'a> {
    /// The record.
    pub record: &'a Name,
    /// The field; empty in prose.
    pub key: &'a str,
    /// The words.
    pub passage: Passage,
}

/// Fields that are allowed to name the past, and those that are no text.
const UNREAD: [&str; 8] = ["id", "was", "formerly", "retired", "avoid", "caller_says", "allow", "tags"];

/// What a record is called stands beside its fields.
const NAMES: [&str; 3] = ["title", "name", "query"];

/// Fields of another tool's front matter that readers see.
const FOREIGN: [&str; 3] = ["title", "description", "summary"];

static FIELDS: LazyLock<BTreeMap<Kind, Vec<Field>>> = LazyLock::new(|| Kind::ALL.into_iter().map(|kind| (kind, fields_of(kind))).collect());

static BLOCKS: LazyLock<BTreeMap<&'static str, Vec<Field>>> = LazyLock::new(|| {
    BTreeMap::from([("quiz", describe(Question::declare)), ("scenario", describe(Scenario::declare)), ("video", describe(Video::declare))])
});

/// Every text of a file that is held to today's words.
pub fn texts<'a>(document: &'a Document, files: &Files) -> Vec<Text<'a>> {
    let mut reader = Reader { source: files.text(document.file), out: Vec::new() };
    let mut matrix = false;
    for raw in &document.records {
        // The activities of a matrix are written in its table, which is read with the prose.
        let past = matches!(raw.name.kind, Kind::Change | Kind::Expect) || is_retired(raw);
        if past || (matrix && raw.name.kind == Kind::Activity) {
            continue;
        }
        matrix |= !raw.matrices.is_empty();
        reader.record(raw);
    }
    reader.out
}

/// What is retired says what it said.
fn is_retired(raw: &Raw) -> bool {
    raw.table.get("status").and_then(Value::as_text) == Some("retired")
}

struct Reader<'a, 's> {
    source: &'s str,
    out: Vec<Text<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn record(&mut self, raw: &'a Raw) {
        if raw.typed_keys {
            for key in NAMES {
                raw.table.get(key).into_iter().for_each(|value| self.leaf(raw, key, value));
            }
            let fields = FIELDS.get(&raw.name.kind).map(Vec::as_slice).unwrap_or_default();
            self.table(raw, "", &raw.table, fields);
        } else {
            for key in FOREIGN {
                raw.table.get(key).into_iter().for_each(|value| self.leaf(raw, key, value));
            }
        }
        if let Some((span, outline)) = &raw.body {
            let text = self.source.get(span.range()).unwrap_or("");
            let runs = passages(span.file, span.start as usize, text, outline.dialect);
            self.out.extend(runs.into_iter().map(|passage| Text { record: &raw.name, key: "", passage }));
            self.blocks(raw, outline);
        }
    }

    fn blocks(&mut self, raw: &'a Raw, outline: &Outline) {
        for block in &outline.blocks {
            let Some(fields) = BLOCKS.get(block.language.as_str()) else { continue };
            let (table, _) = toml::parse(block.span.file, block.span.start as usize, &block.text);
            self.table(raw, "", &table, fields);
        }
    }

    /// The texts of a table; `key` is the field of the record it stands in.
    fn table(&mut self, raw: &'a Raw, key: &'a str, table: &Table, fields: &[Field]) {
        let wrong = fields.iter().any(|f| f.key == "correct") && !matches!(table.get("correct").map(|v| &v.data), Some(Data::Bool(true)));
        if wrong {
            return;
        }
        for field in fields.iter().filter(|f| !UNREAD.contains(&f.key) && (!key.is_empty() || !NAMES.contains(&f.key) || f.key == "title"))
        {
            let written = table.get(field.key);
            written.into_iter().for_each(|value| self.value(raw, if key.is_empty() { field.key } else { key }, value, &field.shape));
        }
    }

    fn value(&mut self, raw: &'a Raw, key: &'a str, value: &Value, shape: &Shape) {
        match (shape, &value.data) {
            (Shape::Plain("a text", _), Data::Text(_)) => self.leaf(raw, key, value),
            (Shape::List(inner), Data::List(values)) => values.iter().for_each(|v| self.value(raw, key, v, inner)),
            (Shape::Inline(fields), Data::Table(table)) => self.table(raw, key, table, fields),
            // A text stands for a table's first field, unless that is an option, which would be wrong.
            (Shape::Inline(fields), Data::Text(_)) if !fields.iter().any(|f| f.key == "correct") => self.leaf(raw, key, value),
            (Shape::Map(..), Data::Table(table)) => table.entries.iter().for_each(|e| self.leaf(raw, key, &e.value)),
            _ => {}
        }
    }

    fn leaf(&mut self, raw: &'a Raw, key: &'a str, value: &Value) {
        let Some(text) = value.as_text().filter(|t| !t.is_empty()) else { return };
        let place = value.inner_span(self.source);
        if (place.end - place.start) as usize == text.len() {
            let runs = passages(place.file, place.start as usize, text, Dialect::Ours);
            self.out.extend(runs.into_iter().map(|passage| Text { record: &raw.name, key, passage }));
        } else {
            self.out.push(Text { record: &raw.name, key, passage: Passage::of(text, place) });
        }
    }
}
