//! Work between two teams that nobody else is asked or told about.

use super::called;
use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, suggest};
use crate::model::kinds::responsibility::Activity;
use crate::model::raci::{Part, Row, rows};
use crate::model::types::Ref;
use crate::model::{Kind, Record, kinds};

/// The rule (seed 003: "not sharing vital information that can benefit the SAME company").
pub const RULE: Rule = Rule {
    name: "nobody-told",
    level: Level::Warning,
    why: "what happens between two teams is heard of by neither, unless somebody is told",
    page: include_str!("nobody_told.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let keys = ["accountable", "responsible", "consulted", "informed", "when"];
    let activities = run.playbook.activities.iter().filter(|a| in_force(&a.base) && a.omitted.is_empty());
    let sure = activities.filter(|a| !doubt.fields(&a.base, &keys) && !doubt.kind(&a.base, Kind::Role));
    sure.filter_map(|activity| worded(run, activity)).collect()
}

/// One finding an activity: of its first row that tells nobody.
fn worded(run: &Run<'_>, activity: &Record<Activity>) -> Option<Finding> {
    let rows = rows(activity);
    let silent = rows.iter().find(|row| row.of(Part::Consulted).is_empty() && row.of(Part::Informed).is_empty() && is_done(row));
    let row = silent?;
    let what = called(run, activity, row.condition);
    let roles: Vec<&Ref<kinds::role::Role>> = row.of(Part::Accountable).iter().chain(row.of(Part::Responsible)).copied().collect();
    let mut teams: Vec<&Ref<kinds::team::Team>> = Vec::new();
    let of_roles = roles.iter().filter_map(|r| run.playbook.roles[*r].team.as_ref());
    let of_stages = activity.stages.iter().filter_map(|s| owner_team(run, s));
    for team in of_roles.chain(of_stages) {
        if !teams.contains(&team) {
            teams.push(team);
        }
    }
    if teams.len() < 2 {
        return None;
    }
    let names = suggest::list(teams.iter().map(|t| run.playbook.teams[*t].title()), 4);
    Some(
        Finding::at(activity.base.title_span, format!("{what} is work between {names}, and nobody is asked or told of it"))
            .label("no role under `C` or `I`")
            .help("name who is asked before (`C`) or told afterwards (`I`)")
            .of(&activity.base.name),
    )
}

/// An own row that only conditional rows fill in says nothing by itself, and of two who answer for it another rule tells.
fn is_done(row: &Row<'_>) -> bool {
    row.of(Part::Accountable).len() < 2 && row.of(Part::Accountable).len() + row.of(Part::Responsible).len() > 0
}

/// The team that looks after a stage, an end aside.
fn owner_team<'a>(run: &Run<'a>, stage: &Ref<kinds::funnel::Stage>) -> Option<&'a Ref<kinds::team::Team>> {
    let stage = &run.playbook.stages[stage];
    let ends = stage.outcome.is_some_and(|o| o.value != kinds::funnel::Outcome::Won);
    let owner = stage.base.common.owner.as_ref().filter(|_| !ends)?;
    run.playbook.roles[owner].team.as_ref()
}
