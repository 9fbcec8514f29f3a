//! Training: what joined or left a path, who learns it, pass marks, and certificates whose facts have changed.

use crate::history::diff::World;
use crate::history::diff::datum::{head, lists, name, reworded, value};
use crate::history::diff::general::names;
use crate::history::diff::pair::Pair;
use crate::history::diff::record::{touched, with};
use crate::history::diff::say::{bold, quoted, series, several};
use crate::history::diff::touch::roles_and_teams;
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::training::{Module, Path};
use crate::model::{Base, Kind, Name, Record};
use std::collections::BTreeSet;

/// Tells what changed in a path.
pub fn path(pair: &mut Pair<'_>) {
    learners(pair);
    modules(pair);
    milestones(pair);
}

fn learners(pair: &mut Pair<'_>) {
    let Some(learners) = pair.take("for") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (names(learners.before.as_ref()), names(learners.after.as_ref()));
    let came: Vec<Name> = new.iter().filter(|n| !old.contains(n)).cloned().collect();
    let went: Vec<Name> = old.iter().filter(|n| !new.contains(n)).cloned().collect();
    let sentence = match (came.as_slice(), went.as_slice()) {
        ([], gone) => format!("{title} is no longer for {}.", world.all(gone)),
        (now, []) => format!("{title} is now for {} too.", world.all(now)),
        (now, gone) => format!("{title} is now for {}, no longer for {}.", world.all(now), world.all(gone)),
    };
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("for");
    let mut change = change.values(world.shown(learners.before.as_ref()), world.shown(learners.after.as_ref()));
    let gained = roles_and_teams(world.after.playbook, &came);
    for role in &gained {
        change = change.telling(role, format!("The learning path {title} is now for you."));
    }
    let lost = roles_and_teams(world.before.playbook, &went).into_iter().map(|r| world.kin.newer(&r).clone());
    pair.changes.push(change.touching(gained).touching(lost));
}

fn modules(pair: &mut Pair<'_>) {
    let Some(modules) = pair.take("modules") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let lists = lists("modules", modules.before.as_ref(), modules.after.as_ref());
    let module = |step: &Datum| name(step, "module").map_or_else(|| bold(&world.show(step)), |m| world.bold(m));
    let day = |step: &Datum| world.shown(value(step, "by_day"));
    let by_day = |step: &Datum| day(step).map_or_else(String::new, |d| format!(", by day {d}"));
    let mut told: Vec<String> = lists.came.iter().map(|s| format!("Module {} joined {title}{}.", module(s), by_day(s))).collect();
    // A module that is gone is told there.
    let left = lists.went.iter().filter(|s| !name(s, "module").is_some_and(|m| world.removed.contains(m)));
    told.extend(left.map(|s| format!("Module {} left {title}.", module(s))));
    for (old, new) in &lists.changed {
        let said = |d: Option<String>| d.map_or_else(|| "no day".to_owned(), |d| format!("day {d}"));
        told.push(format!("On {title}, {} is now to be done by {} (was {}).", module(new), said(day(new)), said(day(old))));
    }
    if told.is_empty() && lists.reordered {
        told.push(format!("The modules of {title} come in another order."));
    }
    for sentence in told {
        let weight = if sentence.ends_with("another order.") { Weight::Should } else { Weight::Must };
        let change = Change::new(What::Changed, weight, pair.name(), sentence).field("modules");
        let change = change.values(world.shown(modules.before.as_ref()), world.shown(modules.after.as_ref()));
        pair.changes.push(touched(world, change, pair.name()));
    }
}

fn milestones(pair: &mut Pair<'_>) {
    let Some(milestones) = pair.take("milestones") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let lists = lists("milestones", milestones.before.as_ref(), milestones.after.as_ref());
    let day = |m: &Datum| world.show(head(m).unwrap_or(m));
    let goal = |m: &Datum| world.shown(value(m, "title")).map_or_else(String::new, |t| format!(" {}", quoted(&t)));
    let mut told: Vec<String> = lists.came.iter().map(|m| format!("New milestone on {title}, day {}:{}.", day(m), goal(m))).collect();
    told.extend(lists.went.iter().map(|m| format!("The milestone{} of day {} on {title} is gone.", goal(m), day(m))));
    for (old, new) in &lists.changed {
        told.extend(milestone(world, &title, &day(new), old, new));
    }
    for sentence in told {
        let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("milestones");
        let change = change.values(world.shown(milestones.before.as_ref()), world.shown(milestones.after.as_ref()));
        pair.changes.push(touched(world, change, pair.name()));
    }
}

