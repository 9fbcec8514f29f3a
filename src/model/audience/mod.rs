//! What an audience may not see is gone before anything else looks: documents in, and out come those of a playbook in which it was never written.
//!
//! Records are left out with the files of their own; a file they share with others is written anew without them, and read again.
//! References to them are taken out in the same way: a field is as if absent, prose has the author's own label or words that name nothing.
//! So what is made of the rest depends on the rest alone: whatever is edited in what is left out, the site for others stays the same
//! to the byte.

mod hidden;
mod prune;
mod rewrite;
mod rules;

pub use rules::{Demand, Rules, implies, named, stated};

use super::document::{Cut, Document, Documents, Holds};
use super::kind::{Kind, Name};
use super::raw::Raw;
use crate::diagnostic::{FileId, Files};
use crate::project::Audience;
use crate::source::Value;
use hidden::Hidden;
use rewrite::{Cutout, nothing_of, seen_of};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A playbook's files as some readers may see them.
#[derive(Clone)]
pub struct Seen {
    /// In the places of the files they stand for.
    pub documents: Documents,
    /// Their texts, under the same numbers.
    pub files: Files,
    /// What there is to know of the rest.
    pub left_out: Arc<LeftOut>,
}

/// What there is to know of what was left out, without a word of it.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Files that have another text now.
    files: BTreeMap<FileId, Cut>,
    /// Records, as `kind:id`, of which something was taken.
    gaps: BTreeSet<String>,
    /// How many records.
    pub records: usize,
}

impl LeftOut {
    /// Whether a file's lines are not those that its authors see.
    pub fn is_rewritten(&self, file: FileId) -> bool {
        self.files.contains_key(&file)
    }

    /// Whether a file also holds what is left out, so that its dates and the words of its commits may be about that.
    pub fn is_shared(&self, file: FileId) -> bool {
        self.files.get(&file) == Some(&Cut::Shared)
    }

    /// Whether something was taken of a record, as `kind:id`: what it seems to lack may be there.
    pub fn has_gap(&self, record: &str) -> bool {
        self.gaps.contains(record)
    }
}

/// The documents that readers may see; nothing where they may see all of them.
///
/// `today` holds for old versions: a record that there still is, by its id or as a former id of another, is for whom it is today. One that
/// is gone is for whom its own version says, and for those alone who may read in its folder today.
pub fn filter(documents: &Documents, files: &Files, audience: &Audience, today: Option<&Rules>) -> Option<Seen> {
    let rules = Arc::new(Rules::of(documents));
    Screen::default().look(documents, files, &rules, &Reader { audience, today })
}

/// The rules of a playbook, kept from one save to the next.
#[derive(Default)]
pub struct Watch {
    documents: Documents,
    rules: Arc<Rules>,
}

impl Watch {
    /// The rules of these documents; the very same as before where no edit can have changed them.
    pub fn renew(&mut self, documents: &Documents) -> Arc<Rules> {
        let same_length = self.documents.len() == documents.len();
        let mut pairs = self.documents.iter().zip(documents.iter()).filter(|(old, new)| !Arc::ptr_eq(old, new));
        let steady = |old: &Document, new: &Document| !new.speaks_of_audience && !old.speaks_of_audience;
        let open = self.rules.is_open();
        let kept = same_length && pairs.all(|(old, new)| steady(old, new) && (open || is_called_as(old, new)));
        if !kept {
            let speaks = documents.iter().any(|d| d.speaks_of_audience);
            self.rules = if speaks { Arc::new(Rules::of(documents)) } else { Arc::default() };
        }
        self.documents = documents.clone();
        self.rules.clone()
    }
}

/// Whether who may read what follows in the same way from both.
fn is_called_as(old: &Document, new: &Document) -> bool {
    let ends = |raw: &Raw| joined(raw).map(|(key, text)| (key, text.to_owned())).collect::<Vec<_>>();
    let former = |raw: &Raw| raw.was.iter().map(|w| w.value.clone()).collect::<Vec<_>>();
    let same = |a: &Raw, b: &Raw| a.name == b.name && a.title_fold == b.title_fold && former(a) == former(b) && ends(a) == ends(b);
    old.path == new.path
        && old.is_unparsed() == new.is_unparsed()
        && old.records.len() == new.records.len()
        && old.records.iter().zip(&new.records).all(|(a, b)| same(a, b))
}

/// The stages that a hand-over or a way back joins.
fn joined(raw: &Raw) -> impl Iterator<Item = (&'static str, &str)> {
    let keys = ["from", "to"].into_iter().filter(|_| matches!(raw.name.kind, Kind::Handoff | Kind::Recycle));
    keys.filter_map(|key| raw.table.get(key).and_then(Value::as_text).map(|text| (key, text)))
}

/// Who looks, and by which rules.
struct Reader<'a> {
    audience: &'a Audience,
    today: Option<&'a Rules>,
}

