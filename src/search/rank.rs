//! Which result stands first: in tiers, and within a tier by whole numbers, so that every machine and every browser agrees.
//!
//! `js/search/rank.js` does the same, step by step; a test holds the two together over thousands of queries.

use super::index::{InName, Index, Word};
use super::order::ORDER;
use super::query::Term;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A term with the words of the index that it may be.
#[derive(Clone)]
pub struct Meant<'a> {
    /// The term.
    pub term: Term,
    /// Words, the very one first, each with whether it is that.
    pub words: Vec<(&'a Word, bool)>,
    /// How much it tells, from 1: the rarer, the more.
    pub rarity: u32,
}

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// By its place among entries.
    pub entry: usize,
    /// Its tier, best is 0.
    pub tier: usize,
    /// How many terms it has.
    pub coverage: usize,
    /// How many words of the name nobody asked for.
    pub loose: u32,
    /// More is better.
    pub score: u32,
    /// Which of its sections.
    pub section: usize,
    /// Which of its names, where it was found by one.
    pub name: Option<usize>,
    /// The class of that name.
    pub class: usize,
    /// What the query is to that name: 0 for all of it.
    pub degree: usize,
}

/// What a term may be in an index.
pub fn meant<'a>(index: &'a Index, term: Term) -> Meant<'a> {
    let mut words: Vec<(&Word, bool)> = index.word(&term.word).map(|word| (word, true)).into_iter().collect();
    if term.partial && term.typed.chars().count() >= ORDER.limits.prefix {
        words.extend(index.beginning(&term.typed).iter().filter(|word| word.text != term.word).map(|word| (word, false)));
    }
    let reads = reads_prose(&term);
    let df: usize = words.iter().filter(|(_, exact)| *exact || reads).map(|(word, _)| word.places.len()).sum();
    let share = index.sections() / u32::try_from(df.max(1)).unwrap_or(u32::MAX).max(1);
    let rarity = (32 - share.leading_zeros()).clamp(1, ORDER.limits.rarity);
    Meant { term, words, rarity }
}

/// The beginning of a word is looked for in prose only when it is long enough to tell.
fn reads_prose(term: &Term) -> bool {
    term.typed.chars().count() >= ORDER.limits.prose
}

