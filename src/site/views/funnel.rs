//! The map: the buyer's way through all teams, drawn, and the same in words.
//!
//! For everyone, on their first day and whenever two teams speak of different things.

use super::contract;
use super::noes::{self, No};
use super::parts::{Empty, Link, RoleMark};
use super::stage::{self, WayIn};
use super::wording::{counted, lower};
use crate::model::funnel::{self, Funnel as Way, Place};
use crate::model::kinds::funnel::{BowSide, Handoff, Outcome, Recycle, Stage};
use crate::model::kinds::rhythm::LoopKind;
use crate::model::kinds::team::Team;
use crate::model::{Playbook, Record};
use crate::route::Listing;
use crate::site::diagram::{self, End, Handover, Lane, Loop, Map, Promise, Side, Source, Station, Ticket, WayBack, WordBack, Yard};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The map.
#[derive(Debug, Clone, Serialize)]
pub struct Funnel {
    /// Its name.
    pub title: String,
    /// Whose way it is, and who carries it.
    pub lead: String,
    /// What would be here.
    pub empty: Option<Empty>,
    /// Both drawings: the wide one and the one for phones.
    pub drawing: Html,
    /// How to read it, in a sentence.
    pub key: String,
    /// Whether the wide drawing says so itself.
    pub key_drawn: bool,
    /// The stations, in words.
    pub stations: Vec<StationRow>,
    /// Where it changes hands.
    pub crossings: Vec<Crossing>,
    /// Ways straight in.
    pub ways_in: Vec<Entrance>,
    /// Every no, and what calls it back.
    pub ways_back: Vec<Return>,
    /// Where it ends.
    pub ends: Vec<Ending>,
}

/// A station in words.
#[derive(Debug, Clone, Serialize)]
pub struct StationRow {
    /// The stage.
    pub stage: Link,
    /// Who looks after it.
    pub owner: Option<RoleMark>,
    /// What it is.
    pub says: Option<Html>,
    /// What must be true to go on.
    pub moves_on: Vec<Html>,
    /// How long one usually stays.
    pub usually: Option<String>,
    /// How many are won from here: "13 %".
    pub won: Option<String>,
}

/// A hand-over in words.
#[derive(Debug, Clone, Serialize)]
pub struct Crossing {
    /// The contract.
    pub handoff: Link,
    /// Its promises, each with who makes it.
    pub promises: Vec<Vowed>,
}

/// A promise and who makes it.
#[derive(Debug, Clone, Serialize)]
pub struct Vowed {
    /// Who.
    pub role: Option<RoleMark>,
    /// What and how soon.
    pub what: String,
}

/// A way straight in.
#[derive(Debug, Clone, Serialize)]
pub struct Entrance {
    /// Which stage it leads to.
    pub stage: Link,
    /// Where they come from.
    pub way: WayIn,
}

/// A way back in words.
#[derive(Debug, Clone, Serialize)]
pub struct Return {
    /// The stage it leaves.
    pub from: Option<Link>,
    /// Why, where it waits, what calls it.
    pub no: No,
    /// The stage it comes back to.
    pub returns: Option<Link>,
}

