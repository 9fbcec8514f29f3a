//! A query answered: results, the card above them, and what was read instead of a slip.

use super::answers::{Decision, Promise, Taker, telling};
use super::card::{Card, Row, Value};
use super::entries::Entry;
use super::excerpt::{excerpt, shortened};
use super::fold::tokens;
use super::index::Index;
use super::order::ORDER;
use super::query::{Query, Term, parse};
use super::rank::{Found, Meant, meant, named, rank};
use super::typo::nearest;
use std::collections::BTreeMap;

/// What a query leads to.
#[derive(Debug, Default)]
pub struct Reply {
    /// Best first, as many as were asked for.
    pub results: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// How many there are of each kind, whatever kind was asked for; in the order of kinds.
    pub kinds: Vec<(&'static str, usize)>,
    /// The answer, where there is one.
    pub card: Option<Answered>,
    /// What was looked for instead, where a word was taken for a slip.
    pub instead: Option<String>,
    /// Words that stand nowhere.
    pub missing: Vec<String>,
}

/// A result.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its entry, by place.
    pub entry: usize,
    /// Where it leads, anchor and all.
    pub address: String,
    /// The section's heading, where it is one.
    pub section: String,
    /// Its tier.
    pub tier: &'static str,
    /// What stands there.
    pub excerpt: String,
    /// Why it was found, where that is not to be seen.
    pub why: String,
}

/// The answer to a query.
#[derive(Debug, PartialEq)]
pub struct Answered {
    /// The entry it is about, by place.
    pub entry: usize,
    /// What stands above it.
    pub title: String,
    /// The answer.
    pub card: Card,
}

/// Answers a query.
pub fn search(index: &Index, text: &str, limit: usize) -> Reply {
    let (mut reply, found, terms) = ranked(index, &parse(text));
    let is_slip = reply.instead.is_some();
    reply.results = found.iter().take(limit).filter_map(|f| hit(index, f, &terms, is_slip)).collect();
    reply
}

/// The entries that a query leads to, best first, by place, and the reply without what it would show of them.
pub fn led_to(index: &Index, text: &str) -> (Reply, Vec<usize>) {
    let (reply, found, _) = ranked(index, &parse(text));
    (reply, found.iter().map(|f| f.entry).collect())
}

/// The reply without results, all that was found, best first, and the terms it was found by.
fn ranked<'a>(index: &'a Index, query: &Query) -> (Reply, Vec<Found>, Vec<Meant<'a>>) {
    let mut reply = Reply::default();
    let terms = understood(index, query, &mut reply);
    let nothing_asked = terms.is_empty() && query.filters.is_empty();
    if nothing_asked || (terms.is_empty() && !query.terms.is_empty()) {
        return (reply, Vec::new(), terms);
    }
    let mut found = if terms.is_empty() { everything(index) } else { rank(index, &terms) };
    let (kind, others): (Vec<_>, Vec<_>) = filters(index, query).into_iter().partition(|filter| filter.key == "kind");
    let keep = |found: &mut Vec<Found>, filters: &[Filter<'_>]| {
        found.retain(|f| index.entries.get(f.entry).is_some_and(|entry| filters.iter().all(|filter| filter.takes(entry))));
    };
    keep(&mut found, &others);
    drop_unwanted(index, query, &mut found);
    keep_quoted(index, query, &mut found);
    reply.kinds = kinds(index, &found);
    keep(&mut found, &kind);
    if reply.missing.is_empty() && query.filters.is_empty() && query.quoted.is_empty() && query.without.is_empty() {
        reply.card = answer(index, query, &terms, &found);
    }
    reply.total = found.len();
    (reply, found, terms)
}

