//! The texts that findings point into, and lines and columns in them.
//!
//! Paths are relative to the project's root with `/`, so that what is printed is
//! the same on every machine.

use super::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One text of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Every text of the run.
#[derive(Debug, Clone, Default)]
pub struct Files {
    list: rpds::VectorSync<File>,
    by_path: Arc<BTreeMap<Arc<str>, FileId>>,
}

#[derive(Debug, Clone)]
struct File {
    path: Arc<str>,
    text: Arc<str>,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Files {
    /// Puts a text in the place of the one its path has, else adds it; a file that could not be read has an empty one.
    pub fn put(&mut self, path: &str, text: Arc<str>) -> FileId {
        if let Some(id) = self.by_path.get(path).copied() {
            if let Some(file) = self.list.get_mut(id.0 as usize) {
                file.text = text;
            }
            return id;
        }
        let id = FileId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let path: Arc<str> = path.into();
        Arc::make_mut(&mut self.by_path).insert(path.clone(), id);
        self.list.push_back_mut(File { path, text });
        id
    }

    /// The path of a file, relative to the root.
    pub fn path(&self, id: FileId) -> &str {
        self.list.get(id.0 as usize).map_or("", |f| &f.path)
    }

    /// The text of a file.
    pub fn text(&self, id: FileId) -> &str {
        self.list.get(id.0 as usize).map_or("", |f| &f.text)
    }

    /// The text that a span covers; empty where it covers none.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let text = self.text(file);
        let byte = floor(text, byte as usize);
        let before = text.get(..byte).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        Position {
            line: before.bytes().filter(|&b| b == b'\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }
}

/// The nearest character boundary at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
