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
            let help = advice(words, run.files.path(p.span.file));
            Some(Finding::at(p.span, format!("this cannot be read: {}", lower(words))).label("here, or just above").help(help))
        }
        _ => None,
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
        Some("md") => "look for a missing quote, bracket, `=` or `+++` in the front matter or block, here or just above",
        _ => "look for a missing quote, bracket or `=`, here or just above",
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
