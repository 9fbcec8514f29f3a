//! A team: what it is working for, who is in it, what it needs of the others. And all teams at once.
//!
//! For the other teams: so that they know what this one is after.

use super::parts::{Empty, Fact, Link, PersonMark, RoleMark, TeamMark};
use super::role::Measure;
use crate::site::html::Html;
use crate::site::prose::Prose;
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