impl Reader<'_> {
    fn meets<'d>(&self, mut demands: impl Iterator<Item = &'d Demand>) -> bool {
        *self.audience == Audience::Keepers || demands.all(|demand| self.audience.may_read(&demand.names))
    }

    /// Whether a record may be read.
    fn may_read(&self, raw: &Raw, document: &Document, rules: &Rules) -> bool {
        let Some(today) = self.today else { return self.meets(rules.of_record(&raw.name).iter()) };
        if raw.name.kind == Kind::Playbook {
            return true;
        }
        match today.today(&raw.name) {
            Some(name) => self.meets(today.of_record(name).iter()),
            None => {
                let whole = rules::whole_of(document, raw);
                let of_whole = whole.iter().flat_map(|whole| today.of_record(whole));
                self.meets(rules.of_record(&raw.name).iter().chain(today.inherited(&raw.inner_path)).chain(of_whole))
            }
        }
    }

    /// Whether a file that holds no record may be read.
    fn may_read_file(&self, document: &Document, rules: &Rules) -> bool {
        let inner = document.inner_path();
        let today = self.today.into_iter().flat_map(|today| today.of_file(inner));
        self.meets(rules.of_file(inner).into_iter().chain(today))
    }
}

/// What some readers see of a playbook, kept so that the next look costs only what differs.
#[derive(Default)]
pub struct Screen {
    audience: Option<Audience>,
    rules: Arc<Rules>,
    documents: Documents,
    hidden: Arc<Hidden>,
    /// Files that hold records that are left out, by their place: whether each is seen.
    parted: BTreeMap<usize, Vec<bool>>,
    /// Files with less in them, by their place.
    cuts: BTreeMap<usize, Cutout>,
    seen: Documents,
}

impl Screen {
    /// What readers may see of documents; nothing where that is all.
    pub fn renew(&mut self, documents: &Documents, files: &Files, rules: &Arc<Rules>, audience: &Audience) -> Option<Seen> {
        self.look(documents, files, rules, &Reader { audience, today: None })
    }

    fn look(&mut self, documents: &Documents, files: &Files, rules: &Arc<Rules>, reader: &Reader<'_>) -> Option<Seen> {
        let open = rules.is_open() && reader.today.is_none_or(Rules::is_open);
        if open || *reader.audience == Audience::Keepers {
            *self = Self::default();
            return None;
        }
        let again = reader.today.is_none() && self.audience.as_ref() == Some(reader.audience) && Arc::ptr_eq(&self.rules, rules);
        if again && self.documents.len() == documents.len() {
            self.some(documents, files);
        } else {
            self.all(documents, files, rules, reader);
            self.audience = Some(reader.audience.clone());
            self.rules = rules.clone();
        }
        self.documents = documents.clone();
        (!self.cuts.is_empty()).then(|| self.result(files))
    }

    /// Takes up the files that differ; who may read what is as it was.
    fn some(&mut self, documents: &Documents, files: &Files) {
        let pairs = self.documents.iter().zip(documents.iter()).enumerate().filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let changed: Vec<(usize, Arc<Document>)> = pairs.map(|(at, (_, new))| (at, new.clone())).collect();
        for (at, document) in changed {
            let gone = self.cuts.get(&at).is_some_and(|cut| cut.text.is_none());
            if !gone {
                let cut = self.cut(at, &document, files);
                self.put(at, &document, cut);
            }
        }
    }

    fn put(&mut self, at: usize, document: &Arc<Document>, cut: Option<Cutout>) {
        self.seen.set_mut(at, cut.as_ref().map_or_else(|| document.clone(), |cut| cut.document.clone()));
        match cut {
            Some(cut) => self.cuts.insert(at, cut),
            None => self.cuts.remove(&at),
        };
    }

    fn cut(&self, at: usize, document: &Document, files: &Files) -> Option<Cutout> {
        let parts = self.parted.get(&at);
        let is_seen = |record: usize| parts.is_none_or(|seen| seen.get(record).copied().unwrap_or(false));
        seen_of(document, files.text(document.file), &is_seen, &self.hidden)
    }

