//! What changed, and for whom: a page for every version, newest first, and one for each pair of them.

use super::parts::{Link, RoleMark};
use super::wording::count;
use crate::history::diff::say;
use crate::history::{self, Change, Weight};
use crate::model::kinds::page;
use crate::model::kinds::role::Role;
use crate::model::value::{long_date, month_year};
use crate::model::{Kind, Name, Record};
use crate::site::chronicle::{self, Way};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// Every version, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct Changes {
    /// "What changed".
    pub title: String,
    /// One sentence.
    pub lead: Html,
    /// The versions.
    pub versions: Vec<Version>,
    /// What was announced, the latest first.
    pub notes: Vec<Note>,
}

/// An announcement.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// Its page.
    pub link: Link,
    /// "From 2 March 2026".
    pub since: Option<String>,
    /// Why.
    pub why: Option<Html>,
}

/// What changed with one version.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// What its heading is known by in the address.
    pub id: String,
    /// "v3".
    pub label: String,
    /// "August 2026"; empty where it is not released.
    pub date: String,
    /// "4 to know, 12 in all".
    pub count: String,
    /// The first of what everybody or somebody must know.
    pub must: Vec<Item>,
    /// The page with all of it.
    pub all: Link,
}

/// What changed between two versions.
#[derive(Debug, Clone, Serialize)]
pub struct Between {
    /// "From v1 to v3".
    pub title: String,
    /// "14 changes, 5 that somebody must know".
    pub lead: Html,
    /// By how much they matter.
    pub groups: Vec<Group>,
    /// The roles that can be chosen to see only what touches them.
    pub roles: Vec<Choice>,
    /// Stands here where nothing changed.
    pub empty: Option<String>,
}

/// A role to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub label: String,
}

/// Changes that matter alike.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// What its heading is known by in the address.
    pub id: String,
    /// "Must know".
    pub title: String,
    /// What that means.
    pub note: String,
    /// How many there are, where they are folded away: "14 changes".
    pub folded: Option<String>,
    /// The changes.
    pub items: Vec<Item>,
}

/// A change.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// What it is known by in the address.
    pub id: String,
    /// What changed.
    pub says: Html,
    /// Why.
    pub why: Option<String>,
    /// "from 2 March 2026".
    pub effective: Option<String>,
    /// Whether everyone has to know.
    pub everyone: bool,
    /// Else who has, or the first of very many.
    pub roles: Vec<RoleMark>,
    /// How many more.
    pub more: Option<String>,
    /// The ids of those roles, parted by spaces; `*` for everyone.
    pub touches: String,
    /// The record as it was: "v1".
    pub before: Option<Link>,
    /// The record as it became.
    pub after: Option<Link>,
}

/// So many changes of a version stand on the page of all versions.
const FIRST: usize = 8;

/// So many roles stand beside a change.
const ROLES: usize = 5;

/// The page of every version.
pub fn all(sheet: &Sheet<'_>) -> Changes {
    let steps = sheet.shelf.chronicle.steps();
    Changes {
        title: "What changed".to_owned(),
        lead: Html::text("Version by version, what you do differently since, and what it is good to know."),
        versions: steps.iter().rev().map(|way| version(sheet, way)).collect(),
        notes: notes(sheet),
    }
}

fn notes(sheet: &Sheet<'_>) -> Vec<Note> {
    let mut announced: Vec<_> = sheet.playbook().changes.iter().collect();
    announced.sort_by_key(|change| std::cmp::Reverse(change.effective));
    let note = |change: &Record<page::Change>| Note {
        link: sheet.link(&change.base.name),
        since: change.effective.map(long_date),
        why: sheet.words_of(change.why.as_ref()),
    };
    announced.into_iter().map(note).collect()
}

