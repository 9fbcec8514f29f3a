//! Documents to the playbook: every record read and linked, at first all, then those that an edit concerns.
//!
//! A record that was read is kept with what it asked of the index. After an edit it is read anew only where its own text
//! or one of those answers is another, so that a save costs what it changes and not what there is.

use super::document::Documents;
use super::field::{Fields, Inline, Reader};
use super::gather::{Changes, Gathered, News, Slot};
use super::kind::{Kind, Name};
use super::kinds::common::Common;
use super::kinds::playbook::Settings;
use super::kinds::role::Role;
use super::link::{Consulted, Use};
use super::playbook::{Census, Playbook};
use super::prose;
use super::record::{Base, Mark, Record, Records};
use super::series;
use super::types::{Audiences, RecordKind, Ref};
use super::value::Duration;
use crate::diagnostic::{Files, Span, Spanned};
use crate::source::{Problem, Trouble};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A playbook and what it was made from, kept so that the next costs only what differs. The next may be another version: then a file
/// that says something else there also has another place among the texts.
#[derive(Clone, Default)]
pub struct Assembly {
    /// The playbook.
    pub playbook: Playbook,
    gathered: Gathered,
    folders: Folders,
    /// Faults of the series.
    series: Vec<Problem>,
}

/// What folders and the playbook say for records that do not.
#[derive(Clone, Default)]
struct Folders {
    /// By folder under `content/`.
    defaults: BTreeMap<String, Defaults>,
    everywhere: Defaults,
    problems: Vec<Problem>,
    uses: Vec<Use>,
    consulted: Vec<Consulted>,
}

/// What a folder or the playbook says.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    owner: Option<Ref<Role>>,
    review_every: Option<Duration>,
    audience: Vec<Spanned<String>>,
}

impl Inline for Defaults {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            owner: f.optional("owner", "who keeps the records of this folder"),
            review_every: f.optional("review_every", "how often they should be read through"),
            audience: f.optional::<Audiences>("audience", "who may read them").unwrap_or_default().0,
        }
    }
}

impl Assembly {
    /// Makes the playbook of these documents, in the order of their paths.
    pub fn renew(&mut self, documents: Documents, files: &Files) {
        let changes = match self.gathered.renew(documents, files) {
            News::Some(changes) if !self.folders.consulted.iter().any(|c| c.is_out_of_date(&changes)) => Some(changes),
            _ => None,
        };
        match changes {
            Some(changes) => self.some(&changes, files),
            None => self.everything(files),
        }
    }

    fn everything(&mut self, files: &Files) {
        let gathered = &self.gathered;
        let mut builder = Builder { gathered, files, folders: read_defaults(gathered, files), before: None, moved: Moved::default() };
        let mut playbook = builder.kinds();
        self.folders = builder.folders;
        self.series = series::attach(&mut playbook, &gathered.documents);
        let (used_by, (linked_files, marked)) =
            rayon::join(|| used_by(&playbook, &self.folders.uses), || (linked_files(&playbook), marked(&playbook)));
        playbook.used_by = Arc::new(used_by);
        playbook.linked_files = Arc::new(linked_files);
        playbook.marked = Arc::new(marked);
        playbook.former_addresses = gathered.places.former();
        playbook.unread = gathered.index.unread.clone();
        playbook.census = Census::default();
        self.settle(playbook);
    }

    fn some(&mut self, changes: &Changes, files: &Files) {
        let gathered = &self.gathered;
        let before = std::mem::take(&mut self.playbook);
        let folders = std::mem::take(&mut self.folders);
        let mut builder = Builder { gathered, files, folders, before: Some((&before, changes)), moved: Moved::default() };
        let mut playbook = Playbook {
            used_by: before.used_by.clone(),
            linked_files: before.linked_files.clone(),
            marked: before.marked.clone(),
            former_addresses: before.former_addresses.clone(),
            unread: before.unread.clone(),
            census: before.census.clone(),
            kept: before.kept.clone(),
            ..builder.kinds()
        };
        let Builder { folders, moved, .. } = builder;
        self.folders = folders;
        if changes.series || !playbook.metrics.is(&before.metrics) {
            self.series = series::attach(&mut playbook, &gathered.documents);
        }
        moved.apply(&mut playbook, &self.folders.uses);
        self.settle(playbook);
    }

    fn settle(&mut self, mut playbook: Playbook) {
        let loose = self.gathered.problems.iter().chain(&self.folders.problems).chain(&self.series);
        playbook.loose = Arc::new(loose.cloned().collect());
        playbook.namesakes = self.gathered.namesakes.list();
        playbook.documents = self.gathered.documents.clone();
        playbook.faulty_files = self.gathered.faulty.clone();
        self.playbook = playbook;
    }
}

