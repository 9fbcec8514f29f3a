//! Two versions of a playbook side by side, as models: what changed, in sentences, with whom it touches.
//!
//! Records are known by id (`kin`), their fields compared by what they say (`datum`, `pair`). Each kind tells its own fields in its
//! own words (`rows`) and takes them from the list of differences; what nobody has taken is told in general words (`general`), so
//! that nothing is silent and nothing is told twice. The same differences make one version of the other (`delta`).

mod announced;
pub mod datum;
pub mod delta;
mod echo;
mod general;
pub mod kin;
pub mod pair;
pub mod prose;
mod record;
mod rows;
pub mod say;
pub mod touch;

use super::{Change, Changes, Weight, What};
use crate::diagnostic::Files;
use crate::model::field::Field;
use crate::model::playbook::fields_of;
use crate::model::{Base, Kind, Name, Playbook};
use jiff::civil::Date;
use kin::{Kin, Pairs, pairs};
use pair::{Pair, Texts, differences, fields, is_plainly_the_same};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// One of two versions.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What it is called: a tag, or a word for the files as they stand.
    pub name: &'a str,
    /// Its records.
    pub playbook: &'a Playbook,
    /// Their texts.
    pub files: &'a Files,
}

impl<'a> Side<'a> {
    /// Without its name.
    pub fn texts(&self) -> Texts<'a> {
        Texts { playbook: self.playbook, files: self.files }
    }
}

/// How many still say an old name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Still {
    /// Pages and other records that people read.
    pub pages: usize,
    /// Lessons.
    pub lessons: usize,
}

/// What the checks say of both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Findings of the older version that are no longer there.
    pub fixed: usize,
    /// Findings that were not there.
    pub new: usize,
    /// The alignment score, before and now.
    pub alignment: (u32, u32),
}

/// How many still say an old name of a record.
pub type StillSays<'a> = dyn Fn(&Name, &str) -> Still + 'a;

/// The subject of the commit that changed a record.
pub type SubjectOf<'a> = dyn Fn(&Name) -> Option<String> + 'a;

/// What two playbooks do not say by themselves, where somebody knows it.
#[derive(Clone, Copy, Default)]
pub struct Lookups<'a> {
    /// How many still say a name that a record has given up.
    pub still: Option<&'a StillSays<'a>>,
    /// The subject of the commit that changed a record.
    pub subject: Option<&'a SubjectOf<'a>>,
    /// The days of both versions.
    pub dates: Option<(Date, Date)>,
    /// What the checks say.
    pub health: Option<Health>,
}

/// Both versions and what is known of the two together.
pub struct World<'a> {
    /// The older version.
    pub before: Side<'a>,
    /// The newer version.
    pub after: Side<'a>,
    /// What somebody else knows.
    pub lookups: &'a Lookups<'a>,
    /// Who is called otherwise.
    pub kin: Kin,
    /// Records that came.
    pub added: BTreeSet<Name>,
    /// Records that went.
    pub removed: BTreeSet<Name>,
    declared: OnceCell<BTreeMap<Kind, Vec<Field>>>,
}

