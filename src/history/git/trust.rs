//! Whose a repository is, and who the user is to git.
//!
//! As with git, what belongs to somebody else is not opened until `safe.directory` says so in the configuration of the user or
//! of the system: files of the repository itself have no say in it.

use super::{Notice, told};
use gix::bstr::{BString, ByteSlice};
use gix::config::file::Metadata;
use gix::config::file::{includes, init};
use gix::config::path::interpolate;
use gix::config::{File, Source};
use gix::sec::Trust;
use std::fs;
use std::path::Path;

/// Refuses a repository that is broken, or somebody else's.
pub fn look(folder: &Path, dot_git: &Path) -> Result<(), Notice> {
    let broken = |why: String| {
        Notice::new(
            format!("{} is no git repository ({why}), so there are no versions", dot_git.display()),
            "look what `git status` says there; for a submodule run `git submodule update --init`",
        )
    };
    let kind = gix::discover::is_git(dot_git).map_err(|error| broken(told(&error)))?;
    let path = gix::discover::repository::Path::from_dot_git_dir(dot_git.to_path_buf(), kind, folder);
    let (git_dir, work_tree) = path.ok_or_else(|| broken("it leads nowhere".to_owned()))?.into_repository_and_work_tree_directories();
    let trust = gix::discover::repository::trust(&git_dir, work_tree.as_deref(), folder, (dot_git, None));
    if trust.map_err(|error| broken(told(&error)))? == Trust::Full || is_safe(folder) {
        return Ok(());
    }
    Err(Notice::new(
        format!("the git repository in {} belongs to somebody else, so no versions are read", folder.display()),
        format!("if you trust it, run `git config --global --add safe.directory {}`", folder.display()),
    ))
}

/// Whether the user or the system calls a folder safe. An empty entry takes back all before it; `*` stands for every folder.
fn is_safe(folder: &Path) -> bool {
    let entries = protected(None).and_then(|config| config.strings("safe.directory")).unwrap_or_default();
    entries.iter().fold(false, |safe, entry| match entry.as_slice() {
        b"" => false,
        b"*" => true,
        _ => safe || names(entry, folder),
    })
}

/// Whether an entry of `safe.directory` names a folder: by its path, or with `/*` by one above it.
fn names(entry: &BString, folder: &Path) -> bool {
    let Ok(text) = entry.to_str() else { return false };
    let (text, below) = text.strip_suffix("/*").map_or((text, false), |above| (above, true));
    let home = gix::path::env::home_dir();
    let path = match (text.strip_prefix("~/"), home) {
        (Some(inner), Some(home)) => home.join(inner),
        _ => Path::new(text).to_path_buf(),
    };
    if !path.is_absolute() {
        return false;
    }
    let path = fs::canonicalize(&path).unwrap_or(path);
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    if below { folder.starts_with(&path) } else { folder == path }
}

/// The configuration that no repository can write: the system's, the user's, the environment's.
fn protected(git_dir: Option<&Path>) -> Option<File> {
    let home = gix::path::env::home_dir();
    let sources = [Source::System, Source::Git, Source::User];
    let files = sources.into_iter().filter_map(|source| {
        let path = source.storage_location(&mut gix::path::env::var)?;
        path.is_file().then_some(Metadata { path: Some(path), source, level: 0, trust: Trust::Full })
    });
    let context = interpolate::Context { home_dir: home.as_deref(), ..interpolate::Context::default() };
    let conditional = includes::conditional::Context { git_dir, branch_name: None };
    let follow = match git_dir {
        Some(_) => includes::Options::follow(context, conditional),
        None => includes::Options::follow_without_conditional(home.as_deref()),
    };
    let options = init::Options { includes: follow, ignore_io_errors: true, ..init::Options::default() };
    let mut all = File::from_paths_metadata(files, options).ok().flatten().unwrap_or_default();
    if let Ok(environment) = File::from_environment_overrides() {
        all.append(environment).ok()?;
    }
    Some(all)
}

/// Somebody as git knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// "Ada Lovelace".
    pub name: String,
    /// "ada@example.com".
    pub email: String,
}

impl Person {
    /// "Ada Lovelace <ada@example.com>".
    pub fn parse(text: &str) -> Self {
        let (name, email) = text.split_once('<').unwrap_or((text, ""));
        Self { name: clean(name.trim()), email: clean(email.trim().trim_end_matches('>')) }
    }
}

/// Who is at work in a repository: as the environment, the repository's configuration or the user's own says.
pub fn user(git: &gix::Repository) -> Option<Person> {
    let own = git.config_snapshot();
    let theirs = protected(Some(git.path()));
    let find = |variable: &str, keys: [&str; 2]| {
        let set = gix::path::env::var(variable).and_then(|value| value.into_string().ok());
        let local = || keys.iter().find_map(|key| own.string(*key));
        let global = || keys.iter().find_map(|key| theirs.as_ref()?.string(*key));
        let found = set.or_else(|| local().or_else(global).map(|value| value.to_str_lossy().into_owned()));
        found.map(|value| clean(&value)).filter(|value| !value.is_empty())
    };
    let name = find("GIT_COMMITTER_NAME", ["committer.name", "user.name"])?;
    let email = find("GIT_COMMITTER_EMAIL", ["committer.email", "user.email"])?;
    Some(Person { name, email })
}

/// Without what would end a name or an address in an object.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '<' | '>' | '\n' | '\0')).collect::<String>().trim().to_owned()
}
