//! A hand-over in which only the receiver promises something.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::funnel::sides;
use crate::model::kinds::funnel::Handoff;

/// The rule (seed 003, strategy 7: "Share accountability between the teams").
pub const RULE: Rule = Rule {
    name: "one-sided-sla",
    level: Level::Warning,
    why: "a promise that only one side makes is a demand, and is kept like one",
    page: include_str!("one_sided_sla.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    super::handoffs(run).filter_map(|h| only_the_receiver(run, h)).collect()
}

fn only_the_receiver(run: &Run<'_>, handoff: &Record<Handoff>) -> Option<Finding> {
    let (from, to) = (handoff.from.as_ref()?, handoff.to.as_ref()?);
    let giver = super::team(run, &run.playbook.stages[from])?;
    let receiver = super::team(run, &run.playbook.stages[to])?;
    let made = sides(run.playbook, handoff);
    let [(Some(one), promises)] = made.as_slice() else { return None };
    if one.id() != receiver.id() || giver.id() == receiver.id() {
        return None;
    }
    let who = promises.first().and_then(|p| p.who.as_ref())?;
    let owner = run.playbook.stages[from].base.common.owner.as_ref().map_or("…", |o| o.name.id.as_str());
    let finding = Finding::at(who.span, format!("in `{}` only {} promises something", handoff.title(), receiver.title()))
        .label(format!("{} receives, and {} gives without a promise", receiver.title(), giver.title()))
        .also(from.span, format!("given by {}", giver.title()))
        .help(format!("agree with {} on what it promises, and add it to `sla` with `who = \"{owner}\"`", giver.title()))
        .of(&handoff.base.name);
    Some(finding)
}
