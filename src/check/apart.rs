//! Where some readers see less than there is: the findings that hold whatever the rest may say.
//!
//! A finding that something is missing may be mended by what is left out, and one that came or went with an edit to that would tell of it.
//! So only rules are asked whose findings follow from what is seen, and none is told of a record of which something was taken.

use super::Rule;
use crate::diagnostic::Finding;
use crate::model::Playbook;

/// The rules that find what is there, or what a record itself lacks. The others find what nobody else says.
const BY_THEMSELVES: [&str; 61] = [
    "syntax",
    "unreadable",
    "unknown-key",
    "missing-field",
    "undecided",
    "wrong-type",
    "duplicate-id",
    "former-id",
    "retired-reference",
    "cycle",
    "same-title",
    "merge-marker",
    "unsafe-markup",
    "allow-expired",
    "no-accountable",
    "many-accountable",
    "no-responsible",
    "person-in-matrix",
    "many-responsible",
    "nobody-told",
    "repeated-role",
    "same-doer-and-approver",
    "missing-why",
    "no-verb",
    "missing-entry",
    "missing-exit",
    "one-sided-sla",
    "vague-sla",
    "declined-without-reason",
    "careless-recycle",
    "unprovable-criterion",
    "no-time-limit",
    "endless-nurture",
    "metric-without-definition",
    "impossible-target",
    "broken-series",
    "two-sources",
    "stale-series",
    "only-lagging",
    "reward-for-one",
    "retired-name",
    "retired-name-to-customer",
    "stale-fact",
    "contradicting-term",
    "avoided-synonym",
    "circular-definition",
    "claim-without-proof",
    "two-promises",
    "features-without-problem",
    "no-right-answer",
    "video-without-transcript",
    "teaches-nothing",
    "unverified-milestone",
    "answer-without-feedback",
    "review-overdue",
    "reviewed-in-future",
    "leans-on-draft",
    "ritual-without-outcome",
    "unanswered-loop",
    "missing-alt",
    "skipped-heading",
];

/// Whether a rule's findings hold whatever the rest may say.
pub fn holds_by_itself(rule: &str) -> bool {
    BY_THEMSELVES.contains(&rule)
}

/// Whether a rule has nothing to say here.
pub fn is_silent(rule: &Rule, playbook: &Playbook) -> bool {
    playbook.left_out.is_some() && !holds_by_itself(rule.name)
}

/// The findings that are told here.
pub fn kept(mut findings: Vec<Finding>, playbook: &Playbook) -> Vec<Finding> {
    if let Some(rest) = &playbook.left_out {
        findings.retain(|finding| !rest.has_gap(&finding.record));
    }
    findings
}
