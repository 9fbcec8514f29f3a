//! An index packed for the browser: plain script that works from a disk, on a server and under the strictest policy.
//!
//! A small index is one file. A large one is a head, words by their first letters and entries in their order: a query loads the head,
//! then the files of its words, then those of what it shows. Numbers are packed five bits a letter, the difference to the one before.

use super::default_file;
use crate::model::field::label;
use crate::model::{Kind, Name, Playbook};
use crate::route;
use crate::search::answers::{Answers, Decision, Promise};
use crate::search::card::{Card, Row};
use crate::search::index::Word;
use crate::search::order::{ORDER, TEXT};
use crate::search::{Answered, Entry, Index, Reply, is_known, is_question, search};
use crate::site::Site;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Range;

/// So many bytes of words, before they are compressed, go into a file.
const WORDS: usize = 48_000;
/// So many bytes of entries.
const ENTRIES: usize = 32_000;

/// So many questions are offered to try, none of more letters than so many.
const OFFERED: usize = 5;
const SHORT: usize = 40;

/// The letters of packed numbers: the first half ends a number.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

/// The files of an index, by address.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Packs the index of a site.
pub fn pack(site: &Site) -> Files {
    let index = site.compiled.search();
    let at = |name: &Name| site.compiled.addresses.get(name).unwrap_or("").to_owned();
    let pack = Pack { index, at: &at };
    let words: Vec<String> = index.words.par_iter().map(|word| self::word(word).to_string()).collect();
    let entries: Vec<String> = index.entries.par_iter().map(|entry| pack.entry(entry).to_string()).collect();
    let mut head = pack.head();
    set(&mut head, "asks", json!(asks(&site.compiled.playbook, index)));
    if !index.is_split() {
        stamp(&mut head);
        let held = [("words", words.join(",")), ("entries", entries.join(","))];
        return Files::from([(route::SEARCH_INDEX.to_owned(), script(&head, &held))]);
    }
    let (word_files, entry_files) = (chunks(&words, WORDS), chunks(&entries, ENTRIES));
    let firsts: Vec<&str> = word_files.iter().filter_map(|range| index.words.get(range.start)).map(|word| word.text.as_str()).collect();
    set(&mut head, "wordFiles", json!(firsts));
    set(&mut head, "entryFiles", json!(packed(rising(entry_files.iter().map(|range| range.start)))));
    let stamp = stamp(&mut head);
    let mut files = Files::from([(route::SEARCH_INDEX.to_owned(), script(&head, &[]))]);
    let spelling: Vec<String> = index.words.iter().filter(|word| is_known(word)).map(|word| spelled(word).to_string()).collect();
    let mut put = |what: &str, key: &str, number: usize, held: &[String]| {
        let head = json!({ "stamp": stamp, "file": format!("{what}-{number}") });
        files.insert(route::search_file(what, number), script(&head, &[(key, held.join(","))]));
    };
    word_files.iter().enumerate().for_each(|(number, range)| put("words", "words", number, words.get(range.clone()).unwrap_or_default()));
    entry_files
        .iter()
        .enumerate()
        .for_each(|(number, range)| put("entries", "entries", number, entries.get(range.clone()).unwrap_or_default()));
    put("spelling", "spelling", 0, &spelling);
    files
}

/// Questions that this playbook promises to answer and does, one about each kind of record: what a reader is offered to try.
fn asks<'a>(playbook: &'a Playbook, index: &Index) -> Vec<&'a str> {
    let mut kinds: Vec<Kind> = Vec::new();
    let mut all: Vec<&str> = Vec::new();
    for (query, card) in playbook.expects.iter().filter_map(|expect| expect.query.as_ref().zip(expect.card.as_ref())) {
        let query = query.value.trim();
        let is_new = all.len() < OFFERED && !kinds.contains(&card.name.kind);
        if is_new && query.chars().count() <= SHORT && is_question(query) && search(index, query, 0).card.is_some() {
            kinds.push(card.name.kind);
            all.push(query);
        }
    }
    all
}

