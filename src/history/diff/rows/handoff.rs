//! Hand-overs: what is handed over, what each side promises and how soon, why one may decline, who hears of delay.

use crate::history::diff::World;
use crate::history::diff::datum::{head, items, name, reworded, value};
use crate::history::diff::general::entry;
use crate::history::diff::pair::Pair;
use crate::history::diff::record::touched;
use crate::history::diff::say::{quoted, safe, series, shifted};
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::funnel::Handoff;
use crate::model::{Name, Record};
use std::collections::BTreeSet;

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    // Its ends are its name: another end is another hand-over, unless it says what it was.
    promises(pair);
    simple(pair, "gives", "evidence", ("now also hands over", "no longer hands over"));
    simple(pair, "decline_reasons", "", ("may now also be declined for", "may no longer be declined for"));
    escalation(pair);
}

/// "Ready → Accepted".
fn way(world: &World<'_>, base: &Name) -> String {
    let now = world.after.playbook.handoffs.get(&base.id).or_else(|| world.before.playbook.handoffs.get(&world.kin.older(base).id));
    let ends = now.and_then(|h| Some((h.from.as_ref()?, h.to.as_ref()?)));
    ends.map_or_else(|| world.bold(base), |(from, to)| format!("**{} → {}**", world.who(&from.name), world.who(&to.name)))
}

/// A sentence, whom it touches, what was promised and what is.
type Told<'a> = (String, Vec<Name>, Option<&'a Datum>, Option<&'a Datum>);

/// Whether two promises are one.
type Alike = dyn Fn(&Datum, &Datum) -> bool;

fn promises(pair: &mut Pair<'_>) {
    let Some(sla) = pair.take("sla") else { return };
    let world = pair.world;
    let mut went: Vec<&Datum> = items(sla.before.as_ref()).iter().filter(|p| !items(sla.after.as_ref()).contains(p)).collect();
    let came: Vec<&Datum> = items(sla.after.as_ref()).iter().filter(|p| !items(sla.before.as_ref()).contains(p)).collect();
    let mut pairs: Vec<(&Datum, &Datum)> = Vec::new();
    let mut left: Vec<&Datum> = Vec::new();
    // The same words by the same role, the same role, the same words: in this order of likeness.
    let alike: [&Alike; 3] = [
        &|a, b| name(a, "who") == name(b, "who") && value(a, "promises") == value(b, "promises"),
        &|a, b| name(a, "who") == name(b, "who"),
        &|a, b| value(a, "promises") == value(b, "promises"),
    ];
    let mut open = came;
    for alike in alike {
        left.clear();
        for new in open {
            match went.iter().position(|old| alike(old, new)) {
                Some(at) => pairs.push((went.remove(at), new)),
                None => left.push(new),
            }
        }
        open = left.clone();
    }
    let way = way(world, pair.name());
    let mut told: Vec<Told<'_>> = Vec::new();
    for (old, new) in pairs {
        told.extend(changed(world, &way, old, new).into_iter().map(|s| (s, who(&[old, new]), Some(old), Some(new))));
    }
    for new in open {
        told.push((format!("At {way}, {}.", promised(world, new, "now promises")), who(&[new]), None, Some(new)));
    }
    for old in went {
        let sentence = format!("At {way}, {} no longer promises {}.", by(world, old), what(world, old));
        told.push((sentence, who(&[old]), Some(old), None));
    }
    let partners = world.concerned(pair.name());
    for (sentence, roles, old, new) in told {
        let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("sla");
        let change = change.values(world.shown(old), world.shown(new));
        pair.changes.push(change.touching(roles).beside(partners.clone()));
    }
}

fn who(promises: &[&Datum]) -> Vec<Name> {
    promises.iter().filter_map(|p| name(p, "who").cloned()).collect()
}

fn by(world: &World<'_>, promise: &Datum) -> String {
    name(promise, "who").map_or_else(|| "somebody".to_owned(), |n| world.who(n))
}

fn what(world: &World<'_>, promise: &Datum) -> String {
    world.shown(value(promise, "promises")).map_or_else(|| "something".to_owned(), |t| quoted(&t))
}

fn promised(world: &World<'_>, promise: &Datum, verb: &str) -> String {
    let within = world.shown(value(promise, "within")).map_or_else(String::new, |w| format!(" within {}", safe(&w)));
    let target = world.shown(value(promise, "target")).map_or_else(String::new, |t| format!(", {} of the time", safe(&t)));
    format!("{} {verb} {}{within}{target}", by(world, promise), what(world, promise))
}

