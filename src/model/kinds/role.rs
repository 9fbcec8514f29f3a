//! Roles, and the people who hold them. People leave, roles stay.

use super::team::Team;
use crate::model::field::{Fields, Inline, Words};
use crate::model::kind::Kind;
use crate::model::types::{Limit, RecordKind, Ref};
use jiff::civil::Date;

/// A role.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Role {
    pub team: Option<Ref<Team>>,
    pub reports_to: Option<Ref<Role>>,
    pub holders: Vec<Ref<Person>>,
    pub backup: Option<Ref<Role>>,
    pub skills: Vec<String>,
    pub authority: Vec<Authority>,
    pub ask_me_about: Vec<String>,
}

impl RecordKind for Role {
    const KIND: Kind = Kind::Role;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            team: f.required("team", "the team it works in"),
            reports_to: f.optional("reports_to", "the role it reports to"),
            holders: f.list("holders", "who holds it today"),
            backup: f.optional("backup", "the role that stands in"),
            skills: f.list("skills", "what one must be able to do"),
            authority: f.list("authority", "what it may decide, and up to what"),
            ask_me_about: f.list("ask_me_about", "what others ask it about, as they would say it"),
        }
    }
}

/// What a role may decide.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Authority {
    pub decision: Option<Words>,
    pub limit: Option<Limit>,
}

impl Inline for Authority {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { decision: f.required("decision", "what it may decide"), limit: f.optional("limit", "up to and with what") }
    }
}

/// A person.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Person {
    pub name: Option<String>,
    pub starts: Option<Date>,
    pub until: Option<Date>,
    pub contact: Option<String>,
    pub buddy: Option<Ref<Person>>,
}

impl RecordKind for Person {
    const KIND: Kind = Kind::Person;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            name: f.required("name", "the name they go by"),
            starts: f.optional("starts", "their first day"),
            until: f.optional("until", "their last day"),
            contact: f.optional("contact", "how to reach them"),
            buddy: f.optional("buddy", "who shows them around"),
        }
    }
}
