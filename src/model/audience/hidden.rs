//! The names of what is left out, so that references to it are known for what they are; they are never written anywhere.

use crate::diagnostic::suggest;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::link::fold;
use crate::model::raw::Raw;
use crate::model::types::brackets;
use std::collections::{BTreeMap, BTreeSet};

/// Names by kind.
type Names = BTreeMap<String, BTreeSet<Kind>>;

/// The names of records that some readers do not see.
#[derive(Debug, Default)]
pub struct Hidden {
    ids: Names,
    former: Names,
    titles: Names,
    /// Those of the same that visible records have too.
    seen: Seen,
    /// The files they stand in alone, by path under `content/`.
    pub paths: BTreeSet<String>,
}

/// What visible records are called, as far as hidden ones are called the same.
#[derive(Debug, Default)]
struct Seen {
    ids: Names,
    others: Names,
}

impl Hidden {
    /// Adds a record that is left out.
    pub fn add(&mut self, raw: &Raw) {
        let kind = raw.name.kind;
        self.ids.entry(raw.name.id.clone()).or_default().insert(kind);
        self.titles.entry(raw.title_fold.clone()).or_default().insert(kind);
        for old in &raw.was {
            self.former.entry(old.value.clone()).or_default().insert(kind);
        }
    }

    /// Notes a record that is not, where it shares a name with one that is.
    pub fn note(&mut self, raw: &Raw) {
        let kind = raw.name.kind;
        let is_hidden = |text: &str| [&self.ids, &self.former, &self.titles].iter().any(|names| names.contains_key(text));
        if is_hidden(&raw.name.id) {
            self.seen.ids.entry(raw.name.id.clone()).or_default().insert(kind);
        }
        let old = raw.was.iter().map(|w| &w.value);
        for other in old.chain([&raw.title_fold]).filter(|text| is_hidden(text)) {
            self.seen.others.entry(other.clone()).or_default().insert(kind);
        }
    }

    /// Notes a file of which nothing is seen.
    pub fn add_file(&mut self, document: &Document) {
        self.paths.insert(document.inner_path().to_owned());
    }

    /// Whether a reference leads to what is left out, and to nothing that is seen.
    pub fn withholds(&self, reference: &str, kinds: &[Kind]) -> bool {
        let text = reference.split('#').next().unwrap_or(reference).trim();
        match text.split_once(':').and_then(|(kind, rest)| Some((Kind::from_word(kind.trim())?, rest.trim()))) {
            Some((kind, rest)) => self.withheld_among(rest, &[kind]),
            None => self.withheld_among(text, kinds) || (!kinds.is_empty() && self.is_only_hidden(text, kinds)),
        }
    }

    /// The order in which references are looked up: by id, by former id, by title; what is seen goes before what is not, but for an id.
    fn withheld_among(&self, text: &str, kinds: &[Kind]) -> bool {
        let has = |names: &Names, text: &str| names.get(text).is_some_and(|of| kinds.iter().any(|k| of.contains(k)));
        if has(&self.seen.ids, text) {
            return false;
        }
        if has(&self.ids, text) {
            return true;
        }
        if has(&self.former, text) {
            return !has(&self.seen.others, text);
        }
        let folded = fold(text);
        has(&self.titles, &folded) && !has(&self.seen.others, &folded)
    }

    /// Whether a text names nothing of the kinds that belong there, and something of another kind that is left out.
    fn is_only_hidden(&self, text: &str, kinds: &[Kind]) -> bool {
        let has = |names: &Names| names.get(text).is_some_and(|of| kinds.iter().any(|k| of.contains(k)));
        !has(&self.seen.ids) && !has(&self.seen.others) && self.ids.contains_key(text) && !self.seen.ids.contains_key(text)
    }

    /// A text with other words in the place of references to what is left out; nothing where it has none.
    pub fn reworded(&self, text: &str) -> Option<String> {
        if !text.contains("[[") {
            return None;
        }
        let mut out = String::new();
        let mut at = 0;
        for (range, target, label) in brackets(text) {
            let target = target.strip_suffix('\\').unwrap_or(target);
            let Some(words) = self.stand_in(target, label) else { continue };
            out.push_str(text.get(at..range.start).unwrap_or(""));
            out.push_str(&words);
            at = range.end;
        }
        (at > 0).then(|| out + text.get(at..).unwrap_or(""))
    }

    /// What stands for `[[target|label]]` where that is left out: the author's own words, else words that name nothing.
    pub fn stand_in(&self, target: &str, label: Option<&str>) -> Option<String> {
        let kind = target.split_once(':').and_then(|(kind, _)| Kind::from_word(kind.trim()))?;
        if !self.withholds(target, &[kind]) {
            return None;
        }
        Some(match label.map(str::trim).filter(|l| !l.is_empty()) {
            Some(label) => label.to_owned(),
            None => format!("{} not shown here", suggest::a(kind.label())),
        })
    }
}
