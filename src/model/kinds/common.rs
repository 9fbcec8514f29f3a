//! What every record can say of itself: who keeps it, when it was reviewed, what it allows.

use super::role::Role;
use crate::diagnostic::{Span, Spanned};
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::types::{Audiences, Ref};
use crate::model::value::Duration;
use jiff::civil::Date;

/// The fields of every record.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// One sentence.
    pub summary: Option<Words>,
    /// Who keeps it; inherited unless the kind states its own.
    pub owner: Option<Ref<Role>>,
    /// Whether it is in force.
    pub status: Option<OneOf<Status>>,
    /// Since which version or day.
    pub since: Option<String>,
    /// Ids it has given up.
    pub was: Vec<Spanned<String>>,
    /// Free words.
    pub tags: Vec<String>,
    /// When somebody last read it through.
    pub reviewed: Option<Spanned<Date>>,
    /// How often that should be; inherited.
    pub review_every: Option<Duration>,
    /// Who may read it; everyone where none is named. Inherited.
    pub audience: Vec<Spanned<String>>,
    /// Where it comes from.
    pub sources: Vec<Words>,
    /// Findings it is allowed.
    pub allow: Vec<Allow>,
}

/// Whether a record is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet.
    Draft,
    /// Yes.
    Active,
    /// Still, but not for new work.
    Deprecated,
    /// No longer.
    Retired,
}

impl Choice for Status {
    const WORDS: &'static [(&'static str, Self)] =
        &[("draft", Self::Draft), ("active", Self::Active), ("deprecated", Self::Deprecated), ("retired", Self::Retired)];
}

/// A finding that is allowed, why, and until when.
#[derive(Debug, Clone)]
pub struct Allow {
    /// The rule.
    pub rule: Option<Spanned<String>>,
    /// The reason.
    pub why: Option<String>,
    /// The last day.
    pub until: Option<Spanned<Date>>,
    /// Where it stands.
    pub span: Span,
}

impl Inline for Allow {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            rule: f.required("rule", "the rule whose finding is allowed"),
            why: f.optional("why", "the reason"),
            until: f.optional("until", "the last day it is allowed"),
            span: f.place(),
        }
    }
}

impl Common {
    /// Declares them; title and id are read before any field is.
    pub fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            summary: f.optional("summary", "one sentence that says what it is"),
            owner: f.optional("owner", "the role that keeps this record true"),
            status: f.optional("status", "whether it is in force"),
            since: f.optional("since", "since which version or day it holds"),
            was: f.list("was", "ids it has given up; they redirect"),
            tags: f.list("tags", "free words to find it by"),
            reviewed: f.optional("reviewed", "the day somebody last read it through"),
            review_every: f.optional("review_every", "how often that should be"),
            audience: f.optional::<Audiences>("audience", "who may read it; everyone where none is named").unwrap_or_default().0,
            sources: f.list("sources", "where it comes from"),
            allow: f.list("allow", "findings that are allowed here, why, and until when"),
        }
    }
}
