//! Names of points under a drawing that has no table in its own columns.

use super::Point;
use super::label::{Anchor, Label, Style, label};
use super::plot::Plot;

/// Space that two names need between them.
const GAP: f64 = 14.0;

/// First and last name in full, and of those between as many as `most` and the room allow.
pub(super) fn names(plot: &Plot, points: &[Point], most: usize, y: f64) -> Vec<Label> {
    let Some(end) = points.len().checked_sub(1) else {
        return Vec::new();
    };
    if end == 0 {
        let at_the_end = plot.x(0) >= plot.right;
        let anchor = if at_the_end { Anchor::End } else { Anchor::Middle };
        return name(plot, points, 0, anchor, y).into_iter().collect();
    }
    let least = end.div_ceil(most.saturating_sub(1).max(1));
    (least..end)
        .chain([end])
        .map(|stride| every(plot, points, stride, y))
        .find(|names| clear(names))
        .unwrap_or_else(|| name(plot, points, end, Anchor::End, y).into_iter().collect())
}

/// Both ends, and every `stride`th name between them.
fn every(plot: &Plot, points: &[Point], stride: usize, y: f64) -> Vec<Label> {
    let end = points.len().saturating_sub(1);
    let between = (stride..end)
        .step_by(stride)
        .filter_map(|at| Some((at, points.get(at)?)))
        .map(|(at, point)| label(Style::Axis, (plot.x(at), y), Anchor::Middle, &point.label));
    let first = name(plot, points, 0, Anchor::Start, y);
    let last = name(plot, points, end, Anchor::End, y);
    let names = first.into_iter().chain(between).chain(last);
    names.filter(|name| !name.text.is_empty()).collect()
}

fn clear(names: &[Label]) -> bool {
    names.is_sorted_by(|a, b| a.area().right + GAP <= b.area().left)
}

/// A name with its year, as at either end.
fn name(plot: &Plot, points: &[Point], at: usize, anchor: Anchor, y: f64) -> Option<Label> {
    let point = points.get(at)?;
    let words = format!("{} {}", point.label, point.year);
    let x = match anchor {
        Anchor::Start => plot.x(at) - inset(plot),
        Anchor::Middle => plot.x(at),
        Anchor::End => plot.x(at) + inset(plot),
    };
    let room = match anchor {
        Anchor::Middle => 2.0 * (plot.width - x).min(x),
        _ => (plot.right - plot.left) * 0.46,
    };
    Some(label(Style::Axis, (x, y), anchor, &words).within(room))
}

/// Where points stand in columns, the names at the ends may use their column's outer half.
fn inset(plot: &Plot) -> f64 {
    (plot.first - plot.left).clamp(0.0, 12.0)
}
