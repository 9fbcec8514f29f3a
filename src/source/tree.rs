//! The door in: the only code that reads a project's files.
//!
//! Every path lies under the given root; symbolic links, devices and names that no
//! other machine could hold are refused and named, never followed.

#![allow(clippy::disallowed_methods, reason = "this file is the door in")]

use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// The byte order mark.
const MARK: char = '\u{feff}';

/// Where GitBook keeps what pages show.
const GITBOOK: &str = ".gitbook";

/// Larger texts are refused: no page a person reads is that long.
const LARGEST_TEXT: u64 = 64 * 1024 * 1024;

/// Everything found under one folder, in the order of paths.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// In the order of paths.
    pub entries: Vec<TreeEntry>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct TreeEntry {
    /// Relative to the root, with `/`.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

impl TreeEntry {
    /// Its text; empty where it holds none.
    pub fn text(&self) -> Arc<str> {
        match &self.content {
            Content::Text { text, .. } => text.clone(),
            Content::Other(_) | Content::Refused(_) => "".into(),
        }
    }
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A text Onside reads.
    Text {
        /// Without byte order mark, with `\n` line ends; what is not UTF-8 is replaced.
        text: Arc<str>,
        /// The first byte that is not UTF-8.
        broken_at: Option<usize>,
    },
    /// A file that is only copied, and its size in bytes.
    Other(u64),
    /// A file that is not read, and why.
    Refused(String),
}

/// Reads `folder` under `root`.
///
/// # Errors
/// A sentence that names the folder and what to do, where it is missing or not a folder.
pub fn read(root: &Path, folder: &str) -> Result<Tree, String> {
    let top = root.join(folder);
    let meta = fs::symlink_metadata(&top).map_err(|_| {
        format!("there is no folder `{folder}` in {}: a playbook's text lives there (`onside demo` writes one to look at)", root.display())
    })?;
    if meta.is_symlink() {
        return Err(format!("`{folder}` in {} is a symbolic link: put the folder itself there", root.display()));
    }
    if !meta.is_dir() {
        return Err(format!("`{folder}` in {} is not a folder", root.display()));
    }
    Ok(Tree { entries: walk(root, &top) })
}

/// Every file at or under a path, in the order of paths.
fn walk(root: &Path, top: &Path) -> Vec<TreeEntry> {
    let walk = WalkDir::new(top).follow_links(false).into_iter();
    let found: Vec<_> = walk.filter_entry(|e| e.depth() == 0 || !is_hidden_entry(e)).collect();
    let read = found.par_iter().filter_map(|found| match found {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some(read_entry(root, entry)),
        Err(error) => Some(unwalkable(root, error)),
    });
    let mut entries: Vec<TreeEntry> = read.collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries
}

/// A file that differs from what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Relative to the root.
    pub path: String,
    /// Whether it held a text and is empty now: most likely it is being written this very moment.
    pub emptied: bool,
}

impl Tree {
    /// A hash of everything in it: paths and what they hold. What may be published as it is counts byte for byte, line ends too.
    ///
    /// # Errors
    /// A sentence that names a file that cannot be read.
    pub fn fingerprint(&self, root: &Path) -> Result<blake3::Hash, String> {
        let entry = |entry: &TreeEntry| {
            let mut hash = blake3::Hasher::new();
            hash.update(entry.path.as_bytes()).update(&[0]);
            match &entry.content {
                Content::Text { text, broken_at: None } if is_written(&entry.path) => hash.update(&[1]).update(text.as_bytes()),
                Content::Text { .. } => hash.update(&[2]).update(&bytes(root, &entry.path)?),
                Content::Other(_) => hash.update(&[2]).update(&bytes(root, &entry.path)?),
                Content::Refused(reason) => hash.update(&[3]).update(reason.as_bytes()),
            };
            Ok(hash.finalize())
        };
        let each: Vec<blake3::Hash> = self.entries.par_iter().map(entry).collect::<Result<_, String>>()?;
        let mut all = blake3::Hasher::new();
        each.iter().for_each(|one| _ = all.update(one.as_bytes()));
        Ok(all.finalize())
    }

