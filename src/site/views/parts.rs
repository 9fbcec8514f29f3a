//! Parts that several pages show, each the twin of a file in `templates/components/`.

use crate::site::html::Html;
use serde::Serialize;

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The text.
    pub label: String,
    /// Where it leads, relative to the page.
    pub href: String,
}

/// A role beside its team's dot.
#[derive(Debug, Clone, Serialize)]
pub struct RoleMark {
    /// Name of the role.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Name of its team, said to those who do not see the dot.
    pub team: String,
    /// The team's hue: 1 to 8, or 0 where it has none.
    pub hue: u8,
}

/// A team with its hue.
#[derive(Debug, Clone, Serialize)]
pub struct TeamMark {
    /// Name of the team.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Its hue: 1 to 8, or 0.
    pub hue: u8,
}

/// A person, or an empty seat.
#[derive(Debug, Clone, Serialize)]
pub struct PersonMark {
    /// Name of the person.
    pub label: String,
    /// Their page, where they have one.
    pub href: Option<String>,
}

/// A letter of the matrix, drawn by its shape: disc, square, outline, ring.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// How it is drawn, a class: "a", "r", "c", "i", "s" (supports) or "ar".
    pub shape: &'static str,
    /// What is printed: "A", "R", "C", "I", "S"; "A" for "ar".
    pub letter: &'static str,
    /// What it means: "accountable", "accountable and responsible".
    pub word: &'static str,
    /// The hue of the role's team.
    pub hue: u8,
}

/// A promise between two roles.
#[derive(Debug, Clone, Serialize)]
pub struct Ticket {
    /// The large figure: "4", "100 %".
    pub amount: String,
    /// What it counts: "business hours".
    pub unit: String,
    /// What is promised.
    pub text: String,
    /// Where the promise is written.
    pub href: Option<String>,
    /// Who owes it or to whom: "by Sales lead".
    pub party: String,
    /// Where it was broken: "Kept 88 times in 100, promised 95".
    pub broken: Option<String>,
    /// The hue of the promiser's team.
    pub hue: u8,
}

/// A station on a rail: a lesson, a step, a milestone.
#[derive(Debug, Clone, Serialize)]
pub struct Station {
    /// Its name.
    pub label: String,
    /// Where it leads.
    pub href: Option<String>,
    /// A short word beneath: "35 minutes", "by day 30".
    pub note: Option<String>,
    /// "done", "now" or "later".
    pub state: &'static str,
}

/// A row of a definition table.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is: "Reports to".
    pub label: String,
    /// The value, with its links.
    pub value: Html,
}

/// Says what would stand here and which file to edit.
#[derive(Debug, Clone, Serialize)]
pub struct Empty {
    /// What is missing: "No hand-overs yet".
    pub title: String,
    /// What one would see here: "Here one would see who gives what to whom, and how soon."
    pub text: String,
    /// The file to write it in: "content/funnel.toml".
    pub file: Option<String>,
}

/// What a team says is its side of a matter.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// Whose: "Marketing’s side".
    pub label: String,
    /// What they say.
    pub says: Html,
    /// The team's hue.
    pub hue: u8,
}
