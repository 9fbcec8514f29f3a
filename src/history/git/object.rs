//! Commits and the files of a tree, read from the object database.

use super::{Id, LARGEST_OBJECT, Repository, told};
use crate::source::tree::{Sort, is_hidden, refused};
use gix::bstr::ByteSlice;
use gix::objs::tree::EntryKind;
use gix::objs::{CommitRef, Kind, TreeRef};
use jiff::civil::Date;

/// A version with more files than this was made to hurt.
const MOST_FILES: usize = 200_000;

/// So was one with deeper folders.
const DEEPEST: usize = 64;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What it is called.
    pub id: Id,
    /// The files.
    pub tree: Id,
    /// What it was made from.
    pub parents: Vec<Id>,
    /// When it was made, in seconds since 1970.
    pub moment: i64,
    /// On which day, where it was made.
    pub date: Date,
    /// Who wrote it.
    pub author: String,
    /// The first lines of its message, as one.
    pub subject: String,
}

/// A file of a version: its place, and where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// From the project's root, with `/`.
    pub path: String,
    /// Its bytes.
    pub id: Id,
    /// Why it is not read, if it is not.
    pub refused: Option<String>,
}

/// One line of a tree.
pub(super) struct Entry {
    pub name: Vec<u8>,
    pub kind: EntryKind,
    pub id: Id,
}

/// The day of a moment, at a distance in seconds from Greenwich.
fn day(moment: i64, offset: i32) -> Option<Date> {
    let local = jiff::Timestamp::from_second(moment.checked_add(i64::from(offset))?).ok()?;
    Some(local.to_zoned(jiff::tz::TimeZone::UTC).date())
}

impl Repository {
    /// A commit by its name.
    ///
    /// # Errors
    /// A half-sentence that says why it cannot be read.
    pub fn commit(&self, id: Id) -> Result<Commit, String> {
        let object = self.git.find_object(id.0).map_err(|_| "it is not there".to_owned())?;
        if object.kind != Kind::Commit {
            return Err("it is no commit".to_owned());
        }
        let commit = CommitRef::from_bytes(&object.data, id.0.kind()).map_err(|error| told(&error))?;
        let time = commit.committer().and_then(|by| by.time()).map_err(|_| "its date cannot be read".to_owned())?;
        let date = day(time.seconds, time.offset).ok_or_else(|| "its date cannot be read".to_owned())?;
        let author = commit.author().map(|by| by.name.to_str_lossy().trim().to_owned()).unwrap_or_default();
        Ok(Commit {
            id,
            tree: Id(commit.tree()),
            parents: commit.parents().map(Id).collect(),
            moment: time.seconds,
            date,
            author,
            subject: commit.message().summary().to_str_lossy().into_owned(),
        })
    }

    /// The lines of a tree.
    pub(super) fn entries(&self, id: Id) -> Result<Vec<Entry>, String> {
        let object = self.git.find_object(id.0).map_err(|_| "a folder of it is not there".to_owned())?;
        if object.kind != Kind::Tree {
            return Err("a folder of it is no folder".to_owned());
        }
        let tree = TreeRef::from_bytes(&object.data, id.0.kind()).map_err(|error| told(&error))?;
        let entry = |e: gix::objs::tree::EntryRef<'_>| Entry { name: e.filename.to_vec(), kind: e.mode.kind(), id: Id(e.oid.to_owned()) };
        Ok(tree.entries.into_iter().map(entry).collect())
    }

