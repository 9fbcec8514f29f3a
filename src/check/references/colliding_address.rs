//! Two pages with one address.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level};
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "colliding-address",
    level: Level::Error,
    why: "only one of them could be read, and which one would be chance",
    page: include_str!("colliding_address.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = worded(run, |p| match &p.trouble {
        Trouble::CollidingAddress { address, other, instead } => Some(
            Finding::at(p.span, format!("two pages would have the address `{address}`"))
                .label(format!("this one is at `{instead}` instead"))
                .also(*other, "this one has the address")
                .help("rename one of the files so that they differ in more than case and punctuation"),
        ),
        _ => None,
    });
    for (address, name, other) in &run.addresses.collisions {
        let Some(base) = run.playbook.base(name) else { continue };
        let finding = Finding::at(base.place, format!("the address `{address}` is taken"))
            .label(format!("this {} would have it", name.kind.word()))
            .help("give it another id")
            .of(name);
        let other = other.as_ref().and_then(|o| run.playbook.base(o));
        findings.push(match other {
            Some(other) => finding.also(other.place, "this one has it"),
            None => finding,
        });
    }
    findings
}
