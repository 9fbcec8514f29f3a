//! One message: what we promise to whom, at which moment, and why they may believe it.
//!
//! For whoever is about to say or write it.

use super::parts::Link;
use super::persona::part_of;
use crate::model::Kind;
use crate::model::Record;
use crate::model::field::Words;
use crate::model::kinds::offering;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A message.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// Its name: "Office manager, at the tasting".
    pub title: String,
    /// The promise; the one thing the reader came for.
    pub promise: Option<Html>,
    /// The problem it speaks to.
    pub problem: Option<Html>,
    /// To whom it is said.
    pub persona: Option<Link>,
    /// Their part in the decision: "lives with it".
    pub part: Option<&'static str>,
    /// At which stage.
    pub stage: Option<Link>,
    /// What it is about; nothing where it is about all of us.
    pub about: Option<Link>,
    /// Why one may believe it.
    pub proof: Vec<Proof>,
    /// Words to use.
    pub say: Vec<Html>,
    /// Words to leave.
    pub avoid: Vec<Html>,
    /// What the same person hears at other moments.
    pub others: Vec<Moment>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// Why one may believe it.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// The claim.
    pub claim: Html,
    /// Where it can be checked.
    pub source: Option<Html>,
}

/// What somebody hears at a stage.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// The stage: "Tasting"; "Any time" where the message names none.
    pub at: String,
    /// The message's page; nothing where it is the page being read.
    pub href: Option<String>,
    /// The promise.
    pub promise: Html,
    /// The problem.
    pub problem: Option<Html>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, it: &Record<offering::Message>) -> Message {
    let persona = it.persona.as_ref().map(|p| &sheet.playbook().personas[p]);
    Message {
        title: it.title().to_owned(),
        promise: sheet.words_of(it.promise.as_ref()),
        problem: sheet.words_of(it.problem.as_ref()),
        persona: it.persona.as_ref().map(|p| sheet.link_ref(p)),
        part: persona.and_then(|p| p.buying_role).map(|r| part_of(r.value)),
        stage: it.stage.as_ref().map(|s| sheet.link_ref(s)),
        about: it.about.as_ref().filter(|a| a.name.kind != Kind::Playbook).map(|a| sheet.link(&a.name)),
        proof: proofs(sheet, it),
        say: sheet.all_words(&it.say),
        avoid: sheet.all_words(&it.avoid),
        others: it.persona.as_ref().map(|p| moments(sheet, &p.name)).filter(|m| m.len() > 1).unwrap_or_default(),
        body: sheet.body(&it.base),
    }
}

/// Why one may believe a message.
pub fn proofs(sheet: &Sheet<'_>, it: &Record<offering::Message>) -> Vec<Proof> {
    let proof = |p: &offering::Proof| {
        Some(Proof { claim: sheet.words(p.claim.as_ref()?), source: p.source.as_ref().map(|s: &Words| sheet.words(s)) })
    };
    it.proof.iter().filter_map(proof).collect()
}

/// What a persona hears, in the order of the stages.
pub fn moments(sheet: &Sheet<'_>, persona: &crate::model::Name) -> Vec<Moment> {
    let p = sheet.playbook();
    let to = |m: &&Record<offering::Message>| m.persona.as_ref().is_some_and(|r| r.name == *persona) && m.promise.is_some();
    let mut messages: Vec<&Record<offering::Message>> = p.messages.iter().filter(to).collect();
    messages.sort_by_key(|m| m.stage.as_ref().map_or((0, 0), |s| (p.stages[s].order.unwrap_or(0), s.at)));
    messages.into_iter().filter_map(|m| moment(sheet, m)).collect()
}

fn moment(sheet: &Sheet<'_>, it: &Record<offering::Message>) -> Option<Moment> {
    let here = sheet.site.address_of(&it.base.name) == sheet.address;
    Some(Moment {
        at: it.stage.as_ref().map_or_else(|| "Any time".to_owned(), |s| sheet.link_ref(s).label),
        href: (!here).then(|| sheet.href_of(&it.base.name)),
        promise: sheet.words(it.promise.as_ref()?),
        problem: sheet.words_of(it.problem.as_ref()),
    })
}
