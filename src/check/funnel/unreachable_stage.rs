//! A stage that is on no way.

use crate::check::doubt::{in_force, lost_in, told};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::funnel::funnel;
use crate::model::kinds::funnel::{BowSide, Stage};
use std::collections::BTreeSet;

/// The rule (seed 002: "Get sales and marketing to create a map of the marketing and sales process").
pub const RULE: Rule = Rule {
    name: "unreachable-stage",
    level: Level::Error,
    why: "a stage that nobody reaches is work for nobody, and one that leads to no signature wins nobody",
    page: include_str!("unreachable_stage.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    if run.doubt.somewhere() {
        return Vec::new();
    }
    let net = Net::of(run);
    let mut findings = net.without_signature();
    let outside = net.outside();
    let late = if outside.is_empty() { net.without_won_before() } else { Vec::new() };
    findings.extend(outside.iter().filter_map(|at| net.no_way_in(run, *at)));
    findings.extend(late.iter().filter_map(|at| net.no_won_before(*at)));
    if outside.is_empty() && late.is_empty() {
        findings.extend(net.without_won_after().into_iter().filter_map(|at| net.no_won_after(at)));
    }
    findings
}

/// The ways between stages, by their places.
struct Net<'a> {
    stages: Vec<&'a Record<Stage>>,
    /// Places in the order of the way.
    order: Vec<usize>,
    next: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
    /// Stages that may lead anywhere: another rule tells that their ways out are not all known.
    open: Vec<bool>,
    won: Vec<usize>,
    /// Places where one waits: stages, but no stations.
    waits: BTreeSet<usize>,
}

impl<'a> Net<'a> {
    fn of(run: &Run<'a>) -> Self {
        let stages: Vec<&Record<Stage>> = run.playbook.stages.iter().collect();
        let (mut next, mut before) = (vec![Vec::new(); stages.len()], vec![Vec::new(); stages.len()]);
        let mut open: Vec<bool> = stages.iter().map(|s| leads_anywhere(s)).collect();
        let mut link = |from: usize, to: usize| {
            next.get_mut(from).into_iter().for_each(|list: &mut Vec<usize>| list.push(to));
            before.get_mut(to).into_iter().for_each(|list: &mut Vec<usize>| list.push(from));
        };
        for (at, stage) in stages.iter().enumerate() {
            stage.exits.iter().filter_map(|e| e.to.as_ref()).for_each(|to| link(at, to.at));
        }
        for way in super::recycles(run) {
            let (from, to, back) = (way.from.as_ref(), way.to.as_ref(), way.return_to.as_ref());
            from.zip(to).into_iter().for_each(|(from, to)| link(from.at, to.at));
            to.zip(back).into_iter().for_each(|(to, back)| link(to.at, back.at));
            let places = ["from", "to", "return_to"].into_iter().filter_map(|key| way.base.fact(key)).count();
            let known = usize::from(from.is_some()) + usize::from(to.is_some()) + usize::from(back.is_some());
            let unsure = places > known || !way.base.problems.is_empty();
            if let Some(slot) = [from, to].into_iter().flatten().next().and_then(|r| open.get_mut(r.at)).filter(|_| unsure) {
                *slot = true;
            }
        }
        let mut order: Vec<usize> = (0..stages.len()).filter(|at| stages.get(*at).is_some_and(|s| in_force(&s.base))).collect();
        order.sort_by_key(|at| stages.get(*at).and_then(|s| s.order).unwrap_or(u32::MAX));
        let won = order.iter().copied().filter(|at| stages.get(*at).is_some_and(|s| super::is_won(s))).collect();
        let waits = funnel(run.playbook).waits.into_iter().filter_map(|s| run.playbook.stages.position(s.id())).collect();
        Self { stages, order, next, before, open, won, waits }
    }