/// Every record that a query finds, best first.
pub fn rank(index: &Index, terms: &[Meant<'_>]) -> Vec<Found> {
    let mut best: BTreeMap<usize, Found> = BTreeMap::new();
    for found in named(index, terms) {
        take(&mut best, found);
    }
    let read = Read::of(index, terms);
    let all = terms.len();
    let (page, section) = (ORDER.tier("page"), ORDER.tier("section"));
    let whole = |entry: &usize| read.entries.get(*entry).is_some_and(|known| known.count == all);
    let mut found: Vec<usize> = (0..index.entries.len()).filter(whole).collect();
    let named_well = best.values().any(|found| found.tier < page);
    if found.is_empty() && !named_well {
        let weight: u32 = terms.iter().map(|term| term.rarity).sum();
        let enough = |entry: &usize| read.entries.get(*entry).is_some_and(|known| known.count > 0 && known.weight * 2 >= weight);
        found = (0..index.entries.len()).filter(enough).collect();
    }
    for entry in found {
        let Some(known) = read.entries.get(entry) else { continue };
        let tier = match () {
            () if known.count < all => ORDER.tier("some"),
            () if known.best_count == all => section,
            () => page,
        };
        let section = known.best - index.starts.get(entry).map_or(0, |start| *start as usize);
        let degree = ORDER.degrees.len();
        take(&mut best, Found { entry, tier, coverage: known.count, loose: 0, score: 0, section, name: None, class: 0, degree });
    }
    let weights = weights(terms);
    let mut all: Vec<Found> = best.into_values().collect();
    for found in &mut all {
        let read = read.entries.get(found.entry).map_or(0, |known| known.best_score);
        found.score = read + weights.get(&found.entry).copied().unwrap_or(0);
    }
    // Of several that are called so, the kind decides and not how much is said of each.
    let asked = ORDER.tier("question");
    let score = |f: &Found| if f.tier < asked { 0 } else { f.score };
    all.sort_by_key(|f| (f.tier, Reverse(f.coverage), f.loose, Reverse(score(f)), f.entry));
    all
}

fn take(best: &mut BTreeMap<usize, Found>, found: Found) {
    let key = |f: &Found| (f.tier, Reverse(f.coverage), f.loose);
    best.entry(found.entry).and_modify(|known| *known = if key(&found) < key(known) { found } else { *known }).or_insert(found);
}

/// What a query has of one name.
#[derive(Default)]
struct Having {
    length: u32,
    class: usize,
    /// Terms, by bit.
    terms: u32,
    /// Places in the name, by bit; and those whose very word was asked for.
    places: u32,
    exact: u32,
    /// How many terms stand at its beginning one behind the other, and where they end.
    run: usize,
    until: u32,
    run_is_exact: bool,
}

impl Having {
    fn put(&mut self, number: usize, hit: &InName, exact: bool) {
        let (at, span) = (u32::from(hit.at), u32::from(hit.span));
        let places = ((1u32 << span) - 1) << at;
        if number == 0 && self.terms == 0 {
            self.run_is_exact = true;
        }
        self.length = u32::from(hit.length);
        self.class = usize::from(hit.class);
        self.terms |= 1 << number;
        self.places |= places;
        self.exact |= if exact { places } else { 0 };
        if self.run == number && self.until == at {
            self.run = number + 1;
            self.until = at + span;
            self.run_is_exact &= exact;
        }
    }

    /// What the query is to the name: all of it, its beginning, some of it, more than it, more than its one word.
    fn degree(&self, all: usize) -> Option<usize> {
        let every = (1u32 << all) - 1;
        match () {
            () if self.run == all && self.until == self.length && self.run_is_exact => Some(0),
            () if self.run == all => Some(1),
            () if self.terms == every => Some(2),
            () if self.exact.count_ones() == self.length && self.length > 1 => Some(3),
            () if self.exact.count_ones() == self.length => Some(4),
            () => None,
        }
    }
}

/// What was found by names.
pub fn named(index: &Index, terms: &[Meant<'_>]) -> Vec<Found> {
    let heading = ORDER.classes.len() - 1;
    let mut names: BTreeMap<(u32, bool, u16), Having> = BTreeMap::new();
    for (number, term) in terms.iter().enumerate() {
        for (word, exact) in &term.words {
            for hit in &word.names {
                let key = (hit.entry, usize::from(hit.class) == heading, hit.which);
                names.entry(key).or_default().put(number, hit, *exact);
            }
        }
    }
    let found = names.into_iter().filter_map(|((entry, is_heading, which), having)| {
        let degree = having.degree(terms.len())?;
        let tier = ORDER.classes.get(having.class)?.tiers.get(degree)?;
        let which = usize::from(which);
        Some(Found {
            entry: entry as usize,
            tier: ORDER.tier(tier),
            coverage: having.terms.count_ones() as usize,
            loose: having.length - having.places.count_ones().min(having.length),
            score: 0,
            section: if is_heading { which } else { 0 },
            name: (!is_heading).then_some(which),
            class: having.class,
            degree,
        })
    });
    let known = index.entries.len();
    found.filter(|found| found.entry < known).collect()
}

/// What names add to the score: of each term the weightiest name of an entry that has it.
fn weights(terms: &[Meant<'_>]) -> BTreeMap<usize, u32> {
    let mut all: BTreeMap<usize, u32> = BTreeMap::new();
    for term in terms {
        let mut heaviest: BTreeMap<u32, u32> = BTreeMap::new();
        for hit in term.words.iter().flat_map(|(word, _)| &word.names) {
            let weight = ORDER.classes.get(usize::from(hit.class)).map_or(0, |class| class.weight);
            let known = heaviest.entry(hit.entry).or_default();
            *known = weight.max(*known);
        }
        heaviest.into_iter().for_each(|(entry, weight)| *all.entry(entry as usize).or_default() += weight * term.rarity);
    }
    all
}

/// What was found by reading.
struct Read {
    entries: Vec<OfEntry>,
}

#[derive(Clone, Copy, Default)]
struct OfEntry {
    /// How many terms it has.
    count: usize,
    /// How much they tell.
    weight: u32,
    /// Its best section, how many terms that has, and how well.
    best: usize,
    best_count: usize,
    best_score: u32,
}

#[derive(Clone, Copy, Default)]
struct OfSection {
    count: usize,
    score: u32,
    /// The last term that was met here, from 1, and what it counted.
    term: usize,
    last: u32,
}

impl Read {
    fn of(index: &Index, terms: &[Meant<'_>]) -> Self {
        let mut sections = vec![OfSection::default(); index.sections() as usize];
        for (number, term) in terms.iter().enumerate() {
            let reads = reads_prose(&term.term);
            for (word, exact) in term.words.iter().filter(|(_, exact)| *exact || reads) {
                for (place, times) in &word.places {
                    let score = counted(term, word, *exact, (*place, *times));
                    if let Some(section) = sections.get_mut(*place as usize) {
                        section.put(number + 1, score);
                    }
                }
            }
        }
        Self { entries: entries(index, &sections, terms) }
    }
}

impl OfSection {
    fn put(&mut self, term: usize, score: u32) {
        if self.term != term {
            (self.term, self.last) = (term, 0);
            self.count += 1;
        }
        if score > self.last {
            self.score += score - self.last;
            self.last = score;
        }
    }
}

/// What a word counts in a section: how often it stands there, up to a few times, more where it is the very word, with the very accents.
fn counted(term: &Meant<'_>, word: &Word, exact: bool, (place, times): (u32, u8)) -> u32 {
    let limits = &ORDER.limits;
    let often = u32::from(times).min(limits.frequency);
    let very = if exact { 2 } else { 0 };
    let has = |places: &[u32]| places.binary_search(&place).is_ok();
    let accent = !word.accented.is_empty()
        && match &term.term.accented {
            Some(form) => word.accented.iter().any(|(known, places)| known == form && has(places)),
            None => !word.accented.iter().any(|(_, places)| has(places)),
        };
    term.rarity * (often + very) + if accent { limits.accent } else { 0 }
}

/// Of each entry the terms it has, in whichever section, and its best section.
fn entries(index: &Index, sections: &[OfSection], terms: &[Meant<'_>]) -> Vec<OfEntry> {
    let mut all = vec![OfEntry::default(); index.entries.len()];
    for (entry, known) in all.iter_mut().enumerate() {
        let Some((from, to)) = index.starts.get(entry).zip(index.starts.get(entry + 1)) else { continue };
        for place in *from as usize..*to as usize {
            let Some(section) = sections.get(place) else { continue };
            if place == *from as usize || (section.count, section.score) > (known.best_count, known.best_score) {
                (known.best, known.best_count, known.best_score) = (place, section.count, section.score);
            }
        }
    }
    for term in terms {
        let reads = reads_prose(&term.term);
        let mut met = vec![false; index.entries.len()];
        for (word, _) in term.words.iter().filter(|(_, exact)| *exact || reads) {
            let mut entry = 0;
            for (place, _) in &word.places {
                while index.starts.get(entry + 1).is_some_and(|next| next <= place) {
                    entry += 1;
                }
                if let Some(met) = met.get_mut(entry) {
                    *met = true;
                }
            }
        }
        for (known, met) in all.iter_mut().zip(met) {
            known.count += usize::from(met);
            known.weight += if met { term.rarity } else { 0 };
        }
    }
    all
}
