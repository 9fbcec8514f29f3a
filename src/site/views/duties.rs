//! An area's activities with their roles by letter, narrow enough to stand in a text; the matrix itself has a page.

use super::letters;
use super::parts::{Letter, Link, RoleMark};
use crate::model::Record;
use crate::model::kinds::responsibility::{Activity, Area};
use crate::model::raci;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The table.
#[derive(Debug, Clone, Serialize)]
pub struct Duties {
    /// What the table is: "Winning clients: who does what".
    pub caption: String,
    /// The letters over its columns.
    pub letters: Vec<Letter>,
    /// A row an activity, and one a condition.
    pub rows: Vec<Duty>,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct Duty {
    /// "own" or "when".
    pub state: &'static str,
    /// The activity, or whom the condition is for: "For key accounts".
    pub what: Link,
    /// Each letter's roles, in the letters' order.
    pub cells: Vec<Cell>,
}

/// The roles of one letter.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// The letter, said again where the columns stand one under the other.
    pub letter: Letter,
    /// Who has it.
    pub roles: Vec<RoleMark>,
}

/// The activities of an area; nothing where it has none.
pub fn view(sheet: &Sheet<'_>, area: &Record<Area>) -> Option<Duties> {
    let activities = sheet.playbook().activities.iter().filter(|a| a.area.as_ref().is_some_and(|r| r.name.id == area.base.name.id));
    let rows: Vec<Duty> = activities.flat_map(|a| duties(sheet, a)).collect();
    let heads = raci::Part::ALL.into_iter().map(|part| letters::one(part, 0)).collect();
    (!rows.is_empty()).then(|| Duties { caption: format!("{}: who does what", area.title()), letters: heads, rows })
}

/// An activity's own row, and those for a segment.
fn duties(sheet: &Sheet<'_>, activity: &Record<Activity>) -> Vec<Duty> {
    let row = |row: raci::Row<'_>| {
        let segment = row.condition.and_then(|c| c.segment.as_ref()).map(|s| sheet.link_ref(s));
        let roles = |part| row.of(part).iter().map(|r| sheet.role(r)).collect();
        let cells = raci::Part::ALL.into_iter().map(|part| Cell { letter: letters::one(part, 0), roles: roles(part) });
        Duty {
            cells: cells.collect(),
            state: if row.condition.is_some() { "when" } else { "own" },
            what: match (row.condition, segment) {
                (None, _) => sheet.link(&activity.base.name),
                (_, Some(link)) => Link { label: format!("For {}", link.label.to_lowercase()), ..link },
                (_, None) => Link { label: "For some".to_owned(), href: sheet.href_of(&activity.base.name) },
            },
        }
    };
    raci::rows(activity).into_iter().map(row).collect()
}
