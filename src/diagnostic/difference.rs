//! The door to similar: what changes in a text, line by line, as `diff -u` shows it.

use super::terminal::Colour;
use similar::{ChangeTag, TextDiff};

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
