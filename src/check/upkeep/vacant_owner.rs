//! A role that keeps records, and that nobody holds.

use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run, keeps_holders};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::role::Role;
use crate::model::types::Ref;
use crate::model::value::long_date;
use crate::model::{Base, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The rule (seed 004: "Does everyone know whom to turn to?").
pub const RULE: Rule = Rule {
    name: "vacant-owner",
    level: Level::Warning,
    why: "a question that goes to an empty chair is not answered",
    page: include_str!("vacant_owner.md"),
    find,
};

/// What a role keeps: the first record, who says so there, and how many more.
struct Kept<'a> {
    first: &'a Base,
    owner: &'a Ref<Role>,
    more: usize,
}

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    if run.playbook.people.is_empty() || !keeps_holders(run.playbook) || doubt.somewhere() {
        return Vec::new();
    }
    let mut kept: BTreeMap<usize, Kept<'_>> = BTreeMap::new();
    for base in run.playbook.bases().into_iter().filter(|b| in_force(b)) {
        if let Some(owner) = &base.common.owner {
            kept.entry(owner.at).and_modify(|k| k.more += 1).or_insert(Kept { first: base, owner, more: 0 });
        }
    }
    let answering = answering(run);
    let vacant = kept.into_values().filter(|k| !answering.contains(&k.owner.at));
    vacant.filter(|k| is_vacant(run, &run.playbook.roles[k.owner], doubt)).map(|k| worded(run, &k)).collect()
}

/// The roles that answer for an activity: that one of them is vacant is told there.
fn answering(run: &Run<'_>) -> BTreeSet<usize> {
    let activities = run.playbook.activities.iter().filter(|a| in_force(&a.base));
    let named = activities.flat_map(|a| a.accountable.roles.iter().chain(a.when.iter().flat_map(|w| &w.accountable.roles)));
    named.map(|r| r.at).collect()
}

/// Whether nobody who is still there holds a role, nor the one that stands in.
fn is_vacant(run: &Run<'_>, role: &Record<Role>, doubt: &Doubt) -> bool {
    let held = |role: &Record<Role>| role.holders.iter().any(|h| run.playbook.people[h].until.is_none_or(|u| u >= run.today));
    let stands_in = role.backup.as_ref().is_some_and(|b| held(&run.playbook.roles[b]));
    in_force(&role.base) && !held(role) && !stands_in && !doubt.reference(&role.base, "holders")
}

fn worded(run: &Run<'_>, kept: &Kept<'_>) -> Finding {
    let role = &run.playbook.roles[kept.owner];
    let more = match kept.more {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let finding = Finding::at(role.base.title_span, format!("nobody holds `{}`, which keeps `{}`{more}", role.title(), kept.first.title))
        .label("whoever has a question here finds an empty chair")
        .also(kept.owner.span, "named as the owner here")
        .help("write who holds it, `holders = [\"…\"]`, or give what it keeps to another role")
        .of(&role.base.name);
    let left = role.holders.iter().filter_map(|h| run.playbook.people[h].until.map(|until| (h, until))).max_by_key(|(_, until)| *until);
    match left {
        Some((holder, until)) => {
            let name = run.playbook.people[holder].title();
            finding.also(holder.span, format!("`{name}` left on {}", long_date(until)))
        }
        None => finding,
    }
}
