//! The edit loop: a server on this machine that renders the page asked for.
//!
//! A request is a look-up among the known addresses; no part of it ever becomes a path.

mod server;

pub use server::serve;
