//! What is to be mended: the errors and warnings of a playbook, found by the record they speak of.
//!
//! Places in the list of findings stand here, in the order of records: a page finds its own without going through them all.

use crate::diagnostic::{Finding, Level};
use crate::model::Name;

/// The findings of a record, or of a playbook.
#[derive(Debug, Default)]
pub struct Open {
    by_record: Vec<usize>,
}

impl Open {
    /// What is open among some findings; hints are for whoever asks for them.
    pub fn of(findings: &[Finding]) -> Self {
        let open = findings.iter().enumerate().filter(|(_, f)| f.level >= Level::Warning);
        let mut by_record: Vec<usize> = open.map(|(at, _)| at).collect();
        let record = |at: usize| findings.get(at).map(|f| f.record.as_str());
        by_record.sort_by(|a, b| record(*a).cmp(&record(*b)));
        Self { by_record }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.by_record.len()
    }

    /// Those of one record, in the order of the findings they were made of.
    pub fn about<'a>(&self, findings: &'a [Finding], name: &Name) -> Vec<&'a Finding> {
        if self.by_record.is_empty() {
            return Vec::new();
        }
        let name = name.to_string();
        let record = |at: usize| findings.get(at).map_or("", |f| f.record.as_str());
        let from = self.by_record.partition_point(|at| record(*at) < name.as_str());
        let own = self.by_record.get(from..).unwrap_or_default().iter().take_while(|at| record(**at) == name);
        own.filter_map(|at| findings.get(*at)).collect()
    }

    /// All of them.
    pub fn all<'a>(&'a self, findings: &'a [Finding]) -> impl Iterator<Item = &'a Finding> {
        self.by_record.iter().filter_map(|at| findings.get(*at))
    }
}
