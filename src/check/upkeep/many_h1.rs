//! A page with more than one heading of the first level.

use super::texts;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule. Counted in public handbooks, with the others of their kind: see `missing-alt`.
pub const RULE: Rule = Rule {
    name: "many-h1",
    level: Level::Warning,
    why: "a page with several titles has none, neither in a search nor read aloud",
    page: include_str!("many_h1.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (base, body) in texts(run) {
        let titles: Vec<_> = body.outline.headings.iter().filter(|h| h.level == 1).collect();
        let [first, second, ..] = titles.as_slice() else { continue };
        findings.push(
            Finding::at(second.span, format!("`{}` has {} headings of the first level", base.title, titles.len()))
                .label("the page already has a title")
                .also(first.span, "its title")
                .help("begin all but the first with `##`, and move what stands below them down a level")
                .of(&base.name),
        );
    }
    findings
}
