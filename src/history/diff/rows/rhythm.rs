//! Meetings and feedback loops: how often, who comes, what is done; who tells whom, and how soon there is an answer.

use crate::history::diff::World;
use crate::history::diff::datum::{head, lists};
use crate::history::diff::general::names;
use crate::history::diff::pair::Pair;
use crate::history::diff::record::touched;
use crate::history::diff::say::{bold, lower, quoted, safe, series, shifted, verb};
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::rhythm::{Loop, Ritual};
use crate::model::value::Cadence;
use crate::model::{Name, Record};

/// Tells what changed in a meeting.
pub fn ritual(pair: &mut Pair<'_>) {
    cadence(pair);
    attends(pair);
    agenda(pair);
    runs(pair);
}

fn cadence(pair: &mut Pair<'_>) {
    if pair.take("cadence").is_none() {
        return;
    }
    let world = pair.world;
    let of = |p: &crate::model::Playbook, id: &str| p.rituals.get(id).and_then(|r| r.cadence.clone());
    let (old, new) = (of(world.before.playbook, &pair.old.name.id), of(world.after.playbook, &pair.new.name.id));
    let title = bold(&pair.new.title);
    let sentence = match (&old, &new) {
        (Some(a), Some(b)) if a.every != b.every => {
            let when = b.to_string();
            let detail = if b.weekday.is_some() || b.time.is_some() { format!(": {}", lower_day(&when)) } else { String::new() };
            format!("{title} is now {} (was {}){detail}.", b.every, a.every)
        }
        (Some(a), Some(b)) => format!("{title} is now at another time: {} (was {}).", lower_day(&b.to_string()), lower_day(&a.to_string())),
        (None, Some(b)) => format!("{title} is now {}.", b.every),
        _ => format!("{title} has no rhythm any more."),
    };
    let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field("cadence");
    let shown = |c: &Option<Cadence>| c.as_ref().map(ToString::to_string);
    pair.changes.push(touched(world, change.values(shown(&old), shown(&new)), pair.name()));
}

/// "first Thursday, 10:00": days keep their capital.
fn lower_day(text: &str) -> String {
    let is_day = crate::model::value::WEEKDAYS.iter().any(|(_, day)| text.starts_with(day));
    if is_day { text.to_owned() } else { lower(text) }
}

fn attends(pair: &mut Pair<'_>) {
    let Some(attends) = pair.take("attends") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (names(attends.before.as_ref()), names(attends.after.as_ref()));
    let came: Vec<Name> = new.iter().filter(|n| !old.contains(n)).cloned().collect();
    let went: Vec<Name> = old.iter().filter(|n| !new.contains(n)).cloned().collect();
    let sentence = match (came.as_slice(), went.as_slice()) {
        ([], gone) => format!("{} no longer {} {title}.", world.all(gone), verb(gone.len(), "attends", "attend")),
        (now, []) => format!("{} now {} {title}.", world.all(now), verb(now.len(), "attends", "attend")),
        (now, gone) => format!(
            "{} now {} {title}; {} no longer {}.",
            world.all(now),
            verb(now.len(), "attends", "attend"),
            world.all(gone),
            verb(gone.len(), "does", "do")
        ),
    };
    let mut change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field("attends");
    change = change.values(world.shown(attends.before.as_ref()), world.shown(attends.after.as_ref()));
    for role in &came {
        change = change.telling(role, format!("You now attend {title}."));
    }
    for role in &went {
        change = change.telling(role, format!("You no longer attend {title}."));
    }
    pair.changes.push(change.touching(came.into_iter().chain(went)).beside(new));
}

