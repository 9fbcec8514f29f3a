//! The chart of a goal or a metric: its drawing for three widths, and the table beneath.
//!
//! The table's columns are the drawing's columns, so months and values need no axis.
//! Where a value is wider than a column the table turns, and the drawing names its
//! own months.

use super::flags::{self, Flags};
use crate::site::diagram::text::clean;
use super::plot::{self, Plot};
use super::scale::{self, Scale};
use super::series::{self, Window};
use super::shortfall::{self, Avoid};
use super::table::{self, Grid};
use super::{Chart, Note, POINTS, axis, ends, line, pen};

/// One of the widths a chart is drawn for.
struct Form {
    class: &'static str,
    width: f64,
    /// Room at the left for the numbers, and for the table's first column.
    left: f64,
    /// Least room at the right.
    margin: f64,
    /// Widths a column may have, widest first. `chart.css` has a class for each.
    steps: &'static [u16],
    height: f64,
}

/// The text column of a wide window.
const WIDE: Form = Form {
    class: "chart-wide",
    width: 872.0,
    left: 84.0,
    margin: 86.0,
    steps: &[78, 70, 63, 58, 54, 50, 46],
    height: 210.0,
};

/// The text column between the two side columns of a smaller window.
const MIDDLE: Form = Form {
    class: "chart-middle",
    width: 640.0,
    left: 84.0,
    margin: 86.0,
    steps: &[56, 52, 47, 42, 39, 36, 33, 30],
    height: 200.0,
};

/// A phone.
const NARROW: Form = Form {
    class: "chart-narrow",
    width: 335.0,
    left: 0.0,
    margin: 56.0,
    steps: &[],
    height: 190.0,
};

/// The whole figure.
pub(super) fn figure(chart: &Chart) -> Option<String> {
    let window = series::window(chart)?;
    let scale = scale::scale(chart, &window);
    let room = ends::room(chart, &window);
    let wide = step(&WIDE, room, window.points.len());
    let middle = step(&MIDDLE, room, window.points.len());
    let grid = table::grid(&window, wide, middle);
    let (large, large_crowded) = drawing(chart, &window, &scale, &WIDE, Some(wide), grid);
    let (medium, medium_crowded) = drawing(chart, &window, &scale, &MIDDLE, Some(middle), grid);
    let (small, _) = drawing(chart, &window, &scale, &NARROW, None, grid);
    let class = match grid {
        Grid::Columns { middle: None, .. } => "chart chart-roomy",
        _ => "chart",
    };
    let crowded = match (large_crowded, medium_crowded) {
        (true, _) => " chart-crowded",
        (false, true) => " chart-close",
        (false, false) => "",
    };
    let list = table::said(chart, &window, crowded);
    let table = table::table(chart, &window, grid);
    Some(format!(
        "<figure class=\"{class}\">{large}{medium}{small}{list}{table}</figure>"
    ))
}

/// The widest column that all points have room for.
fn step(form: &Form, room: f64, points: usize) -> u16 {
    let free = form.width - form.left - room.clamp(form.margin, form.width * 0.22);
    let fits = |step: &&u16| f64::from(**step) * points.min(POINTS) as f64 <= free;
    let narrowest = form.steps.last().copied().unwrap_or(30);
    form.steps.iter().find(fits).copied().unwrap_or(narrowest)
}

