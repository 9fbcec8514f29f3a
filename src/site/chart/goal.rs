//! The chart of a goal or a metric: its drawing for three widths, and the table beneath.
//!
//! The table's columns are the drawing's columns, so months and values need no axis.
//! Where a value is wider than a column the table turns, and the drawing names its
//! own months.

use super::flags::{self, Flags};
use super::plot::{self, Plot, Subject};
use super::shortfall::{self, Avoid};
use super::table::{self, Grid};
use super::{Chart, Note, POINTS, axis, ends, line, pen};
use super::{scale, series};
use crate::site::diagram::text::clean;

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
    /// Names under the plot, at most, where no table gives them.
    names: usize,
}

/// The text column of a wide window, between the two side columns.
const WIDE: Form = Form {
    class: "chart-wide",
    width: 800.0,
    left: 80.0,
    margin: 70.0,
    steps: &[76, 70, 65, 59, 54, 50, 48, 46, 44],
    height: 210.0,
    names: POINTS,
};

/// The same of a smaller window, and a sheet of paper.
const MIDDLE: Form = Form {
    class: "chart-middle",
    width: 640.0,
    left: 80.0,
    margin: 70.0,
    steps: &[56, 54, 49, 44, 40, 37, 34, 31],
    height: 200.0,
    names: POINTS,
};

/// A phone. The table cannot follow it, so columns are as wide as they come out.
const NARROW: Form = Form { class: "chart-narrow", width: 335.0, left: 0.0, margin: 56.0, steps: &[], height: 190.0, names: 2 };

/// The whole figure.
pub(super) fn figure(chart: &Chart) -> Option<String> {
    let window = series::window(chart)?;
    let scale = scale::scale(chart, &window);
    let subject = Subject { chart, window, scale };
    let steps = [&WIDE, &MIDDLE].map(|form| step(form, &subject).unwrap_or_default());
    let grid = table::grid(&subject.window, steps);
    let large = drawing(&subject, &WIDE, grid);
    let medium = drawing(&subject, &MIDDLE, grid);
    let small = drawing(&subject, &NARROW, grid);
    let class = match grid {
        Grid::Columns { middle: None, .. } => "chart chart-roomy",
        _ => "chart",
    };
    let crowded = match (large.is_crowded, medium.is_crowded) {
        (true, _) => " chart-crowded",
        (false, true) => " chart-close",
        (false, false) => "",
    };
    let list = table::said(&subject, crowded);
    let table = table::table(&subject, grid);
    Some(format!("<figure class=\"{class}\">{}{}{}{list}{table}</figure>", large.svg, medium.svg, small.svg))
}

/// The widest column that all points have room for; none where columns are as wide as they come out.
fn step(form: &Form, subject: &Subject<'_>) -> Option<u16> {
    let room = ends::room(subject).clamp(form.margin, form.width * 0.22);
    let free = form.width - form.left - room;
    let count = subject.window.points.len() as f64;
    let fits = |step: &&u16| f64::from(**step) * count <= free;
    form.steps.iter().find(fits).or(form.steps.last()).copied()
}

/// A drawing, and whether it had to leave a flag's words out.
struct Drawing {
    svg: String,
    is_crowded: bool,
}

fn drawing(subject: &Subject<'_>, form: &Form, grid: Grid) -> Drawing {
    let plot = plot_across(subject, form);
    let flags = flags::arrange(noted(subject, form, &plot), plot.width);
    let top = match flags.height {
        0.0 => 16.0,
        height => height + 22.0,
    };
    let plot = Plot { top, bottom: top + form.height, ..plot };
    let mut labels = ends::words(&plot, subject);
    labels.extend(flags::words(&flags));
    let mut height = plot.bottom + 14.0;
    if form.steps.is_empty() || grid == Grid::Rows {
        let y = plot.bottom + 28.0;
        labels.extend(axis::names(&plot, subject.window.points, form.names, y));
        height = plot.bottom + 38.0;
    }
    let mut body = String::with_capacity(4096);
    ground(&mut body, subject, &plot, &flags);
    flags::poles(&mut body, &flags, |x| point_at(subject, &plot, x));
    line::line(&mut body, &plot, &subject.window.values);
    line::dots(&mut body, &plot, &subject.window);
    line::last_dot(&mut body, &plot, &subject.window, 6.0);
    for label in &labels {
        pen::text(&mut body, label);
    }
    Drawing { svg: pen::sheet(form.class, (plot.width, height), &body), is_crowded: flags.is_crowded }
}

/// Where the plot stands from left to right; its height waits for the flags.
fn plot_across(subject: &Subject<'_>, form: &Form) -> Plot {
    let count = subject.window.points.len() as f64;
    let room = ends::room(subject).clamp(form.margin, form.width * 0.32);
    let (left, step) = match step(form, subject) {
        Some(step) => (form.left, f64::from(step)),
        None => {
            let left = (plot::widest(subject) + 9.0).min(form.width * 0.25);
            (left, (form.width - left - room) / count)
        }
    };
    Plot {
        width: form.width,
        left,
        right: left + step * count,
        top: 0.0,
        bottom: form.height,
        first: left + step / 2.0,
        step,
        low: subject.scale.low,
        high: subject.scale.high,
    }
}

/// What the flags say. On a phone only their title; the list says the rest.
fn noted(subject: &Subject<'_>, form: &Form, plot: &Plot) -> Vec<(f64, Note)> {
    let flags = series::flags(subject.chart, &subject.window).into_iter();
    let is_narrow = form.steps.is_empty();
    let noted = flags.map(|(at, flag)| {
        let short = flag.short.as_ref().filter(|_| is_narrow);
        let note = short.unwrap_or(&flag.note);
        let words = if is_narrow { "" } else { &note.words };
        let note = Note { title: clean(&note.title), words: clean(words) };
        (plot.x(at), note)
    });
    noted.collect()
}

/// What lies behind the line: tint, hairlines, the usual level, the target.
fn ground(out: &mut String, subject: &Subject<'_>, plot: &Plot, flags: &Flags) {
    let gap = if plot.step >= 30.0 { 12.0 } else { 8.0 };
    let missed = shortfall::missed(subject, plot);
    if let Some(missed) = &missed {
        shortfall::area(out, missed);
    }
    plot::rules(out, plot, subject, gap);
    if let Some(missed) = &missed {
        shortfall::level(out, plot, missed);
        let ticks = subject.scale.ticks.iter();
        let rules: Vec<f64> = ticks.map(|tick| plot.y(*tick)).collect();
        let avoid = Avoid { poles: &flags.poles(), rules: &rules };
        for label in shortfall::words(missed, &avoid) {
            pen::text(out, &label);
        }
    }
    ends::target_line(out, plot, subject);
}

/// How high the line is where a flag stands.
fn point_at(subject: &Subject<'_>, plot: &Plot, x: f64) -> f64 {
    let at = ((x - plot.first) / plot.step).round().max(0.0) as usize;
    series::value_near(&subject.window.values, at).map_or(plot.bottom, |v| plot.y(v))
}

#[cfg(test)]
pub(super) fn column_steps() -> (Vec<u16>, Vec<u16>) {
    (WIDE.steps.to_vec(), MIDDLE.steps.to_vec())
}
