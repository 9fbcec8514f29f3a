//! Search that knows the vocabulary: records to an index, and a query to what it leads to.
//!
//! What is found here is found in the browser in the same order: the index is packed for its script, and both read one order (`order.json`).

pub mod answers;
pub mod card;
pub mod contracts;
pub mod entries;
mod excerpt;
pub mod fold;
pub mod index;
pub mod order;
mod prose;
mod query;
mod rank;
mod reply;
mod typo;

pub use entries::{Entry, Source, count};
pub use index::{Index, WHOLE};
pub use query::is_question;
pub use reply::{Answered, Hit, Reply, search};
pub use typo::is_known;
