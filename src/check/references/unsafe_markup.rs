//! Markup that would run, load or look like something else: shown as text, never live.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unsafe-markup",
    level: Level::Error,
    why: "what runs in a page runs in every reader's browser",
    page: include_str!("unsafe_markup.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::UnsafeMarkup(what) => Some(
            Finding::at(p.span, format!("{what} is {}", if what.contains("picture") { "not shown" } else { "shown as text" }))
                .label(if what.contains("another site") {
                    "loading it would tell others who reads the page"
                } else {
                    "not live on the site"
                })
                .help(advice(what)),
        ),
        _ => None,
    })
}

fn advice(what: &str) -> &'static str {
    if what.starts_with("raw HTML") {
        "write it in Markdown, or write `raw_html = \"sanitised\"` into content/playbook.toml to keep the harmless part of HTML"
    } else if what.starts_with("another tool's") {
        "write out what it stood for, or put it between backticks if readers are to see it"
    } else if what.contains("another site") {
        "put the picture into `content/` and link to it there"
    } else if what.starts_with("a picture with") {
        "export the picture without scripts and links"
    } else {
        "link with `https:`, `mailto:` or `tel:`, or to a file of the playbook"
    }
}
