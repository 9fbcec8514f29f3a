//! One contract between two teams: what is given, what each side promises, what exactly that means.
//!
//! For both sides of it, to be printed and signed.

use super::contract::{self, Contract, Kept};
use super::noes::{self, Noes};
use super::parts::{Link, RoleMark};
use super::stage::Must;
use crate::model::kinds::funnel::{self as kinds, Promise, Stage};
use crate::model::types::Ref;
use crate::model::{Record, funnel};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A contract.
#[derive(Debug, Clone, Serialize)]
pub struct Handoff {
    /// Its name.
    pub title: String,
    /// What it is, in a sentence.
    pub lead: Option<Html>,
    /// The stage it leaves and the stage it reaches.
    pub ends: Vec<HandoffEnd>,
    /// What each side promises.
    pub contract: Contract,
    /// What is handed over.
    pub gives: Vec<Must>,
    /// Each promise to the letter.
    pub terms: Vec<Term>,
    /// When business hours are.
    pub hours: Option<String>,
    /// Why the receiver may say no, and where that goes.
    pub declines: Option<Noes>,
    /// Who signs it.
    pub parties: Vec<String>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// A stage at an end of a hand-over.
#[derive(Debug, Clone, Serialize)]
pub struct HandoffEnd {
    /// "From", "To".
    pub label: &'static str,
    /// The stage.
    pub stage: Link,
    /// Who looks after it.
    pub role: Option<RoleMark>,
    /// The team's hue.
    pub hue: u8,
}

/// A promise to the letter.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// What is promised.
    pub what: Html,
    /// By whom.
    pub role: Option<RoleMark>,
    /// How soon.
    pub within: Option<String>,
    /// When the clock starts.
    pub clock: Option<Html>,
    /// What counts as kept.
    pub counts: Option<Html>,
    /// How often it is to be kept: "95 %".
    pub target: Option<String>,
    /// How often it is kept.
    pub kept: Option<Kept>,
    /// The number that tells.
    pub metric: Option<Link>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, handoff: &Record<kinds::Handoff>) -> Handoff {
    let ends = [("From", handoff.from.as_ref()), ("To", handoff.to.as_ref())];
    let gift = |g: &kinds::Gift| Some(Must { text: sheet.words(g.what.as_ref()?), evidence: sheet.words_of(g.evidence.as_ref()) });
    let lead = match (&handoff.base.common.summary, contract::between(sheet, handoff)) {
        (Some(summary), _) => Some(sheet.words(summary)),
        (None, Some(teams)) => Some(Html::text(&format!("Between {teams}."))),
        (None, None) => None,
    };
    Handoff {
        title: handoff.title().to_owned(),
        lead,
        ends: ends.into_iter().filter_map(|(label, stage)| Some(end(sheet, label, stage?))).collect(),
        contract: contract::view(sheet, handoff),
        gives: handoff.gives.iter().filter_map(gift).collect(),
        terms: handoff.sla.iter().map(|p| term(sheet, p)).collect(),
        hours: contract::hours(sheet),
        declines: noes::of_handoff(sheet, handoff),
        parties: contract::parties(sheet, handoff),
        body: sheet.body(&handoff.base),
    }
}

fn end(sheet: &Sheet<'_>, label: &'static str, stage: &Ref<Stage>) -> HandoffEnd {
    let p = sheet.playbook();
    let record = &p.stages[stage];
    HandoffEnd {
        label,
        stage: sheet.link_ref(stage),
        role: record.base.common.owner.as_ref().map(|o| sheet.role(o)),
        hue: funnel::team(p, record).map_or(0, |t| sheet.team_hue(t.id())),
    }
}

fn term(sheet: &Sheet<'_>, promise: &Promise) -> Term {
    Term {
        what: contract::whole(sheet, promise),
        role: promise.who.as_ref().map(|w| sheet.role(w)),
        within: promise.within.as_ref().map(ToString::to_string),
        clock: sheet.words_of(promise.clock_starts.as_ref()),
        counts: sheet.words_of(promise.counts.as_ref()),
        target: promise.target.as_ref().map(ToString::to_string),
        kept: contract::kept(sheet, promise),
        metric: promise.metric.as_ref().map(|m| sheet.link_ref(m)),
    }
}
