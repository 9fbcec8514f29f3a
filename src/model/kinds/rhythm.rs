//! When people meet, how what is heard comes back, and the tools they share.

use super::role::Role;
use super::team::Team;
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{Mention, MetricOrStage, RecordKind, Ref};
use crate::model::value::{Cadence, Duration};
use jiff::civil::Date;

/// A meeting that comes again.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Ritual {
    pub kind: Option<OneOf<RitualKind>>,
    pub cadence: Option<Cadence>,
    pub attends: Vec<Ref<Role>>,
    pub agenda: Vec<AgendaItem>,
    pub outputs: Vec<Words>,
    pub starts: Option<Date>,
}

impl RecordKind for Ritual {
    const KIND: Kind = Kind::Ritual;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            kind: f.required("kind", "what it is for"),
            cadence: f.required("cadence", "when it comes again"),
            attends: f.list("attends", "the roles that come"),
            agenda: f.list("agenda", "what is done, in order"),
            outputs: f.list("outputs", "what there is afterwards"),
            starts: f.optional("starts", "the first day"),
        }
    }
}

/// What a meeting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum RitualKind {
    JointPlanning,
    StandUp,
    Pipeline,
    Numbers,
    WinLoss,
    ProductGap,
    BusinessReview,
    OneToOne,
    RideAlong,
    Celebration,
    Other,
}

impl Choice for RitualKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("joint-planning", Self::JointPlanning),
        ("stand-up", Self::StandUp),
        ("pipeline", Self::Pipeline),
        ("numbers", Self::Numbers),
        ("win-loss", Self::WinLoss),
        ("product-gap", Self::ProductGap),
        ("business-review", Self::BusinessReview),
        ("one-to-one", Self::OneToOne),
        ("ride-along", Self::RideAlong),
        ("celebration", Self::Celebration),
        ("other", Self::Other),
    ];
}

/// A point of an agenda.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct AgendaItem {
    pub item: Option<Words>,
    pub kind: Option<OneOf<ItemKind>>,
    pub minutes: Option<u32>,
}

impl Inline for AgendaItem {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            item: f.required("item", "what it is"),
            kind: f.optional("kind", "what is done with it"),
            minutes: f.optional("minutes", "how long"),
        }
    }
}

/// What is done with a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum ItemKind {
    Review,
    Update,
    Decide,
    Win,
}

impl Choice for ItemKind {
    const WORDS: &'static [(&'static str, Self)] =
        &[("review", Self::Review), ("update", Self::Update), ("decide", Self::Decide), ("win", Self::Win)];
}

/// What is asked, who answers, and how it closes (seed 002, "Close the loop").
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Loop {
    pub kind: Option<OneOf<LoopKind>>,
    pub from: Option<Ref<Role>>,
    pub to: Option<Ref<Role>>,
    pub asks: Vec<Words>,
    pub when: Option<Words>,
    pub answer_within: Option<Duration>,
    pub closes_with: Option<Words>,
    pub dimensions: Vec<String>,
    pub ritual: Option<Ref<Ritual>>,
}

impl RecordKind for Loop {
    const KIND: Kind = Kind::Loop;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            kind: f.required("kind", "what comes back"),
            from: f.required("from", "the role that tells"),
            to: f.required("to", "the role that listens"),
            asks: f.list("asks", "what is asked"),
            when: f.optional("when", "when it is sent"),
            answer_within: f.optional("answer_within", "how soon it is answered"),
            closes_with: f.optional("closes_with", "what shows that it was heard"),
            dimensions: f.list("dimensions", "by what it is sorted"),
            ritual: f.optional("ritual", "the meeting that looks at it"),
        }
    }
}

/// What comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum LoopKind {
    LeadQuality,
    WinLoss,
    ProductGap,
    Content,
    Service,
    Field,
}

impl Choice for LoopKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("lead-quality", Self::LeadQuality),
        ("win-loss", Self::WinLoss),
        ("product-gap", Self::ProductGap),
        ("content", Self::Content),
        ("service", Self::Service),
        ("field", Self::Field),
    ];
}

/// Software, and what it is the record for.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Tool {
    pub used_by: Vec<Ref<Team>>,
    pub record_for: Vec<Mention<MetricOrStage>>,
    pub url: Option<String>,
    pub access: Option<Words>,
}

impl RecordKind for Tool {
    const KIND: Kind = Kind::Tool;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            used_by: f.list("used_by", "the teams that can open it"),
            record_for: f.list("record_for", "the metrics and stages whose record it is"),
            url: f.optional("url", "where it is"),
            access: f.optional("access", "how one gets in"),
        }
    }
}
