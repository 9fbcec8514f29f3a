//! A stage, a meeting or a number that nobody looks after.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Kind};

/// The rule (seed 004: "Does everyone know whom to turn to?"). What else there is inherits its keeper.
pub const RULE: Rule = Rule {
    name: "no-owner",
    level: Level::Error,
    why: "what nobody looks after waits, and is asked of everybody",
    page: include_str!("no_owner.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let bases = run.playbook.bases_of(&[Kind::Stage, Kind::Metric, Kind::Ritual]).into_iter();
    let without = bases.filter(|b| b.common.owner.is_none() && in_force(b) && !doubt.reference(b, "owner"));
    without.map(worded).collect()
}

fn worded(base: &Base) -> Finding {
    let (message, label) = match base.name.kind {
        Kind::Stage => (format!("nobody looks after the stage `{}`", base.title), "whoever waits here waits for nobody in particular"),
        Kind::Ritual => (format!("nobody calls the meeting `{}`", base.title), "in a busy week it will not take place"),
        _ => (format!("nobody looks after the number `{}`", base.title), "when it looks wrong, there is nobody to ask"),
    };
    Finding::at(base.title_span, message).label(label).help("name the role that looks after it: `owner = \"…\"`").of(&base.name)
}
