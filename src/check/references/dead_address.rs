//! An address that a version published and that leads nowhere any more.

use crate::check::{Rule, Run, place};
use crate::diagnostic::{Finding, Level, suggest};
use crate::history::Version;
use crate::route::{Addresses, published};
use std::collections::BTreeSet;

/// The rule. A version that is kept keeps what it published: an address that is gone today leads to its page there.
pub const RULE: Rule = Rule {
    name: "dead-address",
    level: Level::Error,
    why: "links in mails, chats and bookmarks outlive the version they were made for",
    page: include_str!("dead_address.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let Some(past) = run.past.filter(|past| !past.history.dropped.is_empty()) else { return Vec::new() };
    if run.doubt.somewhere() {
        return Vec::new();
    }
    let mut there: BTreeSet<String> = published(run.playbook, run.addresses);
    past.history.versions.iter().for_each(|version| there.append(&mut of(version)));
    let mut findings = Vec::new();
    for version in past.history.dropped.iter().rev() {
        let dead: Vec<String> = of(version).into_iter().filter(|address| there.insert(address.clone())).collect();
        findings.extend(told(run, version, &dead));
    }
    findings
}

fn of(version: &Version) -> BTreeSet<String> {
    published(&version.playbook, &Addresses::of(&version.playbook))
}

/// So many addresses are named.
const NAMED: usize = 3;

fn told(run: &Run<'_>, version: &Version, dead: &[String]) -> Option<Finding> {
    let own = run.playbook.own()?;
    let (leads, they) = if dead.len() == 1 { ("leads", "it") } else { ("lead", "they") };
    if dead.is_empty() {
        return None;
    }
    let named = suggest::list(dead.iter().map(String::as_str), NAMED);
    let finding = Finding::at(place::field(&own.base, "versions"), format!("{named} {leads} nowhere any more"))
        .label(format!("{they} stood in {}, which is not kept", version.name))
        .help(format!("keep it: add `pinned = [\"{}\"]` to `keep`; or write the old id in `was` of what took its place", version.name));
    Some(finding.of(&own.base.name))
}
