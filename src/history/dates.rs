//! When a file was changed last and by whom, and why it changed between two versions: what commits say.

use super::git::{self, Commit, Id, Repository};
use super::versions::{CONTENT, History, Version};
use crate::diagnostic::Files;
use crate::model::Playbook;
use crate::model::document::Document;
use crate::source::tree::{self, Content};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// When a file was changed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dating {
    /// By the last commit that touched it.
    On {
        /// The day of that commit.
        date: Date,
        /// Who wrote it.
        author: String,
    },
    /// Since the last commit: it stands otherwise on the disk.
    Uncommitted,
    /// Nobody knows: there is no repository, or it does not go back that far. No date is better than a wrong one.
    Unknown,
}

/// When each file of a playbook was changed last.
#[derive(Debug, Clone, Default)]
pub struct Dates(BTreeMap<String, Dating>);

impl Dates {
    /// Of a file, by its path from the project's root.
    pub fn of(&self, path: &str) -> &Dating {
        self.0.get(path).unwrap_or(&Dating::Unknown)
    }

    /// All that are known, in the order of paths.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Dating)> {
        self.0.iter().map(|(path, dating)| (path.as_str(), dating))
    }
}

/// The commits between two versions, by the files they touched.
#[derive(Debug, Clone, Default)]
pub struct Reasons(BTreeMap<String, Vec<Arc<Commit>>>);

impl Reasons {
    /// What the commits that touched a file say, the newest first, each sentence once.
    pub fn of(&self, path: &str) -> Vec<&str> {
        let mut said = BTreeSet::new();
        let subjects = self.commits(path).iter().map(|commit| commit.subject.as_str());
        subjects.filter(|subject| !subject.is_empty() && said.insert(*subject)).collect()
    }

    /// Those commits.
    pub fn commits(&self, path: &str) -> &[Arc<Commit>] {
        self.0.get(path).map(Vec::as_slice).unwrap_or_default()
    }
}

impl History {
    /// When each file of the working tree was changed last; `files` is what the playbook points into.
    pub fn dates(&self, playbook: &Playbook, files: &Files) -> Dates {
        let dates = self.place.as_ref().and_then(|place| place.open().ok()).and_then(|repository| {
            let Some(head) = repository.head().ok()? else { return Some(BTreeMap::new()) };
            self.dated(&repository, &head, playbook, files)
        });
        let Some(mut dates) = dates else { return Dates::default() };
        for document in playbook.documents.iter().filter(|d| !dates.contains_key(&d.path)).collect::<Vec<_>>() {
            dates.insert(document.path.clone(), Dating::Uncommitted);
        }
        Dates(dates)
    }

    /// The files that stand as they were committed; none where that cannot be read.
    fn dated(&self, repository: &Repository, head: &Commit, playbook: &Playbook, files: &Files) -> Option<BTreeMap<String, Dating>> {
        let Some(tree) = repository.content(head.tree, CONTENT).ok()? else { return Some(BTreeMap::new()) };
        let committed: BTreeMap<String, Id> = repository.files(tree, CONTENT).ok()?.into_iter().map(|s| (s.path, s.id)).collect();
        let stands = |d: &&Arc<Document>| committed.get(&d.path).is_some_and(|id| self.is_as_committed(repository, d, files, *id));
        let paths = playbook.documents.iter().filter(stands).map(|d| d.path.clone()).collect();
        let dating = |commit: Option<Arc<Commit>>| match commit {
            Some(commit) => Dating::On { date: commit.date, author: commit.author.clone() },
            None => Dating::Unknown,
        };
        let touched = repository.last_touched(head, CONTENT, paths);
        Some(touched.into_iter().map(|(path, commit)| (path, dating(commit))).collect())
    }

    fn is_as_committed(&self, repository: &Repository, document: &Document, files: &Files, id: Id) -> bool {
        let text = files.text(document.file);
        if tree::is_text(&document.path) && !text.is_empty() {
            return repository.id_of(text.as_bytes()) == Some(id)
                || repository
                    .bytes(id)
                    .is_ok_and(|bytes| matches!(tree::clean(bytes), Content::Text { text: then, .. } if &*then == text));
        }
        stands_on_disk(repository, &self.root, &document.path, id)
    }

    /// Why files changed from one version to another; without another, to what is checked out.
    pub fn reasons(&self, from: &Version, to: Option<&Version>) -> Reasons {
        self.all_reasons(&[(from, to)]).pop().unwrap_or_default()
    }

    /// The same for many ways, in their order; what lies on several of them is read once.
    pub fn all_reasons(&self, ways: &[(&Version, Option<&Version>)]) -> Vec<Reasons> {
        let none = || vec![Reasons::default(); ways.len()];
        let Some(repository) = self.place.as_ref().and_then(|place| place.open().ok()) else { return none() };
        let head = match ways.iter().any(|(_, to)| to.is_none()) {
            true => repository.head().ok().flatten().map(|head| head.id),
            false => None,
        };
        // Where nothing is committed there is nothing after a version either.
        let pair = |(from, to): &(&Version, Option<&Version>)| (from.commit, to.map(|to| to.commit).or(head).unwrap_or(from.commit));
        let pairs: Vec<(Id, Id)> = ways.iter().map(pair).collect();
        repository.between(&pairs, CONTENT).map(|by_path| Reasons(telling(by_path))).collect()
    }
}

/// A commit of many files says why there is a version, not why one of them changed.
const FEW_FILES: usize = 8;

/// Only commits whose words are about the files they touched.
fn telling(mut by_path: BTreeMap<String, Vec<Arc<Commit>>>) -> BTreeMap<String, Vec<Arc<Commit>>> {
    let mut touched: BTreeMap<Id, usize> = BTreeMap::new();
    for commit in by_path.values().flatten() {
        *touched.entry(commit.id).or_default() += 1;
    }
    for commits in by_path.values_mut() {
        commits.retain(|commit| touched.get(&commit.id).is_some_and(|files| *files <= FEW_FILES));
    }
    by_path
}

/// Whether a file on the disk is what was committed: byte for byte, but for byte order mark and line ends of a text, or as the
/// note that stands for a large file.
pub(super) fn stands_on_disk(repository: &Repository, root: &Path, path: &str, id: git::Id) -> bool {
    let Ok(here) = tree::bytes(root, path) else { return false };
    if repository.id_of(&here) == Some(id) {
        return true;
    }
    let Ok(committed) = repository.bytes(id) else { return false };
    if git::is_stand_in(&committed) {
        let size = format!("\nsize {}\n", here.len());
        return committed.windows(size.len()).any(|part| part == size.as_bytes());
    }
    tree::is_text(path) && tree::clean(committed) == tree::clean(here)
}
