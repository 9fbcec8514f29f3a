//! A record in force that refers to a draft.

use crate::check::{Rule, Run, references_to};
use crate::diagnostic::{Finding, Level};
use crate::model::field::OneOf;
use crate::model::kinds::common::Status;
use crate::model::link::Use;
use crate::model::{Base, Kind, Mark, Name};
use std::collections::BTreeSet;

/// The rule (seed 004: one team worked by what the other had not been told).
pub const RULE: Rule = Rule {
    name: "leans-on-draft",
    level: Level::Warning,
    why: "readers take what is linked for agreed, and a draft is not",
    page: include_str!("leans_on_draft.md"),
    find,
};

/// The first reference to a draft of each record that is in force; announcements and replacements speak of what is to come.
fn find(run: &Run<'_>) -> Vec<Finding> {
    let drafts = run.playbook.marked(Mark::Draft);
    let settled = |from: &Base| from.common.status.is_none_or(|s| s.value == Status::Active);
    let mut told: BTreeSet<(&Name, &Name)> = BTreeSet::new();
    let uses = references_to(run, &drafts).into_iter();
    let here =
        uses.filter(|(from, link, _)| settled(from) && !matches!(from.name.kind, Kind::Change | Kind::Expect) && link.key != "replaced_by");
    let first = here.filter(|(from, _, to)| told.insert((&from.name, &to.name)));
    first.filter_map(|(from, link, to)| to.common.status.map(|status| worded(from, link, to, status))).collect()
}

fn worded(from: &Base, link: &Use, to: &Base, status: OneOf<Status>) -> Finding {
    Finding::at(link.span, format!("`{}` is in force and refers to `{}`, which is still a draft", from.title, to.title))
        .label("readers will take it for agreed")
        .also(status.span, "a draft, as this says")
        .help(format!("agree on `{}` and take its `status` out, or refer to it later", to.title))
        .of(&link.from)
}
