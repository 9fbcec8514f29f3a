//! A buying group in which nobody pays or nobody uses it, or somebody to whom nothing is said.

use crate::check::doubt::{Doubt, in_force, is_retired};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::customer::{BuyingRole, Market, Persona, Segment};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 000: "decision is not taken by one single person").
pub const RULE: Rule = Rule {
    name: "buying-group-hole",
    level: Level::Warning,
    why: "firms buy as a group, and a no often comes from somebody nobody has spoken to",
    page: include_str!("buying_group_hole.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    if doubt.somewhere() {
        return Vec::new();
    }
    segments(run, doubt).into_iter().chain(unspoken(run, doubt)).collect()
}

/// Firms among whose personas nobody pays, or nobody uses it. A persona of no segment, or whose part is in doubt, may be anybody.
fn segments(run: &Run<'_>, doubt: &Doubt) -> Vec<Finding> {
    let personas: Vec<&Record<Persona>> = run.playbook.personas.iter().filter(|p| !is_retired(&p.base)).collect();
    let anybody = |p: &&Record<Persona>| p.segments.is_empty() || doubt.reference(&p.base, "segments");
    if personas.is_empty() || personas.iter().any(anybody) {
        return Vec::new();
    }
    let mut members: BTreeMap<usize, Vec<&Record<Persona>>> = BTreeMap::new();
    for persona in personas {
        for segment in &persona.segments {
            members.entry(segment.at).or_default().push(persona);
        }
    }
    let mut findings = Vec::new();
    for (at, segment) in run.playbook.segments.iter().enumerate() {
        if in_force(&segment.base) && segment.kind.is_some_and(|k| k.value == Market::B2B) {
            findings.extend(hole(segment, members.get(&at).map(Vec::as_slice).unwrap_or_default(), doubt));
        }
    }
    findings
}

fn hole(segment: &Record<Segment>, members: &[&Record<Persona>], doubt: &Doubt) -> Option<Finding> {
    let has =
        |part: BuyingRole| members.iter().any(|p| p.buying_role.map_or_else(|| doubt.field(&p.base, "buying_role"), |r| r.value == part));
    let title = segment.title();
    let (message, word) = match (has(BuyingRole::Economic), has(BuyingRole::User)) {
        (true, true) => return None,
        (false, true) => (format!("the segment `{title}` has no persona who approves the money"), "economic"),
        (true, false) => (format!("the segment `{title}` has no persona who uses what we sell"), "user"),
        (false, false) => {
            (format!("the segment `{title}` has no persona who approves the money, and none who uses what we sell"), "economic")
        }
    };
    let who = if word == "user" { "uses it" } else { "approves the money" };
    let mut finding = Finding::at(segment.base.title_span, message)
        .label(format!("no persona here has `buying_role = \"{word}\"`"))
        .help(format!("write `buying_role = \"{word}\"` in the persona who {who}, or add that persona first"))
        .of(&segment.base.name);
    for persona in members.iter().take(3) {
        let part = persona.buying_role.map_or_else(|| "no `buying_role`".to_owned(), |r| format!("`buying_role = \"{}\"`", r.word));
        finding = finding.also(persona.base.title_span, format!("`{}` has {part}", persona.title()));
    }
    Some(finding)
}

/// Personas of whom the playbook speaks, and to whom it says nothing. One that nothing refers to has a finding for that.
fn unspoken(run: &Run<'_>, doubt: &Doubt) -> Vec<Finding> {
    let messages = &run.playbook.messages;
    if messages.is_empty() || messages.iter().any(|m| m.persona.is_none() && doubt.reference(&m.base, "persona")) {
        return Vec::new();
    }
    let addressed: BTreeSet<usize> =
        messages.iter().filter(|m| !is_retired(&m.base)).filter_map(|m| m.persona.as_ref()).map(|p| p.at).collect();
    let personas = run.playbook.personas.iter().enumerate().filter(|(at, p)| in_force(&p.base) && !addressed.contains(at));
    let known = personas.filter(|(_, p)| run.playbook.used_by.contains_key(&p.base.name) && !doubt.record(&p.base));
    known
        .map(|(_, p)| {
            Finding::at(p.base.title_span, format!("`{}` has no message", p.title()))
                .label("everybody who meets them will say something different")
                .help("agree on one message for them: a problem, a promise and its proof")
                .of(&p.base.name)
        })
        .collect()
}
