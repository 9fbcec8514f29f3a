//! A role that answers for what it cannot decide: the one who does the work leads it, or the authority is another's.

use super::called;
use crate::check::doubt::is_retired;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::Record;
use crate::model::kinds::responsibility::{Activity, Needs, When};
use crate::model::kinds::role::{Authority, Role};
use crate::model::playbook::Playbook;
use crate::model::raci::{Part, rows};
use crate::model::types::{Limit, Ref};
use std::collections::BTreeSet;

/// The rule: accountable without authority.
pub const RULE: Rule = Rule {
    name: "accountable-below-responsible",
    level: Level::Warning,
    why: "nobody can answer for what another decides",
    page: include_str!("accountable_below_responsible.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let mut findings = Vec::new();
    for activity in run.playbook.activities.iter().filter(|a| !is_retired(&a.base)) {
        let mut told: BTreeSet<(usize, Option<usize>)> = BTreeSet::new();
        for row in rows(activity) {
            let [accountable] = row.of(Part::Accountable) else { continue };
            for responsible in row.of(Part::Responsible) {
                if let Some(place) = leads(run.playbook, responsible, accountable)
                    && told.insert((accountable.at, Some(responsible.at)))
                {
                    findings.push(upside_down(run, (activity, row.condition), (accountable, responsible), place));
                }
            }
            if let Some(needs) = &activity.needs
                && told.insert((accountable.at, None))
                && !doubt.fields(&run.playbook.roles[*accountable].base, &["authority", "decision", "limit"])
            {
                findings.extend(powerless(run, activity, accountable, needs));
            }
        }
    }
    findings
}

/// More steps than any company has; it also ends a circle.
const STEPS: usize = 64;

/// Whether a role stands above another, and where the other says to whom it reports.
fn leads(playbook: &Playbook, above: &Ref<Role>, below: &Ref<Role>) -> Option<Span> {
    let place = playbook.roles[below].reports_to.as_ref()?.span;
    let is_above = |from: &Ref<Role>, wanted: usize| {
        let mut next = playbook.roles[from].reports_to.as_ref();
        for _ in 0..STEPS {
            let Some(boss) = next else { return false };
            if boss.at == wanted {
                return true;
            }
            next = playbook.roles[boss].reports_to.as_ref();
        }
        false
    };
    (above.at != below.at && is_above(below, above.at) && !is_above(above, below.at)).then_some(place)
}

fn upside_down(
    run: &Run<'_>,
    (activity, when): (&Record<Activity>, Option<&When>),
    (accountable, responsible): (&Ref<Role>, &Ref<Role>),
    place: Span,
) -> Finding {
    let [a, r] = [accountable, responsible].map(|role| run.playbook.roles[role].title());
    Finding::at(
        accountable.span,
        format!("`{a}` answers for {}, and `{r}`, which stands above it, does the work", called(run, activity, when)),
    )
    .label("cannot tell a role above it how")
    .also(responsible.span, "does the work")
    .also(place, "whom it reports to")
    .help(format!("let `{r}` answer for it as well, or give the work to another role"))
    .of(&activity.base.name)
}

/// A role that may not decide what the activity needs decided.
fn powerless(run: &Run<'_>, activity: &Record<Activity>, role: &Ref<Role>, needs: &Needs) -> Option<Finding> {
    let wanted = needs.decision.as_deref().map(words).filter(|w| !w.is_empty())?;
    let record = &run.playbook.roles[role];
    let fits = |a: &&Authority| a.decision.as_ref().is_some_and(|d| format!(" {} ", words(&d.text)).contains(&format!(" {wanted} ")));
    let mine: Vec<&Authority> = record.authority.iter().filter(fits).collect();
    if mine.iter().any(|a| suffices(a.limit.as_ref(), needs.amount.as_ref())) {
        return None;
    }
    let decision = needs.decision.as_deref().unwrap_or_default();
    let finding = match (mine.iter().find_map(|a| a.limit.as_ref()), &needs.amount) {
        (Some(limit), Some(amount)) => {
            let message = format!(
                "`{}` needs `{decision}` up to {amount}, and `{}`, who answers for it, may go up to {limit}",
                activity.title(),
                record.title()
            );
            Finding::at(role.span, message).label("must ask somebody else each time")
        }
        _ => {
            let message =
                format!("`{}` needs `{decision}`, and `{}`, who answers for it, may not decide that", activity.title(), record.title());
            Finding::at(role.span, message).label("its `authority` does not name this")
        }
    };
    let needed = activity.base.fact("needs").map_or(activity.base.title_span, |f| f.span);
    let held = record.base.fact("authority").map_or(record.base.title_span, |f| f.span);
    let finding = finding.also(needed, "needed here").also(held, if mine.is_empty() { "what it may decide" } else { "its limit" });
    let help = "give the role this `authority`, or let a role answer for it that has it";
    Some(finding.help(help).of(&activity.base.name))
}

/// Whether a limit reaches an amount; where the two cannot be compared, it may.
fn suffices(limit: Option<&Limit>, amount: Option<&Limit>) -> bool {
    match (limit, amount) {
        (Some(Limit::Percent(limit)), Some(Limit::Percent(amount))) => limit.0.as_f64() >= amount.0.as_f64(),
        (Some(Limit::Money(limit)), Some(Limit::Money(amount))) => {
            limit.currency != amount.currency || limit.per != amount.per || limit.amount.as_f64() >= amount.amount.as_f64()
        }
        _ => true,
    }
}

/// A text as its words alone.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}
