//! An accountable role that nobody holds.

use super::stated;
use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run, keeps_holders};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::role::{Person, Role};
use crate::model::types::Ref;
use crate::model::{Kind, Record};
use std::collections::BTreeMap;

/// The rule. People can be left out of a playbook: then it is silent.
pub const RULE: Rule = Rule {
    name: "vacant-accountable",
    level: Level::Warning,
    why: "a role without a holder answers to nobody who asks",
    page: include_str!("vacant_accountable.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let playbook = run.playbook;
    if !keeps_holders(playbook) {
        return Vec::new();
    }
    let doubt = &run.doubt;
    let mut answers: BTreeMap<usize, (&Ref<Role>, &str)> = BTreeMap::new();
    for activity in playbook.activities.iter().filter(|a| in_force(&a.base)) {
        for role in stated(activity).filter_map(|row| row.parts.first().copied()).flatten() {
            answers.entry(role.at).or_insert((role, activity.title()));
        }
    }
    let vacant = answers.values().filter(|(role, _)| is_vacant(run, &playbook.roles[*role], doubt));
    vacant.map(|(role, activity)| worded(run, role, activity)).collect()
}

fn is_vacant(run: &Run<'_>, role: &Record<Role>, doubt: &Doubt) -> bool {
    let known = !doubt.field(&role.base, "holders") && !doubt.kind(&role.base, Kind::Person);
    in_force(&role.base) && known && role.holders.iter().all(|h| has_left(run, h))
}

fn has_left(run: &Run<'_>, holder: &Ref<Person>) -> bool {
    run.playbook.people[holder].until.is_some_and(|until| until < run.today)
}

fn worded(run: &Run<'_>, role: &Ref<Role>, activity: &str) -> Finding {
    let record = &run.playbook.roles[role];
    let finding = match record.holders.first() {
        Some(left) => {
            let name = run.playbook.people[left].title();
            let message = format!("`{name}` has left, and nobody else holds `{}`, which answers for `{activity}`", record.title());
            Finding::at(left.span, message).label("held it until the last day")
        }
        None => {
            let message = format!("nobody holds `{}`, which answers for `{activity}`", record.title());
            Finding::at(record.base.title_span, message).label("no `holders`")
        }
    };
    finding
        .also(role.span, "accountable here")
        .help("name who holds it now: `holders = [\"…\"]`, or let another role answer for the work")
        .of(&record.base.name)
}