    fn stage(&self, at: usize) -> Option<&'a Record<Stage>> {
        self.stages.get(at).copied()
    }

    fn is_open(&self, at: usize) -> bool {
        self.open.get(at).copied().unwrap_or(false)
    }

    /// Places of stages in force that a test holds for, in the order of the way.
    fn those(&self, test: impl Fn(&Record<Stage>) -> bool) -> Vec<usize> {
        self.order.iter().copied().filter(|at| self.stage(*at).is_some_and(&test)).collect()
    }

    /// Where one comes in: the first stage, and those with ways straight in.
    fn doors(&self) -> Vec<usize> {
        let acquire = self.those(|s| super::is_on(s, BowSide::Acquire) && !super::is_over(s));
        let candidates = if acquire.is_empty() { self.order.clone() } else { acquire };
        let first = candidates.first().and_then(|at| self.stage(*at)).and_then(|s| s.order);
        let mut doors = self.those(|s| !s.direct_entries.is_empty());
        doors.extend(candidates.into_iter().filter(|at| self.stage(*at).is_some_and(|s| s.order == first)));
        doors
    }

    /// The stages to which no way leads from any door; of those that lead to one another, the first.
    fn outside(&self) -> Vec<usize> {
        let mut seen = vec![false; self.stages.len()];
        spread(&self.doors(), &self.next, &mut seen);
        self.unless_open(seen, |_| true)
    }

    /// The keep stages to which no won stage leads.
    fn without_won_before(&self) -> Vec<usize> {
        if self.won.is_empty() {
            return Vec::new();
        }
        let mut seen = vec![false; self.stages.len()];
        spread(&self.won, &self.next, &mut seen);
        self.unless_open(seen, |s| super::is_on(s, BowSide::Keep))
    }

    /// The stages that were not seen, the first of those that lead to one another; none where one that was seen may lead anywhere.
    fn unless_open(&self, mut seen: Vec<bool>, test: impl Fn(&Record<Stage>) -> bool) -> Vec<usize> {
        if seen.iter().enumerate().any(|(at, s)| *s && self.is_open(at)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        // Of a stage that does not say on which side it is, another rule has told that.
        for at in self.those(|s| s.side.is_some() && test(s)) {
            if seen.get(at) == Some(&false) {
                found.push(at);
                spread(&[at], &self.next, &mut seen);
            }
        }
        found
    }

    /// The acquire stages from which no way leads to a won one; of those that lead to one another, the last.
    fn without_won_after(&self) -> Vec<usize> {
        let mut seen = vec![false; self.stages.len()];
        let anywhere = (0..self.stages.len()).filter(|at| self.is_open(*at));
        let ends: Vec<usize> = self.won.iter().copied().chain(anywhere).collect();
        if self.won.is_empty() {
            return Vec::new();
        }
        spread(&ends, &self.before, &mut seen);
        let mut found = Vec::new();
        for at in self.acquire().into_iter().rev() {
            if seen.get(at) == Some(&false) {
                found.push(at);
                spread(&[at], &self.before, &mut seen);
            }
        }
        found
    }

    /// The stages on the way to a customer: where one waits first, then the stations.
    fn acquire(&self) -> Vec<usize> {
        let mut all = self.those(|s| super::is_on(s, BowSide::Acquire) && s.outcome.is_none());
        all.sort_by_key(|at| !self.waits.contains(at));
        all
    }

    /// No stage at all is marked as won.
    fn without_signature(&self) -> Vec<Finding> {
        let acquire = self.acquire();
        let unsure = self.order.iter().any(|at| self.is_open(*at));
        let last = acquire.last().and_then(|at| self.stage(*at)).filter(|_| self.won.is_empty() && !unsure);
        let finding = last.map(|stage| {
            Finding::at(stage.base.title_span, "no stage is marked as won, so no way leads to a customer")
                .label("the last stage before a signature")
                .help("write `outcome = \"won\"` in the stage where they have signed")
                .of(&stage.base.name)
        });
        finding.into_iter().collect()
    }

    fn no_way_in(&self, run: &Run<'_>, at: usize) -> Option<Finding> {
        let stage = self.stage(at)?;
        let finding = Finding::at(stage.base.title_span, format!("no way leads into `{}`", stage.title()))
            .label("nobody ever gets here")
            .help("name it in the `exits` of the stage before it, or say who comes straight in: `direct_entries`")
            .of(&stage.base.name);
        let over = super::handoffs(run).find(|h| h.to.as_ref().is_some_and(|to| to.at == at));
        Some(match over.and_then(|h| h.to.as_ref()) {
            Some(to) => finding.also(to.span, "a hand-over leads here, and the `exits` of the stage it comes from do not"),
            None => finding,
        })
    }

    fn no_won_before(&self, at: usize) -> Option<Finding> {
        let stage = self.stage(at)?;
        let finding = Finding::at(stage.base.title_span, format!("no won stage leads to `{}`", stage.title()))
            .label("customers are kept here, and none of them gets here")
            .of(&stage.base.name);
        let won = self.won.last().and_then(|at| self.stage(*at))?;
        let help = format!("name it in the `exits` of `{}`, or of a stage that follows", won.id());
        Some(finding.also(won.base.title_span, "won here").help(help))
    }

    fn no_won_after(&self, at: usize) -> Option<Finding> {
        let stage = self.stage(at)?;
        let won = self.won.first().and_then(|at| self.stage(*at))?;
        let finding = Finding::at(stage.base.title_span, format!("no way leads from `{}` to `{}`", stage.title(), won.title()))
            .label("whoever is here can never become a customer")
            .also(won.base.title_span, "won here")
            .help("name the stage that comes next on the way in its `exits`")
            .of(&stage.base.name);
        Some(finding)
    }
}

/// Its ways out are not all known, or it does not count today.
fn leads_anywhere(stage: &Record<Stage>) -> bool {
    let blind = stage.exits.iter().any(|e| e.to.is_none()) || stage.base.fact("exits").is_some_and(|f| lost_in(&stage.base, f.span));
    let unsaid = stage.exits.is_empty() && stage.outcome.is_none();
    blind || unsaid || !in_force(&stage.base) || ["exits", "outcome"].into_iter().any(|key| told(&stage.base, key))
}

/// Marks what can be reached from some places; each is gone through once.
fn spread(from: &[usize], edges: &[Vec<usize>], seen: &mut [bool]) {
    let mut queue: Vec<usize> = from.to_vec();
    while let Some(at) = queue.pop() {
        let Some(slot) = seen.get_mut(at) else { continue };
        if !std::mem::replace(slot, true) {
            queue.extend(edges.get(at).into_iter().flatten());
        }
    }
}
