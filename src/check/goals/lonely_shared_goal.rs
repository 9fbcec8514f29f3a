//! A goal that is called shared, and is one team's.

use super::is_shared;
use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::goal::Goal;
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::{Kind, Record};

/// The rule (seed 000: "This is one of the root cause of this conflict (lack of a common goal)").
pub const RULE: Rule = Rule {
    name: "lonely-shared-goal",
    level: Level::Error,
    why: "a goal that one team carries alone is that team's goal, whatever it is called",
    page: include_str!("lonely_shared_goal.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let shared = run.playbook.goals.iter().filter(|g| in_force(&g.base) && is_shared(g));
    shared.filter_map(|goal| worded(run, goal, doubt)).collect()
}

/// One finding a goal: of its owners, else of its parts.
fn worded(run: &Run<'_>, goal: &Record<Goal>, doubt: &Doubt) -> Option<Finding> {
    let scope = goal.scope?;
    let owners = lonely_owners(run, goal, doubt);
    let part = lonely_part(run, goal, doubt);
    let finding = match (owners, part) {
        (Some((place, team)), part) => {
            let message = format!("`{}` is shared, and all who own it are of `{team}`", goal.title());
            let finding = Finding::at(place, message)
                .label("no other team owns it")
                .also(scope.span, "called shared here")
                .help("name an owner from each team that carries it, or write `scope = \"team\"`");
            match part {
                Some((place, _)) => finding.also(place, "and no other team has a part in it"),
                None => finding,
            }
        }
        (None, Some((place, team))) => Finding::at(place, format!("`{}` is shared, and only `{team}` is measured by it", goal.title()))
            .label("no other team has a part")
            .also(scope.span, "called shared here")
            .help("give each team that carries it a number under `submetrics`, or write `scope = \"team\"`"),
        (None, None) => return None,
    };
    Some(finding.of(&goal.base.name))
}

type Place<'a> = (crate::diagnostic::Span, &'a str);

/// The one team that all owners are of.
fn lonely_owners<'a>(run: &Run<'a>, goal: &Record<Goal>, doubt: &Doubt) -> Option<Place<'a>> {
    let known = !doubt.field(&goal.base, "owners") && !doubt.kind(&goal.base, Kind::Role);
    let teams: Option<Vec<&Ref<Team>>> = goal.owners.iter().map(|o| run.playbook.roles[o].team.as_ref()).collect();
    let place = goal.owners.first().filter(|_| known)?.span;
    one(run, &teams?).map(|team| (place, team))
}

/// The one team that has a part.
fn lonely_part<'a>(run: &Run<'a>, goal: &Record<Goal>, doubt: &Doubt) -> Option<Place<'a>> {
    let known = !doubt.fields(&goal.base, &["submetrics", "team"]) && !doubt.kind(&goal.base, Kind::Team);
    let teams: Option<Vec<&Ref<Team>>> = goal.submetrics.iter().map(|s| s.team.as_ref()).collect();
    let teams = teams.filter(|_| known)?;
    let place = teams.first()?.span;
    one(run, &teams).map(|team| (place, team))
}

/// The title of the team that all of these are.
fn one<'a>(run: &Run<'a>, teams: &[&Ref<Team>]) -> Option<&'a str> {
    let first = teams.first()?;
    let playbook = run.playbook;
    teams.iter().all(|t| t.at == first.at).then(|| playbook.teams[*first].title())
}
