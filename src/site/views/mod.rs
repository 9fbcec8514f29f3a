//! What each page shows, one file a page: plain data that a template prints.

pub mod block;
pub mod frame;
pub mod list;
pub mod missing;
pub mod parts;
pub mod record;
