//! A role that is told of everything and has no part in anything.

use super::stated;
use crate::check::doubt::{in_force, is_retired};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::raci::Part;
use crate::model::types::Ref;
use crate::model::{Kind, kinds};
use std::collections::{BTreeMap, BTreeSet};

/// The rule: reading the matrix down its columns.
pub const RULE: Rule = Rule {
    name: "only-informed",
    level: Level::Hint,
    why: "a role that only ever listens has perhaps been forgotten where it should act",
    page: include_str!("only_informed.md"),
    find,
};

/// Told once or twice is no habit.
const OFTEN: usize = 3;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let mut told: BTreeMap<usize, Vec<&Ref<kinds::role::Role>>> = BTreeMap::new();
    let mut acts: BTreeSet<usize> = BTreeSet::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        if doubt.kind(&activity.base, Kind::Role) {
            return Vec::new();
        }
        acts.extend(activity.support.iter().map(|r| r.at));
        for (part, roles) in stated(activity).flat_map(|row| Part::ALL.into_iter().zip(row.parts)) {
            match part {
                Part::Informed => roles.iter().for_each(|r| told.entry(r.at).or_default().push(r)),
                _ => acts.extend(roles.iter().map(|r| r.at)),
            }
        }
    }
    let idle = told.into_iter().filter(|(at, rows)| rows.len() >= OFTEN && !acts.contains(at));
    let named = idle.filter_map(|(at, rows)| Some((run.playbook.roles.nth(at)?, rows)));
    let named = named.filter(|(role, _)| in_force(&role.base));
    named
        .map(|(role, rows)| {
            let finding =
                Finding::at(role.base.title_span, format!("`{}` is told {} times and has no other part", role.title(), rows.len()))
                    .label("does nothing, answers for nothing, is never asked")
                    .help("ask the role which of it it needs, and where it ought to be asked before (`C`)")
                    .of(&role.base.name);
            match rows.first() {
                Some(first) => finding.also(first.span, "told here"),
                None => finding,
            }
        })
        .collect()
}
