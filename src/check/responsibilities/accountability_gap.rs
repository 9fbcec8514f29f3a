//! Rows for segments that overlap, or that leave a segment without anybody accountable.

use super::called;
use crate::check::doubt::{in_force, is_retired};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, suggest};
use crate::model::Record;
use crate::model::kinds::responsibility::{Activity, When};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 001: "Depending upon the size of the target customer, Sales or Marketing will take the lead").
pub const RULE: Rule = Rule {
    name: "accountability-gap",
    level: Level::Error,
    why: "a customer who belongs to two belongs to nobody, and so does one whom no row mentions",
    page: include_str!("accountability_gap.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let segments = run.playbook.segments.iter().enumerate().filter(|(_, s)| in_force(&s.base));
    let segments: BTreeMap<usize, &str> = segments.map(|(at, s)| (at, s.title())).collect();
    let activities = run.playbook.activities.iter().filter(|a| !a.when.is_empty() && !is_retired(&a.base));
    let mut findings = Vec::new();
    for activity in activities {
        findings.extend(overlaps(run, activity));
        let whole = in_force(&activity.base) && !doubt.fields(&activity.base, &["accountable", "when", "segment"]);
        findings.extend(whole.then(|| gap(run, activity, &segments)).flatten());
    }
    findings
}

/// Each row for a segment that an earlier row is for.
fn overlaps(run: &Run<'_>, activity: &Record<Activity>) -> Vec<Finding> {
    let mut rows: BTreeMap<usize, &When> = BTreeMap::new();
    let mut findings = Vec::new();
    for when in &activity.when {
        let Some(segment) = &when.segment else { continue };
        let first = rows.entry(segment.at).or_insert(when);
        let there = first.segment.as_ref().filter(|_| !std::ptr::eq(*first, when));
        findings.extend(there.map(|there| {
            Finding::at(segment.span, format!("{} has two rows, and nobody can tell which holds", called(run, activity, Some(when))))
                .label("the second row for it")
                .also(there.span, "the first row for it")
                .help("make one row of the two")
                .of(&activity.base.name)
        }));
    }
    findings
}

/// The segments nobody is accountable for, where others have somebody.
fn gap(run: &Run<'_>, activity: &Record<Activity>, segments: &BTreeMap<usize, &str>) -> Option<Finding> {
    if activity.accountable.stated.is_some() || activity.when.iter().any(|w| w.segment.is_none()) {
        return None;
    }
    let stated = || activity.when.iter().filter(|w| w.accountable.stated.is_some());
    let first = stated().next()?;
    let covered: BTreeSet<usize> = stated().filter_map(|w| w.segment.as_ref()).map(|s| s.at).collect();
    let left = segments.len() - covered.iter().filter(|at| segments.contains_key(at)).count();
    // There may be thousands of either: only those that are shown are looked for.
    let shown: Vec<(usize, &str)> =
        segments.iter().filter(|(at, _)| !covered.contains(at)).map(|(at, title)| (*at, *title)).take(SHOWN).collect();
    let (at, one) = *shown.first()?;
    let titles: Vec<&str> = shown.iter().map(|(_, title)| *title).collect();
    let names = match left.checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => format!("`{}` and {more} more", titles.join("`, `")),
        None => suggest::list(titles, SHOWN),
    };
    let has = first.segment.as_ref().map_or("one segment", |s| run.playbook.segments[s].title());
    let finding = Finding::at(activity.base.title_span, format!("nobody is accountable for `{}` with {names}", activity.title()))
        .label(format!("somebody answers for it with `{has}`, and nobody with {}", if left == 1 { "this one" } else { "these" }))
        .also(first.accountable.stated.unwrap_or(first.span), format!("answers for it with `{has}`"))
        .of(&activity.base.name);
    let row = activity.when.iter().filter_map(|w| w.segment.as_ref()).find(|s| s.at == at);
    Some(match row {
        Some(row) => finding
            .also(row.span, "this row names nobody under `A`")
            .help(format!("name under `A` who answers for it, in general or in the row for `{one}`")),
        None => finding.help(format!("name under `A` who answers for it in general, or add a row for `{one}`")),
    })
}

/// How many segments a message names.
const SHOWN: usize = 3;
