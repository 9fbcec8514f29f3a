//! Every rule a playbook is checked by, by level.
//!
//! For whoever keeps the playbook and wonders what else it looks at.

use super::parts::Link;
use super::wording::counted;
use crate::check::{ROSTER, Rule};
use crate::diagnostic::Level;
use crate::route;
use crate::site::html::Html;
use crate::site::prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The rules.
#[derive(Debug, Clone, Serialize)]
pub struct Checks {
    /// "What is checked".
    pub title: String,
    /// "Twenty-five rules look at every fact before it is published."
    pub lead: Option<Html>,
    /// The rules, by level.
    pub levels: Vec<Group>,
}

/// The rules of a level.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The heading's anchor: "error".
    pub id: &'static str,
    /// "Errors".
    pub title: &'static str,
    /// What that means for whoever writes: "Nothing is published before it is mended."
    pub note: &'static str,
    /// The rules.
    pub rules: Vec<Row>,
}

/// A rule.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its name and page.
    pub link: Link,
    /// What it finds.
    pub says: Html,
    /// Its level in this playbook, where that is another: "off here".
    pub here: Option<String>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Checks {
    let levels = [
        (Level::Error, "error", "Errors", "Nothing is published before they are mended."),
        (Level::Warning, "warning", "Warnings", "Published, and told to whoever builds."),
        (Level::Hint, "hint", "Hints", "Told to whoever asks for them."),
        (Level::Off, "off", "Off", "Looked at only where a playbook asks for it."),
    ];
    let groups = levels.into_iter().map(|(level, id, title, note)| Group {
        id,
        title,
        note,
        rules: ROSTER.into_iter().filter(|r| r.level == level).map(|r| row(sheet, r)).collect(),
    });
    Checks {
        title: "What is checked".to_owned(),
        lead: Some(Html::text(&format!("{} at every fact before it is published.", counted(ROSTER.len(), "rule looks", "rules look")))),
        levels: groups.filter(|g| !g.rules.is_empty()).collect(),
    }
}

fn row(sheet: &Sheet<'_>, rule: &Rule) -> Row {
    Row {
        link: Link { label: rule.name.to_owned(), href: sheet.href(&route::check(rule.name)) },
        says: prose::own_opening(sheet, opening(rule.page)),
        here: here(sheet, rule),
    }
}

/// What a level asks of whoever writes.
pub fn asks(level: Level) -> &'static str {
    match level {
        Level::Error => "An error: nothing is published before it is mended.",
        Level::Warning => "A warning: the site is published, and whoever builds it is told.",
        Level::Hint => "A hint: whoever asks for hints is told.",
        Level::Off => "Off: looked at only where a playbook asks for it.",
    }
}

/// The level this playbook gives a rule, where it is not the rule's own.
pub fn here(sheet: &Sheet<'_>, rule: &Rule) -> Option<String> {
    let settings = sheet.playbook().own()?.checks.as_ref()?;
    let (_, level) = settings.0.iter().find(|(name, _)| name.value == rule.name)?;
    (*level != rule.level).then(|| format!("{} in this playbook", level.word()))
}

/// The first paragraph under a page's title.
pub fn opening(page: &str) -> &str {
    page.split("\n\n").map(str::trim).find(|p| !p.is_empty() && !p.starts_with('#')).unwrap_or("")
}
