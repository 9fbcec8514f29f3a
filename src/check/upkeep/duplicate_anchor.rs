//! Two headings that a link cannot tell apart.

use super::texts;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Body};
use crate::source::markdown::{Heading, anchor};
use std::collections::BTreeMap;

/// The rule. Counted in public handbooks, with the others of their kind: see `missing-alt`.
pub const RULE: Rule = Rule {
    name: "duplicate-anchor",
    level: Level::Warning,
    why: "a link to the second of two equal headings leads to the first, or to another when they change places",
    page: include_str!("duplicate_anchor.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    texts(run).filter(|(_, body)| body.outline.headings.iter().any(|h| h.like.is_some())).flat_map(|(b, t)| twins(b, t)).collect()
}

/// Equal headings under one heading, and written anchors that are taken. "Why" under each of several headings is no fault.
fn twins(base: &Base, body: &Body) -> Vec<Finding> {
    let headings = &body.outline.headings;
    let mut above: Vec<(u8, usize)> = Vec::new();
    let mut siblings: BTreeMap<(Option<usize>, String), &Heading> = BTreeMap::new();
    let mut findings = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        while above.last().is_some_and(|(level, _)| *level >= heading.level) {
            above.pop();
        }
        let parent = above.last().map(|(_, at)| *at);
        above.push((heading.level, at));
        let like = heading.like.and_then(|first| headings.get(first));
        if let Some(first) = like.filter(|first| heading.stated || first.stated) {
            findings.push(worded(base, heading, first));
            continue;
        }
        if heading.text.is_empty() || heading.stated {
            continue;
        }
        let key = (parent, anchor(&heading.text));
        match siblings.get(&key) {
            Some(first) => findings.push(worded(base, heading, first)),
            None => {
                siblings.insert(key, heading);
            }
        }
    }
    findings
}

fn worded(base: &Base, heading: &Heading, first: &Heading) -> Finding {
    let finding = if heading.text == first.text {
        Finding::at(heading.span, format!("two headings are called `{}`", heading.text)).help("give one of them a name of its own")
    } else {
        let (one, other) = (&first.text, &heading.text);
        Finding::at(heading.span, format!("a link cannot tell `{other}` from `{one}`"))
            .help("write another anchor behind one of them: `{#…}`")
    };
    finding.label(format!("a link to `#{}` leads to the first", first.id)).also(first.span, "the first").of(&base.name)
}
