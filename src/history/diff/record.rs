//! A record as a whole: it is new, it is gone, it is called otherwise, somebody else keeps it, it is no longer in force.

use super::World;
use super::kin::Kin;
use super::pair::Pair;
use super::rows;
use super::say::{bold, capital, quoted, safe, several};
use super::touch;
use crate::history::{Change, Weight, What};
use crate::model::field::Words;
use crate::model::kinds::common::Status;
use crate::model::value::long_date;
use crate::model::{Base, Kind, Name};
use std::collections::BTreeSet;

/// How much it matters that a record of a kind comes or goes.
fn weight(kind: Kind) -> Weight {
    match kind {
        Kind::Role | Kind::Stage | Kind::Handoff | Kind::Offering | Kind::Path => Weight::Must,
        Kind::Activity | Kind::Recycle | Kind::Message | Kind::Term | Kind::Goal | Kind::Metric | Kind::Ritual | Kind::Loop => {
            Weight::Should
        }
        Kind::Area | Kind::Team | Kind::Module | Kind::Lesson => Weight::Should,
        Kind::Playbook
        | Kind::Charter
        | Kind::Person
        | Kind::Segment
        | Kind::Persona
        | Kind::Asset
        | Kind::Tool
        | Kind::Page
        | Kind::Change => Weight::Good,
        Kind::Expect => Weight::Wording,
    }
}

/// Whether everybody has to know of a kind.
pub fn is_for_everyone(kind: Kind) -> bool {
    matches!(kind, Kind::Term | Kind::Offering)
}

/// A record that came; none where another change says so already.
pub fn added(world: &World<'_>, base: &Base) -> Option<Change> {
    let name = &base.name;
    let of_new_module =
        name.kind == Kind::Lesson && world.added.contains(&Name::new(Kind::Module, name.id.split('/').next().unwrap_or("")));
    if name.kind == Kind::Change || of_new_module {
        return None;
    }
    let sentence = rows::added(world, base).unwrap_or_else(|| format!("New {}: {}.", name.kind.label(), bold(&base.title)));
    let draft = base.common.status.is_some_and(|s| s.value == Status::Draft);
    let (sentence, weight) = if draft { (format!("{} It is a draft.", sentence), Weight::Good) } else { (sentence, weight(name.kind)) };
    let change = Change::new(What::Added, weight, name, sentence).values(None, Some(base.title.clone()));
    Some(touched(world, change, name))
}

/// A record that went; none where another change says so already.
pub fn removed(world: &World<'_>, base: &Base) -> Option<Change> {
    let name = &base.name;
    let of_old_module =
        name.kind == Kind::Lesson && world.removed.contains(&Name::new(Kind::Module, name.id.split('/').next().unwrap_or("")));
    if of_old_module {
        return None;
    }
    let title = bold(&base.title);
    let heir = world.kin.heir(name).map(|heir| format!("{} {title} is now part of {}.", capital(name.kind.label()), world.bold(heir)));
    let sentence =
        heir.or_else(|| rows::removed(world, base)).unwrap_or_else(|| format!("{} removed: {title}.", capital(name.kind.label())));
    let was_over = base.common.status.is_some_and(|s| matches!(s.value, Status::Retired | Status::Draft));
    let weight = if was_over { Weight::Good } else { weight(name.kind) };
    let change = Change::new(What::Removed, weight, name, sentence).values(Some(base.title.clone()), None);
    Some(touched(world, change, name))
}

/// Announcements that came and of which nothing else tells.
pub fn announced(world: &World<'_>, added: &[&Base], told: &BTreeSet<Name>) -> Vec<Change> {
    let silent = added.iter().filter(|b| b.name.kind == Kind::Change && !told.contains(&b.name));
    let tell = |base: &&Base| {
        let change = world.after.playbook.changes.get(&base.name.id)?;
        let sentence = format!("Announced: {}.", bold(base.title.trim_end_matches('.')));
        let mut told = Change::new(What::Added, Weight::Should, &base.name, sentence).values(None, Some(base.title.clone()));
        told.effective = change.effective;
        told.why = change.why.as_ref().map(|w| world.read(&super::datum::folded(&w.text)));
        Some(told.touching(touch::told(world.after.playbook, change)))
    };
    silent.filter_map(tell).collect()
}

/// Gives a change of a record whom it touches.
pub fn touched(world: &World<'_>, change: Change, name: &Name) -> Change {
    let near = if name.kind == Kind::Stage && world.came_or_went(name) { rows::stage::neighbours(world, name) } else { BTreeSet::new() };
    let change = change.touching(world.concerned(name)).touching(near).beside(world.partners(name));
    if is_for_everyone(name.kind) { change.to_everyone() } else { change }
}

/// What every record can say: its name, its keeper, whether it is in force.
pub fn tell(pair: &mut Pair<'_>) {
    renamed(pair);
    kept(pair);
    in_force(pair);
    read_by(pair);
}

