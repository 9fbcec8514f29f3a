//! Which records there are, and where a reference leads. A reference is resolved once, here.
//!
//! The index is made from ids and titles before any field is read, so that reading a
//! reference either gives a record or a problem; nothing later can fail on a link.

use super::field::{Reader, Shape};
use super::gather::Changes;
use super::kind::{Kind, Name};
use super::raw::Raw;
use crate::diagnostic::Span;
use crate::diagnostic::suggest::{self, Known};
use crate::source::markdown::{Outline, slug};
use crate::source::{Trouble, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Every record by id, by former id and by title.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Whether the safe part of raw HTML is kept, and its names with it.
    pub keeps_html: bool,
    ids: BTreeMap<(Kind, String), usize>,
    former: BTreeMap<(Kind, String), (String, Span)>,
    /// Records by title, folded; where several have one, each with its place among its kind, the first of which is meant.
    titles: BTreeMap<(Kind, String), BTreeMap<usize, String>>,
    bare: BTreeMap<String, Vec<Kind>>,
    /// The texts of records, for their anchors.
    outlines: BTreeMap<Name, Arc<Outline>>,
    /// The files that could not be read: references into them are silent.
    pub unread: Arc<Unread>,
    /// What a reference that leads nowhere may have meant; made for the first of them.
    near: OnceLock<Arc<Near>>,
}

/// Ids and titles by kind, ready to be compared with many texts.
#[derive(Debug, Default)]
struct Near {
    ids: BTreeMap<Kind, Known>,
    titles: BTreeMap<Kind, Known>,
}

/// The typed files that could not be read, in whole or in part.
#[derive(Debug, Clone, Default)]
pub struct Unread {
    /// Those that did not parse.
    pub unparsed: Vec<Unparsed>,
    /// Whether one could not be read at all.
    pub whole: bool,
}

/// What a record's references have asked the index, beside ids: when the answer is another, the record is read anew.
#[derive(Debug, Clone, Default)]
pub struct Consulted {
    /// Titles that led to a record, folded.
    titles: Vec<String>,
    /// Records whose headings were asked for.
    anchors: Vec<Name>,
    /// Whether something was not found, so that any new title could be it.
    missed: bool,
    /// Whether a former id was found.
    former: bool,
}

impl Consulted {
    /// Whether an answer is another now.
    pub fn is_out_of_date(&self, changes: &Changes) -> bool {
        (self.missed && !changes.titles.is_empty())
            || (self.former && changes.former)
            || self.titles.iter().any(|t| changes.titles.contains(t))
            || self.anchors.iter().any(|a| changes.anchors.contains(a))
    }
}

/// What became of a former id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Former {
    /// It leads to the record now.
    Taken,
    /// A record has it today.
    InUse,
    /// Another record gave it up as well.
    Claimed,
}

/// A typed file that could not be read as what it is.
#[derive(Debug, Clone)]
pub struct Unparsed {
    /// Its path and its text.
    pub text: String,
    /// The same as ids are made.
    pub slug: String,
}

/// That one record refers to another.
#[derive(Debug, Clone)]
pub struct Use {
    /// Who refers.
    pub from: Name,
    /// To whom.
    pub to: Name,
    /// The key it stands under; empty in prose.
    pub key: String,
    /// Where.
    pub span: Span,
}

/// What a text leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A record, and its place among its kind.
    Record(Name, usize),
    /// A record whose id this was, and where it says so.
    Former(Name, usize, Span),
    /// A record of a kind that does not belong here.
    OtherKind(Name),
    /// Several records.
    Several(Vec<Name>),
    /// Nothing.
    Nothing,
}

impl Index {
    /// Adds a record; its place among its kind is `at`.
    pub fn add(&mut self, name: &Name, at: usize, raw: &Raw) {
        self.near = OnceLock::new();
        self.ids.insert((name.kind, name.id.clone()), at);
        self.bare.entry(name.id.clone()).or_default().push(name.kind);
        self.titles.entry((name.kind, raw.title_fold.clone())).or_default().insert(at, name.id.clone());
        if let Some((_, outline)) = &raw.body {
            self.outlines.insert(name.clone(), outline.clone());
        }
    }

