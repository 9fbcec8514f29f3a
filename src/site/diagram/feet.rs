//! What hangs beneath a station of the wide map: ends, tracks back, words back.
//!
//! They share the station's column. Who stands in its middle is settled here:
//! those who come back first, else an end, else the tracks that leave.

use super::Source;
use super::net::Net;
use super::scene::{Layer, Point, Scene, Shape, at, pen};
use super::wide::Plan;

/// What the thin tracks are drawn with.
pub(super) const TRACK: f64 = 2.0;

/// The columns used beneath one station.
#[derive(Clone, Debug, Default)]
pub(super) struct Foot {
    /// Where those who come back arrive.
    pub back: f64,
    /// The bar of its ends, if it has any.
    pub bar: Option<Point>,
    /// Whether the bar stands across a level spur.
    pub level: bool,
    /// Each way that leaves here (index into the ways), its column, and whether it leaves from the bar.
    pub leaving: Vec<(usize, f64, bool)>,
    /// Each word that goes back (index), and its column.
    pub words: Vec<(usize, f64)>,
}

/// What wants a column beneath a station.
struct Wanted {
    own: Vec<usize>,
    tails: Vec<usize>,
    words: Vec<usize>,
    ended: bool,
    /// Whether its ends stand behind it, not beneath.
    level: bool,
}

/// Shares out the columns beneath station `i`.
pub(super) fn foot(plan: &Plan, i: usize) -> Foot {
    let net = plan.net;
    let p = plan.stop(i);
    let ended = !net.ends(i).is_empty();
    let wanted = Wanted {
        own: sorted(net, net.own(i)),
        tails: sorted(net, net.tails(i)),
        words: net.words(i).iter().map(|(k, _)| *k).collect(),
        ended,
        level: ended && i + 1 == net.len(),
    };
    let busy = wanted.own.len() + wanted.words.len() + wanted.tails.len() + 2;
    let pitch = ((plan.gap(i).min(110.0) - 20.0) / busy as f64).clamp(2.0, 12.0);
    let (xs, spur, back) = share(plan, i, &wanted, pitch);
    let clamp = |x: f64| x.clamp(12.0, plan.w - 12.0);
    let xs: Vec<f64> = xs.into_iter().map(clamp).collect();
    let bar = match (ended, wanted.level) {
        (false, _) => None,
        (true, true) => Some(at(clamp(p.x + 88.0), p.y)),
        (true, false) => Some(at(clamp(spur), bar_height(plan, i, !wanted.tails.is_empty()))),
    };
    let mut leaving: Vec<(usize, f64, bool)> = Vec::new();
    leaving.extend(wanted.own.iter().zip(&xs).map(|(k, x)| (*k, *x, false)));
    if let Some(bar) = bar {
        let leftwards = wanted.level || net.climbs(i);
        let step = if leftwards { -pitch } else { pitch };
        let columns = run(bar.x, step, wanted.tails.len());
        leaving.extend(wanted.tails.iter().zip(columns).map(|(k, x)| (*k, clamp(x), true)));
    }
    let rest = xs.into_iter().skip(wanted.own.len());
    Foot { back: clamp(back), bar, level: wanted.level, leaving, words: wanted.words.into_iter().zip(rest).collect() }
}

/// The columns of the station's own tracks and words, of its spur, and of those who come back.
fn share(plan: &Plan, i: usize, wanted: &Wanted, pitch: f64) -> (Vec<f64>, f64, f64) {
    let net = plan.net;
    let x = plan.x(i);
    let count = wanted.own.len() + wanted.words.len();
    let breadth = pitch * count.saturating_sub(1) as f64;
    let comes = net.comes_back(i);
    if net.climbs(i) {
        let first = x - 13.0 - if comes { pitch } else { 0.0 };
        let spur = first - pitch * count as f64;
        return (run(first, -pitch, count), spur, x - 13.0);
    }
    if comes {
        return aside(net, i, &wanted.own, wanted.words.len(), (x, pitch));
    }
    let first = if wanted.ended && !wanted.level { x - 15.0 - breadth } else { x - breadth / 2.0 };
    (run(first, pitch, count), x, x)
}

