//! Somebody who has a say: what makes their day hard, what they want, what they say and what we answer.
//!
//! For whoever will talk to them in a minute.

use super::message::{Moment, moments};
use super::offering::Segment;
use super::wording::{capital, series};
use crate::model::Record;
use crate::model::kinds::customer::{self, BuyingRole};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A kind of person.
#[derive(Debug, Clone, Serialize)]
pub struct Persona {
    /// Who: "Office manager".
    pub title: String,
    /// What they are like.
    pub lead: Option<Html>,
    /// Their part in the decision: "Lives with it".
    pub part: Option<String>,
    /// Where one meets them.
    pub segments: Vec<Segment>,
    /// How one reaches them: "Phone, flyer and search".
    pub channels: Option<String>,
    /// What makes their day hard.
    pub challenges: Vec<Challenge>,
    /// What they want.
    pub wants: Vec<Html>,
    /// What they say, and what we answer.
    pub objections: Vec<Objection>,
    /// What we say to them, stage by stage.
    pub messages: Vec<Moment>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// What makes a day hard.
#[derive(Debug, Clone, Serialize)]
pub struct Challenge {
    /// What.
    pub text: Html,
    /// How we know.
    pub evidence: Option<Html>,
}

/// What they say against it.
#[derive(Debug, Clone, Serialize)]
pub struct Objection {
    /// What they say.
    pub says: Html,
    /// What we answer.
    pub answer: Option<Html>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, persona: &Record<customer::Persona>) -> Persona {
    let segments = &sheet.playbook().segments;
    Persona {
        title: persona.title().to_owned(),
        lead: sheet.words_of(persona.base.common.summary.as_ref()),
        part: persona.buying_role.map(|r| capital(part_of(r.value))),
        segments: persona
            .segments
            .iter()
            .map(|s| Segment { link: sheet.link_ref(s), size: sheet.words_of(segments[s].size.as_ref()) })
            .collect(),
        channels: (!persona.channels.is_empty()).then(|| capital(&series(&persona.channels))),
        challenges: persona
            .challenges
            .iter()
            .filter_map(|c| Some(Challenge { text: sheet.words(c.text.as_ref()?), evidence: sheet.words_of(c.evidence.as_ref()) }))
            .collect(),
        wants: sheet.all_words(&persona.wants),
        objections: persona
            .objections
            .iter()
            .filter_map(|o| Some(Objection { says: sheet.words(o.says.as_ref()?), answer: sheet.words_of(o.answer.as_ref()) }))
            .collect(),
        messages: moments(sheet, &persona.base.name),
        body: sheet.body(&persona.base),
    }
}

/// A part in the decision, as what somebody does.
pub fn part_of(role: BuyingRole) -> &'static str {
    match role {
        BuyingRole::Champion => "speaks up for us",
        BuyingRole::Economic => "holds the budget",
        BuyingRole::Technical => "checks that it works",
        BuyingRole::User => "lives with it",
        BuyingRole::Legal => "reads the contract",
        BuyingRole::Blocker => "can say no",
    }
}
