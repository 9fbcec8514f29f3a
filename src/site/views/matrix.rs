//! Who does what: an area's matrix, and the same for all areas at once.
//!
//! For leads who ask who answers for a thing, and for anyone who wants to know whom to tell.

use super::letters;
use super::parts::{Empty, Letter, Link, RoleMark, Side};
use crate::model::Record;
use crate::model::kinds::customer::Segment;
use crate::model::kinds::funnel::Stage;
use crate::model::kinds::responsibility::{self as area, Activity, Area};
use crate::model::kinds::role::Role;
use crate::model::raci;
use crate::model::types::Ref;
use crate::route::{self, Listing};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
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

/// All areas at once.
pub fn all(sheet: &Sheet<'_>) -> Matrix {
    let areas = sheet.playbook().areas_in_order();
    let mut matrix = table(sheet, &areas, Scope::All);
    matrix.title = Listing::Responsibilities.label().to_owned();
    matrix.lead =
        Some(Html::text("Every piece of work has one name to it. Look along a row for whom to ask, down a column for what is yours."));
    matrix.caption = "Who does what, in all areas".to_owned();
    matrix.csv = Some(csv(sheet, None));
    matrix
}

/// One area.
pub fn view(sheet: &Sheet<'_>, area: &Record<Area>) -> Matrix {
    let mut matrix = table(sheet, &[area], Scope::One);
    matrix.title = area.title().to_owned();
    matrix.lead = sheet.words_of(area.question.as_ref()).or_else(|| sheet.words_of(area.base.common.summary.as_ref()));
    matrix.caption = format!("Who does what in {}", area.title());
    matrix.csv = Some(csv(sheet, Some(area.id())));
    matrix.sides = area.sides.iter().filter_map(|s| side(sheet, s)).collect();
    matrix.body = sheet.body(&area.base);
    matrix
}

/// Whether a table holds one area or all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    One,
    All,
}

fn csv(sheet: &Sheet<'_>, area: Option<&str>) -> Link {
    Link { label: "Take it as CSV".to_owned(), href: sheet.href(&route::matrix_csv(area)) }
}

fn side(sheet: &Sheet<'_>, side: &area::Side) -> Option<Side> {
    let team = sheet.team(side.team.as_ref()?);
    let owner = if team.label.ends_with('s') { "’" } else { "’s" };
    Some(Side { label: format!("{}{owner} side", team.label), says: sheet.words_of(side.says.as_ref())?, hue: team.hue })
}

fn table(sheet: &Sheet<'_>, areas: &[&Record<Area>], scope: Scope) -> Matrix {
    let p = sheet.playbook();
    let of = |area: &Record<Area>| -> Vec<&Record<Activity>> {
        p.activities.iter().filter(|a| a.area.as_ref().is_some_and(|r| r.name == area.base.name)).collect()
    };
    let activities: Vec<&Record<Activity>> = areas.iter().flat_map(|a| of(a)).collect();
    let columns = raci::columns(p, &activities);
    let groups: Vec<Group> = areas
        .iter()
        .map(|area| Group {
            area: (scope == Scope::All).then(|| sheet.link(&area.base.name)),
            value: area.id().to_owned(),
            rows: of(area).into_iter().map(|a| row(sheet, a, &columns)).collect(),
        })
        .filter(|g| !g.rows.is_empty())
        .collect();
    Matrix {
        title: String::new(),
        lead: None,
        sides: Vec::new(),
        filters: filters(sheet, areas, &activities, &columns, scope),
        count: count(&activities),
        count_narrowed: format!("{{n}} of {}", things(activities.len(), "activity", "activities")),
        csv: None,
        key: key(&groups),
        caption: String::new(),
        lanes: lanes(sheet, &columns),
        columns: columns.len() + 1,
        empty: groups.is_empty().then(|| Empty {
            title: "No activities yet".to_owned(),
            text: "Here one would see who answers for what, who does it, and who is asked and told. Write a row under | Activity | Why | A | R | C | I |.".to_owned(),
            file: Some("content/responsibilities/".to_owned()),
        }),
        groups,
        body: None,
    }
}

