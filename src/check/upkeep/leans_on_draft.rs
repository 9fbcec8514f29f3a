//! A record in force that refers to a draft.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::field::OneOf;
use crate::model::kinds::common::Status;
use crate::model::{Base, Kind};

/// The rule (seed 004: one team worked by what the other had not been told).
pub const RULE: Rule = Rule {
    name: "leans-on-draft",
    level: Level::Warning,
    why: "readers take what is linked for agreed, and a draft is not",
    page: include_str!("leans_on_draft.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let drafts = run.bases.iter().copied().filter_map(|to| to.common.status.map(|s| (to, s)));
    drafts.filter(|(_, status)| status.value == Status::Draft).flat_map(|(to, status)| references(run, to, status)).collect()
}

/// The first reference to a draft of each record that is in force; announcements and replacements speak of what is to come.
fn references(run: &Run<'_>, to: &Base, status: OneOf<Status>) -> Vec<Finding> {
    let users = run.playbook.used_by.get(&to.name).into_iter().flatten();
    let settled = users.filter(|from| !matches!(from.kind, Kind::Change | Kind::Expect));
    let here = settled.filter(|from| run.playbook.base(from).and_then(|b| b.common.status).is_none_or(|s| s.value == Status::Active));
    let first = here.filter_map(|from| run.playbook.uses_between(from, &to.name).find(|u| u.key != "replaced_by"));
    first
        .map(|link| {
            let from = run.playbook.base(&link.from).map_or("this", |b| b.title.as_str());
            Finding::at(link.span, format!("`{from}` is in force and refers to `{}`, which is still a draft", to.title))
                .label("readers will take it for agreed")
                .also(status.span, "a draft, as this says")
                .help(format!("agree on `{}` and take its `status` out, or refer to it later", to.title))
                .of(&link.from)
        })
        .collect()
}