    /// The place of a path among the entries.
    pub fn at(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|e| e.path.as_str().cmp(path)).ok()
    }

    /// Puts what stands there now in the place of what stood there, and tells the files that came, went or differ.
    pub fn renew(&mut self, now: Tree) -> Vec<Difference> {
        let before = std::mem::replace(self, now);
        differences(&before.entries, &self.entries)
    }

    /// The same of what lies at or under some paths of `folder`; all else is as it was.
    ///
    /// # Errors
    /// A sentence where the folder itself cannot be read, as `read` does.
    pub fn renew_at(&mut self, root: &Path, folder: &str, paths: &BTreeSet<PathBuf>) -> Result<Vec<Difference>, String> {
        let top = root.join(folder);
        let inner: Option<Vec<String>> =
            paths.iter().filter(|path| path.starts_with(&top)).map(|path| inside(root, folder, path)).collect();
        // The folder itself, or a name that is no text: look at everything.
        let Some(inner) = inner else { return Ok(self.renew(read(root, folder)?)) };
        let mut differences = Vec::new();
        for path in
            inner.iter().filter(|p| !p.split('/').zip(std::iter::once("").chain(p.split('/'))).any(|(name, above)| is_hidden(above, name)))
        {
            let now = if leads_through_folders(root, path) { walk_if_there(root, path) } else { Vec::new() };
            let from = self.entries.partition_point(|e| e.path.as_str() < path.as_str());
            let beneath = format!("{path}/");
            // `a.md` sorts between `a` and `a/b`.
            let at: Vec<usize> = (from..self.entries.len())
                .take_while(|i| self.entries.get(*i).is_some_and(|e| e.path.starts_with(path.as_str())))
                .filter(|i| self.entries.get(*i).is_some_and(|e| e.path == *path || e.path.starts_with(&beneath)))
                .collect();
            differences.extend(self.splice(&at, now));
        }
        Ok(differences)
    }

    /// Takes out the entries at some places and puts others in, keeping the order.
    fn splice(&mut self, at: &[usize], now: Vec<TreeEntry>) -> Vec<Difference> {
        let before: Vec<TreeEntry> = at.iter().filter_map(|i| self.entries.get(*i).cloned()).collect();
        let differences = differences(&before, &now);
        if before.len() == now.len() && before.iter().zip(&now).all(|(a, b)| a.path == b.path) {
            for (i, entry) in at.iter().zip(now) {
                if let Some(place) = self.entries.get_mut(*i) {
                    *place = entry;
                }
            }
        } else {
            let gone: BTreeSet<usize> = at.iter().copied().collect();
            let mut i = 0;
            self.entries.retain(|_| (!gone.contains(&i), i += 1).0);
            self.entries.extend(now);
            self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        }
        differences
    }
}

/// The files that came, went or differ between two lists in the order of paths.
fn differences(before: &[TreeEntry], now: &[TreeEntry]) -> Vec<Difference> {
    let (mut old, mut new) = (before.iter().peekable(), now.iter().peekable());
    let mut different = Vec::new();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return different,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.path.cmp(&b.path),
        };
        let (a, b) = (if order.is_le() { old.next() } else { None }, if order.is_ge() { new.next() } else { None });
        if let (Some(a), Some(b)) = (a, b)
            && a.content == b.content
        {
            continue;
        }
        let emptied = a.zip(b).is_some_and(|(a, b)| !a.text().is_empty() && b.text().is_empty());
        different.extend(b.or(a).map(|entry| Difference { path: entry.path.clone(), emptied }));
    }
}

/// A path under `folder` as the tree spells it; nothing where it is the folder itself, or no text.
fn inside(root: &Path, folder: &str, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    inner.strip_prefix(folder).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')).then_some(inner)
}

/// Whether everything above a path is a folder and none a link.
fn leads_through_folders(root: &Path, path: &str) -> bool {
    let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    above.into_iter().all(|folder| fs::symlink_metadata(root.join(folder)).is_ok_and(|m| m.is_dir()))
}

fn walk_if_there(root: &Path, path: &str) -> Vec<TreeEntry> {
    let full = root.join(path);
    match fs::symlink_metadata(&full) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        _ => walk(root, &full),
    }
}

/// A file of a folder that is only listed.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Relative to the folder, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Why it cannot be read, if it cannot.
    pub refused: Option<String>,
}

/// Lists a folder: what is hidden and what a package manager keeps there aside.
///
/// # Errors
/// A sentence, where the folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<Listed>, String> {
    fs::read_dir(folder).map_err(|e| format!("{} cannot be read: {}", folder.display(), reason(&e)))?;
    let aside = |e: &DirEntry| is_hidden_entry(e) || (e.file_type().is_dir() && e.file_name() == "node_modules");
    let walk = WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter();
    let mut all = Vec::new();
    for found in walk.filter_entry(|e| e.depth() == 0 || !aside(e)) {
        match found {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let size = entry.metadata().map_or(0, |m| m.len());
                let large = (size > LARGEST_TEXT).then(|| "it is larger than 64 MiB: split it".to_owned());
                all.push(Listed { path: relative(folder, entry.path()), size, refused: refusal(&entry).or(large) });
            }
            Err(error) => {
                let path = error.path().map_or_else(String::new, |p| relative(folder, p));
                all.push(Listed { path, size: 0, refused: Some(error.io_error().map_or_else(String::new, unread)) });
            }
        }
    }
    Ok(all)
}

/// The bytes of one file that `read` has listed.
///
/// # Errors
/// A sentence that names the file and the reason.
pub fn bytes(root: &Path, path: &str) -> Result<Vec<u8>, String> {
    let full = root.join(path);
    let plain = fs::symlink_metadata(&full).is_ok_and(|m| m.is_file());
    if !plain || !leads_inside(path) {
        return Err(format!("{path}: it is no longer a plain file"));
    }
    fs::read(&full).map_err(|e| format!("{path}: could not be read: {}", reason(&e)))
}

