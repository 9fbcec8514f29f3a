//! A required key that is absent.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;
use crate::source::problem::Inline;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-field",
    level: Level::Error,
    why: "without it there is no page to make, and everybody fills the gap differently",
    page: include_str!("missing_field.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::MissingField { key, of, doc, example, inline } => {
            let finding = Finding::at(p.span, format!("this {of} has no `{key}`"))
                .label(format!("`{key}` says {doc}"))
                .help(format!("add `{key} = {example}`"));
            Some(if *inline == Inline::Yes { finding.usually(Level::Warning) } else { finding })
        }
        _ => None,
    })
}
