//! The playbook: every record of every kind, who refers to whom, and what was wrong.

use super::document::Document;
use super::field::{Fields, Inline, Reader};
use super::gather::{Gathered, Raw, gather};
use super::kind::{Kind, Name};
use super::kinds::common::Common;
use super::kinds::customer::{Persona, Segment};
use super::kinds::funnel::{Handoff, Recycle, Stage};
use super::kinds::goal::{Goal, Metric};
use super::kinds::offering::{Asset, Message, Offering};
use super::kinds::page::{Change, Charter, Expect, Page};
use super::kinds::playbook::Settings;
use super::kinds::responsibility::{Activity, Area};
use super::kinds::rhythm::{Loop, Ritual, Tool};
use super::kinds::role::{Person, Role};
use super::kinds::team::Team;
use super::kinds::term::Term;
use super::kinds::training::{Lesson, Module, Path};
use super::link::{Index, Use};
use super::record::{Base, Body, Record, Records};
use super::types::{RecordKind, Ref};
use super::value::Duration;
use super::{prose, series};
use crate::diagnostic::{Files, Spanned};
use crate::source::Problem;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The playbook.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "each table holds the records of the kind it is named after")]
pub struct Playbook {
    pub settings: Records<Settings>,
    pub charter: Records<Charter>,
    pub teams: Records<Team>,
    pub roles: Records<Role>,
    pub people: Records<Person>,
    pub areas: Records<Area>,
    pub activities: Records<Activity>,
    pub stages: Records<Stage>,
    pub handoffs: Records<Handoff>,
    pub recycles: Records<Recycle>,
    pub segments: Records<Segment>,
    pub personas: Records<Persona>,
    pub offerings: Records<Offering>,
    pub messages: Records<Message>,
    pub assets: Records<Asset>,
    pub terms: Records<Term>,
    pub goals: Records<Goal>,
    pub metrics: Records<Metric>,
    pub rituals: Records<Ritual>,
    pub loops: Records<Loop>,
    pub tools: Records<Tool>,
    pub paths: Records<Path>,
    pub modules: Records<Module>,
    pub lessons: Records<Lesson>,
    pub pages: Records<Page>,
    pub changes: Records<Change>,
    pub expects: Records<Expect>,
    /// Who refers to whom.
    pub uses: Vec<Use>,
    /// Where references lead.
    pub index: Index,
    /// The files that prose links to, by path from the project's root.
    pub linked_files: BTreeSet<String>,
    /// Addresses that pages had on the site they come from, and the pages.
    pub former_addresses: BTreeMap<String, Name>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// Makes the playbook of all documents.
pub fn assemble(documents: &[Arc<Document>], files: &Files) -> Playbook {
    let mut gathered = gather(documents, files);
    let mut builder = Builder {
        places: prose::Places::new(&gathered, documents),
        index: std::mem::take(&mut gathered.index),
        files,
        defaults: BTreeMap::new(),
        everywhere: Defaults::default(),
        problems: std::mem::take(&mut gathered.problems),
        uses: Vec::new(),
    };
    builder.read_defaults(&gathered);
    builder.index.anchors = builder.places.anchors().clone();
    let mut playbook = builder.kinds(&gathered);
    series::attach(&mut playbook, documents, &mut builder.problems);
    playbook.former_addresses = builder.places.former().clone();
    playbook.linked_files = prose::linked_files(playbook.bases().into_iter().filter_map(|b| b.body.as_ref()));
    playbook.uses = builder.uses;
    playbook.index = builder.index;
    playbook.problems = documents.iter().flat_map(|d| d.problems.iter().cloned()).chain(builder.problems).collect();
    playbook
}

/// What a folder or the playbook says for records that do not.
#[derive(Debug, Clone, Default)]
struct Defaults {
    owner: Option<Ref<Role>>,
    review_every: Option<Duration>,
    audience: Vec<Spanned<String>>,
}

impl Inline for Defaults {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            owner: f.optional("owner", "who keeps the records of this folder"),
            review_every: f.optional("review_every", "how often they should be read through"),
            audience: f.list("audience", "who may read them"),
        }
    }
}

