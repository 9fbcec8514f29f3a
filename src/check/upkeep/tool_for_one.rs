//! A number that teams share, in a tool that one of them cannot open.

use super::{is_among, listed};
use crate::check::doubt::in_force;
use crate::check::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::goal::{Goal, Metric, Scope};
use crate::model::kinds::rhythm::Tool;
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use std::collections::BTreeMap;

/// The rule (seed 004: "so that teams can work from the same dashboards and databases").
pub const RULE: Rule = Rule {
    name: "tool-for-one",
    level: Level::Warning,
    why: "a number that one team cannot look up is a number it does not believe",
    page: include_str!("tool_for_one.md"),
    find,
};

/// Which teams a tool leaves out, and the first number and goal for which they need it.
struct Gap<'a> {
    source: &'a Ref<Tool>,
    metric: &'a Record<Metric>,
    goal: &'a Record<Goal>,
    teams: BTreeMap<usize, &'a Record<Team>>,
}

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let mut gaps: BTreeMap<usize, Gap<'_>> = BTreeMap::new();
    let is_shared = |g: &&Record<Goal>| in_force(&g.base) && g.scope.is_some_and(|s| s.value == Scope::Shared);
    for goal in run.playbook.goals.iter().filter(is_shared) {
        let teams = teams(run, goal);
        for metric in metrics(run, goal) {
            let Some(source) = &metric.source else { continue };
            let tool = &run.playbook.tools[source];
            let opens: Vec<&Ref<Team>> = tool.used_by.iter().collect();
            let shut: Vec<&Ref<Team>> = teams.values().copied().filter(|t| !is_among(run.playbook, t, &opens)).collect();
            if opens.is_empty() || shut.is_empty() || !in_force(&tool.base) || doubt.reference(&tool.base, "used_by") {
                continue;
            }
            let gap = gaps.entry(source.at).or_insert_with(|| Gap { source, metric, goal, teams: BTreeMap::new() });
            gap.teams.extend(shut.into_iter().map(|t| (t.at, &run.playbook.teams[t])));
        }
    }
    gaps.into_values().map(|gap| worded(run, &gap)).collect()
}

/// The teams that carry a goal.
fn teams<'a>(run: &Run<'a>, goal: &'a Record<Goal>) -> BTreeMap<usize, &'a Ref<Team>> {
    let owners = goal.owners.iter().filter_map(|o| run.playbook.roles[o].team.as_ref());
    goal.submetrics.iter().filter_map(|s| s.team.as_ref()).chain(owners).map(|t| (t.at, t)).collect()
}

/// The numbers that they share: those of the goal, and those that two teams have as their part.
fn metrics<'a>(run: &Run<'a>, goal: &'a Record<Goal>) -> Vec<&'a Record<Metric>> {
    let mut parts: BTreeMap<usize, (&Ref<Metric>, BTreeMap<usize, ()>)> = BTreeMap::new();
    for (metric, team) in goal.submetrics.iter().filter_map(|s| s.metric.as_ref().zip(s.team.as_ref())) {
        parts.entry(metric.at).or_insert((metric, BTreeMap::new())).1.insert(team.at, ());
    }
    let common = parts.into_values().filter(|(_, teams)| teams.len() > 1).map(|(metric, _)| metric);
    let all = goal.metrics.iter().chain(common).map(|m| &run.playbook.metrics[m]);
    all.filter(|m| in_force(&m.base)).collect()
}

fn worded(run: &Run<'_>, gap: &Gap<'_>) -> Finding {
    let tool = &run.playbook.tools[gap.source];
    let names: Vec<String> = gap.teams.values().map(|t| format!("`{}`", t.title())).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let place = place::key(run, &tool.base, "used_by").unwrap_or(tool.base.title_span);
    let who = listed(&names, "and");
    let message = format!("{who} cannot open `{}`, where the shared number `{}` comes from", tool.title(), gap.metric.title());
    Finding::at(place, message)
        .label(format!("without {who}"))
        .also(gap.source.span, format!("`{}` is read from it", gap.metric.title()))
        .also(gap.goal.base.title_span, format!("and belongs to `{}`, which they share", gap.goal.title()))
        .help("give them access and add them to `used_by`, or read the number from a tool that all of them can open")
        .of(&tool.base.name)
}
