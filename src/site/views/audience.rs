//! Whom something is for: teams and roles beside their dots, or simply everyone.

use super::parts::TeamMark;
use crate::model::types::{Mention, RoleOrTeam};
use crate::model::{Kind, Name};
use crate::site::sheet::Sheet;
use serde::Serialize;

/// Whom something is for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Audience {
    /// Whether that is every team there is.
    pub everyone: bool,
    /// Else the teams and roles; a role has its team's hue.
    pub marks: Vec<TeamMark>,
}

/// Teams and roles as an audience; nothing where none is named.
pub fn view(sheet: &Sheet<'_>, mentions: &[Mention<RoleOrTeam>]) -> Option<Audience> {
    if mentions.is_empty() {
        return None;
    }
    let named = |id: &str| mentions.iter().any(|m| m.name == Name::new(Kind::Team, id));
    let everyone = sheet.playbook().teams.iter().all(|t| t.part_of.is_some() || named(t.id()));
    let marks = if everyone { Vec::new() } else { mentions.iter().map(|m| mark(sheet, &m.name)).collect() };
    Some(Audience { everyone, marks })
}

/// A team or a role with its hue.
pub fn mark(sheet: &Sheet<'_>, name: &Name) -> TeamMark {
    let hue = match name.kind {
        Kind::Role => sheet.playbook().roles.get(&name.id).map_or(0, |r| sheet.role_mark(r).hue),
        _ => sheet.team_hue(&name.id),
    };
    let link = sheet.link(name);
    TeamMark { label: link.label, href: link.href, hue }
}
