//! Whether everything that is written can be read, and leads somewhere.

mod allow_expired;
mod colliding_address;
mod cycle;
mod dead_address;
mod dead_link;
mod duplicate_id;
mod former_id;
mod hidden_reference;
pub(super) mod matched_nothing;
pub(super) mod merge_marker;
mod missing_field;
mod never_used;
mod retired_reference;
mod same_title;
pub(super) mod search_contract;
mod syntax;
mod undecided;
mod unknown_key;
pub(super) mod unknown_reference;
mod unreachable_page;
mod unreadable;
mod unsafe_markup;
mod wrong_kind;
mod wrong_type;

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section {
    title: "References and fields",
    rules: &[
        &syntax::RULE,
        &unreadable::RULE,
        &unknown_key::RULE,
        &missing_field::RULE,
        &undecided::RULE,
        &wrong_type::RULE,
        &unknown_reference::RULE,
        &wrong_kind::RULE,
        &duplicate_id::RULE,
        &former_id::RULE,
        &retired_reference::RULE,
        &hidden_reference::RULE,
        &dead_link::RULE,
        &unreachable_page::RULE,
        &never_used::RULE,
        &cycle::RULE,
        &same_title::RULE,
        &merge_marker::RULE,
        &unsafe_markup::RULE,
        &allow_expired::RULE,
        &colliding_address::RULE,
        &dead_address::RULE,
        &search_contract::RULE,
        &matched_nothing::RULE,
    ],
};
