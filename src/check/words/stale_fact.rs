//! A price, target or time typed in a sentence that is not today's.

use crate::check::text::Claim;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Kind;

/// The rule (seed 004: the price on the flyer was not the price on the phone).
pub const RULE: Rule =
    Rule { name: "stale-fact", level: Level::Error, why: "a number typed twice is true once", page: include_str!("stale_fact.md"), find };

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.finds.claims().map(|claim| worded(run, claim)).collect()
}

fn worded(run: &Run<'_>, claim: &Claim) -> Finding {
    let place = run.playbook.base(&claim.of).map_or(claim.place, |base| base.place);
    let help = match &claim.reference {
        _ if claim.record.kind == Kind::Asset => "print it anew, or give the asset `status = \"retired\"`".to_owned(),
        Some(reference) => format!("write `[[{reference}]]` here, and it stays right by itself"),
        None => "write what is promised, or leave the time out".to_owned(),
    };
    Finding::at(claim.place, format!("{}, not {}", claim.truth, claim.said))
        .label("not today's")
        .also(place, "stated here")
        .help(help)
        .of(&claim.record)
}
