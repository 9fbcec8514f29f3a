//! The yard beneath the wide map: where those who said no wait, and how they return.
//!
//! One row a way, ordered so that the brackets nest: the further right a way
//! returns the higher its row, and then the further left it begins.

use super::feet::{TRACK, beginning, chevron};
use super::labels::{NOTE, PATH, head, several};
use super::net::{Way, promised};
use super::scene::{Anchor, Layer, Point, Rect, Scene, Span, at, pen, span};
use super::text::{CUT, cut, width, wrap};
use super::ticket;
use super::wide::Plan;
use super::{Promise, Ticket};

/// From a yard's hairline to its first row, from row to row, and from the last to the end.
const FIRST: f64 = 108.0;
const PITCH: f64 = 54.0;
/// What a row with three lines beneath its name needs more.
const MORE: f64 = 16.0;
const LAST: f64 = 34.0;

/// A row of a yard.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub way: usize,
    pub y: f64,
    /// Where it begins and where it returns.
    pub from: f64,
    pub to: f64,
    pub station: usize,
    /// How many lines what calls them back may have.
    pub lines: usize,
}

/// A yard with its rows.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub yard: usize,
    pub top: f64,
    pub bottom: f64,
    pub rows: Vec<Row>,
}

/// The yards that have any way back, one under the other.
pub(super) fn places(plan: &Plan) -> Vec<Place> {
    let mut top = plan.floor();
    let mut out = Vec::new();
    for yard in 0..plan.net.map.yards.len() {
        let mut rows: Vec<Row> = plan
            .net
            .ways
            .iter()
            .enumerate()
            .filter(|(_, w)| w.yard == yard)
            .filter_map(|(k, w)| {
                let (from, _) = beginning(plan, k)?;
                let to = plan.feet.get(w.to)?.back;
                let room = (from.min(to) - 34.0).min(260.0);
                let is_cut = room >= 150.0 && wrap(&w.calls, NOTE, room, 2).iter().any(|l| l.ends_with(CUT));
                Some(Row { way: k, y: 0.0, from, to, station: w.to, lines: if is_cut { 3 } else { 2 } })
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        rows.sort_by(|a, b| b.station.cmp(&a.station).then(a.from.total_cmp(&b.from)));
        let mut y = top + FIRST - PITCH;
        for row in &mut rows {
            let more = if row.lines > 2 { MORE / 2.0 } else { 0.0 };
            row.y = y + PITCH + more;
            y = row.y + more;
        }
        let bottom = y + LAST;
        out.push(Place { yard, top, bottom, rows });
        top = bottom;
    }
    out
}

/// Draws tracks, capsules and the rings on the yard's hairline.
pub(super) fn draw(plan: &Plan, scene: &mut Scene) {
    let ink = pen("map-back", TRACK, 8.0);
    let only = plan.net.ways.len() == 1;
    for place in &plan.yards {
        for row in &place.rows {
            let Some((x, mut track)) = beginning(plan, row.way) else {
                continue;
            };
            track.push(at(x, row.y));
            track.push(at(row.to, row.y));
            if only {
                track.extend(home(plan, row));
            }
            scene.path(Layer::Back, &track, ink);
            let away = if row.to < x { -1.0 } else { 1.0 };
            let tip = x + away * 60.0_f64.min((x - row.to).abs() * 0.6);
            chevron(scene, Layer::Back, at(tip, row.y), (away, 0.0), "map-chevron");
        }
        for rows in place.rows.chunk_by(|a, b| a.station == b.station) {
            returning(plan, scene, place, rows, only);
        }
    }
    for place in &plan.yards {
        for (middle, half) in bundles(plan, place) {
            ring(scene, Layer::Ring, at(middle, place.top), half);
        }
    }
    for foot in &plan.feet {
        for (_, x) in &foot.words {
            ring(scene, Layer::Ring, at(*x, plan.floor()), 8.0);
        }
    }
}

/// The last steps of a way back: up its column and into the station.
fn home(plan: &Plan, row: &Row) -> Vec<Point> {
    let p = plan.stop(row.station);
    let aside = (p.x - row.to).abs();
    if aside < 1.0 { vec![p] } else { vec![at(row.to, p.y + aside), p] }
}

/// The capsule of rows that return to one station, and the line up from it.
fn returning(plan: &Plan, scene: &mut Scene, place: &Place, rows: &[Row], only: bool) {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return;
    };
    let hue = plan.net.map.yards.get(place.yard).map_or(0, |y| y.hue);
    let x = first.to;
    if !only {
        let mut up = vec![at(x, first.y - 15.0)];
        up.extend(home(plan, first));
        scene.path(Layer::Back, &up, pen("map-back", TRACK, 8.0));
        let area = Rect { x0: x - 9.0, y0: first.y - 15.0, x1: x + 9.0, y1: last.y + 15.0 };
        scene.block(Layer::Ring, area, 9.0, "map-capsule", Some(hue));
        scene.course(&[at(x, area.y0 + 9.0), at(x, area.y1 - 9.0)], 10.5, false);
        for row in rows {
            scene.disc(Layer::Ring, at(x, row.y), 3.5, 3.5, "map-dot", Some(hue));
        }
    }
    let y = plan.y(first.station);
    let aside = (plan.x(first.station) - x).abs();
    let enters = plan.floor() - 28.0;
    if y + 26.0 + aside + 20.0 < enters {
        chevron(scene, Layer::Back, at(x, enters), (0.0, -1.0), "map-chevron");
    }
    chevron(scene, Layer::Back, at(x, y + 26.0 + aside), (0.0, -1.0), "map-chevron");
}

/// Where tracks of one station cross a yard's hairline: the middle and half the width of each bundle.
fn bundles(plan: &Plan, place: &Place) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for foot in &plan.feet {
        let here = |k: &usize| place.rows.iter().any(|r| r.way == *k);
        let xs = foot.leaving.iter().filter(|(k, _, _)| here(k)).map(|(_, x, _)| *x);
        let (l, r, n) = xs.fold((f64::MAX, f64::MIN, 0), |(l, r, n), x| (l.min(x), r.max(x), n + 1));
        if n > 0 {
            out.push(((l + r) / 2.0, if n == 1 { 8.0 } else { (r - l) / 2.0 + 10.0 }));
        }
    }
    out
}

