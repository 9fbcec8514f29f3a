//! Everything a run is told: where the project is, what day it is, and for whom.

use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A project and how it is to be read.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// What today is, where the caller says so: `--as-of`, then `SOURCE_DATE_EPOCH`.
    pub told: Option<Date>,
    /// What today is by the clock, where nobody says so.
    pub clock: Date,
    /// Where the site will be, where the caller says so.
    pub base_url: Option<String>,
    /// Who will read the site.
    pub audience: Audience,
}

impl Project {
    /// What today is: as told, as the playbook says, by the clock.
    pub fn today(&self, playbook_says: Option<Date>) -> Date {
        self.told.or(playbook_says).unwrap_or(self.clock)
    }
}

/// Who will read a site. They see what is for everyone, and what is for one of the audiences they belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Whoever keeps the playbook: everything, whatever its audience.
    Keepers,
    /// Readers, who belong to these audiences, perhaps to none.
    Readers(BTreeSet<String>),
}

impl Default for Audience {
    fn default() -> Self {
        Audience::Readers(BTreeSet::new())
    }
}

impl Audience {
    /// Readers who belong to some audiences.
    pub fn of(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Audience::Readers(names.into_iter().map(Into::into).collect())
    }

    /// Whether they may read what is for these.
    pub fn may_read(&self, those: &BTreeSet<String>) -> bool {
        match self {
            Audience::Keepers => true,
            Audience::Readers(own) => !own.is_disjoint(those),
        }
    }
}
