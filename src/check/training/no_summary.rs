//! A lesson without its end.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Base;

/// The rule (seed 004 ends its lesson with one).
pub const RULE: Rule = Rule {
    name: "no-summary",
    level: Level::Hint,
    why: "what is not said once more at the end is not what one remembers",
    page: include_str!("no_summary.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let open = run
        .playbook
        .lessons
        .iter()
        .filter(|l| run.doubt.counts(&l.base) && has_words(&l.base) && !super::has_alert(run, &l.base, "[!SUMMARY]"));
    let worded = open.map(|lesson| {
        Finding::at(lesson.base.title_span, format!("`{}` ends without a summary", lesson.title()))
            .label("no `> [!SUMMARY]`")
            .help("end it with the two sentences one should remember: `> [!SUMMARY]`")
            .of(&lesson.base.name)
    });
    worded.collect()
}

fn has_words(base: &Base) -> bool {
    base.body.as_ref().is_some_and(|b| b.outline.words > 0)
}
