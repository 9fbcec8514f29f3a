//! The supply-chain map: a funnel drawn as a city draws its transit lines.
//!
//! Lanes are teams, stations are stages, the thick line is the buyer's way.
//! Where it changes lane stands a ring with a ticket that says what was promised.
//! Thin lines run beneath and bring back those who said no.
//!
//! It is drawn when the site is built, as SVG, from the plain data of [`Map`]:
//! this module knows nothing of the content model and nothing of the page around
//! it. Every drawing goes through one [`scene::Scene`], which keeps the boxes of
//! all labels and the course of all strokes, so that a label can ask how much
//! room there is before it is written, and a test can ask whether any two meet.
//!
//! Three drawings: [`wide`] for a screen or paper, [`narrow`] for a phone, and
//! [`strip`], the whole map in one line, for the head of a stage's page.
//! What does not fit is shortened or left out, never overprinted; the table in
//! words, written elsewhere, has everything.

mod feet;
#[cfg(test)]
pub(in crate::site) mod fixtures;
mod key;
mod labels;
mod narrow;
mod net;
mod scene;
mod strip;
mod svg;
#[cfg(test)]
mod tests;
pub(in crate::site) mod text;
mod ticket;
mod wide;
mod yard;

use crate::site::html::Html;

/// A funnel as plain data. Indices point into the lists of the same map; one that
/// points nowhere is passed over. `hue` is a team's number, 1 to 8; 0 is neutral.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// What the drawing is called, for those who hear it.
    pub title: String,
    /// The teams that own stages, in the order they first appear on the line.
    pub lanes: Vec<Lane>,
    /// The stages on the line, in order.
    pub stations: Vec<Station>,
    /// What the stretches of the line are called ("Winning a client").
    pub sides: Vec<Side>,
    /// Where somebody may enter later than at the first station.
    pub ways_in: Vec<WayIn>,
    /// What is promised where the line changes hands.
    pub handovers: Vec<Handover>,
    /// Where the line leads back within a lane ("renewed").
    pub loops: Vec<Loop>,
    /// Where the way ends.
    pub ends: Vec<End>,
    /// Where those who said no wait.
    pub yards: Vec<Yard>,
    /// How they come back.
    pub ways_back: Vec<WayBack>,
    /// What a stage reports to a team, without anybody travelling back.
    pub words_back: Vec<WordBack>,
    /// The drawing's own words.
    pub words: Words,
}

/// A team's row in the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// The team.
    pub name: String,
    /// What it does here, in two or three words.
    pub says: String,
    /// The team's page; empty for no link.
    pub href: String,
    /// The team's colour.
    pub hue: u8,
}

/// A stage on the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Station {
    /// The stage.
    pub name: String,
    /// Who looks after it.
    pub owner: String,
    /// What the buyer is doing meanwhile.
    pub buyer: String,
    /// The stage's page.
    pub href: String,
    /// Index into [`Map::lanes`].
    pub lane: usize,
    /// Whether this is the stage in which the deal is won. The first one counts.
    pub won: bool,
}

/// A stretch of the line with a name of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// Its first station.
    pub first: usize,
    /// Its last station. Two sides that meet at the won station share it.
    pub last: usize,
}

/// A direct entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WayIn {
    /// The station it leads to.
    pub station: usize,
    /// Where they come from ("Referral").
    pub name: String,
    /// What is special about it ("a client names them").
    pub note: String,
}

/// A hand-over between two stations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handover {
    /// The station it leaves.
    pub from: usize,
    /// The station it reaches.
    pub to: usize,
    /// What is promised.
    pub ticket: Ticket,
}

/// Promises as they are printed on a small ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticket {
    /// The hand-over's name, for those who hear it ("Ready to accepted").
    pub name: String,
    /// The hand-over's page.
    pub href: String,
    /// The promises; the ticket shows the first two.
    pub promises: Vec<Promise>,
}

/// One promise on a ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Promise {
    /// Who promises ("Sales").
    pub who: String,
    /// What ("Yes or no in 4 business hours").
    pub what: String,
    /// The promiser's colour.
    pub hue: u8,
}

/// A line that leads back to an earlier station, or to the same one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loop {
    /// The station it leaves.
    pub from: usize,
    /// The station it comes back to, in the same lane.
    pub to: usize,
    /// One word ("renewed").
    pub word: String,
}

