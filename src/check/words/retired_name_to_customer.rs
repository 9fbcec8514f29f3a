//! A name that is no longer used, in what customers hear or read.

use super::retired_name::is_to_customers;
use crate::check::text::{OldName, Said, old_names, renaming};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 004: the flyer said one name, the colleague on the phone another).
pub const RULE: Rule = Rule {
    name: "retired-name-to-customer",
    level: Level::Error,
    why: "a customer who hears two names for one thing trusts neither",
    page: include_str!("retired_name_to_customer.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let old = old_names(run.playbook);
    let outside = run.finds.said().filter(|said| is_to_customers(said));
    outside.filter_map(|said| old.get(said.which).filter(|o| !o.avoided).and_then(|old| worded(run, said, old))).collect()
}

fn worded(run: &Run<'_>, said: &Said, old: &OldName<'_>) -> Option<Finding> {
    let when = renaming::when(old, run.today);
    let (advice, help) = if old.is_gone() {
        (String::new(), "take it out of what is said to customers".to_owned())
    } else {
        (format!(": say `{}`", old.of.title), format!("write `{}`", old.of.title))
    };
    let finding = Finding::at(renaming::place(said)?, format!("customers still hear `{}`, {when}{advice}", old.name))
        .label("the old name, to a customer")
        .also(old.span, if old.is_gone() { "given up here" } else { "renamed here" })
        .help(help)
        .of(&said.record);
    Some(renaming::mended(finding, said, old, run.files))
}
