//! Work that changes teams without a promise.

use crate::check::doubt::{in_force, is_retired, told};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::funnel::{Exit, Handoff, Stage};
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use std::collections::BTreeSet;

/// The rule (seed 001, the four steps that change hands; seed 003: "why Sales hasn't followed up on all leads").
pub const RULE: Rule = Rule {
    name: "handoff-without-sla",
    level: Level::Error,
    why: "leads wait longest where they change hands",
    page: include_str!("handoff_without_sla.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let back = super::ways_back(run);
    let mut findings: Vec<Finding> = super::handoffs(run).filter_map(|h| silent(run, h, &back)).collect();
    if !run.doubt.somewhere() {
        findings.extend(uncovered(run, &back));
    }
    findings
}

/// A hand-over that promises nothing.
fn silent(run: &Run<'_>, handoff: &Record<Handoff>, back: &BTreeSet<(usize, usize)>) -> Option<Finding> {
    let (from, to) = (handoff.from.as_ref()?, handoff.to.as_ref()?);
    let (source, target) = (&run.playbook.stages[from], &run.playbook.stages[to]);
    let aside = super::is_over(target) || back.contains(&(from.at, to.at));
    if aside || !handoff.sla.is_empty() || told(&handoff.base, "sla") {
        return None;
    }
    let label = match (super::team(run, source), super::team(run, target)) {
        (Some(a), Some(b)) if a.id() != b.id() => {
            format!("the owner changes from {} to {} here, but no `sla` says how soon", a.title(), b.title())
        }
        _ => "no `sla` says who answers, and how soon".to_owned(),
    };
    let who = target.base.common.owner.as_ref().map_or("…", |o| o.name.id.as_str());
    let message = format!("the hand-over from `{}` to `{}` promises nothing", source.title(), target.title());
    let help = format!("add `sla = [{{ who = \"{who}\", promises = \"a first real talk\", within = \"1 business day\" }}]`");
    Some(Finding::at(to.span, message).label(label).help(help).of(&handoff.base.name))
}

/// The exits to another team's stage that no hand-over covers.
fn uncovered(run: &Run<'_>, back: &BTreeSet<(usize, usize)>) -> Vec<Finding> {
    let kept = run.playbook.handoffs.iter().filter(|h| !is_retired(&h.base));
    let ends = kept.map(|h| (h.from.as_ref().map(|r| r.at), h.to.as_ref().map(|r| r.at)));
    let covered: BTreeSet<(Option<usize>, Option<usize>)> = ends.collect();
    let mut findings = Vec::new();
    for (at, stage) in run.playbook.stages.iter().enumerate().filter(|(_, s)| in_force(&s.base)) {
        let mut seen = BTreeSet::new();
        for exit in &stage.exits {
            let Some(to) = exit.to.as_ref().filter(|to| seen.insert(to.at)) else { continue };
            // A hand-over one end of which is at fault may be the one that is missed.
            let ways = [(Some(at), Some(to.at)), (Some(at), None), (None, Some(to.at))];
            let target = &run.playbook.stages[to];
            let aside = super::is_over(target) || !in_force(&target.base) || back.contains(&(at, to.at));
            if aside || ways.iter().any(|way| covered.contains(way)) {
                continue;
            }
            if let (Some(a), Some(b)) = (super::team(run, stage), super::team(run, target))
                && a.id() != b.id()
            {
                findings.push(worded(stage, (a, b), exit, to, target));
            }
        }
    }
    findings
}

fn worded(stage: &Record<Stage>, (a, b): (&Record<Team>, &Record<Team>), exit: &Exit, to: &Ref<Stage>, target: &Record<Stage>) -> Finding {
    let (from, other) = (stage.title(), target.title());
    let forth = stage.order < target.order;
    let finding = Finding::at(to.span, format!("`{from}` goes over to `{other}`, and no hand-over says what the two teams promise"))
        .label(format!("the owner changes from {} to {} here, and nobody says how soon", a.title(), b.title()))
        .also(target.base.title_span, format!("{} looks after it", b.title()))
        .of(&stage.base.name);
    if forth || exit.reason.is_none() {
        finding.help(format!("add a `[[handoff]]` from `{}` to `{}` in which both teams promise something", stage.id(), target.id()))
    } else {
        finding.help(format!("add a `[[handoff]]` from `{}` to `{}`, or a `[[recycle]]` if it is a way back", stage.id(), target.id()))
    }
}
