//! A charter that does not say how a disagreement ends.

use crate::check::doubt::{Doubt, in_force};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::page::Charter;

/// The rule (seed 001: "It is good to have healthy tension", but it "shouldn't go over-the-line").
pub const RULE: Rule = Rule {
    name: "no-escalation",
    level: Level::Warning,
    why: "a disagreement that nobody ends is carried on in front of clients",
    page: include_str!("no_escalation.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    run.playbook.charter.iter().filter(|c| in_force(&c.base)).flat_map(|c| endless(c, doubt)).collect()
}

fn endless(charter: &Record<Charter>, doubt: &Doubt) -> Vec<Finding> {
    if charter.escalation.is_empty() {
        if doubt.field(&charter.base, "escalation") {
            return Vec::new();
        }
        let finding = Finding::at(charter.base.title_span, format!("`{}` does not say how a disagreement ends", charter.title()))
            .label("no `escalation` here: whoever is louder decides")
            .help("say who decides, and how soon: `escalation = [{ when = \"…\", decider = \"…\", within = \"2 business days\" }]`");
        return vec![finding.of(&charter.base.name)];
    }
    let open = charter.escalation.iter().filter(|d| d.decider.is_none() && !doubt.reference(&charter.base, "decider"));
    open.map(|dispute| {
        Finding::at(dispute.span, "nobody decides in this disagreement")
            .label("no `decider` here: it can go on for ever")
            .help("name the role that ends it: `decider = \"…\"`")
            .of(&charter.base.name)
    })
    .collect()
}
