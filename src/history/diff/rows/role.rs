//! Roles and people: who works where, who reports to whom, who holds what, who may decide what.

use crate::history::diff::World;
use crate::history::diff::datum::{head, reworded, value};
use crate::history::diff::general::names;
use crate::history::diff::pair::Pair;
use crate::history::diff::say::{are, bold, lower, safe, verb};
use crate::history::diff::touch;
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::role::Role;
use crate::model::value::long_date;
use crate::model::{Base, Name, Record};

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    team(pair);
    reports_to(pair);
    holders(pair);
    backup(pair);
    authority(pair);
}

fn push(pair: &mut Pair<'_>, change: Change) {
    let role = pair.name().clone();
    pair.changes.push(change.touching([role]));
}

fn one(datum: Option<&Datum>) -> Option<Name> {
    names(datum).into_iter().next()
}

fn team(pair: &mut Pair<'_>) {
    let Some(team) = pair.take("team") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (world.shown(team.before.as_ref()), world.shown(team.after.as_ref()));
    let said = |t: &Option<String>| t.as_deref().map_or_else(|| "no team".to_owned(), safe);
    let sentence = format!("{title} moves from {} to {}.", said(&old), said(&new));
    let you = format!("You move from {} to {}.", said(&old), said(&new));
    let leads = [&team.before, &team.after].into_iter().filter_map(|t| one(t.as_ref())).filter_map(|t| {
        let lead = world.after.playbook.teams.get(&t.id)?.lead.as_ref()?;
        Some(lead.name.clone())
    });
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence)
        .field("team")
        .values(old, new)
        .beside(leads)
        .telling(pair.name(), you);
    push(pair, change);
}

fn reports_to(pair: &mut Pair<'_>) {
    let Some(above) = pair.take("reports_to") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (one(above.before.as_ref()), one(above.after.as_ref()));
    let was = old.as_ref().map_or_else(String::new, |o| format!(" (was {})", world.who(o)));
    let (sentence, you) = match &new {
        Some(new) => (format!("{title} now reports to {}{was}.", world.who(new)), format!("You now report to {}{was}.", world.who(new))),
        None => (format!("{title} no longer reports to anybody{was}."), format!("You no longer report to anybody{was}.")),
    };
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("reports_to").telling(pair.name(), you);
    let change = change.values(world.shown(above.before.as_ref()), world.shown(above.after.as_ref())).beside(old.into_iter().chain(new));
    push(pair, change);
}

fn holders(pair: &mut Pair<'_>) {
    let Some(holders) = pair.take("holders") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (names(holders.before.as_ref()), names(holders.after.as_ref()));
    let came: Vec<Name> = new.iter().filter(|n| !old.contains(n)).cloned().collect();
    let went: Vec<Name> = old.iter().filter(|n| !new.contains(n)).cloned().collect();
    let sentence = match (came.as_slice(), went.as_slice()) {
        ([], []) => return,
        ([], gone) if new.is_empty() => format!("{title} is vacant{}; {} held it.", since(world, gone), world.all(gone)),
        ([], gone) => format!("{} no longer {} {title}.", world.all(gone), verb(gone.len(), "holds", "hold")),
        (now, []) if old.is_empty() => format!("{} now {} {title}, which was vacant.", world.all(now), verb(now.len(), "holds", "hold")),
        (now, []) => format!("{} now {} {title} too.", world.all(now), verb(now.len(), "holds", "hold")),
        (now, gone) => format!(
            "{} now {} {title}; {} no longer {}.",
            world.all(now),
            verb(now.len(), "holds", "hold"),
            world.all(gone),
            verb(gone.len(), "does", "do")
        ),
    };
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("holders");
    let change = change.values(world.shown(holders.before.as_ref()), world.shown(holders.after.as_ref()));
    push(pair, change);
}

/// " since 3 August 2026", where the last holder's last day is known.
fn since(world: &World<'_>, gone: &[Name]) -> String {
    let until = |p: &Name| {
        let now = world.after.playbook.people.get(&p.id).and_then(|p| p.until);
        now.or_else(|| world.before.playbook.people.get(&world.kin.older(p).id).and_then(|p| p.until))
    };
    gone.iter().filter_map(until).max().map_or_else(String::new, |day| format!(" since {}", long_date(day)))
}

