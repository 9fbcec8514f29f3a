//! Whom we talk to: everybody who has a say in it.
//!
//! For whoever is about to meet one of them for the first time.

use super::parts::{Empty, Link};
use super::persona::part_of;
use super::wording::{counted, number};
use crate::model::Record;
use crate::model::kinds::customer;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The list.
#[derive(Debug, Clone, Serialize)]
pub struct Personas {
    /// "Whom we talk to".
    pub title: String,
    /// "Five kinds of people have a say."
    pub lead: Option<Html>,
    /// Each of them.
    pub personas: Vec<Row>,
    /// Stands here where there is none.
    pub empty: Option<Empty>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Who.
    pub link: Link,
    /// What they are like.
    pub says: Option<Html>,
    /// Their part in the decision: "lives with it".
    pub part: Option<&'static str>,
    /// What makes their day hard, the first of it.
    pub worry: Option<Html>,
    /// Where one meets them.
    pub segments: Vec<Link>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Personas {
    let p = sheet.playbook();
    let personas: Vec<Row> = p.personas.iter().map(|persona| row(sheet, persona)).collect();
    let messages = p.messages.len();
    let tail = if messages == 0 { String::new() } else { format!(" We have {} messages for them.", number(messages)) };
    let lead = format!("{} a say in what is bought.{tail}", counted(personas.len(), "kind of person has", "kinds of people have"));
    Personas {
        title: "Whom we talk to".to_owned(),
        lead: (!personas.is_empty()).then(|| Html::text(&lead)),
        empty: personas.is_empty().then(|| Empty {
            title: "Nobody here yet".to_owned(),
            text: "Here one would see who has a say, what makes their day hard and what they say against us.".to_owned(),
            file: Some("content/personas/office-manager.md".to_owned()),
        }),
        personas,
    }
}

fn row(sheet: &Sheet<'_>, persona: &Record<customer::Persona>) -> Row {
    Row {
        link: sheet.link(&persona.base.name),
        says: sheet.words_of(persona.base.common.summary.as_ref()),
        part: persona.buying_role.map(|r| part_of(r.value)),
        worry: persona.challenges.iter().find_map(|c| c.text.as_ref()).map(|t| sheet.words(t)),
        segments: persona.segments.iter().map(|s| sheet.link_ref(s)).collect(),
    }
}
