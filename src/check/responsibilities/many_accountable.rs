//! An activity more than one role is accountable for.

use super::{called, titles};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::responsibility::Accountable;
use crate::model::types::Ref;
use crate::model::{Name, kinds::role::Role};

/// The rule: "two is zero". 8 of 69 public GitLab rows break it.
pub const RULE: Rule = Rule {
    name: "many-accountable",
    level: Level::Error,
    why: "when two answer for it, each believes that the other one does",
    page: include_str!("many_accountable.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &run.playbook.activities {
        let name = &activity.base.name;
        findings.extend(worded(run, &activity.accountable, &called(run, activity, None), name));
        for when in &activity.when {
            findings.extend(worded(run, &when.accountable, &called(run, activity, Some(when)), name));
        }
    }
    findings
}

fn worded(run: &Run<'_>, accountable: &Accountable, what: &str, name: &Name) -> Option<Finding> {
    let mut distinct: Vec<&Ref<Role>> = Vec::new();
    for role in &accountable.roles {
        if !distinct.contains(&role) {
            distinct.push(role);
        }
    }
    let [first, second, ..] = distinct.as_slice() else { return None };
    Some(
        Finding::at(second.span, format!("{} roles are accountable for {what}: {}", distinct.len(), titles(run, &distinct)))
            .label("also accountable here")
            .also(first.span, "accountable here")
            .help("keep one role under `A` (`accountable`), and move the others to `R` (`responsible`) or `C` (`consulted`)")
            .of(name),
    )
}
