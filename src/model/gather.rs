//! All files' records together: each gets its place among its kind, and the index that leads to it.
//!
//! What follows from the names of records alone stays as it is while only their texts change:
//! a saved file is then taken up here in the time that its own records need.

use super::document::{Document, Documents, Holds};
use super::kind::{Kind, Name};
use super::link::{Former, Index, Unparsed, Unread};
use super::namesake::Namesakes;
use super::prose::{self, Places};
use super::raw::Raw;
use super::summary::{self, Parts};
use crate::diagnostic::{FileId, Files, Span, suggest};
use crate::source::markdown::slug;
use crate::source::{Problem, Trouble, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A record's place among all.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The record as its file says it.
    pub raw: Arc<Raw>,
    /// What it is called here: the second of two pages with one address has a number.
    pub name: Name,
    /// Its file.
    pub file: FileId,
    /// Whether another record already has its name.
    pub duplicate: bool,
}

/// All records by kind, and where references lead.
#[derive(Clone, Default)]
pub struct Gathered {
    /// The files, in the order of paths.
    pub documents: Documents,
    /// Those that have faults, by their place.
    pub faulty: Arc<BTreeSet<usize>>,
    /// The records, in the order of files and places.
    pub slots: BTreeMap<Kind, Vec<Slot>>,
    /// Where references lead.
    pub index: Index,
    /// Where links lead.
    pub places: Places,
    /// Who is called alike.
    pub namesakes: Namesakes,
    /// The parts that tables of contents put pages into.
    parts: Parts,
    /// Faults between files, such as two records with one name.
    pub problems: Vec<Problem>,
    /// The files that such faults speak of.
    told: BTreeSet<FileId>,
}

/// What differs from the last time.
pub enum News {
    /// Records came, went, or have other names; or a file from which others inherit is another.
    Everything,
    /// Only what some records say.
    Some(Changes),
}

/// What some records say otherwise now.
#[derive(Default)]
pub struct Changes {
    /// Their places among their kinds.
    pub places: BTreeMap<Kind, BTreeSet<usize>>,
    /// Whether a series is another.
    pub series: bool,
    /// Titles that came or went, folded.
    pub titles: BTreeSet<String>,
    /// Whose headings are others.
    pub anchors: BTreeSet<Name>,
    /// Whether a place has moved where a former id is written.
    pub former: bool,
}

impl Changes {
    /// Whether another record may have to be read anew.
    pub fn reach_others(&self) -> bool {
        !self.titles.is_empty() || !self.anchors.is_empty() || self.former
    }
}

impl Gathered {
    /// Gathers the records of all documents.
    pub fn of(documents: Documents, files: &Files) -> Self {
        let faulty = documents.iter().enumerate().filter(|(_, d)| !d.problems.is_empty()).map(|(at, _)| at).collect();
        let mut gathered = Self { documents, faulty: Arc::new(faulty), ..Self::default() };
        for document in gathered.documents.iter() {
            for raw in &document.records {
                let slot = Slot { raw: raw.clone(), name: raw.name.clone(), file: document.file, duplicate: false };
                gathered.slots.entry(raw.name.kind).or_default().push(slot);
            }
        }
        gathered.index.unread = Arc::new(unread(&gathered.documents, files));
        if let Some(pages) = gathered.slots.get_mut(&Kind::Page) {
            gathered.parts = summary::arrange(pages);
        }
        gathered.index.keeps_html = keeps_html(&gathered.slots);
        gathered.number();
        let (index, (namesakes, places)) =
            rayon::join(|| gathered.indexed(), || rayon::join(|| gathered.namesakes(), || Places::new(&gathered)));
        (gathered.index, gathered.namesakes, gathered.places) = (index, namesakes, places);
        gathered.former_ids();
        gathered.lone_lessons();
        gathered.told =
            gathered.problems.iter().flat_map(|p| std::iter::once(p.span).chain(p.trouble.elsewhere())).map(|s| s.file).collect();
        gathered
    }

