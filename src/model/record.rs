//! Records and the tables of them; a reference that was resolved finds its record by place.

use super::field::{Datum, Fact, Resolved};
use super::kind::Name;
use super::kinds::common::{Common, Status};
use super::link::{Consulted, Use};
use super::types::{RecordKind, Ref};
use crate::diagnostic::Span;
use crate::source::Problem;
use crate::source::markdown::Outline;
use rpds::VectorSync;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What every record has, whatever its kind.
#[derive(Debug, Clone)]
pub struct Base {
    /// `kind:id`.
    pub name: Name,
    /// What it is called.
    pub title: String,
    /// Where the title stands; the record's place where none is written.
    pub title_span: Span,
    /// Where it is pointed at: its id, its title, or its first line.
    pub place: Span,
    /// The fields of every record.
    pub common: Common,
    /// The fields of every record as data, where it states them itself.
    pub stated: Vec<Fact>,
    /// Its own fields as data.
    pub facts: Vec<Fact>,
    /// Its prose, where it has any.
    pub body: Option<Body>,
    /// The references it makes, in fields and in prose.
    pub uses: Vec<Use>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What the index was asked while it was read.
    pub(super) consulted: Consulted,
}

/// What some rules look for in a record, so that they need not look at all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Something is wrong with it.
    Faulty,
    /// It allows a finding.
    Allowing,
    /// It is retired, or being given up.
    Gone,
    /// Its prose links to an address of the site.
    Addressing,
    /// It says whether it stands in the navigation.
    Hidden,
    /// It is a draft.
    Draft,
    /// It shows a film.
    Filmed,
    /// Its prose may have a heading, a picture or a table that readers or links cannot tell from others.
    Untidy,
}

impl Base {
    /// What there is to see in it.
    pub fn marks(&self) -> impl Iterator<Item = Mark> {
        let marks = [
            (Mark::Faulty, !self.problems.is_empty()),
            (Mark::Allowing, !self.common.allow.is_empty()),
            (Mark::Gone, self.common.status.is_some_and(|s| matches!(s.value, Status::Retired | Status::Deprecated))),
            (Mark::Draft, self.common.status.is_some_and(|s| s.value == Status::Draft)),
            (Mark::Filmed, self.body.as_ref().is_some_and(|b| b.blocks.values().any(|b| matches!(b, Block::Video(_))))),
            (Mark::Untidy, self.body.as_ref().is_some_and(|b| is_untidy(&b.outline))),
            (Mark::Addressing, self.body.as_ref().is_some_and(|b| !b.addresses.is_empty())),
            (
                Mark::Hidden,
                self.fact("nav").is_some_and(|nav| matches!(&nav.datum, Datum::Table(keys) if keys.iter().any(|(k, _)| *k == "hide"))),
            ),
        ];
        marks.into_iter().filter(|(_, seen)| *seen).map(|(mark, _)| mark)
    }

    /// The data of one of its fields.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|f| f.key == key)
    }
}

/// Whether headings, pictures or tables deserve a closer look: a heading that is there twice, leaves out a level or is a second title,
/// a picture without words, a table without names.
fn is_untidy(outline: &Outline) -> bool {
    let levels = outline.headings.iter().map(|h| h.level);
    let skips = std::iter::once(1).chain(levels.clone()).zip(levels.clone()).any(|(above, level)| level > above + 1);
    skips
        || levels.filter(|level| *level == 1).count() > 1
        || outline.headings.iter().any(|h| h.like.is_some())
        || outline.links.iter().any(|l| l.image && !l.worded)
        || outline.tables.iter().any(|t| t.head.iter().all(|c| c.text.is_empty()))
}

/// A record's prose, with everything in it that leads somewhere.
#[derive(Debug, Clone)]
pub struct Body {
    /// Where it stands.
    pub span: Span,
    /// What stands in it.
    pub outline: Arc<Outline>,
    /// References and links that lead somewhere, by the first byte of each.
    pub links: BTreeMap<u32, Target>,
    /// Links to pages of the site that are no record's, as `/terms/`, and where they are written.
    pub addresses: Vec<(Span, String)>,
    /// Typed blocks, by the first byte of each.
    pub blocks: BTreeMap<u32, Block>,
    /// The questions of its ```` ```quiz ```` blocks.
    pub questions: Vec<super::kinds::training::Question>,
    /// Tables that were read as a matrix and are shown as one, by first byte.
    pub matrices: Vec<u32>,
}