/// The terms with the words they mean: slips are mended, and what stands nowhere is left out.
fn understood<'a>(index: &'a Index, query: &Query, reply: &mut Reply) -> Vec<Meant<'a>> {
    let mut said: Vec<String> = Vec::new();
    let mut terms = Vec::new();
    let mut at = 0;
    while let Some(here) = query.terms.get(at) {
        let (term, parts) = together(index, query, at);
        at += parts;
        let known = meant(index, term);
        if !known.words.is_empty() {
            said.push(known.term.raw.clone());
            terms.push(known);
        } else if query.terms.len() > 1 && here.partial && here.typed.chars().count() < ORDER.limits.prefix {
            // One letter of the next word says nothing yet.
            said.push(here.raw.clone());
        } else if query.asks && (ORDER.generic.contains(&here.word) || ORDER.speed.contains(&here.word)) {
            // "How fast": the question is about something else than the word.
        } else if let Some(word) = nearest(index, here) {
            let written = word.written.as_ref().unwrap_or(&word.text).clone();
            said.push(written.clone());
            terms.push(meant(index, Term { word: word.text.clone(), typed: word.text.clone(), raw: written, ..Term::default() }));
            reply.instead = Some(String::new());
        } else {
            reply.missing.push(here.raw.clone());
        }
    }
    reply.instead = reply.instead.take().map(|_| said.join(" "));
    terms
}

/// The whole of "stand-up" where only "standup" is known, else the term at a place as it is; and how many terms are in it.
fn together(index: &Index, query: &Query, at: usize) -> (Term, usize) {
    let term = query.terms.get(at).cloned().unwrap_or_default();
    let Some((whole, parts)) = term.whole.clone() else { return (term, 1) };
    let mut all = query.terms.iter().skip(at).take(parts);
    let are_known = all.all(|part| !meant(index, part.clone()).words.is_empty());
    if are_known || index.word(&whole).is_none() {
        return (term, 1);
    }
    (Term { word: whole.clone(), typed: whole.clone(), raw: whole, ..Term::default() }, parts)
}

fn everything(index: &Index) -> Vec<Found> {
    let (tier, degree) = (ORDER.tier("some"), ORDER.degrees.len());
    let found = |entry| Found { entry, tier, coverage: 0, loose: 0, score: 0, section: 0, name: None, class: 0, degree };
    (0..index.entries.len()).map(found).collect()
}

/// A filter with the ids it means: a team or a role may be called by its id or by its title.
struct Filter<'a> {
    key: &'a str,
    ids: Vec<&'a str>,
}

fn filters<'a>(index: &'a Index, query: &'a Query) -> Vec<Filter<'a>> {
    let filter = |(key, value): &'a (String, String)| {
        let kind = if key == "team" { "team" } else { "role" };
        let called = |entry: &&Entry| entry.kind == kind && entry.title.to_lowercase().replace(' ', "-") == *value;
        let named = index.entries.iter().filter(called).filter_map(|entry| entry.name.as_ref()).map(|name| name.id.as_str());
        let ids = match key.as_str() {
            "kind" => vec![value.as_str(), value.strip_suffix('s').unwrap_or(value)],
            _ => std::iter::once(value.as_str()).chain(named).collect(),
        };
        Filter { key, ids }
    };
    query.filters.iter().map(filter).collect()
}

impl Filter<'_> {
    fn takes(&self, entry: &Entry) -> bool {
        let means = |id: &str| self.ids.contains(&id);
        match self.key {
            "team" => entry.teams.iter().any(|team| means(team)),
            "owner" => entry.owner.as_deref().is_some_and(means),
            _ => means(entry.kind),
        }
    }
}

/// Takes out what has a word that must not be there.
fn drop_unwanted(index: &Index, query: &Query, found: &mut Vec<Found>) {
    for unwanted in &query.without {
        let Some(word) = index.word(unwanted) else { continue };
        let mut has = vec![false; index.entries.len()];
        let named = word.names.iter().map(|hit| hit.entry as usize);
        let read = word.places.iter().map(|(place, _)| index.entry_of(*place));
        for entry in named.chain(read) {
            if let Some(has) = has.get_mut(entry) {
                *has = true;
            }
        }
        found.retain(|f| !has.get(f.entry).copied().unwrap_or(false));
    }
}

/// Keeps what has the quoted words side by side; of a large index only the best are looked at.
fn keep_quoted(index: &Index, query: &Query, found: &mut Vec<Found>) {
    if query.quoted.is_empty() {
        return;
    }
    if index.is_split() {
        found.truncate(ORDER.limits.quoted);
    }
    found.retain(|f| index.entries.get(f.entry).is_some_and(|entry| query.quoted.iter().all(|words| says(entry, words))));
}

/// Whether an entry says some words one behind the other.
fn says(entry: &Entry, words: &[String]) -> bool {
    let names = entry.names.iter().map(|name| name.text.as_str());
    let sections = entry.sections.iter().flat_map(|section| [section.heading.as_str(), section.text.as_str()]);
    names.chain([entry.line.as_str()]).chain(sections).any(|text| {
        let read: Vec<String> = tokens(text).into_iter().filter(|token| token.joins == 0).map(|token| token.word).collect();
        read.windows(words.len()).any(|run| run == words)
    })
}

