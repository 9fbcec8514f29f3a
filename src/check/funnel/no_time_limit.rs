//! A stage in which one may stay for ever.

use crate::check::doubt::told;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::funnel::BowSide;

/// The rule. Fleet's public stage sheet leaves six of seven time limits open.
pub const RULE: Rule = Rule {
    name: "no-time-limit",
    level: Level::Warning,
    why: "without a limit nobody notices who has been waiting since spring",
    page: include_str!("no_time_limit.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let endless = super::stages(run).filter(|s| super::is_on(s, BowSide::Acquire) && s.outcome.is_none() && s.at_most.is_none());
    let worded = endless.filter(|s| !told(&s.base, "at_most") && !told(&s.base, "outcome")).map(|stage| {
        Finding::at(stage.base.title_span, format!("one may stay in `{}` for ever", stage.title()))
            .label("no `at_most`, so nobody is told when somebody has waited too long")
            .help("write how long is long enough: `at_most = \"10 business days\"`")
            .of(&stage.base.name)
    });
    worded.collect()
}
