//! A name that is no longer used, in a text of today.

use crate::check::text::{OldName, Said, old_names, renaming};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Kind;
use crate::model::value::after;

/// The rule (seed 004, the business lunch: "We rebranded it months ago"). Counted in public handbooks: 16 lines in Mattermost's, 7 in
/// Sourcegraph's.
pub const RULE: Rule = Rule {
    name: "retired-name",
    level: Level::Warning,
    why: "whoever reads the old name says it to the next caller",
    page: include_str!("retired_name.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let old = old_names(run.playbook);
    let inside = run.finds.said().filter(|said| !is_to_customers(said));
    inside.filter_map(|said| old.get(said.which).filter(|o| !o.avoided).and_then(|old| worded(run, said, old))).collect()
}

/// Whether a customer hears or reads it: a message, or what is printed on an asset.
pub fn is_to_customers(said: &Said) -> bool {
    said.record.kind == Kind::Message || (said.record.kind == Kind::Asset && said.key == "says")
}

fn worded(run: &Run<'_>, said: &Said, old: &OldName<'_>) -> Option<Finding> {
    let overdue = old.until.is_some_and(|until| after(until, &run.limits.retired_grace) <= run.today);
    let when = renaming::when(old, run.today);
    let (message, help) = if old.is_gone() {
        (format!("`{}` was {when}", old.name), "take it out, or tell how it was under `> [!HISTORY]`".to_owned())
    } else {
        let message = format!("`{}` was {when}: say `{}`", old.name, old.of.title);
        (message, format!("write `{}`, or tell how it was under `> [!HISTORY]`", old.of.title))
    };
    let finding = Finding::at(renaming::place(said)?, message)
        .label("the old name")
        .also(old.span, if old.is_gone() { "given up here" } else { "renamed here" })
        .help(help)
        .usually(if overdue { Level::Error } else { Level::Warning })
        .of(&said.record);
    Some(renaming::mended(finding, said, old, run.files))
}
