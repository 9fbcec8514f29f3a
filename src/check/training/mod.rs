//! Whether what is taught can be learnt and is checked.

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section { title: "Training", rules: &[] };
