//! A module for everybody that one team alone takes.

use crate::check::doubt::{faulty_in, in_force, is_retired};
use crate::check::place::field;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::Kind;
use std::collections::BTreeMap;

/// The rule (seed 002, "Learn together": "bringing them together and educating/training them in the same things").
pub const RULE: Rule = Rule {
    name: "taught-to-one-team",
    level: Level::Warning,
    why: "a common language that one team learns is that team's jargon",
    page: include_str!("taught_to_one_team.md"),
    find,
};

/// By module, the teams that take it, and where a path says so.
type Taken<'a> = BTreeMap<usize, BTreeMap<&'a str, Span>>;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let teams = run.playbook.teams.iter().filter(|t| in_force(&t.base)).count();
    let Some(taken) = taken(run).filter(|_| teams > 1 && !run.doubt.somewhere()) else { return Vec::new() };
    let mut findings = Vec::new();
    for (at, module) in run.playbook.modules.iter().enumerate().filter(|(_, m)| m.foundation && in_force(&m.base)) {
        let mut takers = taken.get(&at).into_iter().flatten();
        if let (Some((team, place)), None) = (takers.next(), takers.next()) {
            let title = run.playbook.teams.get(team).map_or(*team, |t| t.title());
            findings.push(
                Finding::at(
                    field(&module.base, "foundation"),
                    format!("`{}` is meant for everybody, and only {title} takes it", module.title()),
                )
                .label("a common ground for one team")
                .also(*place, format!("for {title} alone"))
                .help("add the other teams to the `for` of a path that has this module")
                .of(&module.base.name),
            );
        }
    }
    findings
}

/// Who takes what; nothing where a path does not say for whom it is.
fn taken<'a>(run: &Run<'a>) -> Option<Taken<'a>> {
    let mut taken = Taken::new();
    for path in run.playbook.paths.iter().filter(|p| !is_retired(&p.base)) {
        let broken = ["for", "modules"].into_iter().any(|key| path.base.fact(key).is_none_or(|f| faulty_in(&path.base, f.span)));
        if broken {
            return None;
        }
        let mut learners: BTreeMap<&str, Span> = BTreeMap::new();
        for learner in &path.learners {
            let team = match learner.name.kind {
                Kind::Team => run.playbook.teams.get(&learner.name.id).map(|t| t.id()),
                _ => run.playbook.roles.get(&learner.name.id).and_then(|r| r.team.as_ref()).map(|t| run.playbook.teams[t].id()),
            };
            learners.entry(team?).or_insert(learner.span);
        }
        for module in path.modules.iter().filter_map(|s| s.module.as_ref()) {
            let takers = taken.entry(module.at).or_default();
            learners.iter().for_each(|(team, span)| _ = takers.entry(team).or_insert(*span));
        }
    }
    Some(taken)
}
