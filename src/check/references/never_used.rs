//! A role, term, persona, metric or tool that nothing refers to.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Kind, Name};

/// The rule.
pub const RULE: Rule = Rule {
    name: "never-used",
    level: Level::Warning,
    why: "what nothing refers to is either forgotten work or a leftover",
    page: include_str!("never_used.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let bases = run.playbook.bases_of(&[Kind::Role, Kind::Term, Kind::Persona, Kind::Metric, Kind::Tool]).into_iter();
    let bases = bases.filter(|b| !run.playbook.used_by.contains_key(&b.name) && !run.playbook.unread.mentions(&b.name.id));
    bases
        .map(|b| {
            let kind = b.name.kind;
            Finding::at(b.place, format!("nothing refers to the {} `{}`", kind.word(), b.title))
                .label("defined here, used nowhere")
                .help(advice(kind, &b.name))
                .of(&b.name)
        })
        .collect()
}

fn advice(kind: Kind, name: &Name) -> String {
    match kind {
        Kind::Role => "give it something to do in an activity, or take it out".to_owned(),
        Kind::Persona => "write a message for it, or take it out".to_owned(),
        Kind::Metric => "name it in a goal, or take it out".to_owned(),
        Kind::Tool => "name it as a metric's `source`, or take it out".to_owned(),
        _ => format!("use it in a text as `[[{name}]]`, or take it out"),
    }
}
