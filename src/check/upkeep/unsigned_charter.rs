//! A charter that a team of the funnel has not signed.

use super::{is_among, stage_teams};
use crate::check::doubt::{Doubt, in_force};
use crate::check::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::kinds::page::{Charter, Sponsor};
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::{Base, Record};

/// The rule (seed 003, strategy 1: "Get commitment from the top").
pub const RULE: Rule = Rule {
    name: "unsigned-charter",
    level: Level::Error,
    why: "what a team's head has not signed, the team is not held to",
    page: include_str!("unsigned_charter.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    if run.playbook.charter.is_empty() || doubt.somewhere() {
        return Vec::new();
    }
    let teams = stage_teams(run.playbook);
    let charters = run.playbook.charter.iter().filter(|c| in_force(&c.base) && !doubt.reference(&c.base, "sponsors"));
    charters.flat_map(|c| teams.iter().filter_map(|(team, stage)| unsigned(run, c, team, *stage, doubt))).collect()
}

fn unsigned(run: &Run<'_>, charter: &Record<Charter>, team: &Record<Team>, stage: Span, doubt: &Doubt) -> Option<Finding> {
    let sponsors: Vec<&Sponsor> = charter.sponsors.iter().filter(|s| stands_for(run, s, team)).collect();
    let signed = |s: &&Sponsor| s.signed.is_some() || doubt.field(&charter.base, "signed");
    if sponsors.iter().any(signed) {
        return None;
    }
    let title = team.title();
    let finding = match sponsors.first() {
        Some(sponsor) => Finding::at(sponsor.span, format!("nobody has signed the charter for `{title}` yet"))
            .label("no `signed` here: it is a wish until then")
            .help("let them sign it, and write the day: `signed = …`"),
        None => Finding::at(place(run, &charter.base), format!("nobody has signed the charter for `{title}`"))
            .label(format!("`{title}` is not held to it"))
            .help(format!("let the head of `{title}` sign it: `{{ role = \"…\", team = \"{}\", signed = … }}`", team.id())),
    };
    Some(finding.also(stage, format!("`{title}` owns a stage here")).of(&charter.base.name))
}

/// Whether a sponsor speaks for a team, or for one that it is a part of.
fn stands_for(run: &Run<'_>, sponsor: &Sponsor, team: &Record<Team>) -> bool {
    let of_role = sponsor.role.as_ref().and_then(|r| run.playbook.roles[r].team.as_ref());
    let Some(signs_for): Option<&Ref<Team>> = sponsor.team.as_ref().or(of_role) else { return false };
    run.playbook.teams[signs_for].id() == team.id() || team.part_of.as_ref().is_some_and(|t| is_among(run.playbook, t, &[signs_for]))
}

fn place(run: &Run<'_>, charter: &Base) -> Span {
    place::key(run, charter, "sponsors").unwrap_or(charter.title_span)
}
