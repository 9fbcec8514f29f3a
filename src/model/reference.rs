//! What can be written, in plain words: every kind and its fields, from their declarations.

use super::field::{Field, Shape, describe};
use super::kind::Kind;
use super::kinds::common::Common;
use super::playbook::fields_of;
use crate::diagnostic::suggest;

/// A field in plain words. Code stands in backticks.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its key; that of a table in a field has the field's before it: `sla.who`.
    pub key: String,
    /// Whether no page can be made without it.
    pub required: bool,
    /// What it says.
    pub says: &'static str,
    /// What it may be.
    pub is: String,
    /// A value that would do.
    pub example: String,
}

/// How a record of a kind is written down.
pub fn written(kind: Kind) -> String {
    let word = kind.word();
    match (kind, kind.folder()) {
        (Kind::Playbook, _) => "the table that is `content/playbook.toml`".to_owned(),
        (Kind::Charter, _) => "`content/charter.md`".to_owned(),
        (Kind::Lesson, folder) => format!("a Markdown file in a module's folder, `content/{folder}/<module>/`"),
        (Kind::Page, folder) => format!("a Markdown file in `content/{folder}/`"),
        (_, "") => format!("`[[{word}]]` in a TOML file"),
        (_, folder) => format!("`[[{word}]]` in a TOML file, or a Markdown file in `content/{folder}/`"),
    }
}

/// The fields of every record.
pub fn common() -> Vec<Row> {
    let row = |key: &str, required, says, is: &str, example: &str| Row {
        key: key.to_owned(),
        required,
        says,
        is: is.to_owned(),
        example: example.to_owned(),
    };
    let id = row(
        "id",
        false,
        "its name in references, for ever; made from the title or the file's name",
        "lower-case words and hyphens",
        "\"lead-desk\"",
    );
    let title = row(
        "title",
        true,
        "what readers call it; a person and an offering have `name`, a page and a lesson their first heading",
        "a text",
        "\"Lead desk\"",
    );
    [id, title].into_iter().chain(rows("", &describe(Common::declare))).collect()
}

/// A kind's own fields.
pub fn own(kind: Kind) -> Vec<Row> {
    let fields = fields_of(kind);
    let every = describe(Common::declare).len();
    rows("", fields.get(every..).unwrap_or_default())
}

fn rows(above: &str, fields: &[Field]) -> Vec<Row> {
    let mut all = Vec::new();
    for field in fields {
        let key = format!("{above}{}", field.key);
        let is = match &field.shape {
            Shape::Choice(words) => format!("one of {}", suggest::choice(words.iter().copied(), words.len())),
            shape => shape.expected(),
        };
        // Where any record will do, the playbook is the first of all kinds, and a poor example.
        let example = field.shape.examples().into_iter().next().unwrap_or_default().replace("some-playbook", "term:some-term");
        all.push(Row { key: key.clone(), required: field.required, says: field.doc, is, example });
        all.extend(rows(&format!("{key}."), inner(&field.shape)));
    }
    all
}

/// The fields of a table, or of the tables of a list.
fn inner(shape: &Shape) -> &[Field] {
    match shape {
        Shape::Inline(fields) => fields,
        Shape::List(of) => inner(of),
        _ => &[],
    }
}
