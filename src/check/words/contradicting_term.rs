//! A word that stands for one stage to one team, and for another to the next.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::kinds::term::Term;
use crate::model::{Kind, Name, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 004: "how the marketing team views a 'lead' may be vastly different from the sales team's perspective"; seed 003,
/// strategy 3).
pub const RULE: Rule = Rule {
    name: "contradicting-term",
    level: Level::Error,
    why: "two teams that use one word for two things believe that they agree",
    page: include_str!("contradicting_term.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.playbook.terms.iter().filter(|t| in_force(&t.base)).filter_map(|t| contradiction(run, t)).collect()
}

/// What one team ties the word to: its key in `seen_by`, and the stages.
struct Note<'a> {
    team: &'a str,
    stages: BTreeSet<&'a Name>,
}

/// The first two notes that have no stage in common.
fn contradiction(run: &Run<'_>, term: &Record<Term>) -> Option<Finding> {
    let notes = notes(term);
    let mut common = notes.first()?.stages.clone();
    for note in &notes {
        common.retain(|stage| note.stages.contains(stage));
    }
    if !common.is_empty() {
        return None;
    }
    let places = places(term);
    notes.iter().enumerate().find_map(|(at, note)| {
        let other = notes.iter().take(at).find(|n| n.stages.is_disjoint(&note.stages))?;
        worded(run, term, other, note, &places)
    })
}

fn notes(term: &Record<Term>) -> Vec<Note<'_>> {
    let all = term.seen_by.iter().flat_map(|m| &m.0);
    let tied = all.map(|(team, words)| Note {
        team: &team.value,
        stages: words.references.iter().map(|(_, r)| &r.name).filter(|n| n.kind == Kind::Stage).collect(),
    });
    tied.filter(|n| !n.stages.is_empty()).collect()
}

/// Where each note names each of its stages.
fn places(term: &Record<Term>) -> BTreeMap<(&str, &Name), Span> {
    let uses = term.base.uses.iter().rev().filter(|u| u.to.kind == Kind::Stage);
    uses.map(|u| ((u.key.as_str(), &u.to), u.span)).collect()
}

fn worded(
    run: &Run<'_>,
    term: &Record<Term>,
    first: &Note<'_>,
    second: &Note<'_>,
    places: &BTreeMap<(&str, &Name), Span>,
) -> Option<Finding> {
    let title = |name: &Name| run.playbook.base(name).map_or_else(|| name.to_string(), |b| b.title.clone());
    let team = |id: &str| run.playbook.teams.get(id).map_or_else(|| id.to_owned(), |t| t.title().to_owned());
    let (here, there) = (*second.stages.first()?, *first.stages.first()?);
    let (one, other) = (team(first.team), team(second.team));
    let place = |note: &Note<'_>, stage: &Name| places.get(&(note.team, stage)).copied().unwrap_or(term.base.title_span);
    let message = format!("`{}` is `{}` to `{one}`, and `{}` to `{other}`", term.title(), title(there), title(here));
    Some(
        Finding::at(place(second, here), message)
            .label(format!("another stage than `{one}` means: each will wait for the other"))
            .also(place(first, there), format!("`{one}` means this one"))
            .help("agree on one stage, name it in both notes, and find another word for the other")
            .of(&term.base.name),
    )
}
