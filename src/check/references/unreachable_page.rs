//! A page no navigation, link or list leads to.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Mark;

/// The rule (asked for in MarsBased#117).
pub const RULE: Rule = Rule {
    name: "unreachable-page",
    level: Level::Warning,
    why: "a page that nobody can reach is kept by nobody and believed by whoever finds it",
    page: include_str!("unreachable_page.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let hidden = run
        .playbook
        .marked(Mark::Hidden)
        .into_iter()
        .filter_map(|b| run.playbook.pages.get(&b.name.id))
        .filter(|p| p.nav.as_ref().is_some_and(|n| n.hide));
    hidden
        .filter(|p| !run.playbook.used_by.contains_key(&p.base.name))
        .map(|p| {
            Finding::at(p.base.title_span, format!("nothing leads to the page `{}`", p.title()))
                .label("it is hidden from the navigation, and no link names it")
                .help("link to it from a page that readers see, or take out `hide = true`")
                .of(&p.base.name)
        })
        .collect()
}
