//! A path with more in it than it has time for.

use crate::check::place::field;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::training::Path;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "overfull-path",
    level: Level::Hint,
    why: "what does not fit is skipped, and nobody says what",
    page: include_str!("overfull_path.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.playbook.paths.iter().filter(|p| run.doubt.counts(&p.base)).filter_map(|p| overfull(run, p)).collect()
}

fn overfull(run: &Run<'_>, path: &Record<Path>) -> Option<Finding> {
    let hours = path.hours?;
    let taken: BTreeSet<usize> = path.modules.iter().filter_map(|s| s.module.as_ref()).map(|m| m.at).collect();
    let minutes = taken.iter().filter_map(|at| run.playbook.modules.nth(*at)).filter_map(|m| m.minutes).map(u64::from).sum::<u64>();
    if minutes <= u64::from(hours) * 60 {
        return None;
    }
    let finding = Finding::at(field(&path.base, "hours"), format!("`{}` has more in it than it has time for", path.title()))
        .label(format!("its modules take {minutes} minutes, and this is {}", u64::from(hours) * 60))
        .help("give it more hours, or move a module to a later path")
        .of(&path.base.name);
    Some(finding)
}