fn version(sheet: &Sheet<'_>, way: &Way) -> Version {
    let told = sheet.shelf.chronicle.told(way);
    let must: Vec<Item> = of(told, Weight::Must).take(FIRST).map(|change| item(sheet, way, change)).collect();
    let edition = sheet.shelf.editions.get(way.to);
    Version {
        id: told.to.clone(),
        label: told.to.clone(),
        date: edition.and_then(|e| e.date).map(month_year).unwrap_or_default(),
        count: tally(&told.all.iter().collect::<Vec<_>>()),
        must,
        all: Link { label: "Everything that changed".to_owned(), href: sheet.outer_href(&way.address) },
    }
}

fn of(told: &history::Changes, weight: Weight) -> impl Iterator<Item = &Change> {
    told.all.iter().filter(move |c| c.weight == weight)
}

/// "14 changes, 5 that somebody must know".
pub fn tally(changes: &[&Change]) -> String {
    let must = changes.iter().filter(|c| c.weight == Weight::Must).count();
    let all = count(changes.len(), "change", "changes");
    if must == 0 { all } else { format!("{all}, {must} that somebody must know") }
}

/// The page of two versions.
pub fn between(sheet: &Sheet<'_>, way: &Way, told: &history::Changes) -> Between {
    let weights = [
        (Weight::Must, "must", "Somebody does something differently."),
        (Weight::Should, "should", "It touches your numbers or those you work with."),
        (Weight::Good, "good", "Nothing to do."),
        (Weight::Wording, "wording", "The same, said better."),
    ];
    let group = |(weight, id, note): (Weight, &str, &str)| Group {
        id: id.to_owned(),
        title: weight.heading().to_owned(),
        note: note.to_owned(),
        folded: (weight >= Weight::Good).then(|| count(of(told, weight).count(), "change", "changes")),
        items: of(told, weight).map(|change| item(sheet, way, change)).collect(),
    };
    let playbook = sheet.playbook();
    let touched = |id: &str| told.all.iter().any(|c| c.touches.roles.contains(&Name::new(Kind::Role, id)));
    let roles = playbook.roles.iter().filter(|r| touched(r.id()));
    Between {
        title: format!("From {} to {}", told.from, told.to),
        lead: Html::text(&format!("{}.", tally(&told.all.iter().collect::<Vec<_>>()))),
        groups: weights.into_iter().map(group).filter(|g| !g.items.is_empty()).collect(),
        roles: roles.map(|r| Choice { id: r.id().to_owned(), label: r.title().to_owned() }).collect(),
        empty: told.all.is_empty().then(|| "Nothing changed between these two.".to_owned()),
    }
}

fn item(sheet: &Sheet<'_>, way: &Way, change: &Change) -> Item {
    let editions = &sheet.shelf.editions;
    let trail = editions.trail(way.to, &change.record);
    let link = |at: usize, words: &str| {
        let address = match trail.names.get(at)? {
            Some(_) => trail.addresses.get(at)?.clone(),
            None if at == way.from => editions.address(at, &change.record),
            None => None,
        };
        let label = format!("{words} {}", editions.get(at)?.label);
        Some(Link { label, href: sheet.outer_href(&address?) })
    };
    let playbook = sheet.playbook();
    // Where everyone has to know, nobody need be named.
    let named = change.touches.roles.iter().filter(|_| !change.touches.everyone);
    let roles: Vec<&Record<Role>> = named.filter_map(|name| playbook.roles.get(&name.id)).collect();
    Item {
        id: chronicle::anchor(change),
        says: Html::stressed(&say::parts(&change.sentence)),
        why: change.why.clone(),
        effective: change.effective.map(|day| format!("from {}", long_date(day))),
        everyone: change.touches.everyone,
        roles: roles.iter().take(ROLES).map(|role| sheet.role_mark(role)).collect(),
        more: roles.len().checked_sub(ROLES).filter(|more| *more > 0).map(|more| format!("and {more} more")),
        touches: touches(change),
        before: link(way.from, "Before, in"),
        after: link(way.to, "Now, in"),
    }
}

/// The ids of the roles a change touches, parted by spaces; `*` for everyone.
pub fn touches(change: &Change) -> String {
    if change.touches.everyone {
        return "*".to_owned();
    }
    change.touches.roles.iter().map(|name| name.id.as_str()).collect::<Vec<_>>().join(" ")
}
