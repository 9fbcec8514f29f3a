//! A way back on which one may be written to for ever.

use crate::check::doubt::{faulty_in, told};
use crate::check::place::field;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::funnel::{Effort, Recycle};

/// The rule (seed 000: "balancing very well the required effort").
pub const RULE: Rule = Rule {
    name: "endless-nurture",
    level: Level::Warning,
    why: "a kindness without an end becomes a nuisance, and costs more than it brings",
    page: include_str!("endless_nurture.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let endless = super::recycles(run).filter(|r| !is_limited(r));
    let worded = endless.map(|way| {
        Finding::at(field(&way.base, "at_most"), format!("`{}` sets no limit to the effort", way.title()))
            .label("no limit here: not of rounds, letters, time or money")
            .help("say when it is enough: `at_most = { touches = 6, time = \"12 months\" }`")
            .of(&way.base.name)
    });
    worded.collect()
}

/// One limit is enough; one that could not be read is told by its own rule.
fn is_limited(way: &Record<Recycle>) -> bool {
    let limit = |e: &Effort| e.loops.is_some() || e.touches.is_some() || e.time.is_some() || e.spend.is_some();
    let faulty = way.base.fact("at_most").is_some_and(|f| faulty_in(&way.base, f.span)) || told(&way.base, "at_most");
    way.at_most.as_ref().is_some_and(limit) || faulty
}
