//! What texts say: names and facts that are looked for in all of them at once.
//!
//! A file is looked through once and its finds are kept with it, as long as the same is looked for.

mod claims;
mod fold;
mod lexicon;
mod reading;
pub mod renaming;
mod values;

pub use claims::Claim;
pub use lexicon::{OldName, Said, old_names};

use crate::diagnostic::Files;
use crate::model::Playbook;
use crate::model::document::{Document, Documents};
use claims::Facts;
use jiff::civil::Date;
use lexicon::{Found, Lexicon};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was found in the texts of a playbook.
#[derive(Default)]
pub struct Finds(Option<Arc<Looked>>);

/// A look through all files.
struct Looked {
    /// For what.
    lexicon: Arc<Lexicon>,
    /// The files, as they were.
    documents: Documents,
    /// What was found, by the file's place; files in which nothing was found are left out.
    found: BTreeMap<usize, Arc<Found>>,
}

impl Finds {
    /// Looks through every file that was not looked through before.
    pub fn of(playbook: &Playbook, files: &Files, today: Date) -> Self {
        let facts = Facts::of(playbook, today);
        Self(Some(playbook.kept.renew(|before| Arc::new(Looked::again(before.as_deref(), playbook, files, facts)))))
    }

    /// Old names that are still said, in the order of files.
    pub fn said(&self) -> impl Iterator<Item = &Said> {
        self.found().flat_map(|found| &found.said)
    }

    /// Facts that are not today's.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.found().flat_map(|found| &found.claims)
    }

    fn found(&self) -> impl Iterator<Item = &Arc<Found>> {
        self.0.iter().flat_map(|looked| looked.found.values())
    }
}

impl Looked {
    /// Looks at what is not the same as before, and at everything where something else is looked for.
    fn again(before: Option<&Self>, playbook: &Playbook, files: &Files, facts: Facts) -> Self {
        let lexicon = Lexicon::of(playbook, facts, before.map(|b| b.lexicon.clone()));
        let documents = playbook.documents.clone();
        let before = before.filter(|b| b.lexicon.mark == lexicon.mark && b.documents.len() == documents.len());
        let mut others = before.into_iter().flat_map(|b| b.documents.iter());
        let mut differs = |document: &Arc<Document>| others.next().is_none_or(|other| !Arc::ptr_eq(other, document));
        let different: Vec<_> = documents.iter().enumerate().filter(|(_, document)| differs(document)).collect();
        let look = |found: Option<Arc<(u64, Arc<Found>)>>, document| match found {
            Some(known) if known.0 == lexicon.mark => known,
            _ => Arc::new((lexicon.mark, Arc::new(lexicon.look(document, files)))),
        };
        let looked: Vec<(usize, Arc<Found>)> =
            different.into_par_iter().map(|(at, document)| (at, document.kept.renew(|before| look(before, document)).1.clone())).collect();
        let mut found = before.map(|b| b.found.clone()).unwrap_or_default();
        for (at, here) in looked {
            if here.said.is_empty() && here.claims.is_empty() {
                found.remove(&at);
            } else {
                found.insert(at, here);
            }
        }
        Self { lexicon, documents, found }
    }
}
