//! The playbook: every record of every kind, who refers to whom, and what was wrong.

use super::audience::{LeftOut, Rules};
use super::document::Documents;
use super::kept::Kept;
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
use super::link::{Unread, Use};
use super::record::{Base, Mark, Record, Records};
use super::types::{RecordKind, Ref};
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
    /// By record, the records that refer to it, itself aside.
    pub used_by: Arc<BTreeMap<Name, BTreeSet<Name>>>,
    /// Records that readers cannot tell apart by their title, in order.
    pub namesakes: Arc<Vec<Vec<Name>>>,
    /// The typed files that could not be read.
    pub unread: Arc<Unread>,
    /// The files that prose links to, by path from the project's root.
    pub linked_files: Arc<BTreeSet<String>>,
    /// Addresses that pages had on the site they come from, and the pages.
    pub former_addresses: Arc<BTreeMap<String, Name>>,
    /// The files it is made of, with their faults.
    pub documents: Documents,
    /// The files that have faults, by their place.
    pub faulty_files: Arc<BTreeSet<usize>>,
    /// The records in which there is something to see, by what that is.
    pub marked: Arc<BTreeMap<Mark, BTreeSet<Name>>>,
    /// Faults of no record, such as two with one name.
    pub loose: Arc<Vec<Problem>>,
    /// Which records there are, and in which order.
    pub census: Census,
    /// What checks look for in it.
    pub kept: Kept,
    /// Who may read what.
    pub rules: Arc<Rules>,
    /// What there is to know of what is left out for its readers; nothing where it is whole.
    pub left_out: Option<Arc<LeftOut>>,
}

/// Stands for the records there are and their order: the same from one playbook to the next while only their texts change.
#[derive(Debug, Clone, Default)]
pub struct Census(Arc<()>);

impl Census {
    /// Whether all records have the same names and places in both.
    pub fn is(&self, other: &Census) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
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
        self.bases_of(&Kind::ALL)
    }

    /// The same of some kinds.
    pub fn bases_of(&self, kinds: &[Kind]) -> Vec<&Base> {
        fn of<T>(records: &Records<T>) -> Vec<&Base> {
            records.iter().map(|r| &r.base).collect()
        }
        let mut all = Vec::new();
        for kind in kinds {
            all.extend(match kind {
                Kind::Playbook => of(&self.settings),
                Kind::Charter => of(&self.charter),
                Kind::Team => of(&self.teams),
                Kind::Role => of(&self.roles),
                Kind::Person => of(&self.people),
                Kind::Area => of(&self.areas),
                Kind::Activity => of(&self.activities),
                Kind::Stage => of(&self.stages),
                Kind::Handoff => of(&self.handoffs),
                Kind::Recycle => of(&self.recycles),
                Kind::Segment => of(&self.segments),
                Kind::Persona => of(&self.personas),
                Kind::Offering => of(&self.offerings),
                Kind::Message => of(&self.messages),
                Kind::Asset => of(&self.assets),
                Kind::Term => of(&self.terms),
                Kind::Goal => of(&self.goals),
                Kind::Metric => of(&self.metrics),
                Kind::Ritual => of(&self.rituals),
                Kind::Loop => of(&self.loops),
                Kind::Tool => of(&self.tools),
                Kind::Path => of(&self.paths),
                Kind::Module => of(&self.modules),
                Kind::Lesson => of(&self.lessons),
                Kind::Page => of(&self.pages),
                Kind::Change => of(&self.changes),
                Kind::Expect => of(&self.expects),
            });
        }
        all
    }

    /// Everything that was wrong with what was read.
    pub fn problems(&self) -> Vec<&Problem> {
        let of_files = self.faulty_files.iter().filter_map(|at| self.documents.get(*at)).flat_map(|d| &d.problems);
        let of_records = self.marked(Mark::Faulty).into_iter().chain(self.spare()).flat_map(|b| &b.problems);
        of_files.chain(of_records).chain(self.loose.iter()).collect()
    }

    /// The records in which there is something to see.
    pub fn marked(&self, mark: Mark) -> Vec<&Base> {
        self.marked.get(&mark).into_iter().flatten().filter_map(|name| self.base(name)).collect()
    }

    /// The records that another's name keeps out.
    fn spare(&self) -> Vec<&Base> {
        fn of<T>(records: &Records<T>) -> Vec<&Base> {
            records.spare().map(|r| &r.base).collect()
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

    /// The references that one record makes to another.
    pub fn uses_between(&self, from: &Name, to: &Name) -> impl Iterator<Item = &Use> {
        self.base(from).into_iter().flat_map(|b| &b.uses).filter(move |u| u.to == *to)
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
