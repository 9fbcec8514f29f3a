//! A criterion of a hand-over that only one of the two teams has agreed on.

use crate::check::doubt::{in_force, lost_in};
use crate::check::phrase::plain;
use crate::check::place::across;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::funnel::{Funnel, funnel, is, is_forward};
use crate::model::kinds::funnel::{Criterion, Handoff, Stage};
use crate::model::kinds::team::Team;
use crate::model::{Base, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 001: "Sales and Marketing work together to develop a set of criteria to qualify prospects").
pub const RULE: Rule = Rule {
    name: "agreed-by-one-team",
    level: Level::Warning,
    why: "a criterion that only one side has agreed to is argued about lead by lead",
    page: include_str!("agreed_by_one_team.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let way = funnel(run.playbook);
    let back = super::ways_back(run);
    let ahead: Vec<(&Record<Handoff>, usize, usize)> = super::handoffs(run)
        .filter_map(|h| Some((h, h.from.as_ref()?.at, h.to.as_ref()?.at)))
        .filter(|(h, from, to)| !back.contains(&(*from, *to)) && leads_on(run, &way, h))
        .collect();
    let mut from_here: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, from, _) in &ahead {
        *from_here.entry(*from).or_default() += 1;
    }
    let only = |from: &usize| from_here.get(from) == Some(&1);
    ahead.iter().flat_map(|(h, from, _)| of(run, h, only(from))).collect()
}

fn leads_on(run: &Run<'_>, way: &Funnel<'_>, handoff: &Record<Handoff>) -> bool {
    let Some(from) = handoff.from.as_ref().map(|f| &run.playbook.stages[f]) else { return false };
    let exit = from.exits.iter().find(|e| e.to.as_ref().is_some_and(|to| handoff.to.as_ref() == Some(to)));
    let forward = match exit {
        Some(exit) => is_forward(way, from, exit),
        None => way.line.iter().any(|s| is(handoff.to.as_ref(), s) && s.order > from.order),
    };
    forward && in_force(&from.base)
}

/// The criteria of one hand-over: those that both stages name, and where it is the only one, all on the way out.
fn of(run: &Run<'_>, handoff: &Record<Handoff>, only: bool) -> Vec<Finding> {
    let stage = |r| &run.playbook.stages[r];
    let (Some(from), Some(to)) = (handoff.from.as_ref().map(stage), handoff.to.as_ref().map(stage)) else { return Vec::new() };
    let (Some(giver), Some(receiver)) = (super::team(run, from), super::team(run, to)) else { return Vec::new() };
    if giver.id() == receiver.id() || !in_force(&to.base) {
        return Vec::new();
    }
    let texts = |list: &[Criterion]| list.iter().filter_map(|c| c.text.as_ref()).map(|t| plain(&t.text)).collect::<BTreeSet<_>>();
    let (given, asked) = (texts(&from.exit), texts(&to.entry));
    let named = |c: &Criterion, among: &BTreeSet<String>| c.text.as_ref().is_some_and(|t| among.contains(&plain(&t.text)));
    let mut findings: Vec<Finding> = Vec::new();
    for criterion in from.exit.iter().filter(|c| only || named(c, &asked)) {
        findings.extend(lacking(run, &from.base, criterion, (giver, receiver)));
    }
    let told = texts_told(run, from, (giver, receiver));
    for criterion in to.entry.iter().filter(|c| named(c, &given) && !named(c, &told)) {
        findings.extend(lacking(run, &to.base, criterion, (giver, receiver)));
    }
    findings
}

/// The criteria on the way out that are told already, so that their twins on the way in are not.
fn texts_told(run: &Run<'_>, from: &Record<Stage>, teams: (&Record<Team>, &Record<Team>)) -> BTreeSet<String> {
    let told = from.exit.iter().filter(|c| lacking(run, &from.base, c, teams).is_some());
    told.filter_map(|c| c.text.as_ref()).map(|t| plain(&t.text)).collect()
}

/// A criterion that says who agreed on it, and not both.
fn lacking(run: &Run<'_>, base: &Base, criterion: &Criterion, teams: (&Record<Team>, &Record<Team>)) -> Option<Finding> {
    let place = across(criterion.agreed_by.iter().map(|t| t.span))?;
    if lost_in(base, criterion.span) {
        return None;
    }
    let has = |team: &Record<Team>| above(run, team).iter().any(|id| criterion.agreed_by.iter().any(|t| t.name.id == *id));
    let absent = [teams.0, teams.1].into_iter().find(|t| !has(t))?;
    let text = criterion.text.as_ref().map_or_else(|| "this criterion".to_owned(), |t| format!("`{}`", t.text));
    let finding = Finding::at(place, format!("no agreement of `{}` to {text} is recorded", absent.title()))
        .label(format!("`{}` hands over and `{}` receives, so both need to agree", teams.0.title(), teams.1.title()))
        .help(format!("agree on it with `{}`, then add `\"{}\"` here", absent.title(), absent.id()))
        .of(&base.name);
    Some(finding)
}

/// A team and those it is part of; a circle ends it.
fn above<'a>(run: &Run<'a>, team: &'a Record<Team>) -> Vec<&'a str> {
    let mut all = vec![team.id()];
    let mut at = team.part_of.as_ref();
    while let Some(next) = at.map(|t| &run.playbook.teams[t]).filter(|t| !all.contains(&t.id())) {
        all.push(next.id());
        at = next.part_of.as_ref();
    }
    all
}
