//! A milestone that nobody looks at.

use crate::check::doubt::{lost_in, told_in};
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::training::{Milestone, Path, Verifier};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unverified-milestone",
    level: Level::Warning,
    why: "a milestone that nobody looks at is passed by the calendar",
    page: include_str!("unverified_milestone.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let paths = run.playbook.paths.iter().filter(|p| run.doubt.counts(&p.base));
    paths.flat_map(|path| path.milestones.iter().filter_map(|m| unseen(run, path, m))).collect()
}

fn unseen(run: &Run<'_>, path: &Record<Path>, milestone: &Milestone) -> Option<Finding> {
    let label = match &milestone.verified_by {
        Some(Verifier::Buddy) if path.base.fact("buddy").is_some() && !path.buddy => "`buddy` looks, and this path has none",
        Some(_) => return None,
        None if told_in(&path.base, milestone.span, "verified_by") || lost_in(&path.base, milestone.span) || run.doubt.somewhere() => {
            return None;
        }
        None => "no `verified_by`",
    };
    let title = milestone.title.as_ref().map_or_else(|| "a milestone".to_owned(), |t| format!("`{}`", t.text));
    let written = milestone.title.as_ref().map_or("", |t| t.text.as_str());
    let finding =
        Finding::at(place(run, milestone.span, written), format!("nobody looks whether {title} is reached in `{}`", path.title()))
            .label(label)
            .help("name the role that sees them do it: `verified_by = \"…\"`")
            .of(&path.base.name);
    Some(finding)
}
