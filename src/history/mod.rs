//! What was, and what has changed since: the versions of a playbook, and two of them side by side.
//!
//! A version is a git tag, or the files as they stand now. Two versions are compared as models, never as texts:
//! what changed is said in a sentence, with whom it touches and how much it matters.

pub mod change;
pub mod dates;
pub mod diff;
pub mod git;
pub mod notice;
pub mod past;
pub mod release;
pub mod versions;

pub use change::{Change, Changes, Touched, Weight, What};
pub use dates::{Dates, Dating, Reasons};
pub use diff::{Health, Lookups, Side, Still, diff, diff_of, diff_with};
pub use notice::Notice;
pub use past::Past;
pub use release::release;
pub use versions::{History, Stands, Version, mark, read, read_those};
