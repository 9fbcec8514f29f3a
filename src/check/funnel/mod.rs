//! Whether the buyer's way has no gap, and each hand-over its promises.

mod agreed_by_one_team;
mod careless_recycle;
mod criteria_gap;
mod dead_end;
mod declined_without_reason;
mod endless_nurture;
mod handoff_without_sla;
mod impossible_probability;
mod missing_entry;
mod missing_exit;
mod no_buyer;
mod no_message_for_stage;
mod no_time_limit;
mod one_sided_sla;
mod open_loop;
mod unprovable_criterion;
mod unreachable_stage;
mod vague_sla;

use super::{Run, Section};
use crate::model::Record;
use crate::model::kinds::funnel::{BowSide, Handoff, Outcome, Recycle, Stage};
use crate::model::kinds::team::Team;
use std::collections::BTreeSet;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Funnel",
    rules: &[
        &missing_exit::RULE,
        &missing_entry::RULE,
        &handoff_without_sla::RULE,
        &dead_end::RULE,
        &unreachable_stage::RULE,
        &open_loop::RULE,
        &impossible_probability::RULE,
        &one_sided_sla::RULE,
        &vague_sla::RULE,
        &declined_without_reason::RULE,
        &careless_recycle::RULE,
        &criteria_gap::RULE,
        &unprovable_criterion::RULE,
        &no_time_limit::RULE,
        &agreed_by_one_team::RULE,
        &endless_nurture::RULE,
        &no_buyer::RULE,
        &no_message_for_stage::RULE,
    ],
};

/// The stages in force, as they are written.
fn stages<'a>(run: &Run<'a>) -> impl Iterator<Item = &'a Record<Stage>> {
    run.playbook.stages.iter().filter(move |s| run.doubt.counts(&s.base))
}

/// The hand-overs in force.
fn handoffs<'a>(run: &Run<'a>) -> impl Iterator<Item = &'a Record<Handoff>> {
    run.playbook.handoffs.iter().filter(move |h| run.doubt.counts(&h.base))
}

/// The ways back in force.
fn recycles<'a>(run: &Run<'a>) -> impl Iterator<Item = &'a Record<Recycle>> {
    run.playbook.recycles.iter().filter(move |r| run.doubt.counts(&r.base))
}

/// Whether the way is over here: lost, or ended.
fn is_over(stage: &Record<Stage>) -> bool {
    matches!(stage.outcome.map(|o| o.value), Some(Outcome::Lost | Outcome::Ended))
}

fn is_won(stage: &Record<Stage>) -> bool {
    matches!(stage.outcome.map(|o| o.value), Some(Outcome::Won))
}

fn is_on(stage: &Record<Stage>, side: BowSide) -> bool {
    stage.side.is_some_and(|s| s.value == side)
}

/// The team that looks after a stage: its owner's, or the only one that works in it.
fn team<'a>(run: &Run<'a>, stage: &Record<Stage>) -> Option<&'a Record<Team>> {
    let only = || match stage.teams.as_slice() {
        [one] => Some(&run.playbook.teams[one]),
        _ => None,
    };
    match &stage.base.common.owner {
        Some(owner) => run.playbook.team_of(owner),
        None => only(),
    }
}

/// From where to where a way back leads, by places.
fn ways_back(run: &Run<'_>) -> BTreeSet<(usize, usize)> {
    recycles(run).filter_map(|r| Some((r.from.as_ref()?.at, r.to.as_ref()?.at))).collect()
}
