//! What is said, apart from how it is written.

use std::ops::Range;

/// Two texts say the same if these are equal: case, white space and punctuation do not count.
pub fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The words of a text, each with its place; what a hyphen or an apostrophe joins is one.
pub fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}');
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (open, joins(c)) {
            (None, true) => open = Some(at),
            (Some(from), false) => {
                found.push((from..at, text.get(from..at).unwrap_or("").to_lowercase()));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// "1 question", "2 questions".
pub fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
