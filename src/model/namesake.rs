//! Records whose titles readers cannot tell apart.

use super::kind::{Kind, Name};
use super::raw::Raw;
use crate::source::markdown::ascii;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What must differ for two titles to be told apart: kind, folder of pages and lessons, and the title without what readers overlook.
type Look = (Kind, String, String);

/// Who is called alike, kept up to date as titles change.
#[derive(Clone, Default)]
pub struct Namesakes {
    called: BTreeMap<Look, BTreeMap<usize, Name>>,
    /// The looks that several have.
    shared: BTreeSet<Look>,
    list: Arc<Vec<Vec<Name>>>,
}

impl Namesakes {
    /// Adds a record, whose place among its kind is `at`.
    pub fn add(&mut self, name: &Name, at: usize, raw: &Raw) {
        let Some(look) = look(name, raw) else { return };
        let called = self.called.entry(look.clone()).or_default();
        called.insert(at, name.clone());
        if called.len() > 1 {
            self.shared.insert(look);
        }
    }

    /// Takes a record out again.
    pub fn remove(&mut self, name: &Name, at: usize, raw: &Raw) {
        let Some(look) = look(name, raw) else { return };
        let Some(called) = self.called.get_mut(&look) else { return };
        called.remove(&at);
        if called.len() < 2 {
            self.shared.remove(&look);
        }
        if called.is_empty() {
            self.called.remove(&look);
        }
    }

    /// Those called alike, in order.
    pub fn list(&mut self) -> Arc<Vec<Vec<Name>>> {
        let alike = self.shared.iter().filter_map(|look| self.called.get(look)).map(|c| c.values().cloned().collect::<Vec<Name>>());
        let list: Vec<Vec<Name>> = alike.collect();
        if *self.list != list {
            self.list = Arc::new(list);
        }
        self.list.clone()
    }
}

fn look(name: &Name, raw: &Raw) -> Option<Look> {
    let folder = match name.kind {
        Kind::Playbook | Kind::Charter | Kind::Expect => return None,
        Kind::Page | Kind::Lesson => name.id.rsplit_once('/').map_or("", |(f, _)| f),
        _ => "",
    };
    Some((name.kind, folder.to_owned(), overlooked(&raw.title)))
}

/// A title without case, accents, punctuation and a plural's s.
fn overlooked(title: &str) -> String {
    let plain = ascii(title).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| if w.len() > 3 { w.strip_suffix('s').unwrap_or(w) } else { w }).collect::<Vec<_>>().join(" ")
}