/// What each `_defaults.toml` says.
fn read_defaults(gathered: &Gathered, files: &Files) -> Folders {
    let mut folders = Folders::default();
    for document in gathered.documents.iter() {
        let Some(table) = &document.defaults else { continue };
        let mut reader = Reader::new(&gathered.index, files, Name::new(Kind::Playbook, "playbook"));
        let mut fields = Fields::of_file(table, Span::top(document.file), "_defaults.toml", &mut reader);
        let defaults = Defaults::declare(&mut fields);
        fields.finish(&[]);
        let folder = document.inner_path().rsplit_once('/').map_or("", |(f, _)| f);
        folders.defaults.insert(folder.to_owned(), defaults);
        folders.problems.extend(reader.problems);
        folders.uses.extend(reader.uses);
        folders.consulted.push(reader.consulted);
    }
    folders
}

fn used_by(playbook: &Playbook, loose: &[Use]) -> BTreeMap<Name, BTreeSet<Name>> {
    let mut used_by: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    let all = playbook.bases().into_iter().flat_map(|b| &b.uses).chain(loose);
    for link in all.filter(|u| u.from != u.to) {
        used_by.entry(link.to.clone()).or_default().insert(link.from.clone());
    }
    used_by
}

fn linked_files(playbook: &Playbook) -> BTreeSet<String> {
    playbook.bases().into_iter().flat_map(|b| prose::linked_files(b.body.as_ref())).cloned().collect()
}

fn marked(playbook: &Playbook) -> BTreeMap<Mark, BTreeSet<Name>> {
    let mut marked: BTreeMap<Mark, BTreeSet<Name>> = BTreeMap::new();
    for base in playbook.bases() {
        for mark in base.marks() {
            marked.entry(mark).or_default().insert(base.name.clone());
        }
    }
    marked
}

/// References and links to files that came or went with the records that were read anew.
#[derive(Default)]
struct Moved {
    /// A record, to whom it referred, to whom it refers.
    uses: Vec<(Name, BTreeSet<Name>, BTreeSet<Name>)>,
    /// Whether a link to a file came or went.
    files: bool,
    /// A record and what there was and is to see in it.
    marks: Vec<(Name, BTreeSet<Mark>, BTreeSet<Mark>)>,
}

impl Moved {
    fn note(&mut self, before: &Base, after: &Base) {
        let targets = |b: &Base| b.uses.iter().map(|u| u.to.clone()).filter(|to| *to != b.name).collect::<BTreeSet<Name>>();
        let (old, new) = (targets(before), targets(after));
        if old != new {
            self.uses.push((after.name.clone(), old, new));
        }
        let files = |b: &Base| prose::linked_files(b.body.as_ref()).cloned().collect::<BTreeSet<String>>();
        self.files |= files(before) != files(after);
        let (old, new): (BTreeSet<Mark>, BTreeSet<Mark>) = (before.marks().collect(), after.marks().collect());
        if old != new {
            self.marks.push((after.name.clone(), old, new));
        }
    }

    fn apply(self, playbook: &mut Playbook, loose: &[Use]) {
        if self.files {
            playbook.linked_files = Arc::new(linked_files(playbook));
        }
        if !self.marks.is_empty() {
            let marked = Arc::make_mut(&mut playbook.marked);
            for (name, old, new) in self.marks {
                for mark in old {
                    marked.entry(mark).or_default().remove(&name);
                }
                for mark in new {
                    marked.entry(mark).or_default().insert(name.clone());
                }
                marked.retain(|_, names| !names.is_empty());
            }
        }
        if self.uses.is_empty() {
            return;
        }
        let used_by = Arc::make_mut(&mut playbook.used_by);
        for (from, old, new) in self.uses {
            for to in old.difference(&new).filter(|to| !loose.iter().any(|u| u.from == from && u.to == **to)) {
                if let Some(users) = used_by.get_mut(to) {
                    users.remove(&from);
                    if users.is_empty() {
                        used_by.remove(to);
                    }
                }
            }
            for to in new.difference(&old) {
                used_by.entry(to.clone()).or_default().insert(from.clone());
            }
        }
    }
}

/// The playbook while it is made.
struct Builder<'a> {
    gathered: &'a Gathered,
    files: &'a Files,
    folders: Folders,
    /// The playbook from before and what differs from it.
    before: Option<(&'a Playbook, &'a Changes)>,
    moved: Moved,
}

