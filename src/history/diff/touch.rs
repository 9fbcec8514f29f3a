//! Whom a record concerns, by the graph: who has a part in it, and who works with it.

use super::World;
use crate::model::kinds::page::Change;
use crate::model::kinds::responsibility::Activity;
use crate::model::raci::{Part, rows};
use crate::model::{Kind, Name, Playbook, Record};
use std::collections::BTreeSet;

/// Roles.
pub type Roles = BTreeSet<Name>;

/// The roles that have a part in a record; who keeps it, where nobody has.
pub fn concerned(playbook: &Playbook, name: &Name) -> Roles {
    let own = own(playbook, name);
    if own.is_empty() { keeper(playbook, name).into_iter().collect() } else { own }
}

/// Those who work with it: who keeps it, and who does or answers for an activity that involves it.
pub fn partners(playbook: &Playbook, name: &Name) -> Roles {
    let mut roles: Roles = keeper(playbook, name).into_iter().collect();
    if matches!(name.kind, Kind::Stage | Kind::Goal | Kind::Handoff | Kind::Recycle | Kind::Metric) {
        let users = playbook.used_by.get(name).into_iter().flatten().filter(|user| user.kind == Kind::Activity);
        roles.extend(users.filter_map(|user| playbook.activities.get(&user.id)).flat_map(doers));
    }
    roles
}

fn keeper(playbook: &Playbook, name: &Name) -> Option<Name> {
    playbook.base(name)?.common.owner.as_ref().map(|o| o.name.clone())
}

fn own(p: &Playbook, name: &Name) -> Roles {
    let id = name.id.as_str();
    match name.kind {
        Kind::Role => Roles::from([name.clone()]),
        Kind::Person => p.roles.iter().filter(|r| r.holders.iter().any(|h| h.name == *name)).map(|r| r.base.name.clone()).collect(),
        Kind::Team => team(p, name),
        Kind::Area => p.activities.iter().filter(|a| a.area.as_ref().is_some_and(|area| area.name == *name)).flat_map(doers).collect(),
        Kind::Activity => p.activities.get(id).map(everyone_in).unwrap_or_default(),
        Kind::Segment => p.segments.get(id).and_then(|s| s.coverage.as_ref()).map(|r| r.name.clone()).into_iter().collect(),
        Kind::Message => p.messages.get(id).map(|m| speakers(p, m.stage.as_ref().map(|s| &s.name))).unwrap_or_default(),
        Kind::Asset => p.assets.get(id).into_iter().flat_map(|a| &a.made_with).flat_map(|t| team(p, &t.name)).collect(),
        Kind::Tool => p.tools.get(id).into_iter().flat_map(|t| &t.used_by).flat_map(|t| team(p, &t.name)).collect(),
        Kind::Goal => p.goals.get(id).into_iter().flat_map(|g| &g.owners).map(|r| r.name.clone()).collect(),
        Kind::Metric => counted(p, name),
        Kind::Change => p.changes.get(id).map(|c| told(p, c)).unwrap_or_default(),
        Kind::Stage | Kind::Handoff | Kind::Recycle => of_funnel(p, name),
        Kind::Ritual | Kind::Loop => of_rhythm(p, name),
        Kind::Path | Kind::Module | Kind::Lesson => learners(p, name),
        Kind::Charter => {
            p.charter.get(id).into_iter().flat_map(|c| &c.sponsors).filter_map(|s| s.role.as_ref()).map(|r| r.name.clone()).collect()
        }
        Kind::Playbook | Kind::Persona | Kind::Offering | Kind::Term | Kind::Page | Kind::Expect => Roles::new(),
    }
}

/// The roles of a team.
pub fn team(p: &Playbook, team: &Name) -> Roles {
    p.roles.iter().filter(|r| r.team.as_ref().is_some_and(|t| t.name == *team)).map(|r| r.base.name.clone()).collect()
}

/// Roles as they are named, and those of the teams that are.
pub fn roles_and_teams<'a>(p: &Playbook, names: impl IntoIterator<Item = &'a Name>) -> Roles {
    names.into_iter().flat_map(|name| if name.kind == Kind::Team { team(p, name) } else { Roles::from([name.clone()]) }).collect()
}

/// Who answers for an activity and who does it.
pub fn doers(activity: &Record<Activity>) -> Roles {
    let rows = rows(activity);
    rows.iter()
        .flat_map(|row| [Part::Accountable, Part::Responsible].map(|part| row.of(part).to_vec()))
        .flatten()
        .map(|r| r.name.clone())
        .collect()
}