fn things(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn count(activities: &[&Record<Activity>]) -> String {
    let exceptions = activities.iter().filter(|a| !a.when.is_empty()).count();
    let all = things(activities.len(), "activity", "activities");
    match exceptions {
        0 => all,
        1 => format!("{all}, 1 of them with an exception"),
        n => format!("{all}, {n} of them with an exception"),
    }
}

/// The four letters, and the dot where an exception leaves one as it is.
fn key(groups: &[Group]) -> Vec<KeyEntry> {
    let means = ["answers for it, one only", "does the work", "is asked before", "is told after"];
    let entry = |(part, means): (raci::Part, &str)| KeyEntry {
        shape: letters::shape(part),
        letter: part.letter(),
        word: crate::model::field::label(part.word()),
        means: means.to_owned(),
    };
    let mut key: Vec<KeyEntry> = raci::Part::ALL.into_iter().zip(means).map(entry).collect();
    let mut cells = groups.iter().flat_map(|g| &g.rows).flat_map(|r| &r.conditions).flat_map(|c| &c.cells);
    if cells.any(|c| c.part.as_ref().is_some_and(|p| p.repeated)) {
        key.push(KeyEntry { shape: "again", letter: "", word: String::new(), means: "as above".to_owned() });
    }
    key
}

fn role_at<'a>(sheet: &Sheet<'a>, at: usize) -> Option<&'a Record<Role>> {
    sheet.playbook().roles.iter().nth(at)
}

fn team_id(role: &Record<Role>) -> &str {
    role.team.as_ref().map_or("", |t| t.name.id.as_str())
}

fn lanes(sheet: &Sheet<'_>, columns: &[usize]) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut last = None;
    for role in columns.iter().filter_map(|at| role_at(sheet, *at)) {
        let column = Column {
            lines: broken(role.title()),
            href: sheet.href_of(&role.base.name),
            role: role.id().to_owned(),
            team: team_id(role).to_owned(),
        };
        if last != Some(team_id(role)) || lanes.is_empty() {
            let mark = role.team.as_ref().map(|t| sheet.team(t));
            lanes.push(Lane {
                label: mark.as_ref().map_or_else(|| "No team".to_owned(), |m| m.label.clone()),
                href: mark.as_ref().map_or_else(|| sheet.href_of(&role.base.name), |m| m.href.clone()),
                hue: mark.map_or(0, |m| m.hue),
                columns: Vec::new(),
            });
        }
        last = Some(team_id(role));
        if let Some(lane) = lanes.last_mut() {
            lane.columns.push(column);
        }
    }
    lanes
}

/// "Head of marketing" broken before its last word.
fn broken(title: &str) -> Vec<String> {
    match title.rsplit_once(' ') {
        Some((first, last)) => vec![first.to_owned(), last.to_owned()],
        None => vec![title.to_owned()],
    }
}

fn row(sheet: &Sheet<'_>, activity: &Record<Activity>, columns: &[usize]) -> Row {
    let mut rows = raci::rows(activity).into_iter();
    let own = rows.next();
    let stages: Vec<Link> = activity.stages.iter().map(|s| sheet.link_ref(s)).collect();
    let stage_ids: Vec<&str> = activity.stages.iter().map(|s| s.name.id.as_str()).collect();
    let conditions: Vec<Condition> = rows.filter_map(|r| own.as_ref().map(|own| condition(sheet, activity, &r, own, columns))).collect();
    let within = activity.within.as_ref().map(|w| format!("It takes {w} at most."));
    let exceptions = conditions.iter().filter_map(exception);
    let more: Vec<String> = within.into_iter().chain(exceptions).collect();
    Row {
        label: activity.title().to_owned(),
        href: sheet.href_of(&activity.base.name),
        stages: (!stages.is_empty()).then(|| stages.iter().map(|l| l.label.as_str()).collect::<Vec<_>>().join(", ")),
        stage_values: stage_ids.join(" "),
        cells: own.as_ref().map(|r| cells(sheet, activity, r, None, columns)).unwrap_or_default(),
        clauses: own.as_ref().map(|r| clauses(sheet, r)).unwrap_or_default(),
        more: (!more.is_empty()).then(|| more.join(" ")),
        conditions,
    }
}

/// "For key accounts Sales lead is accountable instead."
fn exception(condition: &Condition) -> Option<String> {
    let role = condition.cells.iter().filter_map(|c| c.part.as_ref()).find(|p| p.letter.letter == "A" && !p.repeated)?;
    Some(format!("{} {} is accountable instead.", condition.label, role.role))
}

fn condition(sheet: &Sheet<'_>, activity: &Record<Activity>, row: &raci::Row<'_>, own: &raci::Row<'_>, columns: &[usize]) -> Condition {
    let segment = row.condition.and_then(|c| c.segment.as_ref());
    let title = segment.map_or_else(|| "some".to_owned(), |s| sheet.link_ref(s).label.to_lowercase());
    Condition {
        label: format!("For {title}"),
        segment: segment.map_or_else(String::new, |s| s.name.id.clone()),
        cells: cells(sheet, activity, row, Some(own), columns),
        clauses: clauses(sheet, row),
        more: None,
    }
}

