//! Two messages that promise one person two things.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::kinds::offering::Message;
use crate::model::{Name, Record};
use std::collections::BTreeMap;

/// The rule (seed 004: "Using different terms, stories, or ideas makes for a confusing and untrustworthy first impression").
pub const RULE: Rule = Rule {
    name: "two-promises",
    level: Level::Warning,
    why: "whoever is promised two things by one company believes neither",
    page: include_str!("two_promises.md"),
    find,
};

/// What a message is about, to whom and at which stage it is said.
type Moment<'a> = (&'a Name, usize, Option<usize>);

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut first: BTreeMap<Moment<'_>, &Record<Message>> = BTreeMap::new();
    let mut findings = Vec::new();
    for message in run.playbook.messages.iter().filter(|m| in_force(&m.base)) {
        let (Some(about), Some(persona), Some(_)) = (&message.about, &message.persona, &message.promise) else { continue };
        let moment = (&about.name, persona.at, message.stage.as_ref().map(|s| s.at));
        match first.get(&moment) {
            Some(other) if folded(other) != folded(message) => findings.extend(worded(run, message, other)),
            Some(_) => {}
            None => {
                first.insert(moment, message);
            }
        }
    }
    findings
}

/// A promise without what does not make it another: case, white space, punctuation.
fn folded(message: &Record<Message>) -> String {
    let text = message.promise.as_ref().map_or("", |p| p.text.as_str());
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '%' | '€' | '£' | '$'))).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn worded(run: &Run<'_>, message: &Record<Message>, other: &Record<Message>) -> Option<Finding> {
    let place = |m: &Record<Message>| -> Span { m.base.fact("promise").map_or(m.base.title_span, |f| f.span) };
    let persona = message.persona.as_ref().map(|p| run.playbook.personas[p].title())?;
    let about = message.about.as_ref().and_then(|a| run.playbook.base(&a.name)).map(|b| b.title.as_str())?;
    let stage = message.stage.as_ref().map(|s| format!(" at `{}`", run.playbook.stages[s].title())).unwrap_or_default();
    let said = format!("two messages promise `{persona}` different things about `{about}`{stage}");
    Some(
        Finding::at(place(message), said)
            .label(format!("`{}` promises this", message.title()))
            .also(place(other), format!("`{}` promises this", other.title()))
            .help("agree on one promise, or say which stage each of the messages is for")
            .of(&message.base.name),
    )
}
