//! Findings as SARIF 2.1.0 (OASIS), for code scanning.

use super::{Files, Finding, Findings, Level, Span, baseline};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a reader of SARIF is told of a rule.
pub struct About {
    /// Its name.
    pub name: &'static str,
    /// Its level.
    pub level: Level,
    /// Why it matters, one sentence.
    pub why: &'static str,
    /// Its page, as Markdown.
    pub page: &'static str,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'a>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    column_kind: &'static str,
    original_uri_base_ids: Value,
    results: Results<'a>,
    tool: Value,
}

/// Results are made while they are written: all of them at once would fill the memory.
struct Results<'a> {
    findings: &'a Findings,
    files: &'a Files,
    places: BTreeMap<&'static str, usize>,
}

impl Serialize for Results<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.findings.all().iter().map(|finding| result(finding, self.files, &self.places)))
    }
}

/// The whole document, indented, with a newline at its end.
pub fn json(findings: &Findings, files: &Files, rules: &[About], version: &str) -> String {
    let tool = json!({ "driver": {
        "name": "Onside",
        "version": version,
        "semanticVersion": version,
        "rules": rules.iter().map(rule).collect::<Vec<_>>(),
    } });
    let run = Run {
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: json!({ "ROOT": { "description": { "text": "The playbook's root, which holds content/" } } }),
        results: Results { findings, files, places: rules.iter().enumerate().map(|(at, rule)| (rule.name, at)).collect() },
        tool,
    };
    let document = Document { schema: "https://json.schemastore.org/sarif-2.1.0.json", runs: [run], version: "2.1.0" };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn rule(about: &About) -> Value {
    let opening = about.page.split("\n\n").nth(1).unwrap_or("").trim();
    json!({
        "id": about.name,
        "shortDescription": { "text": format!("{}.", sentence(about.why)) },
        "fullDescription": { "text": opening },
        "help": { "text": about.page, "markdown": about.page },
        "defaultConfiguration": { "level": level(about.level) },
    })
}

/// With a capital at its beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn result(finding: &Finding, files: &Files, places: &BTreeMap<&str, usize>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.level),
        "message": { "text": format!("{}. {}{}", finding.message, sentence(&finding.help), if finding.help.ends_with(['?', '.', '!']) { "" } else { "." }) },
        "locations": [place(finding.span, files, &finding.label)],
        "partialFingerprints": { "onside/v1": baseline::fingerprint(finding, files) },
    });
    let Some(fields) = result.as_object_mut() else { return result };
    if let Some(index) = places.get(finding.rule) {
        fields.insert("ruleIndex".to_owned(), json!(index));
    }
    if !finding.related.is_empty() {
        let others: Vec<Value> = finding.related.iter().map(|r| place(r.span, files, &r.message)).collect();
        fields.insert("relatedLocations".to_owned(), json!(others));
    }
    if let Some(fix) = &finding.fix {
        let replacement =
            |edit: &super::Edit| json!({ "deletedRegion": region(edit.span, files), "insertedContent": { "text": edit.text } });
        let change = json!({
            "artifactLocation": artifact(finding.span, files),
            "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
        });
        fields.insert("fixes".to_owned(), json!([{ "description": { "text": fix.title }, "artifactChanges": [change] }]));
    }
    result
}

fn place(span: Span, files: &Files, message: &str) -> Value {
    let mut place = json!({ "physicalLocation": { "artifactLocation": artifact(span, files), "region": region(span, files) } });
    if let Some(fields) = place.as_object_mut().filter(|_| !message.is_empty()) {
        fields.insert("message".to_owned(), json!({ "text": message }));
    }
    place
}

/// Its address under the root, as a URI: what is no plain ASCII is escaped.
fn artifact(span: Span, files: &Files) -> Value {
    let mut uri = String::new();
    for byte in files.path(span.file).bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    json!({ "uri": uri, "uriBaseId": "ROOT" })
}

fn region(span: Span, files: &Files) -> Value {
    let start = files.position(span.file, span.start);
    let end = files.position(span.file, span.end);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "note",
        Level::Off => "none",
    }
}
