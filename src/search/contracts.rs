//! Search contracts: what a reader types, and where it must lead (`content/search.toml`).

use super::index::Index;
use super::reply::led_to;
use crate::model::kinds::page::Expect;
use crate::model::{Name, Playbook, Record};
use rayon::prelude::*;

/// A contract, held against the index.
#[derive(Debug)]
pub struct Judged {
    /// The contract, by its id.
    pub id: String,
    /// What must come first, or among the first few, or on the card.
    pub target: Option<Name>,
    /// Its rank from 1, where it is among the first ten.
    pub rank: Option<usize>,
    /// Within how many it must be.
    pub within: usize,
    /// Whether what must come first does.
    pub leads: bool,
    /// Whether the card is what it must be.
    pub answers: bool,
    /// What the first result is called.
    pub first: Option<String>,
    /// What the card was about.
    pub card: Option<Name>,
}

/// How well search does on all contracts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally {
    /// How many there are.
    pub contracts: usize,
    /// How many of them lead there at once, in thousandths.
    pub first: usize,
    /// Among the first three, in thousandths.
    pub third: usize,
    /// The mean of one over the rank, in thousandths; 0 for what is not among the first ten.
    pub reciprocal: usize,
}

/// So many results are looked at.
const DEPTH: usize = 10;

/// Every contract of a playbook, held against its index.
pub fn judge(playbook: &Playbook, index: &Index) -> Vec<Judged> {
    let contracts: Vec<&Record<Expect>> = playbook.expects.iter().collect();
    contracts.par_iter().filter_map(|contract| judged(index, contract)).collect()
}

fn judged(index: &Index, contract: &Record<Expect>) -> Option<Judged> {
    let (reply, mut places) = led_to(index, &contract.query.as_ref()?.value);
    places.truncate(DEPTH);
    let name = |entry: usize| index.entries.get(entry).and_then(|entry| entry.name.clone());
    let card = reply.card.as_ref().and_then(|card| name(card.entry));
    let top = contract.top.as_ref().map(|top| top.name.clone());
    let wanted = contract.card.as_ref().map(|card| card.name.clone());
    let within = contract.within.map_or(1, |within| within as usize).max(1);
    let rank = match (&top, &wanted) {
        (Some(top), _) => rank_of(index, &places, top),
        (None, Some(wanted)) if card.as_ref() == Some(wanted) => Some(1),
        (None, Some(wanted)) => rank_of(index, &places, wanted),
        (None, None) => None,
    };
    Some(Judged {
        id: contract.id().to_owned(),
        leads: top.is_none() || rank.is_some_and(|rank| rank <= within),
        answers: wanted.is_none() || card == wanted,
        target: top.or(wanted),
        rank,
        within,
        first: places.first().and_then(|entry| index.entries.get(*entry)).map(|entry| entry.title.clone()),
        card,
    })
}

fn rank_of(index: &Index, places: &[usize], name: &Name) -> Option<usize> {
    let is_it = |entry: usize| index.entries.get(entry).and_then(|entry| entry.name.as_ref()) == Some(name);
    places.iter().position(|entry| is_it(*entry)).map(|at| at + 1)
}

/// How well search does on some contracts; nothing where there is none.
pub fn tally(judged: &[Judged]) -> Option<Tally> {
    let contracts = judged.len();
    let share = |count: usize| (count * 1000 + contracts / 2) / contracts;
    let upto = |rank: usize| judged.iter().filter(|j| j.rank.is_some_and(|r| r <= rank)).count();
    let reciprocal: usize = judged.iter().filter_map(|j| j.rank).map(|rank| 1_000_000 / rank).sum();
    (contracts > 0).then(|| Tally {
        contracts,
        first: share(upto(1)),
        third: share(upto(3)),
        reciprocal: (reciprocal / contracts + 500) / 1000,
    })
}
