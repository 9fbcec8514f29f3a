//! A team in the funnel that has no part in a goal that every team shares.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::funnel::{Outcome, Stage};
use crate::model::kinds::goal::Goal;
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::{Kind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 000: "Both should be measure in customer loyalty and generated revenue").
pub const RULE: Rule = Rule {
    name: "not-on-required-goal",
    level: Level::Warning,
    why: "a team that is not measured by the common goal works for its own",
    page: include_str!("not_on_required_goal.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let Some(own) = run.playbook.own() else { return Vec::new() };
    let doubt = &run.doubt;
    let teams = teams_in_funnel(run);
    let mut told = BTreeSet::new();
    let goals = own.required_shared.iter().filter(|g| told.insert(g.at)).map(|g| (g, &run.playbook.goals[g]));
    let known = goals.filter(|(_, goal)| {
        in_force(&goal.base) && !doubt.fields(&goal.base, &["submetrics", "team"]) && !doubt.kind(&goal.base, Kind::Team)
    });
    known.flat_map(|(required, goal)| left_out(run, required, goal, &teams)).collect()
}

/// The teams that own a stage in which something is won or kept, each with its first stage.
fn teams_in_funnel<'a>(run: &Run<'a>) -> BTreeMap<usize, (&'a Ref<Team>, &'a Record<Stage>)> {
    let playbook = run.playbook;
    let mut teams = BTreeMap::new();
    for stage in playbook.stages.iter().filter(|s| in_force(&s.base)) {
        let ends = stage.outcome.is_some_and(|o| matches!(o.value, Outcome::Lost | Outcome::Ended));
        let owner = stage.base.common.owner.as_ref().filter(|_| !ends);
        if let Some(team) = owner.and_then(|o| playbook.roles[o].team.as_ref()) {
            teams.entry(team.at).or_insert((team, stage));
        }
    }
    teams
}

/// The teams without a part in a goal. A part of the team above, or of a team within, is one.
fn left_out<'a>(
    run: &Run<'a>,
    required: &Ref<Goal>,
    goal: &Record<Goal>,
    teams: &BTreeMap<usize, (&'a Ref<Team>, &'a Record<Stage>)>,
) -> Vec<Finding> {
    let parts: BTreeSet<usize> = goal.submetrics.iter().filter_map(|s| s.team.as_ref()).map(|t| t.at).collect();
    let above: BTreeSet<usize> = goal.submetrics.iter().filter_map(|s| s.team.as_ref()).flat_map(|t| line(run, t)).collect();
    let left = teams.values().filter(|(team, _)| !above.contains(&team.at) && !line(run, team).iter().any(|at| parts.contains(at)));
    left.map(|(team, stage)| {
        let name = run.playbook.teams[*team].title();
        let owner = stage.base.common.owner.as_ref().map_or(stage.base.title_span, |o| o.span);
        Finding::at(goal.base.title_span, format!("`{name}` has a stage in the funnel and no part in `{}`", goal.title()))
            .label(format!("no number of `{name}` counts towards it"))
            .also(owner, format!("looks after `{}`", stage.title()))
            .also(required.span, "every team in the funnel shares it")
            .help(format!("agree on its part with `{name}`, and add it under `submetrics`"))
            .of(&goal.base.name)
    })
    .collect()
}

/// A team and those it is part of.
fn line(run: &Run<'_>, team: &Ref<Team>) -> BTreeSet<usize> {
    let mut line = BTreeSet::new();
    let mut next = Some(team);
    while let Some(team) = next.filter(|t| line.insert(t.at)) {
        next = run.playbook.teams[team].part_of.as_ref();
    }
    line
}
