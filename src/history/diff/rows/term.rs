//! Words: what each means, which are given up, which are not fine to say.

use crate::history::diff::World;
use crate::history::diff::datum::{head, lists, text};
use crate::history::diff::pair::Pair;
use crate::history::diff::prose;
use crate::history::diff::record::{colon, touched};
use crate::history::diff::say::{bold, quoted, series};
use crate::history::{Change, Weight, What};
use crate::model::Record;
use crate::model::field::Datum;
use crate::model::kinds::term::Term;

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    definition(pair);
    retired(pair);
    spoken(pair, "synonyms", Weight::Good, ("is now fine to say for", "is no longer listed as fine to say for"));
    avoided(pair);
}

fn push(pair: &mut Pair<'_>, key: &str, weight: Weight, sentence: String, values: (Option<String>, Option<String>)) {
    let change = Change::new(What::Changed, weight, pair.name(), sentence).field(key).values(values.0, values.1);
    let change = touched(pair.world, change, pair.name());
    pair.changes.push(change);
}

fn definition(pair: &mut Pair<'_>) {
    let Some(definition) = pair.take("definition") else { return };
    let world = pair.world;
    let (old, new) = (world.shown(definition.before.as_ref()), world.shown(definition.after.as_ref()));
    let was = old.as_ref().map_or_else(String::new, |o| format!(" (was {})", quoted(o)));
    let means = new.as_ref().map_or_else(|| "nothing in words".to_owned(), |n| quoted(n));
    let sentence = format!("{} now means {means}{was}.", bold(&pair.new.title));
    push(pair, "definition", Weight::Must, sentence, (old, new));
    let told = prose::rewritten(text(definition.before.as_ref()), text(definition.after.as_ref()), &|t| world.read(t));
    if let Some(last) = pair.changes.last_mut() {
        last.rewritten = Some(told);
    }
}

/// Names that are given up. One that was this word's own name is told as its renaming.
fn retired(pair: &mut Pair<'_>) {
    let Some(retired) = pair.take("retired") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let lists = lists("retired", retired.before.as_ref(), retired.after.as_ref());
    let name = |entry: &Datum| world.show(head(entry).unwrap_or(entry));
    let own = |entry: &&&Datum| pair.old.title != pair.new.title && name(entry).eq_ignore_ascii_case(&pair.old.title);
    let mut told = Vec::new();
    for new in lists.came.iter().filter(|e| !own(e)) {
        told.push((Weight::Must, format!("{} is retired: say {title}.", quoted(&name(new))), None, Some(name(new))));
    }
    for old in &lists.went {
        told.push((Weight::Good, format!("{} is no longer listed as an old word for {title}.", quoted(&name(old))), Some(name(old)), None));
    }
    for (old, new) in &lists.changed {
        let sentence = format!("What is said of {}, an old word for {title}, is put otherwise.", quoted(&name(new)));
        told.push((Weight::Wording, sentence, Some(world.show(old)), Some(world.show(new))));
    }
    for (weight, sentence, before, after) in told {
        push(pair, "retired", weight, sentence, (before, after));
    }
}

fn spoken(pair: &mut Pair<'_>, key: &str, weight: Weight, (now, no_longer): (&str, &str)) {
    let Some(words) = pair.take(key) else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let lists = lists(key, words.before.as_ref(), words.after.as_ref());
    let all = |list: &[&Datum]| series(&list.iter().map(|w| quoted(&world.show(w))).collect::<Vec<_>>());
    let plain = |list: &[&Datum]| (!list.is_empty()).then(|| list.iter().map(|w| world.show(w)).collect::<Vec<_>>().join(", "));
    let several = |count: usize, text: &str| if count > 1 { text.replacen("is ", "are ", 1) } else { text.to_owned() };
    if !lists.came.is_empty() {
        let sentence = format!("{} {} {title}.", all(&lists.came), several(lists.came.len(), now));
        push(pair, key, weight, sentence, (None, plain(&lists.came)));
    }
    if !lists.went.is_empty() {
        let sentence = format!("{} {} {title}.", all(&lists.went), several(lists.went.len(), no_longer));
        push(pair, key, Weight::Good, sentence, (plain(&lists.went), None));
    }
}

/// Words that are not fine to say.
fn avoided(pair: &mut Pair<'_>) {
    let Some(words) = pair.take("avoid") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let lists = lists("avoid", words.before.as_ref(), words.after.as_ref());
    let all = |list: &[&Datum]| series(&list.iter().map(|w| quoted(&world.show(w))).collect::<Vec<_>>());
    let plain = |list: &[&Datum]| (!list.is_empty()).then(|| list.iter().map(|w| world.show(w)).collect::<Vec<_>>().join(", "));
    if !lists.came.is_empty() {
        let sentence = format!("Do not say {} any more: say {title}.", all(&lists.came));
        push(pair, "avoid", Weight::Must, sentence, (None, plain(&lists.came)));
    }
    if !lists.went.is_empty() {
        let sentence = format!("One may say {} again for {title}.", all(&lists.went));
        push(pair, "avoid", Weight::Good, sentence, (plain(&lists.went), None));
    }
}

/// A word that came.
pub fn added(world: &World<'_>, term: &Record<Term>) -> String {
    format!("New word: {}{}.", bold(term.title()), colon(world, term.definition.as_ref()))
}
