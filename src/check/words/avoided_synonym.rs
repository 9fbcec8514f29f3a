//! A word that a term says to avoid.

use crate::check::text::{OldName, Said, old_names, renaming};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (GitLab's handbook keeps a list of misused terms for its writers).
pub const RULE: Rule = Rule {
    name: "avoided-synonym",
    level: Level::Warning,
    why: "two words for one thing are taken for two things",
    page: include_str!("avoided_synonym.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let old = old_names(run.playbook);
    let said = run.finds.said().filter_map(|said| old.get(said.which).map(|old| (said, old)));
    // A term may say itself which words it is not.
    said.filter(|(said, old)| old.avoided && said.record != old.of.name).filter_map(|(said, old)| worded(run, said, old)).collect()
}

fn worded(run: &Run<'_>, said: &Said, old: &OldName<'_>) -> Option<Finding> {
    let finding = Finding::at(renaming::place(said)?, format!("we do not say `{}`: say `{}`", old.name, old.of.title))
        .label("a word to avoid")
        .also(old.span, "avoided here")
        .help(format!("write `{}`", old.of.title))
        .of(&said.record);
    Some(renaming::mended(finding, said, old, run.files))
}
