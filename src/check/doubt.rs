//! What is in doubt, and so not spoken of: a fault that one rule tells must not be told again as something absent.
//!
//! What seems to be absent may be there: undecided, of a wrong type, under a key with a slip in it, or in a file that could not
//! be read. One missing fact is one finding.

use crate::diagnostic::{FileId, Span, suggest};
use crate::model::kinds::common::Status;
use crate::model::{Base, Kind, Playbook};
use crate::source::{Problem, Trouble};
use std::collections::BTreeSet;

/// The files that could not be read as a whole, looked up once a run.
pub struct Doubt {
    broken: BTreeSet<FileId>,
    somewhere: bool,
}

impl Doubt {
    /// What is in doubt in a playbook.
    pub fn of(playbook: &Playbook) -> Self {
        let faulty = playbook.faulty_files.iter().filter_map(|at| playbook.documents.get(*at));
        let broken = faulty.filter(|d| d.is_unparsed()).map(|d| d.file).collect();
        Self { broken, somewhere: playbook.unread.whole || !playbook.unread.unparsed.is_empty() }
    }

    /// Whether a typed file is unread: what seems to be missing may stand in it.
    pub fn somewhere(&self) -> bool {
        self.somewhere
    }

    /// Whether a record may say more than was read of it.
    pub fn record(&self, base: &Base) -> bool {
        self.broken.contains(&base.place.file)
    }

    /// Whether a field that seems absent may be there.
    pub fn field(&self, base: &Base, key: &str) -> bool {
        self.record(base) || told(base, key)
    }

    /// The same of any of some fields.
    pub fn fields(&self, base: &Base, keys: &[&str]) -> bool {
        self.record(base) || keys.iter().any(|key| told(base, key))
    }

    /// The same of a field that names other records: one of them may be written wrong, or stand in an unread file.
    pub fn reference(&self, base: &Base, key: &str) -> bool {
        self.somewhere || self.field(base, key) || base.problems.iter().any(is_lost)
    }

    /// Whether a record may refer to others of a kind than those that were found.
    pub fn kind(&self, base: &Base, kind: Kind) -> bool {
        let lost = |trouble: &Trouble| match trouble {
            Trouble::UnknownReference { wanted, prose: false, .. } | Trouble::WrongKind { wanted, .. } => wanted == kind.word(),
            _ => false,
        };
        self.somewhere || base.problems.iter().any(|p| lost(&p.trouble))
    }

    /// Whether a record surely says nothing under a key.
    pub fn lacks(&self, base: &Base, key: &str) -> bool {
        base.fact(key).is_none() && !self.field(base, key)
    }

    /// Whether a record counts: in force, and in a file that could be read to its end.
    pub fn counts(&self, base: &Base) -> bool {
        in_force(base) && !self.record(base)
    }
}

/// Whether a record is in force, neither a draft nor retired: what is not need not be complete.
pub fn in_force(base: &Base) -> bool {
    base.common.status.is_none_or(|s| !matches!(s.value, Status::Draft | Status::Retired))
}

/// Whether a record holds no longer.
pub fn is_retired(base: &Base) -> bool {
    base.common.status.is_some_and(|s| s.value == Status::Retired)
}

/// Whether a record is still being written: hints can wait.
pub fn is_unfinished(base: &Base) -> bool {
    base.problems.iter().any(|p| matches!(p.trouble, Trouble::Undecided { .. }))
}

/// Whether a key of a record is undecided, of the wrong type or misspelt, which is told by its own rule alone.
pub fn told(base: &Base, key: &str) -> bool {
    base.problems.iter().any(|p| is_of(p, key))
}

/// The same of a key in a stretch of a record, such as an inline table.
pub fn told_in(base: &Base, place: Span, key: &str) -> bool {
    base.problems.iter().any(|p| within(p.span, place) && is_of(p, key))
}

/// Whether a reference in a stretch of a record leads nowhere, so that nobody knows what is meant.
pub fn lost_in(base: &Base, place: Span) -> bool {
    base.problems.iter().any(|p| within(p.span, place) && is_lost(p))
}

/// Whether anything in a stretch of a record is at fault; an id of before is not.
pub fn faulty_in(base: &Base, place: Span) -> bool {
    base.problems.iter().any(|p| within(p.span, place) && !matches!(p.trouble, Trouble::FormerId { .. }))
}

fn is_of(problem: &Problem, key: &str) -> bool {
    match &problem.trouble {
        Trouble::Undecided { key: own } | Trouble::WrongType { key: own, .. } => own == key,
        Trouble::UnknownKey { key: own, .. } => suggest::nearest(own, [key]).is_some(),
        _ => false,
    }
}

fn is_lost(problem: &Problem) -> bool {
    matches!(problem.trouble, Trouble::UnknownReference { .. } | Trouble::WrongKind { .. })
}

fn within(inner: Span, outer: Span) -> bool {
    inner.file == outer.file && outer.start <= inner.start && inner.end <= outer.end
}
