//! What changed from version to version, and where each change is told.

use super::edition::Editions;
use crate::history::{Change, Changes};
use crate::model::Name;
use crate::route;
use std::collections::BTreeMap;

/// What changed, version by version and from each version until now.
#[derive(Default)]
pub struct Chronicle {
    /// Each step, oldest first, then from older versions straight to what stands now.
    all: Vec<Told>,
    /// How many of them are steps.
    steps: usize,
    /// The changes of a record, oldest first: which of the steps, and which of its changes.
    of: BTreeMap<Name, Vec<(usize, usize)>>,
}

/// What changed between two versions, and where that is told.
pub struct Told {
    /// The place of the older one among all versions.
    pub from: usize,
    /// The place of the newer one.
    pub to: usize,
    /// What changed.
    pub changes: Changes,
}

impl Told {
    /// The page that tells it.
    pub fn address(&self) -> String {
        route::changes(&self.changes.from, &self.changes.to)
    }
}

/// A change, and the step it belongs to.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// The step.
    pub told: &'a Told,
    /// The change.
    pub change: &'a Change,
}

impl Chronicle {
    /// The steps, and the ways from older versions to what stands now.
    pub fn of(editions: &Editions, steps: Vec<Told>, straight: Vec<Told>) -> Self {
        let mut of: BTreeMap<Name, Vec<(usize, usize)>> = BTreeMap::new();
        for (number, told) in steps.iter().enumerate() {
            for (place, change) in told.changes.all.iter().enumerate() {
                let today = editions.record(told.to, &change.record).pop().flatten();
                of.entry(today.unwrap_or_else(|| change.record.clone())).or_default().push((number, place));
            }
        }
        Self { steps: steps.len(), all: steps.into_iter().chain(straight).collect(), of }
    }

    /// The steps, oldest first.
    pub fn steps(&self) -> &[Told] {
        self.all.get(..self.steps).unwrap_or_default()
    }

    /// Everything that has a page, by its place.
    pub fn pages(&self) -> impl Iterator<Item = (usize, &Told)> {
        self.all.iter().enumerate()
    }

    /// What one page tells.
    pub fn page(&self, at: usize) -> Option<&Told> {
        self.all.get(at)
    }

    /// What changed of a record of today's, the latest first.
    pub fn about(&self, name: &Name) -> impl Iterator<Item = Step<'_>> {
        let places = self.of.get(name).map(Vec::as_slice).unwrap_or_default();
        places.iter().rev().filter_map(|(step, change)| {
            let told = self.all.get(*step)?;
            Some(Step { told, change: told.changes.all.get(*change)? })
        })
    }
}

/// The anchor of a change on its page.
pub fn anchor(change: &Change) -> String {
    let id = change.record.id.replace('/', "-");
    let field = change.field.as_deref().map_or_else(String::new, |field| format!("-{}", field.replace(['_', '.'], "-")));
    format!("c-{}-{id}{field}", change.record.kind.word())
}
