//! The charter: who signed, how a disagreement ends, whose success a new client is.

use crate::history::diff::World;
use crate::history::diff::datum::{head, lists, name, value};
use crate::history::diff::pair::Pair;
use crate::history::diff::record::touched;
use crate::history::diff::say::{quoted, safe};
use crate::history::{Change, Weight, What};
use crate::model::Name;
use crate::model::field::Datum;

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    sponsors(pair);
    escalation(pair);
    for (key, what) in [("purpose", "What all of it is for"), ("credit_policy", "Whose success a new client is")] {
        let Some(words) = pair.take(key) else { continue };
        let world = pair.world;
        let (old, new) = (world.shown(words.before.as_ref()), world.shown(words.after.as_ref()));
        let said = |t: &Option<String>| t.as_ref().map_or_else(|| "not said".to_owned(), |t| quoted(t));
        let sentence = format!("{what}: now {} (was {}).", said(&new), said(&old));
        let change = Change::new(What::Changed, Weight::Good, pair.name(), sentence).field(key).values(old, new);
        pair.changes.push(touched(world, change, pair.name()));
    }
}

fn push(pair: &mut Pair<'_>, key: &str, sentence: String, roles: Vec<Name>, values: (Option<String>, Option<String>)) {
    let change = Change::new(What::Changed, Weight::Good, pair.name(), sentence).field(key).values(values.0, values.1);
    pair.changes.push(change.touching(roles).beside(pair.world.concerned(&pair.new.name)));
}

fn who(world: &World<'_>, entry: &Datum, key: &str) -> String {
    name(entry, key).map_or_else(|| "Somebody".to_owned(), |n| world.who(n))
}

fn sponsors(pair: &mut Pair<'_>) {
    let Some(sponsors) = pair.take("sponsors") else { return };
    let world = pair.world;
    let lists = lists("sponsors", sponsors.before.as_ref(), sponsors.after.as_ref());
    let signed = |entry: &Datum| {
        let team = name(entry, "team").map_or_else(String::new, |t| format!(" for {}", world.who(t)));
        match world.shown(value(entry, "signed")) {
            Some(day) => format!("{} signed the charter{team} on {day}", who(world, entry, "role")),
            None => format!("{} stands under the charter{team} and has not signed yet", who(world, entry, "role")),
        }
    };
    let roles = |entry: &Datum| name(entry, "role").cloned().into_iter().collect::<Vec<_>>();
    for new in lists.came.iter().chain(lists.changed.iter().map(|(_, new)| new)) {
        push(pair, "sponsors", format!("{}.", signed(new)), roles(new), (None, world.shown(Some(new))));
    }
    for old in &lists.went {
        let sentence = format!("{} no longer stands under the charter.", who(world, old, "role"));
        push(pair, "sponsors", sentence, roles(old), (world.shown(Some(old)), None));
    }
}

/// How a disagreement ends.
fn escalation(pair: &mut Pair<'_>) {
    let Some(escalation) = pair.take("escalation") else { return };
    let world = pair.world;
    let lists = lists("escalation", escalation.before.as_ref(), escalation.after.as_ref());
    let when = |entry: &Datum| quoted(&world.show(head(entry).unwrap_or(entry)));
    let within = |entry: &Datum| world.shown(value(entry, "within")).map(|w| safe(&w));
    let decides = |entry: &Datum| {
        let time = within(entry).map_or_else(String::new, |w| format!(" within {w}"));
        format!("{} decides{time}", who(world, entry, "decider"))
    };
    let roles = |entries: &[&Datum]| entries.iter().filter_map(|e| name(e, "decider").cloned()).collect::<Vec<_>>();
    for (old, new) in &lists.changed {
        let was = if name(old, "decider") == name(new, "decider") {
            within(old).unwrap_or_else(|| "no limit".to_owned())
        } else {
            who(world, old, "decider")
        };
        let sentence = format!("Disagreements, when {}: {} (was {was}).", when(new), decides(new));
        push(pair, "escalation", sentence, roles(&[old, new]), (world.shown(Some(old)), world.shown(Some(new))));
    }
    for new in &lists.came {
        push(
            pair,
            "escalation",
            format!("Disagreements, when {}: {}.", when(new), decides(new)),
            roles(&[new]),
            (None, world.shown(Some(new))),
        );
    }
    for old in &lists.went {
        push(
            pair,
            "escalation",
            format!("It is no longer said who decides when {}.", when(old)),
            roles(&[old]),
            (world.shown(Some(old)), None),
        );
    }
    if lists.reordered && lists.came.is_empty() && lists.went.is_empty() && lists.changed.is_empty() {
        push(pair, "escalation", "The ways in which disagreements end stand in another order.".to_owned(), Vec::new(), (None, None));
    }
}
