//! A record that says something else than when it was read through.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run, at_review, changed_since};
use crate::diagnostic::{Finding, Level};
use crate::history::diff::say::ticked;
use crate::history::{Change, Version};
use crate::model::Base;
use crate::model::value::long_date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rule.
pub const RULE: Rule = Rule {
    name: "edited-since-review",
    level: Level::Warning,
    why: "the date says that somebody has read this, and nobody has read it as it stands",
    page: include_str!("edited_since_review.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    // Those that were read through in one commit are compared with it at once.
    let mut then: BTreeMap<String, (Arc<Version>, Vec<&Base>)> = BTreeMap::new();
    for base in run.reviewed.iter().copied().filter(|base| in_force(base)) {
        if let Some(version) = at_review(run, base, &[base]) {
            then.entry(version.name.clone()).or_insert_with(|| (version, Vec::new())).1.push(base);
        }
    }
    let found = then.values().flat_map(|(version, bases)| {
        let changes = changed_since(run, version, bases);
        bases.iter().filter_map(|base| edited(run, base, &changes)).collect::<Vec<_>>()
    });
    found.collect()
}

fn edited(run: &Run<'_>, base: &Base, changes: &[Change]) -> Option<Finding> {
    let reviewed = base.common.reviewed.as_ref()?;
    let first = changes.iter().find(|change| change.record == base.name)?;
    let keeper = base.common.owner.as_ref().map(|owner| format!("`{}`", run.playbook.roles[owner].title()));
    let finding = Finding::at(reviewed.span, format!("`{}` was edited after its review on {}", base.title, long_date(reviewed.value)))
        .label(ticked(&first.sentence))
        .help(format!("ask {} to read it as it stands, then write `reviewed = {}`", keeper.as_deref().unwrap_or("its owner"), run.today));
    Some(finding.of(&base.name))
}
