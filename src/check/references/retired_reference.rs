//! A reference to something retired or deprecated.

use crate::check::doubt::is_retired;
use crate::check::{Rule, Run, references_to};
use crate::diagnostic::{Finding, Level};
use crate::model::field::OneOf;
use crate::model::kinds::common::Status;
use crate::model::link::Use;
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
    let retired = run.playbook.marked(Mark::Gone);
    let uses = references_to(run, &retired).into_iter().filter(|(from, ..)| from.name.kind != Kind::Change && !is_retired(from));
    uses.filter_map(|(_, link, to)| to.common.status.map(|status| worded(link, to, status))).collect()
}

fn worded(link: &Use, to: &Base, status: OneOf<Status>) -> Finding {
    Finding::at(link.span, format!("`{}` is {}", to.title, status.word))
        .label("still referred to here")
        .also(status.span, format!("{} here", status.word))
        .help("refer to what has taken its place, or take this out")
        .of(&link.from)
}
