//! What is in doubt, and so not spoken of: a fault that one rule tells must not be told again as something absent.

use super::Run;
use crate::diagnostic::{FileId, Span, suggest};
use crate::model::Base;
use crate::model::kinds::common::Status;
use crate::source::Trouble;
use std::collections::BTreeSet;

/// The files that could not be read as a whole, looked up once a rule.
pub struct Doubt {
    broken: BTreeSet<FileId>,
    somewhere: bool,
}

impl Doubt {
    /// What is in doubt in a playbook.
    pub fn of(run: &Run<'_>) -> Self {
        let playbook = run.playbook;
        let faulty = playbook.faulty_files.iter().filter_map(|at| playbook.documents.get(*at));
        let broken = faulty.filter(|d| d.is_unparsed()).map(|d| d.file).collect();
        Self { broken, somewhere: playbook.unread.whole || !playbook.unread.unparsed.is_empty() }
    }

    /// Whether a file is unread: what seems to be missing may stand in it.
    pub fn somewhere(&self) -> bool {
        self.somewhere
    }

    /// Whether a record may say more than was read of it.
    pub fn record(&self, base: &Base) -> bool {
        self.broken.contains(&base.place.file)
    }

    /// Whether a field that seems absent may be there: undecided, of a wrong type, or under a name with a slip in it.
    pub fn field(&self, base: &Base, field: &str) -> bool {
        let told = |trouble: &Trouble| match trouble {
            Trouble::Undecided { key } | Trouble::WrongType { key, .. } => key == field,
            Trouble::UnknownKey { key, .. } => suggest::nearest(key, [field]).is_some(),
            _ => false,
        };
        self.record(base) || base.problems.iter().any(|p| told(&p.trouble))
    }

    /// The same of a field that names other records: one of them may be written wrong, or stand in an unread file.
    pub fn reference(&self, base: &Base, field: &str) -> bool {
        let led_astray = |trouble: &Trouble| matches!(trouble, Trouble::UnknownReference { .. } | Trouble::WrongKind { .. });
        self.somewhere || self.field(base, field) || base.problems.iter().any(|p| led_astray(&p.trouble))
    }
}

/// Whether a record is in force: neither a draft nor retired.
pub fn in_force(base: &Base) -> bool {
    base.common.status.is_none_or(|s| !matches!(s.value, Status::Draft | Status::Retired))
}

/// Where a field's key stands; its value where the key cannot be found.
pub fn key_span(run: &Run<'_>, base: &Base, key: &str) -> Option<Span> {
    let value = base.fact(key)?.span;
    let before = run.files.text(value.file).get(..value.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    let at = before.get(line..).and_then(|l| l.rfind(key)).map(|n| line + n);
    Some(at.map_or(value, |at| Span::new(value.file, at, at + key.len())))
}
