//! Whether everybody uses the same words, and today's.

mod avoided_synonym;
mod buying_group_hole;
mod circular_definition;
mod claim_without_proof;
mod contradicting_term;
mod features_without_problem;
mod retired_name;
mod retired_name_to_customer;
mod stale_fact;
mod two_promises;
mod untold_change;

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "Words and messages",
    rules: &[
        &retired_name::RULE,
        &retired_name_to_customer::RULE,
        &stale_fact::RULE,
        &untold_change::RULE,
        &contradicting_term::RULE,
        &avoided_synonym::RULE,
        &circular_definition::RULE,
        &claim_without_proof::RULE,
        &buying_group_hole::RULE,
        &two_promises::RULE,
        &features_without_problem::RULE,
    ],
};
