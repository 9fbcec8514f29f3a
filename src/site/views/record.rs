//! A record of a kind without a page of its own making: what it is, its facts, its prose.

use super::parts::Fact;
use crate::model::Base;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A record, plainly.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// What it is called.
    pub title: String,
    /// What it is, in a sentence.
    pub lead: Option<Html>,
    /// Its fields, in the order they are declared.
    pub facts: Vec<Fact>,
    /// Its prose.
    pub body: Option<Prose>,
}

/// The view of any record.
pub fn view(sheet: &Sheet<'_>, base: &Base) -> Record {
    Record {
        title: base.title.clone(),
        lead: sheet.words_of(base.common.summary.as_ref()),
        facts: sheet.facts(base, &["name"]),
        body: sheet.body(base),
    }
}
