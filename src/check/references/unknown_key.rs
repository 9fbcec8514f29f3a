//! A key that nothing reads.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::{Finding, Level, suggest};
use crate::model::Kind;
use crate::source::Trouble;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-key",
    level: Level::Error,
    why: "a typo in a key is a rule that is silently lost",
    page: include_str!("unknown_key.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    worded(run, |p| match &p.trouble {
        Trouble::UnknownKey { key, of, known } => {
            let finding = Finding::at(p.span, format!("{of} has no `{key}`")).label("nothing reads this");
            Some(match suggest::nearest(key, known.iter().copied()) {
                Some(near) => {
                    let finding = finding.help(format!("did you mean `{near}`?"));
                    if run.files.slice(p.span) == key { finding.fix(format!("write `{near}`"), p.span, near) } else { finding }
                }
                None if key == "playbook" => {
                    finding.help("write its fields into `content/playbook.toml`, at the top and without `[[playbook]]`")
                }
                None if known.is_empty() => finding.help("take it out, or begin it with `x-` to keep a note"),
                None => {
                    finding.help(format!("use one of {}, or begin it with `x-` to keep a note", suggest::list(known.iter().copied(), 12)))
                }
            })
        }
        Trouble::Misplaced { folder } => Some(misplaced(p.span, folder)),
        _ => None,
    })
}

/// A Markdown file where no kind of record lives.
fn misplaced(span: crate::diagnostic::Span, folder: &str) -> Finding {
    let folders: Vec<&str> = Kind::ALL.iter().map(|k| k.folder()).filter(|f| !f.is_empty()).collect();
    let place = if folder.is_empty() { "content/".to_owned() } else { format!("content/{folder}/") };
    let finding = Finding::at(span, format!("no kind of record lives in `{place}`")).label("so this file is on no page");
    match suggest::nearest(folder, folders.iter().copied()) {
        Some(near) if !folder.is_empty() => finding.help(format!("did you mean `content/{near}/`?")),
        _ => finding.help("move it into `content/pages/`, or into the folder of its kind"),
    }
}
