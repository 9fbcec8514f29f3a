//! Findings as JSON, for editors and pipelines.
//!
//! `{"version":1,"findings":[…],"counts":{…},"alignment":[…]}`: lines and columns from 1, columns in
//! characters, paths relative to the root with `/`.

use super::{Edit, Files, Finding, Findings, Level, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a, A> {
    version: u8,
    findings: Vec<Item<'a>>,
    counts: Counts,
    alignment: &'a A,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    hint: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    level: Level,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    record: &'a str,
    help: &'a str,
    why: &'a str,
    related: Vec<Other<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Mend<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Other<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

/// The whole document, indented, with a newline at its end.
pub fn json(findings: &Findings, files: &Files, alignment: &impl Serialize) -> String {
    let document = Document {
        version: 1,
        findings: findings.all().iter().map(|f| item(f, files)).collect(),
        counts: Counts { error: findings.count(Level::Error), warning: findings.count(Level::Warning), hint: findings.count(Level::Hint) },
        alignment,
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn item<'a>(finding: &'a Finding, files: &'a Files) -> Item<'a> {
    Item {
        rule: finding.rule,
        level: finding.level,
        message: &finding.message,
        place: place(finding.span, files),
        record: &finding.record,
        help: &finding.help,
        why: &finding.why,
        related: finding
            .related
            .iter()
            .map(|r| {
                let at = place(r.span, files);
                Other { file: at.file, line: at.line, column: at.column, message: &r.message }
            })
            .collect(),
        fix: finding.fix.as_ref().map(|fix| Mend { title: &fix.title, edits: fix.edits.iter().map(|e| replacement(e, files)).collect() }),
    }
}

fn replacement<'a>(edit: &'a Edit, files: &'a Files) -> Replacement<'a> {
    Replacement { place: place(edit.span, files), text: &edit.text }
}

fn place<'a>(span: Span, files: &'a Files) -> Place<'a> {
    let start = files.position(span.file, span.start);
    let end = files.position(span.file, span.end);
    Place { file: files.path(span.file), line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}
