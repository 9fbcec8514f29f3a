//! A map that can be relied on: cleaned text, indices that point somewhere.
//!
//! The layouts ask only this; so no layout has to think of a lane that is not there.

use super::text::clean;
use super::{End, Map, Source, Station, Ticket, WayBack, WayIn, WordBack, Yard};

/// From this many ways back on, alike ones share a row.
const CROWD: usize = 7;

/// A way back, or several that are alike but for their name.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub from: Source,
    pub to: usize,
    pub yard: usize,
    /// Name and page of each.
    pub names: Vec<(String, String)>,
    pub calls: String,
}

/// The map the layouts work on.
#[derive(Clone, Debug)]
pub(super) struct Net {
    pub map: Map,
    pub ways: Vec<Way>,
    pub won: Option<usize>,
}

impl Net {
    /// The relied-on map; nothing for a map without stations.
    pub fn new(source: &Map) -> Option<Self> {
        if source.stations.is_empty() {
            return None;
        }
        let mut map = source.clone();
        tidy_text(&mut map);
        tidy_line(&mut map);
        let ways = ways(&mut map);
        let won = map.stations.iter().position(|s| s.won);
        Some(Self { map, ways, won })
    }

    /// How many stations there are.
    pub fn len(&self) -> usize {
        self.map.stations.len()
    }

    /// A station's lane.
    pub fn lane(&self, i: usize) -> usize {
        self.map.stations.get(i).map_or(0, |s| s.lane)
    }

    /// The colour of a lane.
    pub fn hue(&self, lane: usize) -> u8 {
        self.map.lanes.get(lane).map_or(0, |l| l.hue)
    }

    /// The ends that branch off from a station, with their indices.
    pub fn ends(&self, i: usize) -> Vec<(usize, &End)> {
        self.map.ends.iter().enumerate().filter(|(_, e)| e.station == i).collect()
    }

    /// The ways that begin at a station itself.
    pub fn own(&self, i: usize) -> Vec<usize> {
        self.ways_where(|w| w.from == Source::Station(i))
    }

    /// The ways that begin at any end of a station.
    pub fn tails(&self, i: usize) -> Vec<usize> {
        self.ways_where(|w| match w.from {
            Source::Station(_) => false,
            Source::End(k) => self.map.ends.get(k).is_some_and(|e| e.station == i),
        })
    }

    /// The ways that pass a test.
    fn ways_where(&self, test: impl Fn(&Way) -> bool) -> Vec<usize> {
        self.ways.iter().enumerate().filter(|(_, w)| test(w)).map(|(k, _)| k).collect()
    }

    /// Whether anybody comes back to a station.
    pub fn comes_back(&self, i: usize) -> bool {
        self.ways.iter().any(|w| w.to == i)
    }

    /// The ways in of a station.
    pub fn ways_in(&self, i: usize) -> Vec<&WayIn> {
        self.map.ways_in.iter().filter(|w| w.station == i).collect()
    }

    /// The words that go back from a station, with their indices.
    pub fn words(&self, i: usize) -> Vec<(usize, &WordBack)> {
        self.map.words_back.iter().enumerate().filter(|(_, w)| w.station == i).collect()
    }

    /// The ticket of the hand-over that reaches station `i` from the one before it.
    pub fn ticket(&self, i: usize) -> Option<&Ticket> {
        let all = &self.map.handovers;
        let whole = all.iter().find(|h| h.to == i && h.from + 1 == i);
        let far = || all.iter().find(|h| h.to == i && h.from < i);
        let near = || all.iter().find(|h| h.from + 1 == i && !self.changes(h.to));
        whole.or_else(far).or_else(near).map(|h| &h.ticket)
    }

    /// Whether the line changes lane on its way to station `i`.
    pub fn changes(&self, i: usize) -> bool {
        i > 0 && i < self.len() && self.lane(i) != self.lane(i - 1)
    }

    /// Whether the line leaves station `i` upwards.
    pub fn climbs(&self, i: usize) -> bool {
        i + 1 < self.len() && self.lane(i + 1) < self.lane(i)
    }
}

/// What a station is called when it is read out.
pub(super) fn spoken(station: &Station, won: &str) -> String {
    let mut parts = vec![station.name.as_str()];
    parts.extend([station.owner.as_str(), if station.won { won } else { "" }].iter().filter(|s| !s.is_empty()));
    parts.join(", ")
}

