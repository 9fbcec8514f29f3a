//! Two values side by side: what is written otherwise and says the same is the same.
//!
//! A list is a set or a sequence by its field. White space, the order of keys, a reference by title or by former id make no
//! difference; names of the older version are carried over to the newer.

use super::kin::Kin;
use crate::diagnostic::difference::stretches;
use crate::model::Name;
use crate::model::field::{Datum, Words};
use crate::model::types::brackets;

/// The lists in which order says something; all others are sets. Keys of fields, wherever they stand.
pub const SEQUENCES: [&str; 14] = [
    "agenda",
    "asks",
    "can_do",
    "choices",
    "entry",
    "escalation",
    "exit",
    "lessons",
    "modules",
    "objectives",
    "outputs",
    "options",
    "principles",
    "what_we_do",
];

/// Yes-or-no fields: `false` says what nothing says.
const FLAGS: [&str; 9] = ["buddy", "certificate", "correct", "foundation", "good", "hide", "leading", "separate", "starter"];

/// A table.
pub type Keys = Vec<(&'static str, Datum)>;

/// The one form of a value that has many; nothing where it says nothing.
pub fn plain_form(key: &str, datum: &Datum, kin: &Kin) -> Option<Datum> {
    Some(match datum {
        Datum::Nothing => return None,
        Datum::Text(text) if text == "no" && FLAGS.contains(&key) => return None,
        Datum::Text(text) => Datum::Text(folded(text)),
        Datum::Words(words) => Datum::Words(Words { text: folded(&renamed(&resolved(words), kin)), references: Vec::new() }),
        Datum::Name(name) => Datum::Name(kin.newer(name).clone()),
        Datum::List(items) => {
            let mut items: Vec<Datum> = items.iter().filter_map(|item| plain_form(key, item, kin)).collect();
            if !SEQUENCES.contains(&key) {
                items.sort_by_cached_key(|item| format!("{item:?}"));
                items.dedup();
            }
            if items.is_empty() {
                return None;
            }
            Datum::List(items)
        }
        Datum::Table(keys) => {
            let mut keys: Keys = keys.iter().filter_map(|(k, d)| plain_form(k, d, kin).map(|d| (*k, d))).collect();
            // The first key is the entry's own; all are declared in one order, whatever the author's.
            keys.dedup_by_key(|(key, _)| *key);
            Datum::Table(keys)
        }
    })
}

/// Text in which white space makes no difference.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text in which each reference that leads somewhere stands as `[[kind:id#fact|label]]`.
fn resolved(words: &Words) -> String {
    let mut text = words.text.clone();
    for (range, to) in words.references.iter().rev() {
        if text.get(range.clone()).is_some() {
            let fact = to.fact.as_ref().map_or_else(String::new, |f| format!("#{f}"));
            let label = to.label.as_ref().map_or_else(String::new, |l| format!("|{l}"));
            text.replace_range(range.clone(), &format!("[[{}{fact}{label}]]", to.name));
        }
    }
    text
}

/// Text in which references name today's records.
pub fn renamed(text: &str, kin: &Kin) -> String {
    if kin.is_empty() || !text.contains("[[") {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    for (range, target, label) in brackets(text).into_iter().rev() {
        let (name, fact) = target.split_once('#').map_or((target, None), |(n, f)| (n, Some(f)));
        let Some(newer) = Name::parse(name).and_then(|n| kin.heir(&n).cloned()) else { continue };
        let fact = fact.map_or_else(String::new, |f| format!("#{f}"));
        let label = label.map_or_else(String::new, |l| format!("|{l}"));
        out.replace_range(range, &format!("[[{newer}{fact}{label}]]"));
    }
    out
}

/// The value of a key.
pub fn value<'a>(entry: &'a Datum, key: &str) -> Option<&'a Datum> {
    match entry {
        Datum::Table(keys) => keys.iter().find(|(k, _)| *k == key).map(|(_, d)| d),
        _ => None,
    }
}

/// The record that a key names.
pub fn name<'a>(entry: &'a Datum, key: &str) -> Option<&'a Name> {
    match value(entry, key) {
        Some(Datum::Name(name)) => Some(name),
        _ => None,
    }
}

/// The entries of a list; a single value is a list of one.
pub fn items(datum: Option<&Datum>) -> &[Datum] {
    match datum {
        None => &[],
        Some(Datum::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

/// Two lists side by side, entry by entry.
#[derive(Debug, Default)]
pub struct Lists<'a> {
    /// Only in the newer.
    pub came: Vec<&'a Datum>,
    /// Only in the older.
    pub went: Vec<&'a Datum>,
    /// The same entry, that says something else.
    pub changed: Vec<(&'a Datum, &'a Datum)>,
    /// An entry that most likely is the same in other words; found where it is asked for.
    pub reworded: Vec<(&'a Datum, &'a Datum)>,
    /// Whether those that are in both stand in another order, and order says something.
    pub reordered: bool,
}

/// Compares two lists; the entries of a list of tables are known by their first field.
pub fn lists<'a>(key: &str, before: Option<&'a Datum>, after: Option<&'a Datum>) -> Lists<'a> {
    let mut went: Vec<&Datum> = items(before).iter().collect();
    let mut came: Vec<&Datum> = Vec::new();
    let mut kept: Vec<&Datum> = Vec::new();
    for item in items(after) {
        match went.iter().position(|old| *old == item) {
            Some(at) => kept.push(went.remove(at)),
            None => came.push(item),
        }
    }
    let mut changed = Vec::new();
    came.retain(|new| {
        let same = went.iter().position(|old| head(old).is_some() && head(old) == head(new));
        same.map(|at| changed.push((went.remove(at), *new))).is_none()
    });
    let in_old_order = items(before).iter().filter(|old| kept.contains(old));
    let reordered = SEQUENCES.contains(&key) && !in_old_order.eq(kept.iter().copied());
    Lists { came, went, changed, reworded: Vec::new(), reordered }
}

/// The field by which an entry is known among others: a table's first, the key of a pair.
pub fn head(entry: &Datum) -> Option<&Datum> {
    match entry {
        Datum::Table(keys) => keys.first().map(|(_, d)| d),
        Datum::List(pair) => pair.first(),
        _ => None,
    }
}

/// The same, where an entry that is only put in other words is the same entry.
pub fn reworded<'a>(key: &str, before: Option<&'a Datum>, after: Option<&'a Datum>) -> Lists<'a> {
    let mut lists = lists(key, before, after);
    let words = |item: &Datum| text(Some(head(item).unwrap_or(item))).to_lowercase();
    let went = &mut lists.went;
    let mut found = Vec::new();
    lists.came.retain(|new| {
        let alike = went.iter().position(|old| are_alike(&words(old), &words(new)));
        alike.map(|at| found.push((went.remove(at), *new))).is_none()
    });
    lists.reworded = found;
    lists
}

/// Whether two short texts have two words in three in common.
fn are_alike(old: &str, new: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let shared: usize = stretches(&a, &b).iter().filter(|s| s.same).map(|s| s.before.len()).sum();
    shared >= 2 && shared * 3 >= a.len().max(b.len()) * 2
}

/// The text of a value that is one.
pub fn text(datum: Option<&Datum>) -> &str {
    match datum {
        Some(Datum::Text(text)) => text,
        Some(Datum::Words(words)) => &words.text,
        _ => "",
    }
}
