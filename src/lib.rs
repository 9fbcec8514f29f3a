//! Onside compiles a playbook: typed content in, a linked site out.
//!
//! ```text
//! files ─source─▶ documents ─model─▶ Playbook ─site─▶ Site (every address, rendered when asked) ─▶ publish ─▶ disk
//!                                      │                                                        ╲─▶ preview ─▶ browser
//!                                    check ─▶ findings                                         export ─▶ other files
//! ```
//!
//! Folders read like that line, and each uses what stands to its left:
//! diagnostic · source · project · model · history · route · search · check · site · render · export · publish · preview · adopt · cli.
//! `adopt` stands aside: it turns an old handbook into files that the rest then reads.

pub mod adopt;
pub mod check;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod export;
pub mod history;
pub mod mend;
pub mod model;
pub mod preview;
pub mod project;
pub mod publish;
pub mod render;
pub mod route;
pub mod search;
pub mod site;
pub mod source;
