//! All goals: the one at the top and what serves it, each with how far it has come.
//!
//! For everyone who asks what their own number is for.

use super::numbers;
use super::parts::{Empty, Link, RoleMark};
use super::wording::{counted, number};
use crate::model::kinds::goal::{Goal, Scope};
use crate::model::{Record, goals};
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// All goals.
#[derive(Debug, Clone, Serialize)]
pub struct Goals {
    /// The page's name.
    pub title: String,
    /// How many, how many of them shared.
    pub lead: Option<Html>,
    /// What would be here.
    pub empty: Option<Empty>,
    /// The goals nothing stands above, each with its tree.
    pub roots: Vec<Node>,
    /// Where all numbers are.
    pub numbers: Option<Link>,
}

/// A goal with those that serve it.
#[derive(Debug, Clone, Serialize)]
pub struct Node {
    /// The goal.
    pub goal: Link,
    /// What it is, in a sentence.
    pub says: Option<Html>,
    /// Whose it is where it is a team's own: "Sales’ own".
    pub own: Option<String>,
    /// Who carries it.
    pub owners: Vec<RoleMark>,
    /// The number that tells.
    pub metric: Option<Link>,
    /// How far it has come.
    pub way: Option<Html>,
    /// The goals that serve it.
    pub children: Vec<Node>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Goals {
    let p = sheet.playbook();
    let shared = p.goals.iter().filter(|g| is_shared(g)).count();
    let all = p.goals.len();
    let rest = if shared == all { "all shared".to_owned() } else { format!("{} of them shared", number(shared)) };
    let lead = format!("{}, {rest}. Each serves the one above it.", counted(all, "goal", "goals"));
    let numbers = Listing::Metrics;
    Goals {
        title: Listing::Goals.label().to_owned(),
        lead: (all > 0).then(|| Html::text(&lead)),
        empty: (all == 0).then(empty),
        roots: goals::roots(p).into_iter().map(|g| node(sheet, g, 0)).collect(),
        numbers: sheet.has(numbers.address()).then(|| Link { label: numbers.label().to_owned(), href: sheet.href(numbers.address()) }),
    }
}

fn empty() -> Empty {
    Empty {
        title: "No goals yet".to_owned(),
        text: "Here one would see what we all want to reach, and each team’s part in it.".to_owned(),
        file: Some("content/goals.toml".to_owned()),
    }
}

/// Whether teams share it.
pub fn is_shared(goal: &Record<Goal>) -> bool {
    goal.scope.is_none_or(|s| s.value == Scope::Shared)
}

/// A goal and all beneath it; a tree is never as deep as goals are many.
fn node(sheet: &Sheet<'_>, goal: &Record<Goal>, depth: usize) -> Node {
    let p = sheet.playbook();
    let metric = goal.metrics.first().map(|m| &p.metrics[m]);
    let beneath = if depth < p.goals.len() { goals::serving(p, goal) } else { Vec::new() };
    Node {
        goal: sheet.link(&goal.base.name),
        says: sheet.words_of(goal.base.common.summary.as_ref().or(goal.why.as_ref())),
        own: (!is_shared(goal)).then(|| owned(sheet, goal)),
        owners: sheet.roles(&goal.owners),
        metric: metric.map(|m| sheet.link(&m.base.name)),
        way: metric.map(|m| numbers::way(m, None, hue(sheet, goal))),
        children: beneath.into_iter().map(|g| node(sheet, g, depth + 1)).collect(),
    }
}

/// "A goal of Sales".
fn owned(sheet: &Sheet<'_>, goal: &Record<Goal>) -> String {
    let team = goal.owners.first().and_then(|o| sheet.playbook().team_of(o));
    team.map_or_else(|| "One team’s own".to_owned(), |t| format!("A goal of {}", t.title()))
}

/// A team's own goal has its hue; a shared one nobody's.
fn hue(sheet: &Sheet<'_>, goal: &Record<Goal>) -> u8 {
    goal.owners.first().filter(|_| !is_shared(goal)).map_or(0, |o| sheet.role_hue(o))
}