fn kinds(index: &Index, found: &[Found]) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<usize, (&'static str, usize)> = BTreeMap::new();
    for entry in found.iter().filter_map(|f| index.entries.get(f.entry)) {
        counts.entry(ORDER.kind(entry.kind)).or_insert((entry.kind, 0)).1 += 1;
    }
    counts.into_values().collect()
}

fn hit(index: &Index, found: &Found, terms: &[Meant<'_>], is_slip: bool) -> Option<Hit> {
    let entry = index.entries.get(found.entry)?;
    let section = entry.sections.get(found.section)?;
    let anchor = if section.anchor.is_empty() { String::new() } else { format!("#{}", section.anchor) };
    let tier = if is_slip { "typo" } else { ORDER.tiers.get(found.tier).map_or("", String::as_str) };
    Some(Hit {
        entry: found.entry,
        address: format!("{}{anchor}", entry.address),
        section: section.heading.clone(),
        tier,
        excerpt: shown(entry, found, terms),
        why: found.name.and_then(|name| entry.names.get(name)).map(|name| name.why.clone()).unwrap_or_default(),
    })
}

/// What stands there: of a record whose name has all that was looked for what it is, else where its words stand.
fn shown(entry: &Entry, found: &Found, terms: &[Meant<'_>]) -> String {
    let is_named = found.name.is_some() && found.degree <= 2 && !entry.line.is_empty();
    let text = entry.sections.get(found.section).map_or("", |section| section.text.as_str());
    let first = if is_named || found.section == 0 { &entry.line } else { text };
    if is_named { None } else { excerpt(text, terms) }.unwrap_or_else(|| shortened(first))
}

/// The answer: a record that was named, or what a question asks for.
fn answer(index: &Index, query: &Query, terms: &[Meant<'_>], found: &[Found]) -> Option<Answered> {
    let exact = found.first().filter(|f| is_name(f));
    if let Some(answer) = exact.and_then(|f| of_entry(index, f.entry)) {
        return Some(answer);
    }
    if !query.asks {
        return None;
    }
    let words: Vec<&str> = terms.iter().map(|term| term.term.word.as_str()).collect();
    // "Whom do I ask" is not "who may".
    let asks = words.contains(&"ask") || words.contains(&"talk");
    let may = |very| decided(index, query, &words, very);
    promised(index, query, &words)
        .or_else(|| if asks { asked(index, terms, "ask") } else { may(Very::Yes) })
        .or_else(|| asked(index, terms, "ask"))
        .or_else(|| asked(index, terms, "title"))
        .or_else(|| may(Very::No))
        .or_else(|| done(index, terms))
}

/// Whether a record was called by a whole name of its own.
fn is_name(found: &Found) -> bool {
    found.degree == 0 && class_of(found).is_some_and(|class| ["title", "id", "alias", "retired"].contains(&class))
}

fn of_entry(index: &Index, at: usize) -> Option<Answered> {
    let entry = index.entries.get(at)?;
    Some(Answered { entry: at, title: entry.title.clone(), card: entry.card.clone()? })
}

/// The terms without what any question has.
fn specific<'a>(terms: &[Meant<'a>]) -> Vec<Meant<'a>> {
    let specific: Vec<Meant<'a>> =
        terms.iter().filter(|term| !ORDER.generic.contains(&term.term.word) && !is_number(&term.term.word)).cloned().collect();
    if specific.is_empty() { terms.to_vec() } else { specific }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The one record that has what is asked for as a whole: as what it is asked about, or as a name.
fn asked(index: &Index, terms: &[Meant<'_>], class: &str) -> Option<Answered> {
    let specific: Vec<Meant<'_>> = specific(terms);
    let found = named(index, &specific);
    let hits = found.iter().filter(|f| match class {
        "ask" => f.degree == 0 && class_of(f) == Some("ask"),
        _ => is_name(f),
    });
    let mut hits: Vec<&Found> = hits.collect();
    hits.sort_by_key(|f| (f.tier, f.entry));
    hits.dedup_by_key(|f| f.entry);
    match (class, hits.as_slice()) {
        ("ask", [one]) => of_entry(index, one.entry),
        ("title", [one, ..]) => of_entry(index, one.entry),
        _ => None,
    }
}

/// The class of the name by which a record was found.
fn class_of(found: &Found) -> Option<&'static str> {
    found.name.and_then(|_| ORDER.classes.get(found.class)).map(|class| class.name.as_str())
}

/// The one activity whose title has all that is asked for.
fn done(index: &Index, terms: &[Meant<'_>]) -> Option<Answered> {
    let found = named(index, terms);
    let mut hits = found.iter().filter(|f| {
        f.degree <= 2 && class_of(f) == Some("title") && index.entries.get(f.entry).is_some_and(|entry| entry.kind == "activity")
    });
    match (hits.next(), hits.next()) {
        (Some(one), None) => of_entry(index, one.entry),
        _ => None,
    }
}

/// Whether a decision must be the very one that is asked for, or the one that has all its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Very {
    Yes,
    No,
}

/// Who may decide what is asked for, and up to how much.
fn decided(index: &Index, query: &Query, words: &[&str], very: Very) -> Option<Answered> {
    let is_amount = |word: &str| is_number(word) || (!query.amounts.is_empty() && ORDER.units.contains(word));
    let asked = telling(words.iter().filter(|word| !is_amount(word)).map(|word| (*word).to_owned()).collect());
    let decisions = &index.answers.decisions;
    let mut wider = decisions.iter().filter(|decision| asked.iter().all(|word| decision.words.contains(word)));
    let decision = match very {
        Very::Yes => decisions.iter().find(|decision| decision.words == asked),
        Very::No => wider.next().filter(|_| !asked.is_empty() && wider.next().is_none()),
    }?;
    let taker = enough(decision, query)?;
    let rows = decision.takers.iter().filter_map(|taker| {
        let entry = index.entries.get(taker.entry)?;
        let value = Value { text: entry.title.clone(), note: taker.holders.clone(), name: entry.name.clone(), hue: entry.hue };
        Some(Row { label: taker.text.clone(), values: vec![value] })
    });
    let title = index.entries.get(taker.entry).map_or("", |entry| entry.title.as_str());
    let text = (!query.amounts.is_empty()).then(|| format!("{title} may, {}.", taker.text));
    let card = Card { text, rows: rows.collect(), ..Card::default() };
    Some(Answered { entry: taker.entry, title: decision.text.clone(), card })
}

/// The role with the least limit that is enough, the first where no amount is named; nothing where none is, for then it stands elsewhere.
fn enough<'a>(decision: &'a Decision, query: &Query) -> Option<&'a Taker> {
    let Some((amount, unit)) = query.amounts.first() else { return decision.takers.first() };
    let fits = |taker: &&Taker| {
        taker.limit.is_none_or(|limit| limit >= *amount) && unit.is_none_or(|unit| taker.unit.is_empty() || taker.unit == unit)
    };
    decision.takers.iter().find(fits)
}

