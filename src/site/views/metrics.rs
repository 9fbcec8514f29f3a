//! All numbers: the two to begin with, then those that tell early and those that tell afterwards.
//!
//! For whoever reads them together, so that there is one set and not three.

use super::numbers;
use super::parts::{Empty, Link};
use super::standing::{self, NumberRow};
use super::wording::counted;
use crate::model::Record;
use crate::model::kinds::goal::Metric;
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// All numbers.
#[derive(Debug, Clone, Serialize)]
pub struct Metrics {
    /// The page's name.
    pub title: String,
    /// How many, and what they have in common.
    pub lead: Option<Html>,
    /// What would be here.
    pub empty: Option<Empty>,
    /// The ones to begin with.
    pub starters: Vec<Starter>,
    /// The others.
    pub groups: Vec<Group>,
}

/// A number to begin with.
#[derive(Debug, Clone, Serialize)]
pub struct Starter {
    /// The number.
    pub metric: Link,
    /// What is counted.
    pub says: Option<Html>,
    /// How far it has come.
    pub way: Html,
    /// The number that keeps it honest.
    pub pair: Option<Link>,
}

/// Numbers of one sort.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The heading's id.
    pub id: &'static str,
    /// "What tells us early".
    pub title: &'static str,
    /// What that means.
    pub note: &'static str,
    /// What the small lines show: "Thirteen months".
    pub span: String,
    /// The numbers.
    pub rows: Vec<NumberRow>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Metrics {
    let metrics = &sheet.playbook().metrics;
    let paired = metrics.iter().all(|m| m.pairs_with.is_some());
    let honest = if paired { " Each has another that keeps it honest." } else { "" };
    let lead = format!("{}, one definition each.{honest}", counted(metrics.len(), "number", "numbers"));
    let early = group(sheet, "early", true);
    let after = group(sheet, "after", false);
    Metrics {
        title: Listing::Metrics.label().to_owned(),
        lead: (!metrics.is_empty()).then(|| Html::text(&lead)),
        empty: metrics.is_empty().then(empty),
        starters: metrics.iter().filter(|m| m.starter).map(|m| starter(sheet, m)).collect(),
        groups: [early, after].into_iter().filter(|g| !g.rows.is_empty()).collect(),
    }
}

fn empty() -> Empty {
    Empty {
        title: "No numbers yet".to_owned(),
        text: "Here one would see what we count, how, and how far it has come.".to_owned(),
        file: Some("content/metrics.toml".to_owned()),
    }
}

fn starter(sheet: &Sheet<'_>, metric: &Record<Metric>) -> Starter {
    Starter {
        metric: sheet.link(&metric.base.name),
        says: sheet.words_of(metric.definition.as_ref()),
        way: numbers::way(metric, None, hue(sheet, metric)),
        pair: metric.pairs_with.as_ref().map(|m| sheet.link_ref(m)),
    }
}

/// The numbers that tell early, or those that tell afterwards.
fn group(sheet: &Sheet<'_>, id: &'static str, leading: bool) -> Group {
    let metrics: Vec<&Record<Metric>> = sheet.playbook().metrics.iter().filter(|m| m.leading == leading && !m.starter).collect();
    let (title, note) = match leading {
        true => ("What tells us early", "One can still do something about these."),
        false => ("What tells us afterwards", "These are what the others are for."),
    };
    let rows = metrics.iter().map(|m| standing::row(sheet, m, None, hue(sheet, m))).collect();
    Group { id, title, note, span: standing::span(&metrics), rows }
}

/// The hue of whoever keeps a number.
pub fn hue(sheet: &Sheet<'_>, metric: &Record<Metric>) -> u8 {
    metric.base.common.owner.as_ref().map_or(0, |o| sheet.role_hue(o))
}
