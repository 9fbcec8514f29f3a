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
use claims::Facts;
use jiff::civil::Date;
use lexicon::{Found, Lexicon};
use rayon::prelude::*;
use std::sync::Arc;

/// What was found in the texts of a playbook.
#[derive(Debug, Default)]
pub struct Finds(Vec<Arc<Found>>);

impl Finds {
    /// Looks through every file that was not looked through before.
    pub fn of(playbook: &Playbook, files: &Files, today: Date) -> Self {
        let lexicon = playbook.kept.renew(|before| Lexicon::of(playbook, Facts::of(playbook, today), before));
        let documents: Vec<_> = playbook.documents.iter().collect();
        let look = |found: Option<Arc<(u64, Arc<Found>)>>, document| match found {
            Some(known) if known.0 == lexicon.mark => known,
            _ => Arc::new((lexicon.mark, Arc::new(lexicon.look(document, files)))),
        };
        let all = documents.into_par_iter().map(|document| document.kept.renew(|before| look(before, document)).1.clone());
        Self(all.filter(|f| !f.said.is_empty() || !f.claims.is_empty()).collect())
    }

    /// Old names that are still said, in the order of files.
    pub fn said(&self) -> impl Iterator<Item = &Said> {
        self.0.iter().flat_map(|found| &found.said)
    }

    /// Facts that are not today's.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.0.iter().flat_map(|found| &found.claims)
    }
}
