//! Words that an argument may be: listed for help and completion, and never refused here, for the command says what was meant.

use crate::check::ROSTER;
use crate::model::Kind;
use clap::builder::{PossibleValue, TypedValueParser};
use std::ffi::OsStr;

/// Lists words, and takes any.
#[derive(Clone)]
pub struct Words(pub fn() -> Vec<PossibleValue>);

impl TypedValueParser for Words {
    type Value = String;

    fn parse_ref(&self, _: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<String, clap::Error> {
        Ok(value.to_string_lossy().into_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter()))
    }
}

/// Kinds of which there can be more than the one there is.
pub fn addable() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Playbook)
}

/// The kinds of record.
pub fn kinds() -> Vec<PossibleValue> {
    addable().map(|kind| PossibleValue::new(kind.word()).help(kind.about())).collect()
}

/// The checks.
pub fn checks() -> Vec<PossibleValue> {
    ROSTER.iter().map(|rule| PossibleValue::new(rule.name).help(rule.why)).collect()
}

/// What can be explained: the checks and the kinds.
pub fn subjects() -> Vec<PossibleValue> {
    checks().into_iter().chain(kinds()).collect()
}
