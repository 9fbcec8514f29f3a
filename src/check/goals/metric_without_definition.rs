//! A metric that does not say what is counted.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule.
pub const RULE: Rule = Rule {
    name: "metric-without-definition",
    level: Level::Error,
    why: "two teams that count differently argue about the number and not about the work",
    page: include_str!("metric_without_definition.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let vague = run.playbook.metrics.iter().filter(|m| in_force(&m.base) && doubt.lacks(&m.base, "definition"));
    vague
        .map(|metric| {
            Finding::at(metric.base.title_span, format!("nothing says what `{}` counts, so each team counts its own way", metric.title()))
                .label("no `definition`")
                .help("say in one sentence what is counted, and of which time: `definition = \"…\"`")
                .of(&metric.base.name)
        })
        .collect()
}
