//! Typed blocks of prose: fenced TOML that reads well on a git host and is more on the site.

use super::field::{Fields, Inline, Words};
use super::kinds::goal::Goal;
use super::kinds::responsibility::Area;
use super::kinds::team::Team;
use super::types::Ref;

/// ```` ```scenario ````: a choice with consequences.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Scenario {
    pub id: Option<String>,
    pub title: Option<Words>,
    pub prompt: Option<Words>,
    pub choices: Vec<Consequence>,
}

impl Inline for Scenario {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            id: f.optional("id", "its id"),
            title: f.optional("title", "what it is called"),
            prompt: f.required("prompt", "what one has to decide"),
            choices: f.list("choices", "what one can do, and what comes of it"),
        }
    }
}

/// What comes of a choice.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Consequence {
    pub text: Option<Words>,
    pub outcome: Option<Words>,
    pub good: bool,
}

impl Inline for Consequence {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            text: f.required("text", "what one does"),
            outcome: f.optional("outcome", "what comes of it"),
            good: f.flag("good", "whether it is a good choice"),
        }
    }
}

/// ```` ```video ````: a film; its transcript is what everybody can read.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Video {
    pub title: Option<Words>,
    pub src: Option<String>,
    pub poster: Option<String>,
    pub captions: Option<String>,
    pub transcript: Option<Words>,
}

impl Inline for Video {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            title: f.optional("title", "what it is called"),
            src: f.optional("src", "where the film is"),
            poster: f.optional("poster", "a picture to stand for it"),
            captions: f.optional("captions", "where its captions are"),
            transcript: f.optional("transcript", "what is said and shown"),
        }
    }
}

/// ```` ```raci ````: an area's matrix.
pub struct Raci(pub Option<Ref<Area>>);

impl Inline for Raci {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self(f.required("area", "the area whose matrix is shown"))
    }
}

/// ```` ```goal ````: a goal and its chart.
pub struct GoalBlock(pub Option<Ref<Goal>>);

impl Inline for GoalBlock {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self(f.required("goal", "the goal that is shown"))
    }
}

/// ```` ```compare ````: teams side by side.
pub struct Compare(pub Vec<Ref<Team>>);

impl Inline for Compare {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self(f.required_list("teams", "the teams that stand side by side"))
    }
}

/// ```` ```funnel ````: the map.
pub struct Funnel;

impl Inline for Funnel {
    fn declare(_: &mut Fields<'_, '_>) -> Self {
        Self
    }
}
