//! The series itself: one line, broken where nothing was counted, and a dot where it has got to.

use super::pen::{self, At};
use super::plot::Plot;
use super::series::{Window, stretches};

/// The line through all values. A value alone between two gaps is a dot.
pub(super) fn line(out: &mut String, plot: &Plot, values: &[Option<f64>]) {
    for places in pieces(plot, values) {
        match places.as_slice() {
            [alone] => pen::circle(out, "chart-dot", *alone, 2.6),
            _ => pen::path(out, "chart-line", &places, ""),
        }
    }
}

/// The line's pieces between gaps.
pub(super) fn pieces(plot: &Plot, values: &[Option<f64>]) -> Vec<Vec<At>> {
    let place = |(i, v): (usize, f64)| (plot.x(i), plot.y(v));
    let stretches = stretches(values).into_iter();
    stretches.map(|s| s.into_iter().map(place).collect()).collect()
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

/// The highest and the lowest place that a line has between two x; nothing where it has none.
pub(super) fn span(places: &[At], from: f64, to: f64) -> Option<(f64, f64)> {
    let pieces = places.iter().zip(places.iter().skip(1));
    let ends = pieces.filter(|(a, b)| a.0 <= to && b.0 >= from).flat_map(|(a, b)| {
        let y_at = |x: f64| {
            let part = (x.clamp(a.0, b.0) - a.0) / (b.0 - a.0);
            if part.is_finite() { a.1 + part * (b.1 - a.1) } else { a.1 }
        };
        [y_at(from), y_at(to)]
    });
    ends.fold(None, |span, y| match span {
        None => Some((y, y)),
        Some((top, bottom)) => Some((y.min(top), y.max(bottom))),
    })
}
