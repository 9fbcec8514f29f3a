//! How we hear back: what to send to whom, and how soon an answer comes.
//!
//! For whoever has just heard something that others should know.

use super::parts::{Empty, Link, RoleMark};
use super::wording::counted;
use crate::model::Record;
use crate::model::kinds::rhythm;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The loops.
#[derive(Debug, Clone, Serialize)]
pub struct Loops {
    /// "How we hear back".
    pub title: String,
    /// One sentence.
    pub lead: Option<Html>,
    /// Each of them.
    pub loops: Vec<Row>,
    /// Stands here where there is none.
    pub empty: Option<Empty>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Which.
    pub link: Link,
    /// What it is for.
    pub says: Option<Html>,
    /// When to send it.
    pub when: Option<Html>,
    /// Who tells.
    pub from: Option<RoleMark>,
    /// Who listens.
    pub to: Option<RoleMark>,
    /// How soon an answer comes: "5 business days".
    pub within: Option<String>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Loops {
    let loops: Vec<Row> = sheet.playbook().loops.iter().map(|l| row(sheet, l)).collect();
    let things = counted(loops.len(), "thing to pass on", "things to pass on");
    Loops {
        title: "How we hear back".to_owned(),
        lead: (!loops.is_empty()).then(|| Html::text(&format!("{things}, and by when you hear what came of it."))),
        empty: loops.is_empty().then(|| Empty {
            title: "Nothing comes back yet".to_owned(),
            text: "Here one would see what to pass on, to whom, and how soon an answer comes.".to_owned(),
            file: Some("content/loops.toml".to_owned()),
        }),
        loops,
    }
}

fn row(sheet: &Sheet<'_>, it: &Record<rhythm::Loop>) -> Row {
    Row {
        link: sheet.link(&it.base.name),
        says: sheet.words_of(it.base.common.summary.as_ref()),
        when: sheet.words_of(it.when.as_ref()),
        from: it.from.as_ref().map(|r| sheet.role(r)),
        to: it.to.as_ref().map(|r| sheet.role(r)),
        within: it.answer_within.as_ref().map(ToString::to_string),
    }
}
