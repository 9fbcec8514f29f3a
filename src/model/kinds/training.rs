//! Learning paths, modules, lessons and questions, bound to the facts they teach.

use super::role::Role;
use crate::diagnostic::{Span, Spanned};
use crate::model::field::{Choice, Datum, Fields, Inline, OneOf, Read, Reader, Shape, Words};
use crate::model::kind::Kind;
use crate::model::types::{Anything, Mention, RecordKind, Ref, RoleOrTeam};
use crate::model::value::Percent;
use crate::source::Value;

/// What a role learns, by which day.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Path {
    pub learners: Vec<Mention<RoleOrTeam>>,
    pub milestones: Vec<Milestone>,
    pub modules: Vec<Step>,
    pub buddy: bool,
    pub hours: Option<u32>,
}

impl RecordKind for Path {
    const KIND: Kind = Kind::Path;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            learners: f.required_list("for", "the roles or teams it is for"),
            milestones: f.list("milestones", "what one can do by which day"),
            modules: f.required_list("modules", "the modules, each by its day"),
            buddy: f.flag("buddy", "whether a buddy walks along"),
            hours: f.optional("hours", "how many hours it takes in all"),
        }
    }
}

/// What one can do by a day, and who says so.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Milestone {
    pub day: Option<u32>,
    pub title: Option<Words>,
    pub can_do: Vec<Words>,
    pub verified_by: Option<Verifier>,
    pub span: Span,
}

impl Inline for Milestone {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            day: f.required("day", "the day, from 1"),
            title: f.optional("title", "what it is called"),
            can_do: f.list("can_do", "what one can be seen doing"),
            verified_by: f.optional("verified_by", "the role that looks, or `buddy`"),
            span: f.place(),
        }
    }
}

/// Who looks whether a milestone is reached.
#[derive(Debug, Clone)]
pub enum Verifier {
    /// Whoever is the buddy.
    Buddy,
    /// A role.
    Role(Ref<Role>),
}

impl Read for Verifier {
    fn shape() -> Shape {
        Shape::Reference(vec![Kind::Role], vec!["buddy"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        if value.as_text().is_some_and(|t| t.trim() == "buddy") {
            return Some((Verifier::Buddy, Datum::Text("buddy".to_owned())));
        }
        Ref::read(value, key, reader).map(|(role, datum)| (Verifier::Role(role), datum))
    }
}

/// A module on a path.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Step {
    pub module: Option<Ref<Module>>,
    pub by_day: Option<u32>,
}

impl Inline for Step {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { module: f.required("module", "the module"), by_day: f.optional("by_day", "by which day") }
    }
}

/// Lessons on one subject.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Module {
    pub objectives: Vec<Words>,
    pub requires: Vec<Ref<Module>>,
    pub lessons: Vec<Ref<Lesson>>,
    pub minutes: Option<u32>,
    pub pass_mark: Option<Spanned<Percent>>,
    pub teaches: Vec<Mention<Anything>>,
    pub foundation: bool,
    pub certificate: bool,
}

impl RecordKind for Module {
    const KIND: Kind = Kind::Module;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            objectives: f.list("objectives", "what one can do afterwards"),
            requires: f.list("requires", "the modules to take before"),
            lessons: f.list("lessons", "its lessons; all files in order where none is named"),
            minutes: f.optional("minutes", "how long it takes"),
            pass_mark: f.optional("pass_mark", "how much must be right"),
            teaches: f.list("teaches", "the facts it depends on"),
            foundation: f.flag("foundation", "whether everybody takes it"),
            certificate: f.flag("certificate", "whether it ends with a certificate"),
        }
    }
}

/// One sitting.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Lesson {
    pub objectives: Vec<Words>,
    pub complete: Option<OneOf<Completion>>,
}

impl RecordKind for Lesson {
    const KIND: Kind = Kind::Lesson;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { objectives: f.list("objectives", "what one can do afterwards"), complete: f.optional("complete", "what completes it") }
    }
}

/// What completes a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Completion {
    Button,
    Quiz,
    Exercise,
}

impl Choice for Completion {
    const WORDS: &'static [(&'static str, Self)] = &[("button", Self::Button), ("quiz", Self::Quiz), ("exercise", Self::Exercise)];
}

/// A question of a lesson.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Question {
    pub id: Option<Spanned<String>>,
    pub kind: Option<OneOf<QuestionKind>>,
    pub prompt: Option<Words>,
    pub options: Vec<QuizOption>,
    pub answer: Option<Answer>,
    pub objective: Option<Words>,
    pub tests: Vec<Mention<Anything>>,
}

impl Inline for Question {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            id: f.required("id", "its id, for ever"),
            kind: f.required("kind", "how it is answered"),
            prompt: f.required("prompt", "what is asked"),
            options: f.list("options", "what one can choose; for `match` pairs as `left | right`, for `order` in the right order"),
            answer: f.optional("answer", "what is right, where nothing is chosen"),
            objective: f.optional("objective", "which objective it tests"),
            tests: f.list("tests", "which facts it tests"),
        }
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum QuestionKind {
    Single,
    Multiple,
    TrueFalse,
    Order,
    Match,
    Number,
    Short,
}

impl Choice for QuestionKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("single", Self::Single),
        ("multiple", Self::Multiple),
        ("true-false", Self::TrueFalse),
        ("order", Self::Order),
        ("match", Self::Match),
        ("number", Self::Number),
        ("short", Self::Short),
    ];
}

/// What one can choose.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct QuizOption {
    pub text: Option<Words>,
    pub correct: bool,
    pub feedback: Option<Words>,
    pub span: Span,
}

impl Inline for QuizOption {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            text: f.required("text", "what it says"),
            correct: f.flag("correct", "whether it is right"),
            feedback: f.optional("feedback", "what one hears after choosing it"),
            span: f.place(),
        }
    }
}

/// A right answer: a text, a number or a yes or no.
#[derive(Debug, Clone)]
pub struct Answer(pub String);

impl Read for Answer {
    fn shape() -> Shape {
        Shape::Plain("a text or a number", &["\"Team Table\"", "4"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        use crate::source::Data;
        let text = match &value.data {
            Data::Text(text) => text.clone(),
            Data::Integer(n) => n.to_string(),
            Data::Float(n) => n.to_string(),
            Data::Bool(b) => b.to_string(),
            Data::List(list) if list.iter().all(|v| v.as_text().is_some()) => {
                list.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(", ")
            }
            _ => {
                reader.wrong::<Self>(value, key);
                return None;
            }
        };
        Some((Self(text.clone()), Datum::Text(text)))
    }
}
