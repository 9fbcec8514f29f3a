//! An answer after which one hears nothing.

use super::Asked;
use crate::check::phrase::count;
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::training::{QuestionKind, QuizOption};

/// The rule.
pub const RULE: Rule = Rule {
    name: "answer-without-feedback",
    level: Level::Warning,
    why: "whoever is only told that it was wrong learns which box to tick",
    page: include_str!("answer_without_feedback.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    super::questions(run).iter().filter_map(|asked| mute(run, asked)).collect()
}

fn mute(run: &Run<'_>, asked: &Asked<'_>) -> Option<Finding> {
    if !matches!(asked.kind, QuestionKind::Single | QuestionKind::Multiple | QuestionKind::TrueFalse) {
        return None;
    }
    let text = |o: &QuizOption| o.text.as_ref().map_or_else(String::new, |t| t.text.clone());
    let mut silent = asked.question.options.iter().filter(|o| o.feedback.is_none());
    let first = silent.next()?;
    let more = silent.count();
    let message = match more {
        0 => format!("whoever answers `{}` hears nothing", text(first)),
        n => format!("whoever answers `{}` hears nothing, and the same with {}", text(first), count(n, "other answer")),
    };
    let finding = Finding::at(place(run, first.span, &text(first)), message)
        .label("no `feedback`")
        .help("say in a sentence why it is right or wrong: `feedback = \"…\"`")
        .of(&asked.base.name);
    Some(finding)
}
