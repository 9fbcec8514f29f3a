//! The words of the wide map: stations, lanes, ways in, ends, loops.
//!
//! Each label asks the scene how far it may reach. One that is too long is broken,
//! then shortened; one for which there is no room is left out.

use super::End;
use super::net::spoken;
use super::scene::{Anchor, Layer, Rect, Scene, Span, at, band, breadth, pen, span};
use super::text::{Font, cut, width, wrap};
use super::wide::{self, Plan};

/// A station's name.
pub(super) const NAME: Font = Font { class: "t-name", size: 15.5, bold: true };
/// The won station's name.
pub(super) const WON: Font = Font { class: "t-won", size: 18.0, bold: true };
/// A station's name where there is little room.
pub(super) const DENSE: Font = Font { class: "t-dense", size: 14.0, bold: true };
/// A lane's name.
pub(super) const LANE: Font = Font { class: "t-lane", size: 15.0, bold: true };
/// The name of an end or of a way back.
pub(super) const PATH: Font = Font { class: "t-path", size: 14.0, bold: true };
/// The name of a way in.
pub(super) const WAY: Font = Font { class: "t-way", size: 13.0, bold: true };
/// The name of a side, and other small headings.
pub(super) const SIDE: Font = Font { class: "t-way", size: 13.0, bold: true };
/// Owners, notes, and all else.
pub(super) const NOTE: Font = Font { class: "t-note", size: 13.0, bold: false };
/// What the buyer is doing.
pub(super) const BUYER: Font = Font { class: "t-buyer", size: 13.5, bold: false };

/// How far the heads of lanes reach; a way in nearer than this shortens them.
const HEAD: f64 = 170.0;

/// A station's label, settled.
struct Label {
    lines: Vec<String>,
    owner: Vec<String>,
    font: Font,
    x: f64,
}

/// How a station's name is broken, and how its owner's: three lines together at most.
fn label(plan: &Plan, i: usize) -> Label {
    let net = plan.net;
    let entered = !net.ways_in(i).is_empty() && !net.climbs(i);
    let p = plan.stop(i);
    let Some(station) = net.map.stations.get(i) else {
        return Label { lines: Vec::new(), owner: Vec::new(), font: NAME, x: p.x };
    };
    let mut font = if plan.dense {
        DENSE
    } else if station.won {
        WON
    } else {
        NAME
    };
    let x = p.x
        + if net.climbs(i) {
            -4.0
        } else if station.won {
            18.0
        } else if entered {
            13.0
        } else {
            -9.0
        };
    let next_entered = i + 1 < net.len() && !net.ways_in(i + 1).is_empty() && !net.climbs(i + 1);
    let reach = match (net.changes(i + 1), next_entered) {
        (true, _) => plan.gap(i) + 60.0,
        (false, true) => plan.gap(i) - 6.0,
        (false, false) => plan.gap(i) - 14.0,
    };
    let most = (p.x + reach).min(plan.w - 2.0) - x;
    let mut lines = wrap(&station.name, font, most, 2);
    if lines.iter().any(|l| l.ends_with('…')) && font != DENSE {
        (font, lines) = (DENSE, wrap(&station.name, DENSE, most + 3.0, 2));
    }
    let squeezed = lines.len() > 1 && entered && p.x < HEAD;
    let owner = if plan.dense || squeezed { Vec::new() } else { wrap(&station.owner, NOTE, most, if lines.len() > 1 { 1 } else { 2 }) };
    Label { lines, owner, font, x }
}

/// The ways in of a station: how high each begins, its name and its note.
/// Those for which there is no height of their own share the last one's label.
fn entries(plan: &Plan, i: usize) -> Vec<(f64, String, String)> {
    let ways = plan.net.ways_in(i);
    let p = plan.stop(i);
    let form = label(plan, i);
    let tall = |form: &Label| form.lines.len() + form.owner.len() > 2;
    let beside = ways.len() == 1 && plan.lane_h >= 178.0 && i + 1 < plan.net.len() && !plan.net.changes(i + 1);
    let lifted = tall(&form) || (beside && tall(&label(plan, i + 1)));
    let first = p.y - if plan.lane_h < 178.0 { 58.0 } else { 66.0 } - if lifted { 10.0 } else { 0.0 };
    let after_ring = plan.net.changes(i) || plan.net.climbs(i);
    let two = ways.len() == 2 && plan.lane_h >= 178.0 && !lifted && !after_ring && p.x >= HEAD;
    if two {
        return ways.iter().enumerate().map(|(k, w)| (first - 24.0 * k as f64, w.name.clone(), w.note.clone())).collect();
    }
    let names: Vec<&str> = ways.iter().map(|w| w.name.as_str()).collect();
    let note = match ways.as_slice() {
        [only] => only.note.clone(),
        _ => String::new(),
    };
    if names.is_empty() { Vec::new() } else { vec![(first, names.join(", "), note)] }
}

