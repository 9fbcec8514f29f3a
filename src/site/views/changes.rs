//! What changed, and for whom: a page for every version, newest first, and one for each pair of them.

use super::parts::{Link, RoleMark};
use super::wording::count;
use crate::history::diff::prose::Piece;
use crate::history::diff::say;
use crate::history::{self, Change, Weight};
use crate::model::kinds::page;
use crate::model::kinds::role::Role;
use crate::model::value::{long_date, month_year};
use crate::model::{Kind, Name, Record};
use crate::site::chronicle::Way;
use crate::site::edition::Edition;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// Every version, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct Changes {
    /// "What changed".
    pub title: String,
    /// One sentence.
    pub lead: Html,
    /// The versions.
    pub versions: Vec<Version>,
    /// What was announced, the latest first.
    pub notes: Vec<Note>,
}

/// An announcement.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// Its page.
    pub link: Link,
    /// "From 2 March 2026".
    pub since: Option<String>,
    /// Why.
    pub why: Option<Html>,
}

/// What changed with one version.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// What its heading is known by in the address.
    pub id: String,
    /// "v3".
    pub label: String,
    /// "August 2026"; empty where it is not released.
    pub date: String,
    /// "4 to know, 12 in all".
    pub count: String,
    /// The first of what everybody or somebody must know.
    pub must: Vec<Item>,
    /// The page with all of it.
    pub all: Link,
}

/// What changed between two versions.
#[derive(Debug, Clone, Serialize)]
pub struct Between {
    /// "What changed from v1 to v3".
    pub title: String,
    /// What the newer version is about, as whoever tagged it says; else "14 changes, 5 that somebody must know.".
    pub lead: Html,
    /// The versions around them.
    pub line: Vec<Point>,
    /// By how much they matter.
    pub groups: Vec<Group>,
    /// The roles that can be chosen to see only what touches them.
    pub roles: Vec<Choice>,
    /// Stands here where nothing changed.
    pub empty: Option<String>,
    /// The step before this one, and the one after it.
    pub around: [Option<Link>; 2],
}

/// A version on the line of versions.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// "v3".
    pub label: String,
    /// "August 2026".
    pub date: String,
    /// The page of the step that ends with it.
    pub href: Option<String>,
    /// Whether the page tells of the way to it, or from it.
    pub on: bool,
    /// Whether it is where the way begins.
    pub first: bool,
}

/// A role to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub label: String,
}

/// Changes that matter alike.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// What its heading is known by in the address.
    pub id: String,
    /// "Must know".
    pub title: String,
    /// How many there are.
    pub count: usize,
    /// What that means.
    pub note: String,
    /// How many there are, where they are folded away: "14 changes".
    pub folded: Option<String>,
    /// The changes.
    pub items: Vec<Item>,
}

/// A change as one role is told it.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Its id.
    pub role: String,
    /// What changed for it.
    pub says: Html,
}

/// A change.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// What it is known by in the address.
    pub id: String,
    /// What changed.
    pub says: Html,
    /// The same to each role that is told otherwise.
    pub told: Vec<Told>,
    /// How much it matters: 0 is "must know".
    pub weight: usize,
    /// Why.
    pub why: Option<String>,
    /// "From 2 March 2026".
    pub effective: Option<String>,
    /// Whether everyone has to know.
    pub everyone: bool,
    /// Else who has, or the first of very many.
    pub roles: Vec<RoleMark>,
    /// How many more.
    pub more: Option<String>,
    /// The ids of those roles, parted by spaces; `*` for everyone.
    pub touches: String,
    /// The ids of their partners in it, for whom it matters one step less.
    pub partners: String,
    /// Where a text was rewritten: its first places, word by word.
    pub places: Vec<Html>,
    /// The record as it was: "v1".
    pub before: Option<Link>,
    /// The record as it became.
    pub after: Option<Link>,
}

