//! What comes of a playbook beside its site, one file each.

pub mod reference;
pub mod schema;
