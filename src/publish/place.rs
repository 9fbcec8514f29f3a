//! Where the site goes, and every reason why it may not go there.
//!
//! All of it is settled before a byte is written, on the real path: links and `..` are resolved first, so no spelling gets past.

use super::manifest::{Found, MANIFEST, Manifest};
use super::names::LONGEST_NAME;
use super::refusal::Refusal;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The longest path that Linux takes, its closing zero included, in bytes.
const LONGEST_PATH: usize = 4096;
const CHOOSE: &str = "choose a new or empty folder, such as `public` in your project";

/// Where a build is told to put its site, and what must not come to harm by it.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The site's folder.
    pub path: &'a Path,
    /// The project's folder. It may hold the site; the site may not be or hold it.
    pub root: &'a Path,
    /// What the site is made from (content, themes): neither may be, hold or lie inside the other.
    pub sources: &'a [PathBuf],
    /// Everything that decides the site's bytes (program, theme, content, options, date), hashed by the caller; it lets
    /// `up_to_date` answer without rendering.
    pub fingerprint: Option<&'a str>,
    /// Parts of the site that are finished, by their file or the folder they fill ("v/v3/"): everything that decides a part's bytes,
    /// hashed by the caller. A part that was written for the same is taken over as it is and not rendered again.
    pub shelves: &'a BTreeMap<String, String>,
}

/// A target that is not refused.
#[derive(Debug)]
pub struct Place {
    pub site: PathBuf,
    /// The hidden folder next to the site that holds the lock, the staging tree and what is known about the disk.
    pub beside: PathBuf,
}

impl Target<'_> {
    /// Whether a site may go there, asked early: a build that will be refused need not read its content first.
    pub fn check(&self) -> Result<(), Refusal> {
        Place::find(self, &[]).map(drop)
    }
}

impl Place {
    pub fn find(target: &Target, paths: &[String]) -> Result<Place, Refusal> {
        let site = resolve(target.path)?;
        let Some((folder, name)) = site.parent().zip(site.file_name().and_then(OsStr::to_str)) else {
            return Err(Refusal::new(&site, "is the whole disk", CHOOSE));
        };
        let beside = folder.join(format!(".{name}.onside"));
        fits(&site, name, &beside, paths)?;
        apart_from_people(&site)?;
        apart_from_project(&site, target)?;
        apart_from_machinery(&site)?;
        if fs::symlink_metadata(&site).is_ok() {
            ours_or_empty(&site)?;
        }
        Ok(Place { site, beside })
    }

    /// The tree under construction. Never a site, so it may be deleted.
    pub fn next(&self) -> PathBuf {
        self.beside.join("next")
    }

    /// The finished tree before the exchange; the old site after it.
    pub fn swap(&self) -> PathBuf {
        self.beside.join("swap")
    }

    /// The old site, where a disk cannot exchange and it takes two renames.
    pub fn old(&self) -> PathBuf {
        self.beside.join("old")
    }

    /// Files of the user's that have no place in the site any more.
    pub fn rescued(&self) -> PathBuf {
        self.beside.join("rescued")
    }
}

/// The real path: links followed, `..` gone. What does not exist yet keeps its spelling below what does.
fn resolve(path: &Path) -> Result<PathBuf, Refusal> {
    if path.as_os_str().is_empty() {
        return Err(Refusal::new(path, "is no folder's name", CHOOSE));
    }
    if path.to_str().is_none_or(|path| path.contains('\0')) {
        return Err(Refusal::new(path, "has characters in it that cannot be shown", "choose a name in plain letters"));
    }
    if path.as_os_str().len() >= LONGEST_PATH {
        return Err(too_long(path));
    }
    let full = std::path::absolute(path).map_err(Refusal::disk("found", path))?;
    // Collected anew because a slash at the end would follow a link.
    let full: PathBuf = full.components().collect();
    match fs::symlink_metadata(&full) {
        Ok(found) if found.is_symlink() => resolve_link(&full),
        Ok(found) if found.is_dir() => fs::canonicalize(&full).map_err(Refusal::disk("found", &full)),
        Ok(_) => Err(Refusal::new(&full, "is a file, not a folder", CHOOSE)),
        Err(error) if error.kind() == ErrorKind::NotFound => resolve_missing(&full),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(Refusal::new(&full, "would lie inside a file", CHOOSE)),
        Err(error) => Err(Refusal::disk("read", &full)(error)),
    }
}

/// A link is followed only to a site of ours: anywhere else it may be a slip.
fn resolve_link(link: &Path) -> Result<PathBuf, Refusal> {
    let ours = |folder: &PathBuf| matches!(Manifest::read(folder), Ok(Found::Whole(_)));
    fs::canonicalize(link).ok().filter(ours).ok_or_else(|| {
        Refusal::new(link, "is a link that does not lead to a site made by Onside", "name the folder itself instead of the link")
    })
}

