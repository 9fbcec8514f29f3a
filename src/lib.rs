//! Onside.