/// The nearest folder from `start` upward that holds `content/playbook.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|f| f.join("content/playbook.toml").is_file()).map(Path::to_path_buf)
}

/// Whether a file of the project is there.
pub fn has_file(root: &Path, path: &str) -> bool {
    fs::symlink_metadata(root.join(path)).is_ok_and(|m| m.is_file())
}

/// Whether a folder of the project is there.
pub fn has_folder(root: &Path, folder: &str) -> bool {
    fs::symlink_metadata(root.join(folder)).is_ok_and(|m| m.is_dir())
}

fn leads_inside(path: &str) -> bool {
    !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Whether a name in a folder is left alone: hidden files are, but for the pictures of a handbook from GitBook in `.gitbook/assets/`.
pub fn is_hidden(above: &str, name: &str) -> bool {
    let aside = above == GITBOOK && name != "assets";
    (name.starts_with('.') && name != GITBOOK) || name.ends_with('~') || aside
}

/// Whether an entry of a folder is.
fn is_hidden_entry(entry: &DirEntry) -> bool {
    let above = entry.path().parent().and_then(Path::file_name).map(|n| n.to_string_lossy()).unwrap_or_default();
    is_hidden(&above, &entry.file_name().to_string_lossy())
}

fn read_entry(root: &Path, entry: &DirEntry) -> TreeEntry {
    let path = relative(root, entry.path());
    let content = match refusal(entry) {
        Some(reason) => Content::Refused(reason),
        None => read_file(entry, &path),
    };
    TreeEntry { path, content }
}

/// What stands under a name, on the disk or in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A file.
    File,
    /// A link to somewhere.
    Link,
    /// What is none of these, and no folder.
    Strange,
}

/// Why an entry is not read, if it is not.
fn refusal(entry: &DirEntry) -> Option<String> {
    let kind = entry.file_type();
    let other = if kind.is_symlink() { Sort::Link } else { Sort::Strange };
    refused(if kind.is_file() { Sort::File } else { other }, entry.file_name().to_str())
}

/// Why what stands under a name is not read, if it is not; the name is missing where it is no UTF-8.
pub fn refused(sort: Sort, name: Option<&str>) -> Option<String> {
    match sort {
        Sort::File => {}
        Sort::Link => return Some("it is a symbolic link, and a link can lead anywhere: put the file itself here".to_owned()),
        Sort::Strange => return Some("it is neither a file nor a folder: remove it".to_owned()),
    }
    let Some(name) = name else {
        return Some("its name is not UTF-8: rename it".to_owned());
    };
    if name.len() > 250 {
        return Some("its name is longer than 250 bytes: give it a shorter one".to_owned());
    }
    if name.chars().any(char::is_control) {
        return Some("its name holds a control character: rename it".to_owned());
    }
    None
}

fn read_file(entry: &DirEntry, path: &str) -> Content {
    let size = entry.metadata().map_or(0, |m| m.len());
    content(path, size, || fs::read(entry.path()).map_err(|error| unread(&error)))
}

/// What a file of a name and a size holds; it is read only where it is a text. Why it cannot be read is a half-sentence.
pub fn content(path: &str, size: u64, read: impl FnOnce() -> Result<Vec<u8>, String>) -> Content {
    if !is_text(path) {
        return Content::Other(size);
    }
    if size > LARGEST_TEXT {
        return Content::Refused("it is larger than 64 MiB: split it".to_owned());
    }
    read().map_or_else(Content::Refused, clean)
}

/// Whether a file is what authors write, and is compiled and never published as it is.
fn is_written(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    matches!(extension.as_str(), "toml" | "md" | "markdown")
}

/// Whether a file of this name is read as a text.
pub fn is_text(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    matches!(extension.as_str(), "toml" | "md" | "markdown" | "csv" | "svg" | "html" | "css" | "js" | "txt")
}

/// The text without byte order mark and with `\n` line ends.
pub fn clean(bytes: Vec<u8>) -> Content {
    let (text, broken_at) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    let before = broken_at.and_then(|at| text.get(..at)).unwrap_or("");
    let dropped = before.matches("\r\n").count() + if before.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    let text = text.strip_prefix(MARK).map_or_else(|| text.clone(), str::to_owned);
    let text = if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text };
    Content::Text { text: text.into(), broken_at: broken_at.map(|at| at - dropped) }
}

/// Why a file is left out, and what to do.
fn unread(error: &std::io::Error) -> String {
    format!("it could not be read, {}: look whether it is there and whether you may read it", reason(error))
}

fn unwalkable(root: &Path, error: &walkdir::Error) -> TreeEntry {
    let path = error.path().map_or_else(String::new, |p| relative(root, p));
    let reason = error.io_error().map_or_else(|| "it leads round in a circle: take it out".to_owned(), unread);
    TreeEntry { path, content: Content::Refused(reason) }
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// An operating system's reason in plain words.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is no longer there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