/// What one promise says otherwise: a sentence for each thing that can be said alone.
fn changed(world: &World<'_>, way: &str, old: &Datum, new: &Datum) -> Vec<String> {
    let differs = |key: &str| value(old, key) != value(new, key);
    let mut all = Vec::new();
    let (old_time, new_time) = (world.shown(value(old, "within")), world.shown(value(new, "within")));
    if differs("who") && differs("promises") {
        all.push(format!("At {way}, {} (was: {}).", promised(world, new, "now promises"), promised(world, old, "promised")));
        return all;
    }
    if differs("who") {
        all.push(format!("At {way}, {} now promises {} instead of {}.", by(world, new), what(world, new), by(world, old)));
    }
    if differs("promises") {
        all.push(format!("At {way}, {} now promises {} (was {}).", by(world, new), what(world, new), what(world, old)));
    }
    if let (true, Some(old_time), Some(new_time)) = (differs("within"), old_time, new_time) {
        all.push(format!("At {way}, the time for {} from {} is {}.", what(world, new), by(world, new), shifted(&old_time, &new_time)));
    }
    if differs("target") {
        let said = |p: &Datum| world.shown(value(p, "target")).map_or_else(|| "not said".to_owned(), |t| safe(&t));
        all.push(format!(
            "At {way}, {} by {} is now to be kept {} of the time (was {}).",
            what(world, new),
            by(world, new),
            said(new),
            said(old)
        ));
    }
    if differs("clock_starts") || differs("counts") || differs("metric") {
        let part = |key: &str, doc: &str| {
            let said = world.shown(value(new, key)).map_or_else(|| "not said".to_owned(), |t| quoted(&t));
            differs(key).then(|| format!("{doc} {said}"))
        };
        let parts =
            [part("clock_starts", "its clock starts"), part("counts", "what counts is"), part("metric", "the number that tells is")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        all.push(format!("At {way}, for {} by {}, {} now.", what(world, new), by(world, new), series(&parts)));
    }
    all
}

/// Lists of what is handed over, and of reasons.
fn simple(pair: &mut Pair<'_>, key: &str, beside: &str, (now, no_longer): (&str, &str)) {
    let Some(difference) = pair.take(key) else { return };
    let world = pair.world;
    let way = way(world, pair.name());
    let lists = reworded(key, difference.before.as_ref(), difference.after.as_ref());
    let all = |list: &[&Datum]| {
        series(&list.iter().map(|i| if beside.is_empty() { world.said(i) } else { entry(pair, i, beside) }).collect::<Vec<_>>())
    };
    let mut said = Vec::new();
    for (old, new) in &lists.reworded {
        let verb = now.replacen(" also", "", 1);
        said.push(format!("{way} {verb} {} (was {}).", all(&[new]), all(&[old])));
    }
    if !lists.came.is_empty() {
        said.push(format!("{way} {now} {}.", all(&lists.came)));
    }
    if !lists.went.is_empty() {
        said.push(format!("{way} {no_longer} {}.", all(&lists.went)));
    }
    for (_, new) in &lists.changed {
        let proof = world.shown(value(new, beside)).map_or_else(|| "nowhere".to_owned(), |t| safe(&t));
        said.push(format!("At {way}, {} is now seen in {proof}.", head(new).map_or_else(String::new, |h| quoted(&world.show(h)))));
    }
    let shown = (world.shown(difference.before.as_ref()), world.shown(difference.after.as_ref()));
    for sentence in said {
        let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field(key).values(shown.0.clone(), shown.1.clone());
        pair.changes.push(touched(world, change, pair.name()));
    }
}

fn escalation(pair: &mut Pair<'_>) {
    let Some(escalate) = pair.take("escalate") else { return };
    let world = pair.world;
    let way = way(world, pair.name());
    let (before, after) = (items(escalate.before.as_ref()), items(escalate.after.as_ref()));
    let at = |e: &Datum| world.shown(value(e, "at")).unwrap_or_default();
    let told = |e: &&Datum| name(e, "tell").cloned();
    let came: Vec<&Datum> = after.iter().filter(|e| !before.contains(e)).collect();
    let went: Vec<&Datum> = before.iter().filter(|e| !after.contains(e)).collect();
    let mut said: Vec<String> = came
        .iter()
        .map(|e| format!("{} hears of it once {} of the time is up", told(e).map_or_else(|| "nobody".to_owned(), |n| world.who(&n)), at(e)))
        .collect();
    said.extend(
        went.iter().map(|e| format!("{} no longer does at {}", told(e).map_or_else(|| "nobody".to_owned(), |n| world.who(&n)), at(e))),
    );
    let roles: BTreeSet<Name> = came.iter().chain(&went).filter_map(told).collect();
    let sentence = format!("When a promise at {way} runs late, {}.", series(&said));
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("escalate");
    let change = change.values(world.shown(escalate.before.as_ref()), world.shown(escalate.after.as_ref()));
    pair.changes.push(change.touching(roles).beside(world.concerned(pair.name())));
}

/// A hand-over that came.
pub fn added(world: &World<'_>, handoff: &Record<Handoff>) -> String {
    let promise = |p: &crate::model::kinds::funnel::Promise| {
        let who = world.who(&p.who.as_ref()?.name);
        let within = p.within.as_ref().map_or_else(String::new, |w| format!(" within {w}"));
        Some(format!("{who} promises {}{within}", quoted(&world.read(&p.promises.as_ref()?.text))))
    };
    let promises: Vec<String> = handoff.sla.iter().filter_map(promise).take(2).collect();
    let tail = if promises.is_empty() { String::new() } else { format!("; {}", series(&promises)) };
    format!("New hand-over {}{tail}.", way(world, &handoff.base.name))
}

/// A hand-over that went.
pub fn removed(world: &World<'_>, handoff: &Record<Handoff>) -> String {
    format!("The hand-over {} is gone.", way(world, &handoff.base.name))
}
