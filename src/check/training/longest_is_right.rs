//! A question whose answer one sees without reading.

use super::Asked;
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::training::{QuestionKind, QuizOption};

/// The rule: writers of questions put all their care into the right answer, and it shows.
pub const RULE: Rule = Rule {
    name: "longest-is-right",
    level: Level::Hint,
    why: "whoever takes the longest answer passes without having read the lesson",
    page: include_str!("longest_is_right.md"),
    find,
};

/// So many letters more are seen at a glance.
const MORE: usize = 12;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let all = super::questions(run);
    all.iter().filter(|a| a.kind == QuestionKind::Single).filter_map(|asked| telltale(run, asked)).collect()
}

fn telltale(run: &Run<'_>, asked: &Asked<'_>) -> Option<Finding> {
    let length = |o: &QuizOption| o.text.as_ref().map_or(0, |t| t.text.chars().count());
    let options = &asked.question.options;
    let mut right = options.iter().filter(|o| o.correct);
    let (Some(right), None) = (right.next(), right.next()) else { return None };
    let wrong = options.iter().filter(|o| !o.correct).map(length).max().filter(|n| *n > 0)?;
    let own = length(right);
    if options.len() < 3 || own < wrong + MORE || own * 2 < wrong * 3 {
        return None;
    }
    let text = right.text.as_ref().map_or("", |t| t.text.as_str());
    let finding = Finding::at(place(run, right.span, text), format!("the right answer to `{}` is the longest by far", asked.prompt()))
        .label(format!("{own} letters; the longest wrong one has {wrong}"))
        .help("shorten it, or give a wrong answer as much care")
        .of(&asked.base.name);
    Some(finding)
}
