//! A stage that does not say what the buyer is doing in it.

use crate::check::doubt::{faulty_in, told};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::funnel::Stage;

/// The rule (seed 004: "Consider your customer. They don't view your departments separately").
pub const RULE: Rule = Rule {
    name: "no-buyer",
    level: Level::Hint,
    why: "a stage that only says what we do is our way, and not yet the buyer's",
    page: include_str!("no_buyer.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let ours = super::stages(run).filter(|s| !super::is_over(s) && is_empty(s) && !told(&s.base, "outcome"));
    let worded = ours.map(|stage| {
        Finding::at(stage.base.title_span, format!("`{}` does not say what the buyer is doing and asking", stage.title()))
            .label("no `buyer`")
            .help("look at it from their side: `buyer = { doing = \"comparing three of us\", asking = \"…\" }`")
            .of(&stage.base.name)
    });
    worded.collect()
}

fn is_empty(stage: &Record<Stage>) -> bool {
    let faulty = told(&stage.base, "buyer") || stage.base.fact("buyer").is_some_and(|f| faulty_in(&stage.base, f.span));
    !faulty && stage.buyer.as_ref().is_none_or(|b| b.doing.is_none() && b.asking.is_none())
}
