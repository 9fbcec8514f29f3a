//! A team: what moves it, and what it needs from the others.

use super::role::Role;
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{RecordKind, Ref};

/// A team. What it is working for is shown to the others (seed 004).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Team {
    pub lead: Option<Ref<Role>>,
    pub part_of: Option<Ref<Team>>,
    pub motivation: Option<Words>,
    pub horizon: Option<OneOf<Horizon>>,
    pub unit: Option<OneOf<Grouping>>,
    pub seeks: Option<Words>,
    pub focus: Option<Words>,
    pub what_we_do: Vec<Words>,
    pub strengths: Vec<Words>,
    pub needs_from: Vec<Need>,
}

impl RecordKind for Team {
    const KIND: Kind = Kind::Team;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            lead: f.required("lead", "the role that leads it"),
            part_of: f.optional("part_of", "the team it is a part of"),
            motivation: f.optional("motivation", "what it wants to reach, in its own words"),
            horizon: f.optional("horizon", "how far ahead it looks"),
            unit: f.optional("unit", "whether it is measured as a group or one by one"),
            seeks: f.optional("seeks", "what it looks for"),
            focus: f.optional("focus", "where its attention is"),
            what_we_do: f.list("what_we_do", "what it does, a line each"),
            strengths: f.list("strengths", "what it is good at"),
            needs_from: f.list("needs_from", "what it needs from other teams"),
        }
    }
}

/// The hue of the n-th team: 1 to 8 in the order in which teams are written.
pub fn hue(at: usize) -> u8 {
    u8::try_from(at % 8 + 1).unwrap_or(0)
}

/// How far ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Horizon {
    Short,
    Long,
    Both,
}

impl Choice for Horizon {
    const WORDS: &'static [(&'static str, Self)] = &[("short", Self::Short), ("long", Self::Long), ("both", Self::Both)];
}

/// How it is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Grouping {
    Group,
    Individual,
}

impl Choice for Grouping {
    const WORDS: &'static [(&'static str, Self)] = &[("group", Self::Group), ("individual", Self::Individual)];
}

/// What one team needs from another.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Need {
    pub team: Option<Ref<Team>>,
    pub what: Option<Words>,
}

impl Inline for Need {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { team: f.required("team", "the other team"), what: f.optional("what", "what is needed from it") }
    }
}
