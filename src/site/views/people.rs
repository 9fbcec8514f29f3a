//! People: who holds which role, by team.
//!
//! For those who know the name and not the role, or the role and not the name.

use super::parts::{Empty, PersonMark, RoleMark, TeamMark};
use crate::site::html::Html;
use serde::Serialize;

/// Everybody who is named.
#[derive(Debug, Clone, Serialize)]
pub struct People {
    /// "People".
    pub title: String,
    /// A sentence on them.
    pub lead: Option<Html>,
    /// By the team of their first role.
    pub groups: Vec<PeopleGroup>,
    /// Stands here where nobody is named.
    pub empty: Option<Empty>,
}

/// The people of a team.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleGroup {
    /// What its heading is known by in the address.
    pub id: String,
    /// The team; for those without a role, "Not yet placed".
    pub team: TeamMark,
    /// Its people.
    pub people: Vec<Person>,
}

/// A person in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// Their name and page.
    pub person: PersonMark,
    /// What they hold.
    pub roles: Vec<RoleMark>,
    /// How to reach them.
    pub contact: Option<Html>,
    /// "since 3 August 2026", "from 1 December", "until 31 March".
    pub time: Option<String>,
}
