//! An activity: who does it, in sentences; for whom it differs; where it happens and what it is for.
//!
//! For anyone who is about to do it, or waits for it.

use super::parts::{Letter, Link, RoleMark, Ticket};
use crate::site::html::Html;
use crate::site::prose::Prose;
use serde::Serialize;

/// An activity.
#[derive(Debug, Clone, Serialize)]
pub struct Activity {
    /// Its name.
    pub title: String,
    /// Why it is done.
    pub lead: Option<Html>,
    /// Who does it, all in one sentence; what the matrix says beneath itself.
    pub sentence: Option<Html>,
    /// Who does it, a line a letter.
    pub who: Vec<Who>,
    /// For whom it differs.
    pub conditions: Vec<Condition>,
    /// Who is left out on purpose, and why.
    pub omitted: Vec<Html>,
    /// How soon.
    pub promises: Vec<Ticket>,
    /// What has to be decided in it and who may: "A discount: Account executive up to 5 %, Sales lead up to 8 %".
    pub decisions: Vec<Html>,
    /// Where on the map it happens.
    pub stages: Vec<Link>,
    /// From the activity up to the goal of all, a line for each goal it serves.
    pub sights: Vec<Sight>,
    /// What goes in.
    pub inputs: Vec<Html>,
    /// What comes out.
    pub outputs: Vec<Html>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// The roles of one letter.
#[derive(Debug, Clone, Serialize)]
pub struct Who {
    /// The letter, without a hue where its roles are of several teams.
    pub letter: Letter,
    /// What they do: "answers for it", "do the work", "are asked before".
    pub does: String,
    /// The roles.
    pub roles: Vec<RoleMark>,
}

/// What differs for some clients.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// For whom: "For key accounts".
    pub label: String,
    /// Who does it then; the letters that change.
    pub who: Vec<Who>,
    /// What stays: "All else as above."
    pub note: Option<String>,
}

/// A line of sight: from what is done to what it is for.
#[derive(Debug, Clone, Serialize)]
pub struct Sight {
    /// The goals, the activity's own first, the goal of all last.
    pub goals: Vec<Link>,
}
