//! A module: what one can do afterwards, its lessons, and the facts it teaches.
//!
//! For whoever is about to begin it.

use super::parts::{Link, Station};
use super::training::lessons;
use super::wording::{capital, minutes};
use crate::model::kinds::training::{self, Lesson};
use crate::model::{Kind, Record};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

/// A module.
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    /// Its name.
    pub title: String,
    /// What it is.
    pub lead: Option<Html>,
    /// "25 minutes".
    pub length: Option<String>,
    /// "80 % to pass".
    pub pass: Option<String>,
    /// Whether everybody takes it.
    pub foundation: bool,
    /// Whether it ends with a certificate.
    pub certificate: bool,
    /// What one can do afterwards.
    pub objectives: Vec<Html>,
    /// Its lessons on a line.
    pub stations: Vec<Station>,
    /// Its lessons in words.
    pub lessons: Vec<LessonRow>,
    /// The first lesson.
    pub start: Option<Link>,
    /// What to take before.
    pub requires: Vec<Link>,
    /// The facts it depends on, by kind.
    pub teaches: Vec<Taught>,
    /// The paths it stands on.
    pub paths: Vec<Link>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// A lesson.
#[derive(Debug, Clone, Serialize)]
pub struct LessonRow {
    /// Which.
    pub link: Link,
    /// What it is.
    pub says: Option<Html>,
    /// "5 questions".
    pub note: Option<String>,
}

/// Facts of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Taught {
    /// The kind: "Words".
    pub label: String,
    /// The facts.
    pub links: Vec<Link>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, module: &Record<training::Module>) -> Module {
    let p = sheet.playbook();
    let lessons = lessons(&p.lessons, module);
    let on = |path: &&Record<training::Path>| path.modules.iter().any(|s| s.module.as_ref().is_some_and(|m| m.name == module.base.name));
    Module {
        title: module.title().to_owned(),
        lead: sheet.words_of(module.base.common.summary.as_ref()),
        length: module.minutes.map(minutes),
        pass: module.pass_mark.as_ref().map(|p| format!("{} to pass", p.value)),
        foundation: module.foundation,
        certificate: module.certificate,
        objectives: sheet.all_words(&module.objectives),
        stations: lessons.iter().map(|l| station(sheet, l, "later")).collect(),
        start: lessons.first().map(|l| sheet.link(&l.base.name)),
        lessons: lessons.into_iter().map(|l| row(sheet, l)).collect(),
        requires: module.requires.iter().map(|r| sheet.link_ref(r)).collect(),
        teaches: teaches(sheet, module),
        paths: p.paths.iter().filter(on).map(|path| sheet.link(&path.base.name)).collect(),
        body: sheet.body(&module.base),
    }
}

/// A lesson as a station.
pub fn station(sheet: &Sheet<'_>, lesson: &Record<Lesson>, state: &'static str) -> Station {
    let link = sheet.link(&lesson.base.name);
    Station { label: link.label, href: (state != "now").then_some(link.href), note: None, state }
}

fn row(sheet: &Sheet<'_>, lesson: &Record<Lesson>) -> LessonRow {
    let questions = lesson.base.body.as_ref().map_or(0, |b| b.questions.len());
    LessonRow {
        link: sheet.link(&lesson.base.name),
        says: sheet.words_of(lesson.base.common.summary.as_ref()),
        note: (questions > 0).then(|| super::wording::count(questions, "question", "questions")),
    }
}

fn teaches(sheet: &Sheet<'_>, module: &Record<training::Module>) -> Vec<Taught> {
    let mut by_kind: BTreeMap<Kind, Vec<Link>> = BTreeMap::new();
    for fact in &module.teaches {
        by_kind.entry(fact.name.kind).or_default().push(sheet.link(&fact.name));
    }
    let label = |kind: Kind, n: usize| capital(if n == 1 { kind.label() } else { kind.labels() });
    by_kind.into_iter().map(|(kind, links)| Taught { label: label(kind, links.len()), links }).collect()
}
