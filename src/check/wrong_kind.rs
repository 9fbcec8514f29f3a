//! A reference to something of another kind.

use super::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-kind",
    level: Level::Error,
    why: "a goal cannot answer for work, and a person can leave while the role stays",
    page: include_str!("wrong_kind.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::WrongKind { text, found, wanted } => {
            let kind = found.split(':').next().unwrap_or("record");
            Some(
                Finding::at(p.span, format!("`{text}` is a {kind}, and a {wanted} belongs here"))
                    .label(format!("this names {found}"))
                    .help(format!("write the id of a {wanted}")),
            )
        }
        _ => None,
    })
}
