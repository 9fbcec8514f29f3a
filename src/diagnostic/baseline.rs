//! What an old handbook is allowed for now: the findings of a day, so that only new ones are told.
//!
//! `{"version":1,"findings":[{"rule","in","text","count"}]}`: a finding is known again by its rule, its record (else its
//! file) and the words it points at. Lines, dates and the words of messages may change.

use super::{Files, Finding, Findings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the form.
const VERSION: u64 = 1;

/// So many characters of the words it points at tell a finding from others.
const LONGEST: usize = 80;

/// By what a finding is known, and how many are alike.
#[derive(Debug, Clone, Default)]
pub struct Baseline(BTreeMap<Key, usize>);

type Key = (String, String, String);

#[derive(Serialize, Deserialize)]
struct Document {
    version: u64,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    rule: String,
    #[serde(rename = "in")]
    place: String,
    text: String,
    count: usize,
}

/// What stays of a run once a baseline is taken off.
pub struct Remaining {
    /// The findings that it does not know.
    pub findings: Findings,
    /// How many findings it knows that are not found any more.
    pub gone: usize,
}

/// By what a finding is known.
fn key(finding: &Finding, files: &Files) -> Key {
    let place = if finding.record.is_empty() { files.path(finding.span.file) } else { &finding.record };
    let mut text = String::new();
    for word in files.slice(finding.span).split_whitespace() {
        if text.len() >= LONGEST * 4 {
            break;
        }
        let gap = if text.is_empty() { "" } else { " " };
        text.push_str(gap);
        text.extend(word.chars().take(LONGEST));
    }
    (finding.rule.to_owned(), place.to_owned(), text.chars().take(LONGEST).collect())
}

/// The same as one line, for other tools.
pub fn fingerprint(finding: &Finding, files: &Files) -> String {
    let (rule, place, text) = key(finding, files);
    format!("{rule} {place} {text}")
}

impl Baseline {
    /// Of a run's findings.
    pub fn of(findings: &Findings, files: &Files) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings.all() {
            *known.entry(key(finding, files)).or_insert(0) += 1;
        }
        Self(known)
    }

    /// As a file.
    pub fn text(&self) -> String {
        let entry = |((rule, place, text), count): (&Key, &usize)| Entry {
            rule: rule.clone(),
            place: place.clone(),
            text: text.clone(),
            count: *count,
        };
        let document = Document { version: VERSION, findings: self.0.iter().map(entry).collect() };
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }

    /// Of a file.
    ///
    /// # Errors
    /// A half-sentence that says why it cannot be used.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err("it is empty".to_owned());
        }
        let value: serde_json::Value = serde_json::from_str(text).map_err(|e| match e.is_eof() {
            true => format!("it breaks off in line {}", e.line()),
            false => format!("it is no JSON: {e}"),
        })?;
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => return Err(format!("it is of version {other}, and this Onside reads version {VERSION}")),
            None => return Err("it is JSON of another kind: it has no `version` of ours".to_owned()),
        }
        let document: Document = serde_json::from_value(value).map_err(|e| format!("it is JSON of another kind: {e}"))?;
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        for entry in document.findings {
            let count = known.entry((entry.rule, entry.place, entry.text)).or_insert(0);
            *count = count.saturating_add(entry.count);
        }
        Ok(Self(known))
    }

    /// Whether a text is a baseline, be it of another version: it may be written over.
    pub fn is_one(text: &str) -> bool {
        let value: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        let findings = value.get("findings").and_then(serde_json::Value::as_array);
        value.get("version").is_some_and(serde_json::Value::is_u64)
            && findings.is_some_and(|list| list.iter().all(|entry| entry.get("rule").is_some() && entry.get("in").is_some()))
    }

    /// How many findings it knows.
    pub fn count(&self) -> usize {
        self.0.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Takes off what it knows.
    pub fn remaining(mut self, findings: Findings, files: &Files) -> Remaining {
        let known = |finding: &Finding| match self.0.get_mut(&key(finding, files)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        };
        let (_, new): (Vec<Finding>, Vec<Finding>) = findings.into_all().into_iter().partition(known);
        Remaining { findings: Findings::sorted(new, files), gone: self.count() }
    }
}
