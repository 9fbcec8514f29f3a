//! What the disk looked like when we last wrote: saves reading 10,000 files to learn that nobody touched them.
//!
//! It lies beside the site, not in it: times and inode numbers are the machine's, and the site must be the same on every machine.
//! It is never believed over the manifest: a stamp only says "still the file whose hash the manifest has", and any doubt reads the file.

use super::manifest::{Entry, Manifest};
use super::place::Target;
use super::rights;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, Metadata};
use std::path::Path;

const HEAD: &str = "onside-seen 2";
const SHELF: &str = "shelf ";

/// Enough of a file's metadata to notice a change without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub size: u64,
    pub modified: (i64, i64),
    pub inode: u64,
    pub mode: u32,
}

impl Stamp {
    #[cfg(unix)]
    pub fn of(file: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        Stamp { size: file.len(), modified: (file.mtime(), file.mtime_nsec()), inode: file.ino(), mode: file.mode() }
    }

    #[cfg(not(unix))]
    pub fn of(file: &Metadata) -> Stamp {
        let since = file.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
        let modified = (since.as_secs().cast_signed(), i64::from(since.subsec_nanos()));
        Stamp { size: file.len(), modified, inode: 0, mode: rights::FILE }
    }

    /// The rights that we gave it: a file that somebody made private or executable is written anew.
    pub fn has_our_mode(&self) -> bool {
        self.mode & 0o7777 == rights::FILE
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Hash of the manifest that the stamps belong to: stamps of another site are worth nothing.
    manifest: String,
    pub fingerprint: String,
    /// What decided the bytes of finished parts, by file or folder.
    shelves: BTreeMap<String, String>,
    stamps: BTreeMap<String, Stamp>,
}

impl Seen {
    pub fn new(manifest: &Manifest, target: &Target, stamps: BTreeMap<String, Stamp>) -> Seen {
        let plain = |text: &str| text.replace(char::is_control, " ");
        let shelves = target.shelves.iter().map(|(folder, key)| (plain(folder), plain(key))).collect();
        Seen { manifest: hash(manifest), fingerprint: target.fingerprint.map(plain).unwrap_or_default(), shelves, stamps }
    }

    /// Nothing seen, unless it is whole and about this manifest.
    pub fn read(beside: &Path, manifest: &Manifest) -> Seen {
        let text = fs::read_to_string(beside.join("seen")).unwrap_or_default();
        Seen::parse(&text).filter(|seen| seen.manifest == hash(manifest)).unwrap_or_default()
    }

    /// A loss costs the next build some reading, so no error is worth stopping for.
    pub fn save(&self, beside: &Path) {
        let (path, text, draft) = (beside.join("seen"), self.text(), beside.join("seen.new"));
        if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
            return;
        }
        let _ = fs::write(&draft, text).and_then(|()| fs::rename(&draft, &path));
    }

    pub fn knows(&self, path: &str, stamp: &Stamp) -> bool {
        self.stamps.get(path) == Some(stamp)
    }

    /// Whether a path lies in a part that was written for the same as it would be now.
    pub fn is_finished(&self, path: &str, shelves: &BTreeMap<String, String>) -> bool {
        mark_of(path, shelves).is_some_and(|mark| mark_of(path, &self.shelves) == Some(mark))
    }

    /// The file is there, has our rights, and holds what the manifest says.
    pub fn agrees(&self, site: &Path, path: &str, entry: &Entry, stamp: &Stamp) -> bool {
        if stamp.size != entry.size {
            return false;
        }
        self.knows(path, stamp) || (stamp.has_our_mode() && fs::read(site.join(path)).is_ok_and(|bytes| Entry::of(&bytes) == *entry))
    }

    fn parse(text: &str) -> Option<Seen> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEAD {
            return None;
        }
        let count: usize = lines.next_back()?.strip_prefix("end ")?.parse().ok()?;
        let manifest = lines.next()?.to_owned();
        let fingerprint = lines.next()?.to_owned();
        let (of_shelves, of_files): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with(SHELF));
        let shelf = |line: &str| line.strip_prefix(SHELF)?.split_once(' ').map(|(key, folder)| (folder.to_owned(), key.to_owned()));
        let shelves = of_shelves.into_iter().map(shelf).collect::<Option<_>>()?;
        let stamps: BTreeMap<String, Stamp> = of_files.into_iter().map(line).collect::<Option<_>>()?;
        (stamps.len() == count).then_some(Seen { manifest, fingerprint, shelves, stamps })
    }

    fn text(&self) -> String {
        let mut text = format!("{HEAD}\n{}\n{}\n", self.manifest, self.fingerprint);
        for (folder, key) in &self.shelves {
            let _ = writeln!(text, "{SHELF}{key} {folder}");
        }
        for (path, stamp) in &self.stamps {
            let Stamp { size, modified: (seconds, nanos), inode, mode } = stamp;
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{size} {seconds} {nanos} {inode} {mode:o} {path}");
        }
        let _ = writeln!(text, "end {}", self.stamps.len());
        text
    }
}

/// What decides the bytes of a file: its own mark, or that of the nearest folder above it that has one.
fn mark_of<'a>(path: &str, marks: &'a BTreeMap<String, String>) -> Option<&'a String> {
    marks.get(path).or_else(|| path.rmatch_indices('/').find_map(|(at, _)| marks.get(path.get(..=at)?)))
}

fn hash(manifest: &Manifest) -> String {
    blake3::hash(manifest.text().as_bytes()).to_string()
}

fn line(line: &str) -> Option<(String, Stamp)> {
    let mut parts = line.splitn(6, ' ');
    let size = parts.next()?.parse().ok()?;
    let modified = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let inode = parts.next()?.parse().ok()?;
    let mode = u32::from_str_radix(parts.next()?, 8).ok()?;
    Some((parts.next()?.to_owned(), Stamp { size, modified, inode, mode }))
}
