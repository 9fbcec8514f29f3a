//! Stages, hand-overs and ways back: the buyer's way, and what teams promise along it.

use super::goal::Metric;
use super::role::Role;
use super::team::Team;
use crate::diagnostic::{Span, Spanned};
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{RecordKind, Ref};
use crate::model::value::{Duration, Money, Percent};

/// A stage.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Stage {
    pub side: Option<OneOf<BowSide>>,
    pub order: Option<u32>,
    pub teams: Vec<Ref<Team>>,
    pub definition: Option<Words>,
    pub buyer: Option<Buyer>,
    pub entry: Vec<Criterion>,
    pub exit: Vec<Criterion>,
    pub exits: Vec<Exit>,
    pub outcome: Option<OneOf<Outcome>>,
    pub typical: Option<Duration>,
    pub at_most: Option<Duration>,
    pub probability: Option<Spanned<Percent>>,
    pub direct_entries: Vec<DirectEntry>,
}

impl RecordKind for Stage {
    const KIND: Kind = Kind::Stage;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            side: f.required("side", "whether a client is won or kept here"),
            order: f.required("order", "its place on the way"),
            teams: f.list("teams", "the teams that work in it"),
            definition: f.optional("definition", "what it is"),
            buyer: f.optional("buyer", "what the buyer is doing and asking"),
            entry: f.list("entry", "what must be true to come in"),
            exit: f.list("exit", "what must be true to go on"),
            exits: f.list("exits", "where one can go from here"),
            outcome: f.optional("outcome", "how the way ends here"),
            typical: f.optional("typical", "how long one usually stays"),
            at_most: f.optional("at_most", "how long one may stay"),
            probability: f.optional("probability", "how many of a hundred are won from here"),
            direct_entries: f.list("direct_entries", "ways straight in"),
        }
    }
}

/// Both sides of Won.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum BowSide {
    Acquire,
    Keep,
}

impl Choice for BowSide {
    const WORDS: &'static [(&'static str, Self)] = &[("acquire", Self::Acquire), ("keep", Self::Keep)];
}

/// How the way ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Outcome {
    Won,
    Lost,
    Ended,
}

impl Choice for Outcome {
    const WORDS: &'static [(&'static str, Self)] = &[("won", Self::Won), ("lost", Self::Lost), ("ended", Self::Ended)];
}

/// The buyer's lane.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Buyer {
    pub doing: Option<Words>,
    pub asking: Option<Words>,
}

impl Inline for Buyer {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { doing: f.optional("doing", "what the buyer is doing"), asking: f.optional("asking", "what the buyer is asking") }
    }
}

/// What must be true, and where one can see it.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Criterion {
    pub text: Option<Words>,
    pub evidence: Option<Words>,
    pub kind: Option<OneOf<CriterionKind>>,
    pub agreed_by: Vec<Ref<Team>>,
    pub span: Span,
}

impl Inline for Criterion {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            text: f.required("text", "what must be true"),
            evidence: f.optional("evidence", "where one can see it"),
            kind: f.optional("kind", "what it speaks of"),
            agreed_by: f.list("agreed_by", "the teams that have agreed on it"),
            span: f.place(),
        }
    }
}

/// What a criterion speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum CriterionKind {
    Fit,
    Intent,
    Readiness,
    Commitment,
}

impl Choice for CriterionKind {
    const WORDS: &'static [(&'static str, Self)] =
        &[("fit", Self::Fit), ("intent", Self::Intent), ("readiness", Self::Readiness), ("commitment", Self::Commitment)];
}

/// A way out of a stage.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Exit {
    pub to: Option<Ref<Stage>>,
    pub reason: Option<Words>,
    pub span: Span,
}

impl Inline for Exit {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { to: f.optional("to", "the stage it leads to"), reason: f.optional("reason", "why one goes there"), span: f.place() }
    }
}

/// A way straight into a stage.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct DirectEntry {
    pub from: Option<Words>,
    pub sla: Option<Words>,
}

impl Inline for DirectEntry {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { from: f.required("from", "where they come from"), sla: f.optional("sla", "what is promised to them") }
    }
}

/// What one team gives another.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Handoff {
    pub from: Option<Ref<Stage>>,
    pub to: Option<Ref<Stage>>,
    pub gives: Vec<Gift>,
    pub sla: Vec<Promise>,
    pub decline_reasons: Vec<Words>,
    pub escalate: Vec<Escalation>,
}

impl RecordKind for Handoff {
    const KIND: Kind = Kind::Handoff;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            from: f.required("from", "the stage it leaves"),
            to: f.required("to", "the stage it reaches"),
            gives: f.list("gives", "what is handed over"),
            sla: f.list("sla", "what each side promises"),
            decline_reasons: f.list("decline_reasons", "why the receiver may say no"),
            escalate: f.list("escalate", "who hears of it when time runs out"),
        }
    }
}

/// What is handed over.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Gift {
    pub what: Option<Words>,
    pub evidence: Option<Words>,
}

impl Inline for Gift {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { what: f.required("what", "what is handed over"), evidence: f.optional("evidence", "where one can see it") }
    }
}

/// A promise between two teams.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Promise {
    pub who: Option<Ref<Role>>,
    pub promises: Option<Words>,
    pub within: Option<Duration>,
    pub clock_starts: Option<Words>,
    pub counts: Option<Words>,
    pub target: Option<Percent>,
    pub metric: Option<Ref<Metric>>,
    pub span: Span,
}

impl Inline for Promise {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            who: f.required("who", "the role that promises"),
            promises: f.required("promises", "what it promises"),
            within: f.required("within", "how soon"),
            clock_starts: f.optional("clock_starts", "when the clock starts"),
            counts: f.optional("counts", "what counts as kept"),
            target: f.optional("target", "how many of a hundred are to be kept"),
            metric: f.optional("metric", "the number that tells"),
            span: f.place(),
        }
    }
}

/// Who hears of a promise that is running out of time.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Escalation {
    pub at: Option<Percent>,
    pub tell: Option<Ref<Role>>,
}

impl Inline for Escalation {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { at: f.required("at", "at how much of the time"), tell: f.optional("tell", "the role that hears of it") }
    }
}

/// Where a "no" goes, and what calls it back.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Recycle {
    pub from: Option<Ref<Stage>>,
    pub to: Option<Ref<Stage>>,
    pub reasons: Vec<Words>,
    pub return_when: Option<Words>,
    pub return_to: Option<Ref<Stage>>,
    pub cool_down: Option<Duration>,
    pub at_most: Option<Effort>,
    pub not_to: Option<Words>,
}

impl RecordKind for Recycle {
    const KIND: Kind = Kind::Recycle;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            from: f.required("from", "the stage it leaves"),
            to: f.required("to", "where it waits"),
            reasons: f.list("reasons", "the reasons that lead here"),
            return_when: f.optional("return_when", "what calls it back"),
            return_to: f.optional("return_to", "the stage it comes back to"),
            cool_down: f.optional("cool_down", "how long it is left in peace"),
            at_most: f.optional("at_most", "how much effort is spent"),
            not_to: f.optional("not_to", "who does not get it back"),
        }
    }
}

/// A limit of effort (seed 000: "balancing very well the required effort").
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Effort {
    pub loops: Option<u32>,
    pub touches: Option<u32>,
    pub time: Option<Duration>,
    pub spend: Option<Money>,
}

impl Inline for Effort {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            loops: f.optional("loops", "how often it may go round"),
            touches: f.optional("touches", "how often it is written to"),
            time: f.optional("time", "for how long"),
            spend: f.optional("spend", "at what cost"),
        }
    }
}
