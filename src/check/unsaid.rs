//! What a record does not say, for rules that speak of what is absent.
//!
//! A field is absent only where its file could be read and nothing else was told of it: one missing fact is one finding.

use super::Run;
use crate::diagnostic::FileId;
use crate::model::kinds::common::Status;
use crate::model::{Base, Kind};
use crate::source::Trouble;
use std::collections::BTreeSet;

/// Whether a record holds today: neither a draft nor retired.
pub fn in_force(base: &Base) -> bool {
    base.common.status.is_none_or(|s| matches!(s.value, Status::Active | Status::Deprecated))
}

/// Whether a record holds no longer.
pub fn is_retired(base: &Base) -> bool {
    base.common.status.is_some_and(|s| s.value == Status::Retired)
}

/// Whether a record is still being written: hints can wait.
pub fn is_unfinished(base: &Base) -> bool {
    base.problems.iter().any(|p| matches!(p.trouble, Trouble::Undecided { .. }))
}

/// What could not be read, so that nothing follows from its absence.
pub struct Unsaid {
    broken: BTreeSet<FileId>,
    /// Whether a typed file could not be read, so that references into it are silent.
    blind: bool,
}

impl Unsaid {
    /// That of a run.
    pub fn of(run: &Run<'_>) -> Self {
        let broken = run.problems.iter().filter(|p| matches!(p.trouble, Trouble::Syntax(_))).map(|p| p.span.file).collect();
        let unread = &run.playbook.unread;
        Self { broken, blind: unread.whole || !unread.unparsed.is_empty() }
    }

    /// Whether a record says nothing under a key, and nothing was told of that yet.
    pub fn lacks(&self, base: &Base, key: &str) -> bool {
        base.fact(key).is_none() && self.is_read(base, &[key])
    }

    /// Whether a record's file parsed, and what it says under some keys could be read.
    pub fn is_read(&self, base: &Base, keys: &[&str]) -> bool {
        let told = |trouble: &Trouble| match trouble {
            Trouble::Undecided { key } | Trouble::WrongType { key, .. } => keys.contains(&key.as_str()),
            _ => false,
        };
        !self.broken.contains(&base.place.file) && !base.problems.iter().any(|p| told(&p.trouble))
    }

    /// Whether all that a record refers to of a kind is there.
    pub fn is_linked(&self, base: &Base, kind: Kind) -> bool {
        let lost = |trouble: &Trouble| match trouble {
            Trouble::UnknownReference { wanted, prose: false, .. } | Trouble::WrongKind { wanted, .. } => wanted == kind.word(),
            _ => false,
        };
        !self.blind && !base.problems.iter().any(|p| lost(&p.trouble))
    }
}
