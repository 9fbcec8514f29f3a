//! Where a site stands among the versions of its playbook: the newest at the top, each released one on a shelf of its own.
//!
//! The newest version has a shelf too, which is its address for ever; while nothing has changed since, it is what stands now.

use super::chronicle::Chronicle;
use super::edition::{Edition, Editions};
use super::plan::{Page, Site};
use crate::compile::Compiled;
use crate::diagnostic::Findings;
use crate::history::{History, Version};
use crate::route::{self, Addresses, Listing};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands now is called so while it differs from the newest version.
const UNRELEASED: &str = "unreleased";

/// Where a site stands among all versions.
#[derive(Default)]
pub struct Shelf {
    /// All versions.
    pub editions: Arc<Editions>,
    /// Its place among them.
    pub at: usize,
    /// The folder its pages lie in, "v/v3/"; empty where it stands for now.
    pub folder: String,
    /// What changed between the versions.
    pub chronicle: Arc<Chronicle>,
    /// The pages that tell that.
    pages: BTreeMap<String, Page>,
}

impl Shelf {
    /// What stands now, beside the versions that were released; `before` is from before an edit.
    pub fn now<'a>(site: &Site, history: &Arc<History>, released: impl Iterator<Item = &'a Site>, before: Option<&Self>) -> Self {
        let Some(newest) = history.newest() else { return Self::default() };
        let unreleased = history.is_unreleased(&site.compiled.playbook);
        let older = history.versions.len() - usize::from(!unreleased);
        let known = before.map(|b| b.editions.released()).filter(|known| known.len() == older);
        let editions = match known {
            Some(known) => known.to_vec(),
            None => {
                let all = history.versions.iter().zip(released).take(older);
                all.map(|(v, site)| Arc::new(Edition::released(&v.name, &v.segment, v.date, &site.compiled))).collect()
            }
        };
        let edition = match unreleased {
            true => Edition::now(UNRELEASED, None, &site.compiled),
            false => Edition::now(&newest.name, Some(newest.date), &site.compiled),
        };
        let editions = Arc::new(Editions::new(editions, edition));
        let chronicle = Arc::new(Chronicle::new(editions.clone(), history.clone(), before.map(|b| b.chronicle.as_ref())));
        let pages = pages(site, &chronicle);
        Self { at: editions.newest(), editions, folder: String::new(), chronicle, pages }
    }

    /// A version that was released, beside what stands now.
    pub fn released(&self, at: usize, version: &Version) -> Self {
        Self {
            editions: self.editions.clone(),
            at,
            folder: route::shelf(&version.segment),
            chronicle: self.chronicle.clone(),
            pages: BTreeMap::new(),
        }
    }

    /// Whether it is of a version that was released, and may be what stands now as well.
    pub fn is_released(&self) -> bool {
        !self.folder.is_empty()
    }

    /// The pages that tell what changed, by their addresses.
    pub fn pages(&self) -> &BTreeMap<String, Page> {
        &self.pages
    }
}

/// The pages, lists and feeds that tell what changed.
fn pages(site: &Site, chronicle: &Chronicle) -> BTreeMap<String, Page> {
    if chronicle.steps().is_empty() {
        return BTreeMap::new();
    }
    let told = chronicle.ways().iter().enumerate().map(|(at, way)| (way.address.clone(), Page::Changes(at)));
    let roles = site.compiled.playbook.roles.iter().map(|role| Some(role.id().to_owned()));
    let feeds = roles.chain([None]).map(|role| (route::feed(role.as_deref()), Page::Feed(role)));
    let list = (Listing::Changes.address().to_owned(), Page::Listing(Listing::Changes));
    told.chain(feeds).chain([list, (route::SINCE.to_owned(), Page::Since), (route::CHANGES_JSON.to_owned(), Page::ChangesJson)]).collect()
}

/// A version as it was read: nothing of it is judged by the rules of today.
pub fn compiled(version: &Version) -> Compiled {
    Compiled {
        files: version.files.clone(),
        addresses: Arc::new(Addresses::of(&version.playbook)),
        playbook: version.playbook.clone(),
        findings: Findings::default(),
        today: version.date,
    }
}
