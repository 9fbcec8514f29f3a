//! The key to the wide map: six signs in two rows, where the yard has room for them.

use super::labels::{NOTE, SIDE};
use super::scene::{Anchor, Layer, Rect, Scene, at, pen, span};
use super::text::{cut, width};
use super::wide::Plan;
use super::feet;

/// The width a key needs at least.
pub(super) const WIDE: f64 = 600.0;
/// Its height.
const HIGH: f64 = 120.0;

/// Draws the key where it is free, best in the right half of the yard.
pub(super) fn draw(plan: &Plan, scene: &mut Scene) {
    let (Some(first), Some(last)) = (plan.yards.first(), plan.yards.last()) else { return };
    let signs = &plan.net.map.words.signs;
    let text = |k: usize| signs.get(k).map(|s| cut(s, NOTE, 190.0)).unwrap_or_default();
    let column = |k: usize| width(&text(k), NOTE).max(width(&text(k + 3), NOTE));
    let second = 44.0 + column(0) + 18.0;
    let third = second + 42.0 + column(1) + 18.0;
    let wide = (third + 48.0 + column(2)).max(WIDE - 60.0);
    let wish = (plan.w / 2.0 + 32.0).min(plan.w - wide - 12.0);
    let xs = (0..24).map(|k| wish + 24.0 * f64::from(k)).chain((1..24).map(|k| wish - 24.0 * f64::from(k)));
    let xs: Vec<f64> = xs.filter(|x| *x >= 200.0 && x + wide + 8.0 <= plan.w).collect();
    let high = ((last.bottom - first.top - HIGH) / 16.0).clamp(0.0, 40.0) as usize;
    let ys: Vec<f64> = (0..=high).map(|k| first.top + 16.0 * k as f64).collect();
    let best = first.top + 96.0;
    let mut spots: Vec<(f64, f64)> = xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y))).collect();
    spots.sort_by(|a, b| ((a.0 - wish).abs() + (a.1 - best).abs()).total_cmp(&((b.0 - wish).abs() + (b.1 - best).abs())));
    let free = |(x, y): &(f64, f64)| scene.free(Rect::sized(x - 16.0, *y, wide + 24.0, HIGH), true);
    let Some((x, y)) = spots.into_iter().find(free) else { return };
    let title = cut(&plan.net.map.words.key, SIDE, 300.0);
    scene.write(Layer::Word, at(x, y + 17.0), Anchor::Start, vec![span(SIDE, title)], None);
    for (k, (dx, tx)) in [(0.0, 44.0), (second, second + 42.0), (third, third + 48.0)].into_iter().enumerate() {
        scene.write(Layer::Word, at(x + tx, y + 58.0), Anchor::Start, vec![span(NOTE, text(k))], None);
        scene.write(Layer::Word, at(x + tx, y + 106.0), Anchor::Start, vec![span(NOTE, text(k + 3))], None);
        sign(plan, scene, k, (x + dx, y + 53.5));
        sign(plan, scene, k + 3, (x + dx, y + 101.5));
    }
}

/// One sign, its left end at the given place.
fn sign(plan: &Plan, scene: &mut Scene, which: usize, (x, y): (f64, f64)) {
    let net = plan.net;
    let early = net.hue(net.lane(0));
    let late = net.hue(net.map.lanes.len().min(2) - 1);
    let yard = plan.yards.first().and_then(|p| net.map.yards.get(p.yard)).map_or(0, |y| y.hue);
    let thin = pen("map-back", feet::TRACK, 0.0);
    match which {
        0 => {
            scene.path(Layer::Line, &[at(x, y), at(x + 32.0, y)], pen("map-line", 8.0, 0.0).hue(late));
            scene.disc(Layer::Ring, at(x + 16.0, y), 8.0, 10.0, "map-station", Some(late));
        }
        1 => {
            let x = x + 14.0;
            scene.path(Layer::Line, &[at(x, y - 14.0), at(x, y)], pen("map-line", 8.0, 0.0).hue(early));
            scene.path(Layer::Line, &[at(x, y), at(x, y + 14.0)], pen("map-line", 8.0, 0.0).hue(late));
            scene.disc(Layer::Ring, at(x, y), 9.0, 10.5, "map-ring", None);
        }
        2 => {
            scene.path(Layer::Line, &[at(x + 5.0, y), at(x + 34.0, y)], pen("map-in", 4.0, 0.0).hue(late));
            scene.disc(Layer::Ring, at(x + 5.0, y), 4.5, 5.8, "map-start", Some(late));
        }
        3 => {
            scene.path(Layer::Back, &[at(x, y), at(x + 32.0, y)], thin);
            feet::chevron(scene, Layer::Back, at(x + 12.0, y), (-1.0, 0.0), "map-chevron");
        }
        4 => {
            scene.block(Layer::Ring, Rect::sized(x + 5.0, y - 14.0, 18.0, 28.0), 9.0, "map-capsule", Some(yard));
            scene.disc(Layer::Ring, at(x + 14.0, y), 3.5, 3.5, "map-dot", Some(yard));
        }
        _ => {
            scene.path(Layer::Back, &[at(x + 3.0, y), at(x + 29.0, y)], thin);
            scene.path(Layer::Line, &[at(x + 29.0, y - 9.0), at(x + 29.0, y + 9.0)], pen("map-bar", 4.0, 0.0));
        }
    }
}
