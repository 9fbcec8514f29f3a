//! A meeting: when, who comes, what is done minute by minute, and what there is afterwards.
//!
//! For whoever leads it, and for whoever wonders whether to come.

use super::parts::{Link, RoleMark, TeamMark};
use super::wording::{capital, day, minutes};
use crate::model::Record;
use crate::model::kinds::rhythm::{self, AgendaItem, ItemKind};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Ritual {
    /// Its name.
    pub title: String,
    /// What it is for.
    pub lead: Option<Html>,
    /// When; the one thing the reader came for: "Mondays, 09:30".
    pub when: Option<String>,
    /// "20 minutes, since 13 July".
    pub note: Option<String>,
    /// What is done, in order.
    pub agenda: Vec<Point>,
    /// Who comes, by team.
    pub groups: Vec<Group>,
    /// Who leads it.
    pub led_by: Option<RoleMark>,
    /// What there is afterwards.
    pub outputs: Vec<Html>,
    /// What is heard here.
    pub loops: Vec<Link>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// A point of the agenda.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// When it begins: "09:36"; without a clock, after how many minutes.
    pub at: Option<String>,
    /// What it is.
    pub item: Html,
    /// What is done with it: "We look", "We decide".
    pub kind: Option<&'static str>,
    /// How long: "8 min".
    pub minutes: Option<String>,
    /// Where its bar begins, in hundredths of the meeting.
    pub from: f32,
    /// How long its bar is, in hundredths.
    pub share: f32,
}

/// Those of one team who come.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The team.
    pub team: TeamMark,
    /// The roles.
    pub roles: Vec<RoleMark>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, ritual: &Record<rhythm::Ritual>) -> Ritual {
    let cadence = ritual.cadence.as_ref();
    let length = cadence.and_then(|c| c.minutes).map(minutes);
    let since = ritual.starts.map(|d| {
        let word = if d > sheet.today() { "from" } else { "since" };
        format!("{word} {}", day(d, sheet.today()))
    });
    let note: Vec<String> = length.into_iter().chain(since).collect();
    let here = |l: &&Record<rhythm::Loop>| l.ritual.as_ref().is_some_and(|r| r.name == ritual.base.name);
    Ritual {
        title: ritual.title().to_owned(),
        lead: sheet.words_of(ritual.base.common.summary.as_ref()),
        when: cadence.map(crate::model::value::Cadence::when),
        note: (!note.is_empty()).then(|| capital(&note.join(", "))),
        agenda: agenda(sheet, ritual),
        groups: groups(sheet, ritual),
        led_by: ritual.base.common.owner.as_ref().map(|o| sheet.role(o)),
        outputs: sheet.all_words(&ritual.outputs),
        loops: sheet.playbook().loops.iter().filter(here).map(|l| sheet.link(&l.base.name)).collect(),
        body: sheet.body(&ritual.base),
    }
}

/// The roles that come, by team, in the order of teams.
pub fn groups(sheet: &Sheet<'_>, ritual: &Record<rhythm::Ritual>) -> Vec<Group> {
    let p = sheet.playbook();
    let group = |team: &Record<crate::model::kinds::team::Team>| {
        let of = ritual.attends.iter().filter(|r| p.team_of(r).is_some_and(|t| t.id() == team.id()));
        Group { team: sheet.team_mark(team), roles: of.map(|r| sheet.role(r)).collect() }
    };
    p.teams.iter().map(group).filter(|g| !g.roles.is_empty()).collect()
}

fn agenda(sheet: &Sheet<'_>, ritual: &Record<rhythm::Ritual>) -> Vec<Point> {
    let total: u32 = ritual.agenda.iter().filter_map(|i| i.minutes).sum();
    let begins = ritual.cadence.as_ref().and_then(|c| c.time.as_deref()).and_then(clock);
    let mut gone = 0;
    let mut points = Vec::new();
    for item in &ritual.agenda {
        if let Some(words) = &item.item {
            points.push(point(item, sheet.words(words), (gone, total), begins));
        }
        gone += item.minutes.unwrap_or(0);
    }
    points
}

#[allow(clippy::cast_precision_loss, reason = "a meeting has few minutes")]
fn point(item: &AgendaItem, words: Html, (gone, total): (u32, u32), begins: Option<u32>) -> Point {
    let hundredths = |minutes: u32| if total == 0 { 0.0 } else { (minutes as f32 * 1000.0 / total as f32).round() / 10.0 };
    Point {
        at: (total > 0)
            .then(|| begins.map_or_else(|| format!("{gone}′"), |b| format!("{:02}:{:02}", (b + gone) / 60 % 24, (b + gone) % 60))),
        item: words,
        kind: item.kind.map(|k| done(k.value)),
        minutes: item.minutes.map(|m| format!("{m}\u{a0}min")),
        from: hundredths(gone),
        share: hundredths(item.minutes.unwrap_or(0)),
    }
}

/// Minutes since midnight of "09:30".
fn clock(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

fn done(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Review => "We look",
        ItemKind::Update => "We tell",
        ItemKind::Decide => "We decide",
        ItemKind::Win => "We are glad",
    }
}
