//! A feedback loop that asks nothing, is not answered in time, or never closes.

use super::listed;
use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::rhythm::Loop;

/// The rule (seed 002, "Close the loop"; seed 003, strategy 6: "a closed-loop reporting process").
pub const RULE: Rule = Rule {
    name: "unanswered-loop",
    level: Level::Error,
    why: "whoever tells and never hears what came of it stops telling",
    page: include_str!("unanswered_loop.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let loops = run.playbook.loops.iter().filter(|l| in_force(&l.base));
    loops.filter_map(|l| worded(l, &missing(l, doubt))).collect()
}

/// What it does not say: each field, what is unsaid, and a line that says it.
type Gap = (&'static str, &'static str, &'static str);

fn missing(told: &Record<Loop>, doubt: &Doubt) -> Vec<Gap> {
    let fields: [(bool, Gap); 3] = [
        (told.asks.is_empty(), ("asks", "what is asked", "`asks = [\"What decided it?\"]`")),
        (told.answer_within.is_none(), ("answer_within", "how soon it is answered", "`answer_within = \"5 business days\"`")),
        (told.closes_with.is_none(), ("closes_with", "what shows that it was heard", "`closes_with = \"…\"`")),
    ];
    fields.into_iter().filter(|(absent, gap)| *absent && !doubt.field(&told.base, gap.0)).map(|(_, gap)| gap).collect()
}

fn worded(told: &Record<Loop>, missing: &[Gap]) -> Option<Finding> {
    let (first, _) = missing.split_first()?;
    let unsaid: Vec<&str> = missing.iter().map(|m| m.1).collect();
    let lines: Vec<&str> = missing.iter().map(|m| m.2).collect();
    let label = match first.0 {
        "asks" => "who is not asked tells nothing",
        "answer_within" => "what is told here can wait for ever",
        _ => "whoever tells will not see what came of it",
    };
    let finding = Finding::at(told.base.title_span, format!("the feedback loop `{}` does not say {}", told.title(), listed(&unsaid, "or")));
    Some(finding.label(label).help(format!("agree on it with both sides, and add {}", listed(&lines, "and"))).of(&told.base.name))
}
