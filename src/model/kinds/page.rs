//! Prose and what stands beside it: pages, announcements, the charter, search contracts.

use super::role::Role;
use super::team::Team;
use crate::diagnostic::{Span, Spanned};
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{Addresses, Anything, Mention, RecordKind, Ref, RoleOrTeam};
use crate::model::value::Duration;
use jiff::civil::Date;

/// Prose.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Page {
    pub section: Option<String>,
    pub answers: Vec<Words>,
    pub nav: Option<Nav>,
}

impl RecordKind for Page {
    const KIND: Kind = Kind::Page;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        f.optional::<Addresses>("redirect_from", "addresses it had before, which lead here");
        Self {
            section: f.optional("section", "the group it stands in"),
            answers: f.list("answers", "the questions it answers"),
            nav: f.optional("nav", "its place in the navigation"),
        }
    }
}

/// A page's place in the navigation.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Nav {
    pub order: Option<u32>,
    pub hide: bool,
}

impl Inline for Nav {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            order: f.optional("order", "its place among its neighbours"),
            hide: f.flag("hide", "whether it is left out of the navigation"),
        }
    }
}

/// What changed, why, and whom it concerns.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Change {
    pub kind: Option<OneOf<ChangeKind>>,
    pub about: Vec<Mention<Anything>>,
    pub why: Option<Words>,
    pub tell: Vec<Mention<RoleOrTeam>>,
    pub read_by: Option<Date>,
    pub effective: Option<Date>,
}

impl RecordKind for Change {
    const KIND: Kind = Kind::Change;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            kind: f.required("kind", "what changed"),
            about: f.required_list("about", "what it is about"),
            why: f.optional("why", "why it changed"),
            tell: f.list("tell", "the teams or roles that must know"),
            read_by: f.optional("read_by", "by when they must have read it"),
            effective: f.required("effective", "from which day it holds"),
        }
    }
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum ChangeKind {
    Rename,
    Price,
    Owner,
    Process,
    Promotion,
    Other,
}

impl Choice for ChangeKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("rename", Self::Rename),
        ("price", Self::Price),
        ("owner", Self::Owner),
        ("process", Self::Process),
        ("promotion", Self::Promotion),
        ("other", Self::Other),
    ];
}

/// Why we work together (seed 003, strategy 1).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Charter {
    pub purpose: Option<Words>,
    pub sponsors: Vec<Sponsor>,
    pub escalation: Vec<Dispute>,
    pub credit_policy: Option<Words>,
    pub principles: Vec<Words>,
}

impl RecordKind for Charter {
    const KIND: Kind = Kind::Charter;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            purpose: f.required("purpose", "what all of it is for"),
            sponsors: f.list("sponsors", "who has signed it"),
            escalation: f.list("escalation", "how a disagreement ends"),
            credit_policy: f.optional("credit_policy", "whose success a new client is"),
            principles: f.list("principles", "what we hold to"),
        }
    }
}

/// Who has signed.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Sponsor {
    pub role: Option<Ref<Role>>,
    pub team: Option<Ref<Team>>,
    pub signed: Option<Date>,
    pub span: Span,
}

impl Inline for Sponsor {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            role: f.required("role", "the role that signed"),
            team: f.optional("team", "the team it signed for"),
            signed: f.optional("signed", "on which day"),
            span: f.place(),
        }
    }
}

/// How a disagreement ends.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Dispute {
    pub when: Option<Words>,
    pub decider: Option<Ref<Role>>,
    pub within: Option<Duration>,
    pub span: Span,
}

impl Inline for Dispute {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            when: f.required("when", "when it applies"),
            decider: f.optional("decider", "the role that decides"),
            within: f.optional("within", "how soon"),
            span: f.place(),
        }
    }
}

/// A query and where it must lead.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Expect {
    pub query: Option<Spanned<String>>,
    pub top: Option<Mention<Anything>>,
    pub within: Option<u32>,
    pub card: Option<Mention<Anything>>,
}

impl RecordKind for Expect {
    const KIND: Kind = Kind::Expect;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            query: f.required("query", "what a reader types"),
            top: f.optional("top", "what must come first, or within the first few"),
            within: f.optional("within", "how many are the first few"),
            card: f.optional("card", "whose answer card must be shown"),
        }
    }
}