/// A small ring, or a level capsule if it is wider.
fn ring(scene: &mut Scene, layer: Layer, c: Point, half: f64) {
    if half <= 8.0 {
        scene.disc(layer, c, 8.0, 9.2, "map-ring map-ring-small", None);
    } else {
        let (x0, x1) = ((c.x - half).max(1.5), (c.x + half).min(scene.w - 1.5));
        let area = Rect { x0, y0: c.y - 8.0, x1, y1: c.y + 8.0 };
        scene.block(layer, area, 8.0, "map-ring map-ring-small", None);
        scene.course(&[at(area.x0 + 8.0, c.y), at(area.x1 - 8.0, c.y)], 9.2, false);
        scene.widen(layer, area);
    }
}

/// The tickets on the yard's hairline: words back first, then what whoever says no promised.
pub(super) fn tickets(plan: &Plan, scene: &mut Scene) {
    let floor = plan.floor();
    for (i, foot) in plan.feet.iter().enumerate() {
        for (k, x) in &foot.words {
            if let Some(word) = plan.net.map.words_back.get(*k) {
                hang(scene, at(*x, floor), 8.0, i * 100 + 10 + k, (&word.ticket, word.ticket.promises.get(..1).unwrap_or(&[])));
            }
        }
    }
    for (rank, place) in plan.yards.iter().enumerate() {
        let Some(t) = plan.net.map.yards.get(place.yard).and_then(|y| y.ticket.as_ref()) else {
            continue;
        };
        let room = |(x, half): &(f64, f64)| ticket::spare(scene, at(*x, place.top), half + 12.0);
        let best = bundles(plan, place).into_iter().max_by(|a, b| room(a).total_cmp(&room(b)));
        if let Some((x, half)) = best {
            hang(scene, at(x, place.top), half, 100_000_000 + rank * 10_000_000 + 1, (t, &t.promises));
        }
    }
}

/// Hangs a ticket on a ring; if there is no room for it the ring itself is the link.
fn hang(scene: &mut Scene, c: Point, half: f64, rank: usize, (t, promises): (&Ticket, &[Promise])) {
    let layer = scene.link(rank, &t.href, promised(t));
    if !ticket::beside(scene, layer, c, (half + 12.0, half + 1.0), promises) {
        ring(scene, layer, c, half);
    }
}

