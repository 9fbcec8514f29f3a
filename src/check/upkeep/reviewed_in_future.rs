//! A review that has not taken place yet.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::value::long_date;

/// The rule. A day to come hides a record from the review calendar until it has passed.
pub const RULE: Rule = Rule {
    name: "reviewed-in-future",
    level: Level::Error,
    why: "a day that has not come yet proves nothing, and keeps the next review away",
    page: include_str!("reviewed_in_future.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let bases = run.reviewed.iter().copied();
    let stated = bases.filter_map(|b| b.common.reviewed.as_ref().map(|r| (b, r)));
    let ahead = stated.filter(|(_, reviewed)| reviewed.value > run.today);
    ahead
        .map(|(base, reviewed)| {
            let day = long_date(reviewed.value);
            Finding::at(reviewed.span, format!("`{}` is said to have been read through on {day}, which is still to come", base.title))
                .label(format!("today is {}", long_date(run.today)))
                .help("write the day on which somebody last read it through, or take the line out")
                .of(&base.name)
        })
        .collect()
}