fn resolve_missing(full: &Path) -> Result<PathBuf, Refusal> {
    let mut above = full;
    let mut below = Vec::new();
    while let Some((parent, last)) = above.parent().zip(above.components().next_back()) {
        if last == Component::ParentDir {
            return Err(Refusal::new(full, "goes up (`..`) from a folder that does not exist", "write the path without `..`"));
        }
        below.push(last);
        above = parent;
        if fs::symlink_metadata(above).is_ok() {
            break;
        }
    }
    let above = fs::canonicalize(above).map_err(|_| Refusal::new(above, "is a link that leads nowhere", CHOOSE))?;
    Ok(below.into_iter().rev().fold(above, |path, name| path.join(name)))
}

fn fits(site: &Path, name: &str, beside: &Path, paths: &[String]) -> Result<(), Refusal> {
    let longest = paths.iter().map(String::len).max().unwrap_or(0);
    let room = ".".len() + name.len() + ".onside".len() <= LONGEST_NAME
        && beside.as_os_str().len() + "/rescued/".len() + longest.max(LONGEST_NAME) < LONGEST_PATH;
    if room { Ok(()) } else { Err(too_long(site)) }
}

fn too_long(path: &Path) -> Refusal {
    Refusal::new(path, "has too long a name for the site's files to fit below it", "choose an output folder with a shorter path")
}

fn apart_from_people(site: &Path) -> Result<(), Refusal> {
    let holds = |folder: Option<PathBuf>| folder.is_some_and(|folder| real(&folder).starts_with(site));
    if holds(std::env::home_dir().filter(|home| home.is_absolute())) {
        return Err(Refusal::new(site, "is or holds your home folder", CHOOSE));
    }
    if holds(std::env::current_dir().ok()) {
        return Err(Refusal::new(site, "is or holds the folder you are in", "go to your project's folder and build from there"));
    }
    Ok(())
}

fn apart_from_project(site: &Path, target: &Target) -> Result<(), Refusal> {
    if real(target.root).starts_with(site) {
        return Err(Refusal::new(site, "is or holds the project itself", CHOOSE));
    }
    for source in target.sources {
        let source = real(source);
        let relation = match (site.starts_with(&source), source.starts_with(site)) {
            (true, true) => "is",
            (true, false) => "lies inside",
            (false, true) => "holds",
            (false, false) => continue,
        };
        let why = format!("{relation} `{}`, which the site is made from", source.display());
        return Err(Refusal::new(site, why, CHOOSE));
    }
    Ok(())
}

fn apart_from_machinery(site: &Path) -> Result<(), Refusal> {
    for folder in site.ancestors() {
        let name = folder.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if name == ".git" {
            return Err(Refusal::new(site, "is or lies inside git's own `.git` folder", CHOOSE));
        }
        if name.starts_with('.') && name.ends_with(".onside") {
            return Err(Refusal::new(site, "is or lies inside the folder where Onside prepares a site", CHOOSE));
        }
        if folder != site && fs::symlink_metadata(folder.join(MANIFEST)).is_ok() {
            let why = format!("lies inside another site made by Onside, `{}`", folder.display());
            return Err(Refusal::new(site, why, "choose a folder beside that site"));
        }
    }
    Ok(())
}

/// The rule that protects whatever the others forgot: a folder with something in it must be proven ours.
pub fn ours_or_empty(site: &Path) -> Result<Manifest, Refusal> {
    if !fs::symlink_metadata(site).map_err(Refusal::disk("read", site))?.is_dir() {
        return Err(Refusal::new(site, "is a file, not a folder", CHOOSE));
    }
    if is_mount(site) {
        let inside = format!("choose a folder inside it, such as `{}`", site.join("site").display());
        return Err(Refusal::new(site, "is a mount point, and a mounted folder cannot be swapped for another", inside));
    }
    match Manifest::read(site).map_err(Refusal::disk("read", &site.join(MANIFEST)))? {
        Found::Whole(manifest) => return Ok(manifest),
        Found::Damaged => {
            let why = "is damaged, so Onside cannot tell its own files from yours";
            return Err(Refusal::new(&site.join(MANIFEST), why, "move that folder elsewhere and build again"));
        }
        Found::None => {}
    }
    let entries = fs::read_dir(site).map_err(Refusal::disk("read", site))?;
    let Some(first) = entries.flatten().map(|entry| entry.file_name()).min() else {
        return Ok(Manifest::default());
    };
    let why = format!("is not empty and was not made by Onside (it holds `{}`)", Path::new(&first).display());
    Err(Refusal::new(site, why, CHOOSE))
}

fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// Whether something is mounted there, a folder of the same disk included: only the kernel knows.
#[cfg(target_os = "linux")]
pub fn is_mount(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    match statx(CWD, path, flags, StatxFlags::empty()) {
        Ok(found) if found.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT) => {
            found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
        }
        _ => on_other_disk(path),
    }
}

#[cfg(not(target_os = "linux"))]
pub fn is_mount(path: &Path) -> bool {
    on_other_disk(path)
}

#[cfg(unix)]
fn on_other_disk(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::symlink_metadata(path).ok().map(|found: Metadata| found.dev());
    path.parent().is_some_and(|parent| device(path) != device(parent))
}

#[cfg(not(unix))]
fn on_other_disk(_: &Path) -> bool {
    false
}
