//! The door to similar: what changes in a text, line by line, as `diff -u` shows it; and in any list.

use super::terminal::Colour;
use similar::{Algorithm, ChangeTag, DiffTag, TextDiff, capture_diff_slices};
use std::hash::Hash;
use std::ops::Range;

/// The changed lines of a file with two lines around them.
pub fn unified(path: &str, before: &str, after: &str, colour: Colour) -> String {
    let paint = |code: &str, line: &str| match colour {
        Colour::On => format!("\u{1b}[{code}m{line}\u{1b}[0m\n"),
        Colour::Off => format!("{line}\n"),
    };
    let diff = TextDiff::from_lines(before, after);
    let mut text = paint("1", &format!("--- {path}")) + &paint("1", &format!("+++ {path}"));
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        text.push_str(&paint("36", hunk.header().to_string().trim_end()));
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches('\n');
            text.push_str(&match change.tag() {
                ChangeTag::Delete => paint("31", &format!("-{line}")),
                ChangeTag::Insert => paint("32", &format!("+{line}")),
                ChangeTag::Equal => format!(" {line}\n"),
            });
        }
    }
    text
}

/// A changed text as its file writes it: byte order mark and the line ends of every line that stays are kept.
pub fn as_written(raw: &str, before: &str, after: &str) -> String {
    let (mark, body) = raw.strip_prefix('\u{feff}').map_or(("", raw), |rest| ("\u{feff}", rest));
    if !body.contains("\r\n") {
        return format!("{mark}{after}");
    }
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let mut text = mark.to_owned();
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        match (change.tag(), change.old_index().and_then(|at| lines.get(at))) {
            (ChangeTag::Delete, _) => {}
            (ChangeTag::Equal, Some(line)) => text.push_str(line),
            _ => text.push_str(&change.value().replace('\n', "\r\n")),
        }
    }
    text
}

/// A stretch of two lists side by side, by places in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// In the first.
    pub before: Range<usize>,
    /// In the second.
    pub after: Range<usize>,
    /// Whether both hold the same there.
    pub same: bool,
}

/// So many comparisons are made at most; two lists that ask for more are taken as wholly different between their like ends.
const PATIENCE: usize = 40_000_000;

/// What two lists have in common and where they differ, in order.
pub fn stretches<T: Hash + Eq + Ord>(before: &[T], after: &[T]) -> Vec<Stretch> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (old, new) = (before.get(head..).unwrap_or_default(), after.get(head..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(..old.len() - tail).unwrap_or_default(), new.get(..new.len() - tail).unwrap_or_default());
    let like = |from: usize, to: usize, len: usize| Stretch { before: from..from + len, after: to..to + len, same: true };
    let mut all = vec![like(0, 0, head)];
    if old.len().saturating_mul(new.len()) > PATIENCE {
        all.push(Stretch { before: head..head + old.len(), after: head..head + new.len(), same: false });
    } else {
        let shifted = |range: Range<usize>| range.start + head..range.end + head;
        all.extend(capture_diff_slices(Algorithm::Myers, old, new).iter().map(|op| Stretch {
            before: shifted(op.old_range()),
            after: shifted(op.new_range()),
            same: op.tag() == DiffTag::Equal,
        }));
    }
    all.push(like(before.len() - tail, after.len() - tail, tail));
    all.retain(|s| !s.before.is_empty() || !s.after.is_empty());
    all
}
