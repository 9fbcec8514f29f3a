//! A table whose columns have no names.

use super::texts;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::source::markdown::MarkdownTable;

/// The rule. Counted in public handbooks, with the others of their kind: see `missing-alt`.
pub const RULE: Rule = Rule {
    name: "table-without-header",
    level: Level::Warning,
    why: "without names above them, columns can be guessed at and not be read aloud",
    page: include_str!("table_without_header.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (base, body) in texts(run) {
        for table in body.outline.tables.iter().filter(|t| is_nameless(t)) {
            let start = table.start as usize;
            let line = run.files.text(body.span.file).get(start..).and_then(|t| t.lines().next()).unwrap_or("");
            findings.push(
                Finding::at(Span::new(body.span.file, start, start + line.trim_end().len()), "the columns of this table have no names")
                    .label("every cell of its first line is empty")
                    .help("write in the first line what stands in each column")
                    .of(&base.name),
            );
        }
    }
    findings
}

/// Whether a table has something in it and nothing above it.
fn is_nameless(table: &MarkdownTable) -> bool {
    let filled = table.rows.iter().flatten().any(|c| !c.text.is_empty());
    filled && !table.head.is_empty() && table.head.iter().all(|c| c.text.is_empty())
}
