//! A role that has a part in every activity.

use super::{distinct, stated};
use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use std::collections::BTreeMap;

/// The rule: reading the matrix down its columns.
pub const RULE: Rule = Rule {
    name: "in-every-row",
    level: Level::Hint,
    why: "what always passes one desk stands still when that desk is empty",
    page: include_str!("in_every_row.md"),
    find,
};

/// In a small matrix it means nothing.
const ROWS: usize = 8;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let activities: Vec<_> = run.playbook.activities.iter().filter(|a| in_force(&a.base)).collect();
    if activities.len() < ROWS {
        return Vec::new();
    }
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    for activity in &activities {
        for role in distinct(stated(activity).flat_map(|row| row.parts).flatten()) {
            *rows.entry(role.at).or_default() += 1;
        }
    }
    let everywhere = rows.into_iter().filter(|(_, count)| *count == activities.len());
    let roles = everywhere.filter_map(|(at, _)| run.playbook.roles.nth(at)).filter(|r| in_force(&r.base));
    roles
        .map(|role| {
            Finding::at(role.base.title_span, format!("`{}` has a part in all {} activities", role.title(), activities.len()))
                .label("nothing happens without this role")
                .help("take it out where the others can do without it")
                .of(&role.base.name)
        })
        .collect()
}
