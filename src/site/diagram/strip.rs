//! The whole line in one small row, for the head of a stage's page.
//!
//! On a phone only the present station is named; the others keep their names for
//! those who hear or touch them.

use super::Map;
use super::net::{Net, spoken};
use super::scene::{Anchor, Layer, Point, Rect, Scene, at, band, pen, span};
use super::text::{Font, cut, width};

const NAME: Font = Font { class: "t-note", size: 13.0, bold: false };
const HERE: Font = Font { class: "t-here", size: 13.0, bold: true };
/// The height of the line, of the names beneath it, and of the whole.
const LINE: f64 = 16.0;
const BASE: f64 = 45.0;
const HIGH: f64 = 52.0;

/// Both forms, each with its class and the id of its title; none for an empty map.
pub(super) fn layouts(map: &Map, current: usize) -> Vec<(Scene, &'static str, &'static str)> {
    let Some(net) = Net::new(map) else {
        return Vec::new();
    };
    vec![
        (layout(&net, current, 872.0, true), "map strip strip-wide", "strip-wide-title"),
        (layout(&net, current, 343.0, false), "map strip strip-narrow", "strip-narrow-title"),
    ]
}

/// One form.
fn layout(net: &Net, current: usize, w: f64, named: bool) -> Scene {
    let mut scene = Scene::new(w, HIGH);
    let n = net.len();
    let gap = (w - 28.0) / (n.max(2) - 1) as f64;
    let stops: Vec<Point> = (0..n).map(|i| at(14.0 + gap * i as f64, LINE)).collect();
    let r = (gap / 3.2).clamp(1.0, 5.0);
    line(net, &mut scene, &stops, r);
    let mut layers = Vec::new();
    for (i, (p, station)) in stops.iter().zip(&net.map.stations).enumerate() {
        let mut name = spoken(station, &net.map.words.won);
        if i == current {
            name = format!("{name}, {}", net.map.words.here);
        }
        let layer = scene.link(i, &station.href, name);
        let hue = net.hue(net.lane(i));
        if i == current {
            scene.disc(layer, *p, 11.5, 12.3, "strip-here", Some(hue));
            scene.disc(layer, *p, 8.0, 8.0, "map-dot", Some(hue));
        } else {
            let won = if station.won { "strip-station strip-won" } else { "strip-station" };
            scene.disc(layer, *p, r, r + 1.2, won, Some(hue));
        }
        layers.push(layer);
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|i| (*i != current, *i != 0, *i + 1 != n, *i));
    if !named {
        let ends = if current < n { 1 } else { 2 };
        order.truncate(ends);
    }
    for i in order {
        if let (Some(layer), Some(p)) = (layers.get(i), stops.get(i)) {
            name(net, &mut scene, *layer, (i, *p, gap), i == current);
        }
    }
    scene
}

/// The line in its colours, and the rings where it changes hands.
fn line(net: &Net, scene: &mut Scene, stops: &[Point], r: f64) {
    for (i, pair) in stops.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let (before, after) = (net.hue(net.lane(i)), net.hue(net.lane(i + 1)));
        let middle = at((a.x + b.x) / 2.0, LINE);
        if !net.changes(i + 1) {
            scene.path(Layer::Line, &[*a, *b], pen("strip-line", 4.0, 0.0).hue(after));
        } else {
            scene.path(Layer::Line, &[*a, middle], pen("strip-line", 4.0, 0.0).hue(before));
            scene.path(Layer::Line, &[middle, *b], pen("strip-line", 4.0, 0.0).hue(after));
            scene.disc(Layer::Ring, middle, r, r + 1.2, "strip-ring", None);
        }
    }
}

/// A station's name beneath it: in full if there is room, else cut, else not at all.
fn name(net: &Net, scene: &mut Scene, layer: Layer, (i, p, gap): (usize, Point, f64), here: bool) {
    let Some(station) = net.map.stations.get(i) else {
        return;
    };
    let font = if here { HERE } else { NAME };
    let most = if here { scene.w } else { (gap - 8.0).max(90.0) };
    for text in [station.name.clone(), cut(&station.name, font, most)] {
        let wide = width(&text, font);
        let (y0, y1) = band(BASE, font.size);
        let x0 = (p.x - wide / 2.0).clamp(0.0, (scene.w - wide).max(0.0));
        let near = if i == 0 { 4.0_f64.min(x0) } else { x0 };
        let area = Rect { x0: near, y0, x1: near + wide, y1 };
        if !text.is_empty() && wide <= scene.w && scene.free(area, true) {
            let (anchor, x) = if x0 <= 0.0 || i == 0 {
                (Anchor::Start, near)
            } else if x0 + wide >= scene.w - 0.1 {
                (Anchor::End, scene.w)
            } else {
                (Anchor::Middle, p.x)
            };
            return scene.write(layer, at(x, BASE), anchor, vec![span(font, text)], None);
        }
    }
}
