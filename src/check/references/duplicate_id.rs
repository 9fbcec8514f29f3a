//! Two records of a kind with one id.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-id",
    level: Level::Error,
    why: "one fact belongs in one place, or the two will differ by spring",
    page: include_str!("duplicate_id.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::DuplicateId { name, first } => {
            let (kind, id) = name.split_once(':').unwrap_or(("record", name));
            Some(
                Finding::at(p.span, format!("a second {kind} has the id `{id}`"))
                    .label("and here again")
                    .also(*first, "it stands here first")
                    .help("give one of them another id, or make one record of the two"),
            )
        }
        _ => None,
    })
}
