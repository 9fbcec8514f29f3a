//! The key to the wide map: six signs in two rows, where the yard has room for them.

use super::feet;
use super::labels::{NOTE, SIDE};
use super::scene::{Anchor, Layer, Rect, Scene, at, pen, span};
use super::text::{cut, width};
use super::wide::Plan;

/// The width a key needs at least.
pub(super) const WIDE: f64 = 600.0;
/// Its height.
const HIGH: f64 = 120.0;

/// The key's columns: each sign's left end and its text's, and how wide all is.
fn columns(text: impl Fn(usize) -> String) -> ([(f64, f64); 3], f64) {
    let column = |k: usize| width(&text(k), NOTE).max(width(&text(k + 3), NOTE));
    let second = 62.0 + column(0);
    let third = second + 60.0 + column(1);
    let wide = (third + 48.0 + column(2)).max(WIDE - 60.0);
    let places = [(0.0, 44.0), (second, second + 42.0), (third, third + 48.0)];
    (places, wide)
}

/// The free place for a key of this width that is nearest to the yard's right half.
fn place(plan: &Plan, scene: &Scene, wide: f64) -> Option<(f64, f64)> {
    let (top, bottom) = (plan.yards.first()?.top, plan.yards.last()?.bottom);
    let wish = (plan.w / 2.0 + 32.0).min(plan.w - wide - 12.0);
    let best = top + 96.0;
    let rows = ((bottom - top - HIGH) / 16.0).clamp(0.0, 40.0) as usize;
    let mut spots: Vec<(f64, f64, f64)> = Vec::new();
    for k in 0..48_i32 {
        let x = wish + 24.0 * f64::from(k - 24);
        if x < 200.0 || x + wide + 8.0 > plan.w {
            continue;
        }
        let ys = (0..=rows).map(|r| top + 16.0 * r as f64);
        spots.extend(ys.map(|y| ((x - wish).abs() + (y - best).abs(), x, y)));
    }
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    let free = |x: f64, y: f64| scene.free(Rect::sized(x - 16.0, y, wide + 24.0, HIGH), true);
    let (_, x, y) = spots.into_iter().find(|(_, x, y)| free(*x, *y))?;
    Some((x, y))
}

/// Draws the key where it is free, best in the right half of the yard.
pub(super) fn draw(plan: &Plan, scene: &mut Scene) {
    let words = &plan.net.map.words;
    let text = |k: usize| words.signs.get(k).map_or("", String::as_str);
    let text = |k: usize| cut(text(k), NOTE, 190.0);
    let (places, wide) = columns(text);
    let Some((x, y)) = place(plan, scene, wide) else {
        return;
    };
    let say = |scene: &mut Scene, x: f64, y: f64, font, text| {
        let line = vec![span(font, text)];
        scene.write(Layer::Word, at(x, y), Anchor::Start, line, None);
    };
    say(scene, x, y + 17.0, SIDE, cut(&words.key, SIDE, 300.0));
    for (k, (dx, tx)) in places.into_iter().enumerate() {
        say(scene, x + tx, y + 58.0, NOTE, text(k));
        say(scene, x + tx, y + 106.0, NOTE, text(k + 3));
        thick(plan, scene, k, (x + dx, y + 53.5));
        thin(plan, scene, k, (x + dx, y + 101.5));
    }
}

/// A sign of the upper row: a stage, a hand-over, a way in.
fn thick(plan: &Plan, scene: &mut Scene, which: usize, (x, y): (f64, f64)) {
    let net = plan.net;
    let early = net.hue(net.lane(0));
    let late = net.hue(net.map.lanes.len().min(2) - 1);
    let line = pen("map-line", 8.0, 0.0).hue(late);
    let way_in = pen("map-in", 4.0, 0.0).hue(late);
    match which {
        0 => {
            let c = at(x + 16.0, y);
            scene.path(Layer::Line, &[at(x, y), at(x + 32.0, y)], line);
            scene.disc(Layer::Ring, c, 8.0, 10.0, "map-station", Some(late));
        }
        1 => {
            let c = at(x + 14.0, y);
            scene.path(Layer::Line, &[at(c.x, y - 14.0), c], line.hue(early));
            scene.path(Layer::Line, &[c, at(c.x, y + 14.0)], line);
            scene.disc(Layer::Ring, c, 9.0, 10.5, "map-ring", None);
        }
        _ => {
            let c = at(x + 5.0, y);
            scene.path(Layer::Line, &[c, at(x + 34.0, y)], way_in);
            scene.disc(Layer::Ring, c, 4.5, 5.8, "map-start", Some(late));
        }
    }
}

/// A sign of the lower row: a way back, a waiting place, an end.
fn thin(plan: &Plan, scene: &mut Scene, which: usize, (x, y): (f64, f64)) {
    let line = pen("map-back", feet::TRACK, 0.0);
    let yards = &plan.net.map.yards;
    let yard = plan.yards.first().and_then(|p| yards.get(p.yard));
    let hue = yard.map(|y| y.hue);
    match which {
        0 => {
            let tip = at(x + 12.0, y);
            scene.path(Layer::Back, &[at(x, y), at(x + 32.0, y)], line);
            feet::chevron(scene, Layer::Back, tip, (-1.0, 0.0), "map-chevron");
        }
        1 => {
            let area = Rect::sized(x + 5.0, y - 14.0, 18.0, 28.0);
            scene.block(Layer::Ring, area, 9.0, "map-capsule", hue);
            scene.disc(Layer::Ring, at(x + 14.0, y), 3.5, 3.5, "map-dot", hue);
        }
        _ => {
            let (end, bar) = (at(x + 29.0, y), pen("map-bar", 4.0, 0.0));
            let across = [at(end.x, y - 9.0), at(end.x, y + 9.0)];
            scene.path(Layer::Back, &[at(x + 3.0, y), end], line);
            scene.path(Layer::Line, &across, bar);
        }
    }
}
