//! A target that does not follow from the targets of its parts.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::formula::worked_out;
use crate::model::kinds::goal::Metric;
use crate::model::types::Unit;
use crate::model::value::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    name: "children-do-not-add-up",
    level: Level::Warning,
    why: "when each team reaches its part and the whole is missed, somebody is blamed for arithmetic",
    page: include_str!("children_do_not_add_up.md"),
    find,
};

/// How far a target may lie from what the formula gives.
const SLACK: f64 = 0.05;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let derived = run.playbook.metrics.iter().filter(|m| in_force(&m.base) && !doubt.fields(&m.base, &["target", "formula"]));
    derived.filter_map(|metric| worded(run, metric)).collect()
}

fn worded(run: &Run<'_>, metric: &Record<Metric>) -> Option<Finding> {
    let (target, formula) = (metric.target.as_ref()?, metric.formula.as_ref()?);
    let part = |id: &str| run.playbook.metrics.get(id).and_then(|m| m.target.as_ref().map(|t| (m, t.0.as_f64())));
    let plain = worked_out(&formula.value, |id| part(id).map(|(_, t)| t))?;
    // Shares may be meant as 65 or as 0.65.
    let shares = |(m, t): (&Record<Metric>, f64)| if m.unit == Some(Unit::Percent) { t / 100.0 } else { t };
    let fraction = worked_out(&formula.value, |id| part(id).map(shares)).unwrap_or(plain);
    let goal = target.0.as_f64();
    let fits = |value: f64| (goal - value).abs() <= SLACK * value.abs() + f64::EPSILON;
    let is_share = metric.unit == Some(Unit::Percent);
    let readings = [plain, fraction].into_iter().chain([plain * 100.0, fraction * 100.0].into_iter().filter(|_| is_share));
    let readings: Vec<f64> = readings.collect();
    if readings.iter().any(|v| fits(*v)) {
        return None;
    }
    let nearest = readings.into_iter().min_by(|a, b| (a - goal).abs().total_cmp(&(b - goal).abs()))?;
    let place = metric.base.fact("target")?.span;
    let (shown, gives) = (metric.show(&target.0.to_string()), metric.show(&short(nearest)));
    Some(
        Finding::at(place, format!("the target of `{}` is {shown}, and the targets of its parts give {gives}", metric.title()))
            .label("does not follow from its parts")
            .also(formula.span, "worked out like this")
            .help(format!("set this target to about {gives}, or change those of its parts"))
            .of(&metric.base.name),
    )
}

/// A number with one decimal at most.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    Decimal::parse(text).map_or_else(|| text.to_owned(), |d| d.to_string())
}
