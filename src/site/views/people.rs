//! People: who holds which role, by team.
//!
//! For those who know the name and not the role, or the role and not the name.

use super::parts::{Empty, PersonMark, RoleMark, TeamMark};
use crate::model::Record;
use crate::model::kinds::role::{self, Role};
use crate::model::value::long_date;
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// Everybody who is named.
#[derive(Debug, Clone, Serialize)]
pub struct People {
    /// "People".
    pub title: String,
    /// A sentence on them.
    pub lead: Option<Html>,
    /// By the team of their first role.
    pub groups: Vec<PeopleGroup>,
    /// Stands here where nobody is named.
    pub empty: Option<Empty>,
}

/// The people of a team.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleGroup {
    /// What its heading is known by in the address.
    pub id: String,
    /// The team; for those without a role, "Not yet placed".
    pub team: TeamMark,
    /// Its people.
    pub people: Vec<Person>,
}

/// A person in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// Their name and page.
    pub person: PersonMark,
    /// What they hold.
    pub roles: Vec<RoleMark>,
    /// How to reach them.
    pub contact: Option<Html>,
    /// "since 3 August 2026", "from 1 December", "until 31 March".
    pub time: Option<String>,
}

/// The view of everybody who is named.
pub fn view(sheet: &Sheet<'_>) -> People {
    let p = sheet.playbook();
    let mut groups: Vec<PeopleGroup> = p
        .teams
        .iter()
        .map(|t| PeopleGroup { id: t.id().to_owned(), team: sheet.team_mark(t), people: Vec::new() })
        .chain([PeopleGroup {
            id: "not-yet-placed".to_owned(),
            team: TeamMark { label: "Not yet placed".to_owned(), href: sheet.href(Listing::Teams.address()), hue: 0 },
            people: Vec::new(),
        }])
        .collect();
    for person in &p.people {
        let holds: Vec<&Record<Role>> = p.roles.iter().filter(|r| r.holders.iter().any(|h| h.name == person.base.name)).collect();
        let team = holds.first().and_then(|r| r.team.as_ref()).map_or(groups.len() - 1, |t| t.at);
        let last = groups.len() - 1;
        if let Some(group) = groups.get_mut(team.min(last)) {
            group.people.push(entry(sheet, person, &holds));
        }
    }
    groups.retain(|g| !g.people.is_empty());
    People {
        title: Listing::People.label().to_owned(),
        lead: Some(Html::text("Who holds which role today. People change; the roles stay.")),
        empty: groups.is_empty().then(|| Empty {
            title: "Nobody is named yet".to_owned(),
            text: "Here one would see who holds which role.".to_owned(),
            file: Some("content/people.toml".to_owned()),
        }),
        groups,
    }
}

fn entry(sheet: &Sheet<'_>, person: &Record<role::Person>, holds: &[&Record<Role>]) -> Person {
    let today = sheet.today();
    let time = match (person.starts, person.until) {
        (_, Some(until)) => Some(format!("until {}", long_date(until))),
        (Some(starts), None) if starts > today => Some(format!("from {}", long_date(starts))),
        (Some(starts), None) => Some(format!("since {}", long_date(starts))),
        (None, None) => None,
    };
    let link = sheet.link(&person.base.name);
    Person {
        person: PersonMark { label: link.label, href: Some(link.href) },
        roles: holds.iter().map(|r| sheet.role_mark(r)).collect(),
        contact: person.contact.as_deref().map(Html::text),
        time,
    }
}
