//! A role whose holders learn nothing here.

use crate::check::doubt::{faulty_in, in_force, is_retired, told};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Kind;
use crate::model::kinds::training::Path;
use crate::model::record::Record;
use std::collections::BTreeSet;

/// The rule (seed 002, "Learn together": "educating/training them in the same things").
pub const RULE: Rule = Rule {
    name: "role-without-path",
    level: Level::Warning,
    why: "whoever is not on any path learns our words from whoever sits nearest",
    page: include_str!("role_without_path.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let paths: Vec<&Record<Path>> = run.playbook.paths.iter().filter(|p| !is_retired(&p.base)).collect();
    if paths.is_empty() || run.doubt.somewhere() || paths.iter().any(|p| is_unsure(p)) {
        return Vec::new();
    }
    let named = |kind: Kind| paths.iter().flat_map(move |p| &p.learners).filter(move |l| l.name.kind == kind).map(|l| l.name.id.as_str());
    let roles: BTreeSet<&str> = named(Kind::Role).collect();
    let teams = with_parts(run, named(Kind::Team).collect());
    let left = run.playbook.roles.iter().filter(|r| !r.holders.is_empty() && in_force(&r.base) && !roles.contains(r.id()));
    let left = left.filter(|r| r.team.as_ref().is_some_and(|t| !teams.contains(t.name.id.as_str())));
    let worded = left.map(|role| {
        Finding::at(role.base.title_span, format!("no learning path is for `{}`", role.title()))
            .label("somebody holds this role, and no path has it or its team under `for`")
            .help(format!("add `\"{}\"` to the `for` of a path", role.id()))
            .of(&role.base.name)
    });
    worded.collect()
}

/// Whether it is not known for whom it is.
fn is_unsure(path: &Record<Path>) -> bool {
    told(&path.base, "for") || path.base.fact("for").is_none_or(|f| faulty_in(&path.base, f.span))
}

/// Teams, and those that are part of them.
fn with_parts<'a>(run: &Run<'a>, mut teams: BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let inner: Vec<(&str, &str)> = run.playbook.teams.iter().filter_map(|t| Some((t.part_of.as_ref()?.name.id.as_str(), t.id()))).collect();
    let mut parts: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for (whole, part) in inner {
        parts.entry(whole).or_default().push(part);
    }
    let mut queue: Vec<&str> = teams.iter().copied().collect();
    while let Some(team) = queue.pop() {
        for part in parts.get(team).into_iter().flatten() {
            if teams.insert(part) {
                queue.push(part);
            }
        }
    }
    teams
}
