//! An activity that too many roles must be asked about.

use super::{called, distinct, stated};
use crate::check::doubt::{in_force, is_retired};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule: each role that is asked is a delay. 30 of 69 public GitLab rows break it.
pub const RULE: Rule = Rule {
    name: "too-many-consulted",
    level: Level::Warning,
    why: "each role that must be asked before is a day of waiting",
    page: include_str!("too_many_consulted.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let most = (run.playbook.roles.iter().filter(|r| in_force(&r.base)).count() / 3).max(3);
    let mut findings = Vec::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        for row in stated(activity) {
            let [_, _, consulted, _] = row.parts;
            let roles = distinct(consulted);
            let Some(over) = roles.get(most) else { continue };
            let what = called(run, activity, row.when);
            findings.push(
                Finding::at(over.span, format!("{} roles are asked before {what} can begin: it waits for the slowest", roles.len()))
                    .label(format!("more than {most}"))
                    .help("ask only those whose answer can change it, and tell the others afterwards (`I`)")
                    .of(&activity.base.name),
            );
        }
    }
    findings
}
