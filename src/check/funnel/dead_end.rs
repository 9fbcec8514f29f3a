//! A stage or a way out of it that leads nowhere.

use crate::check::doubt::{faulty_in, told};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 000: "Does this mean that a customer that is not looking for solution in the near future is not a qualified lead? No").
pub const RULE: Rule = Rule {
    name: "dead-end",
    level: Level::Error,
    why: "a \"no\" for now is not a no, and whoever has nowhere to go is forgotten",
    page: include_str!("dead_end.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let unread = run.doubt.somewhere();
    for stage in super::stages(run) {
        if stage.exits.is_empty() && stage.outcome.is_none() && !told(&stage.base, "exits") && !told(&stage.base, "outcome") {
            findings.push(
                Finding::at(stage.base.title_span, format!("no way leads out of `{}`", stage.title()))
                    .label("whoever is here stays here")
                    .help("name the stages that come next, and where a no goes: `exits = [{ to = \"…\" }]`")
                    .of(&stage.base.name),
            );
        }
        // A reference into a file that was not read is silent, and looks as if it were not written.
        let blind = stage.exits.iter().filter(|e| e.to.is_none() && !unread && !faulty_in(&stage.base, e.span));
        for exit in blind {
            let reason = exit.reason.as_ref().map_or(String::new(), |r| format!(" (`{}`)", r.text));
            findings.push(
                Finding::at(exit.span, format!("one way out of `{}` leads nowhere{reason}", stage.title()))
                    .label("no `to`, so nobody looks after them from here on")
                    .help("name the stage where they go: `to = \"…\"`")
                    .of(&stage.base.name),
            );
        }
    }
    findings
}
