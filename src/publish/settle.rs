//! Clears away a site that has been replaced, or what a killed build left, without ever deleting what is not ours.
//!
//! A file goes if its tree's own manifest lists it, or if it is the user's and the live site has the very same one. The rest is the
//! user's, come in at the last moment: it moves to the live site, and if its place is taken there, into `rescued`.
//! All of it can be killed and begun again: the manifest goes last.

use super::live::spelled;
use super::manifest::{Found, MANIFEST, Manifest};
use super::place::{Place, is_mount};
use super::refusal::Refusal;
use super::swap::move_to;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, DirEntry, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What a build that did not end left behind. Called under the lock, before anything else is believed.
pub fn recover(place: &Place) -> Result<(), Refusal> {
    discard(&place.next())?;
    let (site, old) = (&place.site, place.old());
    if fs::symlink_metadata(&old).is_ok() && missing(site) {
        // Killed between two renames: the old site comes back first.
        move_to(&old, site).map_err(Refusal::disk("put back", site))?;
    }
    settle(place, &place.swap())?;
    settle(place, &old)
}

/// Whether a build that did not end left anything.
pub fn is_clear(place: &Place) -> bool {
    [place.next(), place.swap(), place.old()].iter().all(|tree| fs::symlink_metadata(tree).is_err())
}

/// Deletes a staging tree, which holds nothing but our own files and links to the user's.
pub fn discard(next: &Path) -> Result<(), Refusal> {
    gone(fs::remove_dir_all(next)).map_err(Refusal::disk("cleared away", next))
}

/// Clears away a tree that was, or may have been, a site.
pub fn settle(place: &Place, tree: &Path) -> Result<(), Refusal> {
    let Ok(found) = fs::symlink_metadata(tree) else { return Ok(()) };
    let left = Left { place, tree, ours: BTreeSet::new(), manifest: Manifest::default() };
    if !found.is_dir() {
        return left.rescue(Path::new(""));
    }
    let manifest = match Manifest::read(tree).map_err(Refusal::disk("read", &tree.join(MANIFEST)))? {
        Found::Whole(manifest) => manifest,
        Found::None => Manifest::default(),
        Found::Damaged => return left.rescue(Path::new("")),
    };
    let left = Left { ours: manifest.folders().into_iter().map(str::to_owned).collect(), manifest, ..left };
    left.clear(Path::new(""))?;
    gone(fs::remove_file(tree.join(MANIFEST))).map_err(Refusal::disk("cleared away", tree))?;
    gone(fs::remove_dir(tree)).map_err(Refusal::disk("cleared away", tree))
}

/// Deleted by somebody else is deleted.
fn gone(deleted: io::Result<()>) -> io::Result<()> {
    deleted.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

struct Left<'a> {
    place: &'a Place,
    tree: &'a Path,
    manifest: Manifest,
    /// The folders that our files are in.
    ours: BTreeSet<String>,
}

