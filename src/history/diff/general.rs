//! What no kind has words of its own for: the field's own words, and what it said and says.

use super::datum::{head, lists, text, value};
use super::pair::{Difference, Pair};
use super::prose::{self, Rewritten};
use super::record;
use super::say::{bold, capital, quoted, safe, series, several};
use crate::history::{Change, Weight, What};
use crate::model::field::{Datum, Field, Shape};
use crate::model::{Kind, Name};

/// Fields that say something of the record and not of the work.
const ABOUT_THE_RECORD: [&str; 9] = ["allow", "as_of", "answers", "nav", "redirect_from", "section", "since", "sources", "tags"];

/// Longer texts are shown word by word instead of whole.
const LONG: usize = 90;

/// From how many of a hundred words on a rewritten text is more than its wording.
const REWRITTEN: usize = 20;

/// So many words are few, whatever their share.
const FEW: usize = 8;

/// Tells all that is left.
pub fn tell(pair: &mut Pair<'_>) {
    record::tell(pair);
    while let Some(first) = pair.fields.first().map(|f| f.key) {
        let Some(difference) = pair.take(first) else { return };
        let told = if difference.key == "body" { body(pair, &difference) } else { field(pair, &difference) };
        if let Some(change) = told {
            let change = record::touched(pair.world, change, &pair.new.name);
            pair.changes.push(change);
        }
    }
}

/// "Tool **Care log**".
pub fn subject(pair: &Pair<'_>) -> String {
    match pair.new.name.kind {
        Kind::Playbook | Kind::Charter => format!("The {}", pair.new.name.kind.label()),
        kind => format!("{} {}", capital(kind.label()), bold(&pair.new.title)),
    }
}

/// One field, in the words of its declaration.
fn field(pair: &Pair<'_>, difference: &Difference) -> Option<Change> {
    let world = pair.world;
    if is_told(pair, difference) {
        return None;
    }
    let is_list = [&difference.before, &difference.after].into_iter().flatten().any(|d| matches!(d, Datum::List(_)));
    let said = if is_list { list(pair, difference)? } else { one(pair, difference) };
    let sentence = format!("{} – {}: {}.", subject(pair), difference.doc, said.trim_end_matches('.'));
    let change = Change::new(What::Changed, weight(difference), &pair.new.name, sentence).field(difference.key);
    let mut change = change.values(world.shown(difference.before.as_ref()), world.shown(difference.after.as_ref()));
    change.rewritten = reworded(pair, difference);
    Some(change)
}

fn weight(difference: &Difference) -> Weight {
    let words = [&difference.before, &difference.after].into_iter().flatten().all(|d| matches!(d, Datum::Words(_)));
    if words || ABOUT_THE_RECORD.contains(&difference.key) { Weight::Wording } else { Weight::Good }
}

/// A longer text of a field, word by word.
fn reworded(pair: &Pair<'_>, difference: &Difference) -> Option<Rewritten> {
    let (Some(Datum::Words(old)), Some(Datum::Words(new))) = (&difference.before, &difference.after) else { return None };
    let long = old.text.chars().count() + new.text.chars().count() > LONG;
    long.then(|| prose::rewritten(&old.text, &new.text, &|text| pair.world.read(text)))
}

/// A value that is no list.
fn one(pair: &Pair<'_>, difference: &Difference) -> String {
    let world = pair.world;
    if let Some(told) = reworded(pair, difference) {
        return format!("reworded ({} % of its words)", told.percent);
    }
    match (&difference.before, &difference.after) {
        (Some(old @ Datum::Table(_)), Some(new @ Datum::Table(_))) => parts(pair, difference.key, old, new),
        (Some(old), Some(new)) => format!("{} → {}", world.said(old), world.said(new)),
        (None, Some(Datum::Text(yes))) if yes == "yes" => "now yes".to_owned(),
        (Some(Datum::Text(yes)), None) if yes == "yes" => "no longer".to_owned(),
        (None, Some(new)) => format!("now {}", world.said(new)),
        (Some(old), None) => format!("no longer {}", world.said(old)),
        (None, None) => String::new(),
    }
}