/// So many changes of a version stand on the page of all versions.
const FIRST: usize = 8;

/// So many roles stand beside a change.
const ROLES: usize = 5;

/// The page of every version.
pub fn all(sheet: &Sheet<'_>) -> Changes {
    let steps = sheet.shelf.chronicle.steps();
    Changes {
        title: "What changed".to_owned(),
        lead: Html::text("Version by version, what you do differently since, and what it is good to know."),
        versions: steps.iter().rev().map(|way| version(sheet, way)).collect(),
        notes: notes(sheet),
    }
}

fn notes(sheet: &Sheet<'_>) -> Vec<Note> {
    let mut announced: Vec<_> = sheet.playbook().changes.iter().collect();
    announced.sort_by_key(|change| std::cmp::Reverse(change.effective));
    let note = |change: &Record<page::Change>| Note {
        link: sheet.link(&change.base.name),
        since: change.effective.map(long_date),
        why: sheet.words_of(change.why.as_ref()),
    };
    announced.into_iter().map(note).collect()
}

fn version(sheet: &Sheet<'_>, way: &Way) -> Version {
    let told = sheet.shelf.chronicle.told(way);
    // Another version may have changed the same.
    let item = |change| {
        let item = item(sheet, way, change);
        Item { id: format!("{}-{}", told.to, item.id), places: Vec::new(), ..item }
    };
    let must: Vec<Item> = of(told, Weight::Must).take(FIRST).map(item).collect();
    let edition = sheet.shelf.editions.get(way.to);
    Version {
        id: told.to.clone(),
        label: told.to.clone(),
        date: edition.and_then(|e| e.date).map(month_year).unwrap_or_default(),
        count: tally(told.all.iter().map(|change| change.weight)),
        must,
        all: Link { label: "Everything that changed".to_owned(), href: sheet.outer_href(&way.address) },
    }
}

fn of(told: &history::Changes, weight: Weight) -> impl Iterator<Item = &Change> {
    told.all.iter().filter(move |c| c.weight == weight)
}

/// "14 changes, 5 that somebody must know".
pub fn tally(weights: impl Iterator<Item = Weight>) -> String {
    let weights: Vec<Weight> = weights.collect();
    let must = weights.iter().filter(|weight| **weight == Weight::Must).count();
    let all = count(weights.len(), "change", "changes");
    if must == 0 { all } else { format!("{all}, {must} that somebody must know") }
}

/// The page of two versions.
pub fn between(sheet: &Sheet<'_>, way: &Way, told: &history::Changes) -> Between {
    let weights = [
        (Weight::Must, "must", "Somebody does something differently."),
        (Weight::Should, "should", "It touches your numbers or those you work with."),
        (Weight::Good, "good", "Nothing to do."),
        (Weight::Wording, "wording", "The same, said better."),
    ];
    let group = |(weight, id, note): (Weight, &str, &str)| Group {
        id: id.to_owned(),
        title: weight.heading().to_owned(),
        count: of(told, weight).count(),
        note: note.to_owned(),
        folded: (weight >= Weight::Good).then(|| count(of(told, weight).count(), "change", "changes")),
        items: of(told, weight).map(|change| item(sheet, way, change)).collect(),
    };
    let playbook = sheet.playbook();
    let touched = |id: &str| told.all.iter().any(|c| !c.touches.everyone && c.weight_for(&Name::new(Kind::Role, id)).is_some());
    let roles = playbook.roles.iter().filter(|r| touched(r.id()));
    Between {
        title: format!("What changed from {} to {}", told.from, told.to),
        lead: match sheet.shelf.chronicle.subject(way) {
            Some(subject) => Html::text(&format!("{}.", subject.trim_end_matches('.'))),
            None => Html::text(&format!("{}.", tally(told.all.iter().map(|change| change.weight)))),
        },
        line: line(sheet, way),
        groups: weights.into_iter().map(group).filter(|g| !g.items.is_empty()).collect(),
        roles: roles.map(|r| Choice { id: r.id().to_owned(), label: r.title().to_owned() }).collect(),
        empty: told.all.is_empty().then(|| "Nothing changed between these two.".to_owned()),
        around: [way.from.checked_sub(1).map(|from| (from, way.from)), Some((way.to, way.to + 1))].map(|step| step_link(sheet, step?)),
    }
}

