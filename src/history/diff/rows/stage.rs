//! Stages: new ones and where they stand, who keeps them, what it takes to come in and to go on, and where one can go.

use crate::history::diff::World;
use crate::history::diff::datum::{head, items, lists, name, reworded, text, value};
use crate::history::diff::general::entry;
use crate::history::diff::pair::Pair;
use crate::history::diff::record::touched;
use crate::history::diff::say::{bold, lower, quoted, safe, series, shifted};
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::funnel::Stage;
use crate::model::{Name, Playbook, Record};
use std::collections::BTreeSet;

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    order(pair);
    owner(pair);
    criteria(pair, "exit");
    criteria(pair, "entry");
    exits(pair);
    definition(pair);
    time(pair, "at_most", "One may now stay in", "One may stay in");
    time(pair, "typical", "One usually stays in", "One usually stays in");
    probability(pair);
}

/// Where it stands among those that were there before; numbers alone say nothing.
fn order(pair: &mut Pair<'_>) {
    let Some(order) = pair.take("order") else { return };
    let world = pair.world;
    let common = |p: &Playbook, newer: bool| -> Vec<Name> {
        let names =
            p.stages_in_order().into_iter().map(|s| if newer { s.base.name.clone() } else { world.kin.newer(&s.base.name).clone() });
        names.filter(|n| !world.came_or_went(n)).collect()
    };
    let (old, new) = (common(world.before.playbook, false), common(world.after.playbook, true));
    let before_it = |all: &[Name]| all.iter().take_while(|n| *n != pair.name()).cloned().collect::<BTreeSet<Name>>();
    if before_it(&old) == before_it(&new) {
        return;
    }
    let at = new.iter().position(|n| n == pair.name()).unwrap_or(0);
    let after = at.checked_sub(1).and_then(|at| new.get(at));
    let place = after.map_or_else(|| "first".to_owned(), |a| format!("after {}", world.bold(a)));
    let sentence = format!("{} now comes {place}.", bold(&pair.new.title));
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("order");
    let change = change.values(world.shown(order.before.as_ref()), world.shown(order.after.as_ref()));
    pair.changes.push(touched(world, change, pair.name()));
}

/// Who keeps it passes from one to another, and perhaps from one team to another.
fn owner(pair: &mut Pair<'_>) {
    let Some(owner) = pair.take("owner") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let as_name = |d: &Option<Datum>| if let Some(Datum::Name(name)) = d { Some(name.clone()) } else { None };
    let (old, new) = (as_name(&owner.before), as_name(&owner.after));
    let sentence = match (&old, &new) {
        (Some(old), Some(new)) => format!("Owner of {title} passes from {} to {}.", world.role(old), world.role(new)),
        (None, Some(new)) => format!("{} now owns {title}.", world.role(new)),
        _ => format!("Nobody owns {title} any more."),
    };
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("owner");
    change = change.values(world.shown(owner.before.as_ref()), world.shown(owner.after.as_ref()));
    if let Some(new) = &new {
        change = change.telling(
            new,
            format!("You now own {title}{}.", old.as_ref().map_or_else(String::new, |o| format!("; it was {}", world.role(o)))),
        );
    }
    if let Some(old) = &old {
        change = change.telling(
            old,
            format!("You no longer own {title}{}.", new.as_ref().map_or_else(String::new, |n| format!(": {} does", world.role(n)))),
        );
    }
    pair.changes.push(change.touching(old.into_iter().chain(new)).beside(world.partners(pair.name())));
}

