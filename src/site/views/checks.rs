//! Every rule a playbook is checked by, by subject.
//!
//! For whoever keeps the playbook and wonders what else it looks at.

use super::parts::Link;
use super::wording::{count, counted};
use crate::check::{ROSTER, Rule, SECTIONS, Section};
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
    /// "One hundred rules look at every fact before it is published."
    pub lead: Option<Html>,
    /// What each level asks, and how many rules stand at it.
    pub levels: Vec<String>,
    /// The way to each subject.
    pub jumps: Vec<Link>,
    /// The rules, by subject.
    pub subjects: Vec<Subject>,
}

/// The rules of a subject.
#[derive(Debug, Clone, Serialize)]
pub struct Subject {
    /// The heading's anchor: "goals-and-metrics".
    pub id: String,
    /// "Goals and metrics".
    pub title: &'static str,
    /// "16 rules".
    pub note: String,
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
    /// "Error", "warning", "hint", "off": a class too.
    pub level: &'static str,
    /// Its level in this playbook, where that is another: "off in this playbook".
    pub here: Option<String>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Checks {
    let levels = [
        (Level::Error, "error", "errors", "nothing is published before they are mended"),
        (Level::Warning, "warning", "warnings", "published, and told to whoever builds"),
        (Level::Hint, "hint", "hints", "told to whoever asks for them"),
        (Level::Off, "rule that is off", "rules that are off", "looked at only where a playbook asks for it"),
    ];
    let levels = levels.into_iter().filter_map(|(level, one, many, note)| {
        let n = ROSTER.iter().filter(|r| r.level == level).count();
        (n > 0).then(|| format!("{}: {note}", count(n, one, many)))
    });
    let subjects: Vec<Subject> = SECTIONS.iter().map(|section| subject(sheet, section)).collect();
    Checks {
        title: "What is checked".to_owned(),
        lead: Some(Html::text(&format!("{} at every fact before it is published.", counted(ROSTER.len(), "rule looks", "rules look")))),
        levels: levels.collect(),
        jumps: subjects.iter().map(|s| Link { label: s.title.to_owned(), href: format!("#{}", s.id) }).collect(),
        subjects,
    }
}

fn subject(sheet: &Sheet<'_>, section: &Section) -> Subject {
    let words: Vec<&str> = section.title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    Subject {
        id: words.join("-").to_lowercase(),
        title: section.title,
        note: count(section.rules.len(), "rule", "rules"),
        rules: section.rules.iter().map(|r| row(sheet, r)).collect(),
    }
}

fn row(sheet: &Sheet<'_>, rule: &Rule) -> Row {
    Row {
        link: Link { label: rule.name.to_owned(), href: sheet.href(&route::check(rule.name)) },
        says: prose::own_opening(sheet, first_sentence(opening(rule.page))),
        level: rule.level.word(),
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

/// A text up to where its second sentence begins.
fn first_sentence(text: &str) -> &str {
    let begins = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '`' || c == '"');
    let ends = text.match_indices(['.', '?']).map(|(at, _)| at + 1);
    let end = ends.into_iter().find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_whitespace) && begins(rest)));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
