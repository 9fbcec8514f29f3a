//! Writing, without a git program: a whole repository for the sample, and the tag of a release.
//!
//! No hook is run and nothing is signed: both would start programs.

use super::trust::{clean, user};
use super::{Commit, Id, Repository, options, told};
use gix::actor::Signature;
use gix::bstr::BString;
use gix::date::Time;
use gix::date::parse::TimeBuf;
use gix::objs::Kind;
use gix::objs::tree::{Entry, EntryKind};
use gix::refs::FullName;
use gix::refs::transaction::{PreviousValue, RefEdit};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

pub use super::trust::Person;

/// One commit of a repository that is made at once.
#[derive(Debug, Clone)]
pub struct Snapshot<'a> {
    /// All files, by path with `/`.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    /// Who made it.
    pub by: Person,
    /// When: at noon of that day.
    pub date: Date,
    /// What its author says of it.
    pub message: &'a str,
    /// The tag it has, with the same message.
    pub tag: Option<&'a str>,
}

/// A folder of files, or a file.
enum Node {
    File(Id),
    Folder(BTreeMap<String, Node>),
}

/// Makes a folder a repository with one commit after the other on `main`. Its files are to be those of the last one: they are not
/// written here, but `git status` finds nothing to say of them.
///
/// # Errors
/// A sentence that says what could not be written.
pub fn create(folder: &Path, snapshots: &[Snapshot<'_>]) -> Result<(), String> {
    let failed = |what: &str, why: &str| format!("{what} could not be written in {}: {why}", folder.display());
    let repository = || -> Result<gix::Repository, gix::Error> {
        let kind = gix::create::Kind::WithWorktree;
        let made = gix::ThreadSafeRepository::init_opts(folder, kind, gix::create::Options::default(), options())?;
        Ok(made.to_thread_local())
    };
    let git = repository().map_err(|error| failed("a git repository", &told(&error)))?;
    let mut last: Option<(Id, Id)> = None;
    for snapshot in snapshots {
        let tree = planted(&git, snapshot.files).map_err(|why| failed("the files of a version", &why))?;
        let commit = committed(&git, snapshot, tree, last.map(|(_, commit)| commit)).map_err(|e| failed("a commit", &told(&e)))?;
        if let Some(name) = snapshot.tag {
            let by = signature(&snapshot.by, noon(snapshot.date));
            annotated(&git, name, commit, snapshot.message, &by).map_err(|e| failed("a tag", &told(&e)))?;
        }
        last = Some((tree, commit));
    }
    let Some((tree, _)) = last else { return Ok(()) };
    indexed(&git, folder, tree).map_err(|error| failed("the list of files", &told(&error)))
}

/// Noon of a day, in seconds since 1970.
fn noon(date: Date) -> i64 {
    let at = date.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    at.map_or(0, |zoned| zoned.timestamp().as_second())
}

fn signature(by: &Person, seconds: i64) -> Signature {
    Signature { name: clean(&by.name).into(), email: clean(&by.email).into(), time: Time { seconds, offset: 0 } }
}

/// Writes files and their folders, and gives the tree.
fn planted(git: &gix::Repository, files: &BTreeMap<String, Vec<u8>>) -> Result<Id, String> {
    let mut top = BTreeMap::new();
    for (path, bytes) in files {
        let parts: Vec<&str> = path.split('/').collect();
        if parts.iter().any(|part| matches!(*part, "" | "." | "..") || part.eq_ignore_ascii_case(".git")) {
            return Err(format!("`{path}` is no path inside a folder"));
        }
        let id = git.write_blob(bytes).map_err(|error| told(&error))?;
        plant(&mut top, &parts, Id(id.detach())).ok_or_else(|| format!("`{path}` is a file and a folder"))?;
    }
    tree(git, &top).map_err(|error| told(&error))
}

/// Puts a file into the folders of its path; nothing where one of them is a file.
fn plant(folder: &mut BTreeMap<String, Node>, parts: &[&str], id: Id) -> Option<()> {
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() {
        return folder.insert((*first).to_owned(), Node::File(id)).is_none().then_some(());
    }
    match folder.entry((*first).to_owned()).or_insert_with(|| Node::Folder(BTreeMap::new())) {
        Node::Folder(inner) => plant(inner, rest, id),
        Node::File(_) => None,
    }
}

fn tree(git: &gix::Repository, folder: &BTreeMap<String, Node>) -> Result<Id, gix::Error> {
    let mut entries = Vec::new();
    for (name, node) in folder {
        let (kind, id) = match node {
            Node::File(id) => (EntryKind::Blob, *id),
            Node::Folder(inner) => (EntryKind::Tree, tree(git, inner)?),
        };
        entries.push(Entry { mode: kind.into(), filename: name.as_str().into(), oid: id.0 });
    }
    entries.sort();
    Ok(Id(git.write_object(&gix::objs::Tree { entries })?.detach()))
}

fn committed(git: &gix::Repository, snapshot: &Snapshot<'_>, tree: Id, parent: Option<Id>) -> Result<Id, gix::Error> {
    let by = signature(&snapshot.by, noon(snapshot.date));
    let (mut buffer, mut other) = (TimeBuf::default(), TimeBuf::default());
    let message = ended(snapshot.message);
    let parents = parent.map(|id| id.0);
    let commit = git.commit_as(by.to_ref(&mut buffer), by.to_ref(&mut other), "HEAD", message, tree.0, parents)?;
    Ok(Id(commit.detach()))
}

/// A message with one line end.
fn ended(message: &str) -> String {
    format!("{}\n", message.trim_end())
}

/// Writes a tag with a message of its own; one that is there already stays as it is, and that is an error.
fn annotated(git: &gix::Repository, name: &str, target: Id, message: &str, by: &Signature) -> Result<(), gix::Error> {
    let tag = gix::objs::Tag {
        target: target.0,
        target_kind: Kind::Commit,
        name: name.into(),
        tagger: Some(by.clone()),
        message: BString::from(ended(message)),
        signature: None,
    };
    let id = git.write_object(&tag)?;
    let full = FullName::try_from(format!("refs/tags/{name}")).map_err(gix::Error::from_error)?;
    let mut buffer = TimeBuf::default();
    git.edit_references_as([RefEdit::update(full, id.detach(), PreviousValue::MustNotExist, "")], Some(by.to_ref(&mut buffer)))?;
    Ok(())
}

/// Writes the list of files that git compares the folder with, as the folder is now.
fn indexed(git: &gix::Repository, folder: &Path, tree: Id) -> Result<(), gix::Error> {
    let mut index = git.index_from_tree(&tree.0)?;
    let paths = index.path_backing().to_owned();
    for (entry, path) in index.entries_mut_with_paths_in(&paths) {
        let path = folder.join(gix::path::from_bstr(path)?);
        let there = gix::index::fs::Metadata::from_path_no_follow(&path).ok();
        entry.stat = there.and_then(|meta| gix::index::entry::Stat::from_fs(&meta).ok()).unwrap_or_default();
    }
    index.write(gix::index::write::Options::default())
}

impl Repository {
    /// Tags the commit that is checked out, with a message, as who is at work here. No hook is run and nothing is signed.
    ///
    /// # Errors
    /// A sentence that says why not: the name is no name or taken, there is no commit, git does not know who you are.
    pub fn release(&self, name: &str, message: &str, at: Timestamp) -> Result<Commit, String> {
        if gix::validate::tag::name(name.into()).is_err() || name.starts_with('-') {
            return Err(format!("`{name}` is no name for a tag: take letters, digits, dots and hyphens, such as `v5` or `v2026.11`"));
        }
        let full = format!("refs/tags/{name}");
        if self.git.try_find_reference(full.as_str()).ok().flatten().is_some() {
            return Err(format!("there is a tag `{name}` already, and what was released stays as it is: choose another name"));
        }
        let head = self.head().map_err(|notice| notice.to_string())?;
        let head = head.ok_or_else(|| "there is no commit yet: run `git add content`, then `git commit`".to_owned())?;
        let by = user(&self.git).ok_or_else(|| {
            "git does not know who you are: run `git config --global user.name \"Your Name\"` and \
             `git config --global user.email you@example.com`"
                .to_owned()
        })?;
        let by = signature(&by, at.as_second());
        annotated(&self.git, name, head.id, message, &by)
            .map_err(|error| format!("the tag `{name}` could not be written: {}", told(&error)))?;
        Ok(head)
    }

    /// What a file of these bytes would be called.
    pub fn id_of(&self, bytes: &[u8]) -> Option<Id> {
        gix::objs::compute_hash(self.git.object_hash(), Kind::Blob, bytes).ok().map(Id)
    }
}
