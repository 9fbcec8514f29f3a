//! A role that owns more goals than one can pursue.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::role::Role;
use crate::model::types::Ref;
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 003: "Trying to tackle all sales-marketing alignment issues at once is too daunting").
pub const RULE: Rule = Rule {
    name: "too-many-goals",
    level: Level::Hint,
    why: "who pursues six goals at once picks one each morning",
    page: include_str!("too_many_goals.md"),
    find,
};

/// How many a role can pursue.
const MOST: usize = 5;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut owned: BTreeMap<usize, Vec<&Ref<Role>>> = BTreeMap::new();
    for goal in run.playbook.goals.iter().filter(|g| in_force(&g.base)) {
        let mut seen = BTreeSet::new();
        for owner in goal.owners.iter().filter(|o| seen.insert(o.at)) {
            owned.entry(owner.at).or_default().push(owner);
        }
    }
    let over = owned.values().filter_map(|goals| goals.get(MOST).map(|over| (*over, goals.len())));
    over.map(|(role, count)| {
        let record = &run.playbook.roles[role];
        Finding::at(record.base.title_span, format!("`{}` owns {count} goals", record.title()))
            .label(format!("more than {MOST}"))
            .also(role.span, "the first that is too many")
            .help("keep those it can do something about this quarter, and give the others away")
            .of(&record.base.name)
    })
    .collect()
}
