//! The moment a new site takes the old one's place.
//!
//! Linux and macOS exchange two folders in one step, so every reader finds one whole site at any moment. Where a disk cannot (some
//! network and FAT disks), two renames leave a gap of microseconds without a site; a build killed in it is mended by the next.

use super::place::Place;
use super::refusal::Refusal;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

/// `next` becomes the site. What was the site is then in `swap` or `old`.
pub fn in_place(place: &Place) -> Result<(), Refusal> {
    let (site, swap) = (&place.site, &place.swap());
    // From here on the name says: finished, and perhaps a site.
    fs::rename(place.next(), swap).map_err(Refusal::disk("swapped in", site))?;
    let swapped = match exchange(swap, site) {
        Err(error) if error.kind() == ErrorKind::NotFound => move_to(swap, site),
        Err(error) if cannot_exchange(&error) => two_renames(place),
        done => done,
    };
    swapped.map_err(Refusal::disk("swapped for the new site", site))?;
    // The names must outlast a power cut too, but a disk that cannot promise it has still swapped.
    for folder in [Some(place.beside.as_path()), site.parent()].into_iter().flatten() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// The way of a disk without exchange; put back if the second step fails.
pub fn two_renames(place: &Place) -> io::Result<()> {
    let (site, swap, old) = (&place.site, &place.swap(), &place.old());
    move_to(site, old)?;
    move_to(swap, site).inspect_err(|_| {
        let _ = move_to(old, site);
    })
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, other: &Path) -> io::Result<()> {
    fs::symlink_metadata(other)?;
    Err(ErrorKind::Unsupported.into())
}

/// This disk (or this system) does not know the call, which says nothing against the folders.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn cannot_exchange(error: &io::Error) -> bool {
    use rustix::io::Errno;
    [Errno::NOSYS, Errno::INVAL, Errno::NOTSUP, Errno::OPNOTSUPP].map(Some).contains(&Errno::from_io_error(error))
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn cannot_exchange(error: &io::Error) -> bool {
    error.kind() == ErrorKind::Unsupported
}

/// Renames, but never over something.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(io::Error::from) {
        Err(error) if cannot_exchange(&error) => look_and_move(from, to),
        done => done,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    look_and_move(from, to)
}

fn look_and_move(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
    }
}
