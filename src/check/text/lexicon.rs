//! The names that are looked for in every text, all at once: old names, words to avoid, and the names of facts.

use super::claims::{Claim, Facts};
use super::fold::{Folded, begins, begins_another, ending, fold, is_address};
use super::reading::{Text, texts};
use crate::diagnostic::{Files, Span};
use crate::model::document::Document;
use crate::model::kinds::common::Status;
use crate::model::kinds::offering;
use crate::model::{Base, Name, Playbook};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use jiff::civil::Date;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// A name that is not to be said any more.
#[derive(Debug, Clone, Copy)]
pub struct OldName<'a> {
    /// As it is written down.
    pub name: &'a str,
    /// Where.
    pub span: Span,
    /// What it was a name of.
    pub of: &'a Base,
    /// Whether it is merely to be avoided.
    pub avoided: bool,
    /// The day it ended.
    pub until: Option<Date>,
}

impl OldName<'_> {
    /// Whether what had the name is itself no more, so that no other name stands for it.
    pub fn is_gone(&self) -> bool {
        self.of.common.status.is_some_and(|s| s.value == Status::Retired)
    }
}

/// The old names of a playbook, in its order.
pub fn old_names(playbook: &Playbook) -> Vec<OldName<'_>> {
    fn ended<'a>(of: &'a Base, names: &'a [offering::OldName]) -> impl Iterator<Item = OldName<'a>> {
        let written = names.iter().filter_map(|old| old.name.as_ref().map(|name| (name, old.until)));
        written.map(move |(name, until)| OldName { name: &name.value, span: name.span, of, avoided: false, until })
    }
    let offerings = playbook.offerings.iter().flat_map(|o| ended(&o.base, &o.formerly));
    let terms = playbook.terms.iter().flat_map(|t| ended(&t.base, &t.retired));
    let avoided = playbook
        .terms
        .iter()
        .flat_map(|t| t.avoid.iter().map(|word| OldName { name: &word.value, span: word.span, of: &t.base, avoided: true, until: None }));
    offerings.chain(terms).chain(avoided).filter(|old| !fold(old.name).is_empty()).collect()
}

/// An old name in a text.
#[derive(Debug, Clone)]
pub struct Said {
    /// Which, by its place among the old names.
    pub which: usize,
    /// The record it stands in.
    pub record: Name,
    /// The field; empty in prose.
    pub key: String,
    /// The name as it is written there.
    pub words: String,
    /// Where: a span for each stretch between markup and line breaks.
    pub places: Vec<Span>,
    /// Whether several are spoken of.
    pub plural: bool,
    /// The "a" or "an" before it, and where that stands.
    pub article: Option<(String, Span)>,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Found {
    /// Old names.
    pub said: Vec<Said>,
    /// Facts that are not today's.
    pub claims: Vec<Claim>,
}

/// What a pattern stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// An old name, and whether the pattern is its plural already.
    Old(usize, bool),
    /// A name of today that holds an old one.
    Today,
    /// A fact's name, by its place among the facts.
    Fact(usize),
}

/// Everything that is looked for, ready to look.
pub struct Lexicon {
    /// Stands for what is looked for: equal where that is equal.
    pub mark: u64,
    anchors: Option<AhoCorasick>,
    patterns: Option<AhoCorasick>,
    entries: Vec<Entry>,
    /// By old name: itself, where it is one word with a capital, which is a name only where it is written so.
    capitals: Vec<Option<String>>,
    facts: Facts,
}

/// So many bytes of names are looked for with a whole table, which is twice as fast and takes a few hundred bytes for each of them.
const SMALL: usize = 50_000;

/// A name in a text, by its bytes.
struct Match {
    entry: Entry,
    folded: Range<usize>,
    words: Range<usize>,
    plural: bool,
}

