//! What changed, for programs.

use crate::history::Changes;
use crate::model::Playbook;
use serde::Serialize;

/// Everything that changed.
#[derive(Serialize)]
pub struct Document<'a> {
    from: &'a str,
    to: &'a str,
    changes: Vec<Change<'a>>,
}

/// One thing that changed.
#[derive(Serialize)]
struct Change<'a> {
    kind: &'static str,
    level: &'static str,
    record: String,
    field: Option<&'a str>,
    sentence: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    touches: Vec<String>,
    partners: Vec<String>,
    effective: Option<String>,
    why: Option<&'a str>,
}

/// The changes as JSON; everyone is every role of the newer version. `partners` are those for whom it matters one step less.
pub fn json(changes: &Changes, newer: &Playbook) -> String {
    serde_json::to_string_pretty(&document(changes, newer)).map(|text| text + "\n").unwrap_or_default()
}

/// The changes, ready to be JSON.
pub fn document<'a>(changes: &'a Changes, newer: &Playbook) -> Document<'a> {
    Document {
        from: &changes.from,
        to: &changes.to,
        changes: changes
            .all
            .iter()
            .map(|c| Change {
                kind: c.what.word(),
                level: c.weight.word(),
                record: c.record.to_string(),
                field: c.field.as_deref(),
                sentence: &c.sentence,
                before: c.before.as_deref(),
                after: c.after.as_deref(),
                touches: c.touches.roles_of(newer).iter().map(ToString::to_string).collect(),
                partners: c.touches.partners.iter().map(ToString::to_string).collect(),
                effective: c.effective.map(|d| d.to_string()),
                why: c.why.as_deref(),
            })
            .collect(),
    }
}