/// The stems of a station's ways in.
pub(super) fn stems(plan: &Plan, scene: &mut Scene, i: usize) {
    let p = plan.stop(i);
    let hue = plan.net.hue(plan.net.lane(i));
    for (y, _, _) in entries(plan, i).iter().rev() {
        scene.path(Layer::Line, &[at(p.x, *y), p], pen("map-in", 4.0, 0.0).hue(hue));
    }
    for (y, _, _) in entries(plan, i) {
        scene.disc(Layer::Line, at(p.x, y), 4.5, 5.8, "map-start", Some(hue));
    }
}

/// The labels of the ways in.
pub(super) fn ways_in(plan: &Plan, scene: &mut Scene) {
    for i in 0..plan.net.len() {
        for (y, name, note) in entries(plan, i) {
            let p = at(plan.x(i) + 12.0, y + 4.5);
            let room = scene.right(p.x, band(p.y, 13.0), 420.0);
            let name = cut(&name, WAY, room);
            let note = cut(&note, NOTE, room - width(&name, WAY) - 6.0);
            scene.write(Layer::Word, p, Anchor::Start, pair(name, note), None);
        }
    }
}

/// A name and a note on one line.
fn pair(name: String, note: String) -> Vec<Span> {
    let mut spans = vec![span(WAY, name)];
    if !note.is_empty() {
        spans.push(Span { gap: 6.0, ..span(NOTE, note) });
    }
    spans
}

/// The stations themselves: discs first, so that no name runs into one, then names.
pub(super) fn stations(plan: &Plan, scene: &mut Scene) {
    let net = plan.net;
    let mut layers = Vec::new();
    for (i, station) in net.map.stations.iter().enumerate() {
        let layer = scene.link(i * 100 + 5, &station.href, spoken(station, &net.map.words.won));
        if station.won {
            scene.disc(layer, plan.stop(i), 14.0, 15.3, "map-won-ring", None);
            scene.disc(layer, plan.stop(i), 11.0, 11.0, "map-won", None);
        } else {
            scene.disc(layer, plan.stop(i), 8.0, 10.0, "map-station", Some(net.hue(net.lane(i))));
        }
        layers.push(layer);
    }
    for (i, layer) in layers.into_iter().enumerate() {
        let form = label(plan, i);
        if net.climbs(i) {
            beneath(plan, scene, layer, i, &form);
        } else if plan.dense {
            packed(plan, scene, layer, i, &form);
        } else {
            above(plan, scene, layer, i, &form);
        }
    }
}

/// A label above right of its station.
fn above(plan: &Plan, scene: &mut Scene, layer: Layer, i: usize, form: &Label) {
    let y = plan.y(i);
    let lowest = 17.0 * (form.owner.len() + 1) as f64;
    let step = if form.font == WON { 20.0 } else { 17.0 };
    for (k, text) in form.lines.iter().rev().enumerate() {
        put(scene, layer, (form.x, y - lowest - step * k as f64), form.font, text);
    }
    for (k, text) in form.owner.iter().rev().enumerate() {
        put(scene, layer, (form.x, y - 17.0 * (k + 1) as f64), NOTE, text);
    }
}

/// A label below right of a station that the line leaves upwards.
fn beneath(plan: &Plan, scene: &mut Scene, layer: Layer, i: usize, form: &Label) {
    let mut y = plan.y(i) + 26.0 + if form.font == WON { 4.0 } else { 0.0 };
    for text in &form.lines {
        put(scene, layer, (form.x, y), form.font, text);
        y += 17.0;
    }
    for (k, text) in form.owner.iter().enumerate() {
        put(scene, layer, (form.x, y + 17.0 * k as f64), NOTE, text);
    }
}

/// A name in a dense map: on one line, on two, or one row higher across two gaps.
fn packed(plan: &Plan, scene: &mut Scene, layer: Layer, i: usize, form: &Label) {
    let y = plan.y(i);
    let whole = plan.net.map.stations.get(i).map_or("", |s| s.name.as_str());
    if form.lines.join(" ").contains('…') {
        let high = scene.right(form.x, band(y - 47.5, DENSE.size), 2.0 * plan.gap(i) - 8.0);
        if width(whole, DENSE) <= high {
            return put(scene, layer, (form.x, y - 47.5), DENSE, whole);
        }
    }
    for (k, text) in form.lines.iter().enumerate() {
        put(scene, layer, (form.x, y - 1.0 - 16.0 * (form.lines.len() - k) as f64), form.font, text);
    }
}