fn cells(
    sheet: &Sheet<'_>,
    activity: &Record<Activity>,
    row: &raci::Row<'_>,
    above: Option<&raci::Row<'_>>,
    columns: &[usize],
) -> Vec<Cell> {
    let mut last: Option<&str> = None;
    let mut cells = Vec::new();
    for at in columns {
        let Some(role) = role_at(sheet, *at) else { continue };
        let edge = last.is_some_and(|t| t != team_id(role));
        last = Some(team_id(role));
        cells.push(Cell { edge, part: part(sheet, activity, row, above, *at, role) });
    }
    cells
}

fn part(
    sheet: &Sheet<'_>,
    activity: &Record<Activity>,
    row: &raci::Row<'_>,
    above: Option<&raci::Row<'_>>,
    at: usize,
    role: &Record<Role>,
) -> Option<Part> {
    let mark = sheet.role_mark(role);
    let parts = row.parts_of(at);
    let letter = letters::mark(&parts, mark.hue)?;
    let of_whom = row.condition.and_then(|c| c.segment.as_ref()).map(|s| format!(" for {}", sheet.link_ref(s).label.to_lowercase()));
    let verb = match letter.word {
        "consulted" => "is consulted on",
        "informed" => "is informed of",
        "responsible" => "is responsible for",
        "accountable" => "is accountable for",
        _ => "is accountable and responsible for",
    };
    Some(Part {
        sentence: format!("{} {verb} “{}”{}.", mark.label, activity.title(), of_whom.unwrap_or_default()),
        role: mark.label,
        team: mark.team,
        repeated: above.is_some_and(|own| own.parts_of(at) == parts),
        letter,
    })
}

/// The row in words, a clause a letter.
fn clauses(sheet: &Sheet<'_>, row: &raci::Row<'_>) -> Vec<Clause> {
    let clause = |part: raci::Part| {
        let roles: Vec<RoleMark> = row.of(part).iter().map(|r| sheet.role(r)).collect();
        let text = format!("{} {}", letters::names(&roles), letters::does(part, roles.len()));
        (!roles.is_empty()).then_some(Clause { letter: letters::shape(part), text })
    };
    raci::Part::ALL.into_iter().filter_map(clause).collect()
}

fn filters(sheet: &Sheet<'_>, areas: &[&Record<Area>], activities: &[&Record<Activity>], columns: &[usize], scope: Scope) -> Vec<Filter> {
    let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
    let roles: Vec<&Record<Role>> = columns.iter().filter_map(|at| role_at(sheet, *at)).collect();
    let mut teams: Vec<Choice> = Vec::new();
    for role in &roles {
        if let Some(team) = role.team.as_ref().filter(|t| !teams.iter().any(|c| c.value == t.name.id)) {
            teams.push(choice(&team.name.id, &sheet.team(team).label));
        }
    }
    let mut stages: Vec<&Ref<Stage>> = Vec::new();
    let mut segments: Vec<&Ref<Segment>> = Vec::new();
    for activity in activities {
        stages.extend(activity.stages.iter());
        segments.extend(activity.when.iter().filter_map(|w| w.segment.as_ref()));
    }
    let p = sheet.playbook();
    stages.sort_by_key(|s| (p.stages[s].order, s.at));
    stages.dedup_by_key(|s| s.at);
    segments.sort_by_key(|s| s.at);
    segments.dedup_by_key(|s| s.at);
    let area_choices = areas.iter().map(|a| choice(a.id(), a.title())).collect();
    let lists = [
        ("role", "Role", "Anyone", roles.iter().map(|r| choice(r.id(), r.title())).collect::<Vec<_>>()),
        ("team", "Team", "All", teams),
        ("stage", "Stage", "Any", stages.iter().map(|s| choice(&s.name.id, &sheet.link_ref(s).label)).collect()),
        ("segment", "Clients", "All sizes", segments.iter().map(|s| choice(&s.name.id, &sheet.link_ref(s).label)).collect()),
        ("area", "Area", "All", if scope == Scope::All { area_choices } else { Vec::new() }),
    ];
    lists
        .into_iter()
        .filter(|(_, _, _, options)| options.len() > 1 || (!options.is_empty() && activities.iter().any(|a| !a.when.is_empty())))
        .filter(|(name, _, _, options)| *name != "area" || options.len() > 1)
        .map(|(name, label, all, options)| Filter {
            name,
            label: label.to_owned(),
            options: [choice("", all)].into_iter().chain(options).collect(),
        })
        .collect()
}
