//! A record that says something else than when it was read through.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run, since_review};
use crate::diagnostic::{Finding, Level};
use crate::history::diff::say::ticked;
use crate::model::Base;
use crate::model::value::long_date;

/// The rule.
pub const RULE: Rule = Rule {
    name: "edited-since-review",
    level: Level::Warning,
    why: "the date says that somebody has read this, and nobody has read it as it stands",
    page: include_str!("edited_since_review.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.reviewed.iter().copied().filter(|base| in_force(base)).filter_map(|base| edited(run, base)).collect()
}

fn edited(run: &Run<'_>, base: &Base) -> Option<Finding> {
    let reviewed = base.common.reviewed.as_ref()?;
    let changes = since_review(run, base, &[base]);
    let first = changes.iter().find(|change| change.record == base.name)?;
    let keeper = base.common.owner.as_ref().map(|owner| format!("`{}`", run.playbook.roles[owner].title()));
    let finding = Finding::at(reviewed.span, format!("`{}` was edited after its review on {}", base.title, long_date(reviewed.value)))
        .label(ticked(&first.sentence))
        .help(format!("ask {} to read it as it stands, then write `reviewed = {}`", keeper.as_deref().unwrap_or("its owner"), run.today));
    Some(finding.of(&base.name))
}
