//! A role that stands twice in a row, other than as A and R together.

use super::{called, stated};
use crate::check::doubt::is_retired;
use crate::check::entry;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Fix, Level};
use crate::model::Record;
use crate::model::kinds::responsibility::{Activity, When};
use crate::model::kinds::role::Role;
use crate::model::raci::Part;
use crate::model::types::Ref;
use std::collections::BTreeMap;

/// The rule. A and R in one are normal: 29 of 69 public GitLab rows have them.
pub const RULE: Rule = Rule {
    name: "repeated-role",
    level: Level::Error,
    why: "a role with two letters reads the one it likes",
    page: include_str!("repeated_role.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        for row in stated(activity) {
            let letters = Part::ALL.into_iter().zip(row.parts).flat_map(|(part, roles)| roles.iter().map(move |r| (part, r)));
            let mut seen: BTreeMap<usize, (Part, &Ref<Role>, bool)> = BTreeMap::new();
            for (part, role) in letters {
                let (first, there, does) = seen.entry(role.at).or_insert((part, role, part == Part::Responsible));
                if std::ptr::eq(*there, role) {
                    continue;
                }
                let is_both = *first == Part::Accountable && part == Part::Responsible && !*does;
                *does |= is_both;
                if !is_both {
                    findings.push(worded(run, (activity, row.when), (*first, there), (part, role)));
                }
            }
        }
    }
    findings
}

type Letter<'a> = (Part, &'a Ref<Role>);

fn worded(run: &Run<'_>, row: (&Record<Activity>, Option<&When>), (first, there): Letter<'_>, (part, role): Letter<'_>) -> Finding {
    let (activity, when) = row;
    let title = run.playbook.roles[role].title();
    let what = called(run, activity, when);
    let message = if first == part {
        format!("`{title}` stands twice under `{}` of {what}", part.letter())
    } else {
        format!("`{title}` is {} and {} in {what}: one of the two is enough", first.word(), part.word())
    };
    let finding = Finding::at(role.span, message)
        .label("named again here")
        .also(there.span, format!("{} here", first.word()))
        .help(if part == Part::Responsible { "take the second one out" } else { "take it out here: the first part says more" })
        .of(&activity.base.name);
    let edits = entry::taken_out(run.files, role.span);
    Finding { fix: edits.map(|edits| Fix { title: format!("take `{title}` out from under `{}`", part.letter()), edits }), ..finding }
}
