//! The site: every address is known, and a page is a pure function of (site, address).
//!
//! Nothing is rendered until it is asked for; `render` puts what stands here into templates.

pub mod chart;
pub mod chronicle;
pub mod diagram;
pub mod edition;
pub mod framing;
pub mod html;
pub mod open;
mod plan;
pub mod prose;
pub mod sheet;
pub mod shelves;
mod turning;
pub mod views;

pub use plan::{Page, Site};
pub use sheet::Sheet;
