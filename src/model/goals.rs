//! Goals as a tree: which stands on top, what serves what, and what is done for it.

use super::kinds::goal::Goal;
use super::kinds::responsibility::Activity;
use super::playbook::Playbook;
use super::record::Record;

/// The goals nothing stands above, the playbook's own first. Of goals that go round in a ring, the first written.
pub fn roots(playbook: &Playbook) -> Vec<&Record<Goal>> {
    let mut roots: Vec<_> = playbook.goals.iter().filter(|g| above(playbook, g).is_none()).collect();
    let mut reached: Vec<&str> = roots.iter().flat_map(|g| tree(playbook, g)).map(Record::id).collect();
    for goal in &playbook.goals {
        if !reached.contains(&goal.id()) {
            reached.extend(tree(playbook, goal).into_iter().map(Record::id));
            roots.push(goal);
        }
    }
    let first = playbook.own().and_then(|s| s.goal.as_ref()).map(|g| g.name.clone());
    roots.sort_by_key(|g| first.as_ref() != Some(&g.base.name));
    roots
}

/// The goal a goal serves.
pub fn above<'a>(playbook: &'a Playbook, goal: &Record<Goal>) -> Option<&'a Record<Goal>> {
    let above = goal.part_of.as_ref().map(|g| &playbook.goals[g]);
    above.filter(|g| g.id() != goal.id())
}

/// The goals that serve a goal.
pub fn serving<'a>(playbook: &'a Playbook, goal: &Record<Goal>) -> Vec<&'a Record<Goal>> {
    let serves = |g: &&Record<Goal>| above(playbook, g).is_some_and(|a| a.id() == goal.id());
    playbook.goals.iter().filter(serves).collect()
}

/// A goal and all that serve it, the nearest first, each once.
pub fn tree<'a>(playbook: &'a Playbook, goal: &'a Record<Goal>) -> Vec<&'a Record<Goal>> {
    let mut tree = vec![goal];
    let mut at = 0;
    while let Some(next) = tree.get(at).copied() {
        for goal in serving(playbook, next) {
            if !tree.iter().any(|g| g.id() == goal.id()) {
                tree.push(goal);
            }
        }
        at += 1;
    }
    tree
}

/// A goal and those it serves, up to the one on top, each once.
pub fn sight<'a>(playbook: &'a Playbook, goal: &'a Record<Goal>) -> Vec<&'a Record<Goal>> {
    let mut sight = vec![goal];
    while let Some(next) = sight.last().and_then(|g| above(playbook, g)) {
        if sight.iter().any(|g| g.id() == next.id()) {
            break;
        }
        sight.push(next);
    }
    sight
}

/// What is done for a goal itself, not for those that serve it.
pub fn activities<'a>(playbook: &'a Playbook, goal: &Record<Goal>) -> Vec<&'a Record<Activity>> {
    playbook.activities.iter().filter(|a| a.goals.iter().any(|g| g.name == goal.base.name)).collect()
}
