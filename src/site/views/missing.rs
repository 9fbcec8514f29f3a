//! The page for addresses that are none.

use super::parts::Link;
use crate::route::Listing;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// What a reader finds who followed a link that is no more.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// What happened.
    pub title: String,
    /// Where to go from here.
    pub doors: Vec<Link>,
}

/// The view. It is served at any address, so its links begin at the root of the site.
pub fn view(sheet: &Sheet<'_>) -> Missing {
    let doors = [Listing::Home, Listing::Responsibilities, Listing::Funnel, Listing::Terms, Listing::Goals, Listing::Teams, Listing::Pages];
    Missing {
        title: "There is no page here".to_owned(),
        doors: doors
            .into_iter()
            .filter(|l| sheet.has(l.address()))
            .map(|l| Link { label: l.label().to_owned(), href: sheet.href(l.address()) })
            .collect(),
    }
}
