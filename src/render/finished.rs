//! What a released version's pages depend on beside its own text: where their subjects stand in all other versions, and what is told
//! of them there.
//!
//! A page whose mark is the same as when it was written need not be printed again. So a mark holds all that a page shows of the
//! present, and no more: where a title changes today, the old pages that say "it is called … now" are printed anew, and no others.

use super::{Press, Volume};
use crate::history::Version;
use crate::model::Name;
use crate::model::document::Holds;
use crate::route;
use crate::site::Page;
use crate::site::edition::Trail;
use crate::site::shelves::Shelf;
use blake3::{Hash, Hasher};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The marks of trails, by where they are kept: most are of many pages.
type Known = RwLock<BTreeMap<usize, Hash>>;

impl Press {
    /// The mark of each file of each shelf, by its path in the site; `outside` stands for the program, the theme and the options.
    pub fn finished(&self, outside: &str) -> BTreeMap<String, String> {
        let theme = self.site().compiled.playbook.own().and_then(|own| own.theme.as_ref()).map(|theme| theme.value.as_str());
        let outside = format!("{outside} {theme:?} {:?}", self.site().base_url);
        let versions: Vec<_> = self.released.iter().zip(&self.history.versions).enumerate().collect();
        let known = Known::default();
        let marks = versions.into_par_iter().flat_map_iter(|(at, (volume, version))| {
            let shelf = self.shelf.released(at, version);
            let alone = own_text(&outside, volume, version);
            let beside = relations(&shelf, alone);
            let known = &known;
            let folder = shelf.folder.clone();
            // A small index is one file, which nothing but its own version changes.
            let index = volume.site.is_small().then(|| (route::output(&route::on_shelf(&folder, route::SEARCH_INDEX)), short(alone)));
            let pages = volume.site.addresses().filter_map(move |address| Some((address, volume.site.page(address)?)));
            let pages = pages.map(move |(address, page)| {
                let mark = match page {
                    Page::File(_) | Page::MatrixCsv(_) | Page::Redirect(_) => alone,
                    Page::Record(name) => of_record(volume, &shelf, name, beside, known),
                    _ => beside,
                };
                (route::output(&route::on_shelf(&shelf.folder, address)), short(mark))
            });
            pages.chain(index)
        });
        marks.collect()
    }
}

fn short(mark: Hash) -> String {
    mark.to_hex().chars().take(32).collect()
}

/// Ends each text, so that no two can be taken for others.
fn add(hash: &mut Hasher, text: &str) {
    hash.update(text.as_bytes()).update(&[0]);
}

/// What a version says by itself. What some readers see of it depends on the rules of today as well, so it is taken at its word.
fn own_text(outside: &str, volume: &Volume, version: &Version) -> Hash {
    let mut hash = Hasher::new();
    [outside, &version.id, &version.name, &version.date.to_string()].iter().for_each(|text| add(&mut hash, text));
    let compiled = &volume.site.compiled;
    if compiled.playbook.left_out.is_some() {
        for document in compiled.playbook.documents.iter() {
            add(&mut hash, &document.path);
            add(&mut hash, if document.holds == Holds::Withheld { "-" } else { "+" });
            add(&mut hash, compiled.files.text(document.file));
        }
        compiled.playbook.bases().iter().for_each(|base| add(&mut hash, &base.name.to_string()));
    }
    hash.finalize()
}

/// The same with the versions there are, and the lists each of them has.
fn relations(shelf: &Shelf, alone: Hash) -> Hash {
    let mut hash = Hasher::new();
    hash.update(alone.as_bytes());
    for (at, edition) in shelf.editions.iter().enumerate() {
        add(&mut hash, &edition.label);
        add(&mut hash, &edition.month().unwrap_or_default());
        for listing in route::Listing::ALL {
            add(&mut hash, &shelf.editions.listing(at, listing).unwrap_or_default());
        }
    }
    hash.finalize()
}

/// The same with all that a record's page shows beside them: where it is in each version, what became of it, what changed of it.
fn of_record(volume: &Volume, shelf: &Shelf, name: &Name, beside: Hash, known: &Known) -> Hash {
    let mut hash = Hasher::new();
    hash.update(beside.as_bytes());
    let trail = shelf.editions.trail(shelf.at, name);
    hash.update(of_trail(&trail, known).as_bytes());
    let own = volume.site.compiled.playbook.base(name);
    let now = shelf.editions.get(shelf.editions.newest());
    if let Some(today) = trail.today().and_then(|today| now?.playbook.base(today))
        && (today.name != *name || own.is_none_or(|own| own.title != today.title))
    {
        add(&mut hash, &today.title);
    }
    for step in shelf.chronicle.about(name) {
        add(&mut hash, &step.way.address);
        add(&mut hash, &step.change.anchor);
        add(&mut hash, &step.change.sentence);
    }
    hash.finalize()
}

fn of_trail(trail: &Arc<Trail>, known: &Known) -> Hash {
    let at = Arc::as_ptr(trail) as usize;
    if let Some(mark) = known.read().unwrap_or_else(PoisonError::into_inner).get(&at) {
        return *mark;
    }
    let mut hash = Hasher::new();
    for (name, address) in trail.names.iter().zip(&trail.addresses) {
        add(&mut hash, &name.as_ref().map_or_else(String::new, Name::to_string));
        add(&mut hash, address.as_deref().unwrap_or("-"));
    }
    let mark = hash.finalize();
    known.write().unwrap_or_else(PoisonError::into_inner).insert(at, mark);
    mark
}