/// What must be true to come in, or to go on.
fn criteria(pair: &mut Pair<'_>, key: &'static str) {
    let Some(difference) = pair.take(key) else { return };
    let told_before: Vec<Step> = if key == "entry" { told_at_exits(pair) } else { Vec::new() };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let act = if key == "exit" { format!("leave {title}") } else { format!("come into {title}") };
    let lists = reworded(key, difference.before.as_ref(), difference.after.as_ref());
    let is_told = |step: Step| told_before.contains(&step);
    let mut told: Vec<(String, Option<String>, Option<String>)> = Vec::new();
    for (old, new) in lists.reworded.iter().filter(|(_, new)| !is_told(Step::Came(words(new)))) {
        let sentence = format!("To {act}, one must now show {} (was {}).", entry(pair, new, "evidence"), entry(pair, old, "evidence"));
        told.push((sentence, Some(world.show(old)), Some(world.show(new))));
    }
    for new in lists.came.iter().filter(|new| !is_told(Step::Came(words(new)))) {
        told.push((format!("To {act}, one must now also show: {}.", entry(pair, new, "evidence")), None, Some(world.show(new))));
    }
    for old in lists.went.iter().filter(|old| !is_told(Step::Went(words(old)))) {
        told.push((format!("To {act}, one need no longer show: {}.", entry(pair, old, "evidence")), Some(world.show(old)), None));
    }
    for (old, new) in &lists.changed {
        let (was, is) = (world.shown(value(old, "evidence")), world.shown(value(new, "evidence")));
        let what = head(new).map_or_else(String::new, |h| quoted(&world.show(h)));
        let sentence = match (&was, &is) {
            _ if is_told(Step::Proved(words(new), is.clone())) => continue,
            (was, is) if was == is => agreed(pair, &title, &what, (old, new)),
            (Some(was), Some(is)) => format!("Proof of {what} in {title} is now {} (was {}).", safe(&lower(is)), safe(&lower(was))),
            (None, Some(is)) => format!("Proof of {what} in {title} is now {}.", safe(&lower(is))),
            _ => format!("{what} in {title} needs no proof any more."),
        };
        told.push((sentence, Some(world.show(old)), Some(world.show(new))));
    }
    if told.is_empty() && lists.reordered && told_before.is_empty() {
        told.push((format!("What one must show to {act} stands in another order."), None, None));
    }
    for (sentence, before, after) in told {
        let weight = if sentence.contains("another order") { Weight::Wording } else { Weight::Must };
        let change = Change::new(What::Changed, weight, pair.name(), sentence).field(key).values(before, after);
        let change = touched(world, change, pair.name());
        let next: Vec<Name> = next_stages(world.after.playbook, pair.name()).into_iter().flat_map(|s| world.concerned(&s)).collect();
        pair.changes.push(if key == "exit" { change.touching(next) } else { change });
    }
}

/// What else a criterion says: who has agreed on it, what it speaks of.
fn agreed(pair: &Pair<'_>, title: &str, what: &str, (old, new): (&Datum, &Datum)) -> String {
    let world = pair.world;
    let teams = |entry: &Datum| items(value(entry, "agreed_by")).to_vec();
    let (was, is) = (teams(old), teams(new));
    let said = |teams: Vec<&Datum>| series(&teams.into_iter().map(|t| world.said(t)).collect::<Vec<_>>());
    let came: Vec<&Datum> = is.iter().filter(|t| !was.contains(t)).collect();
    let went: Vec<&Datum> = was.iter().filter(|t| !is.contains(t)).collect();
    match (came.is_empty(), went.is_empty()) {
        (false, _) => format!("{} agreed on {what} in {title}.", said(came)),
        (true, false) => format!("{} no longer stands behind {what} in {title}.", said(went)),
        _ => format!("{what} in {title} now speaks of {} (was {}).", said_kind(world, new), said_kind(world, old)),
    }
}

fn said_kind(world: &World<'_>, entry: &Datum) -> String {
    world.shown(value(entry, "kind")).unwrap_or_else(|| "nothing in particular".to_owned())
}

/// What happened to a criterion.
#[derive(Debug, PartialEq)]
enum Step {
    Came(String),
    Went(String),
    Proved(String, Option<String>),
}

fn words(entry: &Datum) -> String {
    text(head(entry)).to_owned()
}

/// What is told where one leaves the stages before this: the way in asks for the same, word for word.
fn told_at_exits(pair: &Pair<'_>) -> Vec<Step> {
    let world = pair.world;
    let mut all = Vec::new();
    for stage in world.after.playbook.stages.iter().filter(|s| leads_to(world, s, pair.name())) {
        let Some(before) = world.before.playbook.stages.get(&world.kin.older(&stage.base.name).id) else { continue };
        let of =
            |s: &Record<Stage>| s.base.fact("exit").and_then(|f| crate::history::diff::datum::plain_form("exit", &f.datum, &world.kin));
        let (old, new) = (of(before), of(stage));
        let lists = lists("exit", old.as_ref(), new.as_ref());
        all.extend(lists.came.iter().map(|c| Step::Came(words(c))));
        all.extend(lists.went.iter().map(|c| Step::Went(words(c))));
        all.extend(lists.changed.iter().map(|(_, new)| Step::Proved(words(new), world.shown(value(new, "evidence")))));
    }
    all
}

fn leads_to(world: &World<'_>, stage: &Record<Stage>, to: &Name) -> bool {
    let now = stage.exits.iter().filter_map(|e| e.to.as_ref()).any(|t| t.name == *to);
    let older = world.before.playbook.stages.get(&world.kin.older(&stage.base.name).id);
    now || older.is_some_and(|s| s.exits.iter().filter_map(|e| e.to.as_ref()).any(|t| world.kin.newer(&t.name) == to))
}

