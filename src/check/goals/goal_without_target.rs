//! A goal none of whose metrics has a target.

use super::numbers;
use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::goal::Goal;
use crate::model::{Kind, Record, goals};
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "goal-without-target",
    level: Level::Error,
    why: "without a target each team decides for itself when it is reached",
    page: include_str!("goal_without_target.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let served: BTreeSet<&str> = run.playbook.goals.iter().filter_map(|g| goals::above(run.playbook, g)).map(Record::id).collect();
    let goals = run.playbook.goals.iter().filter(|g| in_force(&g.base) && is_known(run, g, doubt));
    goals.filter(|g| !has_target(run, g)).filter_map(|goal| worded(run, goal, served.contains(goal.id()))).collect()
}

/// Whether what it says of numbers could be read, theirs included.
fn is_known(run: &Run<'_>, goal: &Record<Goal>, doubt: &Doubt) -> bool {
    !doubt.fields(&goal.base, &["metrics", "submetrics", "metric", "target"])
        && !doubt.kind(&goal.base, Kind::Metric)
        && numbers(goal).all(|m| !doubt.field(&run.playbook.metrics[m].base, "target"))
}

fn has_target(run: &Run<'_>, goal: &Record<Goal>) -> bool {
    goal.submetrics.iter().any(|s| s.target.is_some()) || numbers(goal).any(|m| run.playbook.metrics[m].target.is_some())
}

/// A goal without numbers that others serve is measured by them.
fn worded(run: &Run<'_>, goal: &Record<Goal>, is_served: bool) -> Option<Finding> {
    let finding = match numbers(goal).next() {
        None if is_served => return None,
        None => Finding::at(goal.base.title_span, format!("no number tells whether `{}` is reached", goal.title()))
            .label("no `metrics`")
            .help("name a metric that has a target: `metrics = [\"…\"]`"),
        Some(first) => {
            let message = format!("nobody can say when `{}` is reached: none of its numbers has a target", goal.title());
            let metric = &run.playbook.metrics[first];
            Finding::at(goal.base.title_span, message)
                .label("no target")
                .also(first.span, "a number without a target")
                .help(format!("agree what `{}` is to reach, and write it down as `target`", metric.title()))
        }
    };
    Some(finding.of(&goal.base.name))
}
