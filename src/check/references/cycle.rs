//! A circle where there must be a tree.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::link::Use;
use crate::model::{Kind, Name};
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    name: "cycle",
    level: Level::Error,
    why: "in a circle nobody is on top, and nothing comes first",
    page: include_str!("cycle.md"),
    find,
};

/// The relations that must be trees: kind of both ends, key, and what it means.
const RELATIONS: [(Kind, &str, &str); 5] = [
    (Kind::Role, "reports_to", "reports to"),
    (Kind::Goal, "part_of", "is part of"),
    (Kind::Module, "requires", "requires"),
    (Kind::Team, "part_of", "is part of"),
    (Kind::Asset, "replaced_by", "is replaced by"),
];

fn find(run: &Run<'_>) -> Vec<Finding> {
    RELATIONS.iter().flat_map(|(kind, key, verb)| circles(run, *kind, key, verb)).collect()
}

fn circles(run: &Run<'_>, kind: Kind, key: &str, verb: &str) -> Vec<Finding> {
    let mut edges: BTreeMap<&Name, Vec<&Use>> = BTreeMap::new();
    for link in run.playbook.bases_of(&[kind]).into_iter().flat_map(|b| &b.uses) {
        if link.key == key && link.to.kind == kind {
            edges.entry(&link.from).or_default().push(link);
        }
    }
    let edges = on_circles(edges);
    let mut findings = Vec::new();
    let mut told: BTreeSet<&Name> = BTreeSet::new();
    for start in edges.keys() {
        if told.contains(*start) {
            continue;
        }
        if let Some(circle) = circle_from(start, &edges) {
            told.extend(circle.iter().map(|u| &u.from));
            findings.push(worded(run, &circle, verb));
        }
    }
    findings
}

/// Only the edges between records that lead to each other: where nothing comes back, no circle is looked for.
fn on_circles<'a>(edges: BTreeMap<&'a Name, Vec<&'a Use>>) -> BTreeMap<&'a Name, Vec<&'a Use>> {
    // The records in the order in which all that they lead to is done.
    let mut done: Vec<&Name> = Vec::new();
    let mut seen: BTreeSet<&Name> = BTreeSet::new();
    for start in edges.keys() {
        let mut way: Vec<(&Name, usize)> = if seen.insert(start) { vec![(start, 0)] } else { Vec::new() };
        while let Some((at, next)) = way.last_mut() {
            match edges.get(*at).and_then(|links| links.get(*next)) {
                Some(link) => {
                    *next += 1;
                    if seen.insert(&link.to) {
                        way.push((&link.to, 0));
                    }
                }
                None => done.extend(way.pop().map(|(at, _)| at)),
            }
        }
    }
    let mut back: BTreeMap<&Name, Vec<&Name>> = BTreeMap::new();
    edges.values().flatten().for_each(|link| back.entry(&link.to).or_default().push(&link.from));
    // Backwards from the last one that was done, one reaches those that lead to each other.
    let mut group: BTreeMap<&Name, usize> = BTreeMap::new();
    for (number, start) in done.into_iter().rev().enumerate() {
        let mut way = vec![start];
        while let Some(at) = way.pop() {
            if !group.contains_key(at) {
                group.insert(at, number);
                way.extend(back.get(at).into_iter().flatten());
            }
        }
    }
    let inner = edges.into_iter().map(|(from, mut links)| {
        links.retain(|link| group.get(&link.from) == group.get(&link.to));
        (from, links)
    });
    inner.filter(|(_, links)| !links.is_empty()).collect()
}

/// The way from a record back to itself, shortest first, if there is one.
fn circle_from<'a>(start: &'a Name, edges: &BTreeMap<&'a Name, Vec<&'a Use>>) -> Option<Vec<&'a Use>> {
    let mut came_by: BTreeMap<&Name, &Use> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for link in edges.get(at).into_iter().flatten() {
            if &link.to == start {
                let mut circle = vec![*link];
                let mut back = &link.from;
                while back != start {
                    let step = came_by.get(back)?;
                    circle.push(step);
                    back = &step.from;
                }
                circle.reverse();
                return Some(circle);
            }
            if !came_by.contains_key(&link.to) {
                came_by.insert(&link.to, link);
                queue.push_back(&link.to);
            }
        }
    }
    None
}

fn worded(run: &Run<'_>, circle: &[&Use], verb: &str) -> Finding {
    let title = |name: &Name| run.playbook.base(name).map_or_else(|| name.to_string(), |b| b.title.clone());
    let Some((first, rest)) = circle.split_first() else {
        return Finding::at(crate::diagnostic::Span::top(crate::diagnostic::FileId(0)), "a circle");
    };
    let steps: Vec<String> = circle.iter().map(|u| format!("`{}`", title(&u.to))).collect();
    let message = format!("`{}` {verb} itself{}", title(&first.from), via(&steps));
    let mut finding = Finding::at(first.span, message).label(format!("{verb} `{}`", title(&first.to)));
    for link in rest {
        finding = finding.also(link.span, format!("and `{}` {verb} `{}`", title(&link.from), title(&link.to)));
    }
    finding.help("take one of these out").of(&first.from)
}

/// ", by way of `a` and `b`"; nothing where a record names itself.
fn via(steps: &[String]) -> String {
    match steps.split_last() {
        Some((_, between)) if !between.is_empty() => format!(", by way of {}", between.join(" and ")),
        _ => String::new(),
    }
}
