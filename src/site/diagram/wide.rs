//! The wide map: a staircase from left to right.
//!
//! The line goes right along the stages and one lane down at every hand-over. So
//! three places are always free: above right of a station for its label, straight
//! above for ways in, and below left of the staircase for ways back. Each thing has
//! its own place; nothing is searched for.

use super::feet::{self, Foot};
use super::net::Net;
use super::scene::{Anchor, Layer, Point, Rect, Scene, at, breadth, pen, span};
use super::text::{cut, width, wrap};
use super::{Loop, Map, key, labels, ticket, yard};

/// The width of a full map.
pub(super) const W: f64 = 1344.0;
/// Where the first station stands.
const LEFT: f64 = 27.0;
/// What is kept free right of the last station for where the way ends.
const TAIL: f64 = 132.0;
/// How deep a loop hangs.
pub(super) const LOOP: f64 = 30.0;
/// The gaps at which the map is drawn in full, drawn densely, and no longer drawn.
const ROOMY: f64 = 92.0;
const TIGHT: f64 = 72.0;

/// Where everything stands.
#[derive(Clone, Debug)]
pub(super) struct Plan<'a> {
    pub net: &'a Net,
    pub w: f64,
    pub h: f64,
    /// The stations' columns.
    pub xs: Vec<f64>,
    /// Whether there is too little room for owners and buyers.
    pub dense: bool,
    /// Where the first lane begins.
    pub top: f64,
    pub lane_h: f64,
    /// How far beneath a lane's top its line runs.
    pub drop: f64,
    pub feet: Vec<Foot>,
    pub yards: Vec<yard::Place>,
}

impl Plan<'_> {
    /// A station's column.
    pub fn x(&self, i: usize) -> f64 {
        self.xs.get(i).copied().unwrap_or(LEFT)
    }

    /// A lane's upper edge.
    pub fn lane_top(&self, lane: usize) -> f64 {
        self.top + self.lane_h * lane as f64
    }

    /// The height a station's line runs at.
    pub fn y(&self, i: usize) -> f64 {
        self.lane_top(self.net.lane(i)) + self.drop
    }

    /// A station's place.
    pub fn stop(&self, i: usize) -> Point {
        at(self.x(i), self.y(i))
    }

    /// The room right of a station up to the next one, or to the edge.
    pub fn gap(&self, i: usize) -> f64 {
        self.xs.get(i + 1).map_or(self.w - self.x(i) - 4.0, |next| next - self.x(i))
    }

    /// The lower edge of the last lane.
    pub fn floor(&self) -> f64 {
        self.lane_top(self.net.map.lanes.len())
    }

    /// Where the ring stands on the way to station `i`, if the line changes lane there.
    pub fn ring(&self, i: usize) -> Option<Point> {
        if !self.net.changes(i) {
            return None;
        }
        let (from, to) = (self.net.lane(i - 1), self.net.lane(i));
        let boundary = if to > from { to } else { to + 1 };
        Some(at((self.x(i - 1) + self.x(i)) / 2.0, self.lane_top(boundary)))
    }
}

/// The wide map laid out; nothing if it is empty or too long for one row.
pub(super) fn layout(map: &Map) -> Option<Scene> {
    let net = Net::new(map)?;
    let plan = plan(&net)?;
    let mut scene = Scene::new(plan.w, plan.h);
    ground(&plan, &mut scene);
    line(&plan, &mut scene);
    feet::draw(&plan, &mut scene);
    yard::draw(&plan, &mut scene);
    labels::stations(&plan, &mut scene);
    labels::turns(&plan, &mut scene);
    labels::lanes(&plan, &mut scene);
    handovers(&plan, &mut scene);
    yard::tickets(&plan, &mut scene);
    labels::ways_in(&plan, &mut scene);
    labels::ends(&plan, &mut scene);
    yard::words(&plan, &mut scene);
    sides(&plan, &mut scene);
    buyers(&plan, &mut scene);
    key::draw(&plan, &mut scene);
    Some(scene)
}

/// Columns and rows.
fn plan(net: &Net) -> Option<Plan<'_>> {
    let (xs, gap) = columns(net)?;
    let many = net.map.lanes.len() >= 6;
    let dense = gap < ROOMY;
    let top = match (net.map.stations.iter().any(|s| !s.buyer.is_empty()) && !dense, net.map.sides.is_empty()) {
        (true, _) => 92.0,
        (false, false) => 36.0,
        (false, true) => 8.0,
    };
    let (lane_h, drop) = if many { (150.0, 96.0) } else { (178.0, 110.0) };
    let mut plan = Plan { net, w: W, h: 0.0, xs, dense, top, lane_h, drop, feet: Vec::new(), yards: Vec::new() };
    plan.w = breadth_of(&plan);
    plan.feet = (0..net.len()).map(|i| feet::foot(&plan, i)).collect();
    plan.yards = yard::places(&plan);
    let hanging = if plan.yards.is_empty() && !net.map.words_back.is_empty() { 30.0 } else { 1.0 };
    plan.h = plan.yards.last().map_or(plan.floor(), |y| y.bottom) + hanging;
    Some(plan)
}