fn set(head: &mut Value, key: &str, value: Value) {
    if let Value::Object(map) = head {
        map.insert(key.to_owned(), value);
    }
}

/// A call with an object: a few keys, and lists whose items are JSON already.
fn script(head: &Value, lists: &[(&str, String)]) -> Vec<u8> {
    let head = head.to_string();
    let mut out = String::with_capacity(head.len() + lists.iter().map(|(_, list)| list.len() + 32).sum::<usize>() + 32);
    out.push_str("onsideSearch(");
    out.push_str(head.strip_suffix('}').unwrap_or(&head));
    for (key, list) in lists {
        out.push_str(&format!(",\"{key}\":["));
        out.push_str(list);
        out.push(']');
    }
    out.push_str("});\n");
    out.into_bytes()
}

/// What all files of one index share, and its head says: those of another build have other entries at other places.
fn stamp(head: &mut Value) -> String {
    let stamp: String = blake3::hash(head.to_string().as_bytes()).to_hex().chars().take(12).collect();
    set(head, "stamp", json!(stamp));
    stamp
}

/// Stretches of a list that are about so many bytes long.
fn chunks(list: &[String], bytes: usize) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut size = 0;
    for (at, item) in list.iter().enumerate() {
        match all.last_mut().filter(|_| size + item.len() <= bytes) {
            Some(range) => range.end = at + 1,
            None => {
                all.push(at..at + 1);
                size = 0;
            }
        }
        size += item.len();
    }
    all
}

/// Numbers in letters.
fn packed(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut out = String::new();
    for mut number in numbers {
        while number >= 32 {
            out.push(letter(32 + number % 32));
            number /= 32;
        }
        out.push(letter(number));
    }
    out
}

fn letter(at: usize) -> char {
    LETTERS.get(at).copied().map_or('A', char::from)
}

/// Rising numbers, each as the difference to the one before.
fn rising(numbers: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut last = 0;
    let mut out = Vec::new();
    for number in numbers {
        out.push(number.saturating_sub(last));
        last = number;
    }
    out
}

/// A word and where it stands: names, sections, how it is written, its forms with accents.
fn word(word: &Word) -> Value {
    let mut last = 0;
    let mut names = Vec::with_capacity(word.names.len() * 4);
    for hit in &word.names {
        let entry = hit.entry as usize;
        names.extend([
            entry.saturating_sub(last),
            usize::from(hit.which) * 16 + usize::from(hit.class),
            usize::from(hit.at) * 32 + usize::from(hit.span),
            usize::from(hit.length),
        ]);
        last = entry;
    }
    let mut last = 0;
    let most = u8::try_from(ORDER.limits.frequency).unwrap_or(u8::MAX);
    let places = word.places.iter().map(|(place, times)| {
        let gap = (*place as usize).saturating_sub(last);
        last = *place as usize;
        gap * 4 + usize::from((*times).min(most).saturating_sub(1))
    });
    let places: Vec<usize> = places.collect();
    let mut row = vec![json!(word.text), json!(packed(names)), json!(packed(places))];
    if word.written.is_some() || !word.accented.is_empty() {
        row.push(json!(word.written.as_deref().unwrap_or("")));
    }
    if !word.accented.is_empty() {
        let forms = word.accented.iter().map(|(form, places)| json!([form, packed(rising(places.iter().map(|p| *p as usize)))]));
        row.push(forms.collect());
    }
    Value::Array(row)
}

/// A word that a slip may have meant: how often it stands, whether in a name, how it is written.
fn spelled(word: &Word) -> Value {
    let mut row = vec![json!(word.text), json!(word.places.len() * 2 + usize::from(!word.names.is_empty()))];
    row.extend(word.written.as_ref().map(|written| json!(written)));
    Value::Array(row)
}

struct Pack<'a> {
    index: &'a Index,
    /// Where a record is.
    at: &'a (dyn Fn(&Name) -> String + Sync),
}

