//! What is sold, what is said about it, and the material that says it.

use super::customer::{Persona, Segment};
use super::funnel::Stage;
use super::team::Team;
use crate::diagnostic::{Span, Spanned};
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{Anything, Mention, RecordKind, Ref};
use crate::model::value::Money;
use jiff::civil::Date;

/// What is sold, under its one name (seed 004, the business lunch).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Offering {
    pub name: Option<String>,
    pub formerly: Vec<OldName>,
    pub price: Vec<Price>,
    pub segments: Vec<Ref<Segment>>,
    pub solves: Vec<Words>,
    pub not_for: Option<Words>,
    pub caller_says: Option<Words>,
}

impl RecordKind for Offering {
    const KIND: Kind = Kind::Offering;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            name: f.required("name", "what it is called today"),
            formerly: f.list("formerly", "what it was called, until when, and why that changed"),
            price: f.list("price", "what it costs, from which day"),
            segments: f.list("for", "whom it is for"),
            solves: f.list("solves", "what it solves"),
            not_for: f.optional("not_for", "what it is not for"),
            caller_says: f.optional("caller_says", "what to answer when a caller uses an old name"),
        }
    }
}

impl Offering {
    /// The price in force on a day.
    pub fn price_on(&self, day: Date) -> Option<&Price> {
        self.price.iter().filter(|p| p.from.is_none_or(|from| from <= day)).max_by_key(|p| p.from)
    }
}

/// A name that is no longer used.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct OldName {
    pub name: Option<Spanned<String>>,
    pub until: Option<Date>,
    pub why: Option<Words>,
}

impl OldName {
    /// The name itself.
    pub fn text(&self) -> Option<&str> {
        self.name.as_ref().map(|name| name.value.as_str())
    }
}

impl Inline for OldName {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            name: f.required("name", "the old name"),
            until: f.optional("until", "the day it ended"),
            why: f.optional("why", "why it ended"),
        }
    }
}

/// A price from a day on.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Price {
    pub from: Option<Date>,
    pub amount: Option<Money>,
}

impl Inline for Price {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { from: f.optional("from", "the first day"), amount: f.required("amount", "how much") }
    }
}

/// What is said to whom, about what.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Message {
    pub about: Option<Mention<Anything>>,
    pub persona: Option<Ref<Persona>>,
    pub stage: Option<Ref<Stage>>,
    pub problem: Option<Words>,
    pub promise: Option<Words>,
    pub proof: Vec<Proof>,
    pub say: Vec<Words>,
    pub avoid: Vec<Words>,
}

impl RecordKind for Message {
    const KIND: Kind = Kind::Message;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            about: f.required("about", "what it is about; `playbook` for the company as a whole"),
            persona: f.required("persona", "to whom it is said"),
            stage: f.optional("stage", "at which stage"),
            problem: f.optional("problem", "the problem it speaks to"),
            promise: f.required("promise", "what is promised"),
            proof: f.list("proof", "why one may believe it"),
            say: f.list("say", "words to use"),
            avoid: f.list("avoid", "words to leave"),
        }
    }
}

/// Why one may believe it.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Proof {
    pub claim: Option<Words>,
    pub source: Option<Words>,
    pub span: Span,
}

impl Inline for Proof {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { claim: f.required("claim", "the claim"), source: f.optional("source", "where it can be checked"), span: f.place() }
    }
}

/// A flyer, deck or form that carries names and prices (seed 004: the flyer).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Asset {
    pub kind: Option<OneOf<AssetKind>>,
    pub url: Option<String>,
    pub about: Vec<Mention<Anything>>,
    pub made_with: Vec<Ref<Team>>,
    pub says: Vec<Words>,
    pub replaced_by: Option<Ref<Asset>>,
}

impl RecordKind for Asset {
    const KIND: Kind = Kind::Asset;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            kind: f.required("kind", "what it is"),
            url: f.optional("url", "where it lies"),
            about: f.list("about", "what it is about"),
            made_with: f.list("made_with", "the teams that made it"),
            says: f.list("says", "the names and prices printed on it"),
            replaced_by: f.optional("replaced_by", "what replaces it"),
        }
    }
}

/// What a piece of material is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum AssetKind {
    Flyer,
    Deck,
    Mail,
    Case,
    Form,
    Letter,
    List,
    Card,
    Template,
    Sheet,
    Pack,
    Page,
    Video,
    Other,
}

impl Choice for AssetKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("flyer", Self::Flyer),
        ("deck", Self::Deck),
        ("mail", Self::Mail),
        ("case", Self::Case),
        ("form", Self::Form),
        ("letter", Self::Letter),
        ("list", Self::List),
        ("card", Self::Card),
        ("template", Self::Template),
        ("sheet", Self::Sheet),
        ("pack", Self::Pack),
        ("page", Self::Page),
        ("video", Self::Video),
        ("other", Self::Other),
    ];
}
