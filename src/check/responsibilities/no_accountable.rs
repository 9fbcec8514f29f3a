//! An activity nobody is accountable for.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::responsibility::Activity;

/// The rule: the golden rule of RACI. 18 of 69 public GitLab rows break it.
pub const RULE: Rule = Rule {
    name: "no-accountable",
    level: Level::Error,
    why: "what everybody looks after, nobody answers for",
    page: include_str!("no_accountable.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.playbook.activities.iter().filter(|a| nobody_answers(a) && !told(&a.base, "accountable")).map(worded).collect()
}

/// A condition that names somebody is enough here; gaps between conditions are another rule's.
fn nobody_answers(activity: &Record<Activity>) -> bool {
    activity.accountable.stated.is_none() && activity.when.iter().all(|w| w.accountable.stated.is_none())
}

fn worded(activity: &Record<Activity>) -> Finding {
    let finding = Finding::at(activity.base.title_span, format!("nobody is accountable for `{}`", activity.title()))
        .help("name the one role that answers for it: `accountable = \"…\"`, or a role under `A`")
        .of(&activity.base.name);
    match activity.responsible.first() {
        Some(role) => finding.label("somebody does the work, and nobody answers for it").also(role.span, "does the work"),
        None => finding.label("no role answers for it"),
    }
}
