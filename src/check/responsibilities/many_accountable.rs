//! An activity more than one role is accountable for.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::responsibility::Accountable;
use crate::model::types::Ref;
use crate::model::{Name, kinds::role::Role};

/// The rule: "two is zero". 8 of 69 public GitLab rows break it.
pub const RULE: Rule = Rule {
    name: "many-accountable",
    level: Level::Error,
    why: "when two answer for it, each believes that the other does",
    page: include_str!("many_accountable.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &run.playbook.activities {
        let name = &activity.base.name;
        findings.extend(worded(run, &activity.accountable, activity.title(), name));
        for when in &activity.when {
            let segment = when.segment.as_ref().map_or("one segment", |s| run.playbook.segments[s].title());
            findings.extend(worded(run, &when.accountable, &format!("{} for {segment}", activity.title()), name));
        }
    }
    findings
}

fn worded(run: &Run<'_>, accountable: &Accountable, what: &str, name: &Name) -> Option<Finding> {
    let title = |role: &Ref<Role>| run.playbook.roles[role].title().to_owned();
    let mut distinct: Vec<&Ref<Role>> = Vec::new();
    for role in &accountable.roles {
        if !distinct.contains(&role) {
            distinct.push(role);
        }
    }
    let [first, second, ..] = distinct.as_slice() else { return None };
    let names: Vec<String> = distinct.iter().map(|r| title(r)).collect();
    Some(
        Finding::at(second.span, format!("{} roles are accountable for `{what}`: {}", names.len(), names.join(", ")))
            .label("also accountable here")
            .also(first.span, "accountable here")
            .help("keep one under `A`; the others do the work (`R`) or are asked before (`C`)")
            .of(name),
    )
}
