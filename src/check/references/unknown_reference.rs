//! A reference to nothing.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level, Span, Spanned, suggest};
use crate::model::audience::named;
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-reference",
    level: Level::Error,
    why: "a name that leads nowhere is a promise nobody made",
    page: include_str!("unknown_reference.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = of_records(run);
    findings.extend(audiences(run));
    findings
}

/// Audiences that the playbook does not know.
fn audiences(run: &Run<'_>) -> Vec<Finding> {
    if run.playbook.rules.is_open() {
        return Vec::new();
    }
    let known: Vec<&str> = run.playbook.own().iter().flat_map(|s| &s.audiences).map(String::as_str).collect();
    let told = run.playbook.documents.iter().filter(|d| d.speaks_of_audience);
    let of_files = told.flat_map(|document| {
        let of_folder = document.defaults.iter().map(|table| ("playbook:playbook".to_owned(), table));
        document.records.iter().map(|raw| (raw.name.to_string(), &raw.table)).chain(of_folder)
    });
    let named = of_files
        .flat_map(|(record, table)| table.get("audience").map(named).unwrap_or_default().into_iter().map(move |n| (record.clone(), n)));
    let unknown = named.filter(|(_, name)| name.value != "TODO" && !known.contains(&name.value.as_str()));
    unknown.map(|(record, name)| unknown_audience(run, &name, &known).of(record)).collect()
}

fn unknown_audience(run: &Run<'_>, name: &Spanned<String>, known: &[&str]) -> Finding {
    let finding =
        Finding::at(name.span, format!("there is no audience `{}`", name.value)).label("no audience has this name, so nobody may read it");
    match suggest::nearest(&name.value, known.iter().copied()) {
        Some(near) => {
            let raw = run.files.slice(name.span);
            let fix = raw == format!("\"{}\"", name.value);
            let finding = finding.help(format!("did you mean `{near}`?"));
            if fix { finding.fix(format!("write `{near}`"), name.span, format!("\"{near}\"")) } else { finding }
        }
        None => finding.help("add it to `audiences` in content/playbook.toml, or take it out here"),
    }
}

fn of_records(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::UnknownReference { text, several, .. } if !several.is_empty() => {
            let names = suggest::choice(several.iter().map(String::as_str), 4);
            Some(
                Finding::at(p.span, format!("`{text}` could be {names}"))
                    .label("which one is meant?")
                    .help(format!("write the whole name, such as `{}`", several.first().map_or("", String::as_str))),
            )
        }
        Trouble::UnknownReference { text, wanted, nearest, prose, .. } => {
            let label = if *prose {
                format!("no {wanted} has this name")
            } else {
                format!("{wanted} expected here, and none has this id or title")
            };
            let finding = Finding::at(p.span, format!("there is no {wanted} `{text}`")).label(label);
            Some(match nearest {
                Some(near) => {
                    let exact = run.files.slice(p.span) == text;
                    let finding = finding.help(format!("did you mean `{near}`?"));
                    if exact { finding.fix(format!("write `{near}`"), p.span, near.clone()) } else { finding }
                }
                None => finding.help(format!("write the id of {} that exists, or add it", suggest::a(wanted))),
            })
        }
        Trouble::Orphan { wanted, id, nearest } => Some(orphan(p.span, wanted, id, nearest.as_deref())),
        Trouble::UnknownFact { name, fact, nearest } => {
            let finding = Finding::at(p.span, format!("`{name}` has no `{fact}`")).label("no field or heading has this name");
            Some(finding.help(match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name one of its fields, or the anchor of a heading".to_owned(),
            }))
        }
        _ => None,
    })
}

/// A file whose place says whose it is, and nobody is that.
fn orphan(span: Span, wanted: &str, id: &str, nearest: Option<&str>) -> Finding {
    let (file, place) = match wanted {
        "metric" => ("series", "the file's name is the id of its metric"),
        _ => ("lesson", "the folder's name is the id of its module"),
    };
    let finding = Finding::at(span, format!("this {file} belongs to no {wanted}: there is no `{id}`")).label(place);
    finding.help(match (nearest, wanted) {
        (Some(near), "metric") => format!("did you mean `{near}.csv`?"),
        (Some(near), _) => format!("did you mean `training/{near}/`?"),
        (None, "metric") => format!("add a `[[metric]]` with `id = \"{id}\"`, or name the file after one that exists"),
        (None, _) => format!("add `training/{id}/module.toml`, or move the file: a page lives in `content/pages/`"),
    })
}