/// Where the stations stand, and the smallest gap. The won station is the middle.
fn columns(net: &Net) -> Option<(Vec<f64>, f64)> {
    let n = net.len();
    let spread = |room: f64, parts: usize, most: f64| {
        if parts == 0 { most } else { (room / parts as f64).min(most) }
    };
    let (before, after) = net.won.map_or((n - 1, 0), |w| (w, n - 1 - w));
    let g1 = match net.won {
        Some(_) => spread(W / 2.0 - LEFT, before, 220.0),
        None => spread(W - LEFT - TAIL, before, 220.0),
    };
    let middle = LEFT + g1 * before as f64;
    let g2 = spread(W - TAIL - middle, after, 180.0);
    let gap = g1.min(g2);
    if gap < TIGHT || before >= 15 {
        return None;
    }
    let x = |i: usize| {
        if i <= before { LEFT + g1 * i as f64 } else { middle + g2 * (i - before) as f64 }
    };
    Some(((0..n).map(x).collect(), gap))
}

/// How wide the map is: up to its last station, and as far as its tickets need.
fn breadth_of(plan: &Plan) -> f64 {
    let net = plan.net;
    let mut w = plan.x(net.len() - 1) + TAIL;
    for i in 0..net.len() {
        let form = net.ticket(i).map_or(0.0, |t| ticket::form(&t.promises, ticket::MOST).w);
        w = w.max(plan.ring(i).map_or(0.0, |ring| ring.x + 30.0 + form + 24.0));
        for way in net.ways_in(i) {
            let label = width(&way.name, labels::WAY) + width(&way.note, labels::NOTE);
            w = w.max(plan.x(i) + 40.0 + label.min(260.0));
        }
        for (_, word) in net.words(i) {
            w = w.max(plan.x(i) + 24.0 + ticket::form(&word.ticket.promises, ticket::MOST).w + 24.0);
        }
    }
    if !net.ways.is_empty() {
        w = w.max(plan.x(net.won.unwrap_or(0)) + 90.0 + key::WIDE);
    }
    w.min(W)
}

/// Hairlines, and each lane's edge in its colour.
fn ground(plan: &Plan, scene: &mut Scene) {
    let lanes = &plan.net.map.lanes;
    let mut rows: Vec<(f64, f64, u8)> =
        lanes.iter().enumerate().map(|(l, lane)| (plan.lane_top(l), plan.lane_top(l + 1), lane.hue)).collect();
    let yards = &plan.net.map.yards;
    rows.extend(plan.yards.iter().map(|p| (p.top, p.bottom, yards.get(p.yard).map_or(0, |y| y.hue))));
    for (top, bottom, hue) in &rows {
        scene.hair(at(0.0, *top), at(plan.w, *top), "map-hair");
        let edge = Rect { x0: 0.0, y0: top + 1.0, x1: 4.0, y1: bottom - 1.0 };
        scene.block(Layer::Ground, edge, 0.0, "map-edge", Some(*hue));
    }
    if let Some((_, bottom, _)) = rows.last() {
        scene.hair(at(0.0, *bottom), at(plan.w, *bottom), "map-hair");
    }
}

/// The line itself, its rings, loops, ways in and stations.
fn line(plan: &Plan, scene: &mut Scene) {
    let net = plan.net;
    let climbs = (0..net.len()).any(|i| net.climbs(i));
    for i in 1..net.len() {
        let (a, b) = (plan.stop(i - 1), plan.stop(i));
        let (before, after) = (net.hue(net.lane(i - 1)), net.hue(net.lane(i)));
        let Some(ring) = plan.ring(i) else {
            section(scene, &[a, b], after, climbs);
            continue;
        };
        scene.course(&[ring, ring], 12.5, false);
        let down = 28.0_f64.copysign(b.y - a.y);
        let upper = [a, at(ring.x - 28.0, a.y), at(ring.x, a.y + down), ring];
        let lower = [ring, at(ring.x, b.y - down), at(ring.x + 28.0, b.y), b];
        section(scene, &upper, before, climbs);
        section(scene, &lower, after, climbs);
    }
    loops(plan, scene);
    for i in 0..net.len() {
        labels::stems(plan, scene, i);
    }
}

/// A piece of the line in one colour, with a paper edge where it may pass over others.
fn section(scene: &mut Scene, points: &[Point], hue: u8, edged: bool) {
    if edged {
        scene.path(Layer::Under, points, pen("map-under", 14.0, 14.0));
    }
    scene.path(Layer::Line, points, pen("map-line", 8.0, 14.0).hue(hue));
}

/// The loops that can be drawn: within one lane, and not one over another.
pub(super) fn turns<'a>(plan: &'a Plan) -> Vec<&'a Loop> {
    let net = plan.net;
    let mut spans: Vec<(f64, f64)> = Vec::new();
    let mut out = Vec::new();
    for l in &net.map.loops {
        let level = (l.to..=l.from).all(|i| net.lane(i) == net.lane(l.from));
        let (x0, x1) = (plan.x(l.to) - 16.0, plan.x(l.from) + 16.0);
        if level && spans.iter().all(|(a, b)| x1 <= *a || *b <= x0 + 10.0) {
            spans.push((x0, x1));
            out.push(l);
        }
    }
    out
}