/// Where a link in prose leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A record, or one of its facts.
    Reference(Resolved),
    /// A heading of a record's page.
    Heading(Name, String),
    /// A file under `content/`, by its path from the project's root.
    File(String),
    /// A page of the site that is no record's, such as `/terms/`.
    Address(String),
    /// A file that is not published; its label or alternative text stands for it.
    Withheld,
    /// Off the site.
    Outside(String),
}

/// A typed block of prose.
#[derive(Debug, Clone)]
pub enum Block {
    /// A question, by its place among the body's.
    Quiz(usize),
    /// A choice with consequences.
    Scenario(super::block::Scenario),
    /// An area's matrix.
    Raci(Name),
    /// The map.
    Funnel,
    /// A goal and its chart.
    Goal(Name),
    /// Teams side by side.
    Compare(Vec<Name>),
    /// A film and its transcript.
    Video(super::block::Video),
}

/// A record of a kind.
#[derive(Debug, Clone)]
pub struct Record<T> {
    /// What every record has.
    pub base: Base,
    /// What its kind has.
    pub own: T,
}

impl<T> std::ops::Deref for Record<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.own
    }
}

impl<T> Record<T> {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.base.name.id
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.base.title
    }
}

/// Places by id.
#[allow(clippy::disallowed_types, reason = "it is looked into, never gone through")]
type Places = std::collections::HashMap<String, usize>;

/// All records of a kind, in the order of files and places; those from before that are still right are the same.
#[derive(Debug, Clone)]
pub struct Records<T> {
    list: VectorSync<Record<T>>,
    by_id: Arc<Places>,
    /// Records whose name another has: read for their faults alone.
    spare: VectorSync<Record<T>>,
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self { list: VectorSync::new_sync(), by_id: Arc::default(), spare: VectorSync::new_sync() }
    }
}

/// Goes through records in their order.
pub type Iter<'a, T> = <&'a VectorSync<Record<T>> as IntoIterator>::IntoIter;

impl<T> Records<T> {
    /// Puts records in their order; places must be those the index gave. Those that are spare, by their place in the list, stand aside.
    pub fn new(all: Vec<Record<T>>, is_spare: impl Fn(usize) -> bool) -> Self {
        let mut records = Self::default();
        let mut by_id = Places::with_capacity(all.len());
        for (at, record) in all.into_iter().enumerate() {
            if is_spare(at) {
                records.spare.push_back_mut(record);
            } else {
                by_id.insert(record.base.name.id.clone(), records.list.len());
                records.list.push_back_mut(record);
            }
        }
        Self { by_id: Arc::new(by_id), ..records }
    }

    /// The same with some records in the places of others of the same names.
    #[must_use]
    pub fn with(&self, others: Vec<(usize, Record<T>)>) -> Self {
        let mut list = self.list.clone();
        for (at, other) in others {
            list.set_mut(at, other);
        }
        Self { list, by_id: self.by_id.clone(), spare: self.spare.clone() }
    }

    /// Whether these are the very same.
    pub fn is(&self, other: &Self) -> bool {
        self.list.len() == other.list.len() && self.differing(other).next().is_none()
    }

    /// The records that are not the very same as those of a list of equal length, each with that one.
    pub fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a Record<T>, &'a Record<T>)> {
        self.list.iter().zip(other.list.iter()).filter(|(a, b)| !std::ptr::eq(*a, *b))
    }

    /// In order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.list.iter()
    }

    /// Those that another's name keeps out.
    pub fn spare(&self) -> Iter<'_, T> {
        self.spare.iter()
    }

    /// By id.
    pub fn get(&self, id: &str) -> Option<&Record<T>> {
        self.by_id.get(id).and_then(|i| self.nth(*i))
    }

    /// A record's place in the order, by id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The record at a place in the order.
    pub fn nth(&self, at: usize) -> Option<&Record<T>> {
        self.list.get(at)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a, T> IntoIterator for &'a Records<T> {
    type Item = &'a Record<T>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone> Records<T> {
    /// By id, to be changed while the playbook is made.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Record<T>> {
        let at = self.position(id)?;
        self.list.get_mut(at)
    }
}

impl<T: RecordKind> std::ops::Index<&Ref<T>> for Records<T> {
    type Output = Record<T>;

    #[expect(clippy::indexing_slicing, reason = "a `Ref` is made only by resolving it against the index of these very records")]
    fn index(&self, reference: &Ref<T>) -> &Record<T> {
        &self.list[reference.at]
    }
}