impl World<'_> {
    /// The declared fields of a kind.
    pub fn declared(&self, kind: Kind) -> &[Field] {
        let all = self.declared.get_or_init(|| Kind::ALL.into_iter().map(|k| (k, fields_of(k))).collect());
        all.get(&kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a record came or went, so that what follows from it needs no telling.
    pub fn came_or_went(&self, name: &Name) -> bool {
        self.added.contains(name) || self.removed.contains(name)
    }
}

/// What changed from one version to another.
pub fn diff(before: &Side<'_>, after: &Side<'_>) -> Changes {
    diff_with(before, after, &Lookups::default())
}

/// The same, with what somebody else knows.
pub fn diff_with(before: &Side<'_>, after: &Side<'_>, lookups: &Lookups<'_>) -> Changes {
    told(before, after, lookups, pairs(before.playbook, after.playbook), true)
}

/// What changed in some of the records that are in both.
pub fn diff_of(before: &Side<'_>, after: &Side<'_>, lookups: &Lookups<'_>, wanted: impl Fn(&Base) -> bool) -> Changes {
    let mut pairs = pairs(before.playbook, after.playbook);
    pairs.both.retain(|(_, new)| wanted(new));
    told(before, after, lookups, pairs, false)
}

/// What changed in the pairs; of the whole playbook, also what came, what went and what follows from all of it.
fn told(before: &Side<'_>, after: &Side<'_>, lookups: &Lookups<'_>, pairs: Pairs<'_>, whole: bool) -> Changes {
    let world = World {
        before: *before,
        after: *after,
        lookups,
        kin: pairs.kin,
        added: pairs.added.iter().map(|b| b.name.clone()).collect(),
        removed: pairs.removed.iter().map(|b| b.name.clone()).collect(),
        declared: OnceCell::new(),
    };
    let mut differing: Vec<Pair<'_>> = Vec::new();
    for (old, new) in pairs.both {
        if is_plainly_the_same(&world, old, new) {
            continue;
        }
        let fields = differences(fields(before.texts(), old, &world.kin), fields(after.texts(), new, &Kin::default()));
        if !fields.is_empty() {
            differing.push(Pair { world: &world, old, new, fields, changes: Vec::new() });
        }
    }
    let mut all = echo::folded(&world, &mut differing);
    for mut pair in differing {
        rows::tell(&mut pair);
        general::tell(&mut pair);
        all.append(&mut pair.changes);
    }
    if whole {
        all.extend(pairs.removed.iter().filter_map(|base| record::removed(&world, base)));
        all.extend(pairs.added.iter().filter_map(|base| record::added(&world, base)));
        all.extend(rows::training::facts_behind(&world, &all));
    }
    let told = announced::explain(&world, &mut all);
    if whole {
        all.extend(record::announced(&world, &pairs.added, &told));
        all.extend(lookups.health.and_then(|h| health(after, h)));
    }
    sort(&mut all);
    name(&mut all);
    Changes { from: before.name.to_owned(), to: after.name.to_owned(), all }
}

/// What matters most first; then by kind and id.
fn sort(all: &mut [Change]) {
    // What everyone has to know stands before what some have, and a new name before all that is called by it.
    let key = |c: &Change| (c.weight, !c.touches.everyone, c.what != What::Renamed);
    all.sort_by(|a, b| (key(a), &a.record, &a.field, &a.sentence).cmp(&(key(b), &b.record, &b.field, &b.sentence)));
}

/// Gives each its anchor, which stays the same when others come or go, as far as several are not about one field.
fn name(all: &mut [Change]) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for change in all {
        let id = change.record.id.replace('/', "-");
        let field = change.field.as_deref().map_or_else(String::new, |field| format!("-{}", field.replace(['_', '.'], "-")));
        let anchor = format!("c-{}-{id}{field}", change.record.kind.word());
        let count = taken.entry(anchor.clone()).or_default();
        *count += 1;
        // Two dashes: no id has them.
        change.anchor = if *count == 1 { anchor } else { format!("{anchor}--{count}") };
    }
}

fn health(after: &Side<'_>, health: Health) -> Option<Change> {
    let Health { fixed, new, alignment: (before, now) } = health;
    if fixed + new == 0 && before == now {
        return None;
    }
    let findings = format!("{} fixed, {new} new", say::several(fixed, "finding", "findings"));
    let alignment = if before == now { format!("alignment stays at {now} of 100") } else { format!("alignment {before} → {now} of 100") };
    let name = after.playbook.own().map_or_else(|| Name::new(Kind::Playbook, "playbook"), |own| own.base.name.clone());
    let change = Change::new(What::Changed, Weight::Good, &name, format!("{findings}; {alignment}."));
    Some(change.field("health").values(Some(before.to_string()), Some(now.to_string())))
}
