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
    pages: RwLock<BTreeMap<usize, Arc<str>>>,
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
        let mut out = String::new();
        for entry in entries {
            match entry {
                NavEntry::Item(item) if item.open || item.current => {
                    let beneath = self.entries(&item.children)?;
                    out.push_str(&self.fresh(item, &beneath)?);
                }
                NavEntry::Item(item) => out.push_str(&self.other(item)?),
                NavEntry::Page(at) => out.push_str(&self.page(*at)?),
            }
        }
        Ok(out)
    }

    fn page(&self, at: usize) -> Result<Arc<str>, String> {
        if let Some(printed) = self.seen.pages.read().unwrap_or_else(PoisonError::into_inner).get(&at) {
            return Ok(printed.clone());
        }
        let Some(item) = page_entry(self.sheet, at) else { return Ok("".into()) };
        let printed: Arc<str> = self.fresh(&item, "")?.into();
        self.seen.pages.write().unwrap_or_else(PoisonError::into_inner).insert(at, printed.clone());
        Ok(printed)
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
