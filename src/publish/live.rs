//! The site that is there now: which files are ours, and which are the user's and come along.
//!
//! Ours is a plain file that the manifest lists. Everything else in the folder (CNAME, `.git`, a link somebody put where a page was)
//! is the user's, and a page that would need its place is refused.

use super::manifest::{MANIFEST, Manifest, folders};
use super::place::{is_mount, ours_or_empty};
use super::refusal::Refusal;
use super::rights::mode;
use super::seen::Stamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

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
        let ours = manifest.folders();
        for entry in WalkDir::new(site).min_depth(1).sort_by_file_name() {
            live.sort(site, &entry.map_err(|error| unreadable(site, error))?, &manifest, &ours)?;
        }
        Ok(Live { manifest, ..live })
    }

    /// Sorts one thing on the disk into ours and the user's.
    fn sort(&mut self, site: &Path, entry: &DirEntry, manifest: &Manifest, folders: &BTreeSet<&str>) -> Result<(), Refusal> {
        let Ok(path) = entry.path().strip_prefix(site) else { return Ok(()) };
        let name = spelled(path);
        if entry.file_type().is_dir() {
            if is_mount(entry.path()) {
                let why = "is a mount point inside the site, which cannot move with it";
                return Err(Refusal::new(entry.path(), why, "unmount it or choose another output folder"));
            }
            if !name.as_deref().is_some_and(|name| folders.contains(name)) {
                self.foreign.push(path.to_path_buf());
            }
            return Ok(());
        }
        match name {
            Some(name) if name == MANIFEST => {}
            Some(name) if entry.file_type().is_file() && manifest.lists(&name) => {
                let found = entry.metadata().map_err(|error| unreadable(site, error))?;
                self.present.insert(name, Stamp::of(&found));
            }
            _ => self.foreign.push(path.to_path_buf()),
        }
        Ok(())
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

/// A path with `/`, as the manifest has it. None if it is not UTF-8, and then it is not ours.
pub fn spelled(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(std::ffi::OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}

fn unreadable(site: &Path, error: walkdir::Error) -> Refusal {
    let place = error.path().unwrap_or(site).to_path_buf();
    // The bare cause: walkdir's own sentence would name the path again.
    Refusal::disk("read", &place)(error.into_io_error().unwrap_or_else(|| ErrorKind::Other.into()))
}
