//! The door out: the only code that writes a site, and why a reader never sees half of one.
//!
//! A site is staged beside its target and swapped in whole, so a build that is killed, fails, or fills the disk leaves the old
//! site as it was. That holds by construction, not by care:
//!
//! ```text
//! place     may the site go there at all?          refused before anything is touched
//! lock      one builder at a time                  a lock that dies with its process, in `.<site>.onside/`
//! settle    what a killed build left               cleared, the user's files put back
//! live      what is there now                      ours (in the manifest), or the user's (everything else)
//! stage     `.<site>.onside/next/`                 only what changed is written, the rest is linked, the user's files too
//! swap      `next` → `swap`, `swap` ⇄ site         one system call; before it the old site, after it the new one
//! settle    `swap/`, now the old site              only what its manifest lists is deleted
//! ```
//!
//! The folder's *name* is the state a killed build leaves: `next` is never more than a staging tree and may go; `swap` and `old`
//! may be a site, so nothing in them is deleted that their own manifest does not list and the live site does not also hold.
//! Until the swap, an `Err` means that the site is as it was; after it, there is no `Err` (see `Published::leftover`).
//!
//! What is deliberately absent: deleting a folder by its path, following links, and trusting the umask.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this folder is door 2: the file system is what it is for")]

mod claim;
mod live;
mod manifest;
mod names;
mod place;
mod refusal;
mod rights;
mod seen;
mod settle;
mod stage;
mod swap;
mod write;

#[cfg(test)]
#[cfg(unix)]
mod tests;

pub use manifest::MANIFEST;
pub use place::Target;
pub use refusal::Refusal;
pub use write::{Failure, Published, Step, up_to_date, write};
