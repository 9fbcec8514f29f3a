//! The door through which commands write into a project: a file that was not there, lines at the end of one that was,
//! a file of our own anew, or mends that an author asked for. Nothing else that an author wrote is touched, and no link is followed.

#![allow(clippy::disallowed_types, reason = "appending needs an open file")]

use crate::diagnostic::difference::as_written;
use crate::source::tree::{self, reason};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

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

/// A file that is to be written anew.
pub struct Rewrite<'a> {
    /// Relative to the root.
    pub path: &'a str,
    /// Its text as it was read, without byte order mark and with plain line ends.
    pub before: &'a str,
    /// Its text as it is to be.
    pub after: &'a str,
}

/// Writes files anew, all of them or none: each is first written beside itself, then takes the old one's name.
/// A file that was changed since it was read stays as it is, and so do the others.
pub fn rewrite(root: &Path, files: &[Rewrite<'_>]) -> Result<(), String> {
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    let prepared = files.iter().try_for_each(|file| prepare(root, file).map(|pair| ready.push(pair)));
    if let Err(message) = prepared {
        for (beside, _) in &ready {
            let _ = fs::remove_file(beside);
        }
        return Err(format!("{message}; nothing was written"));
    }
    for (beside, full) in &ready {
        fs::rename(beside, full).map_err(|error| format!("{} cannot be written: {}", full.display(), reason(&error)))?;
    }
    Ok(())
}

/// Writes a file's new text beside it.
fn prepare(root: &Path, file: &Rewrite<'_>) -> Result<(PathBuf, PathBuf), String> {
    refuse_links(root, file.path)?;
    let full = root.join(file.path);
    let failed = |error: std::io::Error| format!("{} cannot be written: {}", file.path, reason(&error));
    let bytes = fs::read(&full).map_err(|error| format!("{} cannot be read: {}", file.path, reason(&error)))?;
    let same = matches!(tree::clean(bytes.clone()), tree::Content::Text { text, broken_at: None } if *text == *file.before);
    let raw = String::from_utf8(bytes).ok().filter(|_| same);
    let raw = raw.ok_or_else(|| format!("{} was changed meanwhile", file.path))?;
    let name = full.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = full.with_file_name(format!(".{name}.onside"));
    let _ = fs::remove_file(&beside);
    let written = (|| {
        let mut open = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        open.write_all(as_written(&raw, file.before, file.after).as_bytes())?;
        open.set_permissions(fs::metadata(&full)?.permissions())?;
        open.sync_all()
    })();
    match written {
        Ok(()) => Ok((beside, full)),
        Err(error) => {
            let _ = fs::remove_file(&beside);
            Err(failed(error))
        }
    }
}

/// Writes a file that somebody named; what stands there is only written over if it is ours.
pub fn put(path: &Path, text: &str, is_ours: impl Fn(&str) -> bool) -> Result<(), String> {
    let name = path.display();
    if path.is_file() {
        let before = fs::read(path).map_err(|error| format!("{name} cannot be read: {}", reason(&error)))?;
        if !before.is_empty() && !std::str::from_utf8(&before).is_ok_and(is_ours) {
            return Err(format!(
                "{name} is there already and is something else, and nothing is written over: name another file, or move it away"
            ));
        }
    }
    fs::write(path, text).map_err(|error| format!("{name} cannot be written: {}", why(&error, "there is no folder for it, make one first")))
}

/// Whether a file is in a folder or would be.
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = fs::canonicalize(path).or_else(|_| fs::canonicalize(parent));
    real.is_ok_and(|real| fs::canonicalize(folder).is_ok_and(|folder| real.starts_with(folder)))
}

/// The text of a file that somebody named.
pub fn named(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {}", path.display(), why(&error, "there is no such file")))
}

/// Why a file that somebody named cannot be used.
fn why(error: &std::io::Error, absent: &str) -> String {
    match error.kind() {
        ErrorKind::NotFound => absent.to_owned(),
        ErrorKind::IsADirectory => "it is a folder, so name a file".to_owned(),
        ErrorKind::InvalidData => "it is not saved as UTF-8".to_owned(),
        _ => reason(error),
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
