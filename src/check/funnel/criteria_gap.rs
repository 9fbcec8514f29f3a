//! A stage that asks for what the one before it does not give.

use crate::check::phrase::plain;
use crate::check::place::{field, place};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::funnel::{funnel, is};
use crate::model::kinds::funnel::Stage;
use std::collections::BTreeSet;

/// The rule (seed 001: "Sales and Marketing work together to develop a set of criteria to qualify prospects").
pub const RULE: Rule = Rule {
    name: "criteria-gap",
    level: Level::Warning,
    why: "what one team asks for and the other does not give is what they quarrel about each Monday",
    page: include_str!("criteria_gap.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let line: Vec<&Record<Stage>> = funnel(run.playbook).line.into_iter().filter(|s| run.doubt.counts(&s.base)).collect();
    let won = line.iter().position(|s| super::is_won(s));
    let way = won.and_then(|at| line.get(..=at)).unwrap_or(&line);
    way.windows(2).flat_map(|pair| if let [stage, next] = pair { gaps(run, stage, next) } else { Vec::new() }).collect()
}

/// What the next stage asks for, and this one does not.
fn gaps(run: &Run<'_>, stage: &Record<Stage>, next: &Record<Stage>) -> Vec<Finding> {
    let leads_on = stage.exits.iter().any(|e| is(e.to.as_ref(), next));
    let given: BTreeSet<String> = stage.exit.iter().filter_map(|c| c.text.as_ref()).map(|t| plain(&t.text)).collect();
    // An exit that says nothing, or could not be read, is told by its own rule.
    if !leads_on || given.is_empty() || given.len() < stage.exit.len() && stage.exit.iter().any(|c| c.text.is_none()) {
        return Vec::new();
    }
    let asked = next.entry.iter().filter_map(|c| c.text.as_ref().map(|t| (c, &t.text)));
    let missed = asked.filter(|(_, text)| !given.contains(&plain(text)));
    let worded = missed.map(|(criterion, text)| {
        let message = format!("`{}` asks for `{text}`, and one leaves `{}` without it", next.title(), stage.title());
        Finding::at(place(run, criterion.span, text), message)
            .label(format!("not among what `{}` asks for on the way out", stage.title()))
            .also(field(&stage.base, "exit"), format!("what one leaves `{}` with", stage.title()))
            .help(format!("agree on one sentence, and write it here and in the `exit` of `{}`", stage.id()))
            .of(&next.base.name)
    });
    worded.collect()
}
