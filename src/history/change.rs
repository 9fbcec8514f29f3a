//! What changed between two versions.

use super::diff::prose::Rewritten;
use crate::model::{Kind, Name, Playbook};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The same to one of those it touches, as "you", where that reads otherwise.
    pub told: BTreeMap<Name, String>,
    /// What it said before, in the reader's form.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
    /// Where a text was rewritten: what, word by word.
    pub rewritten: Option<Rewritten>,
    /// Who has to know.
    pub touches: Touched,
    /// From which day it holds, as an announcement says.
    pub effective: Option<Date>,
    /// Why, from an announcement, else from the commit.
    pub why: Option<String>,
    /// The announcements of this step that are about it.
    pub announced: Vec<Name>,
    /// What it is known by on a page that tells all of its step: no other has the same.
    pub anchor: String,
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
    /// Their partners in it, for whom it matters one step less: who does the work, who is asked, who keeps the record.
    pub partners: BTreeSet<Name>,
}

impl What {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            What::Added => "added",
            What::Removed => "removed",
            What::Renamed => "renamed",
            What::Changed => "changed",
        }
    }
}

impl Weight {
    /// All four, the heaviest first.
    pub const ALL: [Weight; 4] = [Weight::Must, Weight::Should, Weight::Good, Weight::Wording];

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Weight::Must => "must",
            Weight::Should => "should",
            Weight::Good => "good",
            Weight::Wording => "wording",
        }
    }

    /// What stands above the changes of this weight.
    pub fn heading(self) -> &'static str {
        match self {
            Weight::Must => "Must know",
            Weight::Should => "Should know",
            Weight::Good => "Good to know",
            Weight::Wording => "Wording only",
        }
    }
}

impl Touched {
    /// The roles it touches, all of them where it touches everyone.
    pub fn roles_of(&self, playbook: &Playbook) -> BTreeSet<Name> {
        match self.everyone {
            true => playbook.roles.iter().map(|r| r.base.name.clone()).collect(),
            false => self.roles.clone(),
        }
    }
}

impl Changes {
    /// What a role has to know: each change as it is told to it, and how much it matters to it, what matters most first.
    pub fn for_role(&self, role: &Name) -> Vec<(Weight, &Change)> {
        let mut all: Vec<(Weight, &Change)> = self.all.iter().filter_map(|c| c.weight_for(role).map(|w| (w, c))).collect();
        all.sort_by_key(|(weight, _)| *weight);
        all
    }
}

impl Change {
    /// A change that touches nobody yet.
    pub fn new(what: What, weight: Weight, record: &Name, sentence: impl Into<String>) -> Self {
        Self {
            what,
            weight,
            record: record.clone(),
            field: None,
            sentence: sentence.into(),
            told: BTreeMap::new(),
            before: None,
            after: None,
            rewritten: None,
            touches: Touched::default(),
            effective: None,
            why: None,
            announced: Vec::new(),
            anchor: String::new(),
        }
    }

    /// About one field.
    #[must_use]
    pub fn field(mut self, key: impl Into<String>) -> Self {
        self.field = Some(key.into());
        self
    }

    /// With what it said and says.
    #[must_use]
    pub fn values(mut self, before: Option<String>, after: Option<String>) -> Self {
        (self.before, self.after) = (before, after);
        self
    }

    /// It touches these roles.
    #[must_use]
    pub fn touching(mut self, roles: impl IntoIterator<Item = Name>) -> Self {
        self.touches.roles.extend(roles);
        self.touches.partners.retain(|p| !self.touches.roles.contains(p));
        self
    }

    /// These are their partners in it.
    #[must_use]
    pub fn beside(mut self, roles: impl IntoIterator<Item = Name>) -> Self {
        self.touches.partners.extend(roles);
        self.touches.partners.retain(|p| !self.touches.roles.contains(p));
        self
    }

    /// It touches everyone.
    #[must_use]
    pub fn to_everyone(mut self) -> Self {
        self.touches.everyone = true;
        self
    }

    /// What one role is told instead.
    #[must_use]
    pub fn telling(mut self, role: &Name, sentence: impl Into<String>) -> Self {
        self.told.insert(role.clone(), sentence.into());
        self
    }

    /// The sentence as a role is told it.
    pub fn told_to(&self, role: &Name) -> &str {
        self.told.get(role).unwrap_or(&self.sentence)
    }

    /// How much it matters to a role; nothing where it does not touch it.
    pub fn weight_for(&self, role: &Name) -> Option<Weight> {
        let one_less = self.weight.max(Weight::Should);
        match (self.touches.everyone && role.kind == Kind::Role, self.touches.roles.contains(role)) {
            (true, _) | (_, true) => Some(self.weight),
            _ => self.touches.partners.contains(role).then_some(one_less),
        }
    }
}
