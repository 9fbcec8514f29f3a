//! A probability that cannot be.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Spanned};
use crate::model::Record;
use crate::model::funnel::funnel;
use crate::model::kinds::funnel::{BowSide, Stage};
use crate::model::value::Percent;

/// The rule (seed 003, strategy 2: "An integrated revenue funnel helps each team understand … how their actions impact revenue").
pub const RULE: Rule = Rule {
    name: "impossible-probability",
    level: Level::Error,
    why: "a forecast built on a wrong probability misleads both teams",
    page: include_str!("impossible_probability.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = super::stages(run).filter_map(out_of_bounds).collect();
    let way = funnel(run.playbook).line.into_iter().filter(|s| super::is_on(s, BowSide::Acquire));
    let mut before: Option<(&Record<Stage>, &Spanned<Percent>)> = None;
    for stage in way.filter(|s| run.doubt.counts(&s.base)) {
        let Some(here) = stage.probability.as_ref().filter(|p| is_possible(p)) else { continue };
        if let Some((earlier, there)) = before
            && share(here) < share(there)
            && earlier.order < stage.order
        {
            findings.push(falls(stage, here, earlier, there));
        }
        before = Some((stage, here));
    }
    findings
}

fn share(probability: &Spanned<Percent>) -> f64 {
    probability.value.0.as_f64()
}

fn is_possible(probability: &Spanned<Percent>) -> bool {
    (0.0..=100.0).contains(&share(probability))
}

fn out_of_bounds(stage: &Record<Stage>) -> Option<Finding> {
    let stated = stage.probability.as_ref().filter(|p| !is_possible(p))?;
    let bound = if share(stated) > 100.0 { "above 100 %" } else { "below 0 %" };
    Some(
        Finding::at(stated.span, format!("`{}` has a probability of {}, which is {bound}", stage.title(), stated.value))
            .label("a probability lies between 0 % and 100 %")
            .help("write how many out of 100 who reach this stage become customers")
            .of(&stage.base.name),
    )
}

fn falls(stage: &Record<Stage>, here: &Spanned<Percent>, earlier: &Record<Stage>, there: &Spanned<Percent>) -> Finding {
    let message = format!("`{}` comes after `{}`, but has a lower probability", stage.title(), earlier.title());
    Finding::at(here.span, message)
        .label(format!("{} here, down from {}", here.value, there.value))
        .also(there.span, format!("{} in `{}`", there.value, earlier.title()))
        .help("count how many out of 100 become customers from each of the two stages, and correct the number that is wrong")
        .of(&stage.base.name)
}