/// Columns one `step` apart.
fn run(first: f64, step: f64, count: usize) -> Vec<f64> {
    (0..count).map(|k| first + step * k as f64).collect()
}

/// Columns beside a track that comes back: ways to earlier stations left of it, the rest right.
fn aside(net: &Net, i: usize, own: &[usize], words: usize, (x, pitch): (f64, f64)) -> (Vec<f64>, f64, f64) {
    let earlier = |k: &&usize| net.ways.get(**k).is_some_and(|w| w.to < i);
    let left = own.iter().filter(earlier).count();
    let (mut l, mut r) = (x - 15.0 - pitch * left.saturating_sub(1) as f64, x + 15.0);
    let mut next = |is_left: bool| {
        let side = if is_left { &mut l } else { &mut r };
        let now = *side;
        *side += pitch;
        now
    };
    let mut xs: Vec<f64> = own.iter().map(|k| next(earlier(&k))).collect();
    xs.extend((0..words).map(|_| next(false)));
    (xs, next(false), x)
}

/// Ways in the order of their rows: those that return further right are above.
fn sorted(net: &Net, mut ways: Vec<usize>) -> Vec<usize> {
    ways.sort_by_key(|k| net.ways.get(*k).map(|w| (w.yard, std::cmp::Reverse(w.to))));
    ways
}

/// How deep an end's bar hangs: in its lane, or in the free space beneath if tracks go on from it.
fn bar_height(plan: &Plan, i: usize, goes_on: bool) -> f64 {
    let lane = plan.net.lane(i);
    if goes_on && lane + 1 < plan.net.map.lanes.len() { plan.lane_top(lane + 1) + 48.0 } else { plan.y(i) + 34.0 }
}

/// Draws ends and words back. The tracks back are drawn with their yard.
pub(super) fn draw(plan: &Plan, scene: &mut Scene) {
    let floor = plan.floor();
    for (i, foot) in plan.feet.iter().enumerate() {
        let p = plan.stop(i);
        if let Some(bar) = foot.bar {
            let (dx, dy) = if foot.level { (0.0, 9.0) } else { (9.0, 0.0) };
            let mut spur = if foot.level { vec![p] } else { leave(p, bar.x) };
            spur.push(bar);
            scene.path(Layer::Back, &spur, pen("map-back", TRACK, 8.0));
            scene.path(Layer::Line, &[at(bar.x - dx, bar.y - dy), at(bar.x + dx, bar.y + dy)], pen("map-bar", 4.0, 0.0));
        }
        for (_, x) in &foot.words {
            let mut down = leave(p, *x);
            down.push(at(*x, floor));
            scene.path(Layer::Back, &down, pen("map-back", TRACK, 8.0));
        }
    }
}

/// The first steps from a station down to the column `x`.
pub(super) fn leave(p: Point, x: f64) -> Vec<Point> {
    let aside = (x - p.x).abs();
    if aside <= 6.5 { vec![at(x, p.y)] } else { vec![p, at(x, p.y + aside.min(60.0))] }
}

/// Where a way begins, up to its column: from the station, or from the bar of its end.
pub(super) fn beginning(plan: &Plan, way: usize) -> Option<(f64, Vec<Point>)> {
    let station = match plan.net.ways.get(way)?.from {
        Source::Station(i) => i,
        Source::End(k) => plan.net.map.ends.get(k)?.station,
    };
    let foot = plan.feet.get(station)?;
    let (_, x, tail) = foot.leaving.iter().find(|(k, _, _)| *k == way)?;
    let start = if *tail { foot.bar? } else { plan.stop(station) };
    Some((*x, leave(start, *x)))
}

/// An open arrow head with its tip at `tip`, pointing along `way`.
pub(super) fn chevron(scene: &mut Scene, layer: Layer, tip: Point, (dx, dy): (f64, f64), class: &'static str) {
    let wing = |side: f64| at(tip.x - 4.5 * dx - 4.5 * dy * side, tip.y - 4.5 * dy + 4.5 * dx * side);
    let points = vec![wing(1.0), tip, wing(-1.0)];
    scene.course(&points, 1.0, false);
    scene.mark(layer, Shape::Path { points, cut: 0.0, closed: false }, class, None);
}
