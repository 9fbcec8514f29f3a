//! Versions side by side: which there are, and where what stands on a page of one stands in the others.
//!
//! A record is the same in all of them by its id and by the ids it has given up (`was`), never by its title or its file.

use crate::compile::Compiled;
use crate::diagnostic::Files;
use crate::history::Side;
use crate::model::value::month_year;
use crate::model::{Name, Playbook};
use crate::route::{self, Addresses, Listing};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One version, as far as the others must know it.
pub struct Edition {
    /// What readers call it: "v3".
    pub label: String,
    /// When it was released; nothing where that is not known, or it is not released.
    pub date: Option<Date>,
    /// The folder its pages lie in, "v/v3/"; empty for what stands now.
    pub shelf: String,
    /// What stood in it.
    pub playbook: Playbook,
    /// The texts that the playbook points into.
    pub files: Files,
    addresses: Arc<Addresses>,
    listings: BTreeSet<Listing>,
    /// Names that were given up, and the records that had them.
    given_up: BTreeMap<Name, Name>,
}

impl Edition {
    /// A version that was released; `segment` is its folder under `/v/`.
    pub fn released(label: &str, segment: &str, date: Date, compiled: &Compiled) -> Self {
        let edition = Self::now(label, Some(date), compiled);
        let listings = edition.listings.iter().copied().filter(|l| !l.is_of_now()).collect();
        Self { shelf: route::shelf(segment), listings, ..edition }
    }

    /// What stands now.
    pub fn now(label: &str, date: Option<Date>, compiled: &Compiled) -> Self {
        let playbook = compiled.playbook.clone();
        let given_up =
            playbook.bases().into_iter().flat_map(|b| b.common.was.iter().map(|old| (Name::new(b.name.kind, &old.value), b.name.clone())));
        Self {
            label: label.to_owned(),
            date,
            shelf: String::new(),
            files: compiled.files.clone(),
            given_up: given_up.collect(),
            addresses: compiled.addresses.clone(),
            listings: Listing::ALL.into_iter().filter(|l| l.is_shown(&compiled.playbook)).collect(),
            playbook,
        }
    }

    /// Where its records' pages are.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// One of two versions to compare.
    pub fn side(&self) -> Side<'_> {
        Side { name: &self.label, playbook: &self.playbook, files: &self.files }
    }

    /// When it was released, for readers: "August 2026".
    pub fn month(&self) -> Option<String> {
        self.date.map(month_year)
    }

    /// What a name of an older version is now.
    fn later(&self, name: &Name) -> Option<Name> {
        if self.playbook.base(name).is_some() { Some(name.clone()) } else { self.given_up.get(name).cloned() }
    }
}

/// Every version, oldest first; the last is what stands now.
#[derive(Default)]
pub struct Editions(Vec<Arc<Edition>>);

impl Editions {
    /// Versions, oldest first, and what stands now.
    pub fn new(released: impl IntoIterator<Item = Arc<Edition>>, now: Edition) -> Self {
        Self(released.into_iter().chain([Arc::new(now)]).collect())
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Edition> + ExactSizeIterator {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Those before what stands now.
    pub fn released(&self) -> &[Arc<Edition>] {
        self.0.get(..self.newest()).unwrap_or_default()
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<&Edition> {
        self.0.get(at).map(AsRef::as_ref)
    }

    /// The place of what stands now.
    pub fn newest(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Whether there is more than what stands now.
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// A record of one version, in every version.
    pub fn record(&self, at: usize, name: &Name) -> Vec<Option<Name>> {
        let mut found: Vec<Option<Name>> = vec![None; self.0.len()];
        if let Some(here) = found.get_mut(at) {
            *here = Some(name.clone());
        }
        let mut last = name.clone();
        for (edition, there) in self.0.iter().zip(&mut found).skip(at + 1) {
            *there = edition.later(&last);
            last = there.clone().unwrap_or(last);
        }
        let mut last = (at, name.clone());
        for (number, edition) in self.0.iter().enumerate().take(at).rev() {
            let was = self.0.get(last.0).and_then(|e| e.playbook.base(&last.1)).map(|b| b.common.was.as_slice()).unwrap_or_default();
            let names = std::iter::once(last.1.clone()).chain(was.iter().map(|old| Name::new(last.1.kind, &old.value)));
            let there = names.into_iter().find(|name| edition.playbook.base(name).is_some());
            if let Some(slot) = found.get_mut(number) {
                slot.clone_from(&there);
            }
            last = there.map_or(last, |name| (number, name));
        }
        found
    }

    /// Where a record's page is in a version, from the top of the whole site.
    pub fn address(&self, at: usize, name: &Name) -> Option<String> {
        let edition = self.0.get(at)?;
        edition.addresses.get(name).map(|address| route::on_shelf(&edition.shelf, address))
    }

    /// Where a list is in a version that has it.
    pub fn listing(&self, at: usize, listing: Listing) -> Option<String> {
        let edition = self.0.get(at)?;
        edition.listings.contains(&listing).then(|| route::on_shelf(&edition.shelf, listing.address()))
    }
}
