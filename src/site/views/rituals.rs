//! How we meet: a month at a glance, then every meeting by its rhythm.
//!
//! For whoever plans a week, and for whoever is new to ours.

use super::parts::{Empty, Link, TeamMark};
use super::wording::{count, counted, minutes};
use crate::model::Record;
use crate::model::kinds::rhythm;
use crate::model::value::{Cadence, WEEKDAYS};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The meetings.
#[derive(Debug, Clone, Serialize)]
pub struct Rituals {
    /// "How we meet".
    pub title: String,
    /// "Ten meetings, each with an agenda and something that comes of it. Those that come each week take 1 hour 5 minutes."
    pub lead: Option<Html>,
    /// The days of the week as columns; none where no meeting has a day.
    pub days: Vec<&'static str>,
    /// The month, a row for each week that differs; none where there are too few to need one.
    pub weeks: Vec<Week>,
    /// The meetings by rhythm.
    pub rhythms: Vec<Rhythm>,
    /// Stands here where there is none.
    pub empty: Option<Empty>,
}

/// A row of the month.
#[derive(Debug, Clone, Serialize)]
pub struct Week {
    /// Which: "Every week", "First".
    pub label: &'static str,
    /// A square a day.
    pub cells: Vec<Day>,
}

/// A day of it.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// The day, said again where squares stand one under the other.
    pub day: &'static str,
    /// What is on.
    pub meetings: Vec<Slot>,
}

/// A meeting in a square.
#[derive(Debug, Clone, Serialize)]
pub struct Slot {
    /// When: "09:30".
    pub time: Option<String>,
    /// Which.
    pub link: Link,
}

/// The meetings of one rhythm.
#[derive(Debug, Clone, Serialize)]
pub struct Rhythm {
    /// The heading's anchor.
    pub id: &'static str,
    /// "Each week".
    pub title: &'static str,
    /// "2 meetings, 1 hour 5 minutes".
    pub note: String,
    /// The meetings.
    pub meetings: Vec<Meeting>,
}

/// A meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    /// Which.
    pub link: Link,
    /// What it is for.
    pub says: Option<Html>,
    /// When: "Mondays, 09:30".
    pub when: String,
    /// How long: "20 minutes".
    pub length: Option<String>,
    /// The teams that come.
    pub teams: Vec<TeamMark>,
}

const RHYTHMS: [(&str, &str); 7] = [
    ("daily", "Each day"),
    ("weekly", "Each week"),
    ("fortnightly", "Every other week"),
    ("monthly", "Each month"),
    ("quarterly", "Each quarter"),
    ("yearly", "Each year"),
    ("once", "Once"),
];
const WEEKS: [(&str, &str); 8] = [
    ("weekly", "Every week"),
    ("fortnightly", "Every other"),
    ("1st", "First week"),
    ("2nd", "Second"),
    ("3rd", "Third"),
    ("4th", "Fourth"),
    ("last", "Last"),
    ("some", "Once a month"),
];

/// With fewer rows than this, a table shows less than a list.
const FEW: usize = 3;

type All<'a> = Vec<(&'a Cadence, &'a Record<rhythm::Ritual>)>;

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Rituals {
    let p = sheet.playbook();
    let mut all: All<'_> = p.rituals.iter().filter_map(|r| Some((r.cadence.as_ref()?, r))).collect();
    all.sort_by_key(|(c, _)| (c.nth, WEEKDAYS.iter().position(|(d, _)| Some(*d) == c.weekday), c.time.clone()));
    let days: Vec<(&str, &'static str)> = WEEKDAYS
        .into_iter()
        .enumerate()
        .filter(|(at, (day, _))| *at < 5 || all.iter().any(|(c, _)| c.weekday == Some(day)))
        .map(|(_, day)| day)
        .collect();
    let weeks: Vec<Week> = WEEKS.into_iter().filter_map(|week| self::week(sheet, &all, week, &days)).collect();
    let weeks = if weeks.len() < FEW { Vec::new() } else { weeks };
    Rituals {
        title: "How we meet".to_owned(),
        lead: lead(&all),
        days: if weeks.is_empty() { Vec::new() } else { days.iter().map(|(_, day)| *day).collect() },
        weeks,
        rhythms: RHYTHMS.into_iter().filter_map(|(every, title)| rhythm(sheet, &all, every, title)).collect(),
        empty: p.rituals.is_empty().then(|| Empty {
            title: "No meetings yet".to_owned(),
            text: "Here one would see when we meet, who comes, and what comes of it.".to_owned(),
            file: Some("content/rituals.toml".to_owned()),
        }),
    }
}

fn lead(all: &All<'_>) -> Option<Html> {
    let weekly: u32 = all.iter().filter(|(c, _)| c.every == "weekly").filter_map(|(c, _)| c.minutes).sum();
    let meetings = counted(all.len(), "meeting", "meetings");
    let cost = if weekly == 0 { String::new() } else { format!(" Those that come each week take {}.", minutes(weekly)) };
    let each = if all.len() == 1 { "with" } else { "each with" };
    (!all.is_empty()).then(|| Html::text(&format!("{meetings}, {each} an agenda and something that comes of it.{cost}")))
}

fn week(sheet: &Sheet<'_>, all: &All<'_>, (key, label): (&str, &'static str), days: &[(&str, &'static str)]) -> Option<Week> {
    let here = |c: &Cadence| match (c.every, c.nth) {
        ("weekly" | "fortnightly", _) => c.every == key,
        ("monthly", Some(nth)) => nth == key,
        ("monthly", None) => key == "some",
        _ => false,
    };
    let cells: Vec<Day> = days
        .iter()
        .map(|(short, day)| {
            let on = all.iter().filter(|(c, _)| here(c) && c.weekday == Some(short));
            Day { day, meetings: on.map(|(c, r)| Slot { time: c.time.clone(), link: sheet.link(&r.base.name) }).collect() }
        })
        .collect();
    cells.iter().any(|c| !c.meetings.is_empty()).then_some(Week { label, cells })
}

fn rhythm(sheet: &Sheet<'_>, all: &All<'_>, every: &'static str, title: &'static str) -> Option<Rhythm> {
    let of: All<'_> = all.iter().filter(|(c, _)| c.every == every).copied().collect();
    let total: u32 = of.iter().filter_map(|(c, _)| c.minutes).sum();
    let meetings = count(of.len(), "meeting", "meetings");
    (!of.is_empty()).then(|| Rhythm {
        id: every,
        title,
        note: if total == 0 { meetings } else { format!("{meetings}, {}", minutes(total)) },
        meetings: of.into_iter().map(|(cadence, ritual)| meeting(sheet, cadence, ritual)).collect(),
    })
}

fn meeting(sheet: &Sheet<'_>, cadence: &Cadence, ritual: &Record<rhythm::Ritual>) -> Meeting {
    Meeting {
        link: sheet.link(&ritual.base.name),
        says: sheet.words_of(ritual.base.common.summary.as_ref()),
        when: cadence.when(),
        length: cadence.minutes.map(minutes),
        teams: super::ritual::groups(sheet, ritual).into_iter().map(|g| g.team).collect(),
    }
}
