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
    why: "whoever has come further is nearer to a signature, and a forecast that says otherwise misleads both teams",
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
    let (side, bound) = if share(stated) > 100.0 { ("more than all", "above 100 %") } else { ("fewer than none", "below 0 %") };
    Some(
        Finding::at(stated.span, format!("`{}` wins {side} of those who reach it: {}", stage.title(), stated.value))
            .label(bound)
            .help("write how many of a hundred that reach this stage are won: between 0 and 100")
            .of(&stage.base.name),
    )
}

fn falls(stage: &Record<Stage>, here: &Spanned<Percent>, earlier: &Record<Stage>, there: &Spanned<Percent>) -> Finding {
    let message = format!("`{}` comes after `{}`, and is said to be further from a signature", stage.title(), earlier.title());
    Finding::at(here.span, message)
        .label(format!("{} here, after {}", here.value, there.value))
        .also(there.span, format!("{} in `{}`", there.value, earlier.title()))
        .help("count how many of a hundred are won from each of the two, and mend the one that is wrong")
        .of(&stage.base.name)
}