    /// The folder at a path of a tree.
    fn folder(&self, tree: Id, path: &str) -> Result<Option<Id>, String> {
        let mut at = tree;
        for name in path.split('/') {
            let found = self.entries(at)?.into_iter().find(|e| e.name == name.as_bytes() && e.kind == EntryKind::Tree);
            match found {
                Some(entry) => at = entry.id,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// The project's folder of that name in a commit's tree; none where it was not there.
    ///
    /// # Errors
    /// A half-sentence that says what is missing.
    pub fn content(&self, tree: Id, folder: &str) -> Result<Option<Id>, String> {
        self.folder(tree, &format!("{}{folder}", self.prefix))
    }

    /// Where else in a tree a playbook stands, at most one folder down.
    pub fn elsewhere(&self, tree: Id, folder: &str) -> Option<String> {
        let is_playbook = |id: Id| {
            let content = self.folder(id, folder).ok().flatten();
            content.is_some_and(|c| self.entries(c).is_ok_and(|all| all.iter().any(|e| e.name == b"playbook.toml")))
        };
        if is_playbook(tree) {
            return Some(format!("{folder}/"));
        }
        let folders = self.entries(tree).ok()?.into_iter().filter(|e| e.kind == EntryKind::Tree).take(100);
        let found = folders.into_iter().find(|e| is_playbook(e.id))?;
        Some(format!("{}/{folder}/", String::from_utf8(found.name).ok()?))
    }

    /// The files under a tree that is called `folder`, in the order of their paths; what is hidden is left alone, as on the disk.
    ///
    /// # Errors
    /// A half-sentence that says why it cannot be read whole.
    pub fn files(&self, tree: Id, folder: &str) -> Result<Vec<Stored>, String> {
        let mut found = Vec::new();
        let mut open = vec![(tree, folder.to_owned(), 0)];
        while let Some((tree, above, depth)) = open.pop() {
            let name_above = above.rsplit('/').next().unwrap_or("");
            for entry in self.entries(tree)? {
                let name = entry.name.to_str_lossy();
                if is_hidden(name_above, &name) {
                    continue;
                }
                let refused = self.refusal(&entry);
                // What is only named must not look like a path to somewhere either.
                let path = format!("{above}/{}", if name.is_empty() { "?".to_owned() } else { name.replace('/', "|") });
                if entry.kind == EntryKind::Tree && refused.is_none() {
                    open.push((entry.id, path, depth + 1));
                } else {
                    found.push(Stored { path, id: entry.id, refused });
                }
            }
            if found.len() + open.len() > MOST_FILES {
                return Err(format!("it has more than {MOST_FILES} files"));
            }
            if depth > DEEPEST {
                return Err(format!("its folders lie more than {DEEPEST} deep"));
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found.dedup_by(|a, b| a.path == b.path);
        Ok(found)
    }

    /// Why a line of a tree is not read, if it is not: what could not lie on a disk never becomes a path.
    fn refusal(&self, entry: &Entry) -> Option<String> {
        if entry.name.is_empty() || entry.name.contains(&b'/') {
            return Some("its name is none that a file can have: write the commit anew".to_owned());
        }
        let name = entry.name.to_str().ok();
        match entry.kind {
            EntryKind::Commit => {
                Some("it is another repository (a submodule), which is not read: put the files themselves here".to_owned())
            }
            EntryKind::Link => refused(Sort::Link, name),
            EntryKind::Tree | EntryKind::Blob | EntryKind::BlobExecutable => refused(Sort::File, name),
        }
    }

    /// How many bytes a file has.
    ///
    /// # Errors
    /// A half-sentence that says why nobody knows.
    pub fn size(&self, id: Id) -> Result<u64, String> {
        let header = self.git.find_header(id.0).map_err(|_| MISSING.to_owned())?;
        if header.kind() == Kind::Blob { Ok(header.size()) } else { Err("it is no file".to_owned()) }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// A half-sentence that says why they cannot be read.
    pub fn bytes(&self, id: Id) -> Result<Vec<u8>, String> {
        if self.size(id)? > LARGEST_OBJECT {
            return Err("it is larger than 256 MiB".to_owned());
        }
        let mut object = self.git.find_object(id.0).map_err(|_| MISSING.to_owned())?;
        Ok(std::mem::take(&mut object.data))
    }
}

/// Whether bytes are the note that Git LFS commits in the place of a large file.
pub fn is_stand_in(bytes: &[u8]) -> bool {
    bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}

/// What is said of a file that a partial clone has left out, or that is lost.
const MISSING: &str = "its bytes are not in this clone: run `git fetch --refetch --tags`";
