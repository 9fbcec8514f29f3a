//! Text that does not parse.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "syntax",
    level: Level::Error,
    why: "what cannot be read cannot be checked, and nobody sees that it is missing",
    page: include_str!("syntax.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::Syntax(words) => {
            let (what, help) = match plain(words, run.files.slice(p.span)) {
                Some((what, help)) => (what.to_owned(), help),
                None => (lower(words), advice(words, run.files.path(p.span.file))),
            };
            Some(Finding::at(p.span, format!("this cannot be read: {what}")).label("here, or in the line above").help(help))
        }
        _ => None,
    })
}

/// The parser's words, as a reader would say them, and what to do; nothing where the parser's own have to do.
fn plain(words: &str, written: &str) -> Option<(&'static str, &'static str)> {
    let has = |part: &str| words.contains(part);
    Some(match () {
        () if written.starts_with(['“', '”', '„', '‘', '’']) => {
            ("curly quotes do not work here", "type straight quotes instead: `\"…\"`")
        }
        () if has("values must be quoted") && written.trim().is_empty() => ("nothing follows the `=`", "write the value after it"),
        () if has("values must be quoted") => ("a text needs quotes around it", "put `\"` before and after it"),
        () if has("basic string") || has("literal string") => ("a quote is opened and never closed", "close it at the end of the text"),
        () if has("unexpected key or value") => {
            ("the line goes on after its value", "write `\\\"` for a quote inside a text, or begin a new line")
        }
        () if has("key with no value") => ("the `=` after the name is missing", "write it in this form: `name = \"value\"`"),
        () if has("unclosed array") => ("a list is opened and never closed", "add `]` at its end"),
        () if has("unclosed inline table") => ("a curly bracket is opened and never closed", "add `}` at its end"),
        () if has("unclosed table") => ("a heading in square brackets is never closed", "write it in this form: `[[term]]`"),
        () if has("duplicate key") => ("this name is set twice here", "keep the line that is right, and delete the other"),
        () if has("invalid date") => ("there is no such day", "write year, month and day: `2026-11-02`"),
        () if has("expect ':'") => ("the `:` after the name is missing", "between the `---` lines, write it in this form: `name: value`"),
        () => return None,
    })
}

fn advice(words: &str, path: &str) -> &'static str {
    if words.contains("not UTF-8") {
        return "save the file as UTF-8";
    }
    if words.contains("NUL byte") {
        return "replace the file by the text it should hold";
    }
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "write a header `date,value,note` and one row a date",
        Some("md") => "look for a missing quote, bracket, `=` or `+++`, here or in the line above",
        _ => "look for a missing quote, bracket or `=`, here or in the line above",
    }
}

/// Parsers begin a sentence; findings do not.
fn lower(words: &str) -> String {
    let mut chars = words.trim_end_matches('.').chars();
    match chars.next() {
        Some(first) if chars.clone().next().is_some_and(char::is_lowercase) => first.to_lowercase().chain(chars).collect(),
        Some(first) => std::iter::once(first).chain(chars).collect(),
        None => String::new(),
    }
}
