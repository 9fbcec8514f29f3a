//! Words: what each means here, what it was called, what it is not.

use super::funnel::Stage;
use super::offering::OldName;
use crate::diagnostic::Spanned;
use crate::model::field::{Fields, Inline, Words};
use crate::model::kind::Kind;
use crate::model::types::{Map, RecordKind, Ref};

/// A word of the playbook.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Term {
    pub definition: Option<Words>,
    pub stage: Option<Ref<Stage>>,
    pub seen_by: Option<Map<Words>>,
    pub not_to_confuse: Vec<Confusable>,
    pub retired: Vec<OldName>,
    pub synonyms: Vec<Spanned<String>>,
    pub avoid: Vec<Spanned<String>>,
    pub abbreviates: Option<String>,
}

impl RecordKind for Term {
    const KIND: Kind = Kind::Term;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            definition: f.required("definition", "what it means here"),
            stage: f.optional("stage", "the stage it names"),
            seen_by: f.optional("seen_by", "how each team sees it"),
            not_to_confuse: f.list("not_to_confuse", "words it is mistaken for"),
            retired: f.list("retired", "words once used for it"),
            synonyms: f.list("synonyms", "words that are fine to say"),
            avoid: f.list("avoid", "words that are not"),
            abbreviates: f.optional("abbreviates", "what it is short for"),
        }
    }
}

/// A word one could mistake it for.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Confusable {
    pub term: Option<Ref<Term>>,
    pub why: Option<Words>,
}

impl Inline for Confusable {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { term: f.required("term", "the other word"), why: f.optional("why", "how they differ") }
    }
}
