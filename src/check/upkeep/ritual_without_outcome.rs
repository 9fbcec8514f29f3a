//! A meeting of which nobody says what there is afterwards.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::rhythm::{Ritual, RitualKind};

/// The rule (seed 004: "regular meetings between teams to review progress, share updates, and celebrate wins").
pub const RULE: Rule = Rule {
    name: "ritual-without-outcome",
    level: Level::Warning,
    why: "a meeting that leaves nothing behind is the first to be skipped",
    page: include_str!("ritual_without_outcome.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let rituals = run.playbook.rituals.iter().filter(|r| in_force(&r.base) && r.outputs.is_empty() && !is_for_joy(r));
    let silent = rituals.filter(|r| !doubt.field(&r.base, "outputs"));
    silent
        .map(|r| {
            Finding::at(r.base.title_span, format!("nothing is said to come of the meeting `{}`", r.title()))
                .label("no `outputs` here: nobody can tell a good one from a wasted one")
                .help("write what there is afterwards: `outputs = [\"One change, with a name to it\"]`")
                .of(&r.base.name)
        })
        .collect()
}

/// A celebration needs no result.
fn is_for_joy(ritual: &Record<Ritual>) -> bool {
    ritual.kind.is_some_and(|k| k.value == RitualKind::Celebration)
}
