//! Messages: what is promised to whom, which words to use and which to leave; and material.

use crate::history::diff::World;
use crate::history::diff::datum::{lists, text};
use crate::history::diff::pair::Pair;
use crate::history::diff::prose;
use crate::history::diff::record::{colon, touched};
use crate::history::diff::say::{bold, quoted, series};
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::offering::{Asset, Message};
use crate::model::{Kind, Record};

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    promise(pair);
    spoken(pair, "say", Weight::Should, ("Now say", ""), ("No longer say", ""));
    spoken(pair, "avoid", Weight::Must, ("Do not say", " any more"), ("One may say", " again"));
}

/// "Office manager".
fn whom(world: &World<'_>, message: Option<&Record<Message>>) -> String {
    let persona = message.and_then(|m| m.persona.as_ref());
    persona.map_or_else(|| "buyers".to_owned(), |p| world.bold(&p.name))
}

/// " about Team Table", where it is not about the company as a whole; " at Tasting".
fn about(world: &World<'_>, message: Option<&Record<Message>>) -> String {
    let subject = message.and_then(|m| m.about.as_ref()).filter(|a| a.name.kind != Kind::Playbook);
    let stage = message.and_then(|m| m.stage.as_ref());
    let about = subject.map_or_else(String::new, |a| format!(" about {}", world.who(&a.name)));
    format!("{about}{}", stage.map_or_else(String::new, |s| format!(" at {}", world.who(&s.name))))
}

fn promise(pair: &mut Pair<'_>) {
    let Some(promise) = pair.take("promise") else { return };
    let world = pair.world;
    let message = world.after.playbook.messages.get(&pair.new.name.id);
    let (old, new) = (world.shown(promise.before.as_ref()), world.shown(promise.after.as_ref()));
    let said = |t: &Option<String>| t.as_ref().map_or_else(|| "nothing".to_owned(), |t| quoted(t));
    let sentence =
        format!("The promise to {}{} changed: {} (was {}).", whom(world, message), about(world, message), said(&new), said(&old));
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("promise").values(old, new);
    change.rewritten = Some(prose::rewritten(text(promise.before.as_ref()), text(promise.after.as_ref()), &|t| world.read(t)));
    pair.changes.push(touched(world, change, pair.name()));
}

fn spoken(pair: &mut Pair<'_>, key: &str, weight: Weight, now: (&str, &str), no_longer: (&str, &str)) {
    let Some(words) = pair.take(key) else { return };
    let world = pair.world;
    let message = world.after.playbook.messages.get(&pair.new.name.id);
    let to = format!("{}{}", whom(world, message), about(world, message));
    let lists = lists(key, words.before.as_ref(), words.after.as_ref());
    let all = |list: &[&Datum]| series(&list.iter().map(|w| quoted(&world.show(w))).collect::<Vec<_>>());
    let plain = |list: &[&Datum]| (!list.is_empty()).then(|| list.iter().map(|w| world.show(w)).collect::<Vec<_>>().join("; "));
    let mut told = Vec::new();
    if !lists.came.is_empty() {
        told.push((weight, format!("{} {} to {to}{}.", now.0, all(&lists.came), now.1), (None, plain(&lists.came))));
    }
    if !lists.went.is_empty() {
        told.push((Weight::Should, format!("{} {} to {to}{}.", no_longer.0, all(&lists.went), no_longer.1), (plain(&lists.went), None)));
    }
    for (weight, sentence, (before, after)) in told {
        let change = Change::new(What::Changed, weight, pair.name(), sentence).field(key).values(before, after);
        pair.changes.push(touched(world, change, pair.name()));
    }
}

/// A message that came.
pub fn added(world: &World<'_>, message: &Record<Message>) -> String {
    format!("New message to {}{}{}.", whom(world, Some(message)), about(world, Some(message)), colon(world, message.promise.as_ref()))
}

/// A piece of material that came.
pub fn asset(asset: &Record<Asset>) -> String {
    let kind = asset.kind.map_or("piece of material", |k| if k.word == "other" { "piece of material" } else { k.word });
    format!("New {kind}: {}.", bold(asset.title()))
}
