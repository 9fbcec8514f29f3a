//! A series with a date or a number that is none.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "broken-series",
    level: Level::Error,
    why: "a chart of broken numbers is believed as readily as a chart of good ones",
    page: include_str!("broken_series.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::BrokenSeries(what) => {
            Some(Finding::at(p.span, what.clone()).label("in this row").help("write one row a date, oldest first: `2026-10-31,62`"))
        }
        _ => None,
    })
}
