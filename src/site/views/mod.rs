//! What each page shows, one file a page: plain data that a template prints.

pub mod activity;
pub mod block;
pub mod frame;
pub mod home;
pub mod letters;
pub mod list;
pub mod matrix;
pub mod missing;
pub mod numbers;
pub mod parts;
pub mod people;
pub mod record;
pub mod role;
pub mod team;
pub mod wording;
