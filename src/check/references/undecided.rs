//! `"TODO"` where a value belongs.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule. Fleet's public stage sheet has "TODO" in six of seven time limits.
pub const RULE: Rule = Rule {
    name: "undecided",
    level: Level::Warning,
    why: "what is not decided is decided by whoever picks up the phone",
    page: include_str!("undecided.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::Undecided { key } => Some(
            Finding::at(p.span, format!("`{key}` is not decided yet"))
                .label("still to do")
                .help("decide it with the people it concerns, and write the answer here"),
        ),
        _ => None,
    })
}