    /// Takes up documents in the place of those from before.
    pub fn renew(&mut self, documents: Documents, files: &Files) -> News {
        let pairs = self.documents.iter().zip(documents.iter()).enumerate().filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let changed: Vec<(usize, Arc<Document>, Arc<Document>)> = pairs.map(|(at, (old, new))| (at, old.clone(), new.clone())).collect();
        if self.documents.len() != documents.len() || !changed.iter().all(|(_, old, new)| self.alike(old, new)) {
            *self = Self::of(documents, files);
            return News::Everything;
        }
        let mut changes = Changes::default();
        for (at, old, new) in changed {
            self.replace(&old, &new, &mut changes);
            if old.problems.is_empty() != new.problems.is_empty() {
                let faulty = Arc::make_mut(&mut self.faulty);
                let _ = if new.problems.is_empty() { faulty.remove(&at) } else { faulty.insert(at) };
            }
        }
        self.documents = documents;
        News::Some(changes)
    }

    /// Whether a file may take another's place without anything else having to move.
    fn alike(&self, old: &Document, new: &Document) -> bool {
        let quiet = |d: &Document| d.defaults.is_none() && !d.is_unparsed() && !d.strays && !d.is_unread() && !self.told.contains(&d.file);
        let same_sort = match (&old.holds, &new.holds) {
            (Holds::Records, Holds::Records) => old.inner_path() != "playbook.toml" && !summary::is_summary(old.inner_path()),
            (Holds::Series(..), Holds::Series(..)) | (Holds::Other, Holds::Other) => true,
            _ => false,
        };
        let same_records = old.records.len() == new.records.len() && old.records.iter().zip(&new.records).all(|(a, b)| a.is_called_as(b));
        old.path == new.path && quiet(old) && quiet(new) && same_sort && same_records
    }

    /// Puts the records of a file in the place of those it had.
    fn replace(&mut self, old: &Document, new: &Document, changes: &mut Changes) {
        let kinds: BTreeSet<Kind> = new.records.iter().map(|r| r.name.kind).collect();
        for kind in kinds {
            let mut before = old.records.iter().filter(|r| r.name.kind == kind);
            let mut after = new.records.iter().filter(|r| r.name.kind == kind);
            let slots = self.slots.get_mut(&kind).map(Vec::as_mut_slice).unwrap_or_default();
            let places = changes.places.entry(kind).or_default();
            // A file with a duplicate is told of, so here every slot has its place.
            let mut at = 0;
            let mut own = Vec::new();
            for slot in slots.iter_mut() {
                if slot.file == old.file
                    && let Some((before, after)) = before.next().zip(after.next())
                {
                    slot.raw = self.parts.with(after);
                    slot.file = new.file;
                    places.insert(at);
                    own.push((slot.name.clone(), at, before, after));
                }
                at += usize::from(!slot.duplicate);
            }
            for (name, at, before, after) in own {
                self.index.renew(&name, before, after, changes);
                if before.title != after.title {
                    self.namesakes.remove(&name, at, before);
                    self.namesakes.add(&name, at, after);
                }
            }
        }
        changes.series |= matches!(new.holds, Holds::Series(..));
    }

    /// A second record with an id is a fault and stands aside.
    fn number(&mut self) {
        for (kind, slots) in &mut self.slots {
            let mut first: BTreeMap<String, Span> = BTreeMap::new();
            for slot in slots.iter_mut() {
                if let Some(span) = first.get(&slot.name.id).copied() {
                    if *kind == Kind::Page {
                        self.problems.push(second_page(slot, span, &first));
                    } else {
                        slot.duplicate = true;
                        let trouble = Trouble::DuplicateId { name: slot.name.to_string(), first: span };
                        self.problems.push(Problem { span: slot.raw.place, record: slot.name.to_string(), trouble });
                        continue;
                    }
                }
                first.insert(slot.name.id.clone(), slot.raw.place);
            }
        }
    }

    /// The records that do not stand aside, each with its place among its kind.
    fn placed(&self) -> impl Iterator<Item = (usize, &Slot)> {
        self.slots.values().flat_map(|slots| slots.iter().filter(|s| !s.duplicate).enumerate())
    }

