//! How far the teams are aligned: the share of check instances that hold, in the five overlaps of Marketing and Sales that
//! seed 004 names.
//!
//! An instance is one rule held against one record it is about. It holds where no error or warning of that rule names the record.
//! So anyone can count it again from `onside check --format json`.

use super::apart::holds_by_itself;
use crate::diagnostic::{Finding, Level};
use crate::model::{Kind, Playbook};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One overlap, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// "Responsibilities".
    pub name: &'static str,
    /// What both teams have to say alike.
    pub question: &'static str,
    /// How many instances hold.
    pub held: usize,
    /// How many there are.
    pub of: usize,
    /// Rule by rule.
    pub rules: Vec<Counted>,
}

/// One rule, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Its name.
    pub rule: &'static str,
    /// What it is about, as in `kind:id`: findings in records of other kinds are not counted.
    pub kinds: Vec<&'static str>,
    /// How many records it is about.
    pub of: usize,
    /// How many of them it has a finding in.
    pub open: usize,
}

/// An overlap: its name, what it asks, and by kind of record the rules that answer.
type Table = (&'static str, &'static str, &'static [(&'static [Kind], &'static [&'static str])]);

const OVERLAPS: [Table; 5] = [
    (
        "Responsibilities",
        "Does everybody know who answers for what?",
        &[
            (
                &[Kind::Activity],
                &[
                    "no-accountable",
                    "many-accountable",
                    "no-responsible",
                    "accountability-gap",
                    "person-in-matrix",
                    "many-responsible",
                    "nobody-told",
                    "accountable-below-responsible",
                    "missing-why",
                ],
            ),
            (&[Kind::Area], &["one-sided-area"]),
            (&[Kind::Role], &["vacant-accountable", "overloaded-role"]),
        ],
    ),
    (
        "Terms",
        "Do we use the same words, and today's?",
        &[
            (&[Kind::Term], &["contradicting-term", "circular-definition", "same-title"]),
            (&[Kind::Page, Kind::Lesson, Kind::Activity, Kind::Stage, Kind::Term], &["retired-name", "avoided-synonym"]),
        ],
    ),
    (
        "Goals",
        "Do we win and lose together?",
        &[
            (
                &[Kind::Goal],
                &[
                    "lonely-shared-goal",
                    "goal-without-owner",
                    "goal-without-target",
                    "only-lagging",
                    "reward-for-one",
                    "not-on-required-goal",
                ],
            ),
            (
                &[Kind::Metric],
                &["metric-without-definition", "metric-without-source", "two-sources", "volume-without-quality", "stale-series"],
            ),
            (&[Kind::Team], &["measured-one-way"]),
        ],
    ),
    (
        "Customer experience",
        "Is nobody dropped between two of us?",
        &[
            (
                &[Kind::Stage],
                &[
                    "missing-entry",
                    "missing-exit",
                    "dead-end",
                    "unreachable-stage",
                    "criteria-gap",
                    "unprovable-criterion",
                    "no-time-limit",
                ],
            ),
            (&[Kind::Handoff], &["one-sided-sla", "vague-sla", "declined-without-reason"]),
            (&[Kind::Stage, Kind::Handoff], &["handoff-without-sla", "agreed-by-one-team"]),
            (&[Kind::Recycle], &["careless-recycle", "endless-nurture"]),
            (&[Kind::Loop], &["unanswered-loop"]),
        ],
    ),
    (
        "Messaging",
        "Does a customer hear one story?",
        &[
            (&[Kind::Message], &["two-promises", "claim-without-proof", "features-without-problem"]),
            (&[Kind::Message, Kind::Asset], &["retired-name-to-customer", "stale-fact"]),
            (&[Kind::Segment, Kind::Persona], &["buying-group-hole"]),
        ],
    ),
];

/// Counts the findings of a run, rule by rule.
pub fn overlaps(findings: &[Finding], playbook: &Playbook) -> Vec<Overlap> {
    let mut open: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.level >= Level::Warning) {
        open.entry(finding.rule).or_default().insert(&finding.record);
    }
    OVERLAPS.iter().map(|table| counted(table, &open, playbook)).collect()
}

fn counted((name, question, parts): &Table, open: &BTreeMap<&str, BTreeSet<&str>>, playbook: &Playbook) -> Overlap {
    let mut rules = Vec::new();
    for (kinds, names) in *parts {
        let of = playbook.bases_of(kinds).len();
        if of == 0 {
            continue;
        }
        let about = |record: &&&str| record.split_once(':').and_then(|(kind, _)| Kind::from_word(kind)).is_some_and(|k| kinds.contains(&k));
        for rule in names.iter().filter(|name| !is_off(playbook, name)) {
            let open = open.get(rule).map_or(0, |records| records.iter().filter(about).count());
            rules.push(Counted { rule, kinds: kinds.iter().map(|k| k.word()).collect(), of, open: open.min(of) });
        }
    }
    let of = rules.iter().map(|r| r.of).sum();
    let open: usize = rules.iter().map(|r| r.open).sum();
    Overlap { name, question, held: of - open, of, rules }
}

/// What a playbook does not look at is neither held nor open.
fn is_off(playbook: &Playbook, rule: &str) -> bool {
    if playbook.left_out.is_some() && !holds_by_itself(rule) {
        return true;
    }
    let chosen = playbook.own().and_then(|s| s.checks.as_ref());
    chosen.is_some_and(|checks| checks.0.iter().any(|(name, level)| name.value == rule && *level < Level::Warning))
}
