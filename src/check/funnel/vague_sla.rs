//! A promise nobody can check.

use crate::check::doubt::{faulty_in, told, told_in};
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::funnel::{Handoff, Promise};

/// The rule: an automatic reply does not count as an answer.
pub const RULE: Rule = Rule {
    name: "vague-sla",
    level: Level::Warning,
    why: "a vague promise can be kept by an automatic reply while the buyer waits",
    page: include_str!("vague_sla.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for handoff in super::handoffs(run).filter(|h| !h.sla.is_empty()) {
        findings.extend(handoff.sla.iter().filter_map(|p| loose(run, handoff, p)));
        findings.extend(unheard(handoff));
    }
    findings
}

/// A promise that does not say when its clock starts, or what counts as kept.
fn loose(run: &Run<'_>, handoff: &Record<Handoff>, promise: &Promise) -> Option<Finding> {
    let unsaid = |key: &str, said: bool| !said && !told_in(&handoff.base, promise.span, key);
    let clock = unsaid("clock_starts", promise.clock_starts.is_some());
    let test = unsaid("counts", promise.counts.is_some());
    let (lacks, help) = match (clock, test) {
        (true, true) => ("when its time starts, or what counts as kept", "add both: `clock_starts = \"when …\"` and `counts = \"…\"`"),
        (true, false) => ("when its time starts", "add the moment from which time is counted: `clock_starts = \"when …\"`"),
        (false, true) => ("what counts as kept", "add what counts as kept: `counts = \"…\"`"),
        (false, false) => return None,
    };
    let what = promise.promises.as_ref().map_or_else(|| "this promise".to_owned(), |p| format!("the promise `{}`", p.text));
    let written = promise.promises.as_ref().map_or("", |p| p.text.as_str());
    let who = promise.who.as_ref().map_or_else(String::new, |r| format!(" of `{}`", run.playbook.roles[r].title()));
    let place = place(run, promise.span, written);
    let finding = Finding::at(place, format!("{what}{who} does not say {lacks}"))
        .label("two people will measure this differently")
        .help(help)
        .of(&handoff.base.name);
    Some(finding)
}

/// A hand-over in which nobody hears of a promise that is not kept.
fn unheard(handoff: &Record<Handoff>) -> Option<Finding> {
    let sla = handoff.base.fact("escalate").map(|f| f.span);
    let broken = told(&handoff.base, "escalate") || sla.is_some_and(|s| faulty_in(&handoff.base, s));
    if !handoff.escalate.is_empty() || broken {
        return None;
    }
    let place = handoff.sla.first().and_then(|p| p.who.as_ref()).map_or(handoff.base.title_span, |who| who.span);
    let finding = Finding::at(place, format!("nobody is told when a promise in `{}` is not kept", handoff.title()))
        .label("promised here, and no `escalate` says who is told when time runs out")
        .help("add who is told, and at how much of the time: `escalate = [{ at = \"80 %\", tell = \"…\" }]`")
        .of(&handoff.base.name);
    Some(finding)
}
