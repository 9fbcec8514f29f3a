//! A promise without proof, or a proof that nobody can look up.

use crate::check::doubt::{Doubt, in_force};
use crate::check::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::offering::Message;

/// The rule (seed 001: "positioning messaging that demonstrates tangible value").
pub const RULE: Rule = Rule {
    name: "claim-without-proof",
    level: Level::Warning,
    why: "what cannot be proved is doubted first by the colleague who has to say it",
    page: include_str!("claim_without_proof.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    run.playbook.messages.iter().filter(|m| in_force(&m.base)).flat_map(|m| unproved(run, m, doubt)).collect()
}

fn unproved(run: &Run<'_>, message: &Record<Message>, doubt: &Doubt) -> Vec<Finding> {
    let base = &message.base;
    if message.proof.is_empty() {
        if message.promise.is_none() || doubt.field(base, "proof") {
            return Vec::new();
        }
        let place = place::key(run, base, "promise").unwrap_or(base.title_span);
        let finding = Finding::at(place, format!("nothing proves what `{}` promises", message.title()))
            .label("a client who asks how we know gets no answer")
            .help("add what proves it and where one can look: `proof = [\"41 of 41 on time (delivery log)\"]`, or promise less");
        return vec![finding.of(&base.name)];
    }
    let loose = message.proof.iter().filter(|p| p.claim.is_some() && p.source.is_none() && !doubt.field(base, "source"));
    loose
        .map(|proof| {
            Finding::at(proof.span, format!("nobody can look up what proves `{}`", message.title()))
                .label("no `source` here")
                .help("say where it can be checked, in brackets behind it: `(delivery log, 2026)`")
                .of(&base.name)
        })
        .collect()
}
