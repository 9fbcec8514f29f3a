//! An activity or a goal that does not say why.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Kind};

/// The rule (seed 004: "Do you know how and why tasks are assigned to each team?").
pub const RULE: Rule = Rule {
    name: "missing-why",
    level: Level::Warning,
    why: "a task whose reason nobody knows is the first to be left undone",
    page: include_str!("missing_why.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let bases = run.playbook.bases_of(&[Kind::Activity, Kind::Goal]).into_iter();
    bases.filter(|b| in_force(b) && doubt.lacks(b, "why")).map(|b| worded(run, b)).collect()
}

fn worded(run: &Run<'_>, base: &Base) -> Finding {
    let in_matrix = base.name.kind == Kind::Activity && run.files.path(base.place.file).ends_with(".md");
    let help = if in_matrix { "say it in one sentence in the column `Why`" } else { "say it in one sentence: `why = \"…\"`" };
    let (message, label) = match base.name.kind {
        Kind::Goal => (format!("nothing says why `{}` was set", base.title), "a number without a reason is somebody else's"),
        _ => (format!("nothing says why we do `{}`", base.title), "whoever does it can only guess what matters"),
    };
    Finding::at(base.title_span, message).label(label).help(help).of(&base.name)
}
