//! One rule: what it finds, why that matters, how to mend it.
//!
//! For whoever has just been told by it.

use super::checks::{here, opening};
use crate::check::Rule;
use crate::site::html::Html;
use crate::site::prose::{self, Prose};
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A rule.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// Its name: "dead-link".
    pub title: String,
    /// What it finds.
    pub lead: Option<Html>,
    /// What its level asks: "Error: nothing is published before it is mended."
    pub level: &'static str,
    /// Its level in this playbook, where that is another.
    pub here: Option<String>,
    /// The rest of its page.
    pub body: Prose,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, rule: &Rule) -> Check {
    Check {
        title: rule.name.to_owned(),
        lead: Some(prose::own_opening(sheet, opening(rule.page))),
        level: super::checks::asks(rule.level),
        here: here(sheet, rule),
        body: prose::own(sheet, rest(rule.page)),
    }
}

/// What stands under the title and the opening.
fn rest(page: &str) -> &str {
    let title = page.trim_start();
    let title = if title.starts_with('#') { title.split_once('\n').map_or("", |(_, rest)| rest) } else { title };
    title.trim_start().split_once("\n\n").map_or("", |(_, rest)| rest)
}
