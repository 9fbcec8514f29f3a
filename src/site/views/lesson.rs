//! One sitting: a story, a choice, a few questions, and the way on.
//!
//! For one reader at a time: no sidebar, the module's lessons as stations on a line.

use super::module::station;
use super::parts::{Link, Station};
use super::training::lessons;
use crate::model::Record;
use crate::model::kinds::training;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A lesson.
#[derive(Debug, Clone, Serialize)]
pub struct Lesson {
    /// Its name.
    pub title: String,
    /// What it is about.
    pub lead: Option<Html>,
    /// The module it belongs to.
    pub module: Option<Link>,
    /// Its place: "Lesson 1 of 3".
    pub place: Option<String>,
    /// The module's lessons.
    pub stations: Vec<Station>,
    /// What one can do afterwards.
    pub objectives: Vec<Html>,
    /// The lesson.
    pub body: Option<Prose>,
    /// The lesson before, in this module.
    pub previous: Option<Link>,
    /// The lesson after, in this module.
    pub next: Option<Link>,
    /// The module again, where this is its last lesson.
    pub done: Option<Link>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, lesson: &Record<training::Lesson>) -> Lesson {
    let p = sheet.playbook();
    let of = |module: &&Record<training::Module>| lessons(&p.lessons, module).iter().any(|l| l.id() == lesson.id());
    let module = p.modules.iter().find(of);
    let siblings = module.map(|m| lessons(&p.lessons, m)).unwrap_or_default();
    let at = siblings.iter().position(|l| l.id() == lesson.id());
    let neighbour = |i: Option<usize>| i.and_then(|i| siblings.get(i)).map(|l| sheet.link(&l.base.name));
    let state = |l: &Record<training::Lesson>| if l.id() == lesson.id() { "now" } else { "later" };
    Lesson {
        title: lesson.title().to_owned(),
        lead: sheet.words_of(lesson.base.common.summary.as_ref()),
        module: module.map(|m| sheet.link(&m.base.name)),
        place: at.map(|at| format!("Lesson {} of {}", at + 1, siblings.len())),
        stations: if siblings.len() > 1 { siblings.iter().map(|l| station(sheet, l, state(l))).collect() } else { Vec::new() },
        objectives: sheet.all_words(&lesson.objectives),
        body: sheet.body(&lesson.base),
        previous: neighbour(at.and_then(|at| at.checked_sub(1))),
        next: neighbour(at.map(|at| at + 1)),
        done: module.filter(|_| at.map(|at| at + 1) == Some(siblings.len())).map(|m| sheet.link(&m.base.name)),
    }
}
