//! JSON Schemas of a project's TOML, so that editors complete keys and ids while one writes.
//!
//! They come from the declarations that decode content. Ids of records are offered, never demanded: a title or `kind:id`
//! is a reference too, and a record added since is none of the schema's business. Judging is `check`'s.

use crate::check::ROSTER;
use crate::model::assemble::Defaults;
use crate::model::field::{Field, Inline, Shape, describe};
use crate::model::playbook::fields_of;
use crate::model::{Kind, Playbook};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Stands in every schema; a file without it is somebody's own.
pub const MARK: &str = "Written by `onside schema`: run it again when records have come or gone.";

/// Ids as they are written.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// The same of pages and lessons, which stand in folders.
const PATH_ID: &str = "^[a-z0-9]+([-/][a-z0-9]+)*$";
/// What says nothing yet, in the place of any value.
const OPEN: &str = "^\\s*(TODO)?\\s*$";

/// Names and texts of the files: of the playbook, of a folder's defaults, of records.
pub fn schemas(playbook: &Playbook) -> Vec<(&'static str, String)> {
    let writer = || Writer { playbook, ids: RefCell::default() };
    let defaults = |w: &Writer<'_>| w.object(&describe(Defaults::declare), "what holds for every record of this folder");
    vec![
        ("playbook.schema.json", writer().text(Writer::playbook)),
        ("defaults.schema.json", writer().text(defaults)),
        ("records.schema.json", writer().text(Writer::records)),
    ]
}

/// What tells the editor's language server, tombi, which schema is whose; `folder` is where they lie, as it is written there.
pub fn settings(folder: &str) -> String {
    let pairs = [
        ("playbook.schema.json", "content/playbook.toml"),
        ("defaults.schema.json", "content/**/_defaults.toml"),
        ("records.schema.json", "content/**/*.toml"),
    ];
    let entries = pairs.map(|(schema, files)| format!("\n[[schemas]]\npath = \"{folder}/{schema}\"\ninclude = [\"{files}\"]\n"));
    format!(
        "# Written by `onside schema`: keys and ids for editors that speak to tombi.\ntoml-version = \"v1.1.0\"\n{}\n# Records stand in the order that reads best.\n[lint.rules]\ntables-out-of-order = \"off\"\n",
        entries.concat()
    )
}

struct Writer<'a> {
    playbook: &'a Playbook,
    /// The ids that one schema offers, each list once, by what it is called there.
    ids: RefCell<BTreeMap<String, Value>>,
}

