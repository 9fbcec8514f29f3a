//! What there is to learn: a path for each role, and the modules they are made of.
//!
//! For whoever is new, and for whoever takes them by the hand.

use super::audience::{self, Audience};
use super::parts::{Empty, Link, Station};
use super::wording::{count, minutes};
use crate::model::kinds::training::{Lesson, Module, Path};
use crate::model::{Record, Records};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// What there is to learn.
#[derive(Debug, Clone, Serialize)]
pub struct Training {
    /// "Learn".
    pub title: String,
    /// One sentence.
    pub lead: Option<Html>,
    /// A path a role.
    pub paths: Vec<PathRow>,
    /// What they are made of.
    pub modules: Vec<ModuleRow>,
    /// Stands here where there is neither.
    pub empty: Option<Empty>,
}

/// A path.
#[derive(Debug, Clone, Serialize)]
pub struct PathRow {
    /// Which.
    pub link: Link,
    /// What it is.
    pub says: Option<Html>,
    /// For whom.
    pub audience: Option<Audience>,
    /// How long: "90 days, 12 hours in all".
    pub length: Option<String>,
    /// Its modules.
    pub stations: Vec<Station>,
}

/// A module.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleRow {
    /// Which.
    pub link: Link,
    /// What it is.
    pub says: Option<Html>,
    /// "3 lessons, 25 minutes".
    pub length: String,
    /// Whether everybody takes it.
    pub foundation: bool,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Training {
    let p = sheet.playbook();
    let paths: Vec<PathRow> = p.paths.iter().map(|path| path_row(sheet, path)).collect();
    let modules: Vec<ModuleRow> = in_order(sheet).into_iter().map(|m| module_row(sheet, m)).collect();
    Training {
        title: "Learn".to_owned(),
        lead: (!paths.is_empty()).then(|| Html::text("Find your path, and begin at its first station.")),
        empty: (paths.is_empty() && modules.is_empty()).then(|| Empty {
            title: "Nothing to learn yet".to_owned(),
            text: "Here one would see a path for each role, from the first day on, and the lessons it is made of.".to_owned(),
            file: Some("content/training/paths.toml".to_owned()),
        }),
        paths,
        modules,
    }
}

/// The modules in the order the paths take them, those on no path last.
fn in_order<'a>(sheet: &Sheet<'a>) -> Vec<&'a Record<Module>> {
    let p = sheet.playbook();
    let taken: Vec<usize> = p.paths.iter().flat_map(|path| &path.modules).filter_map(|s| s.module.as_ref()).map(|m| m.at).collect();
    let mut modules: Vec<(usize, &Record<Module>)> = p.modules.iter().enumerate().collect();
    modules.sort_by_key(|(at, _)| taken.iter().position(|t| t == at).unwrap_or(usize::MAX));
    modules.into_iter().map(|(_, module)| module).collect()
}

fn path_row(sheet: &Sheet<'_>, path: &Record<Path>) -> PathRow {
    PathRow {
        link: sheet.link(&path.base.name),
        says: sheet.words_of(path.base.common.summary.as_ref()),
        audience: audience::view(sheet, &path.learners),
        length: length(path),
        stations: path
            .modules
            .iter()
            .filter_map(|step| {
                let link = sheet.link_ref(step.module.as_ref()?);
                let note = step.by_day.map(|d| format!("by day {d}"));
                Some(Station { label: link.label, href: Some(link.href), note, state: "later" })
            })
            .collect(),
    }
}

/// How long a path is: "90 days, 12 hours in all".
pub fn length(path: &Record<Path>) -> Option<String> {
    let milestones = path.milestones.iter().filter_map(|m| m.day);
    let days = milestones.chain(path.modules.iter().filter_map(|m| m.by_day)).max();
    let days = days.map(|d| if d == 1 { "1 day".to_owned() } else { format!("{d} days") });
    let hours = path.hours.map(|h| format!("{h} {} in all", if h == 1 { "hour" } else { "hours" }));
    let parts: Vec<String> = days.into_iter().chain(hours).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn module_row(sheet: &Sheet<'_>, module: &Record<Module>) -> ModuleRow {
    ModuleRow {
        link: sheet.link(&module.base.name),
        says: sheet.words_of(module.base.common.summary.as_ref()),
        length: module_length(sheet, module),
        foundation: module.foundation,
    }
}

/// How long a module is: "3 lessons, 25 minutes".
pub fn module_length(sheet: &Sheet<'_>, module: &Record<Module>) -> String {
    let lessons = count(lessons(&sheet.playbook().lessons, module).len(), "lesson", "lessons");
    module.minutes.map_or_else(|| lessons.clone(), |m| format!("{lessons}, {}", minutes(m)))
}

/// A module's lessons: those it names, else all in its folder, in order.
pub fn lessons<'a>(all: &'a Records<Lesson>, module: &Record<Module>) -> Vec<&'a Record<Lesson>> {
    if !module.lessons.is_empty() {
        return module.lessons.iter().map(|l| &all[l]).collect();
    }
    let within = |l: &&Record<Lesson>| l.id().strip_prefix(module.id()).is_some_and(|rest| rest.starts_with('/'));
    all.iter().filter(within).collect()
}
