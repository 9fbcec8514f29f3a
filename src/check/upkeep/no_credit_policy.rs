//! A charter that does not say whose success a new client is.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 003: "squabbling to take the credit for 'bringing that new account in'").
pub const RULE: Rule = Rule {
    name: "no-credit-policy",
    level: Level::Hint,
    why: "where it is not said whose success a client is, two teams count it and one is bitter",
    page: include_str!("no_credit_policy.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let charters = run.playbook.charter.iter().filter(|c| in_force(&c.base) && c.credit_policy.is_none());
    let silent = charters.filter(|c| !doubt.field(&c.base, "credit_policy"));
    silent
        .map(|c| {
            Finding::at(c.base.title_span, format!("`{}` does not say whose success a new client is", c.title()))
                .label("no `credit_policy` here: each team will count it as its own")
                .help("agree on one sentence: `credit_policy = \"A new client is ours.\"`")
                .of(&c.base.name)
        })
        .collect()
}
