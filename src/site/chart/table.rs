//! The numbers of a chart as a table, and as a list what a drawing says besides.

use super::label::Style;
use super::pen::escaped;
use super::plot::Subject;
use super::series::{self, Window};
use super::{Chart, Point};
use crate::site::diagram::text::clean;
use std::fmt::Write;

/// How the table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    /// A column a point, as wide as the drawing's, in px. `middle` is missing where values need the wide ones.
    Columns { wide: u16, middle: Option<u16> },
    /// A row a point.
    Rows,
}

/// The table's form: columns if every word fits into one.
pub(super) fn grid(window: &Window<'_>, [wide, middle]: [u16; 2]) -> Grid {
    let widest = window.points.iter().map(widest).fold(0.0, f64::max);
    let fits = |step: u16| widest + 4.0 <= f64::from(step);
    if fits(wide) {
        let middle = Some(middle).filter(|m| fits(*m));
        Grid::Columns { wide, middle }
    } else {
        Grid::Rows
    }
}

fn widest(point: &Point) -> f64 {
    let label = Style::Axis.width(&clean(&point.label));
    label.max(Style::Goal.width(&clean(&point.text)))
}

/// The table.
pub(super) fn table(subject: &Subject<'_>, grid: Grid) -> String {
    match grid {
        Grid::Columns { wide, middle } => columns(subject, wide, middle),
        Grid::Rows => rows(subject),
    }
}

/// In columns, in a frame that scrolls where the window is narrower; so it can be reached by keyboard.
fn columns(subject: &Subject<'_>, wide: u16, middle: Option<u16>) -> String {
    let Subject { chart, window, .. } = subject;
    let middle = middle.map_or_else(String::new, |m| format!(" mid-{m}"));
    let caption = escaped(caption(chart));
    let mut heads = String::new();
    let mut cells = String::new();
    for (i, point) in window.points.iter().enumerate() {
        let _ = write!(heads, "<th scope=\"col\">{}</th>", escaped(&point.label));
        cells.push_str(&cell(subject, i, point));
    }
    format!(
        "<section class=\"chart-frame\" aria-label=\"{caption}\" tabindex=\"0\">\
         <table class=\"chart-table step-{wide}{middle}\"><caption>{caption}</caption>\
         <colgroup><col class=\"chart-name\"><col class=\"chart-step\" span=\"{}\"></colgroup>\
         <thead><tr><th scope=\"col\">{}</th>{heads}</tr></thead>\
         <tbody><tr><th scope=\"row\">{}</th>{cells}</tr></tbody>{}</table></section>",
        window.points.len(),
        escaped(&chart.period),
        escaped(&chart.name),
        years(chart, window.points),
    )
}

/// One value; the latest stands out.
fn cell(subject: &Subject<'_>, at: usize, point: &Point) -> String {
    let Subject { chart, window, .. } = subject;
    let is_gap = window.values.get(at).copied().flatten().is_none();
    if is_gap {
        let none = escaped(&chart.words.none);
        return format!("<td><span aria-hidden=\"true\">–</span><span class=\"vh\">{none}</span></td>");
    }
    let class = if at == window.last.0 { " class=\"chart-latest\"" } else { "" };
    format!("<td{class}>{}</td>", escaped(&point.text))
}

/// Under the values, each year across the columns it holds.
fn years(chart: &Chart, points: &[Point]) -> String {
    if points.iter().all(|p| p.year.trim().is_empty()) {
        return String::new();
    }
    let mut cells = String::new();
    for run in points.chunk_by(|a, b| a.year == b.year) {
        let year = run.first().map_or("", |p| p.year.as_str());
        let _ = write!(cells, "<td colspan=\"{}\">{}</td>", run.len(), escaped(year));
    }
    let head = escaped(&chart.words.year);
    format!("<tfoot><tr><th scope=\"row\"><span class=\"vh\">{head}</span></th>{cells}</tr></tfoot>")
}

/// In rows, for values wider than a column.
fn rows(subject: &Subject<'_>) -> String {
    let Subject { chart, window, .. } = subject;
    let mut rows = String::new();
    for (i, point) in window.points.iter().enumerate() {
        let name = format!("{} {}", point.label, point.year);
        let value = cell(subject, i, point);
        let _ = write!(rows, "<tr><th scope=\"row\">{}</th>{value}</tr>", escaped(&name));
    }
    format!(
        "<table class=\"chart-table chart-rows\"><caption>{}</caption>\
         <thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\
         <tbody>{rows}</tbody></table>",
        escaped(caption(chart)),
        escaped(&chart.period),
        escaped(&chart.name),
    )
}

fn caption(chart: &Chart) -> &str {
    if chart.caption.trim().is_empty() { &chart.name } else { &chart.caption }
}

/// Flags, shortfall and target in words. To be seen where a drawing is too `crowded` for them, else to be heard.
pub(super) fn said(subject: &Subject<'_>, crowded: &str) -> String {
    let Subject { chart, window, .. } = subject;
    let mut items = String::new();
    for (_, flag) in series::flags(chart, window) {
        item(&mut items, "", &flag.note.title, &flag.note.words);
    }
    if let Some(shortfall) = &chart.shortfall {
        item(&mut items, "", &shortfall.title, &shortfall.words);
    }
    if let Some(target) = &chart.target {
        let words = format!("{} {}", target.text, target.by);
        item(&mut items, " class=\"vh\"", &chart.words.target, &words);
    }
    if items.is_empty() {
        return items;
    }
    format!("<ul class=\"chart-said{crowded}\">{items}</ul>")
}

fn item(out: &mut String, class: &str, title: &str, words: &str) {
    let (title, words) = (escaped(title), escaped(words));
    let _ = write!(out, "<li{class}><b>{title}</b> {words}</li>");
}
