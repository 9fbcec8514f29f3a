//! A role that answers for more, or does more, than one can look after.

use super::{distinct, stated};
use crate::check::doubt::{in_force, is_retired};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use std::collections::BTreeMap;

/// The rule. The threshold is `limits.accountable_max`.
pub const RULE: Rule = Rule {
    name: "overloaded-role",
    level: Level::Warning,
    why: "who answers for everything has time for none of it",
    page: include_str!("overloaded_role.md"),
    find,
};

/// The places where a role has a part, one an activity.
type Places = BTreeMap<usize, Vec<Span>>;

fn find(run: &Run<'_>) -> Vec<Finding> {
    let (mut answers, mut does): (Places, Places) = Default::default();
    for activity in run.playbook.activities.iter().filter(|a| in_force(&a.base)) {
        for (places, part) in [(&mut answers, 0), (&mut does, 1)] {
            let roles = stated(activity).filter_map(|row| row.parts.get(part).copied()).flatten();
            for role in distinct(roles) {
                places.entry(role.at).or_default().push(role.span);
            }
        }
    }
    let most = run.limits.accountable_max;
    let mut findings = Vec::new();
    for (at, role) in run.playbook.roles.iter().enumerate().filter(|(_, r)| !is_retired(&r.base)) {
        let over = |places: &Places| places.get(&at).and_then(|p| p.get(most).map(|over| (p.len(), *over)));
        let too_much = over(&answers).map(|o| (o, "answers for")).or_else(|| over(&does).map(|o| (o, "does")));
        findings.extend(too_much.map(|((count, place), verb)| {
            Finding::at(role.base.title_span, format!("`{}` {verb} {}: something will be left lying", role.title(), activities(count)))
                .label(format!("more than {most}"))
                .also(place, "the first that is too many")
                .help("give some of them to another role, or say in `[limits]` that more are fine: `accountable_max`")
                .of(&role.base.name)
        }));
    }
    findings
}

/// "1 activity", "13 activities".
fn activities(count: usize) -> String {
    format!("{count} activit{}", if count == 1 { "y" } else { "ies" })
}
