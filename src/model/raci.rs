//! The matrix, derived: who has which letter on what, for everyone and for a segment.

use super::kinds::responsibility::{Activity, When};
use super::kinds::role::Role;
use super::playbook::Playbook;
use super::record::Record;
use super::types::Ref;

/// A role's part in an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Answers for it, one only.
    Accountable,
    /// Does the work.
    Responsible,
    /// Is asked before.
    Consulted,
    /// Is told after.
    Informed,
}

impl Part {
    /// All four, loudest first.
    pub const ALL: [Part; 4] = [Part::Accountable, Part::Responsible, Part::Consulted, Part::Informed];

    /// Its letter.
    pub fn letter(self) -> &'static str {
        match self {
            Part::Accountable => "A",
            Part::Responsible => "R",
            Part::Consulted => "C",
            Part::Informed => "I",
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Part::Accountable => "accountable",
            Part::Responsible => "responsible",
            Part::Consulted => "consulted",
            Part::Informed => "informed",
        }
    }
}

/// The roles of a row, by part.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// For which segment; everyone else where none.
    pub condition: Option<&'a When>,
    /// Each part's roles.
    pub parts: [Vec<&'a Ref<Role>>; 4],
}

impl<'a> Row<'a> {
    /// The roles of a part.
    pub fn of(&self, part: Part) -> &[&'a Ref<Role>] {
        let [a, r, c, i] = &self.parts;
        match part {
            Part::Accountable => a,
            Part::Responsible => r,
            Part::Consulted => c,
            Part::Informed => i,
        }
    }

    /// A role's parts, loudest first.
    pub fn parts_of(&self, role: usize) -> Vec<Part> {
        Part::ALL.into_iter().filter(|p| self.of(*p).iter().any(|r| r.at == role)).collect()
    }
}

/// An activity's own row, and one a condition: what a condition leaves out stays as the activity's own.
pub fn rows(activity: &Record<Activity>) -> Vec<Row<'_>> {
    let own = Row {
        condition: None,
        parts: [
            activity.accountable.roles.iter().collect(),
            activity.responsible.iter().collect(),
            activity.consulted.iter().collect(),
            activity.informed.iter().collect(),
        ],
    };
    let mut rows = Vec::new();
    for when in &activity.when {
        let stated = [
            when.accountable.roles.iter().collect(),
            when.responsible.iter().collect(),
            when.consulted.iter().collect(),
            when.informed.iter().collect::<Vec<_>>(),
        ];
        let parts = stated.into_iter().zip(&own.parts).map(|(s, o)| if s.is_empty() { o.clone() } else { s });
        let mut parts = parts.collect::<Vec<_>>().into_iter();
        let mut next = || parts.next().unwrap_or_default();
        rows.push(Row { condition: Some(when), parts: [next(), next(), next(), next()] });
    }
    rows.insert(0, own);
    rows
}

/// The roles that appear in some activities, in the order of the playbook's teams and roles.
pub fn columns(playbook: &Playbook, activities: &[&Record<Activity>]) -> Vec<usize> {
    let mut seen = vec![false; playbook.roles.len()];
    for activity in activities {
        for row in rows(activity) {
            for role in row.parts.iter().flatten() {
                if let Some(slot) = seen.get_mut(role.at) {
                    *slot = true;
                }
            }
        }
    }
    let team_order = |at: usize| {
        let role = playbook.roles.iter().nth(at);
        let team = role.and_then(|r| r.team.as_ref()).map_or(usize::MAX, |t| t.at);
        (team, role.map_or(0, |r| playbook.steps_to_top(r)), at)
    };
    let mut columns: Vec<usize> = seen.iter().enumerate().filter(|(_, s)| **s).map(|(i, _)| i).collect();
    columns.sort_by_key(|at| team_order(*at));
    columns
}
