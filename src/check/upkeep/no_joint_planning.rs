//! Two teams on one way, who never plan together.

use super::{joint_of_one, stage_teams};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::common::Status;
use crate::model::kinds::rhythm::{Ritual, RitualKind};

/// The rule (seed 003, strategy 4: "developing plans jointly and meeting monthly or at least quarterly").
pub const RULE: Rule = Rule {
    name: "no-joint-planning",
    level: Level::Error,
    why: "two teams that plan apart meet for the first time in front of the client",
    page: include_str!("no_joint_planning.md"),
    find,
};

/// A quarter, in days.
const QUARTER: u32 = 92;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let (rituals, doubt) = (&run.playbook.rituals, &run.doubt);
    if doubt.somewhere() || rituals.iter().any(|r| r.kind.is_none()) || (rituals.is_empty() && run.playbook.loops.is_empty()) {
        return Vec::new();
    }
    let joint: Vec<&Record<Ritual>> = rituals.iter().filter(|r| is_joint(r)).collect();
    let often = |r: &Record<Ritual>| r.cadence.as_ref().is_none_or(|c| c.days() <= QUARTER);
    if joint.iter().any(|r| often(r) || joint_of_one::only_team(run, r).is_some()) {
        return Vec::new();
    }
    worded(run, &joint).into_iter().collect()
}

/// Whether a meeting is where plans are made together.
pub fn is_joint(ritual: &Record<Ritual>) -> bool {
    let retired = ritual.base.common.status.is_some_and(|s| s.value == Status::Retired);
    !retired && ritual.kind.is_some_and(|k| k.value == RitualKind::JointPlanning)
}

fn worded(run: &Run<'_>, joint: &[&Record<Ritual>]) -> Option<Finding> {
    let playbook = run.playbook;
    let teams = stage_teams(playbook);
    let [(one, first), (other, second), ..] = teams.as_slice() else { return None };
    let pair = format!("`{}` and `{}`", one.title(), other.title());
    let nearest = joint.iter().min_by_key(|r| r.cadence.as_ref().map_or(u32::MAX, |c| c.days()));
    let finding = match nearest.and_then(|r| r.base.fact("cadence").map(|f| (r, f.span))) {
        Some((ritual, span)) => Finding::at(span, format!("{pair} plan together less than once a quarter"))
            .label(format!("`{}` comes too seldom to follow what clients ask", ritual.title()))
            .help("meet at least each quarter: `cadence = \"quarterly\"`")
            .of(&ritual.base.name),
        None => {
            let ritual = playbook.rituals.iter().next().map(|r| &r.base);
            let base = ritual.or_else(|| playbook.loops.iter().next().map(|l| &l.base))?;
            let place = playbook.own().map_or(&base.name, |own| &own.base.name);
            Finding::at(base.title_span, format!("{pair} work on one way to the client and never plan together"))
                .label("no meeting here or elsewhere is of kind `joint-planning`")
                .help("add a meeting of kind `joint-planning`, each month or at least each quarter, that both teams attend")
                .of(place)
        }
    };
    Some(finding.also(*first, format!("`{}` owns a stage here", one.title())).also(*second, format!("`{}` here", other.title())))
}
