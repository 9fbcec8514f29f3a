//! The difference of two versions as data, and a version made of another and a difference.
//!
//! Sentences are made of the same differences: what can be put back has not been forgotten.

use super::datum::plain_form;
use super::kin::{Kin, pairs};
use super::pair::{Difference, Field, Texts, differences, fields};
use crate::model::field::Datum;
use crate::model::{Base, Name};
use std::collections::BTreeMap;

/// What every record of a version says, in the one form of each value.
pub type Snapshot = BTreeMap<Name, BTreeMap<&'static str, Datum>>;

/// What differs.
#[derive(Debug, Clone, Default)]
pub struct Delta {
    /// Records that came, whole.
    pub added: Snapshot,
    /// Records that went, by their older names.
    pub removed: Vec<Name>,
    /// Records of both, by their newer names, and the fields that differ.
    pub changed: BTreeMap<Name, Vec<Difference>>,
    /// Who is called otherwise.
    pub kin: Kin,
}

impl Delta {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty() && self.kin.is_empty()
    }
}

/// What every record says.
pub fn snapshot(texts: Texts<'_>) -> Snapshot {
    texts.playbook.bases().into_iter().map(|base| (base.name.clone(), said(texts, base))).collect()
}

fn said(texts: Texts<'_>, base: &Base) -> BTreeMap<&'static str, Datum> {
    fields(texts, base, &Kin::default()).into_iter().map(|Field { key, datum, .. }| (key, datum)).collect()
}

/// What differs between two versions.
pub fn delta(before: Texts<'_>, after: Texts<'_>) -> Delta {
    let pairs = pairs(before.playbook, after.playbook);
    let added = pairs.added.iter().map(|base| (base.name.clone(), said(after, base))).collect();
    let removed = pairs.removed.iter().map(|base| base.name.clone()).collect();
    let mut changed = BTreeMap::new();
    for (old, new) in &pairs.both {
        let fields = differences(fields(before, old, &pairs.kin), fields(after, new, &Kin::default()));
        if !fields.is_empty() {
            changed.insert(new.name.clone(), fields);
        }
    }
    Delta { added, removed, changed, kin: pairs.kin }
}

/// The newer version, made of the older and what differs.
pub fn apply(before: &Snapshot, delta: &Delta) -> Snapshot {
    let mut after = delta.added.clone();
    for (name, said) in before.iter().filter(|(name, _)| !delta.removed.contains(name)) {
        let carried = said.iter().filter_map(|(key, datum)| carried(key, datum, &delta.kin).map(|d| (*key, d)));
        let mut record: BTreeMap<&'static str, Datum> = carried.collect();
        let newer = delta.kin.newer(name);
        for difference in delta.changed.get(newer).into_iter().flatten() {
            match &difference.after {
                Some(datum) => record.insert(difference.key, datum.clone()),
                None => record.remove(difference.key),
            };
        }
        after.insert(newer.clone(), record);
    }
    after
}

/// A value with today's names.
fn carried(key: &str, datum: &Datum, kin: &Kin) -> Option<Datum> {
    match (key, datum) {
        ("body", Datum::Text(text)) => Some(Datum::Text(super::datum::renamed(text, kin))),
        _ => plain_form(key, datum, kin),
    }
}
