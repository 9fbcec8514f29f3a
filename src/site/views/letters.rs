//! The letters of the matrix, for every page that shows them.

use super::parts::{Letter, RoleMark};
use crate::model::raci::Part;

/// A role's mark for its parts; accountable and responsible together are one mark.
pub fn mark(parts: &[Part], hue: u8) -> Option<Letter> {
    let first = *parts.first()?;
    if parts.contains(&Part::Accountable) && parts.contains(&Part::Responsible) {
        return Some(Letter { shape: "ar", letter: "A", word: "accountable and responsible", hue });
    }
    Some(one(first, hue))
}

/// The mark of one part.
pub fn one(part: Part, hue: u8) -> Letter {
    Letter { shape: shape(part), letter: part.letter(), word: part.word(), hue }
}

/// How a part is drawn.
pub fn shape(part: Part) -> &'static str {
    match part {
        Part::Accountable => "a",
        Part::Responsible => "r",
        Part::Consulted => "c",
        Part::Informed => "i",
    }
}

/// What a part does, for one role or several.
pub fn does(part: Part, roles: usize) -> &'static str {
    match (part, roles) {
        (Part::Accountable, 0 | 1) => "answers for it",
        (Part::Accountable, _) => "answer for it",
        (Part::Responsible, 0 | 1) => "does the work",
        (Part::Responsible, _) => "do the work",
        (Part::Consulted, 0 | 1) => "is asked before",
        (Part::Consulted, _) => "are asked before",
        (Part::Informed, 0 | 1) => "is told after",
        (Part::Informed, _) => "are told after",
    }
}

/// The hue all roles share; none where they are of several teams.
pub fn shared_hue(roles: &[RoleMark]) -> u8 {
    match roles.split_first() {
        Some((first, rest)) if rest.iter().all(|r| r.hue == first.hue) => first.hue,
        _ => 0,
    }
}

/// "Lead desk", "Lead desk and Sales lead", "A, B and C".
pub fn names(roles: &[RoleMark]) -> String {
    let labels: Vec<&str> = roles.iter().map(|r| r.label.as_str()).collect();
    match labels.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, most)) => format!("{} and {last}", most.join(", ")),
    }
}
