//! A target that cannot be reached, or that has been passed before it began.

use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::Record;
use crate::model::kinds::goal::{Direction, Goal, Metric};
use crate::model::types::{Amount, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "impossible-target",
    level: Level::Error,
    why: "a target that is out of reach, or already reached, changes nobody's work",
    page: include_str!("impossible_target.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let metrics = run.playbook.metrics.iter().filter(|m| !is_retired(&m.base));
    let mut findings: Vec<Finding> = metrics.filter_map(own).collect();
    for goal in run.playbook.goals.iter().filter(|g| !is_retired(&g.base)) {
        findings.extend(parts(run, goal));
    }
    findings
}

/// A metric's own target.
fn own(metric: &Record<Metric>) -> Option<Finding> {
    let target = metric.target.as_ref()?;
    let place = metric.base.fact("target")?.span;
    worded(metric, target, place).map(|f| f.of(&metric.base.name))
}

/// The targets of a goal's parts; of these only shares are held against the whole: other numbers may be a part of it.
fn parts(run: &Run<'_>, goal: &Record<Goal>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in &goal.submetrics {
        let (Some(target), Some(place), Some(metric)) = (&part.target, part.target_span, &part.metric) else { continue };
        let metric = &run.playbook.metrics[metric];
        let told = metric.target.as_ref().is_some_and(|own| same(own, target));
        if metric.unit == Some(Unit::Percent) && !told {
            findings.extend(worded(metric, target, place).map(|f| f.of(&goal.base.name)));
        }
    }
    findings
}

fn same(a: &Amount, b: &Amount) -> bool {
    (a.0.as_f64() - b.0.as_f64()).abs() < f64::EPSILON
}

fn worded(metric: &Record<Metric>, target: &Amount, place: Span) -> Option<Finding> {
    let (title, shown) = (metric.title(), metric.show(&target.0.to_string()));
    let goes_beyond = metric.baseline.iter().map(|b| b.0.as_f64()).chain(metric.series.iter().map(|p| p.value.as_f64())).any(|v| v > 100.0);
    if metric.unit == Some(Unit::Percent) && target.0.as_f64() > 100.0 && !goes_beyond {
        let message = format!("`{title}` has a target of {shown}, but a share cannot be more than 100 %");
        return Some(Finding::at(place, message).label("above 100 %").help("set a target of 100 % or less"));
    }
    let baseline = metric.baseline.as_ref()?;
    let direction = metric.direction?;
    let (from, to) = (baseline.0.as_f64(), target.0.as_f64());
    let (wrong, way, side) = match direction.value {
        Direction::Up => (to < from, "rise", "below"),
        Direction::Down => (to > from, "fall", "above"),
    };
    if !wrong {
        return None;
    }
    let began = metric.show(&baseline.0.to_string());
    let finding = Finding::at(place, format!("`{title}` should {way}, but its target of {shown} is {side} its baseline of {began}"))
        .label("already reached at the start")
        .also(direction.span, format!("should {way}, as this says"))
        .help(format!("set a target {} {began}, or correct the `direction`", if side == "below" { "above" } else { "below" }));
    Some(match metric.base.fact("baseline") {
        Some(fact) => finding.also(fact.span, "the baseline"),
        None => finding,
    })
}
