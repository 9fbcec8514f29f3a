//! What the eye reads where the line ends: the target and the last value, in words.

use super::label::{Anchor, Label, Style, label};
use super::pen;
use super::plot::{Plot, Subject};
use super::scale::Place;

/// Between the base lines of the two numbers, at least.
const APART: f64 = 37.0;
/// From a number to the word beneath it.
const LINE: f64 = 16.0;
/// From the plot to the words.
pub(super) const GAP: f64 = 8.0;

/// The room that the words need at the right, from the plot on.
pub(super) fn room(subject: &Subject<'_>) -> f64 {
    let chart = subject.chart;
    let now = Style::Now.width(&now(subject)).max(Style::NowWord.width(&chart.words.now));
    let target = chart.target.as_ref().map_or(0.0, |t| Style::Goal.width(&t.text).max(Style::NowWord.width(&t.by)));
    GAP + now.max(target) + 4.0
}

/// The last value in words.
pub(super) fn now(subject: &Subject<'_>) -> String {
    let chart = subject.chart;
    if chart.now.trim().is_empty() { chart.unit.label(subject.window.last.1) } else { chart.now.clone() }
}

/// The target's dashed line; an arrow where it is off the scale.
pub(super) fn target_line(out: &mut String, plot: &Plot, subject: &Subject<'_>) {
    let Some(target) = &subject.chart.target else {
        return;
    };
    let arrow = |out: &mut String, y: f64, rise: f64| {
        let x = plot.right - 6.0;
        let places = [(x - 5.0, y), (x, y - rise), (x + 5.0, y)];
        pen::path(out, "chart-beyond", &places, "");
    };
    match subject.scale.target {
        Place::Inside => {
            let y = plot.y(target.value);
            pen::line(out, "chart-target", (plot.left, y), (plot.right, y));
        }
        Place::Above => arrow(out, plot.top + 2.0, 5.0),
        Place::Below => arrow(out, plot.bottom - 2.0, -5.0),
        Place::Nowhere => {}
    }
}

/// Both numbers with their words; the lower one gives way.
pub(super) fn words(plot: &Plot, subject: &Subject<'_>) -> Vec<Label> {
    let chart = subject.chart;
    let target = chart.target.as_ref().filter(|_| subject.scale.target != Place::Nowhere);
    let aim = target.map(|t| plot.y(t.value));
    let value = plot.y(subject.window.last.1);
    let (now_y, aim_y) = apart(plot, value, aim);
    let x = plot.right + GAP;
    let room = plot.width - x;
    let mut words = vec![
        label(Style::Now, (x, now_y), Anchor::Start, &now(subject)),
        label(Style::NowWord, (x, now_y + LINE), Anchor::Start, &chart.words.now),
    ];
    if let Some(target) = target {
        words.push(label(Style::Goal, (x, aim_y), Anchor::Start, &target.text));
        words.push(label(Style::NowWord, (x, aim_y + LINE), Anchor::Start, &target.by));
    }
    words.into_iter().map(|label| label.within(room)).collect()
}

/// Base lines for the last value and the target that do not meet.
fn apart(plot: &Plot, now: f64, aim: Option<f64>) -> (f64, f64) {
    let highest = 14.0;
    let lowest = plot.bottom - 6.0;
    let base = |y: f64| (y + 2.0).clamp(highest, lowest);
    let Some(aim) = aim else {
        return (base(now), 0.0);
    };
    let (upper, lower) = (base(now.min(aim)), base(now.max(aim)));
    let lower = lower.max(upper + APART).min(lowest);
    let upper = upper.min(lower - APART);
    if now < aim { (upper, lower) } else { (lower, upper) }
}
