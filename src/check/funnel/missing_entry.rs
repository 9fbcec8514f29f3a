//! A stage that does not say who belongs in it.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 001: "Sales and Marketing work together to develop a set of criteria to qualify prospects").
pub const RULE: Rule = Rule {
    name: "missing-entry",
    level: Level::Error,
    why: "where nothing says who belongs in a stage, two teams count two different things",
    page: include_str!("missing_entry.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let open = super::stages(run).filter(|s| s.entry.is_empty() && !told(&s.base, "entry"));
    let worded = open.map(|stage| {
        Finding::at(stage.base.title_span, format!("nothing says what brings somebody into `{}`", stage.title()))
            .label("no `entry`, so anybody may be put here, and anybody left out")
            .help("write down what must be true, and where one can see it: `entry = [\"… (…)\"]`")
            .of(&stage.base.name)
    });
    worded.collect()
}
