//! The door to gix: the only code that reads or writes a git repository.
//!
//! Objects are read by a library, never by checkout, and no program is ever started: no git, no filter, no hook, no monitor,
//! whatever the repository's configuration names. What stands in the environment, in the system's or in the user's configuration
//! is not asked either, but for `safe.directory` and for who releases. A repository that belongs to somebody else is not opened,
//! and what `refs/replace/` says is ignored.

#![allow(clippy::disallowed_methods, reason = "this folder is the door to git")]

mod object;
mod tag;
mod trust;
mod walk;
pub mod write;

pub use object::{Commit, Stored, is_stand_in};
pub use tag::{Tag, Tags, matches};
pub use trust::Person;
pub use write::{Snapshot, create};

use super::Notice;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// No object larger than this is taken into memory.
const LARGEST_OBJECT: u64 = 256 * 1024 * 1024;

/// What an object is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(gix::ObjectId);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Where a repository is and where in it the project stands: it can be opened there at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder that holds `.git`.
    work_tree: PathBuf,
    /// The project's folder in it, with a `/` at its end; empty where the project is the whole.
    prefix: String,
}

/// An open repository, for one thread.
pub struct Repository {
    git: gix::Repository,
    prefix: String,
    /// The commits of a shallow clone whose parents are missing.
    boundary: BTreeSet<Id>,
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Repository({})", self.git.path().display())
    }
}

/// Finds the repository that holds a project.
///
/// # Errors
/// What is missing: there is none, it is broken, bare, or somebody else's.
pub fn locate(root: &Path) -> Result<Place, Notice> {
    let root = fs::canonicalize(root).map_err(|error| {
        Notice::new(format!("{} cannot be found ({error}), so it has no versions", root.display()), "look where the playbook is")
    })?;
    for folder in root.ancestors() {
        let dot_git = folder.join(".git");
        if fs::symlink_metadata(&dot_git).is_ok() {
            trust::look(folder, &dot_git)?;
            return placed(&root, folder);
        }
        if gix::discover::is_git(folder).is_ok() {
            return Err(bare(folder));
        }
    }
    Err(Notice::new(
        "the playbook is in no git repository, so it has no versions and no dates",
        "run `git init` in its folder, commit `content/`, and tag what you publish: `git tag v1`",
    )
    .ordinary())
}

fn bare(folder: &Path) -> Notice {
    Notice::new(
        format!("the git repository in {} is bare, it has no files of its own, so no versions are read", folder.display()),
        "run Onside in a clone of it: `git clone`",
    )
}

/// Where a project stands in the repository whose `.git` lies in a folder.
fn placed(root: &Path, folder: &Path) -> Result<Place, Notice> {
    let git = opened(folder)?;
    let work_tree = git.workdir().ok_or_else(|| bare(folder))?;
    let work_tree = fs::canonicalize(work_tree).unwrap_or_else(|_| work_tree.to_path_buf());
    let Some(prefix) = root.strip_prefix(&work_tree).ok().and_then(Path::to_str) else {
        return Err(Notice::new(
            format!("the repository in {} keeps the files of another folder, so no versions are read", folder.display()),
            "look at `git config core.worktree` there",
        ));
    };
    let prefix = prefix.replace(std::path::MAIN_SEPARATOR, "/");
    let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}/") };
    Ok(Place { work_tree: folder.to_path_buf(), prefix })
}

/// How every repository is opened.
fn options() -> gix::open::Options {
    let limit = format!("gitoxide.objects.allocLimit={LARGEST_OBJECT}");
    gix::open::Options::isolated()
        .strict_config(true)
        .with(gix::sec::Trust::Full)
        .config_overrides(["core.useReplaceRefs=false", limit.as_str()])
}

/// Opens the repository whose `.git` lies in a folder.
fn opened(folder: &Path) -> Result<gix::Repository, Notice> {
    let broken = |why: String| {
        let place = folder.join(".git");
        Notice::new(
            format!("the git repository at {} cannot be read ({why}), so there are no versions", place.display()),
            "look what `git status` says there",
        )
    };
    let git = gix::open_opts(folder, options()).map_err(|error| broken(told(&error)))?;
    let other = git.config_snapshot().string("extensions.refStorage").filter(|kind| kind.as_slice() != b"files");
    match other {
        Some(kind) => Err(broken(format!("it keeps its tags as `{kind}`, and Onside reads `files`"))),
        None => Ok(git),
    }
}

/// A library's reason in one line: the cause, not what it kept from being done.
fn told(error: &gix::Error) -> String {
    let text = error.probable_cause().to_string();
    let line = text.lines().next().unwrap_or("no reason is given");
    line.trim().trim_end_matches(['.', ':']).to_owned()
}

impl Place {
    /// Opens the repository.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(&self) -> Result<Repository, Notice> {
        let mut git = opened(&self.work_tree)?;
        // What is missing stays missing: the folder of packs need not be searched again for each.
        git.objects.refresh_never();
        let shallow = git.shallow_commits().ok().flatten();
        let boundary = shallow.iter().flat_map(|commits| commits.iter()).map(|id| Id(*id)).collect();
        Ok(Repository { git, prefix: self.prefix.clone(), boundary })
    }
}

impl Repository {
    /// Whether it is a shallow clone: old commits, and most likely tags, were left out.
    pub fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }

    /// What is said of a shallow clone.
    pub fn shallow(&self) -> Option<Notice> {
        let text = "this is a shallow clone: older commits and tags are missing, and with them versions and dates of change";
        self.is_shallow().then(|| Notice::new(text, "run `git fetch --unshallow --tags`"))
    }

    /// The commit that is checked out; none before the first one.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn head(&self) -> Result<Option<Commit>, Notice> {
        let broken =
            |why: String| Notice::new(format!("the commit that is checked out cannot be read ({why})"), "look what `git fsck` says");
        let head = self.git.head().map_err(|error| broken(told(&error)))?;
        if head.is_unborn() {
            return Ok(None);
        }
        let id = self.git.head_id().map_err(|error| broken(told(&error)))?;
        self.commit(Id(id.detach())).map(Some).map_err(broken)
    }
}
