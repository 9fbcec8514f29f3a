//! A number of things that no other number keeps honest.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::goal::{Direction, Metric};
use crate::model::types::Unit;
use crate::model::{Kind, Name, Record};
use std::collections::BTreeMap;

/// The rule (seed 003: "two important metrics, such as lead volume and lead quality").
pub const RULE: Rule = Rule {
    name: "volume-without-quality",
    level: Level::Warning,
    why: "what is only counted grows, and gets worse",
    page: include_str!("volume_without_quality.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let pairs = run.playbook.metrics.iter().filter_map(|m| m.pairs_with.as_ref().map(|p| (&p.name, m)));
    let named_by: BTreeMap<&Name, &Record<Metric>> = pairs.filter(|(name, m)| **name != m.base.name).collect();
    let counts = run.playbook.metrics.iter().filter(|m| in_force(&m.base) && m.unit == Some(Unit::Count));
    let alone = counts.filter(|m| m.pairs_with.as_ref().is_none_or(|p| p.name == m.base.name));
    // Complaints and open tickets are to become fewer.
    let wanted = alone.filter(|m| m.direction.is_none_or(|d| d.value != Direction::Down));
    let known = wanted.filter(|m| !doubt.field(&m.base, "pairs_with") && !doubt.kind(&m.base, Kind::Metric));
    known.map(|metric| worded(metric, named_by.get(&metric.base.name).copied())).collect()
}

fn worded(metric: &Record<Metric>, other: Option<&Record<Metric>>) -> Finding {
    let place = metric.base.fact("unit").map_or(metric.base.title_span, |f| f.span);
    let finding = Finding::at(place, format!("`{}` counts how many, and nothing says how good they are", metric.title()))
        .label("a number of things")
        .of(&metric.base.name);
    match other {
        Some(other) => {
            let place = other.pairs_with.as_ref().map_or(other.base.title_span, |p| p.span);
            let help = format!("if `{}` falls when they get worse, name it here too: `pairs_with = \"{}\"`", other.title(), other.id());
            finding.also(place, format!("`{}` names it", other.title())).help(help)
        }
        None => finding.help("name the metric that falls when they get worse: `pairs_with = \"…\"`"),
    }
}
