//! A feedback loop: who tells, who answers how soon, and what shows that it was heard.
//!
//! For whoever has something to pass on, and for whoever owes the answer.

use super::parts::{Link, RoleMark};
use super::wording::{capital, series};
use crate::model::Record;
use crate::model::kinds::rhythm;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A loop.
#[derive(Debug, Clone, Serialize)]
pub struct Loop {
    /// Its name.
    pub title: String,
    /// What it is for.
    pub lead: Option<Html>,
    /// Its stations: told, answered, closed.
    pub stops: Vec<Stop>,
    /// What is asked.
    pub asks: Vec<Html>,
    /// By what the answers are sorted: "Reason, channel and segment".
    pub sorted_by: Option<String>,
    /// The meeting that looks at it.
    pub ritual: Option<Link>,
    /// When that is: "Mondays, 09:30".
    pub ritual_when: Option<String>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// A station of the loop.
#[derive(Debug, Clone, Serialize)]
pub struct Stop {
    /// Who.
    pub role: Option<RoleMark>,
    /// What happens: "tells", "answers", "Closed with".
    pub verb: &'static str,
    /// When, or with what.
    pub says: Option<Html>,
    /// The figure that matters: "5 business days".
    pub within: Option<String>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, it: &Record<rhythm::Loop>) -> Loop {
    let ritual = it.ritual.as_ref().map(|r| &sheet.playbook().rituals[r]);
    Loop {
        title: it.title().to_owned(),
        lead: sheet.words_of(it.base.common.summary.as_ref()),
        stops: stops(sheet, it),
        asks: sheet.all_words(&it.asks),
        sorted_by: (!it.dimensions.is_empty()).then(|| capital(&series(&it.dimensions))),
        ritual: it.ritual.as_ref().map(|r| sheet.link_ref(r)),
        ritual_when: ritual.and_then(|r| r.cadence.as_ref()).map(crate::model::value::Cadence::when),
        body: sheet.body(&it.base),
    }
}

fn stops(sheet: &Sheet<'_>, it: &Record<rhythm::Loop>) -> Vec<Stop> {
    let tells = Stop { role: it.from.as_ref().map(|r| sheet.role(r)), verb: "tells", says: sheet.words_of(it.when.as_ref()), within: None };
    let within = it.answer_within.as_ref().map(|d| format!("Within {d}"));
    let answers = Stop { role: it.to.as_ref().map(|r| sheet.role(r)), verb: "answers", says: None, within };
    let closed = it.closes_with.as_ref().map(|w| Stop { role: None, verb: "It is closed with", says: Some(sheet.words(w)), within: None });
    [tells, answers].into_iter().chain(closed).collect()
}
