//! Bytes to documents: knows syntax, not playbooks.
//!
//! Everything here keeps the place of every key, value, cell and link, because a
//! finding that cannot point is a finding nobody mends.

pub mod csv;
pub mod foreign;
pub mod markdown;
pub mod markup;
pub mod plain;
pub mod print;
pub mod problem;
pub mod toml;
pub mod tree;
pub mod value;
pub mod yaml;

pub use problem::{Problem, Trouble};
pub use value::{Data, Entry, Table, Value};