/// An end in words.
#[derive(Debug, Clone, Serialize)]
pub struct Ending {
    /// The stage.
    pub stage: Link,
    /// What it is.
    pub says: Option<Html>,
    /// The stages it is reached from.
    pub from: Vec<Link>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Funnel {
    let p = sheet.playbook();
    let way = funnel::funnel(p);
    let drawing = map_html(sheet);
    Funnel {
        title: Listing::Funnel.label().to_owned(),
        lead: lead(p, &way),
        empty: way.line.is_empty().then(empty),
        key_drawn: drawing.as_str().contains(&diagram::Words::default().key),
        drawing,
        key: "A ring is where it changes hands, and its ticket says what was promised. A bar is where the way ends. \
              Thin lines bring back those who said not now, and say what calls them."
            .to_owned(),
        stations: way.line.iter().map(|s| station_row(sheet, s)).collect(),
        crossings: p.handoffs.iter().map(|h| crossing(sheet, h)).collect(),
        ways_in: entrances(sheet, &way),
        ways_back: p.recycles.iter().map(|r| returning(sheet, r)).collect(),
        ends: way.ends.iter().map(|e| ending(sheet, e)).collect(),
    }
}

/// The map as every page shows it: one drawing for a wide window, one for a phone.
pub fn map_html(sheet: &Sheet<'_>) -> Html {
    let map = map(sheet);
    Html::joined(&[diagram::wide(&map), diagram::narrow(&map)], "")
}

fn empty() -> Empty {
    Empty {
        title: "No stages yet".to_owned(),
        text: "Here one would see the way of a customer through all teams, from the first word to the renewal.".to_owned(),
        file: Some("content/funnel.toml".to_owned()),
    }
}

fn lead(p: &Playbook, way: &Way<'_>) -> String {
    let through = p.own().and_then(|s| s.organisation.as_ref()).map_or_else(String::new, |o| format!(" through {o}"));
    let (first, last) = (way.line.first(), way.line.last());
    let span = first
        .zip(last)
        .filter(|(a, z)| a.title() != z.title())
        .map_or_else(String::new, |(a, z)| format!(", from {} to {}", a.title(), z.title()));
    let teams = lanes(p, way).iter().flatten().count();
    let carry = match teams {
        0 => String::new(),
        1 => " One team carries it.".to_owned(),
        n => format!(" {} carry it; wherever it changes hands, somebody has promised something.", counted(n, "team", "teams")),
    };
    let customer = customer(p);
    format!("{}’s way{through}{span}.{carry}", super::wording::capital(&format!("{} {customer}", article(&customer))))
}

/// What the playbook calls a customer.
fn customer(p: &Playbook) -> String {
    let named = p.own().and_then(|s| s.labels.as_ref()).and_then(|l| l.customer.clone());
    named.unwrap_or_else(|| "customer".to_owned())
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

fn station_row(sheet: &Sheet<'_>, stage: &Record<Stage>) -> StationRow {
    let open = stage.outcome.is_none();
    StationRow {
        stage: sheet.link(&stage.base.name),
        owner: stage.base.common.owner.as_ref().map(|o| sheet.role(o)),
        says: sheet.words_of(stage.definition.as_ref().or(stage.base.common.summary.as_ref())),
        moves_on: stage.exit.iter().filter_map(|c| c.text.as_ref()).map(|t| sheet.words(t)).collect(),
        usually: stage.typical.as_ref().map(ToString::to_string),
        won: stage.probability.as_ref().filter(|_| open).map(|share| share.value.to_string()),
    }
}

fn crossing(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Crossing {
    let vowed = |p: &_| Vowed { role: role_of(sheet, p), what: contract::short(sheet, p) };
    Crossing { handoff: sheet.link(&handoff.base.name), promises: handoff.sla.iter().map(vowed).collect() }
}

fn role_of(sheet: &Sheet<'_>, promise: &crate::model::kinds::funnel::Promise) -> Option<RoleMark> {
    promise.who.as_ref().map(|who| sheet.role(who))
}

fn entrances(sheet: &Sheet<'_>, way: &Way<'_>) -> Vec<Entrance> {
    let of = |stage: &&Record<Stage>| {
        let link = sheet.link(&stage.base.name);
        let ways = stage.direct_entries.iter().filter_map(|e| stage::way_in(sheet, e));
        ways.map(|way| Entrance { stage: link.clone(), way }).collect::<Vec<_>>()
    };
    way.line.iter().flat_map(of).collect()
}

fn returning(sheet: &Sheet<'_>, recycle: &Record<Recycle>) -> Return {
    Return {
        from: recycle.from.as_ref().map(|f| sheet.link_ref(f)),
        no: noes::recycled(sheet, recycle),
        returns: recycle.return_to.as_ref().map(|r| sheet.link_ref(r)),
    }
}

/// A stage where the way ends, with where one comes from.
pub fn ending(sheet: &Sheet<'_>, end: &Record<Stage>) -> Ending {
    let stages = funnel::in_order(&sheet.playbook().stages);
    let leads = |s: &&&Record<Stage>| s.exits.iter().any(|e| funnel::is(e.to.as_ref(), end));
    Ending {
        stage: sheet.link(&end.base.name),
        says: sheet.words_of(end.definition.as_ref().or(end.base.common.summary.as_ref())),
        from: stages.iter().filter(leads).map(|s| sheet.link(&s.base.name)).collect(),
    }
}

/// The diagram’s input, from the page that shows it.
pub fn map(sheet: &Sheet<'_>) -> Map {
    let p = sheet.playbook();
    let way = funnel::funnel(p);
    let lanes = lanes(p, &way);
    Map {
        title: Listing::Funnel.label().to_owned(),
        lanes: lanes.iter().map(|team| lane(sheet, *team)).collect(),
        stations: way.line.iter().map(|s| station(sheet, s, &lanes)).collect(),
        sides: sides(p, &way),
        ways_in: ways_in(sheet, &way),
        handovers: handovers(sheet, &way),
        loops: loops(sheet, &way, &lanes),
        ends: way.ends.iter().filter_map(|e| end(sheet, &way, e)).collect(),
        yards: way.waits.iter().map(|w| yard(sheet, w)).collect(),
        ways_back: p.recycles.iter().filter_map(|r| way_back(sheet, &way, r)).collect(),
        words_back: words_back(sheet, &way),
        ..Map::default()
    }
}

/// The teams that look after stations, in the order they first do.
fn lanes<'a>(p: &'a Playbook, way: &Way<'a>) -> Vec<Option<&'a Record<Team>>> {
    let mut lanes: Vec<Option<&Record<Team>>> = Vec::new();
    for stage in &way.line {
        let team = funnel::team(p, stage);
        if !lanes.iter().any(|l| l.map(Record::id) == team.map(Record::id)) {
            lanes.push(team);
        }
    }
    lanes
}

/// A team's summary is a lane's second line where it is short enough to be one.
fn lane(sheet: &Sheet<'_>, team: Option<&Record<Team>>) -> Lane {
    let Some(team) = team else { return Lane { name: "Nobody yet".to_owned(), ..Lane::default() } };
    let says = team.base.common.summary.as_ref().map(|s| sheet.plain(s)).filter(|s| s.len() <= 40);
    Lane {
        name: team.title().to_owned(),
        says: says.map_or_else(String::new, |s| lower(s.trim_end_matches('.'))),
        href: sheet.href_of(&team.base.name),
        hue: sheet.team_hue(team.id()),
    }
}

fn station(sheet: &Sheet<'_>, stage: &Record<Stage>, lanes: &[Option<&Record<Team>>]) -> Station {
    let team = funnel::team(sheet.playbook(), stage);
    let doing = stage.buyer.as_ref().and_then(|b| b.doing.as_ref());
    Station {
        name: stage.title().to_owned(),
        owner: stage.base.common.owner.as_ref().map_or_else(String::new, |o| sheet.role(o).label),
        buyer: doing.map_or_else(String::new, |d| sheet.plain(d)),
        href: sheet.href_of(&stage.base.name),
        lane: lanes.iter().position(|l| l.map(Record::id) == team.map(Record::id)).unwrap_or(0),
        won: stage.outcome.is_some_and(|o| o.value == Outcome::Won),
    }
}

fn sides(p: &Playbook, way: &Way<'_>) -> Vec<Side> {
    let customer = customer(p);
    let name = |verb: &str| format!("{verb} {} {customer}", article(&customer));
    let side = |side: BowSide, name: String| {
        let on = |s: &&Record<Stage>| s.side.is_some_and(|own| own.value == side);
        let first = way.line.iter().position(on)?;
        Some(Side { name, first, last: way.line.iter().rposition(on)? })
    };
    [side(BowSide::Acquire, name("Winning")), side(BowSide::Keep, name("Keeping"))].into_iter().flatten().collect()
}

/// Ways in later than at the first station, where everybody comes in.
fn ways_in(sheet: &Sheet<'_>, way: &Way<'_>) -> Vec<diagram::WayIn> {
    let mut all = Vec::new();
    for (station, stage) in way.line.iter().enumerate().skip(1) {
        let ways = stage.direct_entries.iter().filter_map(|e| stage::way_in(sheet, e));
        all.extend(ways.map(|w| diagram::WayIn { station, name: w.name, note: w.note.unwrap_or_default() }));
    }
    all
}

fn handovers(sheet: &Sheet<'_>, way: &Way<'_>) -> Vec<Handover> {
    let handover = |h: &Record<Handoff>| {
        let from = way.station(h.from.as_ref())?;
        Some(Handover { from, to: way.station(h.to.as_ref())?, ticket: ticket(sheet, h) })
    };
    sheet.playbook().handoffs.iter().filter_map(handover).collect()
}

/// The first promise of each side.
fn ticket(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Ticket {
    let sides = funnel::sides(sheet.playbook(), handoff);
    let promise = |(team, promises): &funnel::Side<'_>| {
        let first = promises.first()?;
        let who = team.map_or_else(String::new, |t| t.title().to_owned());
        Some(Promise { who, what: contract::short(sheet, first), hue: team.map_or(0, |t| sheet.team_hue(t.id())) })
    };
    Ticket {
        name: handoff.title().to_owned(),
        href: sheet.href_of(&handoff.base.name),
        promises: sides.iter().filter_map(promise).collect(),
    }
}

/// "renewed": from a station back to an earlier one of the same lane, or to itself.
fn loops(sheet: &Sheet<'_>, way: &Way<'_>, lanes: &[Option<&Record<Team>>]) -> Vec<Loop> {
    let p = sheet.playbook();
    let mut all = Vec::new();
    for (from, stage) in way.line.iter().enumerate() {
        for exit in stage.exits.iter().filter(|e| funnel::is_round(p, stage, e)) {
            let Some(to) = way.station(exit.to.as_ref()) else { continue };
            let lane = |at: usize| way.line.get(at).map(|s| station(sheet, s, lanes).lane);
            let word = exit.reason.as_ref().map(|r| sheet.plain(r)).filter(|w| w.len() <= 16);
            if lane(from) == lane(to) {
                all.push(Loop { from, to, word: word.unwrap_or_else(|| "again".to_owned()) });
            }
        }
    }
    all
}

fn end(sheet: &Sheet<'_>, way: &Way<'_>, end: &Record<Stage>) -> Option<End> {
    let (station, exit) = way.leaves_for(sheet.playbook(), end)?;
    let note = exit.and_then(|e| e.reason.as_ref()).map_or_else(String::new, |r| sheet.plain(r));
    Some(End { station, name: end.title().to_owned(), note, href: sheet.href_of(&end.base.name) })
}

fn yard(sheet: &Sheet<'_>, wait: &Record<Stage>) -> Yard {
    let owner = wait.base.common.owner.as_ref();
    let limits = limits(sheet, wait);
    let says = match (owner.map(|o| sheet.role(o).label), limits.is_empty()) {
        (Some(owner), false) => format!("{owner}: {} at most", limits.join(", ")),
        (Some(owner), true) => owner,
        (None, false) => format!("{} at most", super::wording::capital(&limits.join(", "))),
        (None, true) => String::new(),
    };
    Yard {
        name: wait.title().to_owned(),
        says,
        back_here: format!("back here from {}", wait.title()),
        href: sheet.href_of(&wait.base.name),
        hue: owner.map_or(0, |o| sheet.role_hue(o)),
        ticket: yard_ticket(sheet, wait),
    }
}

/// The widest limits of the ways that wait here: "8 touches", "12 months", "£6.00".
fn limits(sheet: &Sheet<'_>, wait: &Record<Stage>) -> Vec<String> {
    let efforts = sheet.playbook().recycles.iter().filter(|r| funnel::is(r.to.as_ref(), wait)).filter_map(|r| r.at_most.as_ref());
    let efforts: Vec<_> = efforts.collect();
    let touches = efforts.iter().filter_map(|e| e.touches).max();
    let touches = touches.map(|n| format!("{n} touch{}", if n == 1 { "" } else { "es" }));
    let time = efforts.iter().filter_map(|e| e.time.as_ref()).max_by_key(|t| crate::model::value::after(sheet.today(), t));
    let spend = efforts.iter().filter_map(|e| e.spend.as_ref()).max_by(|a, b| a.amount.as_f64().total_cmp(&b.amount.as_f64()));
    [touches, time.map(ToString::to_string), spend.map(ToString::to_string)].into_iter().flatten().collect()
}

/// What whoever says no has promised, in the first hand-over that leads here.
fn yard_ticket(sheet: &Sheet<'_>, wait: &Record<Stage>) -> Option<Ticket> {
    let mut handoffs = sheet.playbook().handoffs.iter().filter(|h| funnel::is(h.to.as_ref(), wait));
    let first = handoffs.next()?;
    let mut ticket = ticket(sheet, first);
    ticket.promises.truncate(1);
    if handoffs.next().is_some() {
        ticket.href = sheet.href(Listing::Handoffs.address());
        ticket.name = format!("Hand-overs to {}", wait.title());
    }
    (!ticket.promises.is_empty()).then_some(ticket)
}

/// A way back that leads somewhere; one that ends is an end's second line.
fn way_back(sheet: &Sheet<'_>, way: &Way<'_>, recycle: &Record<Recycle>) -> Option<WayBack> {
    let p = sheet.playbook();
    let from = match way.place(&p.stages[recycle.from.as_ref()?])? {
        Place::Station(at) => Source::Station(at),
        Place::End(at) => Source::End(drawn_end(sheet, way, at)?),
        Place::Wait(_) => return None,
    };
    let waits = recycle.to.as_ref().and_then(|to| way.place(&p.stages[to]));
    let (yard, to) = match waits? {
        Place::Wait(at) => (Some(at), way.station(recycle.return_to.as_ref())?),
        Place::Station(at) => (None, at),
        Place::End(_) => return None,
    };
    let calls = recycle.return_when.as_ref().map_or_else(String::new, |w| sheet.plain(w));
    Some(WayBack { from, to, yard, name: recycle.title().to_owned(), calls, href: sheet.href_of(&recycle.base.name) })
}

/// An end's place among those that are drawn.
fn drawn_end(sheet: &Sheet<'_>, way: &Way<'_>, at: usize) -> Option<usize> {
    let drawn = |e: &&&Record<Stage>| end(sheet, way, e).is_some();
    let this = way.ends.get(at).filter(drawn)?;
    way.ends.iter().filter(drawn).position(|e| e.base.name == this.base.name)
}

/// What comes back to a team from a stage while the buyer goes on: the service loop of whoever looks after it.
fn words_back(sheet: &Sheet<'_>, way: &Way<'_>) -> Vec<WordBack> {
    let p = sheet.playbook();
    let service = p.loops.iter().filter(|l| l.kind.is_some_and(|k| k.value == LoopKind::Service));
    let word = |it: &Record<crate::model::kinds::rhythm::Loop>| {
        let (from, to) = (it.from.as_ref()?, it.to.as_ref()?);
        let owned = |s: &&Record<Stage>| s.base.common.owner.as_ref().is_some_and(|o| o.name == from.name);
        let (teller, hearer) = (p.team_of(from)?, p.team_of(to)?);
        let answer = it.answer_within.as_ref().map_or_else(String::new, |w| format!(": {w}"));
        let what = format!("{}{answer}", it.title());
        let who = format!("{}, back to {}", teller.title(), hearer.title());
        Some(WordBack {
            station: way.line.iter().position(owned)?,
            name: format!("Word back to {}", hearer.title()),
            note: what.clone(),
            ticket: Ticket {
                name: it.title().to_owned(),
                href: sheet.href_of(&it.base.name),
                promises: vec![Promise { who, what, hue: sheet.role_hue(from) }],
            },
        })
    };
    service.filter_map(word).collect()
}