fn everyone_in(activity: &Record<Activity>) -> Roles {
    let in_rows = rows(activity).into_iter().flat_map(|row| row.parts).flatten().map(|r| r.name.clone());
    in_rows.chain(activity.support.iter().map(|r| r.name.clone())).collect()
}

/// Who an announcement is for.
pub fn told(p: &Playbook, change: &Record<Change>) -> Roles {
    roles_and_teams(p, change.tell.iter().map(|t| &t.name))
}

/// Who talks to customers at a stage; where none is named, the teams on the way to a signature.
fn speakers(p: &Playbook, stage: Option<&Name>) -> Roles {
    use crate::model::kinds::funnel::BowSide;
    let at = stage.and_then(|s| p.stages.get(&s.id)).map(|s| s.teams.clone()).filter(|teams| !teams.is_empty());
    let on_the_way =
        || p.stages.iter().filter(|s| s.side.is_some_and(|side| side.value == BowSide::Acquire)).flat_map(|s| s.teams.clone()).collect();
    at.unwrap_or_else(on_the_way).iter().flat_map(|t| team(p, &t.name)).collect()
}

/// Whose success a number tells: the owners of goals that use it, the leads of teams whose part it is, who reads it.
fn counted(p: &Playbook, metric: &Name) -> Roles {
    let mut roles: Roles = keeper(p, metric).into_iter().collect();
    for goal in p.goals.iter() {
        if goal.metrics.iter().any(|m| m.name == *metric) {
            roles.extend(goal.owners.iter().map(|r| r.name.clone()));
        }
        let parts = goal.submetrics.iter().filter(|s| s.metric.as_ref().is_some_and(|m| m.name == *metric));
        roles.extend(parts.filter_map(|s| s.team.as_ref()).filter_map(|t| p.teams[t].lead.as_ref()).map(|r| r.name.clone()));
    }
    roles
}

fn of_funnel(p: &Playbook, name: &Name) -> Roles {
    let id = name.id.as_str();
    let keeper_of = |stage: Option<&Name>| stage.and_then(|s| keeper(p, s));
    match name.kind {
        Kind::Handoff => p.handoffs.get(id).map_or_else(Roles::new, |h| {
            let promised = h.sla.iter().filter_map(|s| s.who.as_ref()).map(|r| r.name.clone());
            let ends = [h.from.as_ref(), h.to.as_ref()].into_iter().filter_map(|s| keeper_of(s.map(|s| &s.name)));
            promised.chain(ends).collect()
        }),
        Kind::Recycle => p.recycles.get(id).map_or_else(Roles::new, |r| {
            let ends = [r.from.as_ref(), r.to.as_ref(), r.return_to.as_ref()];
            ends.into_iter().filter_map(|s| keeper_of(s.map(|s| &s.name))).chain(keeper(p, name)).collect()
        }),
        _ => keeper(p, name).into_iter().collect(),
    }
}

fn of_rhythm(p: &Playbook, name: &Name) -> Roles {
    let id = name.id.as_str();
    let attends = p.rituals.get(id).filter(|_| name.kind == Kind::Ritual).into_iter().flat_map(|r| &r.attends);
    let ends = p.loops.get(id).filter(|_| name.kind == Kind::Loop).into_iter().flat_map(|l| [l.from.as_ref(), l.to.as_ref()]).flatten();
    let mut roles: Roles = attends.chain(ends).map(|r| r.name.clone()).collect();
    if name.kind == Kind::Ritual {
        roles.extend(keeper(p, name));
    }
    roles
}

/// Who learns it.
fn learners(p: &Playbook, name: &Name) -> Roles {
    let of_path = |path: &crate::model::kinds::training::Path| roles_and_teams(p, path.learners.iter().map(|l| &l.name));
    if name.kind == Kind::Path {
        return p.paths.get(&name.id).map(|path| of_path(path)).unwrap_or_default();
    }
    let module = name.id.split('/').next().unwrap_or(&name.id);
    let with = p.paths.iter().filter(|path| path.modules.iter().any(|s| s.module.as_ref().is_some_and(|m| m.name.id == module)));
    with.flat_map(|path| of_path(path)).collect()
}

impl World<'_> {
    /// Whom a record concerns, before and now, by today's names.
    pub fn concerned(&self, name: &Name) -> Roles {
        self.both(name, concerned)
    }

    /// Who works with it, before and now.
    pub fn partners(&self, name: &Name) -> Roles {
        self.both(name, partners)
    }

    fn both(&self, name: &Name, of: fn(&Playbook, &Name) -> Roles) -> Roles {
        let before = of(self.before.playbook, self.kin.older(name)).into_iter().map(|r| self.kin.newer(&r).clone());
        before.chain(of(self.after.playbook, name)).collect()
    }
}
