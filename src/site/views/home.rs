//! Home: the one goal, each team's part in it, where a reader's own page is, and five doors.
//!
//! For everyone; in the order of a first visit, which is also what a reader without script sees.

use super::parts::{Empty, Link, Station};
use crate::site::html::Html;
use serde::Serialize;

/// The first page.
#[derive(Debug, Clone, Serialize)]
pub struct Home {
    /// A few words over the goal: "What we are all trying to do".
    pub eyebrow: Option<String>,
    /// The goal, the largest words of the site: "£260k a month by March 2027". The playbook's name where there is no goal.
    pub goal: String,
    /// The goal's page.
    pub goal_href: Option<String>,
    /// Why we want that, in two or three sentences.
    pub why: Option<Html>,
    /// What to do next, the first one a filled button: "Find your role" (to `#who`), "Who do I ask?".
    pub actions: Vec<Link>,
    /// For those in their first week: "First week? Start with Foundation, 4 hours in all".
    pub first_week: Option<Html>,
    /// The goal's chart with its finding, as `chart::home_chart` draws it.
    pub chart: Option<Html>,
    /// How far each team has come with its part, three as a rule.
    pub ways: Vec<TeamWay>,
    /// A sentence under "Who are you?".
    pub teams_note: String,
    /// All roles by team, each a link to its page.
    pub teams: Vec<TeamRoles>,
    /// The first learning path.
    pub start: Option<Start>,
    /// What is missing and where to write it: goals, roles, training.
    pub empty: Vec<Empty>,
    /// Responsibilities, Terms, Goals, Customer experience, Messaging.
    pub doors: Vec<Door>,
}

/// A team's part of the goal.
#[derive(Debug, Clone, Serialize)]
pub struct TeamWay {
    /// The team.
    pub team: String,
    /// Its hue.
    pub hue: u8,
    /// What it brings: "Ready enquiries that Sales accepts".
    pub label: String,
    /// The page of that goal.
    pub href: String,
    /// How far it has come, as `chart::way` draws it.
    pub way: Html,
}

/// A team and the roles in it.
#[derive(Debug, Clone, Serialize)]
pub struct TeamRoles {
    /// The team.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Its hue.
    pub hue: u8,
    /// Its roles.
    pub roles: Vec<Link>,
}

/// Where a new colleague begins.
#[derive(Debug, Clone, Serialize)]
pub struct Start {
    /// A sentence on the path: "Foundation: nine stations, the same for everyone. 4 hours, in your first week."
    pub note: String,
    /// Its modules; the first is "now", the others "later".
    pub stations: Vec<Station>,
    /// The first one: "Start with Two sides, one table".
    pub action: Link,
    /// What that is: "25 minutes: the story of a lunch with two names".
    pub about: String,
}

/// One of the five doors.
#[derive(Debug, Clone, Serialize)]
pub struct Door {
    /// Its name: "Responsibilities".
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The reader's question: "Who does what, and whom do I ask?"
    pub question: String,
    /// How much is behind it: "26 activities in 4 areas, each with one name to it".
    pub holds: String,
}
