//! A goal that no activity serves and that speaks of no stage.

use crate::check::doubt::{in_force, is_retired, is_unfinished};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Kind, Name, goals};
use std::collections::BTreeSet;

/// The rule. Work for a goal is work for those that it serves.
pub const RULE: Rule = Rule {
    name: "goal-touches-nothing",
    level: Level::Hint,
    why: "a goal that changes nobody's day is not pursued",
    page: include_str!("goal_touches_nothing.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    if run.playbook.activities.is_empty() {
        return Vec::new();
    }
    let mut touched: BTreeSet<&Name> = BTreeSet::new();
    let served = run.playbook.activities.iter().filter(|a| !is_retired(&a.base)).flat_map(|a| &a.goals);
    let staged = run.playbook.goals.iter().filter(|g| !g.stages.is_empty() || !doubt.lacks(&g.base, "stages"));
    let begin: Vec<_> = served.map(|g| &run.playbook.goals[g]).chain(staged).collect();
    for goal in begin {
        let mut next = Some(goal);
        while let Some(goal) = next.filter(|g| touched.insert(&g.base.name)) {
            next = goals::above(run.playbook, goal);
        }
    }
    if run.playbook.activities.iter().any(|a| doubt.kind(&a.base, Kind::Goal)) {
        return Vec::new();
    }
    let idle = run.playbook.goals.iter().filter(|g| in_force(&g.base) && !is_unfinished(&g.base) && !touched.contains(&g.base.name));
    idle.map(|goal| {
        Finding::at(goal.base.title_span, format!("no activity serves `{}`, and it speaks of no stage", goal.title()))
            .label("nobody does anything for it")
            .help("name it under `goals` of the activities that serve it")
            .of(&goal.base.name)
    })
    .collect()
}
