//! A module that teaches a fact which has changed since somebody last read it through.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run, at_review, changed_since};
use crate::diagnostic::{Finding, Level};
use crate::history::Change;
use crate::history::diff::say::ticked;
use crate::model::kinds::training::Module;
use crate::model::types::{Anything, Mention};
use crate::model::value::long_date;
use crate::model::{Base, Record};

/// The rule.
pub const RULE: Rule = Rule {
    name: "stale-lesson",
    level: Level::Warning,
    why: "whoever learns from it learns what no longer holds, and is sure of it",
    page: include_str!("stale_lesson.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.playbook.modules.iter().filter(|module| in_force(&module.base)).filter_map(|module| stale(run, module)).collect()
}

fn stale(run: &Run<'_>, module: &Record<Module>) -> Option<Finding> {
    let reviewed = module.base.common.reviewed.as_ref()?;
    let facts: Vec<&Base> = module.teaches.iter().filter_map(|mention| run.playbook.base(&mention.name)).collect();
    let changes = changed_since(run, at_review(run, &module.base, &facts)?.as_ref(), &facts);
    let about = |mention: &Mention<Anything>| changes.iter().find(|change| is_about(change, mention));
    let mut changed = module.teaches.iter().filter_map(|mention| about(mention).map(|change| (mention, ticked(&change.sentence))));
    let (mention, sentence) = changed.next()?;
    let fact = run.playbook.base(&mention.name).map_or("", |base| base.title.as_str());
    let finding = Finding::at(mention.span, format!("`{}` teaches `{fact}`, which has changed since its review", module.title()))
        .label(sentence)
        .also(reviewed.span, format!("last reviewed on {}", long_date(reviewed.value)));
    let finding = changed.fold(finding, |finding, (mention, sentence)| finding.also(mention.span, sentence));
    let help = format!("read its lessons through, correct what they say, then write `reviewed = {}`", run.today);
    Some(finding.help(help).of(&module.base.name))
}

/// Whether a change is about a fact that is taught.
fn is_about(change: &Change, mention: &Mention<Anything>) -> bool {
    let field = change.field.as_deref().unwrap_or("");
    let is_field = |fact: &String| field == fact || field.strip_prefix(fact.as_str()).is_some_and(|rest| rest.starts_with('.'));
    change.record == mention.name && mention.fact.as_ref().is_none_or(is_field)
}
