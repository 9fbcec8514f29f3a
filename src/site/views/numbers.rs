//! A metric's numbers as drawings: how far it has come, its months, its small line.
//!
//! Every page that shows a number calls these, so that it looks and reads the same everywhere.

use crate::model::Record;
use crate::model::kinds::goal::{Metric, Point};
use crate::model::types::{Amount, Unit};
use crate::model::value::{Decimal, in_currency, month_name, month_year};
use crate::site::chart::{self, Chart, Flag, Note, Spark, Target};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use jiff::civil::Date;

/// A number as short as a reader wants it: "£236k", "67 %", "112".
pub fn compact(metric: &Record<Metric>, amount: Decimal) -> String {
    let value = amount.as_f64();
    match &metric.unit {
        Some(Unit::Currency(code)) if value.abs() >= 1_000_000.0 => in_currency(code, &format!("{}m", tenths(value / 1_000_000.0))),
        Some(Unit::Currency(code)) if value.abs() >= 10_000.0 => in_currency(code, &format!("{}k", tenths(value / 1_000.0))),
        _ => metric.show(&amount.to_string()),
    }
}

/// With one decimal where it says something.
fn tenths(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned).replace('-', "\u{2212}")
}

/// How far a metric has come towards a target, its own where none is given.
pub fn way(metric: &Record<Metric>, target: Option<&Amount>, hue: u8) -> Html {
    let Some(goal) = target.or(metric.target.as_ref()).map(|a| a.0) else {
        return metric.series.last().map_or_else(Html::default, |p| Html::text(&compact(metric, p.value)));
    };
    let start = metric.baseline.map(|b| b.0).or_else(|| metric.series.first().map(|p| p.value));
    let now = metric.series.last().map(|p| p.value);
    let amount = |d: Decimal| chart::Amount { value: d.as_f64(), text: compact(metric, d) };
    let words = [
        now.map(|n| format!("{} now", compact(metric, n))),
        start.map(|s| format!("from {}", compact(metric, s))),
        Some(format!("the goal is {}", compact(metric, goal))),
    ];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    chart::way(&chart::Way { start: start.map(amount), now: now.map(amount), goal: amount(goal), words }, hue)
}

/// A metric's last months as a small line.
pub fn spark(metric: &Record<Metric>, target: Option<&Amount>, hue: u8) -> Html {
    let values = metric.series.iter().map(|p| Some(p.value.as_f64())).collect();
    let target = target.or(metric.target.as_ref()).map(|t| t.0.as_f64());
    chart::sparkline(&Spark { values, target }, hue)
}

/// A metric's months as a chart with what happened in them.
pub fn chart_of(metric: &Record<Metric>, due: Option<Date>) -> Chart {
    let points: Vec<chart::Point> = metric.series.iter().map(|p| point(metric, p)).collect();
    let flags = metric.series.iter().enumerate().filter_map(|(at, p)| flag(at, p)).collect();
    let target = metric.target.map(|t| Target {
        value: t.0.as_f64(),
        text: compact(metric, t.0),
        by: due.map_or_else(String::new, |d| format!("by {}", month_year(d))),
    });
    Chart {
        name: metric.title().to_owned(),
        caption: caption(metric),
        period: period(metric).to_owned(),
        points,
        unit: unit(metric),
        now: metric.series.last().map_or_else(String::new, |p| compact(metric, p.value)),
        target,
        flags,
        ..Chart::default()
    }
}

fn point(metric: &Record<Metric>, point: &Point) -> chart::Point {
    let monthly = !matches!(every(metric), "daily" | "weekly" | "fortnightly");
    let month: String = month_name(point.date).chars().take(3).collect();
    chart::Point {
        label: if monthly { month } else { format!("{} {month}", point.date.day()) },
        year: point.date.year().to_string(),
        value: Some(point.value.as_f64()),
        text: bare(metric, point.value),
    }
}

/// A number as a table's cell prints it, its unit said once at the row's head.
fn bare(metric: &Record<Metric>, value: Decimal) -> String {
    match &metric.unit {
        Some(Unit::Percent) => value.to_string(),
        _ => compact(metric, value),
    }
}

fn flag(at: usize, point: &Point) -> Option<Flag> {
    let note = point.note.as_ref()?;
    Some(Flag { at, note: Note { title: month_name(point.date).to_owned(), words: note.clone() }, short: None })
}

