//! A reference to nothing.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level, Span, suggest};
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
