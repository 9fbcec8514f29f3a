//! The texts that findings point into, and lines and columns in them.
//!
//! Paths are relative to the project's root with `/`, so that what is printed is
//! the same on every machine.

use super::Span;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

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
    /// Made when it is first asked for: most texts have no findings.
    places: OnceLock<Arc<Places>>,
}

/// Where lines begin and how many characters there are up to some bytes, so that no text is counted through for each place in it.
#[derive(Debug)]
struct Places {
    /// The first byte of each line.
    lines: Vec<usize>,
    /// How many characters begin before each `STEP`th byte.
    characters: Vec<usize>,
}

impl File {
    fn places(&self) -> &Places {
        self.places.get_or_init(|| Arc::new(Places::of(&self.text)))
    }
}

/// As far as it is fast to count.
const STEP: usize = 512;

impl Places {
    fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let counted = text.as_bytes().chunks(STEP).map(|chunk| {
            before += begun(chunk);
            before
        });
        Self { lines, characters: std::iter::once(0).chain(counted).collect() }
    }

    /// How many characters begin before a byte.
    fn characters(&self, text: &str, byte: usize) -> usize {
        let step = byte / STEP;
        let rest = text.as_bytes().get(step * STEP..byte).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or(0) + begun(rest)
    }

    /// Line and column of a byte at which a character begins.
    fn position(&self, text: &str, byte: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position { line, column: self.characters(text, byte) - self.characters(text, start) + 1 }
    }
}

/// How many characters begin in some bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0b1100_0000 != 0b1000_0000).count()
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
                file.places = OnceLock::new();
            }
            return id;
        }
        let id = FileId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let path: Arc<str> = path.into();
        Arc::make_mut(&mut self.by_path).insert(path.clone(), id);
        self.list.push_back_mut(File { path, text, places: OnceLock::new() });
        id
    }

    /// Adds what an older version says at a path. It stands beside what the path says now, so that both can be pointed into.
    pub fn add(&mut self, path: &str, text: Arc<str>) -> FileId {
        let id = FileId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let known = self.by_path.get_key_value(path).map(|(path, _)| path.clone());
        self.list.push_back_mut(File { path: known.unwrap_or_else(|| path.into()), text, places: OnceLock::new() });
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

    /// The same, to be kept.
    pub fn whole(&self, id: FileId) -> Arc<str> {
        self.list.get(id.0 as usize).map_or_else(|| "".into(), |f| f.text.clone())
    }

    /// The text that a span covers; empty where it covers none.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let Some(file) = self.list.get(file.0 as usize) else { return Position { line: 1, column: 1 } };
        file.places().position(&file.text, floor(&file.text, byte as usize))
    }

    /// From the start of a place's line to the end of its last, so many lines at most.
    pub fn lines_around(&self, span: Span, most: usize) -> std::ops::Range<usize> {
        let Some(file) = self.list.get(span.file.0 as usize) else { return 0..0 };
        let lines = &file.places().lines;
        let first = (span.start as usize).min(file.text.len());
        let last = (span.end as usize).clamp(first, file.text.len());
        let after = |byte: usize| lines.partition_point(|start| *start <= byte);
        let below = after(last).min(after(first).saturating_add(most).saturating_sub(1));
        let start = lines.get(after(first).saturating_sub(1)).copied().unwrap_or(0);
        start..lines.get(below).map_or(file.text.len(), |next| next - 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_that_counting_gives() {
        let long = "ä\u{1f600}x ".repeat(700);
        for text in ["", "\n", "a\nb", "a\r\n\nß\n", long.as_str(), &format!("\n{long}\n{long}é")] {
            let mut files = Files::default();
            let file = files.put("a", text.into());
            for byte in 0..=text.len() + 1 {
                let before = &text[..floor(text, byte)];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                assert_eq!(files.position(file, u32::try_from(byte).unwrap()), Position { line, column });
            }
            files.put("a", "x\ny".into());
            assert_eq!(files.position(file, 2), Position { line: 2, column: 1 });
        }
    }
}