fn agenda(pair: &mut Pair<'_>) {
    let Some(agenda) = pair.take("agenda") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let lists = lists("agenda", agenda.before.as_ref(), agenda.after.as_ref());
    let all = |list: &[&Datum]| series(&list.iter().map(|i| quoted(&world.show(head(i).unwrap_or(i)))).collect::<Vec<_>>());
    let mut said = Vec::new();
    if !lists.came.is_empty() {
        said.push(format!("now has {}", all(&lists.came)));
    }
    if !lists.went.is_empty() {
        said.push(format!("no longer has {}", all(&lists.went)));
    }
    if !lists.changed.is_empty() {
        let new: Vec<&Datum> = lists.changed.iter().map(|(_, new)| *new).collect();
        said.push(format!("gives other time or another purpose to {}", all(&new)));
    }
    if said.is_empty() {
        said.push("goes in another order".to_owned());
    }
    let change =
        Change::new(What::Changed, Weight::Should, pair.name(), format!("The agenda of {title} {}.", series(&said))).field("agenda");
    let change = change.values(world.shown(agenda.before.as_ref()), world.shown(agenda.after.as_ref()));
    pair.changes.push(touched(world, change, pair.name()));
}

/// Who runs it.
fn runs(pair: &mut Pair<'_>) {
    let Some(owner) = pair.take("owner") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let one = |d: &Option<Datum>| names(d.as_ref()).into_iter().next();
    let (old, new) = (one(&owner.before), one(&owner.after));
    let was = old.as_ref().map_or_else(String::new, |o| format!(" (was {})", world.who(o)));
    let sentence = match &new {
        Some(new) => format!("{} now runs {title}{was}.", world.who(new)),
        None => format!("Nobody runs {title} any more{was}."),
    };
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("owner");
    change = change.values(world.shown(owner.before.as_ref()), world.shown(owner.after.as_ref()));
    if let Some(new) = &new {
        change = change.telling(new, format!("You now run {title}{was}."));
    }
    let partners = world.concerned(pair.name());
    pair.changes.push(change.touching(old.into_iter().chain(new)).beside(partners));
}

/// Tells what changed in a feedback loop.
pub fn feedback(pair: &mut Pair<'_>) {
    let title = bold(&pair.new.title);
    let world = pair.world;
    for (key, says) in [("from", "is now told by"), ("to", "now goes to")] {
        let Some(end) = pair.take(key) else { continue };
        let bare = |d: &Option<Datum>| world.shown(d.as_ref()).map_or_else(|| "nobody".to_owned(), |t| safe(&t));
        let sentence = format!("{title} {says} {} (was {}).", bare(&end.after), bare(&end.before));
        let roles = names(end.before.as_ref()).into_iter().chain(names(end.after.as_ref()));
        let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field(key);
        let change = change.values(world.shown(end.before.as_ref()), world.shown(end.after.as_ref()));
        pair.changes.push(change.touching(roles).beside(world.concerned(pair.name())));
    }
    if let Some(within) = pair.take("answer_within") {
        let (old, new) = (world.shown(within.before.as_ref()), world.shown(within.after.as_ref()));
        let sentence = match (&old, &new) {
            (Some(old), Some(new)) => format!("Answer time for {title} {}.", shifted(old, new)),
            (None, Some(new)) => format!("{title} is now answered within {new}."),
            _ => format!("{title} has no answer time any more."),
        };
        let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field("answer_within").values(old, new);
        pair.changes.push(touched(world, change, pair.name()));
    }
}

/// A meeting that came.
pub fn added(world: &World<'_>, ritual: &Record<Ritual>) -> String {
    let when = ritual.cadence.as_ref().map_or_else(String::new, |c| format!(", {}", lower_day(&c.to_string())));
    let who: Vec<Name> = ritual.attends.iter().map(|r| r.name.clone()).collect();
    let attend = if who.is_empty() { String::new() } else { format!("; {} {}", world.all(&who), verb(who.len(), "attends", "attend")) };
    format!("New meeting: {}{when}{attend}.", bold(ritual.title()))
}

/// A feedback loop that came.
pub fn opened(world: &World<'_>, feedback: &Record<Loop>) -> String {
    let ends = feedback.from.as_ref().zip(feedback.to.as_ref());
    let ends = ends.map_or_else(String::new, |(from, to)| format!(", from {} to {}", world.who(&from.name), world.who(&to.name)));
    format!("New feedback loop: {}{ends}.", bold(feedback.title()))
}
