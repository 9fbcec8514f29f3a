//! A value that is not of its type.

use super::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-type",
    level: Level::Error,
    why: "a value that cannot be read as what it is cannot be compared, counted or shown",
    page: include_str!("wrong_type.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::WrongType { key, found, expected, examples } => {
            let shown: Vec<String> = examples.iter().map(|e| format!("`{e}`")).collect();
            Some(
                Finding::at(p.span, format!("`{key}` is {found}, not {expected}"))
                    .label(format!("expected {expected}"))
                    .help(format!("write it like {}", shown.join(" or "))),
            )
        }
        _ => None,
    })
}
