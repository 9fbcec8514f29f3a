//! What changes for many records at once and is one fact: who keeps what names nobody, and that records were read through again.

use super::World;
use super::pair::{Difference, INHERITED, Pair};
use super::say::{capital, several};
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::{Base, Kind, Name};
use std::collections::{BTreeMap, BTreeSet};

/// Takes what is one fact from all records and tells it once.
pub fn folded(world: &World<'_>, pairs: &mut [Pair<'_>]) -> Vec<Change> {
    let mut all = Vec::new();
    for key in INHERITED {
        all.extend(inherited(world, pairs, key));
    }
    all.extend(reviewed(world, pairs));
    all
}

/// Whether a record has a field only from its folder or the playbook.
fn inherits(base: &Base, key: &str) -> bool {
    !base.stated.iter().any(|f| f.key == key)
}

fn inherited(world: &World<'_>, pairs: &mut [Pair<'_>], key: &'static str) -> Vec<Change> {
    type Shift = (Option<String>, Option<String>);
    let mut groups: BTreeMap<Shift, (Vec<Name>, Difference)> = BTreeMap::new();
    let default = (key == "owner").then(|| take_default_owner(pairs)).flatten();
    for pair in pairs.iter_mut() {
        if inherits(pair.old, key)
            && inherits(pair.new, key)
            && let Some(difference) = pair.take(key)
        {
            let shift = (world.shown(difference.before.as_ref()), world.shown(difference.after.as_ref()));
            groups.entry(shift).or_insert_with(|| (Vec::new(), difference)).0.push(pair.new.name.clone());
        }
    }
    if let Some(difference) = default {
        let shift = (world.shown(difference.before.as_ref()), world.shown(difference.after.as_ref()));
        groups.entry(shift).or_insert_with(|| (Vec::new(), difference));
    }
    groups.into_values().map(|(names, difference)| group(world, key, &names, &difference)).collect()
}

/// The playbook's own default, which is the same fact.
fn take_default_owner(pairs: &mut [Pair<'_>]) -> Option<Difference> {
    pairs.iter_mut().find(|p| p.new.name.kind == Kind::Playbook)?.take("default_owner")
}

fn group(world: &World<'_>, key: &str, names: &[Name], difference: &Difference) -> Change {
    let (before, after) = (world.shown(difference.before.as_ref()), world.shown(difference.after.as_ref()));
    let said = |text: &Option<String>, none: &str| text.as_deref().map_or_else(|| none.to_owned(), super::say::safe);
    let what = match names {
        [] => "records that name nobody".to_owned(),
        [one] => world.bold(one),
        several_ => format!("{} records that do not say so themselves", several_.len()),
    };
    let sentence = match key {
        "owner" => format!("{} now {} {what} (was {}).", said(&after, "Nobody"), "keeps", said(&before, "nobody")),
        "review_every" => format!(
            "{} now to be read through every {} (was {}).",
            capital(&with_verb(&what, names)),
            said(&after, "so often"),
            said(&before, "not said")
        ),
        _ => {
            format!("{} now for {} only (was {}).", capital(&with_verb(&what, names)), said(&after, "everyone"), said(&before, "everyone"))
        }
    };
    let own = world.after.playbook.own().map_or_else(|| Name::new(Kind::Playbook, "playbook"), |own| own.base.name.clone());
    let record = if let [one] = names { one.clone() } else { own };
    let weight = if key == "owner" { Weight::Should } else { Weight::Good };
    let roles = [&difference.before, &difference.after]
        .into_iter()
        .filter_map(|d| if let Some(Datum::Name(name)) = d { Some(name.clone()) } else { None });
    Change::new(What::Changed, weight, &record, sentence).field(key).values(before, after).touching(roles)
}

fn with_verb(what: &str, names: &[Name]) -> String {
    format!("{what} {}", super::say::are(names.len()))
}

/// Records that were read through again: a day that is another and says no more.
fn reviewed(world: &World<'_>, pairs: &mut [Pair<'_>]) -> Option<Change> {
    let mut last = None;
    let mut names: Vec<Name> = Vec::new();
    let mut roles: BTreeSet<Name> = BTreeSet::new();
    for pair in pairs.iter_mut() {
        if pair.take("reviewed").is_some() {
            last = last.max(pair.new.common.reviewed.as_ref().map(|r| r.value));
            roles.extend(pair.new.common.owner.as_ref().map(|o| o.name.clone()));
            names.push(pair.new.name.clone());
        }
    }
    let first = names.first()?;
    let day = last.map_or_else(String::new, |d| format!("on {}", crate::model::value::long_date(d)));
    let (record, sentence) = match names.as_slice() {
        [one] => (one.clone(), format!("{} was read through again {day}", world.bold(one))),
        more => {
            let own = world.after.playbook.own().map_or_else(|| first.clone(), |own| own.base.name.clone());
            (own, format!("{} were read through again, the last {day}", several(more.len(), "record", "records")))
        }
    };
    let change = Change::new(What::Changed, Weight::Wording, &record, format!("{}.", sentence.trim_end()));
    Some(change.field("reviewed").beside(roles))
}
