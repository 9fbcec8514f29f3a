//! Whether each activity has one role that answers for it, and somebody who does it.

mod accountability_gap;
mod accountable_below_responsible;
mod in_every_row;
mod many_accountable;
mod many_responsible;
mod missing_why;
mod no_accountable;
mod no_responsible;
mod no_verb;
mod nobody_told;
mod one_sided_area;
mod only_informed;
mod overloaded_role;
pub(super) mod person_in_matrix;
mod repeated_role;
mod same_doer_and_approver;
mod serves_no_goal;
mod too_many_consulted;
mod too_many_informed;
mod vacant_accountable;

use super::{Run, Section};
use crate::model::Record;
use crate::model::kinds::responsibility::{Activity, When};
use crate::model::kinds::role::Role;
use crate::model::types::Ref;
use std::collections::BTreeSet;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Responsibilities",
    rules: &[
        &no_accountable::RULE,
        &many_accountable::RULE,
        &no_responsible::RULE,
        &accountability_gap::RULE,
        &person_in_matrix::RULE,
        &one_sided_area::RULE,
        &many_responsible::RULE,
        &too_many_consulted::RULE,
        &nobody_told::RULE,
        &repeated_role::RULE,
        &accountable_below_responsible::RULE,
        &overloaded_role::RULE,
        &vacant_accountable::RULE,
        &same_doer_and_approver::RULE,
        &missing_why::RULE,
        &too_many_informed::RULE,
        &only_informed::RULE,
        &in_every_row::RULE,
        &no_verb::RULE,
        &serves_no_goal::RULE,
    ],
};

/// What one row of an activity states itself, its letters loudest first.
struct Stated<'a> {
    when: Option<&'a When>,
    parts: [&'a [Ref<Role>]; 4],
}

/// An activity's own row and its conditional ones, without what these take over from it.
fn stated(activity: &Record<Activity>) -> impl Iterator<Item = Stated<'_>> {
    let activity: &Activity = activity;
    let own = [activity.accountable.roles.as_slice(), &activity.responsible, &activity.consulted, &activity.informed];
    let conditional = activity.when.iter().map(|when| Stated {
        when: Some(when),
        parts: [when.accountable.roles.as_slice(), &when.responsible, &when.consulted, &when.informed],
    });
    std::iter::once(Stated { when: None, parts: own }).chain(conditional)
}

/// An activity as a message calls it, with the segment that a row of it is for.
fn called(run: &Run<'_>, activity: &Record<Activity>, when: Option<&When>) -> String {
    let segment = when.map(|w| w.segment.as_ref().map_or("one segment", |s| run.playbook.segments[s].title()));
    match segment {
        Some(segment) => format!("`{}` for `{segment}`", activity.title()),
        None => format!("`{}`", activity.title()),
    }
}

/// Roles, each once, in their order.
fn distinct<'a>(roles: impl IntoIterator<Item = &'a Ref<Role>>) -> Vec<&'a Ref<Role>> {
    let mut seen = BTreeSet::new();
    roles.into_iter().filter(|r| seen.insert(r.at)).collect()
}

/// The titles of roles, as a message lists them.
fn titles(run: &Run<'_>, roles: &[&Ref<Role>]) -> String {
    crate::diagnostic::suggest::list(roles.iter().map(|r| run.playbook.roles[*r].title()), 6)
}