/// A list: what came, what went, what says something else. Nothing where it only follows from records that came or went.
fn list(pair: &Pair<'_>, difference: &Difference) -> Option<String> {
    let world = pair.world;
    let mut lists = lists(difference.key, difference.before.as_ref(), difference.after.as_ref());
    let gone = |item: &&Datum| head(item).map_or_else(|| is_gone(pair, item), |h| is_gone(pair, h));
    lists.went.retain(|item| !gone(item));
    lists.came.retain(|item| !gone(item));
    let all = |items: &[&Datum]| series(&items.iter().map(|i| world.said(i)).collect::<Vec<_>>());
    let mut said = Vec::new();
    match (lists.came.as_slice(), lists.went.as_slice()) {
        ([], []) => {}
        (came, []) => said.push(format!("now also {}", all(came))),
        ([], went) => said.push(format!("no longer {}", all(went))),
        (came, went) => said.push(format!("now {}, no longer {}", all(came), all(went))),
    }
    for (old, new) in &lists.changed {
        let title = head(new).map_or_else(String::new, |h| world.said(h));
        said.push(format!("{title}, {}", parts(pair, difference.key, old, new)));
    }
    if lists.reordered {
        said.push("in another order".to_owned());
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// Whether an item names a record that came or went, which is told there.
fn is_gone(pair: &Pair<'_>, item: &Datum) -> bool {
    matches!(item, Datum::Name(name) if pair.world.came_or_went(name))
}

/// Whether a field only began to name a record that came, or ceased to name one that went.
fn is_told(pair: &Pair<'_>, difference: &Difference) -> bool {
    match (&difference.before, &difference.after) {
        (None, Some(one)) | (Some(one), None) => is_gone(pair, one),
        _ => false,
    }
}

/// What an entry says otherwise, key by key.
fn parts(pair: &Pair<'_>, key: &str, old: &Datum, new: &Datum) -> String {
    let world = pair.world;
    let declared = inner(world.declared(pair.new.name.kind), key);
    let (Datum::Table(before), Datum::Table(after)) = (old, new) else {
        return format!("{} → {}", world.said(old), world.said(new));
    };
    let mut keys: Vec<&'static str> = after.iter().chain(before).map(|(k, _)| *k).collect();
    let mut seen = Vec::new();
    keys.retain(|k| !seen.contains(k) && (seen.push(*k), true).1);
    let mut said = Vec::new();
    for key in keys {
        let (was, is) = (value(old, key), value(new, key));
        if was == is {
            continue;
        }
        let doc = declared.iter().find(|f| f.key == key).map_or(key, |f| f.doc);
        said.push(match (was, is) {
            (Some(was @ Datum::List(_)), Some(is @ Datum::List(_))) => format!("{doc}: {}", came_and_went(pair, key, was, is)),
            (Some(was), Some(is)) => format!("{doc}: {} → {}", world.said(was), world.said(is)),
            (None, Some(is)) => format!("{doc}: now {}", world.said(is)),
            (Some(was), None) => format!("{doc}: no longer {}", world.said(was)),
            (None, None) => continue,
        });
    }
    said.join(", ")
}

fn came_and_went(pair: &Pair<'_>, key: &str, was: &Datum, is: &Datum) -> String {
    let lists = lists(key, Some(was), Some(is));
    let said = |items: &[&Datum]| series(&items.iter().map(|i| pair.world.said(i)).collect::<Vec<_>>());
    match (lists.came.is_empty(), lists.went.is_empty()) {
        (false, true) => format!("now also {}", said(&lists.came)),
        (true, false) => format!("no longer {}", said(&lists.went)),
        (false, false) => format!("now {}, no longer {}", said(&lists.came), said(&lists.went)),
        (true, true) => "in another order".to_owned(),
    }
}

/// The fields of a table that stands in a field.
fn inner<'a>(fields: &'a [Field], key: &str) -> &'a [Field] {
    fn of(shape: &Shape) -> &[Field] {
        match shape {
            Shape::Inline(fields) => fields,
            Shape::List(inner) => of(inner),
            _ => &[],
        }
    }
    fields.iter().find(|f| f.key == key).map(|f| of(&f.shape)).unwrap_or_default()
}

/// The text of a record.
fn body(pair: &Pair<'_>, difference: &Difference) -> Option<Change> {
    let world = pair.world;
    let (old, new) = (text(difference.before.as_ref()), text(difference.after.as_ref()));
    let (old, new) = (without_title(old, &pair.old.title), without_title(new, &pair.new.title));
    if old == new {
        return None;
    }
    let told = prose::rewritten(old, new, &|text| world.read(text));
    let (what, place) = whose_text(pair);
    let asked = questions(pair);
    let percent = told.percent;
    let little = (percent < REWRITTEN || told.words < FEW) && !old.is_empty() && !new.is_empty();
    let sentence = match (old.is_empty(), new.is_empty()) {
        (true, false) => format!("{what} is new{asked}."),
        (false, true) => format!("{what} is gone."),
        _ if told.is_only_moved() => format!("{what} says the same in another order{asked}."),
        _ if little => format!("A few words changed {place} ({percent}\u{a0}%){asked}."),
        _ if percent == 100 => format!("{what} was rewritten from the first word to the last{asked}."),
        _ => format!("{what} was rewritten: {percent}\u{a0}% of its words{asked}."),
    };
    let weight = if (little || told.is_only_moved()) && asked.is_empty() { Weight::Wording } else { Weight::Good };
    let change = Change::new(What::Changed, weight, &pair.new.name, sentence).field("body");
    let different = |before: bool| {
        let blocks = told.blocks.iter().filter_map(|b| one_side(b, before)).collect::<Vec<_>>().join("\n\n");
        (!blocks.is_empty()).then_some(blocks)
    };
    let mut change = change.values(different(true), different(false));
    change.rewritten = Some(told);
    Some(change)
}

