//! What we sell: its name and price today, what to tell a caller who uses an old name, how it came to this.
//!
//! For whoever is on the phone, and for whoever writes it on a flyer.

use super::parts::{Link, TeamMark};
use super::term::{Once, once};
use super::wording::{capital, day, series};
use crate::model::kinds::common::Status;
use crate::model::kinds::offering::{self, Asset, Message, Price};
use crate::model::value::{in_currency, long_date};
use crate::model::{Name, Record};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing we sell.
#[derive(Debug, Clone, Serialize)]
pub struct Offering {
    /// What it is called today.
    pub title: String,
    /// What it is.
    pub lead: Option<Html>,
    /// What it costs today.
    pub cost: Option<Cost>,
    /// Since when, and what it was: "since 2 March, was £14.50".
    pub cost_note: Option<String>,
    /// The next price, where one is set: "From 1 January 2027: £13.50 per head".
    pub cost_next: Option<String>,
    /// What it was called.
    pub once: Vec<Once>,
    /// What to say to a caller.
    pub answer: Option<Answer>,
    /// Its names and prices, in order of time.
    pub history: Vec<Event>,
    /// Whether it is said for whom it is, or for whom not.
    pub whom: bool,
    /// For whom it is.
    pub segments: Vec<Segment>,
    /// For whom it is not.
    pub not_for: Option<Html>,
    /// What it solves.
    pub solves: Vec<Html>,
    /// What we say about it.
    pub messages: Vec<Said>,
    /// What carries its name.
    pub material: Vec<Material>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// A price, its amount apart from what it is for.
#[derive(Debug, Clone, Serialize)]
pub struct Cost {
    /// "£12.90".
    pub amount: String,
    /// "per head".
    pub per: Option<String>,
}

/// What to say to a caller.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// "If a caller says “Boardroom Lunch”".
    pub title: String,
    /// The sentence.
    pub says: Html,
}

/// A day on which its name or price changed.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// The day: "2 March 2026".
    pub day: String,
    /// "done", "now" for what holds today, "later".
    pub state: &'static str,
    /// What changed.
    pub shifts: Vec<Shift>,
    /// Why.
    pub why: Option<Html>,
}

/// A name or a price that took another's place.
#[derive(Debug, Clone, Serialize)]
pub struct Shift {
    /// What held before; nothing at the beginning.
    pub before: Option<String>,
    /// What holds from then on.
    pub after: String,
}

/// A kind of customer.
#[derive(Debug, Clone, Serialize)]
pub struct Segment {
    /// Which.
    pub link: Link,
    /// How large: "10 to 49 desks".
    pub size: Option<Html>,
}

/// A message about it.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// To whom: "Office manager".
    pub to: Option<String>,
    /// When, by the stage: "Tasting".
    pub at: Option<String>,
    /// The message's page.
    pub href: String,
    /// The promise.
    pub promise: Html,
}

/// A piece of material.
#[derive(Debug, Clone, Serialize)]
pub struct Material {
    /// Which.
    pub link: Link,
    /// What it is: "Flyer".
    pub kind: String,
    /// Who made it.
    pub teams: Vec<TeamMark>,
    /// What to use instead, where it is retired.
    pub instead: Option<Link>,
    /// Whether it is retired.
    pub retired: bool,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, it: &Record<offering::Offering>) -> Offering {
    let price = it.price_on(sheet.today());
    Offering {
        title: it.title().to_owned(),
        lead: sheet.words_of(it.base.common.summary.as_ref()),
        cost: price.and_then(cost),
        cost_note: price.and_then(|p| cost_note(sheet, it, p)),
        cost_next: next_cost(sheet, it),
        once: once(sheet, &it.formerly),
        answer: answer(sheet, it),
        history: history(sheet, it),
        whom: !it.segments.is_empty() || it.not_for.is_some(),
        segments: it
            .segments
            .iter()
            .map(|s| Segment { link: sheet.link_ref(s), size: sheet.words_of(sheet.playbook().segments[s].size.as_ref()) })
            .collect(),
        not_for: sheet.words_of(it.not_for.as_ref()),
        solves: sheet.all_words(&it.solves),
        messages: sheet.playbook().messages.iter().filter(|m| is_about(m, &it.base.name)).filter_map(|m| said(sheet, m)).collect(),
        material: material(sheet, &it.base.name),
        body: sheet.body(&it.base),
    }
}

/// A price, its amount apart from what it is for.
pub fn cost(price: &Price) -> Option<Cost> {
    let money = price.amount.as_ref()?;
    let amount = in_currency(&money.currency, &money.amount.to_string());
    Some(Cost { amount, per: money.per.as_ref().map(|per| format!("per {per}")) })
}

