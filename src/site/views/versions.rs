//! The versions of a page: a menu with each, and on a page of an old one where its subject is today.

use super::parts::Link;
use crate::model::Name;
use crate::route::{self, Listing};
use crate::site::edition::{self, Edition, Editions};
use crate::site::{Page, Sheet};
use serde::Serialize;
use std::sync::Arc;

/// The menu of versions.
#[derive(Debug, Clone, Serialize)]
pub struct VersionMenu {
    /// The version being read: "v4".
    pub label: String,
    /// All of them, newest first.
    pub entries: Vec<VersionEntry>,
    /// Where everything that changed between them is told.
    pub changes: Option<String>,
}

/// A version in the menu.
#[derive(Debug, Clone, Serialize)]
pub struct VersionEntry {
    /// "v3".
    pub label: String,
    /// "August 2026".
    pub date: Option<String>,
    /// Where this page's subject stands in it; nothing where it does not.
    pub href: Option<String>,
    /// Why it does not: "not there yet (added in v2)".
    pub says: Option<String>,
    /// Whether it is the version being read.
    pub current: bool,
}

/// What stands above a page of an old version.
#[derive(Debug, Clone, Serialize)]
pub struct Past {
    /// Which version this is: "v1, October 2025".
    pub version: String,
    /// What became of its subject, where it is not simply another text now: "It was removed in v4.".
    pub fate: Option<String>,
    /// Where to read on in what stands now.
    pub now: Link,
}

/// A page's subject in every version: its name where it is a record, and its address.
struct Trail<'a> {
    editions: &'a Editions,
    at: usize,
    /// Without names where it is no record.
    found: Arc<edition::Trail>,
}

impl<'a> Trail<'a> {
    fn of(sheet: &Sheet<'a>, name: Option<&Name>) -> Self {
        let editions: &Editions = &sheet.shelf.editions;
        let at = sheet.shelf.at;
        let found = match name {
            Some(name) => editions.trail(at, name),
            None => {
                let listing = listing_of(sheet);
                let addresses = (0..=editions.newest()).map(|at| editions.listing(at, listing)).collect();
                Arc::new(edition::Trail { names: Vec::new(), addresses })
            }
        };
        Self { editions, at, found }
    }

    fn address(&self, at: usize) -> Option<&String> {
        self.found.addresses.get(at)?.as_ref()
    }

    /// The first version at or after a place in which it is there.
    fn there_from(&self, at: usize) -> Option<&'a Edition> {
        let from = (at..self.found.addresses.len()).find(|at| self.is_there(*at))?;
        self.editions.get(from)
    }

    /// The first version after its last appearance before a place.
    fn gone_since(&self, at: usize) -> Option<&'a Edition> {
        let last = (0..at).rev().find(|at| self.is_there(*at))?;
        self.editions.get(last + 1)
    }

    fn is_there(&self, at: usize) -> bool {
        self.address(at).is_some()
    }

    fn absence(&self, at: usize) -> Option<String> {
        if self.is_there(at) {
            return None;
        }
        if let Some(edition) = self.gone_since(at) {
            return Some(format!("not there any more (removed in {})", edition.label));
        }
        self.there_from(at).map(|edition| format!("not there yet (added in {})", edition.label))
    }
}

/// The menu of a page; nothing where there is only what stands now.
pub fn menu(sheet: &Sheet<'_>, name: Option<&Name>) -> Option<VersionMenu> {
    let editions = &sheet.shelf.editions;
    if !editions.are_several() {
        return None;
    }
    let trail = Trail::of(sheet, name);
    let entry = |(at, edition): (usize, &Edition)| VersionEntry {
        label: edition.label.clone(),
        date: edition.month(),
        href: trail.address(at).map(|address| sheet.outer_href(address)),
        says: trail.absence(at),
        current: at == trail.at,
    };
    let entries = editions.iter().enumerate().rev().map(entry).collect();
    let label = editions.get(trail.at).map(|e| e.label.clone()).unwrap_or_default();
    Some(VersionMenu { label, entries, changes: Some(sheet.outer_href(Listing::Changes.address())) })
}

/// What stands above a page of an old version; nothing on a page of what stands now.
pub fn past(sheet: &Sheet<'_>, name: Option<&Name>) -> Option<Past> {
    let editions = &sheet.shelf.editions;
    let here = editions.get(sheet.shelf.at).filter(|_| sheet.shelf.at != editions.newest())?;
    let trail = Trail::of(sheet, name);
    let newest = trail.editions.newest();
    let version = here.month().map_or_else(|| here.label.clone(), |month| format!("{}, {month}", here.label));
    let (fate, label) = fate(&trail, sheet, name);
    let now = trail.address(newest).cloned().or_else(|| {
        let listing = name.and_then(|name| Listing::of(name.kind)).unwrap_or(Listing::Home);
        trail.editions.listing(newest, listing)
    });
    let now = Link { label, href: sheet.outer_href(now.as_deref().unwrap_or("/")) };
    Some(Past { version, fate, now })
}

/// What became of a page's subject, and what the link to what stands now says.
fn fate(trail: &Trail<'_>, sheet: &Sheet<'_>, name: Option<&Name>) -> (Option<String>, String) {
    let as_it_stands = || "Read it as it stands now".to_owned();
    let Some(name) = name else { return (None, as_it_stands()) };
    let newest = trail.editions.newest();
    let Some(edition) = trail.editions.get(newest) else { return (None, as_it_stands()) };
    let title = |base: Option<&crate::model::Base>| base.map(|b| b.title.clone()).unwrap_or_default();
    match trail.found.today() {
        None => {
            let since = trail
                .gone_since(newest)
                .map_or_else(String::new, |e| format!(" in {}", if e.shelf.is_empty() { "the version that stands now" } else { &e.label }));
            (Some(format!("It was removed{since}.")), "Go to what stands now".to_owned())
        }
        Some(today) => {
            let (was, is) = (title(sheet.playbook().base(name)), title(edition.playbook.base(today)));
            let merged = today != name && sheet.playbook().base(today).is_some();
            let fate = match (merged, was == is) {
                (true, _) => Some(format!("It has become part of “{is}”.")),
                (false, false) => Some(format!("It is called “{is}” now.")),
                (false, true) => None,
            };
            (fate, as_it_stands())
        }
    }
}

/// Where what stands on a page is to be found in what stands now, from the top of the whole site.
pub fn today(sheet: &Sheet<'_>, name: Option<&Name>) -> String {
    let here = || route::on_shelf(&sheet.shelf.folder, sheet.address);
    if !sheet.shelf.is_released() {
        return here();
    }
    let editions = &sheet.shelf.editions;
    let now = match name {
        Some(name) => editions.trail(sheet.shelf.at, name).address_today().map(str::to_owned),
        None => editions.listing(editions.newest(), listing_of(sheet)),
    };
    now.unwrap_or_else(here)
}

/// The list that a page is; Home where it is none.
fn listing_of(sheet: &Sheet<'_>) -> Listing {
    match sheet.page(sheet.address) {
        Some(Page::Listing(listing)) => *listing,
        _ => Listing::Home,
    }
}
