//! Offerings: a new name and a new price are one change, as they are one lunch.

use crate::history::diff::datum::{head, lists, value};
use crate::history::diff::pair::{Difference, Pair};
use crate::history::diff::record::{from_day, touched};
use crate::history::diff::say::{bold, quoted, safe, series, several};
use crate::history::{Change, Weight, What};
use crate::model::Record;
use crate::model::field::Datum;
use crate::model::kinds::offering::{Offering, Price};

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    let world = pair.world;
    let old = world.before.playbook.offerings.get(&pair.old.name.id);
    let new = world.after.playbook.offerings.get(&pair.new.name.id);
    if let (Some(old), Some(new)) = (old, new) {
        named_and_priced(pair, old, new);
    }
    formerly(pair);
    caller(pair);
}

/// What people call it: its name.
fn called(offering: &Record<Offering>) -> String {
    offering.name.clone().unwrap_or_else(|| offering.title().to_owned())
}

/// The price that holds from the latest day.
fn latest(offering: &Record<Offering>) -> Option<&Price> {
    offering.price.iter().max_by_key(|p| p.from)
}

fn named_and_priced(pair: &mut Pair<'_>, old: &Record<Offering>, new: &Record<Offering>) {
    let (was, is) = (called(old), called(new));
    let renamed = was != is;
    let (before, after) = (latest(old).and_then(|p| p.amount.clone()), latest(new).and_then(|p| p.amount.clone()));
    let repriced = before != after;
    if !renamed && !repriced {
        return;
    }
    let world = pair.world;
    if renamed {
        let _ = (pair.take("name"), pair.take("title"), pair.take("id"));
    }
    let since = if repriced { pair.take("price").and(latest(new)).and_then(|p| p.from) } else { None };
    let per = |m: &crate::model::value::Money| m.per.as_ref().map_or_else(String::new, |p| format!(" a {p}"));
    let bare = |m: &crate::model::value::Money| crate::model::value::in_currency(&m.currency, &m.amount.to_string());
    let price = match (&before, &after) {
        _ if !repriced => String::new(),
        (Some(a), Some(b)) if a.per == b.per => format!("{} → {}{}", bare(a), bare(b), per(b)),
        (Some(a), Some(b)) => format!("{}{} → {}{}", bare(a), per(a), bare(b), per(b)),
        (None, Some(b)) => format!("{}{}", bare(b), per(b)),
        _ => "without a price".to_owned(),
    };
    let day = from_day(since);
    let mut sentence = match (renamed, repriced) {
        (true, true) => format!("**{} is now {}**: {}{day}", safe(&was), safe(&is), safe(&price)),
        (true, false) => format!("**{} is now {}**", safe(&was), safe(&is)),
        _ => format!("{}: {}{day}", bold(&is), safe(&price)),
    };
    if let Some(still) = world.lookups.still.filter(|_| renamed).map(|still| still(pair.name(), &was)) {
        let pages = (still.pages > 0).then(|| several(still.pages, "page", "pages"));
        let lessons = (still.lessons > 0).then(|| several(still.lessons, "lesson", "lessons"));
        let said: Vec<String> = pages.into_iter().chain(lessons).collect();
        if !said.is_empty() {
            let verb = if still.pages + still.lessons == 1 { "says" } else { "say" };
            sentence = format!("{sentence}; {} still {verb} the old name", series(&said));
        }
    }
    let amount = |m: &Option<crate::model::value::Money>| if repriced { m.as_ref().map(ToString::to_string) } else { None };
    let both = |name: &str, amount: Option<String>| {
        let name = renamed.then(|| name.to_owned());
        let said: Vec<String> = name.into_iter().chain(amount).collect();
        (!said.is_empty()).then(|| said.join(", "))
    };
    let what = if renamed { What::Renamed } else { What::Changed };
    let change = Change::new(what, Weight::Must, pair.name(), format!("{sentence}.")).field(if renamed { "name" } else { "price" });
    let mut change = change.values(both(&was, amount(&before)), both(&is, amount(&after)));
    change.effective = since.or_else(|| new.formerly.iter().find(|f| f.text() == Some(was.as_str())).and_then(|f| f.until));
    pair.changes.push(touched(world, change, pair.name()));
}

/// Old names. The one it had in the older version is told as its renaming.
fn formerly(pair: &mut Pair<'_>) {
    let Some(Difference { before, after, .. }) = pair.take("formerly") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let was = world.before.playbook.offerings.get(&pair.old.name.id).map(called).unwrap_or_default();
    let lists = lists("formerly", before.as_ref(), after.as_ref());
    let name = |entry: &Datum| world.show(head(entry).unwrap_or(entry));
    let mut told = Vec::new();
    for new in lists.came.iter().filter(|e| name(e) != was) {
        told.push((Weight::Must, format!("{} is an old name: say {title}.", quoted(&name(new))), None, Some(name(new))));
    }
    for old in &lists.went {
        told.push((Weight::Good, format!("{} is no longer listed as an old name of {title}.", quoted(&name(old))), Some(name(old)), None));
    }
    for (old, new) in lists.changed.iter().filter(|(old, new)| old != new) {
        let (was, is) = (world.shown(value(old, "until")), world.shown(value(new, "until")));
        let sentence = match (&was, &is) {
            (was, is) if was == is => format!("Why {} became {title} is put otherwise.", quoted(&name(new))),
            (_, Some(is)) => format!("{title} was called {} until {is}.", quoted(&name(new))),
            _ => format!("Until when {title} was called {} is no longer said.", quoted(&name(new))),
        };
        told.push((Weight::Wording, sentence, Some(world.show(old)), Some(world.show(new))));
    }
    for (weight, sentence, before, after) in told {
        let change = Change::new(What::Changed, weight, pair.name(), sentence).field("formerly").values(before, after);
        pair.changes.push(touched(world, change, pair.name()));
    }
}

/// What to answer when a caller uses an old name.
fn caller(pair: &mut Pair<'_>) {
    let Some(says) = pair.take("caller_says") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let sentence = match world.shown(says.after.as_ref()) {
        Some(words) => format!("When a caller uses an old name of {title}, the answer is now {}.", quoted(&words)),
        None => format!("There is no answer any more for a caller who uses an old name of {title}."),
    };
    let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field("caller_says");
    let change = change.values(world.shown(says.before.as_ref()), world.shown(says.after.as_ref()));
    pair.changes.push(touched(world, change, pair.name()));
}

/// An offering that came.
pub fn added(offering: &Record<Offering>) -> String {
    let price = latest(offering).and_then(|p| p.amount.as_ref()).map(|m| {
        let per = m.per.as_ref().map_or_else(String::new, |p| format!(" a {p}"));
        format!(", {}{per}", crate::model::value::in_currency(&m.currency, &m.amount.to_string()))
    });
    format!("New offering: {}{}.", bold(&called(offering)), price.map_or_else(String::new, |p| safe(&p)))
}
