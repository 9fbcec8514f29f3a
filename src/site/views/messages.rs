//! What we say: one promise, what it stands on, and the grid of who hears what at which stage.
//!
//! For whoever speaks or writes to a buyer. Squares that nobody has filled stay visible.

use super::message::{Moment, Proof, moments, proofs};
use super::parts::{Empty, Link};
use super::persona::part_of;
use super::wording::{counted, number};
use crate::model::Kind;
use crate::model::Record;
use crate::model::kinds::customer::Persona;
use crate::model::kinds::funnel::Stage;
use crate::model::kinds::offering::Message;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeSet;

/// The message house.
#[derive(Debug, Clone, Serialize)]
pub struct Messages {
    /// "What we say".
    pub title: String,
    /// "29 messages to 5 kinds of people, at 6 stages."
    pub lead: Option<Html>,
    /// The one promise about all of us.
    pub promise: Option<Promise>,
    /// What it stands on.
    pub pillars: Vec<Proof>,
    /// What the grid is, for those who hear it.
    pub caption: String,
    /// The grid's columns.
    pub stages: Vec<Link>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// How many squares are empty: "Two squares are empty."
    pub holes: Option<String>,
    /// What each of them hears, in full.
    pub personas: Vec<Detail>,
    /// Stands here where there is no message.
    pub empty: Option<Empty>,
}

/// The one promise.
#[derive(Debug, Clone, Serialize)]
pub struct Promise {
    /// What is promised.
    pub says: Html,
    /// The message it stands in.
    pub href: String,
}

/// What one kind of person hears.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Who.
    pub persona: Link,
    /// Their part in the decision.
    pub part: Option<&'static str>,
    /// A square a stage.
    pub cells: Vec<Cell>,
}

/// Where a person and a stage meet.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// What is said there; empty is a hole.
    pub says: Vec<Promise>,
}

/// All that one kind of person hears.
#[derive(Debug, Clone, Serialize)]
pub struct Detail {
    /// The heading's anchor.
    pub id: String,
    /// Who.
    pub persona: Link,
    /// What they are like.
    pub says: Option<Html>,
    /// What they hear, stage by stage.
    pub moments: Vec<Moment>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Messages {
    let p = sheet.playbook();
    let stages = columns(sheet);
    let rows: Vec<Row> = p.personas.iter().map(|persona| row(sheet, persona, &stages)).collect();
    let holes = rows.iter().flat_map(|r| &r.cells).filter(|c| c.says.is_empty()).count();
    let house = house(sheet);
    let lead = format!(
        "{} to {} kinds of people, at {} stages.",
        counted(p.messages.len(), "message", "messages"),
        number(p.personas.len()),
        number(stages.len()),
    );
    Messages {
        title: "What we say".to_owned(),
        lead: (!p.messages.is_empty() && house.is_none()).then(|| Html::text(&lead)),
        pillars: pillars(sheet),
        promise: house,
        caption: "What each kind of person hears at each stage".to_owned(),
        stages: stages.iter().map(|s| sheet.link(&s.base.name)).collect(),
        holes: (holes > 0 && !p.messages.is_empty()).then(|| format!("{} still empty.", counted(holes, "square is", "squares are"))),
        rows: if stages.is_empty() { Vec::new() } else { rows },
        personas: p.personas.iter().map(|persona| detail(sheet, persona)).filter(|d| !d.moments.is_empty()).collect(),
        empty: p.messages.is_empty().then(|| Empty {
            title: "Nothing to say yet".to_owned(),
            text: "Here one would see what we promise to whom, at which stage, and why they may believe it.".to_owned(),
            file: Some("content/messages.toml".to_owned()),
        }),
    }
}

/// The stages at which anything is said, in their order.
fn columns<'a>(sheet: &Sheet<'a>) -> Vec<&'a Record<Stage>> {
    let p = sheet.playbook();
    let used: BTreeSet<usize> = p.messages.iter().filter_map(|m| m.stage.as_ref()).map(|s| s.at).collect();
    let mut stages: Vec<(usize, &Record<Stage>)> = p.stages.iter().enumerate().filter(|(at, _)| used.contains(at)).collect();
    stages.sort_by_key(|(at, s)| (s.order.unwrap_or(0), *at));
    stages.into_iter().map(|(_, s)| s).collect()
}

fn row(sheet: &Sheet<'_>, persona: &Record<Persona>, stages: &[&Record<Stage>]) -> Row {
    let cell = |stage: &&Record<Stage>| {
        let here = |m: &&Record<Message>| {
            m.persona.as_ref().is_some_and(|p| p.name == persona.base.name) && m.stage.as_ref().is_some_and(|s| s.name == stage.base.name)
        };
        let says = sheet.playbook().messages.iter().filter(here).filter_map(|m| promise(sheet, m)).collect();
        Cell { says }
    };
    Row {
        persona: sheet.link(&persona.base.name),
        part: persona.buying_role.map(|r| part_of(r.value)),
        cells: stages.iter().map(cell).collect(),
    }
}

fn promise(sheet: &Sheet<'_>, message: &Record<Message>) -> Option<Promise> {
    Some(Promise { says: sheet.words(message.promise.as_ref()?), href: sheet.href_of(&message.base.name) })
}

/// The messages about all of us.
fn ours<'a>(sheet: &Sheet<'a>) -> Vec<&'a Record<Message>> {
    let about = |m: &&Record<Message>| m.about.as_ref().is_some_and(|a| a.name.kind == Kind::Playbook);
    sheet.playbook().messages.iter().filter(about).collect()
}

/// The one promise: the first that is made about all of us.
fn house(sheet: &Sheet<'_>) -> Option<Promise> {
    ours(sheet).into_iter().find_map(|m| promise(sheet, m))
}

/// What it stands on: the proofs given where the first word is said about all of us, each once.
fn pillars(sheet: &Sheet<'_>) -> Vec<Proof> {
    let p = sheet.playbook();
    let place = |m: &Record<Message>| m.stage.as_ref().map(|s| p.stages[s].order.unwrap_or(0));
    let ours = ours(sheet);
    let Some(first) = ours.iter().map(|m| place(m)).min() else { return Vec::new() };
    let mut pillars: Vec<Proof> = Vec::new();
    for proof in ours.iter().filter(|m| place(m) == first).flat_map(|m| proofs(sheet, m)) {
        if pillars.iter().all(|known| known.claim != proof.claim) {
            pillars.push(proof);
        }
    }
    pillars
}

fn detail(sheet: &Sheet<'_>, persona: &Record<Persona>) -> Detail {
    Detail {
        id: format!("to-{}", persona.id()),
        persona: sheet.link(&persona.base.name),
        says: sheet.words_of(persona.base.common.summary.as_ref()),
        moments: moments(sheet, &persona.base.name),
    }
}
