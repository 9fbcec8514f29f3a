//! Who does what: an area's matrix, and the same for all areas at once.
//!
//! For leads who ask who answers for a thing, and for anyone who wants to know whom to tell.

use super::parts::{Empty, Letter, Link, Side};
use crate::site::html::Html;
use crate::site::prose::Prose;
use serde::Serialize;

/// One area, or all of them.
#[derive(Debug, Clone, Serialize)]
pub struct Matrix {
    /// Name of the area, or "Who does what".
    pub title: String,
    /// The question it answers: "Who wins us new clients?"
    pub lead: Option<Html>,
    /// Each team's side, two as a rule; none on the page of all areas.
    pub sides: Vec<Side>,
    /// What the rows can be narrowed by; works by script only.
    pub filters: Vec<Filter>,
    /// How many rows there are: "9 activities, 2 of them with an exception".
    pub count: String,
    /// The same once narrowed, with `{n}` for the number left: "{n} of 9 activities".
    pub count_narrowed: String,
    /// The matrix as a file.
    pub csv: Option<Link>,
    /// What the letters mean.
    pub key: Vec<KeyEntry>,
    /// What the table is, for those who hear it: "Who does what in Customer acquisition".
    pub caption: String,
    /// The columns, by team.
    pub lanes: Vec<Lane>,
    /// How many columns the table has, the activities' own included.
    pub columns: usize,
    /// The rows, by area; one untitled group on an area's own page.
    pub groups: Vec<Group>,
    /// Stands in the table's place where there is no row.
    pub empty: Option<Empty>,
    /// What the area says of itself, beneath the table.
    pub body: Option<Prose>,
}

/// A list to choose from, over the table.
#[derive(Debug, Clone, Serialize)]
pub struct Filter {
    /// What it narrows: "role", "team", "stage", "segment" or "area".
    pub name: &'static str,
    /// Its name for the reader: "Role".
    pub label: String,
    /// What can be chosen; the first, with an empty value, is everything: "Anyone".
    pub options: Vec<Choice>,
}

/// Something to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What it is known by in the rows and columns.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// A letter of the key.
#[derive(Debug, Clone, Serialize)]
pub struct KeyEntry {
    /// How it is drawn, as in [`Letter::shape`].
    pub shape: &'static str,
    /// What is printed.
    pub letter: &'static str,
    /// Its word: "Accountable".
    pub word: String,
    /// What that asks of one: "answers for it, one only".
    pub means: String,
}

/// The columns of one team.
#[derive(Debug, Clone, Serialize)]
pub struct Lane {
    /// The team.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Its hue.
    pub hue: u8,
    /// Its roles, in order.
    pub columns: Vec<Column>,
}

/// A role's column.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// The role, broken before its last word so that columns stay narrow: "Head of", "marketing".
    pub lines: Vec<String>,
    /// Its page.
    pub href: String,
    /// What the role filter knows it by.
    pub role: String,
    /// What the team filter knows its team by.
    pub team: String,
}

/// The rows of one area.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The area, where the table holds several.
    pub area: Option<Link>,
    /// What the area filter knows it by.
    pub value: String,
    /// Its activities.
    pub rows: Vec<Row>,
}

/// An activity, and what differs for some clients.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The activity.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Where it happens: "Enquiry, Ready".
    pub stages: Option<String>,
    /// The same for the stage filter, parted by spaces: "enquiry ready".
    pub stage_values: String,
    /// One cell a column, in the columns' order.
    pub cells: Vec<Cell>,
    /// The row in words, a clause a letter, in the order A, R, C, I.
    pub clauses: Vec<Clause>,
    /// What follows the clauses: "An answer goes out within 4 business hours. For key accounts Sales lead is accountable instead."
    pub more: Option<String>,
    /// The rows that hang beneath it.
    pub conditions: Vec<Condition>,
}

/// What differs for some clients.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// For whom: "For key accounts".
    pub label: String,
    /// What the client filter knows them by.
    pub segment: String,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// The row in words.
    pub clauses: Vec<Clause>,
    /// What follows the clauses.
    pub more: Option<String>,
}

/// A part of the row's sentence, left out where the sentence is about that letter.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// The letter, small: "a", "r", "c", "i" or "s".
    pub letter: &'static str,
    /// "Lead desk does the work".
    pub text: String,
}

/// Where an activity and a role meet.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Whether a team's first column begins here; the first team's does not count.
    pub edge: bool,
    /// What the role does; nothing where it has no part.
    pub part: Option<Part>,
}

/// What a role does in an activity.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// The letter.
    pub letter: Letter,
    /// The role.
    pub role: String,
    /// The role's team.
    pub team: String,
    /// The sentence's first clause, complete: "Demand lead is accountable for answering and qualifying new enquiries."
    pub sentence: String,
    /// Whether a condition only repeats the letter of the row above; drawn as a dot.
    pub repeated: bool,
}