/// Loops, 30 px beneath the line.
fn loops(plan: &Plan, scene: &mut Scene) {
    for l in turns(plan) {
        let (b, a) = (plan.stop(l.from), plan.stop(l.to));
        let hue = plan.net.hue(plan.net.lane(l.from));
        let low = b.y + LOOP;
        if l.from == l.to {
            let (l, r, low) = (b.x - 24.0, b.x + 24.0, b.y + 40.0);
            let ring = [b, at(r, b.y + 20.0), at(r, low), at(l, low), at(l, b.y + 20.0), b];
            scene.path(Layer::Line, &ring, pen("map-line map-turn", 6.0, 10.0).hue(hue));
        } else {
            let under = [b, at(b.x, low - 14.0), at(b.x - 14.0, low), at(a.x + 14.0, low), at(a.x, low - 14.0), a];
            scene.path(Layer::Line, &under, pen("map-line", 8.0, 14.0).hue(hue));
        }
        feet::chevron(
            scene,
            Layer::Ring,
            at((a.x + b.x) / 2.0 - 2.0, if l.from == l.to { low + 10.0 } else { low }),
            (-1.0, 0.0),
            "map-turning",
        );
    }
}

/// The rings where the line changes hands, with their tickets.
fn handovers(plan: &Plan, scene: &mut Scene) {
    for i in 1..plan.net.len() {
        let Some(ring) = plan.ring(i) else { continue };
        let Some(t) = plan.net.ticket(i) else {
            scene.disc(Layer::Ring, ring, 11.0, 12.5, "map-ring", None);
            continue;
        };
        let layer = scene.link(i * 100, &t.href, super::net::promised(t));
        scene.disc(layer, ring, 11.0, 12.5, "map-ring", None);
        ticket::beside(scene, layer, ring, (30.0, 12.5), &t.promises);
    }
}

/// The two sides as brackets above the map, which meet at the won station.
fn sides(plan: &Plan, scene: &mut Scene) {
    let all = &plan.net.map.sides;
    let y = 11.0;
    let ink = pen("map-bracket", 1.3, 0.0);
    let last = plan.net.len() - 1;
    for (k, side) in all.iter().enumerate() {
        let follows = k.checked_sub(1).and_then(|p| all.get(p));
        let x0 = follows.map_or(plan.x(side.first) - 9.0, |b| meeting(plan, b.last, side.first) + 14.0);
        let next = all.get(k + 1).map(|n| meeting(plan, side.last, n.first));
        let edge = if side.last == last { plan.w - 36.0 } else { plan.x(side.last) + 9.0 };
        let x1 = next.map_or(edge, |x| x - 14.0);
        let title = cut(&side.name, labels::SIDE, x1 - x0 - 48.0);
        if x1 - x0 < 20.0 || title.is_empty() {
            continue;
        }
        let title = vec![span(labels::SIDE, title)];
        let half = breadth(&title) / 2.0 + 8.0;
        let middle = (x0 + x1) / 2.0;
        scene.path(Layer::Ground, &[at(x0, y), at(middle - half, y)], ink);
        scene.path(Layer::Ground, &[at(middle + half, y), at(x1, y)], ink);
        scene.write(Layer::Word, at(middle, y + 4.5), Anchor::Middle, title, None);
        if k == 0 {
            scene.path(Layer::Ground, &[at(x0, y - 3.0), at(x0, y + 3.0)], ink);
        }
        let (x, tall) = next.map_or((x1, 3.0), |x| (x, 9.0));
        scene.path(Layer::Ground, &[at(x, y - tall), at(x, y + tall)], ink);
    }
}

/// Where two sides meet: at the won station if either ends there, else half way.
fn meeting(plan: &Plan, last: usize, first: usize) -> f64 {
    match plan.net.won {
        Some(w) if w == last || w == first => plan.x(w),
        _ => (plan.x(last) + plan.x(first)) / 2.0,
    }
}

/// What the buyer is doing, above the lanes.
fn buyers(plan: &Plan, scene: &mut Scene) {
    if plan.top < 92.0 {
        return;
    }
    let title = cut(&plan.net.map.words.buyer_is, labels::SIDE, 200.0);
    scene.write(Layer::Word, at(0.0, 40.0), Anchor::Start, vec![span(labels::SIDE, title)], None);
    for (i, station) in plan.net.map.stations.iter().enumerate() {
        let lines = wrap(&station.buyer, labels::BUYER, plan.gap(i) - 8.0, 2);
        let first = if lines.len() > 1 { 61.0 } else { 69.0 };
        for (k, text) in lines.into_iter().enumerate() {
            let y = first + 16.0 * k as f64;
            scene.write(Layer::Word, at(plan.x(i) - 9.0, y), Anchor::Start, vec![span(labels::BUYER, text)], None);
        }
    }
}
