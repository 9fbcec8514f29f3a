//! Who may read and write what we make: set by us, never asked of the umask, so that two people's builds are the same.
//!
//! A disk that stores no rights (FAT and its like) refuses to be asked; that is no reason to stop.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

pub const FILE: u32 = 0o644;
pub const FOLDER: u32 = 0o755;

#[cfg(unix)]
pub use unix::{mode, set_file_mode, set_mode};

#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs::{self, Permissions};
    use std::io::ErrorKind;
    use std::os::unix::fs::PermissionsExt;

    pub fn mode(found: &Metadata) -> Option<u32> {
        Some(found.permissions().mode() & 0o7777)
    }

    /// Asks first: with the usual umask there is nothing to do, and 10,000 needless calls show.
    pub fn set_mode(path: &Path, wanted: u32) -> io::Result<()> {
        if mode(&fs::symlink_metadata(path)?) == Some(wanted) {
            return Ok(());
        }
        tolerate(fs::set_permissions(path, Permissions::from_mode(wanted)))
    }

    /// What the file is once it has the mode.
    pub fn set_file_mode(file: &File, wanted: u32) -> io::Result<Metadata> {
        let found = file.metadata()?;
        if mode(&found) == Some(wanted) {
            return Ok(found);
        }
        tolerate(file.set_permissions(Permissions::from_mode(wanted)))?;
        file.metadata()
    }

    fn tolerate(done: io::Result<()>) -> io::Result<()> {
        done.or_else(|error| match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::Unsupported => Ok(()),
            _ => Err(error),
        })
    }
}

#[cfg(not(unix))]
pub fn mode(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(not(unix))]
pub fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub fn set_file_mode(file: &File, _: u32) -> io::Result<Metadata> {
    file.metadata()
}
