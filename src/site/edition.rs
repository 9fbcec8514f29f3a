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
use std::sync::{Arc, PoisonError, RwLock};

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

/// A record in every version, oldest first.
#[derive(Debug, Default)]
pub struct Trail {
    /// What it is called in each; nothing where it is not there.
    pub names: Vec<Option<Name>>,
    /// Where its page is in each, from the top of the whole site.
    pub addresses: Vec<Option<String>>,
}

impl Trail {
    /// What it is called in what stands now.
    pub fn today(&self) -> Option<&Name> {
        self.names.last()?.as_ref()
    }

    /// Where its page is in what stands now.
    pub fn address_today(&self) -> Option<&str> {
        self.addresses.last()?.as_deref()
    }
}

/// The trails found so far of one version's records.
type Trails = RwLock<BTreeMap<Name, Arc<Trail>>>;

/// Every version, oldest first; the last is what stands now.
#[derive(Default)]
pub struct Editions {
    all: Vec<Arc<Edition>>,
    /// A record has one trail in all the versions between which it goes to and fro by the same names.
    trails: Vec<Trails>,
}

impl Editions {
    /// Versions, oldest first, and what stands now.
    pub fn new(released: impl IntoIterator<Item = Arc<Edition>>, now: Edition) -> Self {
        let all: Vec<Arc<Edition>> = released.into_iter().chain([Arc::new(now)]).collect();
        Self { trails: all.iter().map(|_| Trails::default()).collect(), all }
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Edition> + ExactSizeIterator {
        self.all.iter().map(AsRef::as_ref)
    }

    /// Those before what stands now.
    pub fn released(&self) -> &[Arc<Edition>] {
        self.all.get(..self.newest()).unwrap_or_default()
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<&Edition> {
        self.all.get(at).map(AsRef::as_ref)
    }

    /// The place of what stands now.
    pub fn newest(&self) -> usize {
        self.all.len().saturating_sub(1)
    }

    /// Whether there is more than what stands now.
    pub fn are_several(&self) -> bool {
        self.all.len() > 1
    }

    /// A record of one version, in every version.
    pub fn trail(&self, at: usize, name: &Name) -> Arc<Trail> {
        let Some(known) = self.trails.get(at) else { return Arc::default() };
        if let Some(trail) = known.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return trail.clone();
        }
        let names = self.follow(at, name);
        let addresses = names.iter().enumerate().map(|(at, name)| name.as_ref().and_then(|name| self.address(at, name))).collect();
        let trail = Arc::new(Trail { names, addresses });
        for (there, name) in self.who_share(at, &trail.names) {
            if let Some(trails) = self.trails.get(there) {
                trails.write().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), trail.clone());
            }
        }
        trail
    }

    /// From a version, those on both sides that lead to it and to which it leads, step by step: from each of them, the trail is the same.
    fn who_share<'a>(&self, at: usize, names: &'a [Option<Name>]) -> Vec<(usize, &'a Name)> {
        let name = |at: usize| names.get(at).and_then(Option::as_ref).map(|name| (at, name));
        let meet = |(older, was): (usize, &Name), (newer, is): (usize, &Name)| {
            self.all.get(newer).and_then(|e| e.later(was)).as_ref() == Some(is) && self.earlier(newer, is, older).as_ref() == Some(was)
        };
        let mut sharing: Vec<(usize, &Name)> = name(at).into_iter().collect();
        let mut last = name(at);
        while let Some(here) = last {
            last = name(here.0 + 1).filter(|next| meet(here, *next));
            sharing.extend(last);
        }
        let mut last = name(at);
        while let Some(here) = last {
            last = here.0.checked_sub(1).and_then(name).filter(|before| meet(*before, here));
            sharing.extend(last);
        }
        sharing
    }

    /// What a record of a version was called in an older one, by its own name and those that it gave up.
    fn earlier(&self, at: usize, name: &Name, older: usize) -> Option<Name> {
        let older = self.all.get(older)?;
        if older.playbook.base(name).is_some() {
            return Some(name.clone());
        }
        let was = self.all.get(at).and_then(|e| e.playbook.base(name)).map(|b| b.common.was.as_slice()).unwrap_or_default();
        was.iter().map(|old| Name::new(name.kind, &old.value)).find(|name| older.playbook.base(name).is_some())
    }

    fn follow(&self, at: usize, name: &Name) -> Vec<Option<Name>> {
        let mut found: Vec<Option<Name>> = vec![None; self.all.len()];
        if let Some(here) = found.get_mut(at) {
            *here = Some(name.clone());
        }
        let mut last = name.clone();
        for (edition, there) in self.all.iter().zip(&mut found).skip(at + 1) {
            *there = edition.later(&last);
            last = there.clone().unwrap_or(last);
        }
        let mut last = (at, name.clone());
        for number in (0..at.min(self.all.len())).rev() {
            let there = self.earlier(last.0, &last.1, number);
            if let Some(slot) = found.get_mut(number) {
                slot.clone_from(&there);
            }
            last = there.map_or(last, |name| (number, name));
        }
        found
    }

    /// Where a record's page is in a version, from the top of the whole site.
    pub fn address(&self, at: usize, name: &Name) -> Option<String> {
        let edition = self.all.get(at)?;
        edition.addresses.get(name).map(|address| route::on_shelf(&edition.shelf, address))
    }

    /// Where a list is in a version that has it.
    pub fn listing(&self, at: usize, listing: Listing) -> Option<String> {
        let edition = self.all.get(at)?;
        edition.listings.contains(&listing).then(|| route::on_shelf(&edition.shelf, listing.address()))
    }
}
