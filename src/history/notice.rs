//! What the history lacks, and the one thing that mends it: a repository never fails a build.

use std::fmt;

/// A part of the history that is missing or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// What is missing and why, as a sentence without its full stop.
    pub text: String,
    /// What mends it.
    pub remedy: String,
    /// Whether many do well without it, so that a build need not say so each time.
    pub ordinary: bool,
}

impl Notice {
    /// What is missing, and what mends it.
    pub fn new(text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { text: text.into(), remedy: remedy.into(), ordinary: false }
    }

    /// The same, said only to those who ask for versions.
    #[must_use]
    pub fn ordinary(self) -> Self {
        Self { ordinary: true, ..self }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.text, self.remedy)
    }
}

/// "`v1`", "`v1` and `v2`", "`v1`, `v2` and 3 more": with the word for one or for several.
pub fn listed(one: &str, several: &str, names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(quoted.len());
    match (quoted.as_slice(), more) {
        ([name], 0) => format!("{one} {name}"),
        ([first @ .., last], 0) => format!("{several} {} and {last}", first.join(", ")),
        (all, more) => format!("{several} {} and {more} more", all.join(", ")),
    }
}
