//! A metric that no tool is the record of.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Kind, Name};
use std::collections::BTreeSet;

/// The rule. A tool may say it from its side, and what is worked out by a formula needs none.
pub const RULE: Rule = Rule {
    name: "metric-without-source",
    level: Level::Error,
    why: "a number that cannot be looked up is whatever the last slide said",
    page: include_str!("metric_without_source.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let kept: BTreeSet<&Name> = run.playbook.tools.iter().flat_map(|t| &t.record_for).map(|m| &m.name).collect();
    let metrics = run.playbook.metrics.iter().filter(|m| in_force(&m.base) && m.formula.is_none() && !kept.contains(&m.base.name));
    let loose = metrics.filter(|m| doubt.lacks(&m.base, "source") && !doubt.kind(&m.base, Kind::Tool));
    loose
        .map(|metric| {
            Finding::at(metric.base.title_span, format!("nothing says where `{}` is read, so nobody can look it up", metric.title()))
                .label("no `source`")
                .help("name the one tool that both teams read it from: `source = \"…\"`")
                .of(&metric.base.name)
        })
        .collect()
}
