//! The sidebar, printed entry by entry: pages side by side share all entries but two, and each is printed once.
//!
//! Ten thousand pages have nearly a million entries; through the page's own template they would take a third of a build.

use super::template::Templates;
use crate::site::views::frame::{NavGroup, NavItem};
use std::sync::{Arc, PoisonError, RwLock};

/// Entries that are printed already, by what they say.
#[derive(Default)]
pub struct Sidebar {
    #[allow(clippy::disallowed_types, reason = "it is looked into, never gone through")]
    printed: RwLock<std::collections::HashMap<(String, String), Arc<str>>>,
}

impl Sidebar {
    /// The entries of each group.
    ///
    /// # Errors
    /// A sentence that names the template and the page.
    pub fn print(&self, templates: &Templates, address: &str, groups: &[NavGroup]) -> Result<Vec<String>, String> {
        groups
            .iter()
            .map(|group| {
                let mut out = String::new();
                group.items.iter().try_for_each(|item| self.entry(templates, address, item, &mut out))?;
                Ok(out)
            })
            .collect()
    }

    fn entry(&self, templates: &Templates, address: &str, item: &NavItem, out: &mut String) -> Result<(), String> {
        if item.open || item.current {
            let mut beneath = String::new();
            item.children.iter().try_for_each(|child| self.entry(templates, address, child, &mut beneath))?;
            out.push_str(&templates.component("sidebar_item", address, ("item", item), &beneath)?);
            return Ok(());
        }
        let key = (item.href.clone(), item.label.clone());
        if let Some(printed) = self.printed.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            out.push_str(printed);
            return Ok(());
        }
        let printed: Arc<str> = templates.component("sidebar_item", address, ("item", item), "")?.into();
        out.push_str(&printed);
        self.printed.write().unwrap_or_else(PoisonError::into_inner).insert(key, printed);
        Ok(())
    }
}
