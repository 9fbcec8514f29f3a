//! What a released version's pages depend on beside its own text: where its records stand in all other versions.
//!
//! A shelf whose mark is the same as when it was written need not be printed again.

use super::Press;
use crate::route;
use crate::site::shelves::Shelf;
use rayon::prelude::*;
use std::collections::BTreeMap;

impl Press {
    /// The mark of each shelf, by the folder it fills; `outside` stands for the program, the theme and the options.
    pub fn finished(&self, outside: &str) -> BTreeMap<String, String> {
        let theme = self.site().compiled.playbook.own().and_then(|own| own.theme.as_ref()).map(|theme| theme.value.as_str());
        let outside = format!("{outside} {theme:?} {:?}", self.site().base_url);
        let versions: Vec<_> = self.released.iter().zip(&self.history.versions).enumerate().collect();
        let marks = versions.into_par_iter().map(|(at, (volume, version))| {
            let mut hash = blake3::Hasher::new();
            hash.update(outside.as_bytes()).update(version.id.as_bytes()).update(version.name.as_bytes());
            let shelf = self.shelf.released(at, version);
            relations(&shelf, |text| _ = hash.update(text.as_bytes()).update(&[0]));
            let site = &volume.site;
            for base in site.compiled.playbook.bases() {
                let names = shelf.editions.record(at, &base.name);
                let there = names.iter().enumerate().map(|(at, name)| name.as_ref().and_then(|n| shelf.editions.address(at, n)));
                there.for_each(|address| _ = hash.update(address.as_deref().unwrap_or("-").as_bytes()).update(&[0]));
                let now = shelf.editions.get(shelf.editions.newest());
                let today = names.last().cloned().flatten().and_then(|name| now?.playbook.base(&name));
                hash.update(today.map_or("", |base| base.title.as_str()).as_bytes());
            }
            (route::shelf(&version.segment), hash.finalize().to_string())
        });
        marks.collect()
    }
}

/// The versions there are, and the lists each of them has.
fn relations(shelf: &Shelf, mut each: impl FnMut(&str)) {
    for (at, edition) in shelf.editions.iter().enumerate() {
        each(&edition.label);
        each(&edition.month().unwrap_or_default());
        for listing in route::Listing::ALL {
            each(&shelf.editions.listing(at, listing).unwrap_or_default());
        }
    }
}