/// The page of one step.
fn step_link(sheet: &Sheet<'_>, (from, to): (usize, usize)) -> Option<Link> {
    let way = sheet.shelf.chronicle.steps().iter().find(|way| (way.from, way.to) == (from, to))?;
    let label = |at: usize| sheet.shelf.editions.get(at).map(|edition| edition.label.as_str());
    Some(Link { label: format!("{} to {}", label(from)?, label(to)?), href: sheet.outer_href(&way.address) })
}

/// The two versions and their neighbours; what lies between them is left out where it is much.
fn line(sheet: &Sheet<'_>, way: &Way) -> Vec<Point> {
    let near = |at: usize| way.to - way.from < MANY || at.abs_diff(way.from) < 2 || at.abs_diff(way.to) < 2;
    let shown = |at: &usize| *at + 1 >= way.from && *at <= way.to + 1 && near(*at);
    let editions = sheet.shelf.editions.iter().enumerate().filter(|(at, _)| shown(at));
    let point = |(at, edition): (usize, &Edition)| Point {
        label: edition.label.clone(),
        date: edition.month().unwrap_or_default(),
        href: at.checked_sub(1).and_then(|before| step_link(sheet, (before, at))).map(|link| link.href),
        on: (way.from..=way.to).contains(&at),
        first: at == way.from,
    };
    editions.map(point).collect()
}

/// More versions than this between two are not all shown.
const MANY: usize = 5;

fn item(sheet: &Sheet<'_>, way: &Way, change: &Change) -> Item {
    let editions = &sheet.shelf.editions;
    let trail = editions.trail(way.to, &change.record);
    let link = |at: usize, words: &str| {
        let address = match trail.names.get(at)? {
            Some(_) => trail.addresses.get(at)?.clone(),
            None if at == way.from => editions.address(at, &change.record),
            None => None,
        };
        let label = format!("{words} {}", editions.get(at)?.label);
        Some(Link { label, href: sheet.outer_href(&address?) })
    };
    let playbook = sheet.playbook();
    // Where everyone has to know, nobody need be named.
    let named = change.touches.roles.iter().filter(|_| !change.touches.everyone);
    let roles: Vec<&Record<Role>> = named.filter_map(|name| playbook.roles.get(&name.id)).collect();
    Item {
        id: change.anchor.clone(),
        says: says(sheet, way, change),
        told: told_to(change),
        weight: change.weight as usize,
        why: change.why.as_deref().map(say::sentence),
        effective: change.effective.map(|day| format!("From {}", long_date(day))),
        everyone: change.touches.everyone,
        roles: roles.iter().take(ROLES).map(|role| sheet.role_mark(role)).collect(),
        more: roles.len().checked_sub(ROLES).filter(|more| *more > 0).map(|more| format!("and {more} more")),
        touches: touches(change),
        partners: partners(change),
        places: places(change),
        before: link(way.from, "Before, in"),
        after: link(way.to, "Now, in"),
    }
}

