//! The door through which commands write into a project: a file that was not there, lines at the end of one that was,
//! or a file of our own anew. What an author wrote is never touched, and no link is followed.

#![allow(clippy::disallowed_types, reason = "appending needs an open file")]

use crate::source::tree::reason;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes a new file.
pub fn create(root: &Path, path: &str, text: impl AsRef<[u8]>) -> Result<(), String> {
    refuse_links(root, path)?;
    let full = root.join(path);
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{path} is there already, and nothing is written over"),
        _ => format!("{path} cannot be written: {}", reason(&error)),
    };
    fs::create_dir_all(full.parent().unwrap_or(root)).map_err(failed)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(&full).map_err(failed)?;
    file.write_all(text.as_ref()).map_err(|error| {
        // Half a record is worse than none, and this file did not exist a moment ago.
        let _ = fs::remove_file(&full);
        failed(error)
    })
}

/// Writes a file that holds a mark of ours anew, or for the first time.
pub fn renew(root: &Path, path: &str, mark: &str, text: &str) -> Result<(), String> {
    refuse_links(root, path)?;
    let full = root.join(path);
    match fs::read(&full) {
        Err(error) if error.kind() == ErrorKind::NotFound => create(root, path, text),
        Err(error) => Err(format!("{path} cannot be read: {}", reason(&error))),
        Ok(bytes) if bytes == text.as_bytes() => Ok(()),
        Ok(bytes) if String::from_utf8_lossy(&bytes).contains(mark) => {
            fs::write(&full, text).map_err(|error| format!("{path} cannot be written: {}", reason(&error)))
        }
        Ok(_) => Err(format!("{path} is not ours, and nothing is written over: name another folder, or move it away")),
    }
}

/// Whether a file is there.
pub fn is_there(root: &Path, path: &str) -> bool {
    fs::symlink_metadata(root.join(path)).is_ok()
}

/// The text of a file that is there.
pub fn text_of(root: &Path, path: &str) -> Option<String> {
    fs::read_to_string(root.join(path)).ok()
}

/// Adds text at the end of a file, or in a new one; gives the line it begins at. `reads` judges the whole before a byte is written.
pub fn append(root: &Path, path: &str, text: &str, reads: impl Fn(&str, &[u8]) -> Result<(), String>) -> Result<usize, String> {
    refuse_links(root, path)?;
    let full = root.join(path);
    let before = match fs::read(&full) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return create(root, path, text).map(|()| 1),
        Err(error) => return Err(format!("{path} cannot be read: {}", reason(&error))),
    };
    reads(path, &before)?;
    let added = at_the_end_of(&before, text);
    let whole = [before.as_slice(), added.as_bytes()].concat();
    reads(path, &whole)?;
    let failed = |error: std::io::Error| format!("{path} cannot be written: {}", reason(&error));
    let mut file = OpenOptions::new().append(true).open(&full).map_err(failed)?;
    file.write_all(added.as_bytes()).map_err(|error| {
        let _ = file.set_len(u64::try_from(before.len()).unwrap_or(u64::MAX));
        failed(error)
    })?;
    let gap = added.len() - added.trim_start().len();
    let lines = before.iter().chain(added.as_bytes().iter().take(gap)).filter(|byte| **byte == b'\n').count();
    Ok(lines + 1)
}

/// Adds a line at the end of a list that only we write.
pub fn note(root: &Path, path: &str, line: &str) -> Result<(), String> {
    refuse_links(root, path)?;
    let failed = |error: std::io::Error| format!("{path} cannot be written: {}", reason(&error));
    let mut file = OpenOptions::new().append(true).create(true).open(root.join(path)).map_err(failed)?;
    file.write_all(format!("{line}\n").as_bytes()).map_err(failed)
}

/// The text as this file writes its lines, after an empty one.
fn at_the_end_of(before: &[u8], text: &str) -> String {
    let end = if before.windows(2).any(|pair| pair == b"\r\n") { "\r\n" } else { "\n" };
    let written = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
    let gap = match written {
        [] => String::new(),
        rest if rest.ends_with(b"\n\n") || rest.ends_with(b"\n\r\n") => String::new(),
        rest if rest.ends_with(b"\n") => end.to_owned(),
        _ => end.repeat(2),
    };
    gap + &text.replace('\n', end)
}

/// A symbolic link can lead anywhere; what is read refuses them too.
fn refuse_links(root: &Path, path: &str) -> Result<(), String> {
    let mut full = root.to_path_buf();
    for part in path.split('/') {
        full.push(part);
        if fs::symlink_metadata(&full).is_ok_and(|meta| meta.is_symlink()) {
            let link = full.strip_prefix(root).unwrap_or(&full).display().to_string();
            return Err(format!("{link} is a symbolic link, and a link can lead anywhere: put the file or folder itself there"));
        }
    }
    Ok(())
}
