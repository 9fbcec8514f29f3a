//! An activity nobody does.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::responsibility::Activity;
use crate::model::raci::{Part, rows};

/// The rule: "a wish, not a plan". 8 of 69 public GitLab rows break it.
pub const RULE: Rule = Rule {
    name: "no-responsible",
    level: Level::Error,
    why: "work that nobody does is a wish, not a plan",
    page: include_str!("no_responsible.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let idle = run.playbook.activities.iter().filter(|a| nobody_works(a) && !names_somebody(a));
    idle.map(|activity| {
        let finding = Finding::at(activity.base.title_span, format!("nobody is responsible for `{}`", activity.title()))
            .help("name the roles that do the work: `responsible = [\"…\"]`, or roles under `R`")
            .of(&activity.base.name);
        match activity.accountable.role() {
            Some(role) => finding.label("somebody answers for it, and nobody does it").also(role.span, "answers for it"),
            None => finding.label("no role does the work"),
        }
    })
    .collect()
}

fn nobody_works(activity: &Record<Activity>) -> bool {
    rows(activity).iter().all(|row| row.of(Part::Responsible).is_empty())
}

/// A role that could not be resolved, or is undecided, is told once, by the rule that says so.
fn names_somebody(activity: &Record<Activity>) -> bool {
    activity.base.fact("responsible").is_some() || told(&activity.base, "responsible")
}