impl Pack<'_> {
    fn head(&self) -> Value {
        let index = self.index;
        let starts = index.starts.windows(2).map(|pair| pair.last().zip(pair.first()).map_or(0, |(end, start)| (end - start) as usize));
        let mut kinds: Vec<(&str, usize)> = Vec::new();
        for entry in &index.entries {
            match kinds.last_mut().filter(|(kind, _)| *kind == entry.kind) {
                Some((_, count)) => *count += 1,
                None => kinds.push((entry.kind, 1)),
            }
        }
        let kinds: Vec<Value> = kinds
            .into_iter()
            .map(|(kind, count)| {
                let (one, several) = labels(kind);
                json!([kind, count, one, several])
            })
            .collect();
        let mut order: Value = serde_json::from_str(TEXT).unwrap_or_default();
        if let Value::Object(map) = &mut order {
            map.remove("lists");
        }
        let kinds_drawn: Value = default_file("drawings.json").and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
        let (teams, team_runs) = self.runs(|entry| entry.teams.clone());
        let (owners, owner_runs) = self.runs(|entry| entry.owner.iter().cloned().collect());
        json!({
            "order": order,
            "kinds": kinds,
            "drawings": kinds_drawn.get("drawings"),
            "drawn": kinds_drawn.get("drawn"),
            "counts": packed(starts),
            "carded": carded(index),
            "teams": teams,
            "teamRuns": team_runs,
            "owners": owners,
            "ownerRuns": owner_runs,
            "titles": self.titles(),
            "decisions": self.decisions(&index.answers),
            "promises": index.answers.promises.iter().map(|promise| self.promise(promise)).collect::<Vec<_>>(),
        })
    }

    /// The sets of ids there are, and which of them stands for how many entries in turn.
    fn runs(&self, of: impl Fn(&Entry) -> Vec<String>) -> (Vec<Vec<String>>, String) {
        let mut sets: Vec<Vec<String>> = Vec::new();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for entry in &self.index.entries {
            let set = of(entry);
            let at = sets.iter().position(|known| *known == set).unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            });
            match runs.last_mut().filter(|(known, _)| *known == at) {
                Some((_, count)) => *count += 1,
                None => runs.push((at, 1)),
            }
        }
        (sets, packed(runs.into_iter().flat_map(|(at, count)| [at, count])))
    }

    /// What teams and roles are called, for filters: by id, as one would type it.
    fn titles(&self) -> Value {
        let title = |kind: &str| -> Value {
            let all = self.index.entries.iter().filter(|entry| entry.kind == kind);
            let all = all.filter_map(|entry| Some((entry.name.as_ref()?.id.clone(), entry.title.to_lowercase().replace(' ', "-"))));
            Value::Object(all.filter(|(id, title)| id != title).map(|(id, title)| (id, json!(title))).collect())
        };
        json!({ "team": title("team"), "role": title("role") })
    }

    fn decisions(&self, answers: &Answers) -> Value {
        let decision = |decision: &Decision| {
            let takers = decision.takers.iter().filter_map(|taker| {
                let entry = self.index.entries.get(taker.entry)?;
                Some(json!([taker.entry, taker.limit, taker.unit, taker.text, entry.title, entry.address, entry.hue, taker.holders]))
            });
            json!([decision.words, decision.text, takers.collect::<Vec<_>>()])
        };
        answers.decisions.iter().map(decision).collect()
    }

    fn promise(&self, promise: &Promise) -> Value {
        let title = |at: usize| self.index.entries.get(at).map_or("", |entry| entry.title.as_str());
        let address = self.index.entries.get(promise.entry).map_or("", |entry| entry.address.as_str());
        json!([promise.entry, promise.who, title(promise.role), promise.team, promise.text, promise.within, address])
    }

    /// What is shown of an entry: where it is, its id, its line, its names, its sections, its card.
    fn entry(&self, entry: &Entry) -> Value {
        let names = entry.names.iter().map(|name| match name.why.as_str() {
            "" => json!([name.class, name.text]),
            why => json!([name.class, name.text, why]),
        });
        let sections = entry.sections.iter().map(|section| json!([section.anchor, section.heading, section.text]));
        let id = entry.name.as_ref().map_or("", |name| name.id.as_str());
        let mut row = vec![json!(entry.address), json!(id), json!(entry.line), names.collect(), sections.collect()];
        row.extend(entry.card.as_ref().map(|card| self.card(card)));
        Value::Array(row)
    }

    /// A card without what it does not have.
    fn card(&self, card: &Card) -> Value {
        let mut map = serde_json::Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            value.into_iter().for_each(|value| {
                map.insert(key.to_owned(), value);
            });
        };
        put("figure", card.figure.as_ref().map(|figure| json!(figure)));
        put("before", card.before.as_ref().map(|before| json!(before)));
        put("formerly", (!card.formerly.is_empty()).then(|| json!(card.formerly)));
        put("text", card.text.as_ref().map(|text| json!(text)));
        put("say", card.say.as_ref().map(|say| json!(say)));
        put("rows", (!card.rows.is_empty()).then(|| card.rows.iter().map(|row| self.row(row)).collect()));
        Value::Object(map)
    }

    fn row(&self, row: &Row) -> Value {
        let values = row.values.iter().map(|value| {
            let address = value.name.as_ref().map(|name| (self.at)(name)).unwrap_or_default();
            match (address.as_str(), value.note.as_str(), value.hue) {
                ("", "", 0) => json!([value.text]),
                (address, note, 0) => json!([value.text, address, note]),
                (address, note, hue) => json!([value.text, address, note, hue]),
            }
        });
        json!([row.label, values.collect::<Vec<_>>()])
    }
}