impl Lexicon {
    /// What there is to look for. `kept` is the lexicon from before, which stays where it is still right.
    pub fn of(playbook: &Playbook, facts: Facts, kept: Option<std::sync::Arc<Self>>) -> std::sync::Arc<Self> {
        let old = old_names(playbook);
        let titles = playbook.offerings.iter().map(|o| o.title()).chain(playbook.terms.iter().map(|t| t.title()));
        let today: Vec<&str> = if old.is_empty() { Vec::new() } else { titles.collect() };
        let mark = mark(&old, &today, &facts);
        match kept {
            Some(kept) if kept.mark == mark => kept,
            _ => std::sync::Arc::new(Self::new(mark, &old, &today, facts)),
        }
    }

    fn new(mark: u64, old: &[OldName<'_>], today: &[&str], facts: Facts) -> Self {
        let mut list: Vec<(String, Entry)> = Vec::new();
        for (which, old) in old.iter().enumerate() {
            list.extend(forms(&fold(old.name)).into_iter().map(|(form, plural)| (form, Entry::Old(which, plural))));
        }
        let forms = AhoCorasick::new(list.iter().map(|(form, _)| form)).ok();
        let holds_old = |title: &String| forms.as_ref().is_some_and(|forms| forms.is_match(title));
        let shields: Vec<(String, Entry)> = today.iter().map(|t| fold(t)).filter(holds_old).map(|t| (t, Entry::Today)).collect();
        list.extend(shields);
        list.extend(facts.names().enumerate().map(|(at, name)| (fold(name), Entry::Fact(at))).filter(|(name, _)| !name.is_empty()));
        let anchors: Option<Vec<&str>> = list.iter().map(|(form, _)| anchor(form)).collect();
        let size: usize = list.iter().map(|(form, _)| form.len()).sum();
        let kind = (size <= SMALL).then_some(AhoCorasickKind::DFA);
        let forms = list.iter().map(|(form, _)| form);
        let patterns = AhoCorasickBuilder::new().match_kind(MatchKind::Standard).kind(kind).build(forms).ok();
        let anchors = anchors.and_then(|a| AhoCorasickBuilder::new().ascii_case_insensitive(true).build(a).ok());
        let capitals = old.iter().map(|o| Some(o.name.trim()).filter(|n| is_bare(n)).map(str::to_owned)).collect();
        Self { mark, anchors, patterns, capitals, entries: list.into_iter().map(|(_, entry)| entry).collect(), facts }
    }

    /// What is found in a file.
    pub fn look(&self, document: &Document, files: &Files) -> Found {
        let mut found = Found::default();
        let source = files.text(document.file);
        let Some(patterns) = self.patterns.as_ref().filter(|_| !self.entries.is_empty()) else { return found };
        let prints = document.records.iter().any(|raw| self.facts.is_printed(&raw.name));
        if !prints && self.anchors.as_ref().is_some_and(|a| !a.is_match(source)) {
            return found;
        }
        for text in texts(document, files) {
            let folded = Folded::of(&text.passage.text);
            let matches = self.matches(patterns, &folded, &text.passage.text);
            self.facts.claims(&text, &facts_in(&matches), &mut found.claims);
            found.said.extend(matches.iter().filter_map(|m| said(m, &text)));
        }
        found
    }

    /// The names in a text; one that stands within a longer one is not told.
    fn matches(&self, patterns: &AhoCorasick, folded: &Folded, text: &str) -> Vec<Match> {
        let mut all: Vec<Match> = Vec::new();
        for hit in patterns.find_overlapping_iter(&folded.text) {
            let Some(entry) = self.entries.get(hit.pattern().as_usize()).copied() else { continue };
            if !begins(&folded.text, hit.start()) {
                continue;
            }
            let Some(end) = ending(&folded.text, hit.end()) else { continue };
            let words = folded.source(&(hit.start()..end));
            if let Entry::Old(which, _) = entry
                && self.capitals.get(which).is_some_and(|name| name.as_deref().is_some_and(|n| !is_in_capitals(n, text.get(words.clone()))))
            {
                continue;
            }
            let plural = end > hit.end() || matches!(entry, Entry::Old(_, true));
            if !is_address(text, &words) && !begins_another(text.get(words.end..).unwrap_or("")) {
                all.push(Match { entry, folded: hit.start()..end, words, plural });
            }
        }
        let rank = |entry: Entry| match entry {
            Entry::Today => 0,
            Entry::Old(..) => 1,
            Entry::Fact(_) => 2,
        };
        all.sort_by_key(|m| (m.folded.start, std::cmp::Reverse(m.folded.end), rank(m.entry), m.plural));
        let mut reached = [0, 0];
        all.retain(|m| {
            let [names, facts] = &mut reached;
            let reached = if matches!(m.entry, Entry::Fact(_)) { facts } else { names };
            let longer = m.folded.end > *reached;
            *reached = m.folded.end.max(*reached);
            longer
        });
        all
    }
}

/// One word with a capital, which may be a plain word too: "SAL" is a name and "Sal" a driver, "Growth" a name and "growth" what is hoped for.
fn is_bare(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.chars().all(|c| c.is_alphanumeric() || c == '&')
}

/// Whether such a name is written as one: an abbreviation in capitals, a word with its own or in capitals; several of it too.
fn is_in_capitals(name: &str, words: Option<&str>) -> bool {
    let Some(words) = words else { return false };
    let stem = words.strip_suffix('s').unwrap_or(words);
    let short = name.chars().count() <= 5 && !name.chars().any(char::is_lowercase);
    if short {
        return words == name || stem == name;
    }
    words.starts_with(char::is_uppercase)
}

fn facts_in(matches: &[Match]) -> Vec<(usize, Range<usize>)> {
    let facts = matches.iter().filter_map(|m| match m.entry {
        Entry::Fact(at) => Some((at, m.words.clone())),
        _ => None,
    });
    facts.collect()
}

fn said(found: &Match, text: &Text<'_>) -> Option<Said> {
    let Entry::Old(which, _) = found.entry else { return None };
    Some(Said {
        which,
        record: text.record.clone(),
        key: text.key.to_owned(),
        words: text.passage.text.get(found.words.clone()).unwrap_or("").to_owned(),
        places: text.passage.places(&found.words),
        plural: found.plural,
        article: article(text, found.words.start),
    })
}

/// The "a" or "an" before a name.
fn article(text: &Text<'_>, start: usize) -> Option<(String, Span)> {
    let before = text.passage.text.get(..start)?.strip_suffix(' ')?;
    let from = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + before.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
    let word = before.get(from..)?;
    let place = text.passage.places(&(from..before.len()));
    match (word.to_lowercase().as_str(), place.as_slice()) {
        ("a" | "an", [place]) => Some((word.to_owned(), *place)),
        _ => None,
    }
}

/// The forms of a name, and whether each is a plural by itself: a name that is plural is looked for in the singular too.
fn forms(name: &str) -> Vec<(String, bool)> {
    let mut forms = vec![(name.to_owned(), false)];
    let stem = ["ches", "shes", "sses", "xes"].iter().find(|end| name.ends_with(**end)).and_then(|_| name.strip_suffix("es"));
    let stem = stem.or_else(|| name.strip_suffix('s').filter(|s| s.len() > 3 && !s.ends_with(['s', 'u', 'i', '\''])));
    forms.extend(stem.map(|stem| (stem.to_owned(), false)));
    if let Some(stem) = name.strip_suffix('y').filter(|s| s.ends_with(|c: char| c.is_alphabetic() && !"aeiou".contains(c))) {
        forms.push((format!("{stem}ies"), true));
    }
    forms
}

/// The longest word of a name that every spelling of it holds; nothing where letters beyond ASCII leave none.
fn anchor(name: &str) -> Option<&str> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.max_by_key(|w| w.len())
}

fn mark(old: &[OldName<'_>], today: &[&str], facts: &Facts) -> u64 {
    let mut hasher = DefaultHasher::new();
    old.iter().for_each(|o| (o.name, o.avoided).hash(&mut hasher));
    today.hash(&mut hasher);
    facts.hash(&mut hasher);
    hasher.finish()
}
