//! Ways back: where a "no" goes, how long it is left in peace, and what calls it back. All of it is one way, told in one sentence.

use crate::history::diff::World;
use crate::history::diff::datum::value;
use crate::history::diff::pair::{Difference, Pair};
use crate::history::diff::record::touched;
use crate::history::diff::say::{bold, quoted, safe, series};
use crate::history::{Change, Weight, What};
use crate::model::Record;
use crate::model::field::Datum;
use crate::model::kinds::funnel::Recycle;

/// The fields that together say where a "no" goes.
const WAY: [&str; 8] = ["from", "to", "reasons", "return_when", "return_to", "cool_down", "at_most", "not_to"];

/// Tells what changed.
pub fn recycle(pair: &mut Pair<'_>) {
    let taken: Vec<Difference> = WAY.into_iter().filter_map(|key| pair.take(key)).collect();
    let Some(first) = taken.first() else { return };
    let world = pair.world;
    let said: Vec<String> = taken.iter().filter_map(|d| clause(world, d)).collect();
    let all = series(&said);
    let all = all.strip_prefix("is ").map_or_else(|| format!("now {all}"), |rest| format!("is now {rest}"));
    let sentence = format!("“{}” {all}.", safe(&pair.new.title));
    let all = |before: bool| {
        let values = taken.iter().filter_map(|d| world.shown(if before { d.before.as_ref() } else { d.after.as_ref() }));
        let values: Vec<String> = values.collect();
        (!values.is_empty()).then(|| values.join("; "))
    };
    let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field(first.key).values(all(true), all(false));
    pair.changes.push(touched(world, change, pair.name()));
}

fn clause(world: &World<'_>, difference: &Difference) -> Option<String> {
    let shown = |d: &Option<Datum>| d.as_ref().map(|d| world.said(d));
    let (old, new) = (shown(&difference.before), shown(&difference.after));
    let was = old.as_ref().map_or_else(String::new, |o| format!(" (was {o})"));
    let stage = |d: &Option<Datum>| d.as_ref().map(|d| bold(&world.show(d)));
    let was_stage = stage(&difference.before).map_or_else(String::new, |o| format!(" (was {o})"));
    Some(match (difference.key, new) {
        ("from", None) => format!("begins nowhere{was_stage}"),
        ("to", None) => format!("goes nowhere{was_stage}"),
        ("reasons", None) => format!("stands for no reason{was}"),
        ("from", _) => format!("begins at {}{was_stage}", stage(&difference.after)?),
        ("to", _) => format!("goes to {}{was_stage}", stage(&difference.after)?),
        ("return_to", Some(_)) => format!("comes back to {}{was_stage}", stage(&difference.after)?),
        ("return_to", None) => format!("does not come back{was_stage}"),
        ("return_when", Some(new)) => format!("is called back when {new}{was}"),
        ("return_when", None) => format!("is called back by nothing{was}"),
        ("cool_down", Some(new)) => format!("is left in peace for {new}{was}"),
        ("cool_down", None) => format!("is not left in peace{was}"),
        ("reasons", Some(new)) => format!("stands for {new}{was}"),
        ("not_to", Some(new)) => format!("does not go back to {new}{was}"),
        ("not_to", None) => format!("may go back to anyone{was}"),
        ("at_most", Some(_)) => format!("is given {}", effort(world, difference)),
        (_, _) => format!("has no limit of effort{was}"),
    })
}

/// "at most 3 rounds, 8 touches".
fn effort(world: &World<'_>, difference: &Difference) -> String {
    let part = |d: &Option<Datum>, key: &str| d.as_ref().and_then(|d| world.shown(value(d, key)));
    let units = [("loops", " rounds"), ("touches", " touches"), ("time", ""), ("spend", "")];
    let said = units.into_iter().filter_map(|(key, unit)| {
        let (old, new) = (part(&difference.before, key), part(&difference.after, key));
        let was = |o: String| format!(" (was {o})");
        (old != new).then(|| match new {
            Some(new) => format!("{new}{unit} at most{}", old.map_or_else(String::new, was)),
            None => format!("as many{unit} as it takes{}", old.map_or_else(String::new, was)),
        })
    });
    series(&said.collect::<Vec<_>>())
}

/// A way back that came.
pub fn added(world: &World<'_>, recycle: &Record<Recycle>) -> String {
    let from = recycle.from.as_ref().map_or_else(String::new, |s| format!(" from {}", world.bold(&s.name)));
    let to = recycle.to.as_ref().map_or_else(String::new, |s| format!(" to {}", world.bold(&s.name)));
    let peace = recycle.cool_down.as_ref().map_or_else(String::new, |d| format!(", left in peace for {d}"));
    let back = recycle.return_when.as_ref().map_or_else(String::new, |w| format!(", called back when {}", quoted(&world.read(&w.text))));
    format!("New way back: “{}” goes{from}{to}{peace}{back}.", safe(recycle.title()))
}
