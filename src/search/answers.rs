//! What questions are answered from: who may decide what, and who has promised what by when.

use super::card::role_of;
use super::entries::{Entry, Source};
use super::index::name_words;
use super::order::ORDER;
use crate::model::Name;
use crate::model::types::Limit;
use crate::model::value::Decimal;
use std::collections::BTreeMap;

/// Decisions and promises.
#[derive(Debug, Default)]
pub struct Answers {
    /// In the order in which they are first written.
    pub decisions: Vec<Decision>,
    /// In the order of hand-overs.
    pub promises: Vec<Promise>,
}

/// A decision, and who may take it.
#[derive(Debug)]
pub struct Decision {
    /// Its words without those that any question has.
    pub words: Vec<String>,
    /// As it is written: "Give a discount".
    pub text: String,
    /// Those who may, the least limit first.
    pub takers: Vec<Taker>,
}

/// A role that may decide.
#[derive(Debug)]
pub struct Taker {
    /// The role, by its place among entries.
    pub entry: usize,
    /// Up to how much, in thousandths; without limit where there is none.
    pub limit: Option<i64>,
    /// Of what: `%`, `GBP`.
    pub unit: String,
    /// "up to 8 %".
    pub text: String,
    /// Who holds the role.
    pub holders: String,
}

/// What a role has promised at a hand-over.
#[derive(Debug)]
pub struct Promise {
    /// The hand-over, by its place among entries.
    pub entry: usize,
    /// The role.
    pub role: usize,
    /// The words of the role, and of its team.
    pub who: [Vec<String>; 2],
    /// The team, by its title.
    pub team: String,
    /// "a yes or a no".
    pub text: String,
    /// "within 4 business hours".
    pub within: String,
}

impl Answers {
    /// Those of a playbook.
    pub fn of(source: &Source<'_>, entries: &[Entry]) -> Self {
        let places: BTreeMap<&Name, usize> =
            entries.iter().enumerate().filter_map(|(at, e)| e.name.as_ref().map(|name| (name, at))).collect();
        Self { decisions: decisions(source, &places), promises: promises(source, &places) }
    }
}

fn decisions(source: &Source<'_>, places: &BTreeMap<&Name, usize>) -> Vec<Decision> {
    let mut all: Vec<Decision> = Vec::new();
    for role in &source.playbook.roles {
        let Some(entry) = places.get(&role.base.name).copied() else { continue };
        for may in &role.authority {
            let Some(text) = may.decision.as_ref().map(|words| source.speaker().words(words)) else { continue };
            let (limit, unit) = may.limit.as_ref().map_or((None, String::new()), |limit| (Some(thousandths(limit)), unit(limit)));
            let said = may.limit.as_ref().map_or_else(|| "without limit".to_owned(), |limit| format!("up to {limit}"));
            let holders = role_of(source, role).note;
            let taker = Taker { entry, limit, unit, text: said, holders };
            let words = telling(name_words(&text));
            match all.iter_mut().find(|known| known.words == words) {
                Some(known) => known.takers.push(taker),
                None => all.push(Decision { words, text, takers: vec![taker] }),
            }
        }
    }
    for decision in &mut all {
        decision.takers.sort_by_key(|taker| (taker.limit.is_none(), taker.limit, taker.entry));
    }
    all
}

/// Without what any question has: "Give a discount" is about a discount.
pub fn telling(words: Vec<String>) -> Vec<String> {
    let telling: Vec<String> = words.iter().filter(|word| !ORDER.generic.contains(*word)).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

fn thousandths(limit: &Limit) -> i64 {
    let amount = match limit {
        Limit::Money(money) => money.amount,
        Limit::Percent(percent) => percent.0,
    };
    let Decimal { units, scale } = amount;
    match u32::from(scale) {
        scale @ 0..=3 => units.saturating_mul(10i64.pow(3 - scale)),
        scale => units / 10i64.checked_pow(scale - 3).unwrap_or(i64::MAX),
    }
}

fn unit(limit: &Limit) -> String {
    match limit {
        Limit::Money(money) => money.currency.clone(),
        Limit::Percent(_) => "%".to_owned(),
    }
}

fn promises(source: &Source<'_>, places: &BTreeMap<&Name, usize>) -> Vec<Promise> {
    let p = source.playbook;
    let mut all = Vec::new();
    for handoff in &p.handoffs {
        let Some(entry) = places.get(&handoff.base.name).copied() else { continue };
        for promise in &handoff.sla {
            let Some((who, within)) = promise.who.as_ref().zip(promise.within.as_ref()) else { continue };
            let Some((text, role)) = promise.promises.as_ref().zip(places.get(&who.name).copied()) else { continue };
            let team = p.team_of(who).map_or("", |team| team.title());
            all.push(Promise {
                entry,
                role,
                who: [name_words(p.roles[who].title()), name_words(team)],
                team: team.to_owned(),
                text: source.speaker().words(text),
                within: format!("within {within}"),
            });
        }
    }
    all
}
