//! What was missed: the area between a usual level and a line that fell below it.

use super::Shortfall;
use super::label::{Anchor, Label, Style, label};
use super::line::span;
use super::pen::{self, At};
use super::plot::{Plot, Subject};
use super::series::drawable;
use crate::site::diagram::text::clean;

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

/// A shortfall with its place in a drawing.
pub(super) struct Missed<'a> {
    shortfall: &'a Shortfall,
    /// Along the level and back along the line; empty if the line was never under it.
    outline: Vec<At>,
    ground: f64,
    last: f64,
}

/// The chart's shortfall, if it is one that can be drawn.
pub(super) fn missed<'a>(subject: &Subject<'a>, plot: &Plot) -> Option<Missed<'a>> {
    let shortfall = subject.chart.shortfall.as_ref()?;
    let window = &subject.window;
    let from = shortfall.from.checked_sub(window.skipped)?;
    let is_drawn = drawable(&shortfall.level) && from < window.points.len();
    is_drawn.then(|| Missed {
        shortfall,
        outline: outline(plot, &window.values, shortfall.level, from),
        ground: plot.y(shortfall.level),
        last: plot.x(window.last.0),
    })
}

/// The area's outline, from one point before the fall so that the fall is inside it.
fn outline(plot: &Plot, values: &[Option<f64>], level: f64, from: usize) -> Vec<At> {
    let start = from.saturating_sub(1);
    let mut present = values.iter().enumerate().skip(start).filter_map(|(i, v)| v.map(|v| (i, v))).peekable();
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
pub(super) fn area(out: &mut String, missed: &Missed<'_>) {
    if missed.outline.len() > 2 {
        pen::path(out, "chart-missed", &missed.outline, "Z");
    }
}

/// The usual level, dotted over the whole series.
pub(super) fn level(out: &mut String, plot: &Plot, missed: &Missed<'_>) {
    let y = missed.ground;
    pen::line(out, "chart-level", (plot.first, y), (missed.last, y));
}

/// The sum in the middle of the area, where it clears the line, the poles and the hairlines.
pub(super) fn words(missed: &Missed<'_>, avoid: &Avoid<'_>) -> Vec<Label> {
    let title = clean(&missed.shortfall.title);
    let rest = clean(&missed.shortfall.words);
    let title_width = Style::Sum.width(&title);
    let both = title_width.max(Style::SumWords.width(&rest));
    let tall = if rest.is_empty() { 22.0 } else { 42.0 };
    let centred = |style: Style, x: f64, y: f64, text: &str| label(style, (x, y), Anchor::Middle, text);
    if let Some((x, top)) = spot(missed, (both, tall), avoid) {
        let first = centred(Style::Sum, x, top + 18.0, &title);
        let second = centred(Style::SumWords, x, top + 38.0, &rest);
        return vec![first, second];
    }
    let short = spot(missed, (title_width, 22.0), avoid);
    let title = short.map(|(x, top)| centred(Style::Sum, x, top + 18.0, &title));
    title.into_iter().collect()
}

/// What the words must keep clear of.
pub(super) struct Avoid<'a> {
    pub(super) poles: &'a [f64],
    pub(super) rules: &'a [f64],
}

/// The roomiest place for a box of this size under the level: its middle and its top.
fn spot(missed: &Missed<'_>, (wide, tall): At, avoid: &Avoid<'_>) -> Option<At> {
    let outline = &missed.outline;
    let left = outline.first()?.0;
    let right = outline.last()?.0;
    let ground = missed.ground;
    let half = wide / 2.0 + MARGIN;
    let mut best: Option<(f64, f64)> = None;
    let mut x = left + half;
    while x + half <= right {
        let free = avoid.poles.iter().all(|pole| (pole - x).abs() > half);
        let room = span(outline, x - half, x + half).map(|(top, _)| top - ground);
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
        avoid.rules.iter().all(|y| *y < **top || *y > **top + tall) && **top >= ground + 4.0 && **top + tall <= ground + room - 4.0
    };
    Some((x, *tops.iter().find(clear).unwrap_or(&middle)))
}