impl<'a> Builder<'a> {
    fn kinds(&mut self) -> Playbook {
        let settings: Records<Settings> = self.records(|p| &p.settings);
        if self.before.is_none()
            && let Some(s) = settings.iter().next()
        {
            let common = &s.base.common;
            self.folders.everywhere =
                Defaults { owner: s.default_owner.clone(), review_every: common.review_every.clone(), audience: common.audience.clone() };
            self.folders.consulted.push(s.base.consulted.clone());
        }
        Playbook {
            settings,
            charter: self.records(|p| &p.charter),
            teams: self.records(|p| &p.teams),
            roles: self.records(|p| &p.roles),
            people: self.records(|p| &p.people),
            areas: self.records(|p| &p.areas),
            activities: self.records(|p| &p.activities),
            stages: self.records(|p| &p.stages),
            handoffs: self.records(|p| &p.handoffs),
            recycles: self.records(|p| &p.recycles),
            segments: self.records(|p| &p.segments),
            personas: self.records(|p| &p.personas),
            offerings: self.records(|p| &p.offerings),
            messages: self.records(|p| &p.messages),
            assets: self.records(|p| &p.assets),
            terms: self.records(|p| &p.terms),
            goals: self.records(|p| &p.goals),
            metrics: self.records(|p| &p.metrics),
            rituals: self.records(|p| &p.rituals),
            loops: self.records(|p| &p.loops),
            tools: self.records(|p| &p.tools),
            paths: self.records(|p| &p.paths),
            modules: self.records(|p| &p.modules),
            lessons: self.records(|p| &p.lessons),
            pages: self.records(|p| &p.pages),
            changes: self.records(|p| &p.changes),
            expects: self.records(|p| &p.expects),
            ..Playbook::default()
        }
    }

    /// The records of a kind: those from before that are still right, and the others read.
    fn records<T: RecordKind>(&mut self, of: impl Fn(&'a Playbook) -> &'a Records<T>) -> Records<T> {
        let slots = self.gathered.slots.get(&T::KIND).map(Vec::as_slice).unwrap_or_default();
        let Some((before, changes)) = self.before else { return self.all(slots) };
        let before = of(before);
        let mut stale: BTreeSet<usize> = changes.places.get(&T::KIND).cloned().unwrap_or_default();
        if changes.reach_others() {
            let others = before.iter().enumerate().filter(|(_, record)| record.base.consulted.is_out_of_date(changes));
            stale.extend(others.map(|(at, _)| at));
            if before.spare().next().is_some() {
                let all: Records<T> = self.all(slots);
                before.iter().zip(&all).for_each(|(old, new)| self.moved.note(&old.base, &new.base));
                return all;
            }
        }
        let mut renewed = Vec::with_capacity(stale.len());
        for (at, slot) in slots.iter().filter(|s| !s.duplicate).enumerate().filter(|(at, _)| stale.contains(at)) {
            let record: Record<T> = self.record(slot);
            if let Some(old) = before.nth(at) {
                self.moved.note(&old.base, &record.base);
            }
            renewed.push((at, record));
        }
        before.with(renewed)
    }

    fn all<T: RecordKind>(&self, slots: &[Slot]) -> Records<T> {
        let read: Vec<Record<T>> = slots.par_iter().with_min_len(16).map(|slot| self.record(slot)).collect();
        Records::new(read, |at| slots.get(at).is_some_and(|slot| slot.duplicate))
    }

    fn record<T: RecordKind>(&self, slot: &Slot) -> Record<T> {
        let raw = slot.raw.as_ref();
        let mut reader = Reader::new(&self.gathered.index, self.files, slot.name.clone());
        let mut fields = Fields::of_record(&raw.table, raw.place, &mut reader);
        let mut common = Common::declare(&mut fields);
        let stated = fields.facts();
        let own = T::declare(&mut fields);
        let facts = fields.facts();
        if raw.typed_keys {
            fields.finish(&["id", "title"]);
        }
        if raw.from_broken {
            reader.problems.retain(|p| !matches!(p.trouble, Trouble::MissingField { .. }));
        }
        self.inherit(&mut common, slot);
        let body = prose::body(raw, &self.gathered.places, &mut reader);
        let base = Base {
            name: slot.name.clone(),
            title: raw.title.clone(),
            title_span: raw.title_span,
            place: raw.place,
            common,
            stated,
            facts,
            body,
            uses: reader.uses,
            problems: reader.problems,
            consulted: reader.consulted,
        };
        Record { base, own }
    }

    /// Owner, review and audience: the record, its folder, the playbook. Some kinds state their own owner.
    fn inherit(&self, common: &mut Common, slot: &Slot) {
        let states_owner = matches!(slot.name.kind, Kind::Stage | Kind::Ritual | Kind::Metric | Kind::Recycle);
        let mut folder = slot.raw.inner_path.rsplit_once('/').map_or("", |(f, _)| f);
        let mut sources: Vec<&Defaults> = Vec::new();
        loop {
            sources.extend(self.folders.defaults.get(folder));
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(f, _)| f);
        }
        sources.push(&self.folders.everywhere);
        for defaults in sources {
            if !states_owner && common.owner.is_none() {
                common.owner = defaults.owner.clone();
            }
            if common.review_every.is_none() {
                common.review_every = defaults.review_every.clone();
            }
            if common.audience.is_empty() {
                common.audience = defaults.audience.clone();
            }
        }
    }
}