/// What is expected by a day, and who looks.
fn milestone(world: &World<'_>, path: &str, day: &str, old: &Datum, new: &Datum) -> Vec<String> {
    let mut told = Vec::new();
    let skills = reworded("can_do", value(old, "can_do"), value(new, "can_do"));
    let all = |list: &[&Datum]| series(&list.iter().map(|i| world.said(i)).collect::<Vec<_>>());
    for (old, new) in &skills.reworded {
        told.push(format!("By day {day} of {path} one is now to show: {} (was {}).", world.said(new), world.said(old)));
    }
    if !skills.came.is_empty() {
        told.push(format!("By day {day} of {path} one is now also to show: {}.", all(&skills.came)));
    }
    if !skills.went.is_empty() {
        told.push(format!("By day {day} of {path} one need no longer show: {}.", all(&skills.went)));
    }
    if value(old, "verified_by") != value(new, "verified_by") {
        let who = |m: &Datum| {
            world
                .shown(value(m, "verified_by"))
                .map_or_else(|| "nobody".to_owned(), |t| if t == "buddy" { "the buddy".to_owned() } else { t })
        };
        told.push(format!("Day {day} of {path} is now checked by {} (was {}).", who(new), who(old)));
    }
    if value(old, "title") != value(new, "title") {
        let title = |m: &Datum| world.shown(value(m, "title")).map_or_else(|| "nothing".to_owned(), |t| quoted(&t));
        told.push(format!("Day {day} of {path} is now called {} (was {}).", title(new), title(old)));
    }
    if told.is_empty() {
        told.push(format!("What is expected by day {day} of {path} stands in another order."));
    }
    told
}

/// Tells what changed in a module.
pub fn module(pair: &mut Pair<'_>) {
    let Some(mark) = pair.take("pass_mark") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (world.shown(mark.before.as_ref()), world.shown(mark.after.as_ref()));
    let sentence = match (&old, &new) {
        (Some(old), Some(new)) => format!("The pass mark of {title} went from {old} to {new}."),
        (None, Some(new)) => format!("{title} now has a pass mark: {new}."),
        _ => format!("{title} has no pass mark any more."),
    };
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("pass_mark").values(old, new);
    pair.changes.push(touched(world, change, pair.name()));
}

/// Certificates whose facts are others now, and the questions that ask for them.
pub fn facts_behind(world: &World<'_>, changes: &[Change]) -> Vec<Change> {
    let others: BTreeSet<&Name> = changes.iter().filter(|c| c.weight != Weight::Wording).map(|c| &c.record).collect();
    let certified = world.after.playbook.modules.iter().filter(|m| m.certificate && !world.added.contains(&m.base.name));
    let tell = |module: &Record<Module>| {
        let questions = world.after.playbook.lessons_of(module.id()).into_iter().filter_map(|l| l.body.as_ref()).flat_map(|b| &b.questions);
        let asked: Vec<BTreeSet<&Name>> = questions.map(|q| q.tests.iter().map(|t| &t.name).collect()).collect();
        let behind = module.teaches.iter().map(|t| &t.name).chain(asked.iter().flatten().copied());
        let facts: BTreeSet<&Name> = behind.filter(|name| others.contains(name)).collect();
        let redo = asked.iter().filter(|tests| tests.iter().any(|t| facts.contains(t))).count();
        if facts.is_empty() {
            return None;
        }
        let again = if redo == 0 { String::new() } else { format!(": redo {}", several(redo, "question", "questions")) };
        let sentence = format!("{} behind the certificate {} changed{again}.", several(facts.len(), "fact", "facts"), bold(module.title()));
        let change = Change::new(What::Changed, Weight::Must, &module.base.name, sentence).field("teaches");
        Some(touched(world, change, &module.base.name))
    };
    certified.filter_map(tell).collect()
}

/// A path that came.
pub fn added(world: &World<'_>, path: &Record<Path>) -> String {
    let who: Vec<Name> = path.learners.iter().map(|l| l.name.clone()).collect();
    format!("New learning path for {}: {}.", world.all(&who), bold(path.title()))
}

/// A module that came, its lessons with it.
pub fn module_added(world: &World<'_>, module: &Record<Module>) -> String {
    let lessons = world.after.playbook.lessons_of(module.id()).len();
    format!("New module: {}{}.", bold(module.title()), with(lessons, "lesson", "lessons"))
}

/// A lesson that came or went.
pub fn lesson(world: &World<'_>, lesson: &Base, what: &str) -> String {
    let module = Name::new(Kind::Module, lesson.name.id.split('/').next().unwrap_or(""));
    format!("{what} in {}: {}.", world.who(&module), bold(&lesson.title))
}
