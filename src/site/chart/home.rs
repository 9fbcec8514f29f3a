//! The chart on Home: how far the line has come to the goal, and what bent it.
//!
//! The goal is the scale's third number, so that the height of the drawing is the
//! way that is left. Its title is the finding; the numbers are on the goal's page.

use super::label::{Anchor, Area, Label, Style, label};
use super::notes::{self, Around};
use super::pen::{self, At};
use super::plot::{self, Plot, Subject};
use super::scale::{self, Place};
use super::{Chart, Finding, Note, axis, ends, line, series, table};
use crate::site::diagram::text::clean;

/// One of the widths a chart is drawn for.
struct Form {
    class: &'static str,
    width: f64,
    height: f64,
    /// Least room at the right.
    margin: f64,
    /// Names under the plot, at most.
    names: usize,
    is_narrow: bool,
}

const WIDE: Form = Form { class: "chart-wide", width: 660.0, height: 306.0, margin: 110.0, names: 5, is_narrow: false };

const NARROW: Form = Form { class: "chart-narrow", width: 335.0, height: 270.0, margin: 73.0, names: 2, is_narrow: true };

/// From the last dot to its words.
const GAP: f64 = 15.0;
/// From the scale's numbers to the plot.
const TICK_GAP: f64 = 10.0;

/// The whole figure.
pub(super) fn figure(chart: &Chart, finding: &Finding) -> Option<String> {
    let window = series::window(chart)?;
    let scale = scale::home_scale(chart, &window);
    let subject = Subject { chart, window, scale };
    let large = drawing(&subject, &WIDE);
    let small = drawing(&subject, &NARROW);
    let list = table::said(&subject, " vh");
    let link = finding.link.as_ref().map_or_else(String::new, |link| {
        let (href, words) = (pen::escaped(&link.href), pen::escaped(&link.words));
        format!(" <a href=\"{href}\">{words}</a>")
    });
    let words = pen::escaped(&finding.words);
    Some(format!("<figure class=\"chart chart-home\"><figcaption><strong>{words}</strong>{link}</figcaption>{large}{small}{list}</figure>"))
}

fn drawing(subject: &Subject<'_>, form: &Form) -> String {
    let plot = plot_of(subject, form);
    let window = &subject.window;
    let mut labels = end_words(&plot, subject, form);
    labels.extend(axis::names(&plot, window.points, form.names, form.height - 8.0));
    let around = Around { plot: &plot, pieces: line::pieces(&plot, &window.values), taken: taken(&plot, subject, &labels) };
    let placed = notes::place(noted(&plot, subject, form), around);
    labels.extend(placed.iter().flat_map(|note| note.words.iter().cloned()));
    let mut body = String::with_capacity(2048);
    plot::rules(&mut body, &plot, subject, TICK_GAP);
    ends::target_line(&mut body, &plot, subject);
    line::line(&mut body, &plot, &window.values);
    notes::rings(&mut body, &placed);
    line::last_dot(&mut body, &plot, window, 7.0);
    for label in &labels {
        pen::text(&mut body, label);
    }
    pen::sheet(form.class, (form.width, form.height), &body)
}

/// What the notes say, and the places on the line that they say it of.
fn noted(plot: &Plot, subject: &Subject<'_>, form: &Form) -> Vec<(At, Note)> {
    let flags = series::flags(subject.chart, &subject.window).into_iter();
    let noted = flags.filter_map(|(at, flag)| {
        let value = series::value_near(&subject.window.values, at)?;
        let short = flag.short.as_ref().filter(|_| form.is_narrow);
        let note = short.unwrap_or(&flag.note).clone();
        Some(((plot.x(at), plot.y(value)), note))
    });
    noted.collect()
}

/// The line runs from edge to edge here: no table asks for columns.
fn plot_of(subject: &Subject<'_>, form: &Form) -> Plot {
    let Subject { chart, window, scale } = subject;
    let count = window.points.len().saturating_sub(1).max(1) as f64;
    let widest = plot::widest(subject) + TICK_GAP + 1.0;
    let left = widest.clamp(24.0, form.width * 0.25);
    let now = Style::NowHome.width(&ends::now(subject));
    let aim = chart.target.as_ref().map_or(0.0, |t| Style::Goal.width(&t.text));
    let room = GAP + 2.0 + now.max(aim);
    let right = form.width - room.clamp(form.margin, form.width * 0.36);
    let is_single = window.points.len() == 1;
    Plot {
        width: form.width,
        left,
        right,
        top: 24.0,
        bottom: form.height - if form.is_narrow { 32.0 } else { 44.0 },
        first: if is_single { right } else { left },
        step: (right - left) / count,
        low: scale.low,
        high: scale.high,
    }
}

/// The last value at its dot and the goal at its line; the lower one gives way.
fn end_words(plot: &Plot, subject: &Subject<'_>, form: &Form) -> Vec<Label> {
    let x = plot.right + GAP;
    let room = plot.width - x;
    let words = ends::now(subject);
    let now = |y: f64| label(Style::NowHome, (x, y), Anchor::Start, &words).within(room);
    let value = plot.y(subject.window.last.1) + 7.5;
    let target = subject.chart.target.as_ref();
    let Some(target) = target.filter(|_| subject.scale.target != Place::Nowhere) else {
        return vec![now(value)];
    };
    let aim = plot.y(target.value) + 5.0;
    let (value, aim) = if value - 2.5 >= aim {
        let value = value.max(aim + 27.0).min(plot.bottom + 14.0);
        (value, aim.min(value - 27.0))
    } else {
        let value = value.min(plot.bottom - 20.0);
        (value, aim.max(value + 24.0))
    };
    let mut goal = label(Style::Goal, (x, aim), Anchor::Start, &target.text).within(room);
    let word = clean(&subject.chart.words.goal);
    let has_room = Style::Goal.width(&goal.text) + Style::GoalWord.width(&word) + 8.0 <= room;
    if has_room && !form.is_narrow && !word.is_empty() {
        goal.tail = Some((Style::GoalWord, word));
    }
    vec![now(value), goal]
}

/// What a note must not stand on.
fn taken(plot: &Plot, subject: &Subject<'_>, labels: &[Label]) -> Vec<Area> {
    let mut taken: Vec<Area> = labels.iter().map(Label::area).collect();
    let target = subject.chart.target.as_ref();
    if let Some(target) = target.filter(|_| subject.scale.target == Place::Inside) {
        let y = plot.y(target.value);
        taken.push(Area { left: plot.left, right: plot.right, top: y - 1.0, bottom: y + 1.0 });
    }
    taken
}
