//! A message that speaks to no problem.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};

/// The rule (seed 000: "Customer don't want to have a long list of characteristics of this product").
pub const RULE: Rule = Rule {
    name: "features-without-problem",
    level: Level::Warning,
    why: "clients buy what solves their problem, not a list of what it can do",
    page: include_str!("features_without_problem.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let doubt = &run.doubt;
    let messages = run.playbook.messages.iter().filter(|m| in_force(&m.base) && m.problem.is_none());
    let silent = messages.filter(|m| !doubt.field(&m.base, "problem"));
    silent
        .map(|m| {
            let persona = m.persona.as_ref().map(|p| run.playbook.personas[p].title());
            let finding = Finding::at(m.base.title_span, format!("the message `{}` speaks to no problem", m.title()))
                .label("without one it is praise of ourselves")
                .of(&m.base.name);
            match persona {
                Some(persona) => finding.help(format!("say what makes the day of `{persona}` hard: `problem = \"…\"`")),
                None => finding.help("say what makes their day hard: `problem = \"…\"`"),
            }
        })
        .collect()
}
