//! Whether somebody keeps the playbook true, and the teams work together.

mod duplicate_anchor;
mod edited_since_review;
mod joint_of_one;
mod leans_on_draft;
mod many_h1;
mod missing_alt;
mod no_credit_policy;
mod no_escalation;
mod no_joint_planning;
mod no_owner;
mod review_overdue;
mod reviewed_in_future;
mod ritual_without_outcome;
mod skipped_heading;
mod table_without_header;
mod tool_for_one;
mod unanswered_loop;
mod unsigned_charter;
mod vacant_owner;

use super::doubt::{in_force, is_retired};
use super::{Run, Section};
use crate::diagnostic::Span;
use crate::model::kinds::funnel::Outcome;
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::{Base, Body, Mark, Playbook, Record};
use std::collections::BTreeSet;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Keeping it true, and working together",
    rules: &[
        &review_overdue::RULE,
        &no_owner::RULE,
        &vacant_owner::RULE,
        &reviewed_in_future::RULE,
        &edited_since_review::RULE,
        &leans_on_draft::RULE,
        &unsigned_charter::RULE,
        &no_joint_planning::RULE,
        &joint_of_one::RULE,
        &ritual_without_outcome::RULE,
        &unanswered_loop::RULE,
        &tool_for_one::RULE,
        &no_escalation::RULE,
        &no_credit_policy::RULE,
        &missing_alt::RULE,
        &skipped_heading::RULE,
        &many_h1::RULE,
        &duplicate_anchor::RULE,
        &table_without_header::RULE,
    ],
};

/// The teams that own a stage on the way or after it, each once, and where the first stage of each names its owner.
pub(super) fn stage_teams(playbook: &Playbook) -> Vec<(&Record<Team>, Span)> {
    let mut seen = BTreeSet::new();
    let mut teams = Vec::new();
    let ends = |outcome: Option<Outcome>| matches!(outcome, Some(Outcome::Lost | Outcome::Ended));
    for stage in playbook.stages.iter().filter(|s| in_force(&s.base) && !ends(s.outcome.map(|o| o.value))) {
        let Some(owner) = &stage.base.common.owner else { continue };
        if let Some(team) = playbook.team_of(owner).filter(|t| seen.insert(t.id().to_owned())) {
            teams.push((team, owner.span));
        }
    }
    teams
}

/// Whether a team is one of some, or a part of one.
fn is_among(playbook: &Playbook, team: &Ref<Team>, among: &[&Ref<Team>]) -> bool {
    let mut at = Some(team);
    for _ in 0..=playbook.teams.len() {
        let Some(team) = at else { return false };
        if among.contains(&team) {
            return true;
        }
        at = playbook.teams[team].part_of.as_ref();
    }
    false
}

/// The texts of a playbook that are not all tidy, those of retired records aside.
fn texts<'a>(run: &Run<'a>) -> impl Iterator<Item = (&'a Base, &'a Body)> {
    let bases = run.playbook.marked(Mark::Untidy).into_iter().filter(|b| !is_retired(b));
    bases.filter_map(|base| base.body.as_ref().map(|body| (base, body)))
}

/// "a, b and c", or with another word before the last.
fn listed(parts: &[&str], word: &str) -> String {
    match parts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
        None => String::new(),
    }
}
