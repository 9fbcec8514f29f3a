//! Which word stands where: in which names, and in which sections.

use super::answers::Answers;
use super::entries::{Entry, Source, entries};
use super::fold::{self, Token, telling, tokens};
use super::order::ORDER;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// More sections than these go into several files.
pub const WHOLE: usize = 2_000;

/// Everything that can be found, by its words.
#[derive(Default)]
pub struct Index {
    /// In the order that decides ties.
    pub entries: Vec<Entry>,
    /// Of each entry its first section among all, and at the end how many there are.
    pub starts: Vec<u32>,
    /// Words in the order of UTF-16, as scripts compare them.
    pub words: Vec<Word>,
    /// What questions are answered from.
    pub answers: Answers,
    split: bool,
}

/// A word and where it stands.
#[derive(Debug, Default)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// As it is written most often, where it never stands as it is folded.
    pub written: Option<String>,
    /// In names.
    pub names: Vec<InName>,
    /// In sections, each with how often; in order.
    pub places: Vec<(u32, u8)>,
    /// With its accents, where it has any: the sections of each form.
    pub accented: Vec<(String, Vec<u32>)>,
}

/// A word's place in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InName {
    /// The entry.
    pub entry: u32,
    /// The class of name; the last one is a heading.
    pub class: u8,
    /// Which of the entry's names, or which of its sections.
    pub which: u16,
    /// Its place among the name's words.
    pub at: u8,
    /// How many places it takes.
    pub span: u8,
    /// How many words the name has.
    pub length: u8,
}

impl Index {
    /// The index of a playbook.
    pub fn of(source: &Source<'_>) -> Self {
        let entries = entries(source);
        let mut starts: Vec<u32> = vec![0];
        for entry in &entries {
            starts.push(starts.last().copied().unwrap_or(0) + u32::try_from(entry.sections.len()).unwrap_or(0));
        }
        let row = entries.len().div_ceil(rayon::current_num_threads() * 4).max(16);
        let rows: Vec<Table> = entries
            .par_chunks(row)
            .enumerate()
            .map(|(number, chunk)| {
                let mut table = Table::default();
                chunk.iter().enumerate().for_each(|(at, entry)| table.read(number * row + at, entry, &starts));
                table
            })
            .collect();
        let answers = Answers::of(source, &entries);
        Self { entries, starts, words: merged(rows), answers, split: super::count(source.playbook) > WHOLE }
    }

    /// Whether it goes into several files.
    pub fn is_split(&self) -> bool {
        self.split
    }

    /// How many sections there are.
    pub fn sections(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// A word's entry.
    pub fn word(&self, text: &str) -> Option<&Word> {
        self.words.binary_search_by(|word| compare(&word.text, text)).ok().and_then(|at| self.words.get(at))
    }

    /// The words that begin so.
    pub fn beginning(&self, with: &str) -> &[Word] {
        let from = self.words.partition_point(|word| compare(&word.text, with).is_lt());
        let rest = self.words.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|word| word.text.starts_with(with)).count();
        rest.get(..count).unwrap_or_default()
    }

    /// The entry of a section.
    pub fn entry_of(&self, section: u32) -> usize {
        self.starts.partition_point(|start| *start <= section).saturating_sub(1)
    }
}

/// As scripts compare texts.
pub fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Words of some entries.
#[derive(Default)]
struct Table {
    #[allow(clippy::disallowed_types, reason = "it is put in order before anybody goes through it")]
    words: std::collections::HashMap<String, Gathered>,
}

#[derive(Default)]
struct Gathered {
    names: Vec<InName>,
    places: Vec<(u32, u8)>,
    /// How it is written, and how often.
    written: BTreeMap<String, u32>,
    /// The sections of each form that has accents.
    accented: BTreeMap<String, Vec<u32>>,
}

