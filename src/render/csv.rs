//! The matrix as CSV, for those who count in a spreadsheet.

use crate::model::Record;
use crate::model::kinds::responsibility::Activity;
use crate::model::raci::{Part, columns, rows};
use crate::site::Site;

/// One row an activity and condition, one column a role.
pub fn matrix(site: &Site, area: Option<&str>) -> String {
    let playbook = &site.compiled.playbook;
    let of_area = |a: &&Record<Activity>| area.is_none_or(|id| a.area.as_ref().is_some_and(|r| r.name.id == id));
    let activities: Vec<&Record<Activity>> = playbook.activities.iter().filter(of_area).collect();
    let roles = columns(playbook, &activities);
    let title = |at: &usize| playbook.roles.iter().nth(*at).map_or("", |r| r.title()).to_owned();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["Area", "Activity", "For"].into_iter().map(str::to_owned).chain(roles.iter().map(title));
    let _ = writer.write_record(head);
    for activity in activities {
        let area = activity.area.as_ref().map_or("", |a| playbook.areas[a].title());
        for row in rows(activity) {
            let segment = row.condition.and_then(|c| c.segment.as_ref()).map_or("", |s| playbook.segments[s].title());
            let letters = roles.iter().map(|role| row.parts_of(*role).into_iter().map(Part::letter).collect::<String>());
            let cells = [area, activity.title(), segment].into_iter().map(guarded).chain(letters);
            let _ = writer.write_record(cells);
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A text that a spreadsheet would run as a formula begins with an apostrophe.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}
