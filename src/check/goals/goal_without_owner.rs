//! A goal that no role owns.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule.
pub const RULE: Rule = Rule {
    name: "goal-without-owner",
    level: Level::Error,
    why: "a goal nobody owns is a wish of everybody's",
    page: include_str!("goal_without_owner.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let loose = run.playbook.goals.iter().filter(|g| in_force(&g.base) && doubt.lacks(&g.base, "owners"));
    loose
        .map(|goal| {
            Finding::at(goal.base.title_span, format!("nobody owns `{}`: when it is missed, nobody is asked", goal.title()))
                .label("no `owners`")
                .help("name the roles that carry it, of each team that shares it: `owners = [\"…\", \"…\"]`")
                .of(&goal.base.name)
        })
        .collect()
}
