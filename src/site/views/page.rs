//! A page of prose.
//!
//! For whoever wants it told rather than listed.

use super::frame::TocEntry;
use crate::model::kinds::page;
use crate::model::link::fold;
use crate::model::{Base, Record};
use crate::route;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use crate::source::markdown::Heading;
use serde::Serialize;

/// A page.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Its name.
    pub title: String,
    /// What it says, in a sentence.
    pub lead: Option<Html>,
    /// The text.
    pub body: Option<Prose>,
    /// The questions it answers.
    pub answers: Vec<Html>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, page: &Record<page::Page>) -> Page {
    Page {
        title: page.title().to_owned(),
        lead: sheet.words_of(page.base.common.summary.as_ref()),
        body: sheet.body(&page.base),
        answers: sheet.all_words(&page.answers),
    }
}

/// The headings of a record's prose, from two up; none where there are too few to choose from.
pub fn contents(base: &Base) -> Vec<TocEntry> {
    let Some(body) = &base.body else { return Vec::new() };
    let titled = |level: u8, text: &str| level == 1 && fold(text) == fold(&base.title);
    let shown = body.outline.headings.iter().filter(|h| h.level <= 3 && !titled(h.level, &h.text));
    let entry = |h: &Heading| TocEntry { id: route::heading(&h.id), label: h.text.clone(), level: h.level.max(2) };
    let all: Vec<TocEntry> = shown.map(entry).collect();
    if all.len() < 3 { Vec::new() } else { all }
}
