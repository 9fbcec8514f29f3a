//! A reference by an id that was given up.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "former-id",
    level: Level::Warning,
    why: "old ids keep working so that nothing breaks, and are mended so that nobody learns them",
    page: include_str!("former_id.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::FormerId { text, today, there } => {
            let finding = Finding::at(p.span, format!("`{text}` is now `{today}`"))
                .label("its former id")
                .also(*there, "renamed here")
                .help(format!("write `{today}`"));
            let exact = run.files.slice(p.span) == text;
            Some(if exact { finding.fix(format!("write `{today}`"), p.span, today.clone()) } else { finding })
        }
        _ => None,
    })
}