/// One drawing, and whether it had to leave a flag's words out.
fn drawing(
    chart: &Chart,
    window: &Window<'_>,
    scale: &Scale,
    form: &Form,
    step: Option<u16>,
    grid: Grid,
) -> (String, bool) {
    let plot = plot_across(chart, window, scale, form, step);
    let flags = arranged(chart, window, &plot, step.is_none());
    let top = if flags.height > 0.0 { flags.height + 22.0 } else { 16.0 };
    let plot = Plot {
        top,
        bottom: top + form.height,
        ..plot
    };
    let has_names = step.is_none() || grid == Grid::Rows;
    let below = if has_names { 38.0 } else { 14.0 };
    let mut body = String::with_capacity(4096);
    lines(&mut body, chart, window, scale, &plot, &flags);
    let mut labels = ends::words(&plot, chart, window, scale);
    labels.extend(flags::words(&flags));
    if has_names {
        let most = if step.is_none() { 2 } else { POINTS };
        labels.extend(axis::names(&plot, window.points, most, plot.bottom + 28.0));
    }
    for label in &labels {
        pen::text(&mut body, label);
    }
    let svg = pen::sheet(form.class, plot.width, plot.bottom + below, &body);
    (svg, flags.is_crowded)
}

/// Where the plot stands from left to right; its height waits for the flags.
fn plot_across(
    chart: &Chart,
    window: &Window<'_>,
    scale: &Scale,
    form: &Form,
    step: Option<u16>,
) -> Plot {
    let count = window.points.len() as f64;
    let widest = plot::widest(scale, &chart.unit);
    let left = form.left.max((widest + 10.0).min(form.width * 0.25));
    let left = if step.is_some() { form.left } else { left };
    let room = ends::room(chart, window).clamp(form.margin, form.width * 0.32);
    let step = step.map_or((form.width - left - room) / count, f64::from);
    Plot {
        width: form.width,
        left,
        right: left + step * count,
        top: 0.0,
        bottom: form.height,
        first: left + step / 2.0,
        step,
        low: scale.low,
        high: scale.high,
    }
}

/// Flags above the plot. On a phone they say their title; the list says the rest.
fn arranged(chart: &Chart, window: &Window<'_>, plot: &Plot, is_narrow: bool) -> Flags {
    let wanted = series::flags(chart, window).into_iter().map(|(at, flag)| {
        let note = match (&flag.short, is_narrow) {
            (Some(short), true) => short,
            _ => &flag.note,
        };
        let words = if is_narrow { String::new() } else { clean(&note.words) };
        let title = clean(&note.title);
        (plot.x(at), Note { title, words })
    });
    flags::arrange(wanted.collect(), plot.width)
}

/// Everything but words, from the back to the front, and the sum inside the area.
fn lines(
    out: &mut String,
    chart: &Chart,
    window: &Window<'_>,
    scale: &Scale,
    plot: &Plot,
    flags: &Flags,
) {
    let gap = if plot.step >= 30.0 { 12.0 } else { 8.0 };
    let missed = chart.shortfall.as_ref().and_then(|s| {
        let from = s.from.checked_sub(window.skipped)?;
        let is_drawn = series::drawable(&s.level) && from < window.points.len();
        is_drawn.then(|| (s, shortfall::outline(plot, &window.values, s.level, from)))
    });
    if let Some((shortfall, outline)) = &missed {
        shortfall::area(out, outline);
        plot::rules(out, plot, scale, &chart.unit, gap);
        shortfall::level(out, plot, shortfall.level, window.last.0);
        let rules: Vec<f64> = scale.ticks.iter().map(|t| plot.y(*t)).collect();
        let avoid = Avoid {
            poles: &flags.poles(),
            rules: &rules,
        };
        for label in shortfall::words(plot, &window.values, outline, shortfall, &avoid) {
            pen::text(out, &label);
        }
    } else {
        plot::rules(out, plot, scale, &chart.unit, gap);
    }
    ends::target_line(out, plot, scale, chart.target.as_ref());
    flags::poles(out, flags, |x| {
        let at = ((x - plot.first) / plot.step).round().max(0.0) as usize;
        series::value_near(&window.values, at).map_or(plot.bottom, |v| plot.y(v))
    });
    line::line(out, plot, &window.values);
    line::dots(out, plot, window);
    line::last_dot(out, plot, window, 6.0);
}

#[cfg(test)]
pub(super) fn column_steps() -> (Vec<u16>, Vec<u16>) {
    (WIDE.steps.to_vec(), MIDDLE.steps.to_vec())
}
