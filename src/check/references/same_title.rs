//! Two records of a kind with one title.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Name};

/// The rule.
pub const RULE: Rule = Rule {
    name: "same-title",
    level: Level::Warning,
    why: "two things with one name are talked about as if they were one",
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
            Finding::at(base.title_span, format!("two {} are called `{}`", base.name.kind.labels(), base.title))
                .label("and here again")
                .also(first.title_span, "called so here")
                .help("give one of them a name that tells them apart, or make them one")
                .of(&base.name)
        })
        .collect()
}
