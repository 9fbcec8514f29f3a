//! Whether what is taught can be learnt and is checked.

mod answer_contradicts_model;
mod answer_without_feedback;
mod longest_is_right;
mod no_right_answer;
mod no_summary;
mod nothing_checked;
mod overfull_path;
mod role_without_path;
mod stale_lesson;
mod taught_to_one_team;
mod teaches_nothing;
mod unreachable_pass_mark;
mod untested_objective;
mod unverified_milestone;
mod video_without_transcript;

use super::doubt::faulty_in;
use super::place::place;
use super::{Run, Section};
use crate::diagnostic::Span;
use crate::model::kinds::training::{Completion, Module, Question, QuestionKind};
use crate::model::record::Block;
use crate::model::{Base, Kind, Record};
use std::collections::BTreeMap;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Training",
    rules: &[
        &no_right_answer::RULE,
        &answer_contradicts_model::RULE,
        &unreachable_pass_mark::RULE,
        &video_without_transcript::RULE,
        &stale_lesson::RULE,
        &teaches_nothing::RULE,
        &nothing_checked::RULE,
        &role_without_path::RULE,
        &taught_to_one_team::RULE,
        &untested_objective::RULE,
        &unverified_milestone::RULE,
        &answer_without_feedback::RULE,
        &overfull_path::RULE,
        &longest_is_right::RULE,
        &no_summary::RULE,
    ],
};

/// A question, whose it is, and the block it stands in.
struct Asked<'a> {
    base: &'a Base,
    question: &'a Question,
    kind: QuestionKind,
    block: Span,
}

impl Asked<'_> {
    /// What is asked, for messages.
    fn prompt(&self) -> &str {
        self.question.prompt.as_ref().map_or("this question", |p| p.text.as_str())
    }

    /// Where a key of it stands, such as `options`.
    fn key(&self, run: &Run<'_>, key: &str) -> Span {
        let id = || self.question.id.as_ref().map_or(self.block, |id| id.span);
        let found = place(run, self.block, key);
        if found == self.block { id() } else { found }
    }
}

/// The questions of a text that can be read as they were meant.
fn asked(base: &Base) -> Vec<Asked<'_>> {
    let Some(body) = base.body.as_ref().filter(|b| !b.questions.is_empty()) else { return Vec::new() };
    let blocks = body.outline.blocks.iter().filter_map(|block| match body.blocks.get(&block.start) {
        Some(Block::Quiz(at)) => body.questions.get(*at).map(|question| (block.span, question)),
        _ => None,
    });
    let readable = blocks.filter(|(span, _)| base.problems.is_empty() || !faulty_in(base, *span));
    readable.filter_map(|(block, question)| Some(Asked { base, question, kind: question.kind?.value, block })).collect()
}

/// All questions of lessons and pages in force.
fn questions<'a>(run: &Run<'a>) -> Vec<Asked<'a>> {
    let bases = run.playbook.bases_of(&[Kind::Lesson, Kind::Page]);
    bases.into_iter().filter(|b| run.doubt.counts(b)).flat_map(asked).collect()
}

/// The modules in force, each with its lessons.
fn modules<'a>(run: &Run<'a>) -> Vec<(&'a Record<Module>, Vec<&'a Base>)> {
    let mut by_module: BTreeMap<&str, Vec<&Base>> = BTreeMap::new();
    for lesson in &run.playbook.lessons {
        by_module.entry(lesson.id().split('/').next().unwrap_or("")).or_default().push(&lesson.base);
    }
    let in_it = |module: &'a Record<Module>| {
        if module.lessons.is_empty() {
            by_module.get(module.id()).cloned().unwrap_or_default()
        } else {
            module.lessons.iter().map(|l| &run.playbook.lessons[l].base).collect()
        }
    };
    run.playbook.modules.iter().filter(|m| run.doubt.counts(&m.base)).map(|m| (m, in_it(m))).collect()
}

/// Whether a lesson has something to try out.
fn has_exercise(run: &Run<'_>, lesson: &Base) -> bool {
    let by_exercise =
        || run.playbook.lessons.get(&lesson.name.id).and_then(|l| l.complete).is_some_and(|c| c.value == Completion::Exercise);
    let scenario = || lesson.body.iter().flat_map(|b| b.blocks.values()).any(|b| matches!(b, Block::Scenario(_)));
    has_alert(run, lesson, "[!EXERCISE]") || by_exercise() || scenario()
}

/// Whether a box of a kind stands in a text.
fn has_alert(run: &Run<'_>, base: &Base, sign: &str) -> bool {
    let Some(body) = &base.body else { return false };
    let boxed = |line: &str| line.starts_with('>') && line.trim_start_matches(['>', ' ']).trim_end().eq_ignore_ascii_case(sign);
    run.files.slice(body.span).lines().any(|line| boxed(line.trim_start()))
}
