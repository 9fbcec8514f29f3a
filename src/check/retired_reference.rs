//! A reference to something retired or deprecated.

use super::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Kind;
use crate::model::kinds::common::Status;

/// The rule (seed 004: Sales went on selling what Marketing had retired).
pub const RULE: Rule = Rule {
    name: "retired-reference",
    level: Level::Warning,
    why: "what one team has retired, another goes on selling",
    page: include_str!("retired_reference.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for link in &run.playbook.uses {
        let Some(to) = run.playbook.base(&link.to) else { continue };
        let Some(status) = &to.common.status else { continue };
        let gone = matches!(status.value, Status::Retired | Status::Deprecated);
        let from_gone = run.playbook.base(&link.from).and_then(|b| b.common.status).is_some_and(|s| s.value == Status::Retired);
        if !gone || from_gone || link.from.kind == Kind::Change || link.from == link.to {
            continue;
        }
        findings.push(
            Finding::at(link.span, format!("`{}` is {}", to.title, status.word))
                .label("still referred to here")
                .also(status.span, format!("{} here", status.word))
                .help("refer to what has taken its place, or take this out")
                .of(&link.from),
        );
    }
    findings
}
