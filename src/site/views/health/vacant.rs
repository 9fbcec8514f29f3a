//! Roles that nobody holds, and what waits for whoever will.

use super::{ROWS, depends, more, users};
use crate::check::in_force;
use crate::model::Record;
use crate::model::kinds::responsibility::Activity;
use crate::model::kinds::role::Role;
use crate::model::value::long_date;
use crate::site::sheet::Sheet;
use crate::site::views::parts::{Link, RoleMark};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A role shows at most so much of what it answers for.
const ANSWERS: usize = 12;

/// The vacant roles.
#[derive(Debug, Clone, Serialize)]
pub struct Vacant {
    /// The roles.
    pub rows: Vec<Chair>,
    /// How many are not shown.
    pub more: Option<String>,
    /// Stands here where every role is held.
    pub empty: Option<String>,
}

/// A role that nobody holds.
#[derive(Debug, Clone, Serialize)]
pub struct Chair {
    /// The role.
    pub role: RoleMark,
    /// "Ines Ortega left on 3 March 2026".
    pub left: Option<String>,
    /// The role that stands in.
    pub backup: Option<RoleMark>,
    /// What it is accountable for.
    pub answers: Vec<Link>,
    /// How much of that is not shown.
    pub answers_more: Option<String>,
    /// "6 depend on it".
    pub depends: Option<String>,
}

/// The vacant roles, and how many there are.
pub fn view(sheet: &Sheet<'_>) -> (Vacant, usize) {
    let p = sheet.playbook();
    let known = p.roles.iter().any(|r| !r.holders.is_empty());
    let mut vacant: Vec<(&Record<Role>, usize)> =
        p.roles.iter().filter(|r| known && is_vacant(sheet, r)).map(|r| (r, users(sheet, &r.base.name))).collect();
    vacant.sort_by_key(|(_, users)| Reverse(*users));
    let answers = if vacant.is_empty() { BTreeMap::new() } else { answers(sheet) };
    let rows = vacant.iter().take(ROWS).map(|(role, users)| {
        let own = answers.get(role.id()).map(Vec::as_slice).unwrap_or_default();
        Chair {
            role: sheet.role_mark(role),
            left: left(sheet, role),
            backup: role.backup.as_ref().map(|b| sheet.role(b)),
            answers: own.iter().take(ANSWERS).map(|a| sheet.link(&a.base.name)).collect(),
            answers_more: more(own.len().saturating_sub(ANSWERS)),
            depends: depends(*users),
        }
    });
    let empty = match (p.roles.is_empty(), known) {
        (true, _) => "No role is written down yet.",
        (_, false) => "Nobody is named as a role’s holder yet, so nothing is said of empty chairs.",
        _ => "No role is vacant.",
    };
    let view =
        Vacant { rows: rows.collect(), more: more(vacant.len().saturating_sub(ROWS)), empty: vacant.is_empty().then(|| empty.to_owned()) };
    (view, vacant.len())
}

/// Whether a role in force is held by nobody who is still there.
fn is_vacant(sheet: &Sheet<'_>, role: &Record<Role>) -> bool {
    let gone = |until: Option<jiff::civil::Date>| until.is_some_and(|until| until < sheet.today());
    let unknown = sheet.playbook().left_out.as_ref().is_some_and(|rest| rest.has_gap(&role.base.name.to_string()));
    !unknown && in_force(&role.base) && role.holders.iter().all(|h| gone(sheet.playbook().people[h].until))
}

/// By role, what it is accountable for.
fn answers<'a>(sheet: &Sheet<'a>) -> BTreeMap<&'a str, Vec<&'a Record<Activity>>> {
    let p = sheet.playbook();
    let mut by_role: BTreeMap<&str, Vec<&Record<Activity>>> = BTreeMap::new();
    for activity in p.activities.iter().filter(|a| in_force(&a.base)) {
        let rows = activity.accountable.roles.iter().chain(activity.when.iter().flat_map(|w| &w.accountable.roles));
        for role in rows {
            let own = by_role.entry(p.roles[role].id()).or_default();
            if own.last().is_none_or(|last| last.base.name != activity.base.name) {
                own.push(activity);
            }
        }
    }
    by_role
}

/// Who held it last.
fn left(sheet: &Sheet<'_>, role: &Record<Role>) -> Option<String> {
    let people = &sheet.playbook().people;
    let (name, until) =
        role.holders.iter().filter_map(|h| people[h].until.map(|until| (people[h].title(), until))).max_by_key(|(_, u)| *u)?;
    Some(format!("{name} left on {}", long_date(until)))
}