/// The heads of the yards and the words of each row.
pub(super) fn words(plan: &Plan, scene: &mut Scene) {
    for (rank, place) in plan.yards.iter().enumerate() {
        let first = 100_000_000 + rank * 10_000_000;
        if let Some(yard) = plan.net.map.yards.get(place.yard) {
            let layer = scene.link(first, &yard.href, yard.name.clone());
            head(scene, layer, place.top, (&yard.name, &yard.says), 2);
        }
        let mut at_row = first + 2;
        for rows in place.rows.chunk_by(|a, b| a.station == b.station) {
            let beside = rows.iter().all(|r| scene.right(r.to.max(r.from) + 24.0, (r.y - 23.0, r.y + 23.0), 260.0) >= 110.0);
            for row in rows {
                name(plan, scene, row, (at_row, beside));
                at_row += 1;
            }
        }
    }
}

/// Where the words of a row may stand.
#[derive(Clone, Copy, PartialEq)]
enum Spot {
    Left,
    Right,
    Along,
}

/// Writes what a row is called and what calls them back.
fn name(plan: &Plan, scene: &mut Scene, row: &Row, (rank, beside): (usize, bool)) {
    let Some(way) = plan.net.ways.get(row.way) else {
        return;
    };
    let Some((spot, room)) = spot(scene, row, way, beside) else {
        return;
    };
    let (near, far) = (row.to.min(row.from), row.to.max(row.from));
    let (anchor, x) = match spot {
        Spot::Left => (Anchor::End, near - 24.0),
        Spot::Right => (Anchor::Start, far + 24.0),
        Spot::Along => (Anchor::Start, near + 16.0),
    };
    let calls = wrap(&way.calls, NOTE, room, if spot == Spot::Along { 2 } else { row.lines });
    let (top, next) = match (spot, calls.len()) {
        (Spot::Along, _) => (-6.0, 15.0),
        (_, 0) => (5.0, 0.0),
        (_, 1) => (-3.0, 13.0),
        (_, 3) => (-20.0, -4.0),
        _ => (-12.0, 4.0),
    };
    let (layer, spans) = named(scene, &way.names, &way.calls, room, rank);
    scene.write(layer, at(x, row.y + top), anchor, spans, None);
    for (k, text) in calls.into_iter().enumerate() {
        scene.write(layer, at(x, row.y + next + 15.0 * k as f64), anchor, vec![span(NOTE, text)], None);
    }
}

/// Where a row's words go, and how wide they may be: left of the capsule if there is
/// room, else right of where the row begins if its neighbours can stand there too, else
/// along the row; best uncut.
fn spot(scene: &Scene, row: &Row, way: &Way, beside: bool) -> Option<(Spot, f64)> {
    let half = if row.lines > 2 { 31.0 } else { 23.0 };
    let edges = (row.y - half, row.y + half);
    let (near, far) = (row.to.min(row.from), row.to.max(row.from));
    let left = scene.left(near - 24.0, edges, 260.0);
    let right = scene.right(far + 24.0, edges, 260.0);
    let most = far - near - 24.0;
    let over = scene.right(near + 16.0, (row.y - 18.0, row.y - 4.0), most);
    let along = over.min(scene.right(near + 16.0, (row.y + 5.0, row.y + 34.0), most));
    let mut spots = [(Spot::Left, left, 150.0), (Spot::Right, right, 110.0), (Spot::Along, along, 110.0)];
    if !beside {
        spots.swap(1, 2);
    }
    let name: f64 = way.names.iter().map(|(n, _)| width(n, PATH) + 8.0).sum();
    let whole = |room: f64| name <= room + 8.0 && !wrap(&way.calls, NOTE, room, row.lines).iter().any(|l| l.ends_with(CUT));
    let good = || spots.iter().filter(|(_, room, needed)| room >= needed);
    let widest = || spots.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, room, _)| *room >= 40.0);
    let best = good().find(|(_, room, _)| whole(*room)).or_else(|| good().next()).or_else(widest);
    best.map(|(spot, room, _)| (*spot, *room))
}

/// The names of a row: one is a link together with its words, several are links of their own.
fn named(scene: &mut Scene, names: &[(String, String)], calls: &str, room: f64, rank: usize) -> (Layer, Vec<Span>) {
    if let [(name, href)] = names {
        let heard = if calls.is_empty() { name.clone() } else { format!("{name}, {calls}") };
        return (scene.link(rank, href, heard), vec![span(PATH, cut(name, PATH, room))]);
    }
    (Layer::Word, several(names, room))
}
