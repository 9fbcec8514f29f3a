//! An announcement: what changed, since when, why, and whom it concerns.
//!
//! For everyone it concerns, before a client tells them.

use super::audience::{self, Audience};
use super::offering::Shift;
use super::parts::Link;
use super::wording::day;
use crate::model::kinds::offering::OldName;
use crate::model::kinds::page::{self, ChangeKind};
use crate::model::value::long_date;
use crate::model::{Kind, Name, Record};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use jiff::civil::Date;
use serde::Serialize;

/// An announcement.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// What changed, as a sentence.
    pub title: String,
    /// Why.
    pub lead: Option<Html>,
    /// "A new name", "A new price".
    pub kind: Option<&'static str>,
    /// The old and the new, where it is a name or a price.
    pub shift: Option<Shift>,
    /// Since when: "Since 2 March 2026".
    pub since: Option<String>,
    /// By when to have read it: "Read it by 10 August".
    pub read_by: Option<String>,
    /// Whom it concerns.
    pub audience: Option<Audience>,
    /// What it is about.
    pub about: Vec<Link>,
    /// The note.
    pub body: Option<Prose>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, change: &Record<page::Change>) -> Change {
    let today = sheet.today();
    Change {
        title: change.title().to_owned(),
        lead: sheet.words_of(change.why.as_ref()),
        kind: change.kind.map(|k| kind(k.value)),
        shift: shift(sheet, change),
        since: change.effective.map(|d| format!("{} {}", if d > today { "From" } else { "Since" }, long_date(d))),
        read_by: change.read_by.map(|d| format!("by {}", day(d, today))),
        audience: audience::view(sheet, &change.tell),
        about: change.about.iter().map(|a| sheet.link(&a.name)).collect(),
        body: sheet.body(&change.base),
    }
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Rename => "A new name",
        ChangeKind::Price => "A new price",
        ChangeKind::Owner => "Somebody else answers for it",
        ChangeKind::Process => "We work differently",
        ChangeKind::Promotion => "A promotion",
        ChangeKind::Other => "A change",
    }
}

/// What took whose place on the day of the change: a name or a price.
fn shift(sheet: &Sheet<'_>, change: &Record<page::Change>) -> Option<Shift> {
    let effective = change.effective?;
    change.about.iter().find_map(|about| match change.kind?.value {
        ChangeKind::Rename => renamed(sheet, &about.name, effective),
        ChangeKind::Price => repriced(sheet, &about.name, effective),
        _ => None,
    })
}

fn renamed(sheet: &Sheet<'_>, name: &Name, effective: Date) -> Option<Shift> {
    let p = sheet.playbook();
    let old: &[OldName] = match name.kind {
        Kind::Offering => &p.offerings.get(&name.id)?.formerly,
        Kind::Term => &p.terms.get(&name.id)?.retired,
        _ => return None,
    };
    let before = old.iter().find(|o| o.until == Some(effective))?.text().map(str::to_owned);
    Some(Shift { before, after: sheet.link(name).label })
}

fn repriced(sheet: &Sheet<'_>, name: &Name, effective: Date) -> Option<Shift> {
    let offering = sheet.playbook().offerings.get(&name.id).filter(|_| name.kind == Kind::Offering)?;
    let from = offering.price.iter().find(|p| p.from == Some(effective))?;
    let earlier = offering.price.iter().filter(|p| p.from.is_none_or(|f| f < effective)).max_by_key(|p| p.from);
    let before = earlier.and_then(super::offering::cost).map(|c| c.amount);
    Some(Shift { before, after: from.amount.as_ref()?.to_string() })
}
