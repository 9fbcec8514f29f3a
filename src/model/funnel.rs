//! The buyer's way, derived: which stages are stations on it, where it ends, where those who said no wait.
//!
//! Stages are written as one list. That some of them are no stations follows from what leads
//! to them, so it is decided here, once, for the map, the strip and every table.

use super::kinds::funnel::{BowSide, Exit, Handoff, Outcome, Promise, Recycle, Stage};
use super::kinds::team::Team;
use super::playbook::Playbook;
use super::record::{Record, Records};
use super::types::Ref;

/// The stages by what they are, each list in the order of the way.
#[derive(Debug, Clone)]
pub struct Funnel<'a> {
    /// The stations, from the first to the last.
    pub line: Vec<&'a Record<Stage>>,
    /// Where one waits for a better day.
    pub waits: Vec<&'a Record<Stage>>,
    /// Where it is lost, or over.
    pub ends: Vec<&'a Record<Stage>>,
}

/// What a stage is on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A station, by its place on the line.
    Station(usize),
    /// A waiting place, by its place among them.
    Wait(usize),
    /// An end, by its place among them.
    End(usize),
}

/// Sorts the stages of a playbook.
pub fn funnel(playbook: &Playbook) -> Funnel<'_> {
    let mut funnel = Funnel { line: Vec::new(), waits: Vec::new(), ends: Vec::new() };
    for stage in in_order(&playbook.stages) {
        let list = match stage.outcome.map(|o| o.value) {
            Some(Outcome::Lost | Outcome::Ended) => &mut funnel.ends,
            None if is_wait(&playbook.recycles, stage) => &mut funnel.waits,
            _ => &mut funnel.line,
        };
        list.push(stage);
    }
    funnel
}

/// Stages in the order of the way.
pub fn in_order(stages: &Records<Stage>) -> Vec<&Record<Stage>> {
    let mut stages: Vec<_> = stages.iter().collect();
    stages.sort_by_key(|s| s.order.unwrap_or(u32::MAX));
    stages
}

/// One waits where a way back leads first, if it then goes on to another stage.
fn is_wait(recycles: &Records<Recycle>, stage: &Record<Stage>) -> bool {
    let mut here = recycles.iter().filter(|r| is(r.to.as_ref(), stage));
    here.any(|r| r.return_to.is_some() && !is(r.return_to.as_ref(), stage))
}

/// Whether a reference leads to a stage.
pub fn is(reference: Option<&Ref<Stage>>, stage: &Record<Stage>) -> bool {
    reference.is_some_and(|r| r.name == stage.base.name)
}

impl<'a> Funnel<'a> {
    /// What a stage is.
    pub fn place(&self, stage: &Record<Stage>) -> Option<Place> {
        let at = |list: &[&Record<Stage>]| list.iter().position(|s| s.base.name == stage.base.name);
        let station = at(&self.line).map(Place::Station);
        station.or_else(|| at(&self.waits).map(Place::Wait)).or_else(|| at(&self.ends).map(Place::End))
    }

    /// The station a reference leads to, by its place on the line.
    pub fn station(&self, reference: Option<&Ref<Stage>>) -> Option<usize> {
        self.line.iter().position(|s| is(reference, s))
    }

    /// The station from which one comes to an end, and the exit it leaves by: the one a way back
    /// names, else the last on the line that leads there.
    pub fn leaves_for(&self, playbook: &Playbook, end: &Record<Stage>) -> Option<(usize, Option<&'a Exit>)> {
        let exit = |stage: &&'a Record<Stage>| {
            let stage: &'a Record<Stage> = stage;
            stage.exits.iter().find(|e| is(e.to.as_ref(), end))
        };
        let named = playbook.recycles.iter().find(|r| is(r.to.as_ref(), end)).and_then(|r| self.station(r.from.as_ref()));
        let last = || self.line.iter().rposition(|s| exit(s).is_some());
        let at = named.or_else(last)?;
        Some((at, self.line.get(at).and_then(exit)))
    }
}

/// The team that looks after a stage.
pub fn team<'a>(playbook: &'a Playbook, stage: &Record<Stage>) -> Option<&'a Record<Team>> {
    stage.base.common.owner.as_ref().and_then(|owner| playbook.team_of(owner))
}

/// Whether an exit of a stage goes round again on the keep side ("renewed"): neither a no nor a step on.
pub fn is_round(playbook: &Playbook, stage: &Record<Stage>, exit: &Exit) -> bool {
    let Some(to) = exit.to.as_ref().map(|t| &playbook.stages[t]) else { return false };
    let keeps = |s: &Record<Stage>| s.side.is_some_and(|side| side.value == BowSide::Keep);
    keeps(stage) && keeps(to) && to.outcome.is_none_or(|o| o.value == Outcome::Won) && to.order <= stage.order
}

/// Whether an exit of a stage leads on, to a later station.
pub fn is_forward(funnel: &Funnel<'_>, stage: &Record<Stage>, exit: &Exit) -> bool {
    let from = funnel.line.iter().position(|s| s.base.name == stage.base.name);
    from.zip(funnel.station(exit.to.as_ref())).is_some_and(|(from, to)| to > from)
}

/// A team and what it promises; no team where the promise names no role, or the role none.
pub type Side<'a> = (Option<&'a Record<Team>>, Vec<&'a Promise>);

/// The promises of a hand-over by the team that makes them, in the order the teams first promise.
pub fn sides<'a>(playbook: &'a Playbook, handoff: &'a Record<Handoff>) -> Vec<Side<'a>> {
    let mut sides: Vec<Side<'_>> = Vec::new();
    for promise in &handoff.sla {
        let team = promise.who.as_ref().and_then(|who| playbook.team_of(who));
        let same = |(other, _): &&mut Side<'_>| other.map(Record::id) == team.map(Record::id);
        match sides.iter_mut().find(same) {
            Some((_, promises)) => promises.push(promise),
            None => sides.push((team, vec![promise])),
        }
    }
    sides
}