/// A record that is called otherwise: one change, its id and its name for people in one.
fn renamed(pair: &mut Pair<'_>) {
    let id = pair.take("id");
    let Some(title) = pair.take("title") else {
        if id.is_some() {
            let sentence =
                format!("{} {} has another address; the old one leads there.", capital(pair.new.name.kind.label()), bold(&pair.new.title));
            let change = Change::new(What::Renamed, Weight::Wording, pair.name(), sentence).field("id");
            pair.changes.push(change.values(Some(pair.old.name.id.clone()), Some(pair.new.name.id.clone())));
        }
        return;
    };
    if pair.fields.iter().any(|f| matches!(f.key, "name" | "query") && f.before == title.before && f.after == title.after) {
        let _ = pair.take("name").or_else(|| pair.take("query"));
    }
    let kind = pair.new.name.kind;
    let weight = match kind {
        Kind::Role | Kind::Stage | Kind::Offering | Kind::Term | Kind::Team => Weight::Must,
        Kind::Activity | Kind::Area | Kind::Goal | Kind::Metric | Kind::Ritual | Kind::Path | Kind::Module | Kind::Asset => Weight::Should,
        Kind::Handoff | Kind::Recycle | Kind::Message | Kind::Lesson | Kind::Page | Kind::Change | Kind::Expect | Kind::Loop => {
            Weight::Wording
        }
        Kind::Playbook | Kind::Charter | Kind::Person | Kind::Segment | Kind::Persona | Kind::Tool => Weight::Good,
    };
    let (old, new) = (&pair.old.title, &pair.new.title);
    let sentence = format!("{} {} is now called {}.", capital(kind.label()), bold(old), bold(new));
    let change = Change::new(What::Renamed, weight, pair.name(), sentence).field("title").values(Some(old.clone()), Some(new.clone()));
    let change = touched(pair.world, change, pair.name());
    let change = if kind == Kind::Role {
        change.telling(pair.name(), format!("Your role, {}, is now called {}.", bold(old), bold(new)))
    } else {
        change
    };
    pair.changes.push(change);
}

/// Somebody else keeps it, as it says itself.
fn kept(pair: &mut Pair<'_>) {
    let Some(owner) = pair.take("owner") else { return };
    let world = pair.world;
    let name = |d: Option<&crate::model::field::Datum>| {
        if let Some(crate::model::field::Datum::Name(name)) = d { Some(name.clone()) } else { None }
    };
    let (before, after) = (name(owner.before.as_ref()), name(owner.after.as_ref()));
    let what = format!("the {} {}", pair.new.name.kind.label(), bold(&pair.new.title));
    let change = match (&before, &after) {
        (Some(old), Some(new)) => {
            let told = format!("{} now keeps {what} (was {}).", world.who(new), world.who(old));
            Change::new(What::Changed, Weight::Should, pair.name(), told)
                .telling(new, format!("You now keep {what}; {} did.", world.who(old)))
                .telling(old, format!("You no longer keep {what}: {} does.", world.who(new)))
        }
        (None, Some(new)) => Change::new(What::Changed, Weight::Should, pair.name(), format!("{} now keeps {what}.", world.who(new)))
            .telling(new, format!("You now keep {what}.")),
        (Some(old), None) => {
            Change::new(What::Changed, Weight::Should, pair.name(), format!("Nobody keeps {what} any more; {} did.", world.who(old)))
        }
        (None, None) => return,
    };
    let change = change.field("owner").values(world.shown(owner.before.as_ref()), world.shown(owner.after.as_ref()));
    pair.changes.push(change.touching(before.into_iter().chain(after)));
}

fn in_force(pair: &mut Pair<'_>) {
    let Some(status) = pair.take("status") else { return };
    let kind = pair.new.name.kind;
    let subject = format!("{} {}", capital(kind.label()), bold(&pair.new.title));
    let (sentence, weight) = match pair.new.common.status.map(|s| s.value) {
        Some(Status::Retired) => (format!("{subject} is retired."), weight(kind)),
        Some(Status::Deprecated) => (format!("{subject} is being given up: not for new work."), weight(kind)),
        Some(Status::Draft) => (format!("{subject} is a draft again."), Weight::Should),
        Some(Status::Active) | None => match pair.old.common.status.map(|s| s.value) {
            // To say what nothing says is no news.
            None | Some(Status::Active) => return,
            Some(_) => (format!("{subject} is now in force."), weight(kind)),
        },
    };
    let change = Change::new(What::Changed, weight, pair.name(), sentence).field("status");
    let change = change.values(pair.world.shown(status.before.as_ref()), pair.world.shown(status.after.as_ref()));
    pair.changes.push(touched(pair.world, change, pair.name()));
}

/// Who may read it.
fn read_by(pair: &mut Pair<'_>) {
    let Some(audience) = pair.take("audience") else { return };
    let world = pair.world;
    let (before, after) = (world.shown(audience.before.as_ref()), world.shown(audience.after.as_ref()));
    let said = |text: &Option<String>| text.as_deref().map_or_else(|| "everyone".to_owned(), safe);
    let subject = format!("{} {}", capital(pair.new.name.kind.label()), bold(&pair.new.title));
    let sentence = format!("{subject} is now for {} to read (was {}).", said(&after), said(&before));
    let change = Change::new(What::Changed, Weight::Good, pair.name(), sentence).field("audience").values(before, after);
    pair.changes.push(touched(world, change, pair.name()));
}

/// "from 2 March 2026", where a record says so.
pub fn from_day(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(String::new, |d| format!(" from {}", long_date(d)))
}

/// Words of a field in quotation marks, behind a colon.
pub fn colon(world: &World<'_>, words: Option<&Words>) -> String {
    let text = words.map(|w| world.read(&super::datum::renamed(&super::datum::folded(&w.text), &Kin::default())));
    text.filter(|t| !t.is_empty()).map_or_else(String::new, |t| format!(": {}", quoted(&t)))
}

/// ", 3 lessons".
pub fn with(count: usize, one: &str, many: &str) -> String {
    if count == 0 { String::new() } else { format!(", {}", several(count, one, many)) }
}
