//! What changed between two versions.

use crate::model::Name;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Everything that changed from one version to another, in the order people should read it.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The older version's name.
    pub from: String,
    /// The newer version's name.
    pub to: String,
    /// What matters most first; then by kind and id of the record.
    pub all: Vec<Change>,
}

/// One thing that changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// What became of the record or the field.
    pub what: What,
    /// How much it matters.
    pub weight: Weight,
    /// The record, by its newer name where it has one.
    pub record: Name,
    /// The field's key, where it is about one; a part of it behind a dot.
    pub field: Option<String>,
    /// What changed, as a Markdown sentence that names every role in the third person.
    pub sentence: String,
    /// What it said before, in the reader's form.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
    /// Who has to know.
    pub touches: Touched,
    /// From which day it holds, as an announcement says.
    pub effective: Option<Date>,
    /// Why, from an announcement, else from the commit.
    pub why: Option<String>,
}

/// What became of a record or a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is called something else.
    Renamed,
    /// It says something else.
    Changed,
}

/// How much a change matters to those it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// They will do something differently.
    Must,
    /// It touches their numbers or their partners.
    Should,
    /// It is good to know.
    Good,
    /// Only the words differ.
    Wording,
}

/// Who has to know of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Everyone has.
    pub everyone: bool,
    /// Else these roles: who gained and who lost.
    pub roles: BTreeSet<Name>,
}
