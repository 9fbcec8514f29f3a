//! A metric that two tools are the record of.

use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::{Kind, Name};
use std::collections::BTreeMap;

/// The rule (seed 004: "work from the same dashboards and databases").
pub const RULE: Rule = Rule {
    name: "two-sources",
    level: Level::Error,
    why: "two systems never agree, and each team believes its own",
    page: include_str!("two_sources.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut records: BTreeMap<&Name, Vec<(&str, Span)>> = BTreeMap::new();
    for metric in run.playbook.metrics.iter().filter(|m| !is_retired(&m.base)) {
        let source = metric.source.iter().map(|s| (run.playbook.tools[s].id(), s.span));
        records.entry(&metric.base.name).or_default().extend(source);
    }
    for tool in run.playbook.tools.iter().filter(|t| !is_retired(&t.base)) {
        for mention in tool.record_for.iter().filter(|m| m.name.kind == Kind::Metric) {
            if let Some(tools) = records.get_mut(&mention.name).filter(|tools| tools.iter().all(|(id, _)| *id != tool.id())) {
                tools.push((tool.id(), mention.span));
            }
        }
    }
    records.into_iter().filter_map(|(metric, tools)| worded(run, metric, &tools)).collect()
}

fn worded(run: &Run<'_>, metric: &Name, tools: &[(&str, Span)]) -> Option<Finding> {
    let [(first, there), (second, here), ..] = tools else { return None };
    let title = |id: &str| run.playbook.tools.get(id).map_or_else(String::new, |t| t.title().to_owned());
    let name = run.playbook.metrics.get(&metric.id)?.title();
    let (one, other) = (title(first), title(second));
    Some(
        Finding::at(*here, format!("`{name}` is kept in `{other}` and in `{one}`: sooner or later they differ"))
            .label(format!("`{other}` is its record here"))
            .also(*there, format!("`{one}` is its record here"))
            .help("agree which of the two holds the number, and take it out of the other")
            .of(metric),
    )
}
