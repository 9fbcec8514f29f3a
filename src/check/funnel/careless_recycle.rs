//! A way back that nobody watches.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::kinds::funnel::Recycle;

/// The rule (seed 003, strategy 6: "take qualified prospects that are not yet sales ready and recycle them back into marketing").
pub const RULE: Rule = Rule {
    name: "careless-recycle",
    level: Level::Warning,
    why: "people who are sent back without a date, an owner or a fresh look are forgotten",
    page: include_str!("careless_recycle.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    super::recycles(run).flat_map(|r| [unsignalled(r), unkept(r), straight_back(run, r)]).flatten().collect()
}

fn unsignalled(way: &Record<Recycle>) -> Option<Finding> {
    if way.return_when.is_some() || told(&way.base, "return_when") {
        return None;
    }
    let finding = Finding::at(way.base.title_span, format!("`{}` does not say when people are contacted again", way.title()))
        .label("no `return_when`, so they wait until somebody happens to think of them")
        .help("write what brings them back: `return_when = \"…\"`")
        .of(&way.base.name);
    Some(finding)
}

fn unkept(way: &Record<Recycle>) -> Option<Finding> {
    let lost = || way.base.problems.iter().any(|p| matches!(p.trouble, crate::source::Trouble::UnknownReference { .. }));
    if way.base.common.owner.is_some() || told(&way.base, "owner") || lost() {
        return None;
    }
    let finding = Finding::at(way.base.title_span, format!("nobody looks after the people in `{}`", way.title()))
        .label("no `owner`")
        .help("name the role that stays in touch with them: `owner = \"…\"`")
        .of(&way.base.name);
    Some(finding)
}

/// They come back to the role that declined them, and nothing says that somebody else takes them.
fn straight_back(run: &Run<'_>, way: &Record<Recycle>) -> Option<Finding> {
    let (from, back) = (way.from.as_ref()?, way.return_to.as_ref().or(way.to.as_ref())?);
    let owner = |stage| run.playbook.stages[stage].base.common.owner.as_ref();
    let same_role = way.return_to.is_some() && owner(from).is_some_and(|a| owner(back).is_some_and(|b| a == b));
    if way.not_to.is_some() || told(&way.base, "not_to") || !(from == back || same_role) {
        return None;
    }
    let again = |r| format!("`{}` decides again", run.playbook.roles[r].title());
    let label = owner(from).map_or_else(|| "the same role decides again".to_owned(), again);
    let finding = Finding::at(back.span, format!("`{}` leads straight back to where people were declined", way.title()))
        .label(label)
        .also(from.span, "declined here")
        .help("let another role look at them first: name a stage of that role in `return_to`")
        .of(&way.base.name);
    Some(finding)
}
