//! The past as rules ask for it: the versions, and what a record said when it was read through.

use super::git::{Commit, Id, Place, Repository};
use super::versions::{self, CONTENT, History, Version};
use crate::diagnostic::{FileId, Files};
use crate::model::document::{self, Document};
use crate::model::{Assembly, Base, Name, Playbook};
use crate::project::Project;
use crate::source::Data;
use crate::source::tree::TreeEntry;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The versions of a playbook, and what stood in its commits on the days of its reviews.
#[derive(Debug, Default)]
pub struct Past {
    /// The versions.
    pub history: Arc<History>,
    /// The playbook when its past was read, and the texts it points into.
    playbook: Playbook,
    files: Files,
    reviews: OnceLock<Reviews>,
}

/// What stood in the commits that say when records were read through.
#[derive(Debug, Default)]
struct Reviews {
    /// By record, the day it states and the commit that stands for it.
    of: BTreeMap<Name, (Date, Id)>,
    then: BTreeMap<Id, Then>,
    /// The files that hold such records, as they stood when this was found out.
    now: BTreeMap<String, Now>,
}

/// A file as it stood, and what git calls its text.
#[derive(Debug)]
struct Now {
    document: Arc<Document>,
    text: Arc<str>,
    id: Id,
}

/// The files of one commit, and the playbook they make where somebody asks.
#[derive(Debug)]
struct Then {
    commit: Arc<Commit>,
    blobs: BTreeMap<String, Id>,
    version: OnceLock<Option<Arc<Version>>>,
}

impl Past {
    /// The past of a playbook that was assembled. `files` is what it points into.
    pub fn of(project: &Project, assembly: &Assembly, files: &Files) -> Self {
        let history = Arc::new(versions::read_before(project, assembly, files));
        Self { history, playbook: assembly.playbook.clone(), files: files.clone(), reviews: OnceLock::new() }
    }

    /// The playbook of the commit in which a record first says that it was read through on the day it states, or the last commit
    /// up to that day: what differs since then came after that reading. Nothing where the files of these records are the very
    /// same, or where nobody knows.
    pub fn since_review(&self, files: &Files, reviewed: &Base, of: &[&Base]) -> Option<Arc<Version>> {
        let reviews = self.reviews.get_or_init(|| self.reviews().unwrap_or_default());
        let day = reviewed.common.reviewed.as_ref()?.value;
        let (_, id) = reviews.of.get(&reviewed.name).filter(|(stated, _)| *stated == day)?;
        let then = reviews.then.get(id)?;
        let place = self.history.place.as_ref()?;
        let held: BTreeSet<FileId> = of.iter().map(|base| base.place.file).collect();
        if held.into_iter().all(|file| then.blobs.get(files.path(file)).is_some_and(|id| reviews.stands(files, file, *id, place))) {
            return None;
        }
        then.version.get_or_init(|| self.version(&then.commit)).clone()
    }

    fn version(&self, commit: &Commit) -> Option<Arc<Version>> {
        let place = self.history.place.as_ref()?;
        versions::of_commit(place, commit, &self.playbook, &self.files).map(Arc::new)
    }

    /// Walks back through the commits for the readings of all records at once.
    fn reviews(&self) -> Option<Reviews> {
        let mut open: BTreeMap<String, Vec<(&Base, Date)>> = BTreeMap::new();
        for base in self.playbook.bases() {
            if let Some(reviewed) = &base.common.reviewed {
                open.entry(self.files.path(base.place.file).to_owned()).or_default().push((base, reviewed.value));
            }
        }
        let place = self.history.place.as_ref().filter(|_| !open.is_empty())?;
        let repository = place.open().ok()?;
        let head = repository.head().ok().flatten()?;
        let mut reviews = Reviews::default();
        for document in self.playbook.documents.iter().filter(|d| open.contains_key(&d.path)) {
            let text = self.files.whole(document.file);
            let id = repository.id_of(text.as_bytes())?;
            reviews.now.insert(document.path.clone(), Now { document: document.clone(), text, id });
        }
        let mut commits: BTreeMap<Id, Arc<Commit>> = BTreeMap::new();
        let paths: BTreeSet<String> = open.keys().cloned().collect();
        repository.go_back(&head, CONTENT, paths, |path, commit, blob| {
            let Some(waiting) = open.get_mut(path) else { return false };
            let stated = stated(&repository, &reviews, path, blob);
            waiting.retain(|(base, day)| {
                if !stated.iter().any(|(name, stated)| stated == day && is_of(base, name)) {
                    return false;
                }
                commits.insert(commit.id, commit.clone());
                reviews.of.insert(base.name.clone(), (*day, commit.id));
                commit.date > *day
            });
            !waiting.is_empty()
        });
        let used: BTreeSet<Id> = reviews.of.values().map(|(_, id)| *id).collect();
        for (id, commit) in commits.into_iter().filter(|(id, _)| used.contains(id)) {
            let tree = repository.content(commit.tree, CONTENT).ok().flatten()?;
            let blobs = repository.files(tree, CONTENT).ok()?.into_iter().map(|s| (s.path, s.id)).collect();
            reviews.then.insert(id, Then { commit, blobs, version: OnceLock::new() });
        }
        Some(reviews)
    }
}

impl Reviews {
    /// Whether a file is the very text that git has under a name; where its spelling of line ends differs, this says no.
    fn stands(&self, files: &Files, file: FileId, id: Id, place: &Place) -> bool {
        let text = files.whole(file);
        match self.now.get(files.path(file)).filter(|now| Arc::ptr_eq(&now.text, &text)) {
            Some(now) => now.id == id,
            None => place.open().is_ok_and(|repository| repository.id_of(text.as_bytes()) == Some(id)),
        }
    }
}

/// The records of a file as it was, each with the day on which it says that it was read through.
fn stated(repository: &Repository, reviews: &Reviews, path: &str, blob: Id) -> Vec<(Name, Date)> {
    let document = match reviews.now.get(path).filter(|now| now.id == blob) {
        Some(now) => now.document.clone(),
        None => {
            Arc::new(document::parse(&TreeEntry { path: path.to_owned(), content: versions::content(repository, path, blob) }, NOWHERE))
        }
    };
    let day = |raw: &crate::model::raw::Raw| match &raw.table.get("reviewed")?.data {
        Data::Date(day) => Some(*day),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    document.records.iter().filter_map(|raw| day(raw).map(|day| (raw.name.clone(), day))).collect()
}

/// The text of a file that is only looked at.
const NOWHERE: FileId = FileId(u32::MAX);

/// Whether a name is a record's, or one that it has given up.
fn is_of(base: &Base, name: &Name) -> bool {
    base.name == *name || (base.name.kind == name.kind && base.common.was.iter().any(|was| was.value == name.id))
}
