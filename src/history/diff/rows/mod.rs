//! What each kind has its own words for: one file a part of the playbook.

mod activity;
mod charter;
mod funnel;
mod goal;
mod handoff;
mod message;
mod offering;
mod rhythm;
mod role;
pub mod stage;
mod term;
pub mod training;

use super::World;
use super::pair::Pair;
use crate::model::{Base, Kind};

/// Tells the fields that a kind has its own words for.
pub fn tell(pair: &mut Pair<'_>) {
    match pair.new.name.kind {
        Kind::Activity => activity::tell(pair),
        Kind::Role => role::tell(pair),
        Kind::Stage => stage::tell(pair),
        Kind::Handoff => handoff::tell(pair),
        Kind::Recycle => funnel::recycle(pair),
        Kind::Term => term::tell(pair),
        Kind::Offering => offering::tell(pair),
        Kind::Message => message::tell(pair),
        Kind::Goal => goal::tell(pair),
        Kind::Metric => goal::metric(pair),
        Kind::Ritual => rhythm::ritual(pair),
        Kind::Loop => rhythm::feedback(pair),
        Kind::Path => training::path(pair),
        Kind::Module => training::module(pair),
        Kind::Charter => charter::tell(pair),
        _ => {}
    }
}

/// What is said of a record that came.
pub fn added(world: &World<'_>, base: &Base) -> Option<String> {
    let (p, id) = (world.after.playbook, base.name.id.as_str());
    match base.name.kind {
        Kind::Activity => p.activities.get(id).map(|a| activity::added(world, a)),
        Kind::Role => p.roles.get(id).map(|r| role::added(world, r)),
        Kind::Person => p.people.get(id).map(|_| role::joined(world, base)),
        Kind::Stage => p.stages.get(id).map(|s| stage::added(world, s)),
        Kind::Handoff => p.handoffs.get(id).map(|h| handoff::added(world, h)),
        Kind::Recycle => p.recycles.get(id).map(|r| funnel::added(world, r)),
        Kind::Term => p.terms.get(id).map(|t| term::added(world, t)),
        Kind::Offering => p.offerings.get(id).map(offering::added),
        Kind::Message => p.messages.get(id).map(|m| message::added(world, m)),
        Kind::Asset => p.assets.get(id).map(message::asset),
        Kind::Goal => p.goals.get(id).map(|g| goal::added(world, g)),
        Kind::Metric => p.metrics.get(id).map(goal::counted),
        Kind::Ritual => p.rituals.get(id).map(|r| rhythm::added(world, r)),
        Kind::Loop => p.loops.get(id).map(|l| rhythm::opened(world, l)),
        Kind::Path => p.paths.get(id).map(|path| training::added(world, path)),
        Kind::Module => p.modules.get(id).map(|m| training::module_added(world, m)),
        Kind::Lesson => p.lessons.get(id).map(|l| training::lesson(world, &l.base, "New lesson")),
        _ => None,
    }
}

/// What is said of a record that went.
pub fn removed(world: &World<'_>, base: &Base) -> Option<String> {
    let (p, id) = (world.before.playbook, base.name.id.as_str());
    match base.name.kind {
        Kind::Activity => p.activities.get(id).map(|a| activity::removed(world, a)),
        Kind::Person => Some(role::left(base)),
        Kind::Stage => p.stages.get(id).map(|s| stage::removed(world, s)),
        Kind::Handoff => p.handoffs.get(id).map(|h| handoff::removed(world, h)),
        Kind::Lesson => p.lessons.get(id).map(|l| training::lesson(world, &l.base, "Lesson removed")),
        _ => None,
    }
}
