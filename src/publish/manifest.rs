//! The list, inside the site, of the files that Onside wrote there: what makes it safe to delete, and cheap to compare.
//!
//! Plain lines, sorted, with nothing of the machine or the moment in them, so that equal sites have equal lists. The last line
//! counts the others: a list that lost its end is damaged, and a damaged list proves nothing.

use super::names;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// The file's name, at the top of a site.
pub const MANIFEST: &str = ".onside-manifest";

const HEAD: &str = "onside-manifest 1: the files that Onside wrote in this folder; it deletes no others";

/// What one file held when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub hash: blake3::Hash,
    pub size: u64,
}

impl Entry {
    pub fn of(bytes: &[u8]) -> Entry {
        Entry { hash: blake3::hash(bytes), size: bytes.len() as u64 }
    }
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Manifest {
    pub files: BTreeMap<String, Entry>,
}

/// What a folder's manifest tells about the folder.
pub enum Found {
    None,
    Damaged,
    Whole(Manifest),
}

impl Manifest {
    /// The manifest of a folder. A manifest that is a link or a folder is somebody else's doing: damaged.
    pub fn read(folder: &Path) -> io::Result<Found> {
        let path = folder.join(MANIFEST);
        match fs::symlink_metadata(&path) {
            Ok(file) if file.is_file() => {}
            Ok(_) => return Ok(Found::Damaged),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::None),
            Err(error) => return Err(error),
        }
        let bytes = fs::read(&path)?;
        let text = String::from_utf8(bytes).unwrap_or_default();
        Ok(Manifest::parse(&text).map_or(Found::Damaged, Found::Whole))
    }

    pub fn parse(text: &str) -> Option<Manifest> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEAD {
            return None;
        }
        let count: usize = lines.next_back()?.strip_prefix("end ")?.parse().ok()?;
        let files: BTreeMap<String, Entry> = lines.map(line).collect::<Option<_>>()?;
        (files.len() == count).then_some(Manifest { files })
    }

    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (path, entry) in &self.files {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{} {} {path}", entry.hash, entry.size);
        }
        let _ = writeln!(text, "end {}", self.files.len());
        text
    }

    pub fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub fn folders(&self) -> BTreeSet<&str> {
        folders(self.files.keys().map(String::as_str))
    }
}

/// Every folder that lies above one of the paths.
pub fn folders<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for mut path in paths {
        while let Some((above, _)) = path.rsplit_once('/') {
            if !folders.insert(above) {
                break;
            }
            path = above;
        }
    }
    folders
}

/// A path in the list is deleted one day: it must be as safe as one that is written.
fn line(line: &str) -> Option<(String, Entry)> {
    let (hash, rest) = line.split_once(' ')?;
    let (size, path) = rest.split_once(' ')?;
    let entry = Entry { hash: blake3::Hash::from_hex(hash).ok()?, size: size.parse().ok()? };
    names::fault(path).is_none().then(|| (path.to_owned(), entry))
}
