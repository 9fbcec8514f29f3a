//! One way back: why they say not now, where that waits, what calls it, and where it comes back to.
//!
//! For whoever keeps it warm and for whoever gets it back.

use super::contract::{self, Contract};
use super::parts::{Fact, Link, RoleMark};
use super::wording::count;
use crate::model::Record;
use crate::model::funnel::{self, Place};
use crate::model::kinds::funnel::{self as kinds, Effort, Stage};
use crate::model::types::Ref;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A way back.
#[derive(Debug, Clone, Serialize)]
pub struct Recycle {
    /// Its name.
    pub title: String,
    /// What they say.
    pub lead: Option<Html>,
    /// From where, through where, back to where.
    pub stops: Vec<Stop>,
    /// How much at most, and who does not get it back.
    pub facts: Vec<Fact>,
    /// What was promised when it was sent this way.
    pub contracts: Vec<Contract>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// A stop on the way back.
#[derive(Debug, Clone, Serialize)]
pub struct Stop {
    /// How it is drawn: "leaves", "waits", "returns" or "ends".
    pub shape: &'static str,
    /// What happens there: "They say not now", "It waits", "It comes back".
    pub verb: &'static str,
    /// The stage.
    pub stage: Link,
    /// Who looks after it.
    pub role: Option<RoleMark>,
    /// In words: the reason, how long, what calls it.
    pub says: Vec<Html>,
    /// The team's hue.
    pub hue: u8,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, recycle: &Record<kinds::Recycle>) -> Recycle {
    let between = |h: &&Record<kinds::Handoff>| h.from.is_some() && h.from == recycle.from && h.to == recycle.to;
    Recycle {
        title: recycle.title().to_owned(),
        lead: sheet.words_of(recycle.base.common.summary.as_ref()),
        stops: stops(sheet, recycle),
        facts: facts(sheet, recycle),
        contracts: sheet.playbook().handoffs.iter().filter(between).map(|h| contract::view(sheet, h)).collect(),
        body: sheet.body(&recycle.base),
    }
}

fn stops(sheet: &Sheet<'_>, recycle: &Record<kinds::Recycle>) -> Vec<Stop> {
    let reasons = sheet.all_words(&recycle.reasons);
    let calls = sheet.words_of(recycle.return_when.as_ref());
    let rest = recycle.cool_down.as_ref().map(|d| Html::text(&format!("Left in peace for {d}")));
    let mut stops = Vec::new();
    stops.extend(recycle.from.as_ref().map(|f| stop(sheet, ("leaves", "They say not now at"), f, reasons)));
    if let Some(to) = &recycle.to {
        let over = recycle.return_to.is_none();
        let how = match over.then(|| funnel::funnel(sheet.playbook()).place(&sheet.playbook().stages[to])) {
            None => ("waits", "It waits in"),
            Some(Some(Place::End(_))) => ("ends", "It goes to"),
            Some(_) => ("returns", "It comes back to"),
        };
        stops.push(stop(sheet, how, to, rest.into_iter().chain(calls.clone().filter(|_| over)).collect()));
    }
    stops.extend(recycle.return_to.as_ref().map(|r| stop(sheet, ("returns", "It comes back to"), r, calls.into_iter().collect())));
    stops
}

fn stop(sheet: &Sheet<'_>, (shape, verb): (&'static str, &'static str), stage: &Ref<Stage>, says: Vec<Html>) -> Stop {
    let p = sheet.playbook();
    let record = &p.stages[stage];
    Stop {
        shape,
        verb,
        stage: sheet.link_ref(stage),
        role: record.base.common.owner.as_ref().map(|o| sheet.role(o)),
        says,
        hue: funnel::team(p, record).map_or(0, |t| sheet.team_hue(t.id())),
    }
}

fn facts(sheet: &Sheet<'_>, recycle: &Record<kinds::Recycle>) -> Vec<Fact> {
    let fact = |label: &str, value: Html| Fact { label: label.to_owned(), value };
    let effort = recycle.at_most.as_ref().map(effort).unwrap_or_default();
    let mut facts = Vec::new();
    if !effort.is_empty() {
        facts.push(fact("At most", Html::text(&effort.join(", "))));
    }
    facts.extend(recycle.not_to.as_ref().map(|n| fact("Does not go to", sheet.words(n))));
    facts
}

/// "2 rounds", "8 touches", "12 months", "£6.00 a head".
fn effort(effort: &Effort) -> Vec<String> {
    let plural = |n: Option<u32>, one: &str, many: &str| n.map(|n| count(usize::try_from(n).unwrap_or(usize::MAX), one, many));
    let parts = [
        plural(effort.loops, "round", "rounds"),
        plural(effort.touches, "touch", "touches"),
        effort.time.as_ref().map(ToString::to_string),
        effort.spend.as_ref().map(ToString::to_string),
    ];
    parts.into_iter().flatten().collect()
}

/// "Left in peace for 30 days", "At most 2 rounds, 8 touches".
pub fn limits(recycle: &kinds::Recycle) -> Vec<String> {
    let rest = recycle.cool_down.as_ref().map(|d| format!("Left in peace for {d}"));
    let most = recycle.at_most.as_ref().map(effort).filter(|e| !e.is_empty());
    rest.into_iter().chain(most.map(|e| format!("At most {}", e.join(", ")))).collect()
}
