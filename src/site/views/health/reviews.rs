//! What is to be read through again: overdue, month by month, never yet.

use super::{ROWS, depends, more, owner, page_of, users};
use crate::check::in_force;
use crate::model::Base;
use crate::model::value::{after, ago, long_date, month_year};
use crate::site::sheet::Sheet;
use crate::site::views::parts::{Link, RoleMark};
use crate::site::views::wording::{count, day};
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many months are told one by one, this one among them.
const MONTHS: i32 = 6;

/// Reviews that are due.
#[derive(Debug, Clone, Serialize)]
pub struct Reviews {
    /// Those whose day is past.
    pub overdue: Option<Month>,
    /// Those to come, month by month; folded.
    pub months: Vec<Month>,
    /// "31 more are due after April 2027".
    pub later: Option<String>,
    /// What was never reviewed though it should be.
    pub never: Option<Never>,
    /// Stands here where nothing is to be reviewed.
    pub empty: Option<String>,
}

/// What is due in a month, or was.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// "Overdue", "December 2026".
    pub title: String,
    /// "3 reviews".
    pub count: String,
    /// The records.
    pub rows: Vec<Due>,
    /// How many are not shown.
    pub more: Option<String>,
}

/// What was never reviewed.
#[derive(Debug, Clone, Serialize)]
pub struct Never {
    /// "41 records have never been reviewed, though they say how often they should be".
    pub summary: String,
    /// The records.
    pub rows: Vec<Due>,
    /// How many are not shown.
    pub more: Option<String>,
}

/// A record that is to be read through.
#[derive(Debug, Clone, Serialize)]
pub struct Due {
    /// The record.
    pub record: Link,
    /// Its day, or how often: "12 December", "3 March 2026, 8 months ago", "every year".
    pub when: String,
    /// Who keeps it.
    pub owner: Option<RoleMark>,
    /// "6 depend on it".
    pub depends: Option<String>,
}

/// A record, how many refer to it, and the day of its next review where there was one.
struct Asked<'a> {
    base: &'a Base,
    users: usize,
    due: Option<Date>,
}

/// The reviews, and how many are overdue.
pub fn view(sheet: &Sheet<'_>) -> (Reviews, usize) {
    let today = sheet.today();
    let mut asked: Vec<Asked<'_>> = sheet.playbook().bases().into_iter().filter_map(|b| of(sheet, b)).collect();
    asked.sort_by_key(|a| Reverse(a.users));
    let (never, due): (Vec<_>, Vec<_>) = asked.iter().partition(|a| a.due.is_none());
    let mut by_month: BTreeMap<i32, Vec<&Asked<'_>>> = BTreeMap::new();
    for one in due {
        let ahead = one.due.map_or(0, |day| if day < today { -1 } else { months_between(today, day) });
        by_month.entry(ahead.min(MONTHS)).or_default().push(one);
    }
    let later = by_month.remove(&MONTHS).map(|all| count(all.len(), "more is due later", "more are due later"));
    let late = by_month.remove(&-1).unwrap_or_default();
    let mut room = ROWS;
    let overdue = (!late.is_empty()).then(|| month(sheet, "Overdue".to_owned(), &late, &mut room));
    let months: Vec<Month> = by_month.into_values().map(|all| month(sheet, month_of(&all), &all, &mut room)).collect();
    let empty = match (overdue.is_none() && months.is_empty() && later.is_none(), never.is_empty()) {
        (true, true) => Some("No record says how often it is to be reviewed.".to_owned()),
        (true, false) => Some("No review is due: none was ever noted.".to_owned()),
        _ => None,
    };
    (Reviews { overdue, months, later, never: never_yet(sheet, &never), empty }, late.len())
}

/// A record that is to be reviewed: one in force that says how often, in days that can be counted.
fn of<'a>(sheet: &Sheet<'_>, base: &'a Base) -> Option<Asked<'a>> {
    let every = base.common.review_every.as_ref()?;
    page_of(sheet, base).filter(|_| in_force(base))?;
    let reviewed = base.common.reviewed.as_ref().map(|r| r.value);
    let due = reviewed.map(|day| after(day, every));
    let counts = reviewed.is_none_or(|day| due.is_some_and(|due| due > day));
    counts.then(|| Asked { base, users: users(sheet, &base.name), due })
}

fn months_between(today: Date, day: Date) -> i32 {
    (i32::from(day.year()) - i32::from(today.year())) * 12 + i32::from(day.month()) - i32::from(today.month())
}

/// "December 2026".
fn month_of(all: &[&Asked<'_>]) -> String {
    all.first().and_then(|a| a.due).map_or_else(String::new, month_year)
}

fn month(sheet: &Sheet<'_>, title: String, all: &[&Asked<'_>], room: &mut usize) -> Month {
    let shown = all.len().min(*room);
    *room -= shown;
    Month {
        title,
        count: count(all.len(), "review", "reviews"),
        rows: all.iter().take(shown).filter_map(|a| row(sheet, a)).collect(),
        more: more(all.len() - shown),
    }
}

fn never_yet(sheet: &Sheet<'_>, never: &[&Asked<'_>]) -> Option<Never> {
    let words = count(never.len(), "record was never reviewed", "records were never reviewed");
    (!never.is_empty()).then(|| Never {
        summary: format!("{words}, though it is said how often"),
        rows: never.iter().take(ROWS).filter_map(|a| row(sheet, a)).collect(),
        more: more(never.len().saturating_sub(ROWS)),
    })
}

fn row(sheet: &Sheet<'_>, asked: &Asked<'_>) -> Option<Due> {
    let today = sheet.today();
    let when = match (asked.due, asked.base.common.review_every.as_ref()) {
        (Some(due), _) if due < today => {
            let late = ago(due, today).map_or_else(String::new, |ago| format!(", {ago}"));
            format!("{}{late}", long_date(due))
        }
        (Some(due), _) => day(due, today),
        (None, every) => every.map_or_else(String::new, |every| format!("every {every}")),
    };
    Some(Due { record: page_of(sheet, asked.base)?, when, owner: owner(sheet, asked.base), depends: depends(asked.users) })
}
