//! An activity whose doer and approver must be two roles, and are one.

use super::called;
use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::raci::{Part, rows};
use std::collections::BTreeSet;

/// The rule: `separate = true` asks for four eyes.
pub const RULE: Rule = Rule {
    name: "same-doer-and-approver",
    level: Level::Warning,
    why: "who checks their own work finds it good",
    page: include_str!("same_doer_and_approver.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in run.playbook.activities.iter().filter(|a| a.separate && !is_retired(&a.base)) {
        let mut told = BTreeSet::new();
        for row in rows(activity) {
            for accountable in row.of(Part::Accountable) {
                let doer = row.of(Part::Responsible).iter().find(|r| r.at == accountable.at);
                let Some(doer) = doer.filter(|d| told.insert((d.span, accountable.span))) else { continue };
                let title = run.playbook.roles[*doer].title();
                let what = called(run, activity, row.condition);
                let finding = Finding::at(doer.span, format!("`{title}` does {what} and approves it, though that takes two"))
                    .label("does the work")
                    .also(accountable.span, "and approves it")
                    .help("let another role do it, or another answer for it")
                    .of(&activity.base.name);
                findings.push(match activity.base.fact("separate") {
                    Some(fact) => finding.also(fact.span, "two roles are asked for here"),
                    None => finding,
                });
            }
        }
    }
    findings
}
