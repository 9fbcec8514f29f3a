//! What changed from version to version, told when it is first asked for, and where each change is told.

use super::edition::Editions;
use crate::history::{Change, Changes, History, Lookups, Reasons, Version, diff_with};
use crate::model::Name;
use crate::route;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What changed, version by version and from each version until now.
#[derive(Default)]
pub struct Chronicle {
    editions: Arc<Editions>,
    history: Arc<History>,
    /// Each step, oldest first, then from older versions straight to what stands now.
    ways: Vec<Way>,
    /// How many of them are steps.
    steps: usize,
    of: OnceLock<Places>,
    /// Why files changed on each way, where that was found out for all of them at once.
    reasons: OnceLock<Vec<Option<Reasons>>>,
}

/// The changes of a record, oldest first: which of the steps, and which of its changes.
type Places = BTreeMap<Name, Vec<(usize, usize)>>;

/// The way from one version to another.
pub struct Way {
    /// The place of the older one among all versions.
    pub from: usize,
    /// The place of the newer one.
    pub to: usize,
    /// The page that tells it.
    pub address: String,
    told: Arc<OnceLock<Changes>>,
}

/// A change, and the step it belongs to.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// The step.
    pub way: &'a Way,
    /// The change.
    pub change: &'a Change,
}

impl Chronicle {
    /// The steps, and the ways from older versions to what stands now. What was told before of the same versions stays told.
    pub fn new(editions: Arc<Editions>, history: Arc<History>, before: Option<&Self>) -> Self {
        let newest = editions.newest();
        let before = before.filter(|b| Arc::ptr_eq(&b.history, &history) && b.editions.newest() == newest);
        let way = |from: usize, to: usize| {
            let label = |at: usize| editions.get(at).map_or("", |e| e.label.as_str());
            let known = before.filter(|_| to < newest).and_then(|b| b.ways.iter().find(|w| (w.from, w.to) == (from, to)));
            Way { from, to, address: route::changes(label(from), label(to)), told: known.map(|w| w.told.clone()).unwrap_or_default() }
        };
        let steps = (0..newest).map(|from| way(from, from + 1));
        let straight = (0..newest).filter(|from| from + 1 < newest).map(|from| way(from, newest));
        let ways = steps.chain(straight).collect();
        Self { ways, steps: newest, editions, history, of: OnceLock::new(), reasons: OnceLock::new() }
    }

    /// Tells everything at once.
    pub fn tell(&self) {
        let between: Vec<Option<(&Version, Option<&Version>)>> = self.ways.iter().map(|way| self.committed(way)).collect();
        let mut found = self.history.all_reasons(&between.iter().flatten().copied().collect::<Vec<_>>()).into_iter();
        let _ = self.reasons.set(between.iter().map(|way| way.and_then(|_| found.next())).collect());
        self.ways.par_iter().for_each(|way| _ = self.told(way));
        self.places();
    }

    /// The steps, oldest first.
    pub fn steps(&self) -> &[Way] {
        self.ways.get(..self.steps).unwrap_or_default()
    }

    /// Everything that has a page, in order.
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// What one page tells.
    pub fn page(&self, at: usize) -> Option<(&Way, &Changes)> {
        self.ways.get(at).map(|way| (way, self.told(way)))
    }

    /// What changed on a way.
    pub fn told<'a>(&'a self, way: &'a Way) -> &'a Changes {
        way.told.get_or_init(|| {
            let known = self.reasons.get().and_then(|all| all.get(self.ways.iter().position(|other| std::ptr::eq(other, way))?)?.clone());
            let reasons = known.or_else(|| self.committed(way).map(|(from, to)| self.history.reasons(from, to)));
            self.compared(way, reasons.as_ref()).unwrap_or_default()
        })
    }

    /// What the newer version of a way is about, as whoever tagged it says; nothing where some of it may not be for these readers.
    pub fn subject(&self, way: &Way) -> Option<&str> {
        let whole = |at: usize| self.editions.get(at).is_some_and(|edition| edition.playbook.left_out.is_none());
        let newer = self.editions.get(way.to).filter(|_| whole(way.from) && whole(way.to))?;
        let subject = self.history.version(&newer.label)?.subject.as_str();
        // What a release says of itself is counted here anyway.
        (!subject.is_empty() && !subject.starts_with(&format!("{}:", newer.label))).then_some(subject)
    }

    /// What changed of a record of today's, the latest first.
    pub fn about(&self, name: &Name) -> impl Iterator<Item = Step<'_>> {
        let places = self.places().get(name).map(Vec::as_slice).unwrap_or_default();
        places.iter().rev().filter_map(|(step, change)| {
            let way = self.ways.get(*step)?;
            Some(Step { way, change: self.told(way).all.get(*change)? })
        })
    }

    fn places(&self) -> &Places {
        self.of.get_or_init(|| {
            let mut of = Places::new();
            for (number, way) in self.steps().iter().enumerate() {
                for (place, change) in self.told(way).all.iter().enumerate() {
                    let trail = self.editions.trail(way.to, &change.record);
                    of.entry(trail.today().unwrap_or(&change.record).clone()).or_default().push((number, place));
                }
            }
            of
        })
    }

    /// The versions between which commits say why; nothing where these readers do not see all that a commit may be about.
    fn committed(&self, way: &Way) -> Option<(&Version, Option<&Version>)> {
        let (before, after) = (self.editions.get(way.from)?, self.editions.get(way.to)?);
        let whole = before.playbook.left_out.is_none() && after.playbook.left_out.is_none();
        let older = self.history.version(&before.label).filter(|_| whole)?;
        Some((older, self.history.version(&after.label)))
    }

    fn compared(&self, way: &Way, reasons: Option<&Reasons>) -> Option<Changes> {
        let (before, after) = (self.editions.get(way.from)?, self.editions.get(way.to)?);
        let subject = |name: &Name| {
            let file = after.playbook.base(name).map(|base| after.files.path(base.place.file))?;
            reasons?.of(file).first().map(|subject| (*subject).to_owned())
        };
        let lookups = Lookups { subject: Some(&subject), dates: before.date.zip(after.date), ..Lookups::default() };
        Some(diff_with(&before.side(), &after.side(), &lookups))
    }
}
