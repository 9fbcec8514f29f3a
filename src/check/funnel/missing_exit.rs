//! A stage that does not say when one may go on.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 003: "especially important for defining when a lead is qualified and/or ready to be handed over to sales").
pub const RULE: Rule = Rule {
    name: "missing-exit",
    level: Level::Error,
    why: "where nothing says when a stage is done, everybody passes on what they like",
    page: include_str!("missing_exit.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let open =
        super::stages(run).filter(|s| s.exit.is_empty() && !super::is_over(s) && !told(&s.base, "exit") && !told(&s.base, "outcome"));
    let worded = open.map(|stage| {
        Finding::at(stage.base.title_span, format!("nothing says when `{}` is done", stage.title()))
            .label("no `exit`, so nobody knows what must be true before one goes on")
            .help("write down what must be true, and where one can see it: `exit = [\"… (…)\"]`")
            .of(&stage.base.name)
    });
    worded.collect()
}
