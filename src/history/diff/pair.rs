//! One record in two versions: which of its fields say something else, and what has been told of them.

use super::World;
use super::datum::plain_form;
use super::kin::Kin;
use super::prose;
use crate::diagnostic::Files;
use crate::history::Change;
use crate::model::field::Datum;
use crate::model::kinds::goal::Metric;
use crate::model::{Base, Kind, Name, Playbook, Record};

/// A field that says something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Its key; beside those that are declared, `id`, `title`, `body` and `series`.
    pub key: &'static str,
    /// What the key says.
    pub doc: &'static str,
    /// What it said, references carried over to today's names.
    pub before: Option<Datum>,
    /// What it says.
    pub after: Option<Datum>,
}

/// One record in two versions.
pub struct Pair<'a> {
    /// Both versions.
    pub world: &'a World<'a>,
    /// As it was.
    pub old: &'a Base,
    /// As it is.
    pub new: &'a Base,
    /// What says something else and is not told yet.
    pub fields: Vec<Difference>,
    /// What is told.
    pub changes: Vec<Change>,
}

impl Pair<'_> {
    /// Takes a field that is told now, so that nobody tells it again.
    pub fn take(&mut self, key: &str) -> Option<Difference> {
        let at = self.fields.iter().position(|f| f.key == key)?;
        Some(self.fields.remove(at))
    }

    /// Its name today.
    pub fn name(&self) -> &Name {
        &self.new.name
    }
}

/// A version as one side of a comparison.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// The records.
    pub playbook: &'a Playbook,
    /// Their texts.
    pub files: &'a Files,
}

/// One field of a record, in its one form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What the key says.
    pub doc: &'static str,
    /// What it says.
    pub datum: Datum,
}

/// Everything a record says, each in its one form: its title, the fields of every record (those it inherits too), its own, its series, its text.
pub fn fields(texts: Texts<'_>, base: &Base, kin: &Kin) -> Vec<Field> {
    let mut all = Vec::with_capacity(base.facts.len() + base.stated.len() + 3);
    let mut add = |key, doc, datum: &Datum| {
        if let Some(datum) = plain_form(key, datum, kin) {
            all.push(Field { key, doc, datum });
        }
    };
    add("id", "its name in references", &Datum::Text(base.name.id.clone()));
    add("title", "what it is called", &Datum::Text(base.title.clone()));
    for fact in base.stated.iter().filter(|f| !INHERITED.contains(&f.key) && f.key != "was") {
        add(fact.key, fact.doc, &fact.datum);
    }
    for (key, doc, datum) in inherited(base) {
        add(key, doc, &datum);
    }
    base.facts.iter().for_each(|fact| add(fact.key, fact.doc, &fact.datum));
    if base.name.kind == Kind::Metric
        && let Some(metric) = texts.playbook.metrics.get(&base.name.id)
        && !metric.series.is_empty()
    {
        add("series", "its numbers so far", &series(metric));
    }
    if let Some(body) = &base.body {
        let text = prose::plain_form(texts.files, body, kin);
        if !text.is_empty() {
            all.push(Field { key: "body", doc: "its text", datum: Datum::Text(text) });
        }
    }
    all
}

/// Fields that a record has from its folder or the playbook where it does not state them.
pub const INHERITED: [&str; 3] = ["owner", "review_every", "audience"];

/// What holds for a record, whoever says it.
fn inherited(base: &Base) -> Vec<(&'static str, &'static str, Datum)> {
    let mut all = Vec::new();
    let common = &base.common;
    if let Some(owner) = &common.owner {
        all.push(("owner", "the role that keeps this record true", Datum::Name(owner.name.clone())));
    }
    if let Some(every) = &common.review_every {
        all.push(("review_every", "how often it should be read through", Datum::Text(every.to_string())));
    }
    if !common.audience.is_empty() {
        let who = common.audience.iter().map(|a| Datum::Text(a.value.clone())).collect();
        all.push(("audience", "who may read it", Datum::List(who)));
    }
    all
}

/// A series as data: each point its day, its value, its note.
fn series(metric: &Record<Metric>) -> Datum {
    let point = |p: &crate::model::kinds::goal::Point| {
        let note = p.note.clone().unwrap_or_default();
        Datum::List(vec![Datum::Text(p.date.to_string()), Datum::Text(p.value.to_string()), Datum::Text(note)])
    };
    Datum::List(metric.series.iter().map(point).collect())
}

/// Whether a record says the same, found without much ado; it may still do so where this says no.
pub fn is_plainly_the_same(world: &World<'_>, old: &Base, new: &Base) -> bool {
    let owner = |b: &Base| b.common.owner.as_ref().map(|o| o.name.clone());
    let data = |b: &Base, c: &Base| {
        let pairs = b.facts.iter().chain(&b.stated).zip(c.facts.iter().chain(&c.stated));
        b.facts.len() == c.facts.len()
            && b.stated.len() == c.stated.len()
            && pairs.into_iter().all(|(x, y)| x.key == y.key && x.datum == y.datum)
    };
    let kin = &world.kin;
    if std::ptr::eq(old, new) {
        // The one version was made of the other, which has this record as it is.
        return kin.is_empty() || !old.uses.iter().any(|u| kin.is_known(&u.to));
    }
    old.name == new.name
        && old.title == new.title
        && owner(old) == owner(new)
        && old.common.review_every == new.common.review_every
        && old.common.audience.iter().map(|a| &a.value).eq(new.common.audience.iter().map(|a| &a.value))
        && (kin.is_empty() || !old.uses.iter().any(|u| kin.is_known(&u.to)))
        && data(old, new)
        && text_of(world.before.files, old) == text_of(world.after.files, new)
        && (new.name.kind != Kind::Metric || has_same_series(world, new))
}

fn text_of<'a>(files: &'a Files, base: &Base) -> Option<&'a str> {
    base.body.as_ref().map(|b| files.slice(b.span))
}

fn has_same_series(world: &World<'_>, new: &Base) -> bool {
    let points =
        |p: &Playbook| p.metrics.get(&new.name.id).map(|m| m.series.iter().map(|p| (p.date, p.value, p.note.clone())).collect::<Vec<_>>());
    points(world.before.playbook) == points(world.after.playbook)
}

/// The fields that say something else, in the order in which they are declared.
pub fn differences(before: Vec<Field>, after: Vec<Field>) -> Vec<Difference> {
    let mut old = before;
    let mut all = Vec::new();
    for new in after {
        let was = old.iter().position(|o| o.key == new.key).map(|at| old.remove(at));
        if was.as_ref().map(|w| &w.datum) != Some(&new.datum) {
            all.push(Difference { key: new.key, doc: new.doc, before: was.map(|w| w.datum), after: Some(new.datum) });
        }
    }
    all.extend(old.into_iter().map(|o| Difference { key: o.key, doc: o.doc, before: Some(o.datum), after: None }));
    all
}
