//! The next site, built where no reader looks: changed pages written, unchanged ones linked, the user's files brought along.
//!
//! Every right is set and not asked of the umask, and every file is made new and never opened: two pages that a disk takes for one
//! (capitals, accents) are an error, not a coin toss.

use super::live::Live;
use super::manifest::{Entry, MANIFEST, Manifest};
use super::place::Place;
use super::refusal::Refusal;
use super::rights::{self, mode, set_mode};
use super::seen::Stamp;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

pub struct Stage<'a> {
    site: &'a Path,
    pub next: PathBuf,
    /// Folders made so far. Held while making one, so that no thread writes into a folder whose rights are not set yet.
    made: RwLock<BTreeSet<OsString>>,
}

/// A file that holds the very same as another that is wanted.
#[derive(Clone)]
pub enum Twin {
    /// One of this tree, by its path.
    Staged(String),
    /// One of the live site that nobody has touched.
    Live(String),
}

/// How an unchanged page came along.
pub enum Brought {
    Linked,
    Copied(Stamp),
}

impl Stage<'_> {
    /// Touches nothing: a build that changes nothing never makes the folder.
    pub fn new(place: &Place) -> Stage<'_> {
        Stage { site: &place.site, next: place.next(), made: RwLock::default() }
    }

    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Refusal> {
        let to = self.next.join(path);
        self.make_folder(to.parent().unwrap_or(&self.next))?;
        create(&to, bytes).map_err(Refusal::disk("written", &self.site.join(path)))
    }

    /// Puts a file of this tree, or of the live site, under another name as well. None where that is not to be had: then it is written.
    pub fn link(&self, twin: &Twin, path: &str) -> Result<Option<Stamp>, Refusal> {
        let (from, to) = match twin {
            Twin::Staged(from) => (self.next.join(from), self.next.join(path)),
            Twin::Live(from) => (self.site.join(from), self.next.join(path)),
        };
        self.make_folder(to.parent().unwrap_or(&self.next))?;
        if fs::hard_link(&from, &to).is_err() {
            return Ok(None);
        }
        fs::symlink_metadata(&to).map(|found| Some(Stamp::of(&found))).map_err(Refusal::disk("read", &self.site.join(path)))
    }

    /// Links a page of the live site; where links are not to be had, copies what is proven to be the same.
    pub fn bring(&self, path: &str, entry: &Entry) -> Result<Brought, Refusal> {
        let (from, to) = (self.site.join(path), self.next.join(path));
        self.make_folder(to.parent().unwrap_or(&self.next))?;
        if fs::hard_link(&from, &to).is_ok() {
            return Ok(Brought::Linked);
        }
        let bytes = fs::read(&from).map_err(Refusal::disk("read", &from))?;
        if Entry::of(&bytes) != *entry {
            return Err(Refusal::new(&from, "was changed by another program during the build", "build again"));
        }
        self.write(path, &bytes).map(Brought::Copied)
    }

    /// Brings the user's files and folders along. A folder's rights come last, or a read-only one could not be filled.
    pub fn carry(&self, live: &Live) -> Result<(), Refusal> {
        let mut rights = Vec::new();
        for path in &live.foreign {
            let (from, to) = (self.site.join(path), self.next.join(path));
            let Some(found) = look(&from)? else { continue };
            if found.is_dir() {
                self.make_folder(&to)?;
                rights.push((to, mode(&found)));
            } else {
                self.make_folder(to.parent().unwrap_or(&self.next))?;
                carry_file(&from, &found, &to)?;
            }
        }
        for (folder, mode) in rights.into_iter().rev() {
            let Some(mode) = mode else { continue };
            set_mode(&folder, mode).map_err(Refusal::disk("given its rights", &folder))?;
        }
        Ok(())
    }

    /// Writes the manifest and sees to it that the whole tree is on the disk, so that not even a power cut can swap in half a site.
    /// This is also where a disk that promised space and has none says so.
    pub fn finish(&self, manifest: &Manifest, mode: Option<u32>) -> Result<(), Refusal> {
        self.write(MANIFEST, manifest.text().as_bytes())?;
        if let Some(mode) = mode {
            set_mode(&self.next, mode | 0o700).map_err(Refusal::disk("given its rights", &self.next))?;
        }
        flush(&self.next).map_err(Refusal::disk("stored", self.site))
    }

    fn make_folder(&self, folder: &Path) -> Result<(), Refusal> {
        if self.made.read().unwrap_or_else(PoisonError::into_inner).contains(folder.as_os_str()) {
            return Ok(());
        }
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        // Every folder asked for lies under `next`; as texts they are compared at once, as paths part by part.
        let inside = |above: &&Path| above.as_os_str().len() >= self.next.as_os_str().len();
        let missing: Vec<&Path> = folder.ancestors().take_while(inside).take_while(|above| !made.contains(above.as_os_str())).collect();
        for folder in missing.into_iter().rev() {
            let shown = self.site.join(folder.strip_prefix(&self.next).unwrap_or(folder));
            fs::create_dir(folder).and_then(|()| set_mode(folder, rights::FOLDER)).map_err(Refusal::disk("made", &shown))?;
            made.insert(folder.as_os_str().to_owned());
        }
        Ok(())
    }
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<Stamp> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    let found = rights::set_file_mode(&file, rights::FILE)?;
    if cfg!(not(target_os = "linux")) {
        file.sync_all()?;
    }
    Ok(Stamp::of(&found))
}

/// A link is the file itself: its owner, its dates, an open editor stay as they are. A copy is for disks without links.
fn carry_file(from: &Path, found: &Metadata, to: &Path) -> Result<(), Refusal> {
    let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
    let copied = match error.kind() {
        ErrorKind::NotFound => Ok(()),
        // Mounted from elsewhere: the swap could not take it along, and a copy would one day stand for the original.
        // There already: a page that this disk takes for the same name.
        ErrorKind::CrossesDevices | ErrorKind::AlreadyExists => Err(error),
        _ if found.is_file() => copy(from, to),
        _ if found.is_symlink() => fs::read_link(from).and_then(|goal| symlink(&goal, to)),
        _ => Err(error),
    };
    copied.map_err(|error| {
        let refusal = Refusal::disk("carried over into the new site", from)(error);
        Refusal { remedy: "move it out of the site's folder and build again".into(), ..refusal }
    })
}

/// None for what the user has deleted a moment ago: there is nothing to bring along then.
fn look(path: &Path) -> Result<Option<Metadata>, Refusal> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => found.map(Some).map_err(Refusal::disk("read", path)),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    let modified = fs::metadata(from)?.modified()?;
    // A copy that may not be opened for writing keeps its bytes, which is what matters.
    let _ = OpenOptions::new().write(true).open(to).and_then(|file| file.set_modified(modified));
    Ok(())
}

#[cfg(unix)]
fn symlink(goal: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(goal, at)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// One call for the whole tree: at 10,000 files, calling for each takes minutes.
#[cfg(target_os = "linux")]
fn flush(tree: &Path) -> io::Result<()> {
    use rustix::io::Errno;
    match rustix::fs::syncfs(File::open(tree)?) {
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Elsewhere each file was flushed as it was written.
#[cfg(not(target_os = "linux"))]
fn flush(_: &Path) -> io::Result<()> {
    Ok(())
}