    fn all(&mut self, documents: &Documents, files: &Files, rules: &Rules, reader: &Reader<'_>) {
        *self = Self { parted: parted(documents, rules, reader), seen: documents.clone(), ..Self::default() };
        let mut hidden = Hidden::default();
        for (at, document) in documents.iter().enumerate() {
            let is_seen = |record: usize| self.parted.get(&at).is_none_or(|seen| seen.get(record).copied().unwrap_or(false));
            document.records.iter().enumerate().filter(|(n, _)| !is_seen(*n)).for_each(|(_, raw)| hidden.add(raw));
        }
        with_their_ends(documents, &mut self.parted, &mut hidden);
        let lone = lone_files(documents, &self.parted, &hidden, rules, reader);
        for at in &lone {
            documents.get(*at).into_iter().for_each(|document| hidden.add_file(document));
        }
        for (at, document) in documents.iter().enumerate().filter(|(at, _)| !lone.contains(at)) {
            let seen = self.parted.get(&at);
            let is_seen = |record: usize| seen.is_none_or(|seen| seen.get(record).copied().unwrap_or(false));
            document.records.iter().enumerate().filter(|(n, _)| is_seen(*n)).for_each(|(_, raw)| hidden.note(raw));
        }
        self.hidden = Arc::new(hidden);
        for (at, document) in documents.iter().enumerate() {
            let cut = if lone.contains(&at) { Some(nothing_of(document)) } else { self.cut(at, document, files) };
            if cut.is_some() {
                self.put(at, document, cut);
            }
        }
    }

    fn result(&self, files: &Files) -> Seen {
        let mut files = files.clone();
        let mut left_out = LeftOut { records: self.hidden_records(), ..LeftOut::default() };
        for cut in self.cuts.values() {
            if let Some(text) = &cut.text {
                files.put(&cut.document.path, text.clone());
                left_out.files.insert(cut.document.file, cut.document.cut);
            }
            left_out.gaps.extend(cut.gaps.iter().map(Name::to_string));
        }
        Seen { documents: self.seen.clone(), files, left_out: Arc::new(left_out) }
    }

    fn hidden_records(&self) -> usize {
        self.parted.values().flatten().filter(|seen| !**seen).count()
    }
}

/// The files with records that may not be read, by their place.
fn parted(documents: &Documents, rules: &Rules, reader: &Reader<'_>) -> BTreeMap<usize, Vec<bool>> {
    let seen_in = |document: &Document| -> Vec<bool> { document.records.iter().map(|raw| reader.may_read(raw, document, rules)).collect() };
    let mut parted = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        let mut seen = seen_in(document);
        let whole = document.records.first().is_some_and(|raw| raw.body.is_some());
        if whole && seen.first() == Some(&false) {
            // What stands in the text of a record is read with it.
            seen.fill(false);
        }
        if seen.contains(&false) {
            parted.insert(at, seen);
        }
    }
    parted
}

/// A hand-over or a way back goes with the stages it joins: its id is made of theirs.
fn with_their_ends(documents: &Documents, parted: &mut BTreeMap<usize, Vec<bool>>, hidden: &mut Hidden) {
    for (at, document) in documents.iter().enumerate() {
        for (record, raw) in document.records.iter().enumerate() {
            if joined(raw).any(|(_, stage)| hidden.withholds(stage, &[Kind::Stage])) {
                let seen = parted.entry(at).or_insert_with(|| vec![true; document.records.len()]);
                if let Some(seen) = seen.get_mut(record).filter(|seen| **seen) {
                    *seen = false;
                    hidden.add(raw);
                }
            }
        }
    }
}

/// The files of which nothing is seen, by their place: with hidden records alone, of a hidden metric, or in a folder that is not for these readers.
fn lone_files(
    documents: &Documents,
    parted: &BTreeMap<usize, Vec<bool>>,
    hidden: &Hidden,
    rules: &Rules,
    reader: &Reader<'_>,
) -> BTreeSet<usize> {
    let mut lone = BTreeSet::new();
    for (at, document) in documents.iter().enumerate() {
        let inner = document.inner_path();
        let gone = match &document.holds {
            Holds::Series(..) => {
                let id = inner.trim_start_matches("series/").trim_end_matches(".csv");
                hidden.withholds(id, &[Kind::Metric])
            }
            Holds::Records if !document.records.is_empty() => parted.get(&at).is_some_and(|seen| !seen.contains(&true)),
            Holds::Records if document.defaults.is_some() || inner == "playbook.toml" => false,
            _ => !reader.may_read_file(document, rules),
        };
        if gone {
            lone.insert(at);
        }
    }
    lone.extend(empty_folders(documents, &lone));
    lone
}

/// What is said for folders in which nothing is seen.
fn empty_folders(documents: &Documents, lone: &BTreeSet<usize>) -> Vec<usize> {
    let folder_of = |document: &Document| document.inner_path().rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let mut filled: BTreeSet<String> = BTreeSet::new();
    let seen = documents.iter().enumerate().filter(|(at, d)| !lone.contains(at) && d.defaults.is_none());
    for (_, document) in seen {
        let mut folder = folder_of(document);
        while filled.insert(folder.clone()) {
            folder = folder.rsplit_once('/').map_or(String::new(), |(above, _)| above.to_owned());
        }
    }
    let told = documents.iter().enumerate().filter(|(_, d)| d.defaults.is_some());
    told.filter(|(_, d)| !filled.contains(&folder_of(d))).map(|(at, _)| at).collect()
}
