//! The tests of the whole program, in one binary: it links once, and nextest runs each test on its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on is a test that failed"
)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests play the user, who has all the doors")]

mod add;
mod adopt;
mod audience;
mod audit;
mod cases;
mod cli;
mod health;
mod history;
mod history_diff;
mod hostile;
mod imported;
mod names;
mod preview;
mod reference;
mod sample_history;
mod support;
mod theme;
mod tidy;
mod torture;
mod warm;
