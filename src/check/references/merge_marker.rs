//! Lines that a merge left behind.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule. Microsoft's VBA documentation has published a section of them.
pub const RULE: Rule = Rule {
    name: "merge-marker",
    level: Level::Error,
    why: "two versions of one fact stand in the file, and readers would see both",
    page: include_str!("merge_marker.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::MergeMarker => Some(
            Finding::at(p.span, "a merge was not finished here")
                .label("left behind by a merge")
                .help("keep the version that holds, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"),
        ),
        _ => None,
    })
}
