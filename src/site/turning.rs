//! The order in which readers meet records: what comes before and after each, and the folders of pages as a tree.
//!
//! Worked out once for a site. Were each page to sort its neighbours anew, ten thousand pages would take a minute.

use crate::model::{Kind, Name, Playbook};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The order of a site.
#[derive(Debug, Clone, Default)]
pub struct Turning {
    /// Each kind's records in the order of reading; pages stand in the playbook's own order.
    orders: BTreeMap<Kind, Arc<Order>>,
    /// The folders of pages and what lies in them.
    tree: Arc<PageTree>,
}

/// The pages and their folders, as the navigation shows them.
#[derive(Debug, Default)]
struct PageTree {
    branches: Vec<Branch>,
    /// By folder, `""` for the top, what lies directly in it, by its place among all branches.
    folders: BTreeMap<String, Vec<usize>>,
}

/// The order of a kind.
#[derive(Debug, Default)]
struct Order {
    names: Vec<Name>,
    /// Where a record stands in it, by id.
    places: BTreeMap<String, usize>,
}

/// The kinds that are read one after the other, pages aside.
const READ: [Kind; 9] =
    [Kind::Area, Kind::Activity, Kind::Stage, Kind::Goal, Kind::Term, Kind::Offering, Kind::Ritual, Kind::Module, Kind::Lesson];

/// A page or a folder of pages, at one level of the tree.
#[derive(Debug)]
pub struct Branch {
    /// Its last word in the address.
    pub word: String,
    /// The page, or the first one in the folder, by its place among all.
    pub page: usize,
    /// Whether it is only a folder, without a page of its own.
    pub folder: bool,
}

impl Turning {
    /// The order of a playbook.
    pub fn of(playbook: &Playbook) -> Self {
        let orders = READ.into_iter().map(|kind| (kind, Arc::new(Order::of(playbook, kind)))).collect();
        Self { orders, tree: Arc::new(page_tree(playbook)) }
    }

    /// The order after an edit that left all names and places as they were.
    pub fn again(&self, before: &Playbook, now: &Playbook) -> Self {
        let mut turning = self.clone();
        let moved = [
            (Kind::Area, now.areas.is(&before.areas)),
            (Kind::Stage, now.stages.is(&before.stages)),
            (Kind::Term, now.terms.is(&before.terms)),
            (Kind::Lesson, now.modules.is(&before.modules)),
        ];
        for (kind, _) in moved.into_iter().filter(|(_, same)| !same) {
            turning.orders.insert(kind, Arc::new(Order::of(now, kind)));
        }
        if now.pages.differing(&before.pages).any(|(now, before)| now.nav != before.nav) {
            turning.tree = Arc::new(page_tree(now));
        }
        turning
    }

    /// The records before and after one; pages are asked for by their place.
    pub fn beside(&self, name: &Name) -> (Option<&Name>, Option<&Name>) {
        let Some(order) = self.orders.get(&name.kind) else { return (None, None) };
        let Some(at) = order.places.get(&name.id) else { return (None, None) };
        (at.checked_sub(1).and_then(|i| order.names.get(i)), order.names.get(at + 1))
    }

    /// What lies directly in a folder of pages, by its place among all branches.
    pub fn folder(&self, path: &str) -> &[usize] {
        self.tree.folders.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// A page or a folder, by its place among all.
    pub fn branch(&self, at: usize) -> Option<&Branch> {
        self.tree.branches.get(at)
    }
}

impl Order {
    fn of(playbook: &Playbook, kind: Kind) -> Self {
        let names = order(playbook, kind);
        let places = names.iter().enumerate().map(|(at, name)| (name.id.clone(), at)).collect();
        Self { names, places }
    }
}

fn order(playbook: &Playbook, kind: Kind) -> Vec<Name> {
    match kind {
        Kind::Area => playbook.areas_in_order().iter().map(|a| a.base.name.clone()).collect(),
        Kind::Stage => playbook.stages_in_order().iter().map(|s| s.base.name.clone()).collect(),
        Kind::Lesson => playbook.modules.iter().flat_map(|m| playbook.lessons_of(m.id())).map(|b| b.name.clone()).collect(),
        Kind::Term => {
            let mut terms: Vec<(String, &Name)> = playbook.terms.iter().map(|t| (t.title().to_lowercase(), &t.base.name)).collect();
            terms.sort();
            terms.into_iter().map(|(_, name)| name.clone()).collect()
        }
        kind => playbook.bases_of(&[kind]).into_iter().map(|b| b.name.clone()).collect(),
    }
}

/// Each folder's pages and folders, in the order pages ask for.
fn page_tree(playbook: &Playbook) -> PageTree {
    let pages = &playbook.pages;
    let mut listed: Vec<_> = pages.iter().enumerate().filter(|(_, p)| !p.nav.as_ref().is_some_and(|n| n.hide)).collect();
    listed.sort_by_key(|(_, p)| p.nav.as_ref().and_then(|n| n.order).unwrap_or(u32::MAX));
    let mut tree = PageTree::default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (page, record) in listed {
        let id = record.id();
        let ends = id.match_indices('/').map(|(at, _)| at).chain([id.len()]);
        let mut from = 0;
        for end in ends {
            let (path, word) = (id.get(..end).unwrap_or(id), id.get(from..end).unwrap_or(id));
            let folder = end < id.len();
            if (!folder || pages.get(path).is_none()) && seen.insert(path) {
                let above = id.get(..from.saturating_sub(1)).unwrap_or("").to_owned();
                tree.folders.entry(above).or_default().push(tree.branches.len());
                tree.branches.push(Branch { word: word.to_owned(), page, folder });
            }
            from = end + 1;
        }
    }
    tree
}
