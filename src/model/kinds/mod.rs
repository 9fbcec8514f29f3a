//! The kinds of record, each with its fields declared once.

pub mod common;
pub mod customer;
pub mod funnel;
pub mod goal;
pub mod offering;
pub mod page;
pub mod playbook;
pub mod responsibility;
pub mod rhythm;
pub mod role;
pub mod team;
pub mod term;
pub mod training;