/// The sentence, with a link on the record's name and marks on what it said and says.
fn says(sheet: &Sheet<'_>, way: &Way, change: &Change) -> Html {
    let editions = &sheet.shelf.editions;
    let base = |at: usize| editions.get(at)?.playbook.base(&change.record);
    let titles: Vec<&str> = [way.to, way.from].into_iter().filter_map(base).map(|base| base.title.as_str()).collect();
    let there =
        [way.to, way.from].into_iter().find_map(|at| editions.address(at, &change.record)).map(|address| sheet.outer_href(&address));
    let short = |value: &&str| !value.is_empty() && value.chars().count() <= MARKED && !titles.contains(value);
    // Only where both stand there is it plain which is which.
    let both = change.after.as_deref().filter(short).zip(change.before.as_deref().filter(short));
    let both = both.filter(|(is, was)| [is, was].into_iter().all(|value| whole(&say::plain(&change.sentence), value).is_some()));
    let mut open = [("ins", both.map(|(is, _)| is)), ("del", both.map(|(_, was)| was))];
    let parts = say::parts(&change.sentence);
    let part = |(at, part): (usize, &String)| match (&there, at % 2 == 1) {
        (Some(href), true) if titles.contains(&part.as_str()) => Html::link(href, part),
        (_, true) => Html::element("b", part),
        _ => marked(part, &mut open),
    };
    Html::joined(&parts.iter().enumerate().map(part).collect::<Vec<_>>(), "")
}

/// Longer values are not marked in a sentence.
const MARKED: usize = 60;

/// A stretch of a sentence in which the values that are still to be marked are, each once.
fn marked(words: &str, open: &mut [(&'static str, Option<&str>); 2]) -> Html {
    let found = open.iter().enumerate().filter_map(|(which, (_, value))| Some((whole(words, (*value)?)?, which)));
    let Some((place, which)) = found.min_by_key(|(place, _)| *place) else { return Html::text(words) };
    let Some((name, Some(value))) = open.get_mut(which).map(|(name, value)| (*name, value.take())) else { return Html::text(words) };
    let (before, rest) = words.split_at(place);
    let after = rest.get(value.len()..).unwrap_or("");
    Html::joined(&[Html::text(before), Html::element(name, value), marked(after, open)], "")
}

/// Where a value stands in words as a word of its own.
fn whole(words: &str, value: &str) -> Option<usize> {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let stands = |at: &usize| {
        let (before, rest) = words.split_at(*at);
        is_end(before.chars().next_back()) && is_end(rest.get(value.len()..).and_then(|after| after.chars().next()))
    };
    words.match_indices(value).map(|(at, _)| at).find(stands)
}

/// The ids of the roles a change touches, parted by spaces; `*` for everyone.
pub fn touches(change: &Change) -> String {
    if change.touches.everyone {
        return "*".to_owned();
    }
    change.touches.roles.iter().map(|name| name.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The ids of their partners in it.
pub fn partners(change: &Change) -> String {
    change.touches.partners.iter().map(|name| name.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The sentence as each role is told it that is told it otherwise.
fn told_to(change: &Change) -> Vec<Told> {
    let told = |(role, words): (&Name, &String)| Told { role: role.id.clone(), says: Html::stressed(&say::parts(words)) };
    change.told.iter().map(told).collect()
}

/// A heading without its marks.
fn heading(words: &str) -> &str {
    words.trim_start_matches('#').trim_start()
}

/// So many places of a rewritten text are shown.
const PLACES: usize = 3;

/// The first places of a rewritten text.
fn places(change: &Change) -> Vec<Html> {
    // A sentence that says what it was and what it is says all of it.
    let Some(rewritten) = change.rewritten.as_ref().filter(|_| !change.sentence.contains("(was ")) else { return Vec::new() };
    let all = rewritten.places();
    let more = all.len().saturating_sub(PLACES);
    let place = |pieces: &Vec<Piece>| {
        let piece = |piece: &Piece| match piece {
            Piece::Kept(words) => Html::text(words),
            Piece::Added(words) => Html::element("ins", heading(words)),
            Piece::Removed(words) => Html::element("del", heading(words)),
        };
        Html::joined(&pieces.iter().map(piece).collect::<Vec<_>>(), " ")
    };
    let rest = (more > 0).then(|| Html::text(&format!("And {}.", count(more, "more place", "more places"))));
    all.iter().take(PLACES).map(place).chain(rest).collect()
}
