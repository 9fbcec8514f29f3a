//! A person where the matrix needs a role.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, suggest};
use crate::model::Record;
use crate::model::kinds::role::Role;
use crate::source::{Problem, Trouble};
use std::collections::BTreeMap;

/// The rule: people leave, roles stay.
pub const RULE: Rule = Rule {
    name: "person-in-matrix",
    level: Level::Error,
    why: "people leave, and what they answered for leaves with them; roles stay",
    page: include_str!("person_in_matrix.md"),
    find,
};

/// The fields that are letters of the matrix.
const LETTERS: [&str; 5] = ["accountable", "responsible", "consulted", "informed", "support"];

/// Whether a fault is this rule's to tell.
pub fn is_told(problem: &Problem) -> bool {
    person(problem).is_some()
}

/// The text that names a person, and the person's id.
fn person(problem: &Problem) -> Option<(&str, &str)> {
    let Trouble::WrongKind { text, found, key, .. } = &problem.trouble else { return None };
    let id = found.strip_prefix("person:")?;
    let ours = problem.record.starts_with("activity:") && LETTERS.contains(&key.as_str());
    ours.then_some((text, id))
}

fn find(run: &Run<'_>) -> Vec<Finding> {
    let named: Vec<_> = run.problems.iter().filter_map(|p| person(p).map(|(text, id)| (p, text, id))).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let mut held: BTreeMap<&str, Vec<&Record<Role>>> = BTreeMap::new();
    for role in &run.playbook.roles {
        for holder in &role.holders {
            held.entry(holder.name.id.as_str()).or_default().push(role);
        }
    }
    named.into_iter().map(|(problem, text, id)| worded(run, problem, text, held.get(id).map_or(&[], Vec::as_slice))).collect()
}

fn worded(run: &Run<'_>, problem: &Problem, text: &str, roles: &[&Record<Role>]) -> Finding {
    let finding = Finding::at(problem.span, format!("`{text}` is a person, and a role belongs here"))
        .label("when this person leaves, nobody takes this over")
        .of(&problem.record);
    let Some(first) = roles.first() else {
        let id = person(problem).map_or("…", |(_, id)| id);
        return finding.help(format!("write a role here, and add the person to that role: `holders = [\"{id}\"]`"));
    };
    let names = suggest::choice(roles.iter().map(|r| r.title()), 3);
    let holder = first.holders.iter().find(|h| person(problem).is_some_and(|(_, id)| h.name.id == id));
    let place = holder.map_or(first.base.title_span, |h| h.span);
    let name = holder.map_or(text, |h| run.playbook.people[h].title());
    let what = if roles.len() == 1 { "a role" } else { "roles" };
    finding.also(place, format!("holds `{}`", first.title())).help(format!("write {names}, {what} that `{name}` holds"))
}
