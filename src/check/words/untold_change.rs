//! A new name, a new price or a moved Accountable of which a team was not told.

use crate::check::doubt::in_force;
use crate::check::upkeep::stage_teams;
use crate::check::{Rule, Run, place};
use crate::diagnostic::{Finding, Level, Span, suggest};
use crate::history::diff::say::ticked;
use crate::history::diff::touch::{roles_and_teams, team};
use crate::history::{Change, Lookups, Side, Weight, What, diff_of};
use crate::model::{Base, Kind, Name};
use std::collections::BTreeSet;

/// The rule (seed 004: "We rebranded it months ago").
pub const RULE: Rule = Rule {
    name: "untold-change",
    level: Level::Error,
    why: "whoever was not told goes on saying the old name, the old price, the old person",
    page: include_str!("untold_change.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let Some(newest) = run.past.and_then(|past| past.history.newest()) else { return Vec::new() };
    // An announcement may stand in a file that could not be read.
    if run.doubt.somewhere() {
        return Vec::new();
    }
    let before = Side { name: &newest.name, playbook: &newest.playbook, files: &newest.files };
    let after = Side { name: "", playbook: run.playbook, files: run.files };
    let lookups = Lookups { dates: Some((newest.date, run.today)), ..Lookups::default() };
    let told = diff_of(&before, &after, &lookups, |base| KINDS.contains(&base.name.kind) && in_force(base));
    told.all.iter().filter(|change| must_be_told(change)).filter_map(|change| untold(run, change, &newest.name)).collect()
}

/// The kinds whose names people say, that have a price, or for which somebody answers.
const KINDS: [Kind; 6] = [Kind::Offering, Kind::Term, Kind::Stage, Kind::Role, Kind::Team, Kind::Activity];

fn must_be_told(change: &Change) -> bool {
    let field = change.field.as_deref().unwrap_or("");
    change.weight == Weight::Must
        && match change.record.kind {
            Kind::Activity => field.ends_with("accountable") || (field == "when" && change.before != change.after),
            _ => change.what == What::Renamed || field == "price",
        }
}

fn untold(run: &Run<'_>, change: &Change, version: &str) -> Option<Finding> {
    let base = run.playbook.base(&change.record)?;
    let missing = missing(run, change);
    let teams: Vec<&str> = missing.iter().filter_map(|name| run.playbook.base(name)).map(|team| team.title.as_str()).collect();
    if teams.is_empty() {
        return None;
    }
    let sentence = ticked(change.sentence.split("; ").next().unwrap_or(&change.sentence));
    let whom = if change.announced.is_empty() { "nobody is".to_owned() } else { format!("{} not", are(&teams)) };
    let finding = Finding::at(span(base, change), format!("{}, and {whom} told", sentence.trim_end_matches('.')))
        .label(format!("new since {version}"))
        .help(help(run, change, &missing))
        .of(&change.record);
    let note = change.announced.first().and_then(|name| run.playbook.base(name));
    Some(match note {
        Some(note) => finding.also(place::field(note, "tell"), "only these are told"),
        None => finding,
    })
}

/// "Sales is", "Sales and Account care are".
fn are(teams: &[&str]) -> String {
    let verb = if teams.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", suggest::list(teams.iter().copied(), 9))
}

/// The teams that have to know and that no announcement tells.
fn missing(run: &Run<'_>, change: &Change) -> BTreeSet<Name> {
    let notes = change.announced.iter().filter_map(|name| run.playbook.changes.get(&name.id));
    let named: Vec<&Name> = notes.flat_map(|note| &note.tell).map(|mention| &mention.name).collect();
    let told = roles_and_teams(run.playbook, named.iter().copied());
    let of = |role: &Name| run.playbook.roles.get(&role.id)?.team.as_ref().map(|team| team.name.clone());
    let concerned = change.touches.roles.iter().filter(|role| !told.contains(*role)).filter_map(of);
    let everyone = || {
        let teams = stage_teams(run.playbook).into_iter().map(|(team, _)| team.base.name.clone());
        teams.filter(|name| !team(run.playbook, name).iter().any(|role| told.contains(role)))
    };
    let missing: BTreeSet<Name> = concerned.chain(everyone().filter(|_| change.touches.everyone)).collect();
    missing.into_iter().filter(|team| !named.contains(&team)).collect()
}

fn span(base: &Base, change: &Change) -> Span {
    match change.field.as_deref() {
        Some("price") => place::field(base, "price"),
        Some("when") => place::field(base, "when"),
        Some(field) if field.starts_with("when.") => place::field(base, "when"),
        Some("accountable") => place::field(base, "accountable"),
        _ => base.title_span,
    }
}

fn help(run: &Run<'_>, change: &Change, missing: &BTreeSet<Name>) -> String {
    let tell = missing.iter().map(|team| format!("\"{}\"", team.id)).collect::<Vec<_>>().join(", ");
    let note = change.announced.first().and_then(|name| run.playbook.base(name));
    match note {
        Some(note) => format!("add `{tell}` to `tell` in {}", run.files.path(note.place.file)),
        None => {
            let kind = match (change.what, change.record.kind) {
                (What::Renamed, _) => "rename",
                (_, Kind::Offering) => "price",
                _ => "owner",
            };
            format!("write a note in content/changes/ with `kind = \"{kind}\"`, `about = [\"{}\"]` and `tell = [{tell}]`", change.record)
        }
    }
}
