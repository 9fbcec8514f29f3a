//! A required key that is absent.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level, Span};
use crate::source::Trouble;
use crate::source::problem::Inline;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-field",
    level: Level::Error,
    why: "what is left out here, every reader fills in differently",
    page: include_str!("missing_field.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::MissingField { key, of, doc, example, inline } => {
            let finding = Finding::at(p.span, format!("`{key}` is missing from this {of}")).label(format!("`{key}`: {doc}")).help(help(
                key,
                example,
                is_dashed(run, p.span),
            ));
            Some(if *inline == Inline::Yes { finding.usually(Level::Warning) } else { finding })
        }
        _ => None,
    })
}

/// The line to add, and what in it is only an example.
fn help(key: &str, example: &str, dashed: bool) -> String {
    let line = format!("`{key} = {example}`");
    let id = example.trim_start_matches(['[', '"']).starts_with("some-");
    let text = ["\"a sentence\"", "\"a few words\""].contains(&example.to_lowercase().as_str());
    match (dashed, id, text) {
        (true, ..) => format!("begin the file with a line `+++` in place of `---`, then lines such as {line}, and end them with `+++`"),
        (_, true, _) => format!("add {line}, with an id from your playbook in place of `some-…`"),
        (_, _, true) => format!("add it in your own words, in this form: {line}"),
        _ => format!("add it in this form: {line}"),
    }
}

/// Whether a record's file begins with the `---` of another tool, of which only pages are read.
fn is_dashed(run: &Run<'_>, place: Span) -> bool {
    let is_page = run.files.path(place.file).starts_with("content/pages/");
    !is_page && run.files.path(place.file).ends_with(".md") && run.files.text(place.file).starts_with("---") && place.start == 0
}
