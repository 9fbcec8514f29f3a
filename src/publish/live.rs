//! The site that is there now: which files are ours, and which are the user's and come along.
//!
//! Ours is a plain file that the manifest lists. Everything else in the folder (CNAME, `.git`, a link somebody put where a page was)
//! is the user's, and a page that would need its place is refused.

use super::manifest::{MANIFEST, Manifest, folders};
use super::place::{is_mount, ours_or_empty};
use super::refusal::Refusal;
use super::rights::mode;
use super::seen::Stamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[derive(Debug, Default)]
pub struct Live {
    pub manifest: Manifest,
    /// Our files that are there.
    pub present: BTreeMap<String, Stamp>,
    /// The user's files and folders, a folder before what is in it.
    pub foreign: Vec<PathBuf>,
    /// The rights that the site's own folder has, which are the user's to choose.
    pub mode: Option<u32>,
}

impl Live {
    pub fn read(site: &Path) -> Result<Live, Refusal> {
        let found = match fs::symlink_metadata(site) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Live::default()),
            found => found.map_err(Refusal::disk("read", site))?,
        };
        let manifest = ours_or_empty(site)?;
        let mut live = Live { mode: mode(&found), ..Live::default() };
        let look = Look { site, ours: manifest.folders(), manifest: &manifest };
        for found in look.inside(Path::new(""))? {
            match found {
                Found::Ours(name, stamp) => _ = live.present.insert(name, stamp),
                Found::Theirs(path) => live.foreign.push(path),
            }
        }
        Ok(Live { manifest, ..live })
    }

    /// Refuses a page whose place the user has taken.
    pub fn leaves_room_for(&self, site: &Path, paths: &[String]) -> Result<(), Refusal> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let pages: BTreeSet<&Path> = paths.iter().map(Path::new).collect();
        let folders: BTreeSet<&Path> = folders(paths.iter().map(String::as_str)).into_iter().map(Path::new).collect();
        let taken = |path: &PathBuf| {
            path.ancestors().any(|above| pages.contains(above))
                || (folders.contains(path.as_path()) && !fs::symlink_metadata(site.join(path)).is_ok_and(|found| found.is_dir()))
        };
        match self.foreign.iter().find(|path| taken(path)) {
            None => Ok(()),
            Some(path) => {
                let why = "is not Onside's, and the new site needs that name";
                Err(Refusal::new(&site.join(path), why, "move it elsewhere and build again"))
            }
        }
    }

    /// The user's things by their topmost name: `.git`, not each file in it.
    pub fn kept(&self) -> Vec<String> {
        let mut top: Vec<&PathBuf> = Vec::new();
        for path in &self.foreign {
            if !top.last().is_some_and(|last| path.starts_with(last)) {
                top.push(path);
            }
        }
        top.into_iter().map(|path| path.display().to_string()).collect()
    }
}

/// What lies in the site's folder.
enum Found {
    Ours(String, Stamp),
    Theirs(PathBuf),
}

/// A look at all that lies in the site's folder.
struct Look<'a> {
    site: &'a Path,
    manifest: &'a Manifest,
    /// The folders that our files are in.
    ours: BTreeSet<&'a str>,
}

impl Look<'_> {
    /// What lies in a folder and under it, in the order of names, a folder before what is in it; the first fault in that order.
    fn inside(&self, folder: &Path) -> Result<Vec<Found>, Refusal> {
        let at = self.site.join(folder);
        let entries = fs::read_dir(&at).and_then(Iterator::collect::<Result<Vec<DirEntry>, _>>);
        let mut entries = entries.map_err(Refusal::disk("read", &at))?;
        entries.sort_by_key(DirEntry::file_name);
        let found: Vec<Result<Vec<Found>, Refusal>> = entries.par_iter().map(|entry| self.sort(folder, entry)).collect();
        let mut all = Vec::new();
        for found in found {
            all.append(&mut found?);
        }
        Ok(all)
    }

    /// Sorts one thing on the disk into ours and the user's.
    fn sort(&self, folder: &Path, entry: &DirEntry) -> Result<Vec<Found>, Refusal> {
        let (path, at) = (folder.join(entry.file_name()), entry.path());
        let name = spelled(&path);
        let kind = entry.file_type().map_err(Refusal::disk("read", &at))?;
        if kind.is_dir() {
            if is_mount(&at) {
                let why = "is a mount point inside the site, which cannot move with it";
                return Err(Refusal::new(&at, why, "unmount it or choose another output folder"));
            }
            let mut inside = self.inside(&path)?;
            if !name.as_deref().is_some_and(|name| self.ours.contains(name)) {
                inside.insert(0, Found::Theirs(path));
            }
            return Ok(inside);
        }
        match name {
            Some(name) if name == MANIFEST => Ok(Vec::new()),
            Some(name) if kind.is_file() && self.manifest.lists(&name) => {
                let found = entry.metadata().map_err(Refusal::disk("read", &at))?;
                Ok(vec![Found::Ours(name, Stamp::of(&found))])
            }
            _ => Ok(vec![Found::Theirs(path)]),
        }
    }
}

/// A path with `/`, as the manifest has it. None if it is not UTF-8, and then it is not ours.
pub fn spelled(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(std::ffi::OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}
