//! A module after which nobody knows whether it was understood.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Base;
use crate::source::Trouble;

/// The rule (seed 002, "Learn together": "ensuring each area understands the mechanics, goals and objectives").
pub const RULE: Rule = Rule {
    name: "nothing-checked",
    level: Level::Warning,
    why: "what was read is not yet understood, and nobody can tell the two apart without asking",
    page: include_str!("nothing_checked.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    if run.doubt.somewhere() {
        return Vec::new();
    }
    // A block that could not be read has been told.
    let asks = |lesson: &&Base| lesson.body.as_ref().is_some_and(|b| b.outline.blocks.iter().any(|block| block.language == "quiz"));
    let unchecked = super::modules(run)
        .into_iter()
        .filter(|(_, lessons)| !lessons.iter().any(asks) && !lessons.iter().any(|l| super::has_exercise(run, l)));
    // A module that has just been begun has its decisions told, and no lesson yet.
    let begun = |base: &Base| base.problems.iter().any(|p| matches!(p.trouble, Trouble::Undecided { .. }));
    let unchecked = unchecked.filter(|(module, lessons)| !(lessons.is_empty() && begun(&module.base)));
    let worded = unchecked.map(|(module, lessons)| {
        let label = if lessons.is_empty() { "it has no lesson yet" } else { "no question and nothing to try in its lessons" };
        Finding::at(module.base.title_span, format!("nothing shows whether `{}` was understood", module.title()))
            .label(label)
            .help("end a lesson with a ```quiz block, or with something to do: `> [!EXERCISE]`")
            .of(&module.base.name)
    });
    worded.collect()
}
