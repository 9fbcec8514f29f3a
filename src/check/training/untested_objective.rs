//! An objective that no question asks about.

use crate::check::doubt::faulty_in;
use crate::check::phrase::plain;
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, field::Words};
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "untested-objective",
    level: Level::Warning,
    why: "an objective that nothing tests is a hope",
    page: include_str!("untested_objective.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    if run.doubt.somewhere() {
        return Vec::new();
    }
    let modules = super::modules(run);
    modules.iter().flat_map(|(module, lessons)| of(run, &module.base, &module.objectives, lessons)).collect()
}

fn of(run: &Run<'_>, module: &Base, objectives: &[Words], lessons: &[&Base]) -> Vec<Finding> {
    let questions = || lessons.iter().filter_map(|l| l.body.as_ref()).flat_map(|b| &b.questions);
    let aims = |l: &Base| run.playbook.lessons.get(&l.name.id).map(|r| r.objectives.as_slice()).unwrap_or_default();
    let mut tested: BTreeSet<String> = questions().filter_map(|q| q.objective.as_ref()).map(|w| plain(&w.text)).collect();
    let trying = lessons.iter().filter(|l| super::has_exercise(run, l));
    tested.extend(trying.clone().flat_map(|l| aims(l)).map(|w| plain(&w.text)));
    if questions().next().is_none() && trying.count() == 0 {
        return Vec::new(); // Nothing is checked at all: another rule says so.
    }
    let broken = lessons.iter().any(|l| !l.problems.is_empty() && l.body.as_ref().is_some_and(|b| faulty_in(l, b.span)));
    let mut findings = Vec::new();
    let of_lessons = lessons.iter().flat_map(|l| aims(l).iter().map(move |w| (*l, w)));
    for (base, objective) in objectives.iter().map(|w| (module, w)).chain(of_lessons).filter(|_| !broken) {
        if tested.insert(plain(&objective.text)) {
            let whole = base.fact("objectives").map_or(base.title_span, |f| f.span);
            findings.push(
                Finding::at(place(run, whole, &objective.text), format!("no question tests `{}`", objective.text))
                    .label("nobody knows whether one can do this afterwards")
                    .help("ask for it: a ```quiz block with this sentence as its `objective`")
                    .of(&base.name),
            );
        }
    }
    findings
}
