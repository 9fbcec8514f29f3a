//! Who is who in two versions: a record is known by its id and by the ids it has given up, never by its title or its file.

use crate::model::{Base, Kind, Name, Playbook};
use std::collections::{BTreeMap, BTreeSet};

/// Records that are called otherwise in the newer version. Most are not, and stand in neither list.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    /// By the older name, the newer: of a record that was renamed, or taken up into another.
    newer: BTreeMap<Name, Name>,
    /// By the newer name, the older: of a record that was renamed.
    older: BTreeMap<Name, Name>,
}

impl Kin {
    /// The newer name of a record of the older version.
    pub fn newer<'a>(&'a self, name: &'a Name) -> &'a Name {
        self.newer.get(name).unwrap_or(name)
    }

    /// The older name of a record of the newer version.
    pub fn older<'a>(&'a self, name: &'a Name) -> &'a Name {
        self.older.get(name).unwrap_or(name)
    }

    /// What a record that is gone was taken up into.
    pub fn heir(&self, gone: &Name) -> Option<&Name> {
        self.newer.get(gone)
    }

    /// Whether a record is called otherwise now, or is a part of another.
    pub fn is_known(&self, older: &Name) -> bool {
        self.newer.contains_key(older)
    }

    /// Whether nothing is called otherwise.
    pub fn is_empty(&self) -> bool {
        self.newer.is_empty()
    }
}

/// The records of two versions, told apart.
pub struct Pairs<'a> {
    /// In both.
    pub both: Vec<(&'a Base, &'a Base)>,
    /// Only in the newer.
    pub added: Vec<&'a Base>,
    /// Only in the older.
    pub removed: Vec<&'a Base>,
    /// Who is called otherwise.
    pub kin: Kin,
}

/// Tells the records of two versions apart. Two of different ids are the same where one says that it was the other, or both were a third.
pub fn pairs<'a>(before: &'a Playbook, after: &'a Playbook) -> Pairs<'a> {
    let mut pairs = Pairs { both: Vec::new(), added: Vec::new(), removed: Vec::new(), kin: Kin::default() };
    let mut unpaired: Vec<&Base> = Vec::new();
    for new in after.bases() {
        match before.base(&new.name) {
            Some(old) => pairs.both.push((old, new)),
            None => unpaired.push(new),
        }
    }
    let gone: Vec<&Base> = before.bases().into_iter().filter(|old| after.base(&old.name).is_none()).collect();
    let mut by_id: BTreeMap<(Kind, &str), &Base> = BTreeMap::new();
    for old in &gone {
        for was in &old.common.was {
            by_id.entry((old.name.kind, &was.value)).or_insert(old);
        }
    }
    by_id.extend(gone.iter().map(|old| ((old.name.kind, old.name.id.as_str()), *old)));
    let mut taken: BTreeSet<&Name> = BTreeSet::new();
    for new in unpaired {
        let only = gone.iter().find(|old| old.name.kind == new.name.kind && matches!(new.name.kind, Kind::Playbook | Kind::Charter));
        let ids = std::iter::once(new.name.id.as_str()).chain(new.common.was.iter().map(|w| w.value.as_str()));
        let known = ids.filter_map(|id| by_id.get(&(new.name.kind, id))).chain(only).find(|old| !taken.contains(&old.name));
        match known {
            Some(old) => {
                taken.insert(&old.name);
                pairs.kin.newer.insert(old.name.clone(), new.name.clone());
                pairs.kin.older.insert(new.name.clone(), old.name.clone());
                pairs.both.push((old, new));
            }
            None => pairs.added.push(new),
        }
    }
    pairs.removed = gone.into_iter().filter(|old| !taken.contains(&old.name)).collect();
    let mut heirs: BTreeMap<(Kind, &str), &Name> = BTreeMap::new();
    for new in after.bases() {
        heirs.extend(new.common.was.iter().map(|was| ((new.name.kind, was.value.as_str()), &new.name)));
    }
    for old in &pairs.removed {
        if let Some(heir) = heirs.get(&(old.name.kind, old.name.id.as_str())) {
            pairs.kin.newer.insert(old.name.clone(), (*heir).clone());
        }
    }
    pairs
}