impl Left<'_> {
    fn clear(&self, folder: &Path) -> Result<(), Refusal> {
        let at = self.tree.join(folder);
        if is_mount(&at) {
            let why = "is a mount point in a site that was replaced";
            return Err(Refusal::new(&at, why, "unmount it and build again"));
        }
        open_up(&at);
        let entries = fs::read_dir(&at).and_then(Iterator::collect::<Result<Vec<DirEntry>, _>>);
        let entries = entries.map_err(Refusal::disk("read", &at))?;
        entries.par_iter().try_for_each(|entry| self.clear_entry(folder, entry))
    }

    fn clear_entry(&self, folder: &Path, entry: &DirEntry) -> Result<(), Refusal> {
        let kind = entry.file_type().map_err(Refusal::disk("read", &entry.path()))?;
        let path = folder.join(entry.file_name());
        let name = spelled(&path).unwrap_or_default();
        if kind.is_dir() {
            self.clear(&path)?;
            self.drop_folder(&path, &name)
        } else if kind.is_file() && self.manifest.lists(&name) {
            self.delete(&path)
        } else if name == MANIFEST {
            // It says what may go, so it goes last.
            Ok(())
        } else {
            self.keep(&path)
        }
    }

    /// An empty folder of the user's is also the user's.
    fn drop_folder(&self, path: &Path, name: &str) -> Result<(), Refusal> {
        if !self.ours.contains(name) && missing(&self.place.site.join(path)) && missing(&self.place.rescued().join(path)) {
            return self.move_to_site(path);
        }
        let at = self.tree.join(path);
        gone(fs::remove_dir(&at)).map_err(Refusal::disk("cleared away", &at))
    }

    fn keep(&self, path: &Path) -> Result<(), Refusal> {
        let (here, there) = (self.tree.join(path), self.place.site.join(path));
        let found = fs::symlink_metadata(&here).map_err(Refusal::disk("read", &here))?;
        match fs::symlink_metadata(&there) {
            Ok(carried) if same(&here, &found, &there, &carried) => self.delete(path),
            Ok(_) => self.rescue(path),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => self.move_to_site(path),
            Err(error) => Err(Refusal::disk("read", &there)(error)),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), Refusal> {
        let at = self.tree.join(path);
        gone(fs::remove_file(&at)).map_err(Refusal::disk("cleared away", &at))
    }

    fn move_to_site(&self, path: &Path) -> Result<(), Refusal> {
        let (here, there) = (self.tree.join(path), self.place.site.join(path));
        // A site deleted by hand: a folder with nothing but the user's file in it would be taken for somebody else's ever after.
        if missing(&self.place.site.join(MANIFEST)) {
            return self.rescue(path);
        }
        let moved = there.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| move_to(&here, &there));
        match moved {
            Err(error) if in_the_way(&error) => self.rescue(path),
            moved => moved.map_err(Refusal::disk("put back", &there)),
        }
    }

    /// Puts it where it can be found, under a name that is free.
    fn rescue(&self, path: &Path) -> Result<(), Refusal> {
        let here = if path.as_os_str().is_empty() { self.tree.to_path_buf() } else { self.tree.join(path) };
        let wanted = self.place.rescued().join(if path.as_os_str().is_empty() { Path::new("site") } else { path });
        let failed = |error| Refusal::disk("rescued", &here)(error);
        if let Some(above) = wanted.parent() {
            fs::create_dir_all(above).map_err(failed)?;
        }
        for number in 0..1000 {
            let to = if number == 0 { wanted.clone() } else { numbered(&wanted, number) };
            match move_to(&here, &to) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                done => return done.map_err(failed),
            }
        }
        Err(failed(ErrorKind::AlreadyExists.into()))
    }
}

/// Known not to be there, which is more than not to be seen.
fn missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// Something of that name is there, or a file stands where a folder should be.
fn in_the_way(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotADirectory | ErrorKind::DirectoryNotEmpty)
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{number}"));
    path.with_file_name(name)
}

/// The same file by a second name, or an equal copy where links are not to be had.
fn same(here: &Path, found: &Metadata, there: &Path, carried: &Metadata) -> bool {
    if same_inode(found, carried) {
        return true;
    }
    if found.is_symlink() && carried.is_symlink() {
        return fs::read_link(here).ok().is_some_and(|goal| fs::read_link(there).is_ok_and(|other| other == goal));
    }
    found.is_file()
        && carried.is_file()
        && found.len() == carried.len()
        && fs::read(here).is_ok_and(|bytes| fs::read(there).is_ok_and(|other| other == bytes))
}

#[cfg(unix)]
fn same_inode(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn same_inode(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// A read-only folder in the old tree has its twin, with its rights, in the new one; this one is to be emptied.
#[cfg(unix)]
fn open_up(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::symlink_metadata(folder) else { return };
    let mode = found.permissions().mode() & 0o7777;
    if mode & 0o700 != 0o700 {
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700));
    }
}

#[cfg(not(unix))]
fn open_up(_: &Path) {}
