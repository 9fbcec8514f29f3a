//! A reference from what more people may read to what fewer may.

use crate::check::{Rule, Run, references_to};
use crate::diagnostic::{Finding, Level, suggest};
use crate::model::audience::{Demand, implies};
use crate::model::record::Target;
use crate::model::summary::is_summary;
use crate::model::{Base, Kind, Name};
use std::collections::BTreeSet;

/// The rule: what is left out for some leaves a gap in what they read, and its author should know.
pub const RULE: Rule = Rule {
    name: "hidden-reference",
    level: Level::Warning,
    why: "who may not read what a page leans on reads a page with a gap",
    page: include_str!("hidden_reference.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let rules = &run.playbook.rules;
    if rules.is_open() {
        return Vec::new();
    }
    let narrow: Vec<&Base> = rules.narrow().filter_map(|name| run.playbook.base(name)).collect();
    let mut told: BTreeSet<(&Name, &Name)> = BTreeSet::new();
    let mut findings = Vec::new();
    for (from, link, to) in references_to(run, &narrow) {
        let these = rules.of_record(&from.name);
        let aside = goes_with_it(from, &link.key) || from.name.kind == Kind::Expect || is_contents(run, from);
        if aside || implies(these, rules.of_record(&to.name)) || !told.insert((&from.name, &to.name)) {
            continue;
        }
        if let Some(demand) = missed(these, rules.of_record(&to.name)) {
            let message = format!("{} refers to `{}`, which {}", whose(from, these), to.title, only(demand));
            let help = match demand.own {
                true => format!("take the reference out, or open `{}`: take `audience` out of it", to.title),
                false => format!("take the reference out, or open `{}`: its folder or what it belongs to says who may read it", to.title),
            };
            findings.push(worded(Finding::at(link.span, message), demand).help(help).of(&link.from));
        }
    }
    let inner = |path: &String| path.strip_prefix("content/").unwrap_or(path).to_owned();
    if run.playbook.linked_files.iter().any(|path| !rules.of_file(&inner(path)).is_empty()) {
        findings.extend(run.playbook.bases().into_iter().flat_map(|from| files(run, from)));
    }
    findings
}

/// A hand-over and a way back are read by those who may read of the stages they join.
fn goes_with_it(from: &Base, key: &str) -> bool {
    matches!(from.name.kind, Kind::Handoff | Kind::Recycle) && matches!(key, "from" | "to")
}

/// A table of contents names for each reader what there is for them.
fn is_contents(run: &Run<'_>, from: &Base) -> bool {
    let path = run.files.path(from.place.file);
    is_summary(path.strip_prefix("content/").unwrap_or(path))
}

/// Links and pictures that lie in a folder which fewer may read.
fn files<'a>(run: &'a Run<'_>, from: &'a Base) -> impl Iterator<Item = Finding> + 'a {
    let rules = &run.playbook.rules;
    let links = from.body.iter().flat_map(|b| b.links.iter());
    links.filter_map(move |(start, target)| {
        let Target::File(path) = target else { return None };
        let inner = path.strip_prefix("content/").unwrap_or(path);
        let demands: Vec<Demand> = rules.of_file(inner).into_iter().cloned().collect();
        let these = rules.of_record(&from.name);
        let demand = missed(these, &demands).filter(|_| !implies(these, &demands))?;
        let outline = &from.body.as_ref()?.outline;
        let span = outline.links.iter().find(|l| l.start == *start)?.span;
        let name = inner.rsplit('/').next().unwrap_or(inner);
        let message = format!("{} shows the file `{name}`, which {}", whose(from, these), only(demand));
        let help = "take it out, or move the file to a folder that everyone may read";
        Some(worded(Finding::at(span, message), demand).help(help).of(&from.name))
    })
}

fn worded(finding: Finding, demand: &Demand) -> Finding {
    finding.label("a gap for everybody else").also(demand.span, "said here")
}

/// The first demand of the others that does not follow from these.
fn missed<'a>(these: &[Demand], others: &'a [Demand]) -> Option<&'a Demand> {
    others.iter().find(|other| !implies(these, std::slice::from_ref(other)))
}

/// "the page `Welcome` for everyone".
fn whose(from: &Base, demands: &[Demand]) -> String {
    let readers = match demands.first() {
        None => "everyone".to_owned(),
        Some(demand) => suggest::list(demand.names.iter().map(String::as_str), 4),
    };
    format!("the {} `{}` for {readers}", from.name.kind.label(), from.title)
}

/// "only `managers` may read".
fn only(demand: &Demand) -> String {
    match demand.names.is_empty() {
        true => "nobody may read".to_owned(),
        false => format!("only {} may read", suggest::choice(demand.names.iter().map(String::as_str), 4)),
    }
}
