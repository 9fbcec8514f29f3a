//! A joint planning that one team attends alone.

use super::no_joint_planning::is_joint;
use super::stage_teams;
use crate::check::doubt::in_force;
use crate::check::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::rhythm::Ritual;
use crate::model::kinds::team::Team;

/// The rule (seed 003, strategy 4: "developing plans jointly").
pub const RULE: Rule = Rule {
    name: "joint-of-one",
    level: Level::Error,
    why: "a plan that one team makes alone is news to the other",
    page: include_str!("joint_of_one.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    if run.playbook.teams.len() < 2 {
        return Vec::new();
    }
    let joint = run.playbook.rituals.iter().filter(|r| is_joint(r) && in_force(&r.base) && !doubt.reference(&r.base, "attends"));
    joint.filter_map(|r| only_team(run, r).map(|team| worded(run, r, team))).collect()
}

/// The team of all who come, if they are of one.
pub fn only_team<'a>(run: &Run<'a>, ritual: &Record<Ritual>) -> Option<&'a Record<Team>> {
    let (first, rest) = ritual.attends.split_first()?;
    let team = run.playbook.team_of(first)?;
    rest.iter().all(|r| run.playbook.team_of(r).is_some_and(|t| t.id() == team.id())).then_some(team)
}

fn worded(run: &Run<'_>, ritual: &Record<Ritual>, team: &Record<Team>) -> Finding {
    let title = team.title();
    let place = place::key(run, &ritual.base, "attends").unwrap_or(ritual.base.title_span);
    let finding = Finding::at(place, format!("only `{title}` comes to `{}`, which is to plan together", ritual.title()))
        .label(format!("every role here is of `{title}`"))
        .help("add a role of the other team, or give the meeting another `kind`")
        .of(&ritual.base.name);
    match stage_teams(run.playbook).into_iter().find(|(other, _)| other.id() != team.id()) {
        Some((other, span)) => finding.also(span, format!("`{}` owns a stage on the same way", other.title())),
        None => finding,
    }
}