/// The model while it is made.
pub struct Builder<'a> {
    /// Where references lead.
    pub index: Index,
    files: &'a Files,
    places: prose::Places,
    defaults: BTreeMap<String, Defaults>,
    everywhere: Defaults,
    /// Faults so far.
    pub problems: Vec<Problem>,
    /// References so far.
    pub uses: Vec<Use>,
}

impl Builder<'_> {
    /// Reads something with the references and faults of a record.
    pub fn with_reader<T>(&mut self, name: &Name, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let mut reader = Reader::new(&self.index, self.files, name.clone());
        let value = read(&mut reader);
        let Reader { problems, uses, .. } = reader;
        self.problems.extend(problems);
        self.uses.extend(uses);
        value
    }

    fn read_defaults(&mut self, gathered: &Gathered) {
        let name = Name::new(Kind::Playbook, "playbook");
        for (folder, (table, span)) in &gathered.defaults {
            let defaults = self.with_reader(&name, |reader| {
                let mut fields = Fields::of_file(table, *span, "_defaults.toml", reader);
                let defaults = Defaults::declare(&mut fields);
                fields.finish(&[]);
                defaults
            });
            self.defaults.insert(folder.clone(), defaults);
        }
    }

    fn kinds(&mut self, gathered: &Gathered) -> Playbook {
        let settings: Records<Settings> = self.records(gathered);
        if let Some(s) = settings.iter().next() {
            let common = &s.base.common;
            self.everywhere =
                Defaults { owner: s.default_owner.clone(), review_every: common.review_every.clone(), audience: common.audience.clone() };
        }
        Playbook {
            settings,
            charter: self.records(gathered),
            teams: self.records(gathered),
            roles: self.records(gathered),
            people: self.records(gathered),
            areas: self.records(gathered),
            activities: self.records(gathered),
            stages: self.records(gathered),
            handoffs: self.records(gathered),
            recycles: self.records(gathered),
            segments: self.records(gathered),
            personas: self.records(gathered),
            offerings: self.records(gathered),
            messages: self.records(gathered),
            assets: self.records(gathered),
            terms: self.records(gathered),
            goals: self.records(gathered),
            metrics: self.records(gathered),
            rituals: self.records(gathered),
            loops: self.records(gathered),
            tools: self.records(gathered),
            paths: self.records(gathered),
            modules: self.records(gathered),
            lessons: self.records(gathered),
            pages: self.records(gathered),
            changes: self.records(gathered),
            expects: self.records(gathered),
            ..Playbook::default()
        }
    }

    fn records<T: RecordKind>(&mut self, gathered: &Gathered) -> Records<T> {
        let raws = gathered.raws.get(&T::KIND).map(Vec::as_slice).unwrap_or_default();
        let mut list = Vec::with_capacity(raws.len());
        for raw in raws {
            let record = self.record(raw);
            if !raw.duplicate {
                list.push(record);
            }
        }
        Records::new(list)
    }

    fn record<T: RecordKind>(&mut self, raw: &Raw) -> Record<T> {
        let before = self.problems.len();
        let (mut common, own, facts) = self.with_reader(&raw.name, |reader| {
            let mut fields = Fields::of_record(&raw.table, raw.place, reader);
            let common = Common::declare(&mut fields);
            fields.facts();
            let own = T::declare(&mut fields);
            let facts = fields.facts();
            if raw.typed_keys {
                fields.finish(&["id", "title"]);
            }
            (common, own, facts)
        });
        if raw.from_broken {
            let tail = self.problems.split_off(before);
            self.problems.extend(tail.into_iter().filter(|p| !matches!(p.trouble, crate::source::Trouble::MissingField { .. })));
        }
        self.inherit(&mut common, raw);
        let body = self.body(raw);
        let base =
            Base { name: raw.name.clone(), title: raw.title.clone(), title_span: raw.title_span, place: raw.place, common, facts, body };
        Record { base, own }
    }

    fn body(&mut self, raw: &Raw) -> Option<Body> {
        let mut reader = Reader::new(&self.index, self.files, raw.name.clone());
        let body = prose::body(raw, &self.places, &mut reader);
        let Reader { problems, uses, .. } = reader;
        self.problems.extend(problems);
        self.uses.extend(uses);
        body
    }

    /// Owner, review and audience: the record, its folder, the playbook. Some kinds state their own owner.
    fn inherit(&self, common: &mut Common, raw: &Raw) {
        let states_owner = matches!(raw.name.kind, Kind::Stage | Kind::Ritual | Kind::Metric | Kind::Recycle);
        let mut folder = raw.inner_path.rsplit_once('/').map_or("", |(f, _)| f);
        let mut sources: Vec<&Defaults> = Vec::new();
        loop {
            sources.extend(self.defaults.get(folder));
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(f, _)| f);
        }
        sources.push(&self.everywhere);
        for defaults in sources {
            if !states_owner && common.owner.is_none() {
                common.owner = defaults.owner.clone();
            }
            if common.review_every.is_none() {
                common.review_every = defaults.review_every.clone();
            }
            if common.audience.is_empty() {
                common.audience = defaults.audience.clone();
            }
        }
    }
}

