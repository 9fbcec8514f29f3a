//! What was missed: the area between a usual level and a line that fell below it.

use super::Shortfall;
use super::label::{Anchor, Label, Style, label};
use crate::site::diagram::text::clean;
use super::line::height;
use super::pen::{self, At};
use super::plot::Plot;

/// So many points before the fall make the usual level.
const USUAL: usize = 5;
/// Space between the words and the area's edges.
const MARGIN: f64 = 8.0;

/// How much a series fell short, and of what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missing {
    /// The mean of the values before the fall.
    pub level: f64,
    /// What was missed, over all points until the level was reached again.
    pub sum: f64,
    /// Index of the first point that reached it; the series' length if none did.
    pub until: usize,
}

/// What a series missed from index `from` on, against the five points before it.
pub fn missing(values: &[Option<f64>], from: usize) -> Option<Missing> {
    let before = values.get(from.saturating_sub(USUAL)..from)?;
    let usual: Vec<f64> = before.iter().flatten().copied().filter(|v| v.is_finite()).collect();
    if usual.is_empty() {
        return None;
    }
    let level = usual.iter().sum::<f64>() / usual.len() as f64;
    let mut sum = 0.0;
    let mut until = values.len();
    for (i, value) in values.iter().enumerate().skip(from) {
        match value.filter(|v| v.is_finite()) {
            Some(value) if value >= level => {
                until = i;
                break;
            }
            Some(value) => sum += level - value,
            None => {}
        }
    }
    (sum > 0.0).then_some(Missing { level, sum, until })
}

/// The area's outline, from one point before the fall so that the fall is inside it.
pub(super) fn outline(plot: &Plot, values: &[Option<f64>], level: f64, from: usize) -> Vec<At> {
    let start = from.saturating_sub(1);
    let mut present = values
        .iter()
        .enumerate()
        .skip(start)
        .filter_map(|(i, v)| v.map(|v| (i, v)))
        .peekable();
    let mut under: Vec<At> = Vec::new();
    let ground = plot.y(level);
    while let Some((i, value)) = present.next() {
        let x = plot.x(i);
        if value < level {
            if under.is_empty() {
                under.push((x, ground));
            }
            under.push((x, plot.y(value)));
        } else if !under.is_empty() {
            return under;
        }
        match present.peek() {
            Some(&(next, ahead)) if (value < level) != (ahead < level) => {
                let part = (level - value) / (ahead - value);
                under.push((x + part * (plot.x(next) - x), ground));
            }
            Some(_) => {}
            None if value < level => under.push((x, ground)),
            None => {}
        }
    }
    under
}

/// The area as a flat tint; it lies under the hairlines.
pub(super) fn area(out: &mut String, outline: &[At]) {
    if outline.len() > 2 {
        pen::path(out, "chart-missed", outline, "Z");
    }
}

/// The usual level, dotted over the whole series.
pub(super) fn level(out: &mut String, plot: &Plot, level: f64, last: usize) {
    let y = plot.y(level);
    pen::line(out, "chart-level", (plot.first, y), (plot.x(last), y));
}

/// The sum in the middle of the area, where it clears the line, the poles and the hairlines.
pub(super) fn words(
    plot: &Plot,
    values: &[Option<f64>],
    outline: &[At],
    shortfall: &Shortfall,
    avoid: &Avoid<'_>,
) -> Vec<Label> {
    let title = clean(&shortfall.title);
    let rest = clean(&shortfall.words);
    let title_width = Style::Sum.width(&title);
    let both = title_width.max(Style::SumWords.width(&rest));
    let tall = if rest.is_empty() { 22.0 } else { 42.0 };
    let whole = spot(plot, values, outline, shortfall.level, (both, tall), avoid);
    if let Some((x, top)) = whole {
        let first = label(Style::Sum, (x, top + 18.0), Anchor::Middle, &title);
        let second = label(Style::SumWords, (x, top + 38.0), Anchor::Middle, &rest);
        return vec![first, second];
    }
    let short = spot(plot, values, outline, shortfall.level, (title_width, 22.0), avoid);
    let title = short.map(|(x, top)| label(Style::Sum, (x, top + 18.0), Anchor::Middle, &title));
    title.into_iter().collect()
}

/// What the words must keep clear of.
pub(super) struct Avoid<'a> {
    pub(super) poles: &'a [f64],
    pub(super) rules: &'a [f64],
}

/// The roomiest place for a box of this size under the level: its middle and its top.
fn spot(
    plot: &Plot,
    values: &[Option<f64>],
    outline: &[At],
    level: f64,
    (wide, tall): (f64, f64),
    avoid: &Avoid<'_>,
) -> Option<At> {
    let left = outline.first()?.0;
    let right = outline.last()?.0;
    let ground = plot.y(level);
    let half = wide / 2.0 + MARGIN;
    let mut best: Option<(f64, f64)> = None;
    let mut x = left + half;
    while x + half <= right {
        let free = avoid.poles.iter().all(|pole| (pole - x).abs() > half);
        let room = lowest_line(plot, values, x - half, x + half).map(|y| y - ground);
        if let Some(room) = room.filter(|room| free && *room >= tall + 2.0 * MARGIN)
            && best.is_none_or(|(_, most)| room > most + 0.5)
        {
            best = Some((x, room));
        }
        x += 4.0;
    }
    let (x, room) = best?;
    let middle = ground + (room - tall) / 2.0;
    let tops = [0.0, -6.0, 6.0, -12.0, 12.0].map(|d| middle + d);
    let clear = |top: &&f64| {
        avoid.rules.iter().all(|y| *y < **top || *y > **top + tall)
            && **top >= ground + 4.0
            && **top + tall <= ground + room - 4.0
    };
    Some((x, *tops.iter().find(clear).unwrap_or(&middle)))
}

/// The highest place the line has between two x: the floor of the room under the level.
fn lowest_line(plot: &Plot, values: &[Option<f64>], from: f64, to: f64) -> Option<f64> {
    let count = ((to - from) / 3.0).ceil() as usize;
    (0..=count)
        .map(|i| height(plot, values, from + (to - from) * i as f64 / count as f64))
        .try_fold(f64::MAX, |least, y| y.map(|y| least.min(y)))
}