    /// Takes up a record that is called as before and says something else.
    pub fn renew(&mut self, name: &Name, before: &Raw, after: &Raw, changes: &mut Changes) {
        if before.title_fold != after.title_fold
            && let Some(at) = self.at(name)
        {
            self.near = OnceLock::new();
            self.forget_title(name, at, &before.title_fold);
            self.titles.entry((name.kind, after.title_fold.clone())).or_default().insert(at, name.id.clone());
            changes.titles.extend([before.title_fold.clone(), after.title_fold.clone()]);
        }
        if let (Some((_, old)), Some((_, new))) = (&before.body, &after.body) {
            if !old.anchors(self.keeps_html).eq(new.anchors(self.keeps_html)) {
                changes.anchors.insert(name.clone());
            }
            self.outlines.insert(name.clone(), new.clone());
        }
        for old in &after.was {
            if let Some((_, there)) = self.former.get_mut(&(name.kind, old.value.clone())).filter(|(id, _)| *id == name.id) {
                *there = old.span;
                changes.former = true;
            }
        }
    }

    fn forget_title(&mut self, name: &Name, at: usize, title: &str) {
        let key = (name.kind, title.to_owned());
        if let Some(called) = self.titles.get_mut(&key) {
            called.remove(&at);
            if called.is_empty() {
                self.titles.remove(&key);
            }
        }
    }

    /// The record of a kind that has a title.
    fn titled(&self, kind: Kind, folded: &str) -> Option<&String> {
        self.titles.get(&(kind, folded.to_owned())).and_then(|called| called.values().next())
    }

    /// The anchors of a record's text, in order; none where it has no text.
    pub fn anchors(&self, name: &Name) -> impl Iterator<Item = &str> {
        self.outlines.get(name).into_iter().flat_map(|outline| outline.anchors(self.keeps_html))
    }

    /// Adds an id that a record has given up; an id that is in use again is not former.
    pub fn add_former(&mut self, name: &Name, old: &str, there: Span) -> Former {
        let key = (name.kind, old.to_owned());
        if self.ids.contains_key(&key) {
            return Former::InUse;
        }
        if self.former.contains_key(&key) {
            return Former::Claimed;
        }
        self.former.insert(key, (name.id.clone(), there));
        Former::Taken
    }

    /// A record's place among its kind.
    pub fn at(&self, name: &Name) -> Option<usize> {
        self.ids.get(&(name.kind, name.id.clone())).copied()
    }

    /// Where a text leads, among some kinds.
    pub fn find(&self, text: &str, kinds: &[Kind]) -> Found {
        let text = text.trim();
        if let Some((prefix, rest)) = text.split_once(':')
            && let Some(kind) = Kind::from_word(prefix.trim())
        {
            let found = self.find_among(rest.trim(), &[kind]);
            return match found {
                Found::Record(name, _) | Found::Former(name, ..) if !kinds.contains(&kind) => Found::OtherKind(name),
                other => other,
            };
        }
        match self.find_among(text, kinds) {
            Found::Nothing => match self.find_among(text, &Kind::ALL) {
                Found::Record(name, _) | Found::Former(name, ..) => Found::OtherKind(name),
                Found::Several(names) => names.into_iter().next().map_or(Found::Nothing, Found::OtherKind),
                other => other,
            },
            found => found,
        }
    }

    fn find_among(&self, text: &str, kinds: &[Kind]) -> Found {
        let by_id: Vec<Name> =
            self.bare.get(text).into_iter().flatten().filter(|k| kinds.contains(k)).map(|k| Name::new(*k, text)).collect();
        if !by_id.is_empty() {
            return self.one_of(by_id);
        }
        for kind in kinds {
            if let Some((id, there)) = self.former.get(&(*kind, text.to_owned())) {
                let name = Name::new(*kind, id.clone());
                let at = self.at(&name).unwrap_or(usize::MAX);
                return Found::Former(name, at, *there);
            }
        }
        let folded = fold(text);
        let by_title: Vec<Name> = kinds.iter().filter_map(|k| self.titled(*k, &folded).map(|id| Name::new(*k, id.clone()))).collect();
        if folded.is_empty() { Found::Nothing } else { self.one_of(by_title) }
    }