impl Playbook {
    /// The lessons of a module, in its own order or in that of their files.
    pub fn lessons_of(&self, module: &str) -> Vec<&Base> {
        let chosen = self.modules.get(module).map(|m| m.lessons.as_slice()).unwrap_or_default();
        if !chosen.is_empty() {
            return chosen.iter().map(|l| &self.lessons[l].base).collect();
        }
        self.lessons.iter().filter(|l| l.id().split('/').next() == Some(module)).map(|l| &l.base).collect()
    }

    /// What every record has, in the order of kinds, files and places.
    pub fn bases(&self) -> Vec<&Base> {
        fn of<T>(records: &Records<T>) -> Vec<&Base> {
            records.iter().map(|r| &r.base).collect()
        }
        let lists = [
            of(&self.settings),
            of(&self.charter),
            of(&self.teams),
            of(&self.roles),
            of(&self.people),
            of(&self.areas),
            of(&self.activities),
            of(&self.stages),
            of(&self.handoffs),
            of(&self.recycles),
            of(&self.segments),
            of(&self.personas),
            of(&self.offerings),
            of(&self.messages),
            of(&self.assets),
            of(&self.terms),
            of(&self.goals),
            of(&self.metrics),
            of(&self.rituals),
            of(&self.loops),
            of(&self.tools),
            of(&self.paths),
            of(&self.modules),
            of(&self.lessons),
            of(&self.pages),
            of(&self.changes),
            of(&self.expects),
        ];
        lists.concat()
    }

