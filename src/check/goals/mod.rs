//! Whether teams share goals that can be measured.

mod broken_series;

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section { title: "Goals and metrics", rules: &[&broken_series::RULE] };
