//! All hand-overs: where the work changes hands and what each side has promised there.
//!
//! For leads of both teams, who read them together and sign them one by one.

use super::contract::{self, Contract};
use super::parts::Empty;
use super::wording::counted;
use crate::model::Record;
use crate::model::kinds::funnel::Handoff;
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// All hand-overs.
#[derive(Debug, Clone, Serialize)]
pub struct Handoffs {
    /// The page's name.
    pub title: String,
    /// How many, and what they are.
    pub lead: Option<Html>,
    /// What would be here.
    pub empty: Option<Empty>,
    /// Each of them.
    pub contracts: Vec<Entry>,
}

/// A hand-over in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The heading's id.
    pub id: String,
    /// What it is, in a sentence.
    pub says: Option<Html>,
    /// Its promises.
    pub contract: Contract,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Handoffs {
    let handoffs = &sheet.playbook().handoffs;
    let lead = format!(
        "{} where the work changes hands. Each is a promise both ways: what one side gives, and how soon the other answers.",
        counted(handoffs.len(), "place", "places")
    );
    Handoffs {
        title: Listing::Handoffs.label().to_owned(),
        lead: (!handoffs.is_empty()).then(|| Html::text(&lead)),
        empty: handoffs.is_empty().then(empty),
        contracts: handoffs.iter().map(|h| entry(sheet, h)).collect(),
    }
}

fn empty() -> Empty {
    Empty {
        title: "No hand-overs yet".to_owned(),
        text: "Here one would see who gives what to whom, and how soon.".to_owned(),
        file: Some("content/funnel.toml".to_owned()),
    }
}

fn entry(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Entry {
    Entry {
        id: handoff.id().to_owned(),
        says: sheet.words_of(handoff.base.common.summary.as_ref()),
        contract: contract::view(sheet, handoff),
    }
}
