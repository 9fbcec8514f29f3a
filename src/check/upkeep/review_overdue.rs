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
    why: "what nobody has read for a year is believed as much as what was written yesterday",
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
    let twice = after(reviewed.value, &Duration { count: every.count.saturating_mul(2), ..every.clone() });
    let long_overdue = twice > reviewed.value && twice < run.today;
    let (last, wanted) = (long_date(reviewed.value), long_date(due));
    let so_long = if long_overdue { format!(" and for more than twice {every}") } else { String::new() };
    let keeper = base.common.owner.as_ref().map(|o| format!("`{}`", run.playbook.roles[o].title()));
    let keeper = keeper.unwrap_or_else(|| "whoever keeps it".to_owned());
    let finding = Finding::at(reviewed.span, format!("`{}` was to be read through again by {wanted}", base.title))
        .label(format!("not read since {last}{so_long}: it may no longer be true"))
        .help(format!("let {keeper} read it through and mend it, then write `reviewed = {}`", run.today))
        .of(&base.name);
    Some(finding.usually(if long_overdue { Level::Error } else { Level::Warning }))
}
