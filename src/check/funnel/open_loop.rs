//! What is learnt at the end of the way does not come back to its beginning.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::kinds::funnel::{BowSide, Stage};
use crate::model::kinds::rhythm::{Loop, LoopKind};
use crate::model::{Name, Record};
use std::collections::BTreeSet;

/// The rule (seed 002, "Close the loop": "Make sure there is a feedback process from sales to marketing").
pub const RULE: Rule = Rule {
    name: "open-loop",
    level: Level::Error,
    why: "a team that never hears what became of its work can only repeat it",
    page: include_str!("open_loop.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let owning: BTreeSet<usize> = super::stages(run).filter_map(|s| team_at(run, s)).collect();
    let nobody_meets = run.playbook.loops.is_empty() && run.playbook.rituals.is_empty();
    if owning.len() < 2 || nobody_meets || run.doubt.somewhere() {
        return Vec::new();
    }
    let winning: BTreeSet<usize> =
        super::stages(run).filter(|s| super::is_on(s, BowSide::Acquire)).filter_map(|s| team_at(run, s)).collect();
    let first = |side| super::stages(run).filter(|s| super::is_on(s, side)).min_by_key(|s| s.order.unwrap_or(u32::MAX));
    let Some(start) = first(BowSide::Acquire) else { return Vec::new() };
    let listener = start.base.common.owner.as_ref().map(|o| &o.name);
    let won = super::stages(run).find(|s| super::is_won(s)).unwrap_or(start);
    let mut findings = Vec::new();
    findings.extend(
        Open { kind: LoopKind::WinLoss, word: "win-loss", lost: "why customers are won and lost", at: won }.find(run, &winning, listener),
    );
    if let Some(kept) = first(BowSide::Keep) {
        findings.extend(
            Open { kind: LoopKind::Service, word: "service", lost: "what customers praise and miss", at: kept }
                .find(run, &winning, listener),
        );
    }
    findings
}

/// The team of a stage's owner, by its place.
fn team_at(run: &Run<'_>, stage: &Record<Stage>) -> Option<usize> {
    let owner = stage.base.common.owner.as_ref()?;
    run.playbook.roles[owner].team.as_ref().map(|t| t.at)
}

/// What should come back, and from where.
struct Open<'a> {
    kind: LoopKind,
    word: &'static str,
    lost: &'static str,
    at: &'a Record<Stage>,
}

impl Open<'_> {
    fn find(&self, run: &Run<'_>, winning: &BTreeSet<usize>, listener: Option<&Name>) -> Option<Finding> {
        let mut astray: Option<(&Record<Loop>, Span)> = None;
        for feedback in run.playbook.loops.iter().filter(|l| is_kept(l)) {
            match feedback.kind {
                // Nobody knows what it is for: another rule says so.
                None => return None,
                Some(kind) if kind.value != self.kind => continue,
                Some(_) => {}
            }
            let to = feedback.to.as_ref()?;
            let team = run.playbook.roles[to].team.as_ref()?.at;
            if winning.contains(&team) {
                return None;
            }
            astray = astray.or(Some((feedback, to.span)));
        }
        let to = listener.map_or("…", |name| name.id.as_str());
        Some(match astray {
            Some((feedback, span)) => Finding::at(span, format!("`{}` does not reach those who look for customers", feedback.title()))
                .label("this role's team owns no stage before the signature")
                .help(format!("send it to a role whose team owns one: `to = \"{to}\"`"))
                .of(&feedback.base.name),
            None => Finding::at(self.at.base.title_span, format!("nothing brings back {}", self.lost))
                .label("what is learnt here stays here")
                .help(format!("add a `[[loop]]` of kind `{}` with `to = \"{to}\"`", self.word))
                .of(&self.at.base.name),
        })
    }
}

/// Drafts are on their way, and count.
fn is_kept(feedback: &Record<Loop>) -> bool {
    in_force(&feedback.base) || feedback.base.common.status.is_some_and(|s| s.word == "draft")
}