fn backup(pair: &mut Pair<'_>) {
    let Some(backup) = pair.take("backup") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (one(backup.before.as_ref()), one(backup.after.as_ref()));
    let was = old.as_ref().map_or_else(String::new, |o| format!(" (was {})", world.who(o)));
    let sentence = match &new {
        Some(new) => format!("{} now stands in for {title}{was}.", world.who(new)),
        None => format!("Nobody stands in for {title} any more{was}."),
    };
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("backup");
    change = change.values(world.shown(backup.before.as_ref()), world.shown(backup.after.as_ref()));
    if let Some(new) = &new {
        change = change.telling(new, format!("You now stand in for {title}{was}."));
    }
    push(pair, change.touching(old.into_iter().chain(new)));
}

/// What it may decide, and up to what.
fn authority(pair: &mut Pair<'_>) {
    let Some(authority) = pair.take("authority") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let role = pair.name().clone();
    let lists = reworded("authority", authority.before.as_ref(), authority.after.as_ref());
    let decision = |entry: &Datum| lower(&safe(&head(entry).map_or_else(|| world.show(entry), |h| world.show(h))));
    let limit = |entry: &Datum| world.shown(value(entry, "limit"));
    let up_to = |entry: &Datum| limit(entry).map_or_else(String::new, |l| format!(" up to {}", safe(&l)));
    let mut told = Vec::new();
    let mut tell = |may: String, before: Option<String>, after: Option<String>| {
        let change = Change::new(What::Changed, Weight::Must, &role, format!("{title} {may}.")).field("authority");
        told.push(change.values(before, after).telling(&role, format!("You {may}.")));
    };
    for (old, new) in &lists.changed {
        let was = limit(old).map_or_else(|| "without a limit".to_owned(), |l| safe(&l));
        let now = if limit(new).is_some() { up_to(new) } else { " without a limit".to_owned() };
        tell(format!("may now {}{now} (was {was})", decision(new)), limit(old), limit(new));
    }
    for (old, new) in &lists.reworded {
        tell(
            format!("may now {}{} (was: {}{})", decision(new), up_to(new), decision(old), up_to(old)),
            Some(world.show(old)),
            Some(world.show(new)),
        );
    }
    for new in &lists.came {
        tell(format!("may now {}{}", decision(new), up_to(new)), None, Some(world.show(new)));
    }
    for old in &lists.went {
        tell(format!("may no longer {}{}", decision(old), up_to(old)), Some(world.show(old)), None);
    }
    let partners = touch::partners(world.after.playbook, &role);
    told.into_iter().for_each(|change| push(pair, change.beside(partners.clone())));
}

/// A role that came.
pub fn added(world: &World<'_>, role: &Record<Role>) -> String {
    let team = role.team.as_ref().map_or_else(String::new, |t| format!(" in {}", world.who(&t.name)));
    let above = role.reports_to.as_ref().map_or_else(String::new, |r| format!(", reporting to {}", world.who(&r.name)));
    let holders: Vec<Name> = role.holders.iter().map(|h| h.name.clone()).collect();
    let held =
        if holders.is_empty() { String::new() } else { format!("; {} {} it", world.all(&holders), verb(holders.len(), "holds", "hold")) };
    format!("New role{team}: {}{above}{held}.", bold(role.title()))
}

/// A person who came.
pub fn joined(world: &World<'_>, base: &Base) -> String {
    let roles: Vec<Name> =
        touch::concerned(world.after.playbook, &base.name).into_iter().filter(|r| r.kind == crate::model::Kind::Role).collect();
    let held = world.after.playbook.roles.iter().filter(|r| r.holders.iter().any(|h| h.name == base.name)).count();
    let as_role = if held == 0 { String::new() } else { format!(" as {}", world.all(&roles)) };
    let first = world.after.playbook.people.get(&base.name.id).and_then(|p| p.starts);
    let day = first.map_or_else(String::new, |d| format!(", from {}", long_date(d)));
    format!("{} {} here{as_role}{day}.", bold(&base.title), are(1)).replace(" is here", " joins")
}

/// A person who went.
pub fn left(base: &Base) -> String {
    format!("{} has left.", bold(&base.title))
}
