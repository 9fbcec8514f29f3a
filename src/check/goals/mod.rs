//! Whether teams share goals that can be measured.

mod broken_series;
mod children_do_not_add_up;
mod goal_touches_nothing;
mod goal_without_owner;
mod goal_without_target;
mod impossible_target;
mod lonely_shared_goal;
mod measured_one_way;
mod metric_without_definition;
mod metric_without_source;
mod no_starter_metric;
mod not_on_required_goal;
mod only_lagging;
mod reward_for_one;
mod stale_series;
mod too_many_goals;
mod two_sources;
mod volume_without_quality;

use super::Section;
use crate::model::Record;
use crate::model::kinds::goal::{Goal, Metric, Scope};
use crate::model::types::Ref;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Goals and metrics",
    rules: &[
        &lonely_shared_goal::RULE,
        &goal_without_owner::RULE,
        &goal_without_target::RULE,
        &metric_without_definition::RULE,
        &metric_without_source::RULE,
        &impossible_target::RULE,
        &broken_series::RULE,
        &two_sources::RULE,
        &stale_series::RULE,
        &only_lagging::RULE,
        &volume_without_quality::RULE,
        &measured_one_way::RULE,
        &children_do_not_add_up::RULE,
        &not_on_required_goal::RULE,
        &reward_for_one::RULE,
        &too_many_goals::RULE,
        &no_starter_metric::RULE,
        &goal_touches_nothing::RULE,
    ],
};

/// Whether teams share a goal.
fn is_shared(goal: &Goal) -> bool {
    goal.scope.is_some_and(|s| s.value == Scope::Shared)
}

/// The metrics of a goal and those of its teams' parts, as they are referred to.
fn numbers(goal: &Record<Goal>) -> impl Iterator<Item = &Ref<Metric>> {
    goal.metrics.iter().chain(goal.submetrics.iter().filter_map(|s| s.metric.as_ref()))
}
