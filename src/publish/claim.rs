//! One builder at a time: a lock that the system drops when its process ends, however it ends, so no stale lock ever needs removing.

use super::place::Place;
use super::refusal::Refusal;
use super::rights::set_mode;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// The right to write a site, held until dropped.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
    pub waited: bool,
}

impl Claim {
    /// Waits for the other builder if there is one, after saying so.
    pub fn wait(place: &Place, waiting: impl Fn()) -> Result<Claim, Refusal> {
        open_beside(place)?;
        let mut waited = false;
        loop {
            let (lock, held) = attempt(place)?;
            if held {
                if !waited {
                    waiting();
                }
                waited = true;
                lock.lock().map_err(Refusal::disk("locked", &place.beside.join("lock")))?;
            }
            if same_file(&lock, &place.beside.join("lock")) {
                return Ok(Claim { _lock: lock, waited });
            }
            // Somebody deleted the folder while we waited: a lock that nobody else can find protects nothing.
            open_beside(place)?;
        }
    }

    /// None if another builder is at work, or none ever was.
    pub fn at_once(place: &Place) -> Result<Option<Claim>, Refusal> {
        if fs::symlink_metadata(place.beside.join("lock")).is_err() {
            return Ok(None);
        }
        let (lock, held) = attempt(place)?;
        Ok((!held).then_some(Claim { _lock: lock, waited: false }))
    }
}

/// The opened lock file, and whether somebody else holds it.
fn attempt(place: &Place) -> Result<(File, bool), Refusal> {
    let path = place.beside.join("lock");
    let lock = open_private(&path).map_err(Refusal::disk("opened", &path))?;
    match lock.try_lock() {
        Ok(()) => Ok((lock, false)),
        Err(TryLockError::WouldBlock) => Ok((lock, true)),
        Err(TryLockError::Error(error)) => Err(Refusal::disk("locked", &path)(error)),
    }
}

/// Makes the hidden folder, readable by its owner only: what is staged there may be for few eyes.
fn open_beside(place: &Place) -> Result<(), Refusal> {
    let beside = &place.beside;
    if let Some(above) = beside.parent() {
        fs::create_dir_all(above).map_err(Refusal::disk("made", above))?;
    }
    match fs::create_dir(beside) {
        Ok(()) => set_mode(beside, 0o700).map_err(Refusal::disk("made", beside))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => ours(beside)?,
        Err(error) => return Err(Refusal::disk("made", beside)(error)),
    }
    let lock = beside.join("lock");
    open_private(&lock).map_err(Refusal::disk("made", &lock))?;
    // So that nobody commits it; without it everything works.
    let ignore = beside.join(".gitignore");
    if fs::symlink_metadata(&ignore).is_err() {
        let _ = fs::write(ignore, "*\n");
    }
    Ok(())
}

/// A folder of that name is ours if it holds our lock, or nothing yet (another builder may have made it this moment).
fn ours(beside: &Path) -> Result<(), Refusal> {
    let folder = fs::symlink_metadata(beside).map_err(Refusal::disk("read", beside))?.is_dir();
    let locked = || fs::symlink_metadata(beside.join("lock")).is_ok_and(|lock| lock.is_file());
    let empty = || fs::read_dir(beside).is_ok_and(|mut entries| entries.next().is_none());
    if folder && (locked() || empty() || locked()) {
        return Ok(());
    }
    Err(Refusal::new(beside, "is needed to prepare the site, but is something else", "move it elsewhere and build again"))
}

fn open_private(path: &Path) -> io::Result<File> {
    let new = fs::symlink_metadata(path).is_err();
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    if new {
        set_mode(path, 0o600)?;
    }
    Ok(file)
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
fn same_file(_: &File, _: &Path) -> bool {
    true
}
