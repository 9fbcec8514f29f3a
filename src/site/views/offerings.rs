//! What we sell: each thing under its one name, with what it costs today.
//!
//! For whoever has a caller on the line.

use super::offering::{Cost, cost};
use super::parts::{Empty, Link};
use super::wording::counted;
use crate::model::Record;
use crate::model::kinds::offering;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The list.
#[derive(Debug, Clone, Serialize)]
pub struct Offerings {
    /// "What we sell".
    pub title: String,
    /// "Four things, each under one name."
    pub lead: Option<Html>,
    /// Each of them.
    pub offerings: Vec<Row>,
    /// Stands here where there is none.
    pub empty: Option<Empty>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its name.
    pub link: Link,
    /// What it is.
    pub says: Option<Html>,
    /// What it was called.
    pub once: Vec<String>,
    /// What it costs today.
    pub cost: Option<Cost>,
    /// For whom it is.
    pub segments: Vec<Link>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Offerings {
    let offerings: Vec<Row> = sheet.playbook().offerings.iter().map(|o| row(sheet, o)).collect();
    let lead = format!("{}, each under one name and at one price.", counted(offerings.len(), "thing", "things"));
    Offerings {
        title: "What we sell".to_owned(),
        lead: (offerings.len() > 1).then(|| Html::text(&lead)),
        empty: offerings.is_empty().then(|| Empty {
            title: "Nothing on the list yet".to_owned(),
            text: "Here one would see what we sell, what it is called today and what it costs.".to_owned(),
            file: Some("content/offerings.toml".to_owned()),
        }),
        offerings,
    }
}

fn row(sheet: &Sheet<'_>, it: &Record<offering::Offering>) -> Row {
    Row {
        link: sheet.link(&it.base.name),
        says: sheet.words_of(it.base.common.summary.as_ref()),
        once: it.formerly.iter().filter_map(|f| f.text().map(str::to_owned)).collect(),
        cost: it.price_on(sheet.today()).and_then(cost),
        segments: it.segments.iter().map(|s| sheet.link_ref(s)).collect(),
    }
}
