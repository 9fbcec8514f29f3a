//! An activity that three roles or more do.

use super::{called, distinct, stated, titles};
use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule: three who do one thing do three things.
pub const RULE: Rule = Rule {
    name: "many-responsible",
    level: Level::Warning,
    why: "when three do it, each does a part, and the parts are written down nowhere",
    page: include_str!("many_responsible.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        for row in stated(activity) {
            let [_, responsible, ..] = row.parts;
            let roles = distinct(responsible);
            let Some(third) = roles.get(2) else { continue };
            let what = called(run, activity, row.when);
            findings.push(
                Finding::at(third.span, format!("{} roles do {what}: {}", roles.len(), titles(run, &roles)))
                    .label("one too many to be one piece of work")
                    .help("split it into activities that one or two roles do, or ask some of them before (`C`)")
                    .of(&activity.base.name),
            );
        }
    }
    findings
}
