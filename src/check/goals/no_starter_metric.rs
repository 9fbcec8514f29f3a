//! Metrics none of which is marked as one to begin with.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 003, strategy 5: "start by tracking two important metrics").
pub const RULE: Rule = Rule {
    name: "no-starter-metric",
    level: Level::Hint,
    why: "two numbers that both teams read begin a talk; twenty end it",
    page: include_str!("no_starter_metric.md"),
    find,
};

/// Two are the ones to begin with.
const FEW: usize = 2;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let metrics: Vec<_> = run.playbook.metrics.iter().filter(|m| in_force(&m.base)).collect();
    let Some(first) = metrics.first().filter(|_| metrics.len() > FEW && metrics.iter().all(|m| !m.starter)) else { return Vec::new() };
    let message = format!("none of {} metrics is marked as one to begin with", metrics.len());
    vec![
        Finding::at(first.base.title_span, message)
            .label("perhaps this one?")
            .help("mark two of them with `starter = true`: one of how many, and one of how good")
            .of(&first.base.name),
    ]
}