/// Writes a line to the right as far as there is room.
fn put(scene: &mut Scene, layer: Layer, (x, y): (f64, f64), font: Font, text: &str) {
    let text = cut(text, font, scene.right(x, band(y, font.size), width(text, font) + 1.0));
    scene.write(layer, at(x, y), Anchor::Start, vec![span(font, text)], None);
}

/// The heads of the lanes.
pub(super) fn lanes(plan: &Plan, scene: &mut Scene) {
    for (l, lane) in plan.net.map.lanes.iter().enumerate() {
        let first = (0..plan.net.len()).find(|i| plan.net.lane(*i) == l);
        let layer = scene.link(first.map_or(99_000_000 + l, |i| i * 100 + 1), &lane.href, lane.name.clone());
        head(scene, layer, plan.lane_top(l), (&lane.name, &lane.says), 1);
    }
}

/// The head of a lane or yard: its name, and beneath or beside it what it does.
pub(super) fn head(scene: &mut Scene, layer: Layer, top: f64, (name, says): (&str, &str), lines: usize) {
    let tall = Rect { x0: 0.0, y0: band(top + 26.0, 15.0).0, x1: 0.0, y1: top + 50.0 };
    let needed = width(name, LANE).min(150.0);
    let steps = (0..80).map(|k| 18.0 + 6.0 * f64::from(k));
    let clear = |x: f64| if x > 18.0 { 8.0 } else { 0.0 };
    let high = (band(top + 26.0, 15.0).0, band(top + 26.0, 15.0).1);
    let Some(x) = steps.into_iter().find(|x| scene.right(*x - clear(*x), high, 240.0) >= needed + clear(*x)) else {
        return;
    };
    let room = scene.right(x, high, 240.0);
    let name = cut(name, LANE, room);
    let beneath = scene.right(x, band(top + 44.0, 13.0), 240.0);
    if width(says, NOTE) > beneath * lines as f64 && beneath < 90.0 || !scene.free(Rect { x0: x, x1: x + 40.0, ..tall }, true) {
        let rest = room - width(&name, LANE) - 6.0;
        let mut spans = vec![span(LANE, name)];
        if !says.is_empty() && width(says, NOTE) <= rest {
            spans.push(Span { gap: 6.0, ..span(NOTE, says) });
        }
        return scene.write(layer, at(x, top + 26.0), Anchor::Start, spans, None);
    }
    scene.write(layer, at(x, top + 26.0), Anchor::Start, vec![span(LANE, name)], None);
    for (k, text) in wrap(says, NOTE, beneath, lines).into_iter().enumerate() {
        put(scene, layer, (x, top + 44.0 + 16.0 * k as f64), NOTE, &text);
    }
}

/// The words of the loops: inside, or beside a small one.
pub(super) fn turns(plan: &Plan, scene: &mut Scene) {
    for l in wide::turns(plan) {
        let (a, b) = (plan.x(l.to), plan.x(l.from));
        let low = plan.y(l.from) + wide::LOOP;
        if l.from == l.to {
            put(scene, Layer::Word, (b + 34.0, low + 5.0), NOTE, &l.word);
            continue;
        }
        let text = vec![span(NOTE, cut(&l.word, NOTE, b - a - 40.0))];
        let half = breadth(&text) / 2.0;
        let (y0, y1) = band(low - 12.0, 13.0);
        let free = |x: &f64| scene.free(Rect { x0: x - half, y0, x1: x + half, y1 }, true);
        let aside = (plan.x(l.from.saturating_sub(1)) + b) / 2.0;
        if let Some(middle) = [(a + b) / 2.0, aside].into_iter().find(free) {
            scene.write(Layer::Word, at(middle, low - 12.0), Anchor::Middle, text, None);
        }
    }
}

/// The labels of the ends.
pub(super) fn ends(plan: &Plan, scene: &mut Scene) {
    for i in 0..plan.net.len() {
        let Some(foot) = plan.feet.get(i) else {
            continue;
        };
        let Some(bar) = foot.bar else { continue };
        let ends = plan.net.ends(i);
        if foot.level {
            over(scene, i, bar.x, plan.y(i), &ends);
        } else {
            beside(scene, i, bar.x, bar.y, &ends);
        }
    }
}

