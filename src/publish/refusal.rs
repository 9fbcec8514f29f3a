//! Why a site was not written: the place, what is the matter with it, and one remedy, in words for whoever ran the build.
//!
//! A target that we refuse and a disk that refuses us are one type: the reader's question (where, what, what now) is the same.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The site was not written, and what was there before is untouched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where.
    pub place: PathBuf,
    /// Continues a sentence that starts with the place: "is a file, not a folder".
    pub why: String,
    /// One imperative.
    pub remedy: String,
}

impl Refusal {
    pub(super) fn new(place: &Path, why: impl Into<String>, remedy: impl Into<String>) -> Refusal {
        Refusal { place: place.to_path_buf(), why: why.into(), remedy: remedy.into() }
    }

    /// For `map_err`: what could not be done (a participle: "written", "linked"), where, and the system's reason in plain words.
    pub(super) fn disk(done: &'static str, place: &Path) -> impl FnOnce(io::Error) -> Refusal {
        move |error| {
            let (reason, remedy) = plain(&error);
            Refusal::new(place, format!("cannot be {done}: {reason}"), remedy)
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}; {}", shortened(&self.place), self.why, self.remedy)
    }
}

impl std::error::Error for Refusal {}

/// A path of 4,000 bytes would hide the sentence that it is part of. Control characters would let a path forge one.
fn shortened(path: &Path) -> String {
    let shown: String = path.display().to_string().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if shown.chars().count() <= 300 {
        return shown;
    }
    let head: String = shown.chars().take(140).collect();
    let tail: String = shown.chars().rev().take(140).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{head}…{tail}")
}

fn plain(error: &io::Error) -> (String, &'static str) {
    if open_files(error) {
        return ("too many files are open".into(), "close other programs or raise the limit (`ulimit -n 4096`) and build again");
    }
    let (reason, remedy) = match error.kind() {
        ErrorKind::StorageFull => ("the disk is full", "free some space and build again"),
        ErrorKind::QuotaExceeded => ("your share of the disk is used up", "free some space and build again"),
        ErrorKind::PermissionDenied => ("permission is denied", "give yourself write access there or choose another output folder"),
        ErrorKind::ReadOnlyFilesystem => ("the disk is read-only", "choose an output folder on another disk"),
        ErrorKind::InvalidFilename => ("the name is too long for this disk", "choose an output folder with a shorter path"),
        ErrorKind::FileTooLarge => ("the file is too large for this disk", "choose an output folder on another disk"),
        ErrorKind::ResourceBusy => ("another program or a mount holds it", "release it or choose another output folder"),
        ErrorKind::CrossesDevices => (
            "it lies on another disk or on a layer of a container image",
            "choose a new output folder that is neither mounted nor part of an image",
        ),
        ErrorKind::NotFound => ("it is gone", "see that nothing else removes files there and build again"),
        ErrorKind::AlreadyExists => {
            ("something of that name is there already", "give the two pages names that differ by more than capitals and accents")
        }
        ErrorKind::Unsupported => ("this disk cannot do that", "choose an output folder on another disk"),
        _ => return (system_words(error), "see to the disk and build again"),
    };
    (reason.into(), remedy)
}

/// The system's own sentence, without Rust's "(os error 5)" and with our lower case.
fn system_words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(unix)]
fn open_files(error: &io::Error) -> bool {
    use rustix::io::Errno;
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE))
}

#[cfg(not(unix))]
fn open_files(_: &io::Error) -> bool {
    false
}
