//! A series whose last number is older than twice the time between two.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::goal::Metric;
use crate::model::value::long_date;
use crate::source::Trouble;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "stale-series",
    level: Level::Warning,
    why: "an old number is believed as if it were today's",
    page: include_str!("stale_series.md"),
    find,
};

/// What is read on working days has a weekend between two numbers.
const WEEKEND: u32 = 2;

/// A series with a row that cannot be read is left alone: that row may be the last one.
fn find(run: &Run<'_>) -> Vec<Finding> {
    let faults = run.problems.iter().filter(|p| matches!(p.trouble, Trouble::BrokenSeries(_) | Trouble::Syntax(_)));
    let broken: BTreeSet<&str> = faults.map(|p| p.record.as_str()).collect();
    let metrics = run.playbook.metrics.iter().filter(|m| in_force(&m.base) && !m.series.is_empty());
    let whole = metrics.filter(|m| broken.is_empty() || !broken.contains(m.base.name.to_string().as_str()));
    whole.filter_map(|metric| worded(run, metric)).collect()
}

fn worded(run: &Run<'_>, metric: &Record<Metric>) -> Option<Finding> {
    let last = metric.series.last()?;
    let cadence = metric.cadence.as_ref()?;
    let days = cadence.days().checked_mul(2)? + if cadence.days() == 1 { WEEKEND } else { 0 };
    let age = u32::try_from(last.date.until(run.today).ok()?.get_days()).ok().filter(|age| *age > days)?;
    let message = format!(
        "the last number of `{}` is of {}, {age} days ago, though it is read {}",
        metric.title(),
        long_date(last.date),
        cadence.every
    );
    let finding = Finding::at(last.span, message)
        .label("the last one")
        .help("add the numbers since then, or say under `cadence` how often it is really read")
        .of(&metric.base.name);
    Some(match metric.base.fact("cadence") {
        Some(fact) => finding.also(fact.span, "how often it is read"),
        None => finding,
    })
}
