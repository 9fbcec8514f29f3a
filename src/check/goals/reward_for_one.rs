//! A shared goal that only one team is rewarded for.

use super::is_shared;
use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::goal::Goal;
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::{Kind, Record};
use std::collections::BTreeSet;

/// The rule (seed 003: "compensation and rewards tend to be very different, which creates further problems").
pub const RULE: Rule = Rule {
    name: "reward-for-one",
    level: Level::Warning,
    why: "teams work for what they are rewarded for, whatever the goal is called",
    page: include_str!("reward_for_one.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let shared = run.playbook.goals.iter().filter(|g| in_force(&g.base) && is_shared(g) && !g.rewards.is_empty());
    let known = shared.filter(|g| !doubt.fields(&g.base, &["rewards", "team"]) && !doubt.kind(&g.base, Kind::Team));
    known.filter_map(|goal| worded(run, goal)).collect()
}

/// Where one team carries the goal alone, that is told by `lonely-shared-goal`.
fn worded(run: &Run<'_>, goal: &Record<Goal>) -> Option<Finding> {
    let rewarded: Option<Vec<&Ref<Team>>> = goal.rewards.iter().map(|r| r.team.as_ref()).collect();
    let rewarded = rewarded?;
    let first = rewarded.first()?;
    let one = rewarded.iter().all(|t| t.at == first.at);
    let owners = goal.owners.iter().filter_map(|o| run.playbook.roles[o].team.as_ref());
    let carry: BTreeSet<usize> = owners.chain(goal.submetrics.iter().filter_map(|s| s.team.as_ref())).map(|t| t.at).collect();
    if !one || carry.iter().all(|at| *at == first.at) {
        return None;
    }
    let name = run.playbook.teams[*first].title();
    let finding = Finding::at(first.span, format!("several teams carry `{}`, and only `{name}` is rewarded for it", goal.title()))
        .label("the only team with a reward")
        .help("say what each team that carries it gets, or reward none of them for it")
        .of(&goal.base.name);
    Some(match goal.scope {
        Some(scope) => finding.also(scope.span, "a goal they share"),
        None => finding,
    })
}
