//! A team: what it is working for, who is in it, what it needs of the others. And all teams at once.
//!
//! For the other teams: so that they know what this one is after.

use super::parts::{Empty, Fact, Link, PersonMark, RoleMark, TeamMark};
use super::role::Measure;
use crate::model::Record;
use crate::model::kinds::team as kinds;
use crate::model::types::Ref;
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A team.
#[derive(Debug, Clone, Serialize)]
pub struct Team {
    /// Its name.
    pub title: String,
    /// What moves it: "Be the caterer offices think of first."
    pub lead: Option<Html>,
    /// Its hue.
    pub hue: u8,
    /// Led by, part of, how it is measured, how far it looks.
    pub card: Vec<Fact>,
    /// Its roles.
    pub roles: Vec<Seat>,
    /// What it does, a line each.
    pub does: Vec<Html>,
    /// What it is good at.
    pub strengths: Vec<Html>,
    /// What it needs of the others.
    pub needs: Vec<Need>,
    /// What the others need of it.
    pub needed: Vec<Need>,
    /// Its side in each area.
    pub sides: Vec<AreaSide>,
    /// What it is measured by.
    pub measured: Vec<Measure>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// A role and who holds it.
#[derive(Debug, Clone, Serialize)]
pub struct Seat {
    /// The role.
    pub role: RoleMark,
    /// What it is for.
    pub says: Option<Html>,
    /// Who holds it; nobody where it is vacant.
    pub holders: Vec<PersonMark>,
}

/// What one team needs of another.
#[derive(Debug, Clone, Serialize)]
pub struct Need {
    /// The other team.
    pub team: TeamMark,
    /// What.
    pub what: Html,
}

/// A team's side in an area.
#[derive(Debug, Clone, Serialize)]
pub struct AreaSide {
    /// The area.
    pub area: Link,
    /// What the team says there.
    pub says: Html,
}

/// All teams and their roles.
#[derive(Debug, Clone, Serialize)]
pub struct Teams {
    /// "Teams and roles".
    pub title: String,
    /// A sentence on them.
    pub lead: Option<Html>,
    /// The teams, in order.
    pub teams: Vec<TeamEntry>,
    /// Stands here where there is no team.
    pub empty: Option<Empty>,
}

/// A team among all.
#[derive(Debug, Clone, Serialize)]
pub struct TeamEntry {
    /// What its heading is known by in the address: "marketing".
    pub id: String,
    /// The team.
    pub team: TeamMark,
    /// What moves it.
    pub says: Option<Html>,
    /// Its roles.
    pub roles: Vec<Seat>,
}

/// The view of a team.
pub fn view(sheet: &Sheet<'_>, team: &Record<kinds::Team>) -> Team {
    let p = sheet.playbook();
    let is_me = |t: &Option<Ref<kinds::Team>>| t.as_ref().is_some_and(|t| t.name == team.base.name);
    let mark = sheet.team_mark(team);
    let others = p.teams.iter().filter(|t| t.id() != team.id());
    let needed = others.flat_map(|other| {
        other
            .needs_from
            .iter()
            .filter(|n| is_me(&n.team))
            .filter_map(|n| Some(Need { team: sheet.team_mark(other), what: sheet.words_of(n.what.as_ref())? }))
    });
    let sides = p.areas.iter().flat_map(|area| {
        area.sides
            .iter()
            .filter(|s| is_me(&s.team))
            .filter_map(|s| Some(AreaSide { area: sheet.link(&area.base.name), says: sheet.words_of(s.says.as_ref())? }))
    });
    Team {
        title: team.title().to_owned(),
        lead: sheet.words_of(team.motivation.as_ref()).or_else(|| sheet.words_of(team.base.common.summary.as_ref())),
        hue: mark.hue,
        card: card(sheet, team),
        roles: seats(sheet, team),
        does: sheet.all_words(&team.what_we_do),
        strengths: sheet.all_words(&team.strengths),
        needs: team
            .needs_from
            .iter()
            .filter_map(|n| Some(Need { team: sheet.team(n.team.as_ref()?), what: sheet.words_of(n.what.as_ref())? }))
            .collect(),
        needed: needed.collect(),
        sides: sides.collect(),
        measured: measured(sheet, team, mark.hue),
        body: sheet.body(&team.base),
    }
}

fn card(sheet: &Sheet<'_>, team: &Record<kinds::Team>) -> Vec<Fact> {
    let fact = |label: &str, value: Html| Fact { label: label.to_owned(), value };
    let mut card = Vec::new();
    card.extend(team.lead.as_ref().map(|r| fact("Led by", sheet.linked(&r.name))));
    card.extend(team.part_of.as_ref().map(|t| fact("Part of", sheet.linked(&t.name))));
    card.extend(team.unit.map(|u| {
        let words = if u.value == kinds::Grouping::Group { "as a group" } else { "one by one" };
        fact("Measured", Html::text(words))
    }));
    card.extend(team.horizon.map(|h| {
        let words = match h.value {
            kinds::Horizon::Short => "at this month",
            kinds::Horizon::Long => "at next year",
            kinds::Horizon::Both => "at this month and next year",
        };
        fact("Looks", Html::text(words))
    }));
    card.extend(team.seeks.as_ref().map(|w| fact("Looks for", sheet.words(w))));
    card.extend(team.focus.as_ref().map(|w| fact("Minds", sheet.words(w))));
    card
}

fn seats(sheet: &Sheet<'_>, team: &Record<kinds::Team>) -> Vec<Seat> {
    let roles = sheet.playbook().roles_of(team);
    roles
        .into_iter()
        .map(|r| Seat {
            role: sheet.role_mark(r),
            says: sheet.words_of(r.base.common.summary.as_ref()),
            holders: r.holders.iter().map(|h| sheet.person(h)).collect(),
        })
        .collect()
}

fn measured(sheet: &Sheet<'_>, team: &Record<kinds::Team>, hue: u8) -> Vec<Measure> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for goal in &sheet.playbook().goals {
        for part in goal.submetrics.iter().filter(|s| s.team.as_ref().is_some_and(|t| t.name == team.base.name)) {
            let Some(metric) = part.metric.as_ref().filter(|m| !seen.contains(&m.at)) else { continue };
            seen.push(metric.at);
            out.push(super::role::measure(sheet, metric, part.target.as_ref(), hue, Some(goal.title())));
        }
    }
    out
}

/// The view of all teams.
pub fn all(sheet: &Sheet<'_>) -> Teams {
    let teams: Vec<TeamEntry> = sheet
        .playbook()
        .teams
        .iter()
        .map(|t| TeamEntry {
            id: t.id().to_owned(),
            team: sheet.team_mark(t),
            says: sheet.words_of(t.motivation.as_ref()),
            roles: seats(sheet, t),
        })
        .collect();
    Teams {
        title: Listing::Teams.label().to_owned(),
        lead: (!teams.is_empty()).then(|| Html::text("What each team is working for, and who is in it.")),
        empty: teams.is_empty().then(|| Empty {
            title: "No teams yet".to_owned(),
            text: "Here one would see each team, what moves it, and its roles.".to_owned(),
            file: Some("content/teams.toml".to_owned()),
        }),
        teams,
    }
}
