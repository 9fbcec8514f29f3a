//! Documents to the playbook: a typed model of facts, each written once.
//!
//! Nothing here returns an error. A fault is kept as a problem beside what could be
//! read, so that one run shows them all and a broken record does not hide its neighbours.

pub mod assemble;
pub mod audience;
pub mod block;
pub mod document;
pub mod field;
pub mod formula;
pub mod funnel;
pub mod gather;
pub mod goals;
pub mod kept;
pub mod kind;
pub mod kinds;
pub mod link;
pub mod matrix;
pub mod namesake;
pub mod playbook;
pub mod prose;
pub mod raci;
pub mod raw;
pub mod record;
pub mod reference;
pub mod saying;
pub mod series;
pub mod summary;
pub mod types;
pub mod value;

pub use assemble::Assembly;
pub use kind::{Kind, Name};
pub use playbook::Playbook;
pub use record::{Base, Body, Mark, Record, Records, Target};
