//! Everything a run is told: where the project is, and what day it is.

use jiff::civil::Date;
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
}

impl Project {
    /// What today is: as told, as the playbook says, by the clock.
    pub fn today(&self, playbook_says: Option<Date>) -> Date {
        self.told.or(playbook_says).unwrap_or(self.clock)
    }
}