    fn one_of(&self, mut names: Vec<Name>) -> Found {
        match names.len() {
            0 => Found::Nothing,
            1 => match names.pop() {
                Some(name) => match self.at(&name) {
                    Some(at) => Found::Record(name, at),
                    None => Found::Nothing,
                },
                None => Found::Nothing,
            },
            _ => Found::Several(names),
        }
    }

    /// The id or title of a kind that is nearest to a text.
    pub fn nearest(&self, text: &str, kinds: &[Kind]) -> Option<String> {
        let text = text.split_once(':').filter(|(k, _)| Kind::from_word(k).is_some()).map_or(text, |(_, rest)| rest);
        let near = self.near.get_or_init(|| Arc::new(self.near()));
        let nearest = |text: &str, among: &BTreeMap<Kind, Known>| {
            let found =
                kinds.iter().rev().filter_map(|kind| among.get(kind)?.nearest(text).map(|(far, word)| (far, word.to_owned(), *kind)));
            found.min_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)))
        };
        if let Some((_, id, _)) = nearest(text, &near.ids) {
            return Some(id);
        }
        nearest(&fold(text), &near.titles).and_then(|(_, title, kind)| self.titled(kind, &title)).cloned()
    }

    /// What a text can be near to.
    fn near(&self) -> Near {
        fn by_kind<'a>(names: impl Iterator<Item = &'a (Kind, String)>) -> BTreeMap<Kind, Known> {
            let mut kinds: BTreeMap<Kind, Vec<&str>> = BTreeMap::new();
            names.for_each(|(kind, name)| kinds.entry(*kind).or_default().push(name));
            kinds.into_iter().map(|(kind, names)| (kind, names.into_iter().collect())).collect()
        }
        Near { ids: by_kind(self.ids.keys()), titles: by_kind(self.titles.keys()) }
    }

    /// Whether a text could name something in a file that was not read.
    fn may_be_unread(&self, text: &str) -> bool {
        let id = text.rsplit(':').next().unwrap_or(text).trim();
        self.unread.mentions(id)
    }
}

impl Unread {
    /// Whether a file that was not read speaks of an id or a title.
    pub fn mentions(&self, id: &str) -> bool {
        let slug = slug(id);
        self.whole || self.unparsed.iter().any(|t| t.text.contains(id) || (!slug.is_empty() && t.slug.contains(&slug)))
    }
}

