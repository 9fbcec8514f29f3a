//! A persona who hears something before a stage and after it, and nothing in it.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::funnel::in_order;
use crate::model::kinds::customer::Persona;
use crate::model::kinds::funnel::Stage;
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 000: "there will not be consistent in the message when later, they will try to close the deal").
pub const RULE: Rule = Rule {
    name: "no-message-for-stage",
    level: Level::Hint,
    why: "where nothing is agreed to be said, everybody says something else",
    page: include_str!("no_message_for_stage.md"),
    find,
};

/// A hole at the beginning or the end of somebody's way is a choice; one in the middle is forgotten.
fn find(run: &Run<'_>) -> Vec<Finding> {
    if run.doubt.somewhere() {
        return Vec::new();
    }
    let mut heard: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut everywhere: BTreeSet<usize> = BTreeSet::new();
    for message in run.playbook.messages.iter() {
        match (&message.persona, &message.stage) {
            (Some(persona), Some(stage)) => {
                heard.entry(persona.at).or_default().insert(stage.at);
            }
            (Some(persona), None) => {
                everywhere.insert(persona.at);
            }
            // Whose it is is told to be missing; it may be the one that is missed here.
            (None, _) => return Vec::new(),
        }
    }
    let spoken: BTreeSet<usize> = heard.values().flatten().copied().collect();
    let place = |stage: &Record<Stage>| run.playbook.stages.position(stage.id());
    let way = in_order(&run.playbook.stages).into_iter().filter(|s| in_force(&s.base));
    let columns: Vec<(usize, &Record<Stage>)> = way.filter_map(|s| Some((place(s)?, s))).filter(|(at, _)| spoken.contains(at)).collect();
    let mut findings = Vec::new();
    for (at, stages) in heard.iter().filter(|(at, _)| !everywhere.contains(at)) {
        let Some(persona) = run.playbook.personas.nth(*at).filter(|p| in_force(&p.base)) else { continue };
        findings.extend(holes(&columns, stages).map(|stage| worded(persona, stage)));
    }
    findings
}

/// The stages in between in which nothing is said.
fn holes<'a, 'b>(columns: &'b [(usize, &'a Record<Stage>)], heard: &'b BTreeSet<usize>) -> impl Iterator<Item = &'a Record<Stage>> {
    let first = columns.iter().position(|(at, _)| heard.contains(at)).unwrap_or(0);
    let last = columns.iter().rposition(|(at, _)| heard.contains(at)).unwrap_or(0);
    let between = columns.get(first..=last.max(first)).unwrap_or_default();
    between.iter().filter(|(at, _)| !heard.contains(at)).map(|(_, stage)| *stage)
}

fn worded(persona: &Record<Persona>, stage: &Record<Stage>) -> Finding {
    Finding::at(persona.base.title_span, format!("nothing is written for `{}` at `{}`", persona.title(), stage.title()))
        .label("messages are written for before and after, and none for this stage")
        .also(stage.base.title_span, "others hear something here")
        .help(format!("add a `[[message]]` with `persona = \"{}\"` and `stage = \"{}\"`", persona.id(), stage.id()))
        .of(&persona.base.name)
}
