//! A role's page, in the first person: what I decide, do, promised, am measured by, learn first.
//!
//! For the one who holds the role, and for those who want to know what to expect of them.

use super::parts::{Fact, Letter, Link, RoleMark, Station, Ticket};
use crate::site::html::Html;
use crate::site::prose::Prose;
use serde::Serialize;

/// A role.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// Its name.
    pub title: String,
    /// What it is for, as its holder would say it.
    pub lead: Option<Html>,
    /// The hue of its team.
    pub hue: u8,
    /// Held by, team, reports to, when away, ask me about.
    pub card: Vec<Fact>,
    /// What I decide.
    pub decides: Vec<Decision>,
    /// What I do: a table a letter, A before R.
    pub does: Vec<DoTable>,
    /// What I am only asked about or told: a line a letter.
    pub also: Vec<AlsoLine>,
    /// A sentence under "What I promised": what others promised me, and when the business is open.
    pub promised_note: Option<String>,
    /// What I promise.
    pub promises: Vec<Ticket>,
    /// What I am promised.
    pub promised: Vec<Ticket>,
    /// A sentence under "What I am measured by": with whom the goals are shared.
    pub measured_note: Option<String>,
    /// What I am measured by.
    pub measured: Vec<Measure>,
    /// What I learn first.
    pub learns: Option<Learning>,
    /// When we meet.
    pub meets: Vec<Meeting>,
    /// Whom I ask.
    pub asks: Vec<Ask>,
    /// What the role's own page says besides.
    pub body: Option<Prose>,
}

/// What a role may decide.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// How far, or what: "Up to £2,000".
    pub limit: String,
    /// What it is about, and who decides beyond it.
    pub text: Html,
}

/// The activities in which a role has one letter.
#[derive(Debug, Clone, Serialize)]
pub struct DoTable {
    /// Head of the activities: "I answer for".
    pub head: String,
    /// Heads of the three columns of other roles: "Does the work", "I ask before", "I tell after".
    pub columns: Vec<String>,
    /// The activities.
    pub rows: Vec<DoRow>,
}

/// An activity of a role, with the others in it.
#[derive(Debug, Clone, Serialize)]
pub struct DoRow {
    /// The role's letter.
    pub letter: Letter,
    /// The activity.
    pub activity: Link,
    /// A second line: "Within 4 business hours. Key accounts: Sales lead".
    pub note: Option<String>,
    /// The others, a cell for each of the table's columns.
    pub others: Vec<Others>,
}

/// The other roles in one column.
#[derive(Debug, Clone, Serialize)]
pub struct Others {
    /// The column's head again, shown beside the roles on small screens.
    pub head: String,
    /// The roles.
    pub roles: Vec<RoleMark>,
}

/// Activities told in a sentence.
#[derive(Debug, Clone, Serialize)]
pub struct AlsoLine {
    /// The role's letter.
    pub letter: Letter,
    /// "I am told about five more:"
    pub text: String,
    /// The activities.
    pub links: Vec<Link>,
}

/// A number a role or a team is measured by.
#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    /// Its name and page.
    pub metric: Link,
    /// A second line: "of those I hand over".
    pub note: Option<String>,
    /// How far it has come, as `chart::way` draws it.
    pub way: Html,
}

/// A learning path.
#[derive(Debug, Clone, Serialize)]
pub struct Learning {
    /// "Leaders path. Verified by Head of marketing."
    pub note: Option<String>,
    /// Its modules.
    pub stations: Vec<Station>,
}

/// A ritual.
#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    /// "Mondays, 09:30".
    pub when: String,
    /// The ritual.
    pub ritual: Link,
    /// "20 minutes, with Sales".
    pub about: String,
}

/// A matter and the role to ask about it.
#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    /// The matter: "A quote, a tasting".
    pub matter: String,
    /// Whom to ask.
    pub role: RoleMark,
}