fn next_stages(p: &Playbook, stage: &Name) -> Vec<Name> {
    let exits = p.stages.get(&stage.id).into_iter().flat_map(|s| &s.exits);
    // Where the way ends, nobody's work begins.
    exits.filter_map(|e| e.to.as_ref()).filter(|t| p.stages[t].outcome.is_none()).map(|t| t.name.clone()).collect()
}

/// Where one can go from here. A way to a stage that came or went is told there.
fn exits(pair: &mut Pair<'_>) {
    let Some(exits) = pair.take("exits") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let mut went: Vec<&Datum> = items(exits.before.as_ref()).iter().filter(|e| !items(exits.after.as_ref()).contains(e)).collect();
    let came: Vec<&Datum> = items(exits.after.as_ref()).iter().filter(|e| !items(exits.before.as_ref()).contains(e)).collect();
    let to = |e: &Datum| name(e, "to").cloned();
    let led_to_gone = went.iter().filter_map(|e| to(e)).any(|t| world.removed.contains(&t));
    let reason = |e: &Datum| world.shown(value(e, "reason"));
    let mut told: Vec<(String, Weight)> = Vec::new();
    for new in came {
        let Some(target) = to(new) else { continue };
        let same_reason = went.iter().position(|old| reason(old).is_some() && reason(old) == reason(new));
        let same_way = went.iter().position(|old| to(old).as_ref() == Some(&target));
        let because = reason(new).map_or_else(String::new, |r| format!(" ({})", safe(&r)));
        if let Some(old) = same_reason.map(|at| went.remove(at)) {
            let was = to(old).map_or_else(String::new, |o| format!(" (was {})", world.bold(&o)));
            let why = reason(new).map_or_else(String::new, |r| quoted(&r));
            told.push((format!("From {title}, {why} now leads to {}{was}.", world.bold(&target)), Weight::Must));
        } else if let Some(old) = same_way.map(|at| went.remove(at)) {
            let was = reason(old).map_or_else(String::new, |r| format!(" (was {})", quoted(&r)));
            let now = reason(new).map_or_else(|| "without a reason".to_owned(), |r| format!("because {}", quoted(&r)));
            told.push((format!("From {title}, one now goes to {} {now}{was}.", world.bold(&target)), Weight::Should));
        } else if !world.added.contains(&target) && !led_to_gone {
            told.push((format!("From {title}, one can now go to {} too{because}.", world.bold(&target)), Weight::Must));
        }
    }
    for target in went.into_iter().filter_map(to).filter(|t| !world.removed.contains(t)) {
        let by_way_of_new =
            world.added.iter().any(|s| leads(world.after.playbook, pair.name(), s) && leads(world.after.playbook, s, &target));
        if !by_way_of_new {
            told.push((format!("From {title}, one no longer goes to {}.", world.bold(&target)), Weight::Must));
        }
    }
    let shown = (world.shown(exits.before.as_ref()), world.shown(exits.after.as_ref()));
    for (sentence, weight) in told {
        let change = Change::new(What::Changed, weight, pair.name(), sentence).field("exits").values(shown.0.clone(), shown.1.clone());
        pair.changes.push(touched(world, change, pair.name()));
    }
}

fn leads(p: &Playbook, from: &Name, to: &Name) -> bool {
    p.stages.get(&from.id).is_some_and(|s| s.exits.iter().filter_map(|e| e.to.as_ref()).any(|t| t.name == *to))
}

fn definition(pair: &mut Pair<'_>) {
    let Some(definition) = pair.take("definition") else { return };
    let world = pair.world;
    let said = |d: &Option<Datum>| d.as_ref().map(|d| quoted(&world.show(d)));
    let was = said(&definition.before).map_or_else(String::new, |w| format!(" (was {w})"));
    let sentence = format!(
        "The stage {} now means {}{was}.",
        bold(&pair.new.title),
        said(&definition.after).unwrap_or_else(|| "nothing in words".to_owned())
    );
    let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field("definition");
    let mut change = change.values(world.shown(definition.before.as_ref()), world.shown(definition.after.as_ref()));
    change.rewritten =
        Some(crate::history::diff::prose::rewritten(text(definition.before.as_ref()), text(definition.after.as_ref()), &|t| world.read(t)));
    pair.changes.push(touched(world, change, pair.name()));
}

