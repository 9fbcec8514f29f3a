//! A value that is not of its type.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-type",
    level: Level::Error,
    why: "a value in another form cannot be compared, counted or shown",
    page: include_str!("wrong_type.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::WrongType { key, found, expected, examples } => {
            let finding = Finding::at(p.span, format!("`{key}` should be {expected}, but is {found}")).label("cannot be used as it stands");
            Some(finding.help(help(key, run.files.slice(p.span), expected, examples)))
        }
        _ => None,
    })
}

/// The very thing to write, where what stands there tells; else what one can write.
fn help(key: &str, written: &str, expected: &str, examples: &[String]) -> String {
    let plain = written.trim_matches('"');
    let quoted = plain.len() + 2 == written.len();
    if quoted && expected.starts_with("a date") && plain.parse::<jiff::civil::Date>().is_ok() {
        return format!("take the quotes off: `{key} = {plain}`");
    }
    if quoted && expected.starts_with("a list") && !expected.starts_with("a list of entries") {
        return format!("put it in square brackets: `{key} = [{written}]`");
    }
    let shown: Vec<String> = examples.iter().map(|e| format!("`{e}`")).collect();
    format!("write it in this form: {}", shown.join(" or "))
}
