//! A hand-over that can be declined without saying why.

use crate::check::doubt::told;
use crate::check::phrase::plain;
use crate::check::place::field;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::funnel::Handoff;

/// The rule (seed 003, strategy 6: "Make sure marketing has a way to follow-up with sales to see how well leads are performing").
pub const RULE: Rule = Rule {
    name: "declined-without-reason",
    level: Level::Warning,
    why: "a no without a reason comes back next month",
    page: include_str!("declined_without_reason.md"),
    find,
};

/// What says that there was a reason, and not which.
const OTHER: [&str; 6] = ["other", "others", "other reason", "other reasons", "something else", "miscellaneous"];

fn find(run: &Run<'_>) -> Vec<Finding> {
    super::handoffs(run).filter_map(worded).collect()
}

fn worded(handoff: &Record<Handoff>) -> Option<Finding> {
    let says_nothing = handoff.decline_reasons.iter().all(|r| OTHER.contains(&plain(&r.text).as_str()));
    if !says_nothing || told(&handoff.base, "decline_reasons") {
        return None;
    }
    let help = "agree on the three or four reasons that come up: `decline_reasons = [\"…\", \"…\"]`";
    let message = format!("`{}` can be declined without saying why", handoff.title());
    let label = match handoff.decline_reasons.first() {
        None => "no `decline_reasons`, so whoever gave it learns nothing from a no",
        Some(_) => "this is all one can say, and nobody learns anything from it",
    };
    Some(Finding::at(field(&handoff.base, "decline_reasons"), message).label(label).help(help).of(&handoff.base.name))
}