impl Writer<'_> {
    /// A schema as the text of a file, with the lists of ids that it refers to.
    fn text(self, write: impl Fn(&Self) -> Value) -> String {
        let mut schema = write(&self);
        let lists = self.ids.into_inner();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
            object.insert("$comment".to_owned(), json!(MARK));
            let defs = object.entry("$defs").or_insert_with(|| json!({}));
            if let Some(defs) = defs.as_object_mut() {
                defs.extend(lists);
            }
        }
        format!("{schema:#}\n")
    }

    /// `playbook.toml`, the only file that is one table.
    fn playbook(&self) -> Value {
        let mut schema = self.record(Kind::Playbook);
        let levels: Map<String, Value> = ROSTER
            .iter()
            .map(|rule| (rule.name.to_owned(), json!({ "enum": ["error", "warning", "hint", "off"], "description": rule.why })))
            .collect();
        if let Some(checks) = schema.pointer_mut("/properties/checks") {
            *checks =
                json!({ "type": "object", "description": "levels of the checks", "properties": levels, "additionalProperties": true });
        }
        schema
    }

    /// A file of records: `[[role]]`, `[[stage]]` …
    fn records(&self) -> Value {
        let kinds = || Kind::ALL.into_iter().filter(|kind| *kind != Kind::Playbook);
        let arrays: Map<String, Value> = kinds()
            .map(|kind| {
                let items = json!({ "$ref": format!("#/$defs/{}", kind.word()) });
                (kind.word().to_owned(), json!({ "type": "array", "description": kind.about(), "items": items }))
            })
            .collect();
        let records: Map<String, Value> = kinds().map(|kind| (kind.word().to_owned(), self.record(kind))).collect();
        json!({ "type": "object", "properties": arrays, "patternProperties": { "^x-": true }, "additionalProperties": false, "$defs": records })
    }

    /// One record.
    fn record(&self, kind: Kind) -> Value {
        let mut schema = self.object(&fields_of(kind), kind.about());
        let pattern = if matches!(kind, Kind::Page | Kind::Lesson) { PATH_ID } else { ID };
        let id = json!({ "type": "string", "pattern": pattern, "description": "its name in references, for ever; made from the title where absent" });
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.insert("id".to_owned(), id);
            properties.insert("title".to_owned(), json!({ "type": "string", "description": "what readers call it" }));
        }
        let has_other_title = matches!(kind, Kind::Playbook | Kind::Offering | Kind::Person | Kind::Page | Kind::Lesson | Kind::Expect);
        if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut).filter(|_| !has_other_title) {
            required.insert(0, json!("title"));
        }
        schema
    }

    /// A table of declared fields.
    fn object(&self, fields: &[Field], description: &str) -> Value {
        let properties: Map<String, Value> = fields.iter().map(|field| (field.key.to_owned(), self.field(field))).collect();
        let required: Vec<&str> = fields.iter().filter(|f| f.required).map(|f| f.key).collect();
        json!({
            "type": "object",
            "description": description,
            "properties": properties,
            "required": required,
            "patternProperties": { "^x-": true },
            "additionalProperties": false,
        })
    }

    fn field(&self, field: &Field) -> Value {
        let mut schema = match &field.shape {
            Shape::List(inner) => json!({ "type": "array", "items": self.value(inner) }),
            shape => self.value(shape),
        };
        if field.key == "seen_by" {
            let teams: Map<String, Value> = self.ids(&[Kind::Team]).into_iter().map(|id| (id, json!({ "type": "string" }))).collect();
            schema = json!({ "type": "object", "properties": teams, "additionalProperties": true });
        }
        if field.key == "rule" {
            schema = json!({ "anyOf": [{ "enum": ROSTER.map(|rule| rule.name).to_vec() }, { "type": "string" }] });
        }
        let example = field.shape.examples().into_iter().next().map_or_else(String::new, |example| format!(", as {example}"));
        let description = match &field.shape {
            Shape::Plain("a text" | "`true` or `false`", _) | Shape::Choice(_) => field.doc.to_owned(),
            shape => format!("{}: {}{example}", field.doc, shape.expected()),
        };
        if let Some(object) = schema.as_object_mut() {
            object.insert("description".to_owned(), json!(description));
        }
        schema
    }

    /// What a value may be. A text that says nothing yet may stand for any.
    fn value(&self, shape: &Shape) -> Value {
        let open = json!({ "type": "string", "pattern": OPEN });
        match shape {
            Shape::Plain(_, examples) => plain(examples, open),
            Shape::Choice(words) => json!({ "anyOf": [{ "enum": words }, open] }),
            Shape::Reference(kinds, words) => {
                let ids: Vec<String> = words.iter().map(|w| (*w).to_owned()).chain(self.ids(kinds)).collect();
                match ids.is_empty() {
                    true => json!({ "type": "string" }),
                    false => json!({ "anyOf": [{ "$ref": self.list(kinds, words, ids) }, { "type": "string" }] }),
                }
            }
            Shape::List(inner) => json!({ "type": "array", "items": self.value(inner) }),
            Shape::Inline(fields) => {
                // What a text stands for may be the one required field; the table's own demands are `check`'s to judge.
                let mut table = self.object(fields, &shape.expected());
                if let Some(object) = table.as_object_mut() {
                    object.remove("description");
                }
                json!({ "anyOf": [table, { "type": "string" }] })
            }
            Shape::Map(..) => json!({ "anyOf": [{ "type": "object", "additionalProperties": true }, open] }),
        }
    }

    /// Keeps a list of ids under the name of its kinds, and refers to it.
    fn list(&self, kinds: &[Kind], words: &[&str], ids: Vec<String>) -> String {
        let kinds = if kinds.len() > 2 { vec!["record"] } else { kinds.iter().map(|k| k.word()).collect() };
        let name = format!("one-{}", words.iter().copied().chain(kinds).collect::<Vec<_>>().join("-or-"));
        let address = format!("#/$defs/{name}");
        self.ids.borrow_mut().insert(name, json!({ "enum": ids }));
        address
    }

    /// The ids of some kinds; their whole names, where any kind will do.
    fn ids(&self, kinds: &[Kind]) -> Vec<String> {
        let named = self.playbook.bases().into_iter().map(|base| &base.name).filter(|name| kinds.contains(&name.kind));
        named.map(|name| if kinds.len() > 2 { name.to_string() } else { name.id.clone() }).collect()
    }
}

/// The types that examples have.
fn plain(examples: &[&str], open: Value) -> Value {
    let mut types: Vec<Value> = examples.iter().map(|example| type_of(example)).collect();
    types.dedup();
    match types.as_slice() {
        // A threshold may be a number, a text or a list: the checks know.
        [number, list] if number["type"] == "number" && list["type"] == "array" => json!({}),
        // Such a text may say nothing, too.
        [text] if *text == json!({ "type": "string" }) => text.clone(),
        [number] if number["type"] == "number" => json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, open] }),
        types => json!({ "anyOf": types.iter().cloned().chain([open]).collect::<Vec<_>>() }),
    }
}

/// The type of a value as TOML.
fn type_of(example: &str) -> Value {
    match example.chars().next() {
        Some('"') => json!({ "type": "string" }),
        Some('[') => json!({ "type": "array", "items": { "type": "string" } }),
        Some('t' | 'f') => json!({ "type": "boolean" }),
        _ if example.matches('-').count() == 2 => json!({ "type": "string", "format": "date" }),
        _ => json!({ "type": "number" }),
    }
}