/// What a team or a role has promised, where a question asks how soon.
fn promised(index: &Index, query: &Query, words: &[&str]) -> Option<Answered> {
    let asks_how_soon = query.terms.iter().any(|term| ORDER.hurry.contains(&term.word));
    if !asks_how_soon {
        return None;
    }
    let who: Vec<&str> = words.iter().filter(|word| !ORDER.speed.contains(**word)).copied().collect();
    let is_theirs = |promise: &&Promise| promise.who.iter().any(|names| !names.is_empty() && *names == who);
    let theirs: Vec<&Promise> = index.answers.promises.iter().filter(is_theirs).collect();
    let first = theirs.first()?;
    let by_role = first.who.first().is_some_and(|names| *names == who);
    let name = if by_role { index.entries.get(first.role).map(|entry| entry.title.clone()) } else { Some(first.team.clone()) };
    let rows = theirs.iter().filter_map(|promise| {
        let (role, handoff) = index.entries.get(promise.role).zip(index.entries.get(promise.entry))?;
        let value = Value { text: promise.text.clone(), note: promise.within.clone(), name: handoff.name.clone(), hue: 0 };
        Some(Row { label: role.title.clone(), values: vec![value] })
    });
    Some(Answered { entry: first.entry, title: format!("What {} promises", name?), card: Card { rows: rows.collect(), ..Card::default() } })
}
