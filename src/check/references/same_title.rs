//! Two records of a kind with one title.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Name};

/// The rule.
pub const RULE: Rule = Rule {
    name: "same-title",
    level: Level::Warning,
    why: "two things with one name get mixed up",
    page: include_str!("same_title.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.playbook.namesakes.iter().flat_map(|names| again(run, names)).collect()
}

/// Each record after the first of those with one title, where the title is written and not made from a file's name.
fn again(run: &Run<'_>, names: &[Name]) -> Vec<Finding> {
    let written = |base: &&Base| run.files.slice(base.title_span).contains(&base.title);
    let mut bases = names.iter().filter_map(|name| run.playbook.base(name)).filter(written);
    let Some(first) = bases.next() else { return Vec::new() };
    bases
        .map(|base| {
            Finding::at(base.title_span, format!("another {} is already called `{}`", base.name.kind.label(), base.title))
                .label("the same name again")
                .also(first.title_span, "first used here")
                .help("add a word to one of the two names that tells readers which is which")
                .of(&base.name)
        })
        .collect()
}
