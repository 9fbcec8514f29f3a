//! A release: the tag that makes what is committed a version.

use super::dates::stands_on_disk;
use super::git::{self, Commit, Repository};
use super::notice::listed;
use super::versions::{CONTENT, is_version};
use crate::model::Playbook;
use crate::project::Project;
use crate::source::tree;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Tags what is checked out as a version, with a message. `at` is the moment of the release.
///
/// # Errors
/// A sentence that says why not, and what to do: the name is taken or means no version, what lies in `content/` is not what was
/// committed, or git does not know who you are.
pub fn release(project: &Project, playbook: &Playbook, name: &str, message: &str, at: Timestamp) -> Result<Commit, String> {
    if message.trim().is_empty() {
        return Err("a release says in a sentence what is new: give it a message".to_owned());
    }
    possible(project, playbook, name)?.release(name, message, at)
}

/// Whether a release of that name could be made, but for what git itself would say of the name.
///
/// # Errors
/// As of `release`.
pub fn possible(project: &Project, playbook: &Playbook, name: &str) -> Result<Repository, String> {
    if !is_version(playbook, name) {
        return Err(format!(
            "a tag called `{name}` would be no version: call it `v…`, or set `versions.tags` in content/playbook.toml to how your tags are called"
        ));
    }
    let opened = git::locate(&project.root).and_then(|place| place.open());
    let repository = opened.map_err(|notice| notice.to_string())?;
    let head = repository.head().map_err(|notice| notice.to_string())?;
    if let Some(head) = head {
        refuse_uncommitted(project, &repository, &head)?;
    }
    Ok(repository)
}

/// Refuses where readers would not get what lies in the folder.
fn refuse_uncommitted(project: &Project, repository: &Repository, head: &Commit) -> Result<(), String> {
    let broken = |why: String| format!("the files of the last commit cannot be read: {why}");
    let tree = repository.content(head.tree, CONTENT).map_err(broken)?;
    let stored = tree.map_or(Ok(Vec::new()), |tree| repository.files(tree, CONTENT)).map_err(broken)?;
    let mut committed: BTreeMap<String, git::Id> = stored.into_iter().map(|s| (s.path, s.id)).collect();
    let mut other: Vec<String> = Vec::new();
    for entry in tree::read(&project.root, CONTENT)?.entries {
        let stands = committed.remove(&entry.path).is_some_and(|id| stands_on_disk(repository, &project.root, &entry.path, id));
        if !stands {
            other.push(entry.path);
        }
    }
    other.extend(committed.into_keys());
    if other.is_empty() {
        return Ok(());
    }
    let files = listed("the file", "the files", &other);
    let stand = if other.len() == 1 { "stands" } else { "stand" };
    Err(format!(
        "what is released is what was committed, and {files} {stand} otherwise in the folder: run `git add content` and `git commit`"
    ))
}