    /// What a record has that every record has.
    pub fn base(&self, name: &Name) -> Option<&Base> {
        fn of<'a, T>(records: &'a Records<T>, id: &str) -> Option<&'a Base> {
            records.get(id).map(|r| &r.base)
        }
        let id = name.id.as_str();
        match name.kind {
            Kind::Playbook => of(&self.settings, id),
            Kind::Charter => of(&self.charter, id),
            Kind::Team => of(&self.teams, id),
            Kind::Role => of(&self.roles, id),
            Kind::Person => of(&self.people, id),
            Kind::Area => of(&self.areas, id),
            Kind::Activity => of(&self.activities, id),
            Kind::Stage => of(&self.stages, id),
            Kind::Handoff => of(&self.handoffs, id),
            Kind::Recycle => of(&self.recycles, id),
            Kind::Segment => of(&self.segments, id),
            Kind::Persona => of(&self.personas, id),
            Kind::Offering => of(&self.offerings, id),
            Kind::Message => of(&self.messages, id),
            Kind::Asset => of(&self.assets, id),
            Kind::Term => of(&self.terms, id),
            Kind::Goal => of(&self.goals, id),
            Kind::Metric => of(&self.metrics, id),
            Kind::Ritual => of(&self.rituals, id),
            Kind::Loop => of(&self.loops, id),
            Kind::Tool => of(&self.tools, id),
            Kind::Path => of(&self.paths, id),
            Kind::Module => of(&self.modules, id),
            Kind::Lesson => of(&self.lessons, id),
            Kind::Page => of(&self.pages, id),
            Kind::Change => of(&self.changes, id),
            Kind::Expect => of(&self.expects, id),
        }
    }

    /// The playbook's own settings.
    pub fn own(&self) -> Option<&Record<Settings>> {
        self.settings.iter().next()
    }

    /// What the playbook is called.
    pub fn title(&self) -> &str {
        self.own().map_or("Playbook", |s| s.title())
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.bases().len()
    }

    /// Areas in the order they give themselves, then as they are written.
    pub fn areas_in_order(&self) -> Vec<&Record<Area>> {
        let mut areas: Vec<&Record<Area>> = self.areas.iter().collect();
        areas.sort_by_key(|a| a.order.unwrap_or(u32::MAX));
        areas
    }

    /// Stages in the order they give themselves, then as they are written.
    pub fn stages_in_order(&self) -> Vec<&Record<Stage>> {
        let mut stages: Vec<&Record<Stage>> = self.stages.iter().collect();
        stages.sort_by_key(|s| s.order.unwrap_or(u32::MAX));
        stages
    }

    /// The roles of a team, those nearest to the top first, then as they are written.
    pub fn roles_of(&self, team: &Record<Team>) -> Vec<&Record<Role>> {
        let mut roles: Vec<&Record<Role>> =
            self.roles.iter().filter(|r| r.team.as_ref().is_some_and(|t| t.name == team.base.name)).collect();
        roles.sort_by_key(|r| self.steps_to_top(r));
        roles
    }

    /// How many roles stand above a role; a circle ends the count.
    pub fn steps_to_top(&self, role: &Record<Role>) -> usize {
        let mut above = role.reports_to.as_ref();
        let mut steps = 0;
        while let Some(boss) = above.filter(|_| steps < self.roles.len()) {
            steps += 1;
            above = self.roles[boss].reports_to.as_ref();
        }
        steps
    }

    /// The team of a role.
    pub fn team_of(&self, role: &Ref<Role>) -> Option<&Record<Team>> {
        self.roles[role].team.as_ref().map(|t| &self.teams[t])
    }
}

/// The fields of a kind, those of every record first.
pub fn fields_of(kind: Kind) -> Vec<super::field::Field> {
    use super::field::describe;
    let own = match kind {
        Kind::Playbook => describe(Settings::declare),
        Kind::Charter => describe(Charter::declare),
        Kind::Team => describe(Team::declare),
        Kind::Role => describe(Role::declare),
        Kind::Person => describe(Person::declare),
        Kind::Area => describe(Area::declare),
        Kind::Activity => describe(Activity::declare),
        Kind::Stage => describe(Stage::declare),
        Kind::Handoff => describe(Handoff::declare),
        Kind::Recycle => describe(Recycle::declare),
        Kind::Segment => describe(Segment::declare),
        Kind::Persona => describe(Persona::declare),
        Kind::Offering => describe(Offering::declare),
        Kind::Message => describe(Message::declare),
        Kind::Asset => describe(Asset::declare),
        Kind::Term => describe(Term::declare),
        Kind::Goal => describe(Goal::declare),
        Kind::Metric => describe(Metric::declare),
        Kind::Ritual => describe(Ritual::declare),
        Kind::Loop => describe(Loop::declare),
        Kind::Tool => describe(Tool::declare),
        Kind::Path => describe(Path::declare),
        Kind::Module => describe(Module::declare),
        Kind::Lesson => describe(Lesson::declare),
        Kind::Page => describe(Page::declare),
        Kind::Change => describe(Change::declare),
        Kind::Expect => describe(Expect::declare),
    };
    describe(Common::declare).into_iter().chain(own).collect()
}
