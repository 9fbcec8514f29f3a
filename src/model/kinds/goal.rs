//! Goals and numbers: what counts as success, and who carries which part of it.

use super::funnel::Stage;
use super::rhythm::Tool;
use super::role::Role;
use super::team::{Horizon, Team};
use crate::diagnostic::{Span, Spanned};
use crate::model::field::{Choice, Fields, Inline, OneOf, Words};
use crate::model::kind::Kind;
use crate::model::types::{Amount, RecordKind, Ref, Unit};
use crate::model::value::{Cadence, Decimal};
use jiff::civil::Date;

/// What teams want to reach.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Goal {
    pub scope: Option<OneOf<Scope>>,
    pub owners: Vec<Ref<Role>>,
    pub why: Option<Words>,
    pub part_of: Option<Ref<Goal>>,
    pub value: Option<OneOf<Worth>>,
    pub horizon: Option<OneOf<Horizon>>,
    pub metrics: Vec<Ref<Metric>>,
    pub submetrics: Vec<Submetric>,
    pub rewards: Vec<Reward>,
    pub stages: Vec<Ref<Stage>>,
    pub due: Option<Date>,
}

impl RecordKind for Goal {
    const KIND: Kind = Kind::Goal;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            scope: f.required("scope", "whether teams share it"),
            owners: f.list("owners", "the roles that carry it"),
            why: f.optional("why", "why it was set"),
            part_of: f.optional("part_of", "the goal it serves"),
            value: f.optional("value", "what it is worth to the company"),
            horizon: f.optional("horizon", "how far ahead it looks"),
            metrics: f.list("metrics", "the numbers that tell"),
            submetrics: f.list("submetrics", "each team's part"),
            rewards: f.list("rewards", "what a team gets for it"),
            stages: f.list("stages", "the stages it speaks of"),
            due: f.optional("due", "by when"),
        }
    }
}

/// Shared or a team's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Scope {
    Shared,
    Team,
}

impl Choice for Scope {
    const WORDS: &'static [(&'static str, Self)] = &[("shared", Self::Shared), ("team", Self::Team)];
}

/// What it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Worth {
    Revenue,
    Margin,
    Cost,
    Loyalty,
    Brand,
}

impl Choice for Worth {
    const WORDS: &'static [(&'static str, Self)] =
        &[("revenue", Self::Revenue), ("margin", Self::Margin), ("cost", Self::Cost), ("loyalty", Self::Loyalty), ("brand", Self::Brand)];
}

/// A team's part of a goal.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Submetric {
    pub team: Option<Ref<Team>>,
    pub metric: Option<Ref<Metric>>,
    pub target: Option<Amount>,
    pub target_span: Option<Span>,
}

impl Inline for Submetric {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            team: f.required("team", "the team"),
            metric: f.optional("metric", "the number that tells"),
            target: f.optional("target", "what it is to reach"),
            target_span: f.place_of("target"),
        }
    }
}

/// What a team gets for a goal.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Reward {
    pub team: Option<Ref<Team>>,
    pub how: Option<Words>,
}

impl Inline for Reward {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { team: f.required("team", "the team"), how: f.optional("how", "how it is rewarded") }
    }
}

/// What is counted. Its months stand in `series/<id>.csv`.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Metric {
    pub definition: Option<Words>,
    pub formula: Option<Spanned<String>>,
    pub unit: Option<Unit>,
    pub direction: Option<OneOf<Direction>>,
    pub source: Option<Ref<Tool>>,
    pub cadence: Option<Cadence>,
    pub leading: bool,
    pub measures: Option<OneOf<Measures>>,
    pub pairs_with: Option<Ref<Metric>>,
    pub baseline: Option<Amount>,
    pub target: Option<Amount>,
    pub starter: bool,
    /// Read from `series/<id>.csv`, oldest first.
    pub series: Vec<Point>,
}

impl RecordKind for Metric {
    const KIND: Kind = Kind::Metric;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            definition: f.optional("definition", "what is counted, exactly"),
            formula: f.optional("formula", "how it follows from other metrics"),
            unit: f.required("unit", "what it counts in"),
            direction: f.required("direction", "which way is good"),
            source: f.optional("source", "the tool it is read from"),
            cadence: f.optional("cadence", "how often it is read"),
            leading: f.flag("leading", "whether it tells before the result is in"),
            measures: f.optional("measures", "whether it counts what is done or what comes of it"),
            pairs_with: f.optional("pairs_with", "the metric that keeps it honest"),
            baseline: f.optional("baseline", "where it began"),
            target: f.optional("target", "what it is to reach"),
            starter: f.flag("starter", "whether it is one of the two to begin with"),
            series: Vec::new(),
        }
    }
}

impl Metric {
    /// An amount in this metric's unit, as a reader sees it.
    pub fn show(&self, amount: &str) -> String {
        self.unit.as_ref().map_or_else(|| amount.to_owned(), |u| u.show(amount))
    }
}

/// One point of a series.
#[derive(Debug, Clone)]
pub struct Point {
    /// The last day it speaks of.
    pub date: Date,
    /// In the metric's unit.
    pub value: Decimal,
    /// What happened.
    pub note: Option<String>,
    /// Where the row stands.
    pub span: crate::diagnostic::Span,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Direction {
    Up,
    Down,
}

impl Choice for Direction {
    const WORDS: &'static [(&'static str, Self)] = &[("up", Self::Up), ("down", Self::Down)];
}

/// Doing or result (seed 003, strategy 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Measures {
    Activity,
    Outcome,
}

impl Choice for Measures {
    const WORDS: &'static [(&'static str, Self)] = &[("activity", Self::Activity), ("outcome", Self::Outcome)];
}