fn cost_note(sheet: &Sheet<'_>, it: &Record<offering::Offering>, now: &Price) -> Option<String> {
    let from = now.from?;
    let since = format!("since {}", day(from, sheet.today()));
    let earlier = it.price.iter().filter(|p| p.from.is_none_or(|f| f < from)).max_by_key(|p| p.from);
    Some(match earlier.and_then(cost) {
        Some(was) => format!("{since}, was {}", was.amount),
        None => since,
    })
}

fn next_cost(sheet: &Sheet<'_>, it: &Record<offering::Offering>) -> Option<String> {
    let coming = it.price.iter().filter(|p| p.from.is_some_and(|f| f > sheet.today())).min_by_key(|p| p.from)?;
    Some(format!("From {}: {}", long_date(coming.from?), coming.amount.as_ref()?))
}

fn answer(sheet: &Sheet<'_>, it: &Record<offering::Offering>) -> Option<Answer> {
    let says = sheet.words(it.caller_says.as_ref()?);
    let names: Vec<String> = it.formerly.iter().filter_map(|f| f.text()).map(|n| format!("“{n}”")).collect();
    let title = if names.is_empty() {
        format!("If a caller asks for the {}", it.title())
    } else {
        format!("If a caller says {}", series(&names).replace(" and ", " or "))
    };
    Some(Answer { title, says })
}

/// Its names and prices in one line of time. Each day says what took whose place.
fn history(sheet: &Sheet<'_>, it: &Record<offering::Offering>) -> Vec<Event> {
    let mut days: BTreeMap<Option<Date>, (Vec<Shift>, Option<Html>)> = BTreeMap::new();
    let mut names: Vec<_> = it.formerly.iter().filter(|f| f.name.is_some()).collect();
    names.sort_by_key(|f| f.until);
    for (at, old) in names.iter().enumerate() {
        let after = names.get(at + 1).and_then(|n| n.text()).unwrap_or(it.title()).to_owned();
        let event = days.entry(old.until).or_default();
        event.0.push(Shift { before: old.text().map(str::to_owned), after });
        event.1 = sheet.words_of(old.why.as_ref());
    }
    let mut prices: Vec<&Price> = it.price.iter().filter(|p| p.amount.is_some()).collect();
    prices.sort_by_key(|p| p.from);
    let first = prices.first().map(|p| p.from);
    for (at, price) in prices.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| prices.get(i)).and_then(|p| cost(p)).map(|c| c.amount);
        let Some(amount) = price.amount.as_ref() else { continue };
        days.entry(price.from).or_default().0.push(Shift { before, after: amount.to_string() });
    }
    let began = names.first().and_then(|n| n.text()).unwrap_or(it.title()).to_owned();
    let opening = days.first_entry().filter(|e| Some(*e.key()) == first && e.get().0.iter().all(|s| s.before.is_none()));
    if let Some(mut opening) = opening {
        opening.get_mut().0.insert(0, Shift { before: None, after: began });
    }
    let today = sheet.today();
    let now = days.keys().filter(|d| d.is_none_or(|d| d <= today)).max().copied();
    days.into_iter()
        .map(|(date, (shifts, why))| Event {
            day: date.map_or_else(|| "Before".to_owned(), long_date),
            state: if date.is_some_and(|d| d > today) {
                "later"
            } else if Some(date) == now {
                "now"
            } else {
                "done"
            },
            shifts,
            why,
        })
        .collect()
}

/// Whether a message is about a record.
pub fn is_about(message: &Record<Message>, name: &Name) -> bool {
    message.about.as_ref().is_some_and(|a| a.name == *name)
}

fn said(sheet: &Sheet<'_>, message: &Record<Message>) -> Option<Said> {
    Some(Said {
        to: message.persona.as_ref().map(|p| sheet.link_ref(p).label),
        at: message.stage.as_ref().map(|s| sheet.link_ref(s).label),
        href: sheet.href_of(&message.base.name),
        promise: sheet.words(message.promise.as_ref()?),
    })
}

/// What carries a name; what is retired stands last.
fn material(sheet: &Sheet<'_>, name: &Name) -> Vec<Material> {
    let about = |asset: &&Record<Asset>| asset.about.iter().any(|a| a.name == *name);
    let mut all: Vec<Material> = sheet
        .playbook()
        .assets
        .iter()
        .filter(about)
        .map(|asset| Material {
            link: sheet.link(&asset.base.name),
            kind: asset.kind.map_or_else(String::new, |k| capital(k.word)),
            teams: asset.made_with.iter().map(|t| sheet.team(t)).collect(),
            instead: asset.replaced_by.as_ref().map(|r| sheet.link_ref(r)),
            retired: asset.replaced_by.is_some() || asset.base.common.status.is_some_and(|s| s.value == Status::Retired),
        })
        .collect();
    all.sort_by_key(|m| m.retired);
    all
}
