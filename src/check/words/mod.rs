//! Whether everybody uses the same words, and today's.

mod avoided_synonym;
mod retired_name;
mod retired_name_to_customer;
mod stale_fact;

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Words and messages",
    rules: &[&retired_name::RULE, &retired_name_to_customer::RULE, &stale_fact::RULE, &avoided_synonym::RULE],
};
