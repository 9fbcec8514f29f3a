//! A learning path: by which day one can do what, what one learns for it, and who looks.
//!
//! For a new colleague, and for the buddy beside them.

use super::audience::{self, Audience};
use super::parts::{Link, RoleMark, Station};
use super::training::{length, lessons, module_length};
use crate::model::Record;
use crate::model::kinds::training::{self, Milestone, Step, Verifier};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A path.
#[derive(Debug, Clone, Serialize)]
pub struct Path {
    /// Its name.
    pub title: String,
    /// What it is.
    pub lead: Option<Html>,
    /// For whom.
    pub audience: Option<Audience>,
    /// "90 days, 12 hours in all".
    pub length: Option<String>,
    /// Whether a buddy walks along.
    pub buddy: bool,
    /// Its milestones on one line; none where there is but one.
    pub stations: Vec<Station>,
    /// The way, milestone by milestone.
    pub legs: Vec<Leg>,
    /// Its first lesson.
    pub start: Option<Link>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// The way to a milestone.
#[derive(Debug, Clone, Serialize)]
pub struct Leg {
    /// The heading's anchor: "day-30".
    pub id: String,
    /// When: "By day 30".
    pub by: String,
    /// What one has become: "Runs a tasting beside the buddy".
    pub title: Html,
    /// What one learns on the way.
    pub modules: Vec<Stop>,
    /// What one can be seen doing.
    pub can_do: Vec<Html>,
    /// The role that looks.
    pub role: Option<RoleMark>,
    /// Whether it is the buddy who looks.
    pub buddy: bool,
}

/// A module on the way.
#[derive(Debug, Clone, Serialize)]
pub struct Stop {
    /// Which.
    pub link: Link,
    /// What it is.
    pub says: Option<Html>,
    /// "By day 3, 25 minutes".
    pub note: String,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, path: &Record<training::Path>) -> Path {
    let mut milestones: Vec<&Milestone> = path.milestones.iter().filter(|m| m.day.is_some()).collect();
    milestones.sort_by_key(|m| m.day);
    let mut from = 0;
    let mut legs = Vec::new();
    for milestone in &milestones {
        let day = milestone.day.unwrap_or(0);
        legs.push(leg(sheet, milestone, day, stops(sheet, path, from, day)));
        from = day + 1;
    }
    let after = stops(sheet, path, from, u32::MAX);
    if !after.is_empty() {
        legs.push(rest(after, milestones.is_empty()));
    }
    Path {
        title: path.title().to_owned(),
        lead: sheet.words_of(path.base.common.summary.as_ref()),
        audience: audience::view(sheet, &path.learners),
        length: length(path),
        buddy: path.buddy,
        stations: if milestones.len() > 1 { milestones.iter().map(|m| station(sheet, m)).collect() } else { Vec::new() },
        start: start(sheet, path),
        legs,
        body: sheet.body(&path.base),
    }
}

fn anchor(day: u32) -> String {
    format!("day-{day}")
}

fn station(sheet: &Sheet<'_>, milestone: &Milestone) -> Station {
    let day = milestone.day.unwrap_or(0);
    Station {
        label: format!("Day {day}"),
        href: Some(format!("#{}", anchor(day))),
        note: milestone.title.as_ref().map(|t| sheet.plain(t)),
        state: "later",
    }
}

fn leg(sheet: &Sheet<'_>, milestone: &Milestone, day: u32, modules: Vec<Stop>) -> Leg {
    Leg {
        id: anchor(day),
        by: format!("By day {day}"),
        title: sheet.words_of(milestone.title.as_ref()).unwrap_or_else(|| Html::text(&format!("Day {day}"))),
        modules,
        can_do: sheet.all_words(&milestone.can_do),
        role: match &milestone.verified_by {
            Some(Verifier::Role(role)) => Some(sheet.role(role)),
            _ => None,
        },
        buddy: matches!(milestone.verified_by, Some(Verifier::Buddy)),
    }
}

/// The modules that no milestone waits for.
fn rest(modules: Vec<Stop>, all: bool) -> Leg {
    let title = Html::text(if all { "What you learn" } else { "And then" });
    Leg { id: "after".to_owned(), by: String::new(), title, modules, can_do: Vec::new(), role: None, buddy: false }
}

/// The modules due between two days; those without a day come first.
fn stops(sheet: &Sheet<'_>, path: &Record<training::Path>, from: u32, to: u32) -> Vec<Stop> {
    let due = |step: &&Step| (from..=to).contains(&step.by_day.unwrap_or(0));
    let mut steps: Vec<&Step> = path.modules.iter().filter(due).collect();
    steps.sort_by_key(|s| s.by_day);
    steps.into_iter().filter_map(|step| stop(sheet, step)).collect()
}

fn stop(sheet: &Sheet<'_>, step: &Step) -> Option<Stop> {
    let reference = step.module.as_ref()?;
    let module = &sheet.playbook().modules[reference];
    let length = module_length(sheet, module);
    Some(Stop {
        link: sheet.link_ref(reference),
        says: sheet.words_of(module.base.common.summary.as_ref()),
        note: step.by_day.map_or_else(|| length.clone(), |d| format!("By day {d}. {length}")),
    })
}

fn start(sheet: &Sheet<'_>, path: &Record<training::Path>) -> Option<Link> {
    let first = path.modules.iter().min_by_key(|m| m.by_day).and_then(|m| m.module.as_ref())?;
    let p = sheet.playbook();
    let lesson = lessons(&p.lessons, &p.modules[first]).first().map(|l| sheet.link(&l.base.name));
    lesson.or_else(|| Some(sheet.link_ref(first)))
}
