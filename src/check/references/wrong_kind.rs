//! A reference to something of another kind.

use crate::check::responsibilities::person_in_matrix;
use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level, suggest};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-kind",
    level: Level::Error,
    why: "what is named in the wrong place is missing from every list it should be on",
    page: include_str!("wrong_kind.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::WrongKind { text, found, wanted, .. } if !person_in_matrix::is_told(p) => {
            let kind = found.split(':').next().unwrap_or("record");
            Some(
                Finding::at(p.span, format!("`{text}` is {}, and {} belongs here", suggest::a(kind), suggest::a(wanted)))
                    .label(format!("this names {found}"))
                    .help(format!("write the id of {}", suggest::a(wanted))),
            )
        }
        _ => None,
    })
}
