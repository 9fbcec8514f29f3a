//! Areas and activities: who does what, and who answers for it.

use super::customer::Segment;
use super::funnel::Stage;
use super::goal::Goal;
use super::role::Role;
use super::team::Team;
use crate::diagnostic::Span;
use crate::model::field::{Datum, Fields, Inline, Read, Reader, Shape, Words};
use crate::model::kind::Kind;
use crate::model::types::{Limit, RecordKind, Ref};
use crate::model::value::Duration;
use crate::source::{Data, Trouble, Value};

/// A part of the work with two sides (seed 001's four areas).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Area {
    pub order: Option<u32>,
    pub question: Option<Words>,
    pub sides: Vec<Side>,
}

impl RecordKind for Area {
    const KIND: Kind = Kind::Area;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            order: f.optional("order", "its place among the areas"),
            question: f.optional("question", "the question it answers"),
            sides: f.list("sides", "each team's side of it"),
        }
    }
}

/// A team's side of an area.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Side {
    pub team: Option<Ref<Team>>,
    pub says: Option<Words>,
}

impl Inline for Side {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { team: f.required("team", "the team"), says: f.optional("says", "what its side is, in its own words") }
    }
}

/// A piece of work.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Activity {
    pub area: Option<Ref<Area>>,
    pub why: Option<Words>,
    pub accountable: Accountable,
    pub responsible: Vec<Ref<Role>>,
    pub consulted: Vec<Ref<Role>>,
    pub informed: Vec<Ref<Role>>,
    pub support: Vec<Ref<Role>>,
    pub omitted: Vec<Omitted>,
    pub when: Vec<When>,
    pub stages: Vec<Ref<Stage>>,
    pub goals: Vec<Ref<Goal>>,
    pub inputs: Vec<Words>,
    pub outputs: Vec<Words>,
    pub within: Option<Duration>,
    pub needs: Option<Needs>,
    pub separate: bool,
}

impl RecordKind for Activity {
    const KIND: Kind = Kind::Activity;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            area: f.required("area", "the area it belongs to"),
            why: f.optional("why", "why it is done"),
            accountable: f.optional("accountable", "the one role that answers for it").unwrap_or_default(),
            responsible: f.list("responsible", "the roles that do the work"),
            consulted: f.list("consulted", "the roles that are asked before"),
            informed: f.list("informed", "the roles that are told after"),
            support: f.list("support", "the roles that lend a hand"),
            omitted: f.list("omitted", "roles left out on purpose, and why"),
            when: f.list("when", "for some segments, other roles"),
            stages: f.list("stages", "the stages it happens in"),
            goals: f.list("goals", "the goals it serves"),
            inputs: f.list("inputs", "what one needs to begin"),
            outputs: f.list("outputs", "what there is when it is done"),
            within: f.optional("within", "how long it may take"),
            needs: f.optional("needs", "the decision and amount its accountable role must be allowed"),
            separate: f.flag("separate", "whether doer and approver must be two roles"),
        }
    }
}

/// The roles named as accountable: one, or it is a finding.
#[derive(Debug, Clone, Default)]
pub struct Accountable {
    /// The roles.
    pub roles: Vec<Ref<Role>>,
    /// Whether the field says anything, even what could not be resolved.
    pub stated: Option<Span>,
}

impl Accountable {
    /// The one role, or the first named.
    pub fn role(&self) -> Option<&Ref<Role>> {
        self.roles.first()
    }
}

impl Read for Accountable {
    fn shape() -> Shape {
        Shape::Reference(vec![Kind::Role], Vec::new())
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let values = match &value.data {
            Data::List(values) => values.iter().collect(),
            _ => vec![value],
        };
        let mut roles: Vec<Ref<Role>> = Vec::new();
        for value in values.into_iter().filter(|v| !v.is_absent()) {
            if value.as_text().is_some_and(|t| t.trim() == "TODO") {
                reader.problem(value.span, Trouble::Undecided { key: key.to_owned() });
            } else {
                roles.extend(Ref::read(value, key, reader).map(|(role, _)| role));
            }
        }
        let data = roles.iter().map(|r| Datum::Name(r.name.clone())).collect();
        Some((Self { roles, stated: Some(value.span) }, Datum::List(data)))
    }
}

/// A role left out on purpose.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Omitted {
    pub role: Option<Ref<Role>>,
    pub why: Option<Words>,
}

impl Inline for Omitted {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { role: f.required("role", "the role"), why: f.optional("why", "why it is left out") }
    }
}

/// For one segment, other roles; what it leaves out stays as the activity's own (seed 001).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct When {
    pub segment: Option<Ref<Segment>>,
    pub accountable: Accountable,
    pub responsible: Vec<Ref<Role>>,
    pub consulted: Vec<Ref<Role>>,
    pub informed: Vec<Ref<Role>>,
    pub span: Span,
}

impl Inline for When {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            segment: f.required("segment", "the segment it holds for"),
            accountable: f.optional("accountable", "who answers for it there").unwrap_or_default(),
            responsible: f.list("responsible", "who does the work there"),
            consulted: f.list("consulted", "who is asked before, there"),
            informed: f.list("informed", "who is told after, there"),
            span: f.place(),
        }
    }
}

/// What the accountable role must be allowed to decide.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Needs {
    pub decision: Option<String>,
    pub amount: Option<Limit>,
}

impl Inline for Needs {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { decision: f.required("decision", "the decision"), amount: f.optional("amount", "the amount it needs") }
    }
}