/// What a ticket is called when it is read out.
pub(super) fn promised(ticket: &Ticket) -> String {
    let promises = ticket.promises.iter().map(|p| format!("{}: {}", p.who, p.what));
    let all: Vec<String> = std::iter::once(ticket.name.clone()).chain(promises).filter(|s| !s.is_empty()).collect();
    all.join(". ")
}

/// Makes every text one clean line.
fn tidy_text(map: &mut Map) {
    let set = |s: &mut String| *s = clean(s);
    for l in &mut map.lanes {
        [&mut l.name, &mut l.says].into_iter().for_each(set);
    }
    for s in &mut map.stations {
        [&mut s.name, &mut s.owner, &mut s.buyer].into_iter().for_each(set);
    }
    map.sides.iter_mut().for_each(|s| set(&mut s.name));
    for w in &mut map.ways_in {
        [&mut w.name, &mut w.note].into_iter().for_each(set);
    }
    map.handovers.iter_mut().for_each(|h| tidy_ticket(&mut h.ticket));
    map.loops.iter_mut().for_each(|l| set(&mut l.word));
    for e in &mut map.ends {
        [&mut e.name, &mut e.note].into_iter().for_each(set);
    }
    for y in &mut map.yards {
        [&mut y.name, &mut y.says, &mut y.back_here].into_iter().for_each(set);
        y.ticket.iter_mut().for_each(tidy_ticket);
    }
    for w in &mut map.ways_back {
        [&mut w.name, &mut w.calls].into_iter().for_each(set);
    }
    for w in &mut map.words_back {
        [&mut w.name, &mut w.note].into_iter().for_each(set);
        tidy_ticket(&mut w.ticket);
    }
    let words = &mut map.words;
    [&mut words.buyer_is, &mut words.key, &mut words.won, &mut words.here].into_iter().for_each(set);
    words.signs.iter_mut().for_each(set);
}

/// The same for a ticket. An empty promise is none, and the first two are drawn.
fn tidy_ticket(ticket: &mut Ticket) {
    ticket.name = clean(&ticket.name);
    for p in &mut ticket.promises {
        p.who = clean(&p.who);
        p.what = clean(&p.what);
    }
    ticket.promises.retain(|p| !p.what.is_empty());
    ticket.promises.truncate(2);
}

/// Drops what points nowhere.
fn tidy_line(map: &mut Map) {
    let n = map.stations.len();
    if map.lanes.is_empty() {
        map.lanes.push(super::Lane::default());
    }
    let last_lane = map.lanes.len() - 1;
    let mut won = false;
    for s in &mut map.stations {
        s.lane = s.lane.min(last_lane);
        s.won = s.won && !won;
        won = won || s.won;
    }
    let mut reached = 0;
    map.sides.retain(|s| {
        let follows = reached <= s.first && s.first <= s.last && s.last < n && !s.name.is_empty();
        reached = if follows { s.last } else { reached };
        follows
    });
    map.ways_in.retain(|w| w.station < n && !w.name.is_empty());
    map.handovers.retain(|h| h.from < n && h.to < n);
    map.loops.retain(|l| l.from < n && l.to <= l.from);
    map.words_back.retain(|w| w.station < n);
}

/// The ways back that lead somewhere, alike ones joined when there are many.
/// One that waits nowhere gets a yard without a name.
fn ways(map: &mut Map) -> Vec<Way> {
    let n = map.stations.len();
    let mut out: Vec<Way> = Vec::new();
    let valid: Vec<WayBack> = map.ways_back.iter().filter(|w| w.to < n && leads(map, w)).cloned().collect();
    let crowded = valid.len() >= CROWD;
    let nowhere = map.yards.len();
    for w in valid {
        let way = Way { from: w.from, to: w.to, yard: w.yard.unwrap_or(nowhere), names: vec![(w.name, w.href)], calls: w.calls };
        let alike = |o: &&mut Way| (o.from, o.to, o.yard, &o.calls) == (way.from, way.to, way.yard, &way.calls);
        match out.iter_mut().find(alike) {
            Some(other) if crowded => other.names.extend(way.names),
            _ => out.push(way),
        }
    }
    if out.iter().any(|w| w.yard == nowhere) {
        map.yards.push(Yard::default());
    }
    out
}

/// Whether a way begins and waits at something that is there.
fn leads(map: &Map, way: &WayBack) -> bool {
    let n = map.stations.len();
    let begins = match way.from {
        Source::Station(i) => i < n,
        Source::End(k) => map.ends.get(k).is_some_and(|e| e.station < n),
    };
    begins && way.yard.is_none_or(|y| y < map.yards.len())
}