    fn indexed(&self) -> Index {
        let mut index = Index::default();
        (index.unread, index.keeps_html) = (self.index.unread.clone(), self.index.keeps_html);
        self.placed().for_each(|(at, slot)| index.add(&slot.name, at, &slot.raw));
        index
    }

    fn namesakes(&self) -> Namesakes {
        let mut namesakes = Namesakes::default();
        self.placed().for_each(|(at, slot)| namesakes.add(&slot.name, at, &slot.raw));
        namesakes
    }

    /// Ids that records have given up lead to them, unless they are taken.
    fn former_ids(&mut self) {
        for slot in self.slots.values().flatten().filter(|s| !s.duplicate) {
            for old in &slot.raw.was {
                let words = match self.index.add_former(&slot.name, &old.value, old.span) {
                    Former::Taken => continue,
                    Former::InUse => format!("`{}` is in use, so it cannot be a former id", old.value),
                    Former::Claimed => format!("another {} says that `{}` was its id", slot.name.kind.word(), old.value),
                };
                let record = slot.name.to_string();
                self.problems.push(Problem { span: old.span, record, trouble: Trouble::MatchedNothing(words) });
            }
        }
    }

    /// Lessons whose folder is no module.
    fn lone_lessons(&mut self) {
        let of = |kind: Kind| self.slots.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let modules: BTreeSet<&str> = of(Kind::Module).iter().map(|m| m.name.id.as_str()).collect();
        let module = |l: &Slot| l.name.id.split('/').next().unwrap_or("").to_owned();
        let lessons = of(Kind::Lesson).iter();
        let lone = lessons.filter(|l| !modules.contains(module(l).as_str()) && !self.index.unread.mentions(&module(l)));
        let told = lone.map(|l| {
            let nearest = suggest::nearest(&module(l), modules.iter().copied()).map(str::to_owned);
            let trouble = Trouble::Orphan { wanted: "module", id: module(l), nearest };
            Problem { span: l.raw.place, record: l.name.to_string(), trouble }
        });
        let told: Vec<Problem> = told.collect();
        self.problems.extend(told);
    }
}

impl Raw {
    /// Whether nothing that leads to one record has to change when another takes its place.
    fn is_called_as(&self, other: &Raw) -> bool {
        let former = |raw: &Raw| raw.was.iter().map(|w| w.value.clone()).collect::<Vec<_>>();
        self.name == other.name
            && self.body.is_some() == other.body.is_some()
            && former(self) == former(other)
            && prose::addresses_before(self).eq(prose::addresses_before(other))
    }
}

/// The second of two pages with one address gets a number.
fn second_page(slot: &mut Slot, other: Span, taken: &BTreeMap<String, Span>) -> Problem {
    let wanted = slot.name.id.clone();
    let mut number = 2;
    while taken.contains_key(&format!("{wanted}-{number}")) {
        number += 1;
    }
    slot.name.id = format!("{wanted}-{number}");
    let trouble = Trouble::CollidingAddress { address: format!("/pages/{wanted}/"), other, instead: format!("/pages/{}/", slot.name.id) };
    Problem { span: slot.raw.place, record: slot.name.to_string(), trouble }
}

/// Whether the playbook keeps the safe part of raw HTML.
fn keeps_html(slots: &BTreeMap<Kind, Vec<Slot>>) -> bool {
    let settings = slots.get(&Kind::Playbook).and_then(|playbooks| playbooks.first());
    settings.and_then(|s| s.raw.table.get("raw_html")).and_then(Value::as_text).is_some_and(|t| t.trim() == "sanitised")
}

/// The typed files that could not be read, or not all of whose records could be told.
fn unread(documents: &Documents, files: &Files) -> Unread {
    let lost = |d: &&std::sync::Arc<Document>| d.is_unparsed() || d.strays;
    let texts = documents.iter().filter(lost).map(|d| format!("{}\n{}", d.inner_path(), files.text(d.file)));
    Unread { unparsed: texts.map(|text| Unparsed { slug: slug(&text), text }).collect(), whole: documents.iter().any(|d| d.is_unread()) }
}
