//! Since when and why: what announcements say of a change; without one, the subject of the commit.

use super::World;
use crate::history::{Change, Weight, What};
use crate::model::kinds::page::{self, ChangeKind};
use crate::model::{Kind, Name, Record};
use std::collections::BTreeSet;

/// Says of each change since when it holds and why; gives the announcements that said so.
pub fn explain(world: &World<'_>, changes: &mut [Change]) -> BTreeSet<Name> {
    let new: Vec<&Record<page::Change>> = world.after.playbook.changes.iter().filter(|c| is_of_this_step(world, c)).collect();
    let mut used = BTreeSet::new();
    for change in changes.iter_mut() {
        let fitting = || new.iter().filter(|a| fits(world, a, change) > 0);
        let announced = fitting().map(|a| a.base.name.clone()).collect();
        let fitting = fitting().max_by_key(|a| fits(world, a, change));
        change.announced = announced;
        if let Some(announcement) = fitting {
            used.insert(announcement.base.name.clone());
            change.effective = announcement.effective.or(change.effective);
            change.why = announcement.why.as_ref().map(|w| world.read(&w.text));
        } else if let Some(subject) = world.lookups.subject.and_then(|subject| subject(&change.record)) {
            change.why = Some(subject);
        }
    }
    used
}

/// Whether an announcement came with the newer version, or holds since a day between the two.
fn is_of_this_step(world: &World<'_>, announcement: &Record<page::Change>) -> bool {
    let name = &announcement.base.name;
    let between = world.lookups.dates.zip(announcement.effective).is_some_and(|((from, to), day)| from < day && day <= to);
    between || world.before.playbook.base(world.kin.older(name)).is_none()
}

/// How well an announcement fits a change; 0 where it does not.
fn fits(world: &World<'_>, announcement: &Record<page::Change>, change: &Change) -> u8 {
    let is_about = announcement.about.iter().any(|a| a.name == change.record || is_number_of(world, &change.record, &a.name));
    let Some(kind) = announcement.kind.filter(|_| is_about) else { return 0 };
    let field = change.field.as_deref().unwrap_or("");
    match kind.value {
        ChangeKind::Rename if change.what == What::Renamed || matches!(field, "formerly" | "retired" | "caller_says") => 3,
        ChangeKind::Price if field == "price" || (change.what == What::Renamed && change.record.kind == Kind::Offering) => 2,
        ChangeKind::Rename if field == "price" => 1,
        ChangeKind::Owner if matches!(field, "accountable" | "when" | "owner" | "owners" | "lead") => 3,
        ChangeKind::Rename | ChangeKind::Price | ChangeKind::Owner => 0,
        _ if change.weight == Weight::Wording || field == "series" => 0,
        _ => 1,
    }
}

/// Whether a number tells how far a goal has come: what is announced of the goal is said of it too.
fn is_number_of(world: &World<'_>, metric: &Name, goal: &Name) -> bool {
    let Some(goal) = world.after.playbook.goals.get(&goal.id).filter(|_| goal.kind == Kind::Goal && metric.kind == Kind::Metric) else {
        return false;
    };
    goal.metrics.iter().chain(goal.submetrics.iter().filter_map(|s| s.metric.as_ref())).any(|m| m.name == *metric)
}
