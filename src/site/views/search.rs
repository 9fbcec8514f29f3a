//! The page of search: with script a field, without it every record, name and old name from A to Z.

use super::alphabet::{self, Letter};
use super::parts::Link;
use super::wording::capital;
use crate::model::Kind;
use crate::search::Source;
use crate::search::entries::names;
use crate::search::order::ORDER;
use crate::site::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// "Search".
    pub title: String,
    /// To each letter.
    pub letters: Vec<Letter>,
    /// What begins with it.
    pub groups: Vec<Group>,
    /// Where pages of prose stand, where there are too many for this one.
    pub pages: Option<Link>,
}

/// What begins with a letter.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The letter's anchor.
    pub id: String,
    /// The letter.
    pub letter: String,
    /// In order.
    pub entries: Vec<Entry>,
}

/// A name.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The name itself, where it is no link.
    pub name: Option<String>,
    /// Whether it was given up.
    pub old: bool,
    /// The record.
    pub record: Link,
    /// What it is: "Role".
    pub kind: String,
}

/// More pages of prose than these stand on their own list alone.
const PAGES: usize = 1_000;

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Search {
    let compiled = &sheet.site.compiled;
    let source = Source { playbook: &compiled.playbook, files: &compiled.files, addresses: &compiled.addresses, today: compiled.today };
    let many = compiled.playbook.pages.len() > PAGES;
    let mut all: BTreeMap<String, BTreeMap<(String, usize), Entry>> = BTreeMap::new();
    let mut count = 0;
    let bases = compiled.playbook.bases().into_iter().filter(|base| compiled.addresses.get(&base.name).is_some());
    for base in bases.filter(|base| !(many && base.name.kind == Kind::Page)) {
        let kind = capital(base.name.kind.label());
        let mut put = |word: &str, entry: Entry| {
            count += 1;
            all.entry(alphabet::letter(word)).or_default().insert((word.to_lowercase(), count), entry);
        };
        let record = sheet.link(&base.name);
        put(&base.title, Entry { name: None, old: false, record: record.clone(), kind: kind.clone() });
        for name in names(&source, base) {
            let class = ORDER.classes.get(name.class).map_or("", |class| class.name.as_str());
            if matches!(class, "alias" | "retired") {
                put(
                    &name.text,
                    Entry { name: Some(name.text.clone()), old: class == "retired", record: record.clone(), kind: kind.clone() },
                );
            }
        }
    }
    Search {
        title: "Search".to_owned(),
        letters: alphabet::letters(&all),
        groups: all
            .into_iter()
            .map(|(letter, entries)| Group { id: alphabet::anchor(&letter), letter, entries: entries.into_values().collect() })
            .collect(),
        pages: many.then(|| Link { label: "All pages".to_owned(), href: sheet.href(crate::route::Listing::Pages.address()) }),
    }
}