/// Labels over the bar behind the last station, the first one lowest.
fn over(scene: &mut Scene, i: usize, x: f64, y: f64, ends: &[(usize, &End)]) {
    for (k, (_, end)) in ends.iter().enumerate().take(3) {
        let base = y - 17.0 - 17.0 * k as f64;
        let edges = band(base, PATH.size);
        let (left, right) = (scene.left(x, edges, 90.0), scene.right(x, edges, 90.0));
        let layer = scene.link(i * 100 + 20 + k, &end.href, heard(end));
        let text = cut(&end.name, PATH, left + right);
        let wide = width(&text, PATH);
        if text != end.name && beneath_spur(scene, layer, (x - 8.0, y + 22.0 + 16.0 * k as f64), &end.name) {
            continue;
        }
        if wide <= 2.0 * left.min(right) {
            scene.write(layer, at(x, base), Anchor::Middle, vec![span(PATH, text)], None);
        } else {
            let start = (x - wide / 2.0).min(x + right - wide).max(x - left);
            scene.write(layer, at(start, base), Anchor::Start, vec![span(PATH, text)], None);
        }
    }
}

/// A label beneath the level spur, if it fits there in full.
fn beneath_spur(scene: &mut Scene, layer: Layer, (x, y): (f64, f64), name: &str) -> bool {
    let fits = width(name, PATH) <= scene.left(x, band(y, PATH.size), 170.0);
    if fits {
        scene.write(layer, at(x, y), Anchor::End, vec![span(PATH, name)], None);
    }
    fits
}

/// Labels beside a bar across, on the side with more room.
fn beside(scene: &mut Scene, i: usize, x: f64, y: f64, ends: &[(usize, &End)]) {
    let edges = (y - 15.0, y + 32.0);
    let (l, r) = (scene.left(x - 16.0, edges, 190.0), scene.right(x + 16.0, edges, 190.0));
    let (anchor, edge, room) = if l >= r { (Anchor::End, x - 16.0, l) } else { (Anchor::Start, x + 16.0, r) };
    let widest = ends.iter().map(|(_, e)| width(&e.name, PATH)).fold(0.0, f64::max);
    if room < widest.min(60.0) {
        return under(scene, i, x, y, ends);
    }
    let one = ends.len() == 1;
    let mut lines: Vec<(usize, Font, String)> = Vec::new();
    for (k, (_, end)) in ends.iter().enumerate().take(3) {
        let names = if one { 2 } else { 1 };
        let named = wrap(&end.name, PATH, room, names);
        let notes = if one { 3 - named.len().max(1) } else { 0 };
        lines.extend(named.into_iter().map(|t| (k, PATH, t)));
        lines.extend(wrap(&end.note, NOTE, room, notes).into_iter().map(|t| (k, NOTE, t)));
    }
    let first = y + match lines.len() {
        1 => 5.0,
        2 => 2.0,
        _ => -4.0,
    };
    let mut layers: Vec<(usize, Layer)> = Vec::new();
    for (line, (k, font, text)) in lines.into_iter().enumerate() {
        let Some((_, end)) = ends.get(k) else {
            continue;
        };
        let layer = match layers.iter().find(|(of, _)| *of == k) {
            Some((_, layer)) => *layer,
            None => scene.link(i * 100 + 20 + k, &end.href, heard(end)),
        };
        layers.push((k, layer));
        scene.write(layer, at(edge, first + 16.0 * line as f64), anchor, vec![span(font, text)], None);
    }
}

/// Labels under a bar across, where there is no room beside it.
fn under(scene: &mut Scene, i: usize, x: f64, y: f64, ends: &[(usize, &End)]) {
    for (k, (_, end)) in ends.iter().enumerate().take(2) {
        let layer = scene.link(i * 100 + 20 + k, &end.href, heard(end));
        put(scene, layer, (x - 9.0, y + 17.0 + 15.0 * k as f64), PATH, &end.name);
    }
}

/// What an end is called when it is read out.
pub(super) fn heard(end: &End) -> String {
    if end.note.is_empty() { end.name.clone() } else { format!("{}, {}", end.name, end.note) }
}

/// Several names on one line, each a link of its own.
pub(super) fn several(names: &[(String, String)], room: f64) -> Vec<Span> {
    let mut left = room;
    let mut spans: Vec<Span> = Vec::new();
    for (k, (name, href)) in names.iter().enumerate() {
        let comma = if k + 1 < names.len() { "," } else { "" };
        let gap = if k > 0 { 4.0 } else { 0.0 };
        let text = cut(&format!("{name}{comma}"), PATH, left - gap);
        left -= width(&text, PATH) + gap;
        if text.is_empty() {
            break;
        }
        let href = href.clone();
        spans.push(Span { href, gap, ..span(PATH, text) });
    }
    spans
}