/// Case and white space do not tell two titles apart.
pub fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl Reader<'_> {
    /// Resolves a reference in a field; what does not resolve is a problem.
    pub fn reference(&mut self, value: &Value, key: &str, kinds: &[Kind], shape: &Shape) -> Option<(Name, usize, Span)> {
        let Some(written) = value.as_text() else {
            self.wrong_shape(value, key, shape);
            return None;
        };
        let text = written.split_once('#').map_or(written, |(name, _)| name).trim().to_owned();
        let span = value.inner_span(self.files.text(value.span.file));
        let name_span = if text.len() == written.len() || span == value.span { span } else { span.part(0, text.len()) };
        let found = self.resolve(&text, name_span, key, kinds, Prose::No)?;
        if let Some((_, fact)) = written.split_once('#') {
            self.check_fact(&found.0, fact.trim(), span);
        }
        Some(found)
    }

    /// Resolves a reference in prose; text whose prefix is no kind is left alone.
    pub fn prose_reference(&mut self, target: &str, span: Span, key: &str) -> Option<(Name, Option<String>)> {
        let (text, fact) = target.split_once('#').map_or((target, None), |(t, f)| (t, Some(f.trim().to_owned())));
        let (prefix, _) = text.split_once(':')?;
        let kind = Kind::from_word(prefix.trim())?;
        let whole = span;
        let exact = (span.end - span.start) as usize == target.len();
        let span = if exact { span.part(0, text.len()) } else { span };
        let (name, _, _) = self.resolve(text, span, key, &[kind], Prose::Yes)?;
        if let Some(fact) = &fact
            && !self.check_fact(&name, fact, whole)
        {
            return None;
        }
        Some((name, fact))
    }

    /// What stands behind `#` is a field of the record or an anchor of its text.
    fn check_fact(&mut self, name: &Name, fact: &str, span: Span) -> bool {
        self.consulted.anchors.push(name.clone());
        let index = self.index;
        let mut known: Vec<&str> = super::playbook::fields_of(name.kind).iter().map(|f| f.key).collect();
        known.extend(["title", "id", "now"]);
        if known.contains(&fact) || index.anchors(name).any(|a| a == fact) {
            return true;
        }
        known.extend(index.anchors(name));
        let nearest = suggest::nearest(fact, known).map(|f| format!("{name}#{f}"));
        self.problem(span, Trouble::UnknownFact { name: name.to_string(), fact: fact.to_owned(), nearest });
        false
    }

    fn resolve(&mut self, text: &str, span: Span, key: &str, kinds: &[Kind], prose: Prose) -> Option<(Name, usize, Span)> {
        let (name, at) = match self.index.find(text, kinds) {
            Found::Record(name, at) => {
                if text.rsplit(':').next() != Some(name.id.as_str()) {
                    self.consulted.titles.push(fold(text.split_once(':').map_or(text, |(_, rest)| rest)));
                    self.consulted.titles.push(fold(text));
                }
                (name, at)
            }
            Found::Former(name, at, there) => {
                self.consulted.former = true;
                let today = if text.contains(':') { name.to_string() } else { name.id.clone() };
                self.problem(span, Trouble::FormerId { text: text.to_owned(), today, there });
                (name, at)
            }
            other => {
                self.unresolved(other, (text, key), span, kinds, prose);
                return None;
            }
        };
        self.uses.push(Use { from: self.name.clone(), to: name.clone(), key: key.to_owned(), span });
        Some((name, at, span))
    }

    /// The anchors of a record's text, which whoever asks depends on.
    pub fn anchors(&mut self, name: &Name) -> Vec<&str> {
        self.consulted.anchors.push(name.clone());
        self.index.anchors(name).collect()
    }

    fn unresolved(&mut self, found: Found, (text, key): (&str, &str), span: Span, kinds: &[Kind], prose: Prose) {
        self.consulted.missed = true;
        let wanted = Kind::either(kinds);
        let trouble = match found {
            Found::OtherKind(name) => Trouble::WrongKind { text: text.to_owned(), found: name.to_string(), wanted, key: key.to_owned() },
            Found::Several(names) => Trouble::UnknownReference {
                text: text.to_owned(),
                wanted,
                nearest: None,
                several: names.iter().map(ToString::to_string).collect(),
                prose: prose == Prose::Yes,
            },
            _ if self.index.may_be_unread(text) => return,
            _ => {
                let named = text.split_once(':').is_some_and(|(kind, _)| Kind::from_word(kind.trim()).is_some());
                let prefix = text.split_once(':').map_or("", |(kind, _)| kind.trim());
                let kinds = match Kind::from_word(prefix) {
                    Some(kind) => vec![kind],
                    None => kinds.to_vec(),
                };
                let wanted = Kind::either(&kinds);
                let near = self.index.nearest(text, &kinds);
                let nearest = near.map(|id| if named { format!("{prefix}:{id}") } else { id });
                Trouble::UnknownReference { text: text.to_owned(), wanted, nearest, several: Vec::new(), prose: prose == Prose::Yes }
            }
        };
        self.problem(span, trouble);
    }
}

/// Whether a reference stands in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prose {
    Yes,
    No,
}
