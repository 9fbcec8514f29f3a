//! A goal all of whose numbers come when it is too late.

use super::numbers;
use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::goal::Goal;
use crate::model::{Kind, Record};

/// The rule.
pub const RULE: Rule = Rule {
    name: "only-lagging",
    level: Level::Warning,
    why: "who only looks at results sees a bad quarter when it is over",
    page: include_str!("only_lagging.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    // Where no metric is marked, nobody has marked any: nothing follows for one goal.
    if !run.playbook.metrics.iter().any(|m| m.leading) {
        return Vec::new();
    }
    let doubt = &run.doubt;
    run.playbook.goals.iter().filter(|g| in_force(&g.base)).filter_map(|goal| worded(run, goal, doubt)).collect()
}

fn worded(run: &Run<'_>, goal: &Record<Goal>, doubt: &Doubt) -> Option<Finding> {
    let first = numbers(goal).next()?;
    let known = !doubt.fields(&goal.base, &["metrics", "submetrics", "metric"])
        && !doubt.kind(&goal.base, Kind::Metric)
        && numbers(goal).all(|m| !doubt.field(&run.playbook.metrics[m].base, "leading"));
    if !known || numbers(goal).any(|m| run.playbook.metrics[m].leading) {
        return None;
    }
    let place = goal.base.fact("metrics").map_or(first.span, |f| if goal.metrics.len() == 1 { first.span } else { f.span });
    Some(
        Finding::at(place, format!("no number of `{}` tells anything before the result is in", goal.title()))
            .label("all of these come afterwards")
            .help("add a metric that one can still act upon, and mark it with `leading = true`")
            .of(&goal.base.name),
    )
}
