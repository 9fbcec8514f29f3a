//! What can be said about a source text, and how it is shown.
//!
//! A finding is made where the fault is known and worded once; the terminal and
//! the machine format only print it.

pub mod baseline;
pub mod difference;
pub mod files;
pub mod github;
pub mod machine;
pub mod sarif;
pub mod span;
pub mod suggest;
pub mod terminal;

pub use files::{FileId, Files};
pub use span::{Span, Spanned};

use serde::Serialize;
use std::cmp::Ordering;

/// How much a finding matters; `Off` never reaches a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// Shown with `--hints`.
    Hint,
    /// Fails a build only with `--deny warnings`.
    Warning,
    /// Fails a build.
    Error,
}

impl Level {
    /// The level a word in `[checks]` stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "error" => Some(Self::Error),
            "warning" => Some(Self::Warning),
            "hint" => Some(Self::Hint),
            "off" => Some(Self::Off),
            _ => None,
        }
    }

    /// The word that is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing the playbook gets wrong, at one place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's name, as in `onside explain NAME`.
    pub rule: &'static str,
    /// The level after `[checks]` and the tolerance of pages.
    pub level: Level,
    /// The fact, lower case and without a full stop; names in backticks.
    pub message: String,
    /// The words under the excerpt's underline.
    pub label: String,
    /// Where.
    pub span: Span,
    /// The record it speaks of, as `kind:id`; empty where there is none.
    pub record: String,
    /// One thing to do.
    pub help: String,
    /// Why it matters: the first sentence of the rule's own reason.
    pub why: String,
    /// The other ends.
    pub related: Vec<Related>,
    /// A mend that can be applied as it stands.
    pub fix: Option<Fix>,
}

/// The other end of a finding.
#[derive(Debug, Clone)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// Edits that remove a finding and add none.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What the fix does, as an imperative.
    pub title: String,
    /// Replacements that do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Finding {
    /// A finding at a place; its level is set when it is reported.
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self {
            rule: "",
            level: Level::Off,
            message: message.into(),
            label: String::new(),
            span,
            record: String::new(),
            help: String::new(),
            why: String::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// The words under the underline.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// One imperative.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// A level of its own in the place of its rule's; what `[checks]` says goes before it.
    #[must_use]
    pub fn usually(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The record it speaks of.
    #[must_use]
    pub fn of(mut self, record: impl ToString) -> Self {
        self.record = record.to_string();
        self
    }

    /// Another end.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// A replacement that mends it.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] });
        self
    }
}

/// All findings of a run, in the order of files and places.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Puts findings in order: by file, place, rule and words.
    pub fn sorted(mut list: Vec<Finding>, files: &Files) -> Self {
        list.sort_by(|a, b| {
            let place = |f: &Finding| (f.span.start, f.span.end, f.rule);
            let path = |f: &Finding| files.path(f.span.file);
            let by_file = if a.span.file == b.span.file { Ordering::Equal } else { path(a).cmp(path(b)) };
            by_file.then_with(|| place(a).cmp(&place(b))).then_with(|| a.message.cmp(&b.message))
        });
        list.dedup_by(|a, b| a.rule == b.rule && a.span == b.span && a.message == b.message);
        Self { list }
    }

    /// Every finding.
    pub fn all(&self) -> &[Finding] {
        &self.list
    }

    /// Every finding, to keep.
    pub fn into_all(self) -> Vec<Finding> {
        self.list
    }

    /// How many stand at a level.
    pub fn count(&self, level: Level) -> usize {
        self.list.iter().filter(|f| f.level == level).count()
    }

    /// Whether a build must stop.
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    /// Only those a predicate keeps.
    #[must_use]
    pub fn filtered(self, keep: impl Fn(&Finding) -> bool) -> Self {
        Self { list: self.list.into_iter().filter(keep).collect() }
    }
}
