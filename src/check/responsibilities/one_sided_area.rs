//! An area in which one of its sides has nothing to do and nothing to answer for.

use super::stated;
use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::responsibility::{Activity, Area};
use crate::model::kinds::role::Role;
use crate::model::{Kind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 001 gives each of its four areas two sides).
pub const RULE: Rule = Rule {
    name: "one-sided-area",
    level: Level::Error,
    why: "a side that has a say and no work is a spectator, and the other team carries the area alone",
    page: include_str!("one_sided_area.md"),
    find,
};

/// What is known of an area's work.
#[derive(Default)]
struct Work {
    /// The teams that do some of it or answer for it, and the teams these are part of.
    teams: BTreeSet<usize>,
    /// Whether there is any.
    any: bool,
    /// Whether a role in it could not be read: it could be anybody's.
    unclear: bool,
}

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let teams: Vec<BTreeSet<usize>> = teams_of_roles(run);
    let mut areas: BTreeMap<usize, Work> = BTreeMap::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        let Some(area) = &activity.area else { continue };
        let work = areas.entry(area.at).or_default();
        work.any = true;
        work.unclear |= doubt.kind(&activity.base, Kind::Role)
            || doubt.fields(&activity.base, &["accountable", "responsible", "when"])
            || !names_somebody(activity);
        for row in stated(activity) {
            let [accountable, responsible, ..] = row.parts;
            let roles = accountable.iter().chain(responsible);
            work.teams.extend(roles.filter_map(|r| teams.get(r.at)).flatten());
        }
    }
    let areas = areas.into_iter().filter(|(_, work)| work.any && !work.unclear);
    let areas = areas.filter_map(|(at, work)| run.playbook.areas.nth(at).map(|area| (area, work)));
    areas.filter(|(area, _)| !is_retired(&area.base)).flat_map(|(area, work)| idle(run, area, &work.teams)).collect()
}

/// An activity nobody does or answers for is told by the rules that say so, and could be anybody's.
fn names_somebody(activity: &Record<Activity>) -> bool {
    stated(activity).any(|row| row.parts.iter().take(2).any(|p| !p.is_empty()))
}

/// For each role, the team it is in, those that is part of, and those it leads.
fn teams_of_roles(run: &Run<'_>) -> Vec<BTreeSet<usize>> {
    let playbook = run.playbook;
    let team = |role: &Record<Role>| {
        let mut teams = BTreeSet::new();
        let mut next = role.team.as_ref();
        while let Some(team) = next.filter(|t| teams.insert(t.at)) {
            next = playbook.teams[team].part_of.as_ref();
        }
        teams
    };
    let mut teams: Vec<BTreeSet<usize>> = playbook.roles.iter().map(team).collect();
    for (at, team) in playbook.teams.iter().enumerate() {
        if let Some(led) = team.lead.as_ref().and_then(|lead| teams.get_mut(lead.at)) {
            led.insert(at);
        }
    }
    teams
}

/// The sides of an area that have no part in its work.
fn idle(run: &Run<'_>, area: &Record<Area>, teams: &BTreeSet<usize>) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let sides = area.sides.iter().filter_map(|s| s.team.as_ref());
    let idle = sides.filter(|t| !teams.contains(&t.at) && told.insert(t.at));
    idle.map(|team| {
        let name = run.playbook.teams[team].title();
        Finding::at(team.span, format!("`{name}` has a side in `{}`, and no work", area.title()))
            .label("no role of this team does or answers for anything here")
            .help(format!("give a role of `{name}` an activity to do (`R`) or to answer for (`A`), or take its side out"))
            .of(&area.base.name)
    })
    .collect()
}
