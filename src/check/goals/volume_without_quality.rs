//! A number of things that no other number keeps honest.

use crate::check::unsaid::{Unsaid, in_force};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::types::Unit;
use crate::model::{Kind, Name};
use std::collections::BTreeSet;

/// The rule (seed 003: "two important metrics, such as lead volume and lead quality").
pub const RULE: Rule = Rule {
    name: "volume-without-quality",
    level: Level::Warning,
    why: "what is only counted grows, and gets worse",
    page: include_str!("volume_without_quality.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let unsaid = Unsaid::of(run);
    let pairs = run.playbook.metrics.iter().filter_map(|m| m.pairs_with.as_ref().map(|p| (&m.base.name, &p.name)));
    let paired: BTreeSet<&Name> = pairs.filter(|(one, other)| one != other).flat_map(|(one, other)| [one, other]).collect();
    let counts = run.playbook.metrics.iter().filter(|m| in_force(&m.base) && m.unit == Some(Unit::Count));
    let alone = counts.filter(|m| {
        !paired.contains(&m.base.name) && unsaid.is_read(&m.base, &["pairs_with"]) && unsaid.is_linked(&m.base, Kind::Metric)
    });
    alone
        .map(|metric| {
            let place = metric.base.fact("unit").map_or(metric.base.title_span, |f| f.span);
            Finding::at(place, format!("`{}` counts how many, and nothing says how good they are", metric.title()))
                .label("a number of things")
                .help("name the metric that falls when they get worse: `pairs_with = \"…\"`")
                .of(&metric.base.name)
        })
        .collect()
}
