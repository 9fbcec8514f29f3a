//! Whether everybody uses the same words, and today's.

use super::Section;

/// The rules, in the order of the list they come from.
pub const SECTION: Section = Section { title: "Words and messages", rules: &[] };