/// A place where the way ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct End {
    /// The station it branches off from.
    pub station: usize,
    /// The stage it is ("Lost").
    pub name: String,
    /// Why, or what then ("too small: see self-order page").
    pub note: String,
    /// The stage's page.
    pub href: String,
}

/// A waiting place: the stage those who said no are kept in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Yard {
    /// The stage ("Keep warm").
    pub name: String,
    /// Who keeps it and within which limits ("Demand lead: 8 touches, 12 months, £6 a head at most").
    pub says: String,
    /// On a phone, at the station they come back to ("those kept warm come back here").
    pub back_here: String,
    /// The stage's page.
    pub href: String,
    /// The owner's colour.
    pub hue: u8,
    /// What whoever says no has promised.
    pub ticket: Option<Ticket>,
}

/// Where a way back begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// At a station.
    Station(usize),
    /// At an end, as an index into [`Map::ends`].
    End(usize),
}

impl Default for Source {
    fn default() -> Self {
        Self::Station(0)
    }
}

/// A recycle path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WayBack {
    /// Where it begins.
    pub from: Source,
    /// The station it returns to.
    pub to: usize,
    /// Where one waits meanwhile; none: nowhere.
    pub yard: Option<usize>,
    /// Its name ("No budget").
    pub name: String,
    /// What calls them back ("the month their budget opens").
    pub calls: String,
    /// The recycle path's page.
    pub href: String,
}

/// Word that goes back to a team while the buyer goes on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordBack {
    /// The station it comes from.
    pub station: usize,
    /// Its name on a phone ("Word back to Marketing").
    pub name: String,
    /// What and how soon, on a phone ("score, one sentence: 3 business days").
    pub note: String,
    /// What is promised; one cell is drawn.
    pub ticket: Ticket,
}

/// The words of the drawing itself, so that another language can have its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Before what the buyer does.
    pub buyer_is: String,
    /// Heading of the key.
    pub key: String,
    /// The key's six entries: stage, hand-over, way in, way back, waiting place, end.
    pub signs: [String; 6],
    /// Said after the won station's name and owner, for those who hear it.
    pub won: String,
    /// Said of the present station of a strip, for those who hear it.
    pub here: String,
}

impl Default for Words {
    fn default() -> Self {
        let signs = [
            "stage, with its owner",
            "hand-over, and its promise",
            "a way in",
            "a way back, and what calls",
            "kept warm here",
            "the way ends",
        ];
        Self {
            buyer_is: "The buyer is".to_owned(),
            key: "How to read it".to_owned(),
            signs: signs.map(str::to_owned),
            won: "the deal is won".to_owned(),
            here: "you are here".to_owned(),
        }
    }
}

/// The map for screens from 50 rem on and for paper. With too many stages for one
/// row it stands upright in a column of 480 px. It comes in a frame that scrolls where
/// the map would become too small to read. Empty for a map without stations.
pub fn wide(map: &Map) -> Html {
    match wide_scene(map) {
        Some((scene, class)) => {
            let svg = svg::draw(&scene, class, "map-wide-title", &map.title);
            Html::trusted(format!("<div class=\"map-frame\">\n{}</div>\n", svg.as_str()))
        }
        None => Html::default(),
    }
}

/// The map for phones: down is forward, left is the next team.
pub fn narrow(map: &Map) -> Html {
    match narrow::layout(map, narrow::PHONE) {
        Some(scene) => svg::draw(&scene, "map map-narrow", "map-narrow-title", &map.title),
        None => Html::default(),
    }
}

/// The whole line in one small row, with the station `current` marked. An index that
/// points nowhere (the page of an end) marks none. Two drawings, a wide and a narrow
/// one; the stylesheet shows one of them.
pub fn strip(map: &Map, current: usize) -> Html {
    let drawn: String =
        strip::layouts(map, current).iter().map(|(scene, class, id)| svg::draw(scene, class, id, &map.title).as_str().to_owned()).collect();
    Html::trusted(drawn)
}

/// The laid-out wide map, and the classes its drawing has.
fn wide_scene(map: &Map) -> Option<(scene::Scene, &'static str)> {
    match wide::layout(map) {
        Some(scene) if scene.w < 1020.0 => Some((scene, "map map-wide map-small")),
        Some(scene) => Some((scene, "map map-wide")),
        None => narrow::layout(map, narrow::COLUMN).map(|s| (s, "map map-wide map-small map-tall")),
    }
}