impl Table {
    fn read(&mut self, at: usize, entry: &Entry, starts: &[u32]) {
        let first = starts.get(at).copied().unwrap_or(0);
        let at = u32::try_from(at).unwrap_or(0);
        for (which, name) in entry.names.iter().enumerate() {
            let read = tokens(&name.text);
            self.place(first, &read);
            self.name(at, u8::try_from(name.class).unwrap_or(0), which, telling(read));
        }
        self.place(first, &tokens(&entry.line));
        let heading = u8::try_from(ORDER.classes.len().saturating_sub(1)).unwrap_or(0);
        for (number, section) in entry.sections.iter().enumerate() {
            let place = first + u32::try_from(number).unwrap_or(0);
            if !section.heading.is_empty() {
                let read = tokens(&section.heading);
                self.place(place, &read);
                self.name(at, heading, number, telling(read));
            }
            self.place(place, &tokens(&section.text));
        }
    }

    fn name(&mut self, entry: u32, class: u8, which: usize, read: Vec<Token>) {
        let Ok(which) = u16::try_from(which) else { return };
        let longest = ORDER.limits.phrase;
        let length = u8::try_from(read.iter().filter(|token| token.joins == 0).count().min(longest)).unwrap_or(0);
        let mut at = 0usize;
        for token in read {
            let kept = token.joins.min(at);
            let (place, span) = if token.joins > 0 { (at - kept, kept) } else { (at, 1) };
            at += usize::from(token.joins == 0);
            if place + span > longest || span == 0 {
                continue;
            }
            let (place, span) = (u8::try_from(place).unwrap_or(0), u8::try_from(span).unwrap_or(1));
            self.words.entry(token.word).or_default().names.push(InName { entry, class, which, at: place, span, length });
        }
    }

    fn place(&mut self, section: u32, read: &[Token]) {
        for token in read.iter().filter(|token| !ORDER.is_stop(&token.word)) {
            let known = match self.words.get_mut(&token.word) {
                Some(known) => known,
                None => self.words.entry(token.word.clone()).or_default(),
            };
            match known.places.last_mut() {
                Some((place, times)) if *place == section => *times = times.saturating_add(1),
                _ => known.places.push((section, 1)),
            }
            if token.typed != token.word && !known.written.contains_key(&token.word) {
                *known.written.entry(token.typed.clone()).or_default() += 1;
            } else if token.typed == token.word {
                known.written.clear();
                known.written.insert(token.word.clone(), 1);
            }
            if let Some(form) = &token.accented {
                let places = known.accented.entry(form.clone()).or_default();
                if places.last() != Some(&section) {
                    places.push(section);
                }
            }
        }
    }
}

/// The words of all, in order.
fn merged(rows: Vec<Table>) -> Vec<Word> {
    let mut all: Vec<(String, usize, Gathered)> = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        all.extend(row.words.into_iter().map(|(text, gathered)| (text, number, gathered)));
    }
    all.par_sort_unstable_by(|a, b| compare(&a.0, &b.0).then(a.1.cmp(&b.1)));
    let mut words: Vec<Word> = Vec::new();
    let mut forms: BTreeMap<String, u32> = BTreeMap::new();
    for (text, _, gathered) in all {
        if words.last().is_none_or(|word| word.text != text) {
            close(words.last_mut(), std::mem::take(&mut forms));
            words.push(Word { text, ..Word::default() });
        }
        let Some(word) = words.last_mut() else { continue };
        word.names.extend(gathered.names);
        word.places.extend(gathered.places);
        gathered.written.into_iter().for_each(|(form, times)| *forms.entry(form).or_default() += times);
        for (form, places) in gathered.accented {
            match word.accented.iter_mut().find(|(known, _)| *known == form) {
                Some((_, known)) => known.extend(places),
                None => word.accented.push((form, places)),
            }
        }
    }
    close(words.last_mut(), forms);
    words.retain(|word| !word.text.is_empty());
    words
}

/// Keeps how a word is written, where it never stands as it is folded.
fn close(word: Option<&mut Word>, forms: BTreeMap<String, u32>) {
    let Some(word) = word else { return };
    word.names.sort_unstable();
    if !forms.contains_key(&word.text) {
        word.written = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(compare(&b.0, &a.0))).map(|(form, _)| form);
    }
    word.accented.sort_by(|a, b| compare(&a.0, &b.0));
}

/// The words of a name without those that say nothing.
pub fn name_words(text: &str) -> Vec<String> {
    telling(fold::tokens(text)).into_iter().filter(|token| token.joins == 0).map(|token| token.word).collect()
}
