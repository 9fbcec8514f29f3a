//! Who may read what: each record's own `audience`, else its folder's, else the playbook's; a part is read with its whole.

use crate::diagnostic::{Span, Spanned};
use crate::model::document::{Document, Documents};
use crate::model::kind::{Kind, Name};
use crate::model::raw::Raw;
use crate::source::{Data, Table, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Belonging to one of some audiences, which a reader must. Where there is none, nobody may read: what cannot be understood is kept back.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The audiences.
    pub names: BTreeSet<String>,
    /// Where it is written.
    pub span: Span,
    /// Whether the record itself says it.
    pub own: bool,
}

impl PartialEq for Demand {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

/// Who may read the records of a playbook.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// What the playbook says for all.
    everywhere: Option<Demand>,
    /// What folders say, by their path under `content/`.
    folders: BTreeMap<String, Demand>,
    /// The records that are not for everyone; all their demands must be met.
    narrow: BTreeMap<Name, Vec<Demand>>,
    /// Every record there is.
    known: BTreeSet<Name>,
    /// Ids that were given up, and who had them.
    former: BTreeMap<Name, Name>,
    /// Whether anything names an audience.
    speaks: bool,
}

impl Rules {
    /// The rules of a playbook's documents, as they were read.
    pub fn of(documents: &Documents) -> Self {
        let mut rules = Self { speaks: documents.iter().any(|d| d.speaks_of_audience), ..Self::default() };
        for raw in documents.iter().flat_map(|d| &d.records) {
            rules.known.insert(raw.name.clone());
            for old in &raw.was {
                rules.former.entry(Name::new(raw.name.kind, old.value.clone())).or_insert_with(|| raw.name.clone());
            }
        }
        if rules.speaks {
            rules.read(documents);
        }
        rules
    }

    fn read(&mut self, documents: &Documents) {
        for document in documents.iter().filter(|d| d.speaks_of_audience || d.is_unparsed()) {
            let inner = document.inner_path();
            let folder = inner.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            if inner == "playbook.toml" {
                let settings = document.records.first();
                self.everywhere = settings.and_then(|raw| stated(&raw.table)).or(unread(document)).map(|d| Demand { own: false, ..d });
            } else if inner.rsplit('/').next() == Some("_defaults.toml")
                && let Some(demand) = document.defaults.as_ref().and_then(stated).or(unread(document))
            {
                self.folders.insert(folder, Demand { own: false, ..demand });
            }
        }
        for document in documents.iter() {
            for raw in &document.records {
                let demands = self.demands(document, raw);
                if !demands.is_empty() {
                    self.narrow.insert(raw.name.clone(), demands);
                }
            }
        }
        for document in documents.iter() {
            for (raw, whole) in document.records.iter().filter_map(|raw| Some((raw, whole_of(document, raw)?))) {
                let Some(demands) = self.narrow.get(&whole).cloned() else { continue };
                let own = self.narrow.entry(raw.name.clone()).or_default();
                own.extend(demands.into_iter().map(|d| Demand { own: false, ..d }));
            }
        }
        self.narrow.values_mut().for_each(|demands| demands.dedup());
    }

    /// What a record says, or its folder, or the playbook. The playbook itself is everyone's; what a broken file holds is nobody's.
    fn demands(&self, document: &Document, raw: &Raw) -> Vec<Demand> {
        if raw.name.kind == Kind::Playbook {
            return Vec::new();
        }
        let said = stated(&raw.table).or_else(|| self.inherited(&raw.inner_path).cloned());
        said.into_iter().chain(unread(document)).collect()
    }

    /// What holds at a path under `content/` for what says nothing itself.
    pub fn inherited(&self, inner_path: &str) -> Option<&Demand> {
        let mut folder = inner_path.rsplit_once('/').map_or("", |(folder, _)| folder);
        loop {
            if let Some(demand) = self.folders.get(folder) {
                return Some(demand);
            }
            if folder.is_empty() {
                return self.everywhere.as_ref();
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    /// Whether everything is for everyone.
    pub fn is_open(&self) -> bool {
        !self.speaks
    }

    /// What a reader of a record must meet; nothing where it is for everyone.
    pub fn of_record(&self, name: &Name) -> &[Demand] {
        self.narrow.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The records that are not for everyone.
    pub fn narrow(&self) -> impl Iterator<Item = &Name> {
        self.narrow.keys()
    }

    /// What a file that holds no record demands: its folder's rule, and that of the module whose folder it is.
    pub fn of_file(&self, inner_path: &str) -> Vec<&Demand> {
        let mut demands: Vec<&Demand> = self.inherited(inner_path).into_iter().collect();
        if let Some(module) = inner_path.strip_prefix("training/").and_then(|rest| rest.split('/').next()) {
            demands.extend(self.of_record(&Name::new(Kind::Module, module)));
        }
        demands
    }

    /// The record that goes by a name, or did before it was called otherwise.
    pub fn today(&self, name: &Name) -> Option<&Name> {
        self.known.get(name).or_else(|| self.former.get(name))
    }
}

/// The record that another is a part of, and so is read with: an area of the rows of its matrix, a module of its lessons.
pub fn whole_of(document: &Document, raw: &Raw) -> Option<Name> {
    match raw.name.kind {
        Kind::Lesson => raw.name.id.split('/').next().map(|module| Name::new(Kind::Module, module)),
        Kind::Activity => {
            document.records.first().filter(|first| first.name.kind == Kind::Area && first.body.is_some()).map(|a| a.name.clone())
        }
        _ => None,
    }
}

/// A file that did not parse may say something that was not read.
fn unread(document: &Document) -> Option<Demand> {
    (document.is_unparsed() || document.is_closed()).then(|| Demand { names: BTreeSet::new(), span: Span::top(document.file), own: false })
}

/// What a table says under `audience`; what is no name of an audience opens nothing.
pub fn stated(table: &Table) -> Option<Demand> {
    let value = table.entries.iter().find(|e| e.key.value.eq_ignore_ascii_case("audience")).map(|e| &e.value).filter(|v| !v.is_absent())?;
    let names = named(value).into_iter().map(|name| name.value).collect();
    Some(Demand { names, span: value.span, own: true })
}

/// The audiences that a value names, each with its place.
pub fn named(value: &Value) -> Vec<Spanned<String>> {
    let values = match &value.data {
        Data::List(values) => values.iter().collect(),
        _ => vec![value],
    };
    let texts =
        values.into_iter().filter(|v| !v.is_absent()).filter_map(|v| v.as_text().map(|t| Spanned::new(t.trim().to_owned(), v.span)));
    texts.collect()
}

/// Whether everybody who meets some demands meets the others too.
pub fn implies(these: &[Demand], others: &[Demand]) -> bool {
    others.iter().all(|other| these.iter().any(|this| this.names.is_subset(&other.names)))
}
