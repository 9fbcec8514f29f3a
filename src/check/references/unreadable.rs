//! A file that is there and cannot be read: skipped and named.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unreadable",
    level: Level::Error,
    why: "a page that is silently left out looks like a page nobody wrote",
    page: include_str!("unreadable.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::Unreadable(reason) => {
            let (what, help) = reason.rsplit_once(": ").unwrap_or((reason, "look at its permissions"));
            let path = run.files.path(p.span.file);
            Some(Finding::at(p.span, format!("`{path}` is left out: {what}")).help(help))
        }
        _ => None,
    })
}
