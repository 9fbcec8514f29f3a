//! The part of a series that is drawn, with everything that cannot be drawn made a gap.

use super::{Chart, Flag, POINTS, Point};

/// No playbook measures more; above it, sums of squares and labels stop being numbers.
const MOST: f64 = 1e18;

/// The last points of a series.
pub(super) struct Window<'a> {
    pub(super) points: &'a [Point],
    pub(super) values: Vec<Option<f64>>,
    /// How many points were left out before the first.
    pub(super) skipped: usize,
    /// The last point that has a value, and the value.
    pub(super) last: (usize, f64),
}

/// The last points of a chart; nothing when none of them has a value.
pub(super) fn window(chart: &Chart) -> Option<Window<'_>> {
    let skipped = chart.points.len().saturating_sub(POINTS);
    let points = chart.points.get(skipped..)?;
    let values: Vec<_> = points.iter().map(|p| p.value.filter(drawable)).collect();
    let last = last(&values)?;
    Some(Window { points, values, skipped, last })
}

/// Whether a number has a place on paper.
pub(super) fn drawable(value: &f64) -> bool {
    value.abs() <= MOST
}

/// The last value and its index.
pub(super) fn last(values: &[Option<f64>]) -> Option<(usize, f64)> {
    values.iter().enumerate().rev().find_map(|(i, v)| v.map(|v| (i, v)))
}

/// Stretches without a gap, each point with its index.
pub(super) fn stretches(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut all = Vec::new();
    let mut stretch = Vec::new();
    for (i, value) in values.iter().enumerate() {
        match value {
            Some(value) => stretch.push((i, *value)),
            None if !stretch.is_empty() => all.push(std::mem::take(&mut stretch)),
            None => {}
        }
    }
    if !stretch.is_empty() {
        all.push(stretch);
    }
    all
}

/// Flags that fall on a shown point, each with that point's index, in their order along the line.
pub(super) fn flags<'a>(chart: &'a Chart, window: &Window<'_>) -> Vec<(usize, &'a Flag)> {
    let mut flags: Vec<_> = chart
        .flags
        .iter()
        .filter_map(|flag| Some((flag.at.checked_sub(window.skipped)?, flag)))
        .filter(|(at, _)| *at < window.points.len())
        .collect();
    flags.sort_by_key(|(at, _)| *at);
    flags
}

/// The value at a point, or the nearest value before it, else after it: where a flag's pole ends.
pub(super) fn value_near(values: &[Option<f64>], at: usize) -> Option<f64> {
    let before = values.iter().take(at + 1).rev().find_map(|v| *v);
    before.or_else(|| values.iter().skip(at).find_map(|v| *v))
}