fn caption(metric: &Record<Metric>) -> String {
    let ends = metric.series.first().zip(metric.series.last());
    let span = ends.map_or_else(String::new, |(a, b)| format!(", {} to {}", month_year(a.date), month_year(b.date)));
    format!("{} by {}{span}", metric.title(), period(metric).to_lowercase())
}

fn every(metric: &Record<Metric>) -> &'static str {
    metric.cadence.as_ref().map_or("monthly", |c| c.every)
}

fn period(metric: &Record<Metric>) -> &'static str {
    match every(metric) {
        "daily" => "Day",
        "weekly" | "fortnightly" => "Week",
        "quarterly" => "Quarter",
        "yearly" => "Year",
        _ => "Month",
    }
}

/// "a month", where a number is counted so often.
pub fn per(metric: &Record<Metric>) -> String {
    format!("a {}", period(metric).to_lowercase())
}

fn unit(metric: &Record<Metric>) -> chart::Unit {
    match &metric.unit {
        Some(Unit::Percent) => chart::Unit::percent(),
        Some(Unit::Currency(code)) => chart::Unit::money(in_currency(code, "").trim_matches('\u{a0}')),
        Some(Unit::Time(unit)) => chart::Unit::of(&format!("{unit}s")),
        Some(Unit::Count) if metric.series.iter().all(|p| p.value.scale == 0) => chart::Unit::count(),
        _ => chart::Unit::default(),
    }
}

/// The chart of Home: the finding above, the months, what happened.
pub fn home_chart(sheet: &Sheet<'_>, metric: &Record<Metric>, due: Option<Date>) -> Option<Html> {
    let last = metric.series.last()?;
    let mut chart = chart_of(metric, due);
    for flag in &mut chart.flags {
        flag.short = Some(in_few_words(&flag.note));
        flag.note = as_sentence(&flag.note);
    }
    let link = chart::Link { href: sheet.href_of(&metric.base.name), words: "The numbers".to_owned() };
    let finding = chart::Finding { words: finding(metric, last, due), link: Some(link) };
    Some(chart::home_chart(&chart, &finding))
}

/// "March" and "The lunch is renamed and Sales is not told" as a half-sentence and its rest.
fn as_sentence(note: &Note) -> Note {
    let (first, rest) = note.words.split_once(" and ").map_or((note.words.as_str(), ""), |(f, r)| (f, r));
    let mut chars = first.chars();
    let first: String = chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect());
    let words = if rest.is_empty() { String::new() } else { format!("and {rest}") };
    Note { title: format!("{}: {first}", note.title), words }
}

/// The same where a line has room for three words: "Lunch is renamed" and "in March".
fn in_few_words(note: &Note) -> Note {
    let first = note.words.split_once(" and ").map_or(note.words.as_str(), |(first, _)| first);
    let mut chars = first.strip_prefix("The ").unwrap_or(first).chars();
    let title = chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
    Note { title, words: format!("in {}", note.title) }
}

/// "£236k in October: £24k to go, 5 months left".
fn finding(metric: &Record<Metric>, last: &Point, due: Option<Date>) -> String {
    let now = format!("{} in {}", compact(metric, last.value), month_name(last.date));
    let Some(target) = metric.target.map(|t| t.0) else { return now };
    let gap = (target.as_f64() - last.value.as_f64()).abs();
    let reached = match metric.direction.map(|d| d.word) {
        Some("down") => last.value.as_f64() <= target.as_f64(),
        _ => last.value.as_f64() >= target.as_f64(),
    };
    if reached {
        return format!("{now}: the goal is reached");
    }
    let gap = Decimal::parse(&format!("{gap:.*}", usize::from(target.scale.max(last.value.scale))))
        .map_or_else(String::new, |d| compact(metric, d));
    let months = due.map(|d| i32::from(d.year() - last.date.year()) * 12 + i32::from(d.month() - last.date.month())).filter(|m| *m > 0);
    let left = months.map_or_else(String::new, |m| format!(", {} left", counted(m.unsigned_abs(), "month")));
    format!("{now}: {gap} to go{left}")
}

/// "one month", "five months", "14 months".
pub fn counted(n: u32, thing: &str) -> String {
    const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let number = usize::try_from(n).ok().and_then(|i| WORDS.get(i)).map_or_else(|| n.to_string(), |w| (*w).to_owned());
    format!("{number} {thing}{}", if n == 1 { "" } else { "s" })
}
