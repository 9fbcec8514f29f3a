//! Every kind of record and every field, for whoever writes.

use super::parts::Link;
use crate::model::Kind;
use crate::model::reference::{self, common, own, written};
use crate::site::html::Html;
use crate::site::prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The kinds.
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// "What can be written".
    pub title: String,
    /// What required means.
    pub lead: Option<Html>,
    /// To each kind.
    pub jumps: Vec<Link>,
    /// The fields of every record, then kind by kind.
    pub kinds: Vec<Section>,
}

/// A kind.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// The heading's anchor: "role".
    pub id: &'static str,
    /// "role", as it is written.
    pub title: &'static str,
    /// What it is, and where it is written.
    pub note: Html,
    /// Its fields.
    pub fields: Vec<Row>,
}

/// A field.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// "required", where it is.
    pub required: Option<&'static str>,
    /// What it says.
    pub says: Html,
    /// What it may be.
    pub is: Html,
    /// A value that would do.
    pub example: String,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Reference {
    let every = Section {
        id: "every-record",
        title: "every record",
        note: Html::text("What a record of any kind can say."),
        fields: rows(sheet, common()),
    };
    let kinds: Vec<Section> = std::iter::once(every).chain(Kind::ALL.map(|kind| section(sheet, kind))).collect();
    Reference {
        title: "What can be written".to_owned(),
        lead: Some(Html::text(
            "Every kind of record and every field. Without what is required, no page can be made; all else is as you need it.",
        )),
        jumps: kinds.iter().map(|k| Link { label: k.title.to_owned(), href: format!("#{}", k.id) }).collect(),
        kinds,
    }
}

fn section(sheet: &Sheet<'_>, kind: Kind) -> Section {
    let about = kind.about();
    let first: String = about.chars().take(1).flat_map(char::to_uppercase).collect();
    let rest: String = about.chars().skip(1).collect();
    let words = format!("{first}{rest}. Written as {}.", written(kind));
    Section { id: kind.word(), title: kind.word(), note: prose::own_opening(sheet, &words), fields: rows(sheet, own(kind)) }
}

fn rows(sheet: &Sheet<'_>, rows: Vec<reference::Row>) -> Vec<Row> {
    let row = |row: reference::Row| Row {
        key: row.key,
        required: row.required.then_some("required"),
        says: prose::own_opening(sheet, row.says),
        is: prose::own_opening(sheet, &row.is),
        example: row.example,
    };
    rows.into_iter().map(row).collect()
}
