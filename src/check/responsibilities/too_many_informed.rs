//! An activity that too many roles are told of.

use super::{called, distinct, stated};
use crate::check::doubt::{in_force, is_retired};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule: reading the matrix along its rows.
pub const RULE: Rule = Rule {
    name: "too-many-informed",
    level: Level::Hint,
    why: "news that everybody gets is read by nobody",
    page: include_str!("too_many_informed.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let most = (run.playbook.roles.iter().filter(|r| in_force(&r.base)).count() / 2).max(5);
    let mut findings = Vec::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        for row in stated(activity) {
            let [.., informed] = row.parts;
            let roles = distinct(informed);
            let Some(over) = roles.get(most) else { continue };
            let what = called(run, activity, row.when);
            findings.push(
                Finding::at(over.span, format!("{} roles are told of {what}", roles.len()))
                    .label(format!("more than {most}"))
                    .help("tell those who do something differently once they know")
                    .of(&activity.base.name),
            );
        }
    }
    findings
}
