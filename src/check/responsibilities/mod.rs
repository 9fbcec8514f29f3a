//! Whether each activity has one role that answers for it, and somebody who does it.

mod many_accountable;
mod no_accountable;
mod no_responsible;

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section =
    Section { title: "Responsibilities", rules: &[&no_accountable::RULE, &many_accountable::RULE, &no_responsible::RULE] };
