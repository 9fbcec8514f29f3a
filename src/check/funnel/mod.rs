//! Whether the buyer's way has no gap, and each hand-over its promises.

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section { title: "Funnel", rules: &[] };
