//! A team that is measured by what it does only, or only by what comes of it.

use super::numbers;
use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::goal::{Measures, Metric};
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::{Kind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 003, strategy 7: "it's easy to measure Sales outcomes but Sales activity is hard to measure").
pub const RULE: Rule = Rule {
    name: "measured-one-way",
    level: Level::Warning,
    why: "a team measured by its diligence and one measured by its luck cannot compare notes",
    page: include_str!("measured_one_way.md"),
    find,
};

/// The numbers a team is measured by.
#[derive(Default)]
struct Measured<'a> {
    numbers: BTreeMap<usize, &'a Ref<Metric>>,
    /// Whether one of its goals could not be read.
    unclear: bool,
}

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let mut teams: BTreeMap<usize, Measured<'_>> = BTreeMap::new();
    for goal in run.playbook.goals.iter().filter(|g| in_force(&g.base)) {
        let known = !doubt.fields(&goal.base, &["metrics", "submetrics", "metric", "owners"])
            && !doubt.kind(&goal.base, Kind::Metric)
            && !doubt.kind(&goal.base, Kind::Role);
        let owners: BTreeSet<usize> = goal.owners.iter().filter_map(|o| run.playbook.roles[o].team.as_ref()).map(|t| t.at).collect();
        for team in owners {
            let measured = teams.entry(team).or_default();
            measured.unclear |= !known;
            numbers(goal).for_each(|m| _ = measured.numbers.entry(m.at).or_insert(m));
        }
    }
    let clear = teams.into_iter().filter(|(_, measured)| !measured.unclear);
    clear.filter_map(|(at, measured)| worded(run, run.playbook.teams.nth(at)?, &measured)).collect()
}

/// Where one of its numbers does not say what it measures, nothing is said of the team.
fn worded(run: &Run<'_>, team: &Record<Team>, measured: &Measured<'_>) -> Option<Finding> {
    let kinds: Option<Vec<Measures>> =
        measured.numbers.values().map(|m| run.playbook.metrics[*m].measures.as_ref().map(|m| m.value)).collect();
    let kinds = kinds.filter(|_| in_force(&team.base))?;
    let first = kinds.first()?;
    if kinds.iter().any(|k| k != first) {
        return None;
    }
    let (only, never, help) = match first {
        Measures::Activity => ("what it does", "by what comes of it", "outcome"),
        Measures::Outcome => ("what comes of its work", "by what it does", "activity"),
    };
    let finding = Finding::at(team.base.title_span, format!("`{}` is measured by {only}, and never {never}", team.title()))
        .label("over all goals that its roles own")
        .help(format!("add a number with `measures = \"{help}\"` to a goal it owns"))
        .of(&team.base.name);
    Some(match measured.numbers.values().next() {
        Some(number) => finding.also(number.span, "measured by this"),
        None => finding,
    })
}
