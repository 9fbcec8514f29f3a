//! Segments and personas: who buys, and who has a say in it.

use super::funnel::Criterion;
use super::role::Role;
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{RecordKind, Ref};

/// A group of customers treated alike.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Segment {
    pub size: Option<Words>,
    pub kind: Option<OneOf<Market>>,
    pub fit: Vec<Criterion>,
    pub tier: Option<String>,
    pub coverage: Option<Ref<Role>>,
}

impl RecordKind for Segment {
    const KIND: Kind = Kind::Segment;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            size: f.optional("size", "how large they are"),
            kind: f.optional("kind", "whether they are firms or households"),
            fit: f.list("fit", "how one knows that they fit"),
            tier: f.optional("tier", "their rank"),
            coverage: f.optional("coverage", "the role that looks after them"),
        }
    }
}

/// Firms or households.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Market {
    B2B,
    B2C,
}

impl Choice for Market {
    const WORDS: &'static [(&'static str, Self)] = &[("B2B", Self::B2B), ("B2C", Self::B2C)];
}

/// Somebody in the buying group.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Persona {
    pub segments: Vec<Ref<Segment>>,
    pub buying_role: Option<OneOf<BuyingRole>>,
    pub challenges: Vec<Challenge>,
    pub wants: Vec<Words>,
    pub objections: Vec<Objection>,
    pub channels: Vec<String>,
}

impl RecordKind for Persona {
    const KIND: Kind = Kind::Persona;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            segments: f.list("segments", "where one meets them"),
            buying_role: f.optional("buying_role", "their part in the decision"),
            challenges: f.list("challenges", "what makes their day hard"),
            wants: f.list("wants", "what they want"),
            objections: f.list("objections", "what they say against it, and what we answer"),
            channels: f.list("channels", "where one reaches them"),
        }
    }
}

/// A part in the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum BuyingRole {
    Champion,
    Economic,
    Technical,
    User,
    Legal,
    Blocker,
}

impl Choice for BuyingRole {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("champion", Self::Champion),
        ("economic", Self::Economic),
        ("technical", Self::Technical),
        ("user", Self::User),
        ("legal", Self::Legal),
        ("blocker", Self::Blocker),
    ];
}

/// What makes a day hard, and how we know.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Challenge {
    pub text: Option<Words>,
    pub evidence: Option<Words>,
}

impl Inline for Challenge {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { text: f.required("text", "what is hard"), evidence: f.optional("evidence", "how we know") }
    }
}

/// What a buyer says against it.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Objection {
    pub says: Option<Words>,
    pub answer: Option<Words>,
}

impl Inline for Objection {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { says: f.required("says", "what they say"), answer: f.optional("answer", "what we answer") }
    }
}
