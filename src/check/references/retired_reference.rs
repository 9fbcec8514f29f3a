//! A reference to something retired or deprecated.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::field::OneOf;
use crate::model::kinds::common::Status;
use crate::model::{Base, Kind, Mark};

/// The rule (seed 004: Sales went on selling what Marketing had retired).
pub const RULE: Rule = Rule {
    name: "retired-reference",
    level: Level::Warning,
    why: "what one team has retired, another goes on selling",
    page: include_str!("retired_reference.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let retired = run.playbook.marked(Mark::Gone).into_iter().filter_map(|to| to.common.status.map(|s| (to, s)));
    retired.flat_map(|(to, status)| references(run, to, status)).collect()
}

/// The references to a record that is gone, by those that are not.
fn references(run: &Run<'_>, to: &Base, status: OneOf<Status>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let users = run.playbook.used_by.get(&to.name).into_iter().flatten().filter(|from| from.kind != Kind::Change);
    let here = users.filter(|from| run.playbook.base(from).and_then(|b| b.common.status).is_none_or(|s| s.value != Status::Retired));
    for link in here.flat_map(|from| run.playbook.uses_between(from, &to.name)) {
        findings.push(
            Finding::at(link.span, format!("`{}` is {}", to.title, status.word))
                .label("still referred to here")
                .also(status.span, format!("{} here", status.word))
                .help("refer to what has taken its place, or take this out")
                .of(&link.from),
        );
    }
    findings
}
