//! An activity that serves no goal.

use crate::check::doubt::{in_force, is_unfinished};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule. It speaks only where other activities name the goals they serve.
pub const RULE: Rule = Rule {
    name: "serves-no-goal",
    level: Level::Hint,
    why: "work that serves no goal is habit, or serves one that nobody has written down",
    page: include_str!("serves_no_goal.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    if run.playbook.activities.iter().all(|a| a.goals.is_empty()) {
        return Vec::new();
    }
    let idle = run.playbook.activities.iter().filter(|a| in_force(&a.base) && !is_unfinished(&a.base) && doubt.lacks(&a.base, "goals"));
    idle.map(|activity| {
        let in_matrix = run.files.path(activity.base.place.file).ends_with(".md");
        let key = if in_matrix { "name it in the column `Goals`" } else { "name it: `goals = [\"…\"]`" };
        Finding::at(activity.base.title_span, format!("`{}` serves no goal", activity.title()))
            .label("nobody can say what it is for in numbers")
            .help(format!("{key}, or ask whether it has to be done"))
            .of(&activity.base.name)
    })
    .collect()
}
