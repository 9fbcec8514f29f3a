//! How healthy the playbook is: what is aligned, what is open and with whom, what is due, who is missing.
//!
//! For whoever keeps it. Each list begins with what most depends on.

mod alignment;
mod findings;
mod reviews;
mod vacant;

pub use findings::open_in;

use super::parts::{Link, RoleMark};
use super::wording::{capital, count, number};
use crate::model::{Base, Name};
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A part shows at most so many rows; the program tells all.
const ROWS: usize = 100;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Health {
    /// "How healthy is this playbook?".
    pub title: String,
    /// What there is to do, in a sentence that leads to each part.
    pub lead: Option<Html>,
    /// How far the teams say the same.
    pub alignment: alignment::Alignment,
    /// What is open, by owner.
    pub findings: findings::Findings,
    /// What is to be read through again, by month.
    pub reviews: reviews::Reviews,
    /// The roles that nobody holds.
    pub vacant: vacant::Vacant,
    /// What nobody has decided yet.
    pub undecided: findings::Undecided,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Health {
    let ranked = findings::ranked(sheet);
    let (reviews, overdue) = reviews::view(sheet);
    let (vacant, empty_chairs) = vacant::view(sheet);
    let undecided: Vec<_> = ranked.iter().filter(|f| f.finding.rule == findings::UNDECIDED).collect();
    let said = [
        (ranked.len(), "#findings", "finding is open", "findings are open"),
        (overdue, "#reviews", "review is overdue", "reviews are overdue"),
        (empty_chairs, "#vacant", "role is vacant", "roles are vacant"),
        (undecided.len(), "#undecided", "thing is not decided", "things are not decided"),
    ];
    Health {
        title: "How healthy is this playbook?".to_owned(),
        lead: Some(lead(&said)),
        alignment: alignment::view(sheet),
        findings: findings::by_owner(sheet, &ranked),
        reviews,
        vacant,
        undecided: findings::undecided(sheet, &undecided),
    }
}

/// "Three findings are open, one role is vacant."
fn lead(said: &[(usize, &str, &str, &str)]) -> Html {
    let parts = said.iter().filter(|(n, ..)| *n > 0).enumerate();
    let links: Vec<Html> = parts
        .map(|(at, (n, href, one, many))| {
            let words = format!("{} {}", number(*n), if *n == 1 { one } else { many });
            let label = if at == 0 { capital(&words) } else { words };
            prose::anchor(&Link { label, href: (*href).to_owned() })
        })
        .collect();
    if links.is_empty() {
        return Html::text("Nothing is open, no review is overdue and no role is vacant.");
    }
    Html::joined(&[Html::joined(&links, ", "), Html::text(".")], "")
}

/// What a part has no room for.
fn more(left: usize) -> Option<String> {
    (left > 0).then(|| format!("and {left} more"))
}

/// How many records refer to one.
fn users(sheet: &Sheet<'_>, name: &Name) -> usize {
    sheet.site.used_by(name).count()
}

/// "6 depend on it".
fn depends(users: usize) -> Option<String> {
    (users > 0).then(|| count(users, "depends on it", "depend on it"))
}

/// The role that keeps a record.
fn owner(sheet: &Sheet<'_>, base: &Base) -> Option<RoleMark> {
    base.common.owner.as_ref().map(|o| sheet.role(o))
}

/// A record's page, if it has one.
fn page_of(sheet: &Sheet<'_>, base: &Base) -> Option<Link> {
    let has_page = Listing::of(base.name.kind).is_some() || sheet.site.compiled.addresses.get(&base.name).is_some();
    has_page.then(|| sheet.link(&base.name))
}
