//! Whether somebody keeps the playbook true, and the teams work together.

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section { title: "Keeping it true, and working together", rules: &[] };
