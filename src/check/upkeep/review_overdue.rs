//! A record whose day of review has passed.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Base;
use crate::model::value::{Duration, after, long_date};

/// The rule. In the public GDS Way 31 of 64 pages were overdue, by 197 days in the middle.
pub const RULE: Rule = Rule {
    name: "review-overdue",
    level: Level::Warning,
    why: "an old text is trusted as much as a new one, even when it is out of date",
    page: include_str!("review_overdue.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.reviewed.iter().copied().filter(|b| in_force(b)).filter_map(|b| overdue(run, b)).collect()
}

/// An error once twice the time has passed, a warning before (unless `[checks]` says otherwise); nothing where the interval counts no days.
fn overdue(run: &Run<'_>, base: &Base) -> Option<Finding> {
    let reviewed = base.common.reviewed.as_ref()?;
    let every = base.common.review_every.as_ref()?;
    let due = after(reviewed.value, every);
    if due <= reviewed.value || due >= run.today {
        return None;
    }
    let doubled = after(reviewed.value, &Duration { count: every.count.saturating_mul(2), ..every.clone() });
    let long_overdue = doubled > reviewed.value && doubled < run.today;
    let (last, wanted) = (long_date(reviewed.value), long_date(due));
    let twice = if long_overdue { " twice" } else { "" };
    let keeper = base.common.owner.as_ref().map(|o| format!("`{}`", run.playbook.roles[o].title()));
    let keeper = keeper.unwrap_or_else(|| "its owner".to_owned());
    let finding = Finding::at(reviewed.span, format!("`{}` was due for review on {wanted}", base.title))
        .label(format!("last reviewed on {last}; the agreed interval of {every} has passed{twice}"))
        .help(format!("ask {keeper} to read it and correct what has changed, then write `reviewed = {}`", run.today))
        .of(&base.name);
    Some(finding.usually(if long_overdue { Level::Error } else { Level::Warning }))
}