/// The kinds whose records are answers.
fn carded(index: &Index) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = index.entries.iter().filter(|entry| entry.card.is_some()).map(|entry| entry.kind).collect();
    kinds.dedup();
    kinds
}

/// What readers call one of a kind, and several.
pub fn labels(kind: &str) -> (String, String) {
    let (one, several) = Kind::from_word(kind).map_or(("list", "lists"), |kind| (kind.label(), kind.labels()));
    (label(one), label(several))
}

/// A reply for programs: `{"query","results":[…],"total","card","instead","missing"}`; `shelf` is where the version lies.
pub fn reply(index: &Index, query: &str, reply: &Reply, shelf: &str) -> Value {
    let results = reply.results.iter().filter_map(|hit| {
        let entry = index.entries.get(hit.entry)?;
        Some(json!({
            "address": route::on_shelf(shelf, &hit.address),
            "record": record(entry),
            "kind": entry.kind,
            "title": entry.title,
            "section": hit.section,
            "tier": hit.tier,
            "excerpt": hit.excerpt,
            "why": hit.why,
        }))
    });
    let results: Vec<Value> = results.collect();
    let card = reply.card.as_ref().and_then(|card| answer(index, card));
    json!({ "query": query, "results": results, "total": reply.total, "card": card, "instead": reply.instead, "missing": reply.missing })
}

fn record(entry: &Entry) -> String {
    entry.name.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn answer(index: &Index, answered: &Answered) -> Option<Value> {
    let entry = index.entries.get(answered.entry)?;
    let card = &answered.card;
    let rows = card.rows.iter().map(|row| {
        let values = row
            .values
            .iter()
            .map(|value| json!({ "text": value.text, "note": value.note, "record": value.name.as_ref().map(ToString::to_string) }));
        json!({ "label": row.label, "values": values.collect::<Vec<_>>() })
    });
    Some(json!({
        "record": record(entry),
        "title": answered.title,
        "figure": card.figure,
        "before": card.before,
        "formerly": card.formerly,
        "text": card.text,
        "say": card.say,
        "rows": rows.collect::<Vec<_>>(),
    }))
}