fn time(pair: &mut Pair<'_>, key: &str, now: &str, gone: &str) {
    let Some(time) = pair.take(key) else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (before, after) = (world.shown(time.before.as_ref()), world.shown(time.after.as_ref()));
    let limit = if key == "at_most" { ("The time limit", Weight::Must) } else { ("The usual time", Weight::Good) };
    let sentence = match (&before, &after) {
        (Some(old), Some(new)) => format!("{} in {title} is {}.", limit.0, shifted(old, new)),
        (None, Some(new)) => format!("{now} {title} {} {new}.", if key == "at_most" { "for" } else { "about" }),
        _ => format!("{gone} {title} as long as it takes."),
    };
    let change = Change::new(What::Changed, limit.1, pair.name(), sentence).field(key).values(before, after);
    pair.changes.push(touched(world, change, pair.name()));
}

fn probability(pair: &mut Pair<'_>) {
    let Some(chance) = pair.take("probability") else { return };
    let world = pair.world;
    let (before, after) = (world.shown(chance.before.as_ref()), world.shown(chance.after.as_ref()));
    let (old, new) = (before.clone().unwrap_or_else(|| "not said".to_owned()), after.clone().unwrap_or_else(|| "not said".to_owned()));
    let sentence = format!("The chance of a signature from {} went from {old} to {new}.", bold(&pair.new.title));
    let change = Change::new(What::Changed, Weight::Good, pair.name(), sentence).field("probability").values(before, after);
    pair.changes.push(touched(world, change, pair.name()));
}

/// A stage that came, and between which it stands.
pub fn added(world: &World<'_>, stage: &Record<Stage>) -> String {
    let side = stage.side.map(|s| s.value);
    let all = world.after.playbook.stages_in_order();
    let same: Vec<&&Record<Stage>> = all.iter().filter(|s| s.side.map(|s| s.value) == side).collect();
    let at = same.iter().position(|s| s.base.name == stage.base.name).unwrap_or(0);
    let on_the_way = |s: &&&&Record<Stage>| s.outcome.is_none_or(|o| o.value == crate::model::kinds::funnel::Outcome::Won);
    let before = at.checked_sub(1).and_then(|at| same.get(at)).filter(on_the_way);
    let after = same.get(at + 1).filter(on_the_way);
    let place = match (before, after) {
        _ if stage.outcome.is_some() => String::new(),
        (Some(a), Some(b)) => format!(" between {} and {}", safe(a.title()), safe(b.title())),
        (Some(a), None) => format!(" after {}", safe(a.title())),
        (None, Some(b)) => format!(" before {}", safe(b.title())),
        (None, None) => String::new(),
    };
    let owner = stage.base.common.owner.as_ref().map_or_else(String::new, |o| format!("; {} owns it", world.role(&o.name)));
    format!("New stage {}{place}{owner}.", bold(stage.title()))
}

/// A stage that went, and where what came to it goes now.
pub fn removed(world: &World<'_>, stage: &Record<Stage>) -> String {
    let gone = &stage.base.name;
    let mut now: Vec<Name> = Vec::new();
    for old in world.before.playbook.stages.iter().filter(|s| leads(world.before.playbook, &s.base.name, gone)) {
        let Some(new) = world.after.playbook.stages.get(&world.kin.newer(&old.base.name).id) else { continue };
        let was: Vec<Name> = old.exits.iter().filter_map(|e| e.to.as_ref()).map(|t| world.kin.newer(&t.name).clone()).collect();
        now.extend(new.exits.iter().filter_map(|e| e.to.as_ref()).map(|t| t.name.clone()).filter(|t| !was.contains(t)));
    }
    now.sort();
    now.dedup();
    let to = series(&now.iter().map(|n| world.bold(n)).collect::<Vec<_>>());
    let tail = if now.is_empty() { String::new() } else { format!("; what came to it now goes to {to}") };
    format!("Stage removed: {}{tail}.", bold(stage.title()))
}

/// Who keeps the stages on both sides of one that came or went.
pub fn neighbours(world: &World<'_>, stage: &Name) -> BTreeSet<Name> {
    let mut roles = BTreeSet::new();
    for (p, newer) in [(world.before.playbook, false), (world.after.playbook, true)] {
        let beside = p.stages.iter().map(|s| &s.base.name).filter(|other| leads(p, other, stage) || leads(p, stage, other));
        let open = beside.filter(|other| p.stages.get(&other.id).is_some_and(|s| s.outcome.is_none()));
        let owners = open.filter_map(|other| p.stages.get(&other.id)?.base.common.owner.as_ref()).map(|o| &o.name);
        roles.extend(owners.map(|o| if newer { o.clone() } else { world.kin.newer(o).clone() }));
    }
    roles
}
