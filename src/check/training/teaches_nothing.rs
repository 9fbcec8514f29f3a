//! A module that does not say what it teaches.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 002, "Learn together": "People from both areas benefit from learning new skills and acquiring new knowledge").
pub const RULE: Rule = Rule {
    name: "teaches-nothing",
    level: Level::Warning,
    why: "what does not say what one can do afterwards is taken by nobody and missed by nobody",
    page: include_str!("teaches_nothing.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let modules = run.playbook.modules.iter().filter(|m| run.doubt.counts(&m.base));
    let faulty = |base: &crate::model::Base| ["objectives", "teaches"].into_iter().any(|key| told(base, key) || base.fact(key).is_some());
    let empty = modules.filter(|m| m.objectives.is_empty() && m.teaches.is_empty() && !faulty(&m.base));
    let worded = empty.map(|module| {
        Finding::at(module.base.title_span, format!("`{}` does not say what it teaches", module.title()))
            .label("neither `objectives` nor `teaches`")
            .help("write what one can do afterwards, and which facts it rests on: `objectives = [\"…\"]`, `teaches = [\"term:…\"]`")
            .of(&module.base.name)
    });
    worded.collect()
}
