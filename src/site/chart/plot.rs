//! Where the plot stands on its sheet, and which place a value has in it.

use super::label::{Anchor, Style, label};
use super::scale::Scale;
use super::series::Window;
use super::{Chart, pen};

/// A chart, and what was worked out about it before it is drawn.
pub(super) struct Subject<'a> {
    pub(super) chart: &'a Chart,
    pub(super) window: Window<'a>,
    pub(super) scale: Scale,
}

/// A plot: the part of the sheet between the numbers at the left and the words at the right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub(super) width: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Where the first point stands.
    pub(super) first: f64,
    pub(super) step: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Plot {
    /// Where a point stands.
    pub(super) fn x(&self, at: usize) -> f64 {
        self.first + self.step * at as f64
    }

    /// How high a value stands; what is off the scale stands at its edge.
    pub(super) fn y(&self, value: f64) -> f64 {
        let part = (value - self.low) / (self.high - self.low);
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.5 };
        self.bottom - part * (self.bottom - self.top)
    }
}

/// Hairlines from edge to edge, and their numbers, which end `gap` before the plot.
pub(super) fn rules(out: &mut String, plot: &Plot, subject: &Subject<'_>, gap: f64) {
    let ticks = &subject.scale.ticks;
    for (tick, words) in ticks.iter().zip(subject.chart.unit.labels(ticks)) {
        let y = plot.y(*tick);
        pen::line(out, "chart-rule", (plot.left, y), (plot.right, y));
        let place = (plot.left - gap, y + 4.5);
        let tick = label(Style::Tick, place, Anchor::End, &words).within(plot.left - gap);
        pen::text(out, &tick);
    }
}

/// The widest number of a scale.
pub(super) fn widest(subject: &Subject<'_>) -> f64 {
    let labels = subject.chart.unit.labels(&subject.scale.ticks);
    labels.iter().map(|l| Style::Tick.width(l)).fold(0.0, f64::max)
}
