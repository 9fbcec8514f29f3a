//! The series itself: one line, broken where nothing was counted, and a dot where it has got to.

use super::pen;
use super::plot::Plot;
use super::series::{Window, stretches};

/// The line through all values. A value alone between two gaps is a dot.
pub(super) fn line(out: &mut String, plot: &Plot, values: &[Option<f64>]) {
    for stretch in stretches(values) {
        let places: Vec<_> = stretch
            .iter()
            .map(|(i, v)| (plot.x(*i), plot.y(*v)))
            .collect();
        match places.as_slice() {
            [alone] => pen::circle(out, "chart-dot", *alone, 2.6),
            _ => pen::path(out, "chart-line", &places, ""),
        }
    }
}

/// A small dot on every value.
pub(super) fn dots(out: &mut String, plot: &Plot, window: &Window<'_>) {
    for (i, value) in window.values.iter().enumerate() {
        if let Some(value) = value {
            pen::circle(out, "chart-dot", (plot.x(i), plot.y(*value)), 2.4);
        }
    }
}

/// The dot of the last value, with a rim of paper.
pub(super) fn last_dot(out: &mut String, plot: &Plot, window: &Window<'_>, radius: f64) {
    let (at, value) = window.last;
    pen::circle(out, "chart-last", (plot.x(at), plot.y(value)), radius);
}

/// How high the line is at `x`; nothing in a gap.
pub(super) fn height(plot: &Plot, values: &[Option<f64>], x: f64) -> Option<f64> {
    let part = (x - plot.first) / plot.step;
    let before = part.floor();
    if !(0.0..=values.len() as f64).contains(&before) {
        return None;
    }
    let at = before as usize;
    let from = values.get(at).copied().flatten()?;
    let within = part - before;
    if within < 1e-6 {
        return Some(plot.y(from));
    }
    let to = values.get(at + 1).copied().flatten()?;
    Some(plot.y(from) * (1.0 - within) + plot.y(to) * within)
}