/// "The page **Welcome**", and "on the page **Welcome**".
fn whose_text(pair: &Pair<'_>) -> (String, String) {
    let kind = pair.new.name.kind;
    let title = bold(&pair.new.title);
    match kind {
        Kind::Page => (format!("The page {title}"), format!("on the page {title}")),
        Kind::Lesson => (format!("The lesson {title}"), format!("in the lesson {title}")),
        Kind::Playbook | Kind::Charter => (format!("The text of the {}", kind.label()), format!("in the text of the {}", kind.label())),
        kind => (format!("The text about the {} {title}", kind.label()), format!("in the text about the {} {title}", kind.label())),
    }
}

/// A block that differs, as it was or as it is.
fn one_side(block: &prose::Block, before: bool) -> Option<String> {
    use prose::{Block, Piece};
    match block {
        Block::Same(_) | Block::Moved(_) => None,
        Block::Added(text) => (!before).then(|| text.clone()),
        Block::Removed(text) => before.then(|| text.clone()),
        Block::Changed(pieces) => {
            let words = pieces.iter().filter_map(|piece| match piece {
                Piece::Kept(text) => Some(text.as_str()),
                Piece::Added(text) => (!before).then_some(text.as_str()),
                Piece::Removed(text) => before.then_some(text.as_str()),
            });
            Some(words.collect::<Vec<_>>().join(" "))
        }
    }
}

/// A text without the heading that is its record's title, which is told as such.
fn without_title<'a>(body: &'a str, title: &str) -> &'a str {
    let (first, rest) = body.split_once("\n\n").unwrap_or((body, ""));
    if first.strip_prefix("# ").is_some_and(|heading| heading.trim() == title) { rest } else { body }
}

/// "; 2 of its questions are others", of a lesson.
fn questions(pair: &Pair<'_>) -> String {
    let asked = |base: &crate::model::Base| -> Vec<(String, String)> {
        let questions = base.body.iter().flat_map(|b| &b.questions);
        let said = |q: &crate::model::kinds::training::Question| {
            let options = q.options.iter().map(|o| (o.text.as_ref().map(|t| t.text.clone()), o.correct)).collect::<Vec<_>>();
            format!("{:?} {options:?} {:?}", q.prompt.as_ref().map(|p| &p.text), q.answer.as_ref().map(|a| &a.0))
        };
        questions.map(|q| (q.id.as_ref().map(|i| i.value.clone()).unwrap_or_default(), said(q))).collect()
    };
    let (old, new) = (asked(pair.old), asked(pair.new));
    let others = new.iter().filter(|q| !old.contains(q)).count();
    match others {
        0 => String::new(),
        n => format!("; {} new or changed", several(n, "question is", "questions are")),
    }
}

/// An entry, with what else it says in brackets: "“We know who pays” (hand-over card)".
pub fn entry(pair: &Pair<'_>, item: &Datum, beside: &str) -> String {
    let world = pair.world;
    let first = head(item).map_or_else(|| world.said(item), |h| quoted(&world.show(h)));
    match world.shown(value(item, beside)) {
        Some(text) => format!("{first} ({})", safe(&text)),
        None => first,
    }
}

/// Names in a field.
pub fn names(datum: Option<&Datum>) -> Vec<Name> {
    super::datum::items(datum).iter().filter_map(|d| if let Datum::Name(name) = d { Some(name.clone()) } else { None }).collect()
}

/// The lists whose order says something are declared somewhere.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::diff::datum::SEQUENCES;
    use crate::model::playbook::fields_of;

    #[test]
    fn every_sequence_is_a_list_of_some_kind() {
        fn lists(fields: &[Field], found: &mut Vec<&'static str>) {
            for field in fields {
                if let Shape::List(_) = field.shape {
                    found.push(field.key);
                }
                lists(inner(std::slice::from_ref(field), field.key), found);
            }
        }
        let mut found = vec!["choices", "options"];
        Kind::ALL.into_iter().for_each(|kind| lists(&fields_of(kind), &mut found));
        let unknown: Vec<&&str> = SEQUENCES.iter().filter(|key| !found.contains(key)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
