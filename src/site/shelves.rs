//! Where a site stands among the versions of its playbook: the newest at the top, each released one on a shelf of its own.
//!
//! The newest version has a shelf too, which is its address for ever; while nothing has changed since, it is what stands now.

use super::chronicle::Chronicle;
use super::edition::{Edition, Editions};
use super::plan::{Page, Places, Site};
use crate::compile::Compiled;
use crate::diagnostic::{FileId, Findings};
use crate::history::{Dating, History, Side, Version, diff};
use crate::model::Name;
use crate::route::{self, Addresses, Listing};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

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
    /// When a file that holds one record was changed last, and by whom.
    pub dates: Arc<BTreeMap<FileId, (Date, String)>>,
    /// The pages that tell that.
    pages: BTreeMap<String, Page>,
}

impl Shelf {
    /// What stands now, beside the versions that were released; `before` is from before an edit.
    pub fn now<'a>(site: &Site, history: &Arc<History>, released: impl Iterator<Item = &'a Site>, before: Option<&Self>) -> Self {
        let Some(newest) = history.newest() else { return Self::default() };
        let unreleased = is_unreleased(site, history, newest);
        let older = history.versions.len() - usize::from(!unreleased);
        let released: Vec<&Site> = released.take(older).collect();
        let known = before.map(|b| b.editions.released()).filter(|known| known.len() == older);
        let editions = match known {
            Some(known) => known.to_vec(),
            None => {
                let all = history.versions.iter().zip(&released);
                all.map(|(v, site)| Arc::new(Edition::released(&v.name, &v.segment, v.date, &site.compiled))).collect()
            }
        };
        let edition = match unreleased {
            true => Edition::now(UNRELEASED, None, &site.compiled),
            false => Edition::now(&newest.name, Some(newest.date), &site.compiled),
        };
        let editions = Arc::new(Editions::new(editions, edition));
        let chronicle = Arc::new(Chronicle::new(editions.clone(), history.clone(), before.map(|b| b.chronicle.as_ref())));
        let mut pages = pages(site, &chronicle);
        was_here(site, &editions, &released, &mut pages);
        let dates = before.map_or_else(|| Arc::new(dates(&site.compiled, history)), |b| b.dates.clone());
        Self { at: editions.newest(), editions, folder: String::new(), chronicle, dates, pages }
    }

    /// A version that was released, beside what stands now.
    pub fn released(&self, at: usize, version: &Version) -> Self {
        Self {
            editions: self.editions.clone(),
            at,
            folder: route::shelf(&version.segment),
            chronicle: self.chronicle.clone(),
            dates: Arc::default(),
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

/// Whether what stands now differs from the newest version; for readers who do not see all, whether they can tell.
fn is_unreleased(site: &Site, history: &History, newest: &Version) -> bool {
    let Compiled { playbook, files, .. } = &site.compiled;
    if playbook.left_out.is_none() && newest.playbook.left_out.is_none() {
        return history.is_unreleased(playbook);
    }
    let (before, after) = (&newest.playbook, playbook);
    let before = Side { name: &newest.name, playbook: before, files: &newest.files };
    !diff(&before, &Side { name: UNRELEASED, playbook: after, files }).all.is_empty()
}

/// When files were changed last. Where several records stand in one, nobody knows which of them it was.
fn dates(compiled: &Compiled, history: &History) -> BTreeMap<FileId, (Date, String)> {
    let dates = history.dates(&compiled.playbook, &compiled.files);
    let shared = |file| compiled.playbook.left_out.as_ref().is_some_and(|left_out| left_out.is_shared(file));
    let alone = compiled.playbook.documents.iter().filter(|document| document.records.len() == 1 && !shared(document.file));
    let dated = alone.filter_map(|document| match dates.of(&document.path) {
        Dating::On { date, author } => Some((document.file, (*date, author.clone()))),
        Dating::Uncommitted | Dating::Unknown => None,
    });
    dated.collect()
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

/// An address that a version had and nothing has now leads to what its record has become, else to the last version that had it.
fn was_here(site: &Site, editions: &Editions, released: &[&Site], pages: &mut BTreeMap<String, Page>) {
    let mut places = Places::of(site.pages.keys().chain(pages.keys()));
    let mut gone: BTreeMap<String, Page> = BTreeMap::new();
    for (at, (then, edition)) in released.iter().zip(editions.released()).enumerate().rev() {
        for (address, page) in then.pages.iter() {
            let there = || route::on_shelf(&edition.shelf, address);
            let became = match page {
                Page::File(_) | Page::MatrixCsv(_) => Page::Past(there()),
                Page::Listing(_) => Page::Redirect(there()),
                Page::Record(name) => Page::Redirect(today(editions, at, name).unwrap_or_else(there)),
                Page::Redirect(to) => match then.page(to) {
                    Some(Page::Record(name)) => {
                        Page::Redirect(today(editions, at, name).unwrap_or_else(|| route::on_shelf(&edition.shelf, to)))
                    }
                    _ => continue,
                },
                _ => continue,
            };
            let may_lead_on = !route::is_taken(address) || matches!(page, Page::Listing(_));
            if may_lead_on && places.take(address) {
                gone.insert(address.clone(), became);
            }
        }
    }
    if gone.values().any(|page| matches!(page, Page::Redirect(_))) {
        pages.insert(route::REDIRECTS.to_owned(), Page::Redirects);
    }
    pages.extend(gone);
}

/// Where a record of a version is today, under whatever name.
fn today(editions: &Editions, at: usize, name: &Name) -> Option<String> {
    editions.trail(at, name).address_today().map(str::to_owned)
}

/// A version as it was read: nothing of it is judged by the rules of today. The records of one beside it may be the same.
pub fn compiled(version: &Version, beside: Option<&Compiled>) -> Compiled {
    let alike = beside.filter(|other| other.playbook.census.is(&version.playbook.census));
    Compiled {
        files: version.files.clone(),
        addresses: alike.map_or_else(|| Arc::new(Addresses::of(&version.playbook)), |other| other.addresses.clone()),
        playbook: version.playbook.clone(),
        findings: Findings::default(),
        searches: None,
        index: OnceLock::new(),
        today: version.date,
        history: Arc::default(),
        seen: None,
    }
}
