//! Two records of a kind with one title.

use super::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Kind};
use crate::source::markdown::ascii;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "same-title",
    level: Level::Warning,
    why: "two things with one name are talked about as if they were one",
    page: include_str!("same_title.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut seen: BTreeMap<(Kind, String, String), &Base> = BTreeMap::new();
    let mut findings = Vec::new();
    for base in run.playbook.bases() {
        if matches!(base.name.kind, Kind::Playbook | Kind::Charter | Kind::Expect)
            || !run.files.slice(base.title_span).contains(&base.title)
        {
            continue;
        }
        let key = (base.name.kind, neighbourhood(base), folded(&base.title));
        match seen.get(&key) {
            Some(first) => findings.push(
                Finding::at(base.title_span, format!("two {} are called `{}`", base.name.kind.labels(), base.title))
                    .label("and here again")
                    .also(first.title_span, "called so here")
                    .help("give one of them a name that tells them apart, or make them one")
                    .of(&base.name),
            ),
            None => {
                seen.insert(key, base);
            }
        }
    }
    findings
}

/// Pages and lessons are told apart by their folder, as readers see it in the navigation.
fn neighbourhood(base: &Base) -> String {
    match base.name.kind {
        Kind::Page | Kind::Lesson => base.name.id.rsplit_once('/').map_or(String::new(), |(f, _)| f.to_owned()),
        _ => String::new(),
    }
}

/// Case, accents, punctuation and a plural's s do not tell two titles apart.
fn folded(title: &str) -> String {
    let plain = ascii(title).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| if w.len() > 3 { w.strip_suffix('s').unwrap_or(w) } else { w }).collect::<Vec<_>>().join(" ")
}
