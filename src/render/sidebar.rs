//! The sidebar, printed entry by entry: pages of one folder share all entries but their own, and each is printed once for them.
//!
//! Ten thousand pages have nearly a million entries; through the page's own template they would take a third of a build.

use super::template::Templates;
use crate::site::Sheet;
use crate::site::framing::page_entry;
use crate::site::views::frame::{NavEntry, NavGroup, NavItem};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Entries of one site that are printed already.
#[derive(Default)]
pub struct Sidebar {
    /// By the folder they are seen from.
    folders: RwLock<BTreeMap<String, Arc<Seen>>>,
}

/// Entries as they are seen from one folder: their addresses are relative to it.
#[derive(Default)]
struct Seen {
    /// By place among all pages and folders.
    pages: RwLock<BTreeMap<usize, String>>,
    /// Others that are not open, by address and label.
    others: RwLock<BTreeMap<(String, String), Arc<str>>>,
}

/// A page's sidebar being printed.
struct Printer<'a> {
    templates: &'a Templates,
    sheet: &'a Sheet<'a>,
    seen: Arc<Seen>,
}

impl Sidebar {
    /// The entries of each group.
    ///
    /// # Errors
    /// A sentence that names the template and the page.
    pub fn print(&self, templates: &Templates, sheet: &Sheet<'_>, groups: &[NavGroup]) -> Result<Vec<String>, String> {
        let printer = Printer { templates, sheet, seen: self.seen_from(folder(sheet.address)) };
        groups.iter().map(|group| printer.entries(&group.items)).collect()
    }

    fn seen_from(&self, folder: &str) -> Arc<Seen> {
        if let Some(seen) = self.folders.read().unwrap_or_else(PoisonError::into_inner).get(folder) {
            return seen.clone();
        }
        self.folders.write().unwrap_or_else(PoisonError::into_inner).entry(folder.to_owned()).or_default().clone()
    }
}

/// What an address of a page has before its own last word: `/pages/care/` for `/pages/care/who/`. Only pages of equal depth side by side
/// have it in common, and their links to anything but themselves are spelled alike.
fn folder(address: &str) -> &str {
    let inner = address.trim_end_matches('/');
    inner.rfind('/').and_then(|at| address.get(..=at)).unwrap_or(address)
}

impl Printer<'_> {
    fn entries(&self, entries: &[NavEntry]) -> Result<String, String> {
        let items: Vec<String> = entries
            .iter()
            .filter_map(|entry| match entry {
                NavEntry::Item(item) => Some(self.item(item)),
                NavEntry::Page(_) => None,
            })
            .collect::<Result<_, _>>()?;
        self.learn(entries)?;
        let known = self.seen.pages.read().unwrap_or_else(PoisonError::into_inner);
        let mut items = items.into_iter();
        let mut out = String::with_capacity(entries.len() * 128 + items.as_slice().iter().map(String::len).sum::<usize>());
        for entry in entries {
            match entry {
                NavEntry::Item(_) => out.push_str(&items.next().unwrap_or_default()),
                NavEntry::Page(at) => out.push_str(known.get(at).map_or("", AsRef::as_ref)),
            }
        }
        Ok(out)
    }

    fn item(&self, item: &NavItem) -> Result<String, String> {
        if item.open || item.current {
            let beneath = self.entries(&item.children)?;
            return self.fresh(item, &beneath);
        }
        self.other(item).map(|printed| printed.to_string())
    }

    /// Prints the pages that were not seen from here yet.
    fn learn(&self, entries: &[NavEntry]) -> Result<(), String> {
        let pages = entries.iter().filter_map(|entry| match entry {
            NavEntry::Page(at) => Some(*at),
            NavEntry::Item(_) => None,
        });
        let new: Vec<usize> = {
            let known = self.seen.pages.read().unwrap_or_else(PoisonError::into_inner);
            pages.filter(|at| !known.contains_key(at)).collect()
        };
        for at in new {
            let Some(item) = page_entry(self.sheet, at) else { continue };
            let printed = self.fresh(&item, "")?;
            self.seen.pages.write().unwrap_or_else(PoisonError::into_inner).insert(at, printed);
        }
        Ok(())
    }

    fn other(&self, item: &NavItem) -> Result<Arc<str>, String> {
        let key = (item.href.clone(), item.label.clone());
        if let Some(printed) = self.seen.others.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(printed.clone());
        }
        let printed: Arc<str> = self.fresh(item, "")?.into();
        self.seen.others.write().unwrap_or_else(PoisonError::into_inner).insert(key, printed.clone());
        Ok(printed)
    }

    fn fresh(&self, item: &NavItem, beneath: &str) -> Result<String, String> {
        self.templates.component("sidebar_item", self.sheet.address, ("item", item), beneath)
    }
}
