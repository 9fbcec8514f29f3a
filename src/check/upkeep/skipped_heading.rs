//! A heading that stands more than one level below what it belongs to.

use super::texts;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Body};

/// The rule. Counted in public handbooks, with the others of their kind: see `missing-alt`.
pub const RULE: Rule = Rule {
    name: "skipped-heading",
    level: Level::Warning,
    why: "readers who go from heading to heading look for the one that was left out",
    page: include_str!("skipped_heading.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    texts(run).flat_map(|(base, body)| skipped(base, body)).collect()
}

/// The page's title is the heading of level 1, whether or not the text repeats it.
fn skipped(base: &Base, body: &Body) -> Vec<Finding> {
    let mut above = 1;
    let mut findings = Vec::new();
    for heading in &body.outline.headings {
        if heading.level > above + 1 {
            let wanted = "#".repeat(usize::from(above) + 1);
            let skipped = if heading.level == above + 2 { "a level".to_owned() } else { format!("{} levels", heading.level - above - 1) };
            findings.push(
                Finding::at(heading.span, format!("the heading `{}` leaves out {skipped}", heading.text))
                    .label(format!("of level {}, right below one of level {above}", heading.level))
                    .help(format!("begin it with `{wanted}`"))
                    .of(&base.name),
            );
        }
        above = heading.level;
    }
    findings
}
