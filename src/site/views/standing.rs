//! Where a number stands, in one large figure and two sentences; and as a row with its small line.
//!
//! For the pages of goals and numbers, so that both say it alike.

use super::numbers::{self, compact};
use super::parts::Link;
use super::wording::{capital, number};
use crate::model::Record;
use crate::model::kinds::goal::{Direction, Metric, Point};
use crate::model::types::{Amount, Unit};
use crate::model::value::{Decimal, month_year};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use jiff::civil::Date;
use serde::Serialize;

/// Where a number stands.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// The last value: "67 %".
    pub now: String,
    /// Where it comes from: "now, from 62 % a year ago.".
    pub from: String,
    /// What is missing: "Five points to go by March 2027.".
    pub left: Option<String>,
}

/// A number with its small line.
#[derive(Debug, Clone, Serialize)]
pub struct NumberRow {
    /// The number.
    pub metric: Link,
    /// What is counted.
    pub says: Option<Html>,
    /// Its months.
    pub spark: Html,
    /// Where it began.
    pub was: Option<String>,
    /// Where it is.
    pub now: Option<String>,
    /// Where it should get to.
    pub target: Option<String>,
    /// The number that keeps it honest.
    pub pair: Option<Link>,
}

/// Where a metric stands; nothing before its first value.
pub fn standing(metric: &Record<Metric>, due: Option<Date>) -> Option<Standing> {
    let last = metric.series.last()?;
    Some(Standing {
        now: compact(metric, last.value),
        from: since(metric, last).unwrap_or_else(|| "now.".to_owned()),
        left: metric.target.map(|target| left(metric, last.value, target.0, due)),
    })
}

/// "now, from 62 % a year ago."
fn since(metric: &Record<Metric>, last: &Point) -> Option<String> {
    let first = metric.series.first().filter(|f| f.date < last.date)?;
    let months = |p: &Point| i32::from(last.date.year() - p.date.year()) * 12 + i32::from(last.date.month() - p.date.month());
    let year_ago = metric.series.iter().find(|p| months(p) == 12).unwrap_or(first);
    let ago = match months(year_ago) {
        12 => "a year ago".to_owned(),
        0 => "in the same month".to_owned(),
        1 => "a month ago".to_owned(),
        n => format!("{} months ago", number(usize::try_from(n).unwrap_or(0))),
    };
    Some(format!("now, from {} {ago}.", compact(metric, year_ago.value)))
}

/// "Five points to go by March 2027."
fn left(metric: &Record<Metric>, now: Decimal, target: Decimal, due: Option<Date>) -> String {
    let goal = compact(metric, target);
    if is_reached(metric, now, target) {
        return format!("The goal of {goal} is reached.");
    }
    let gap = (target.as_f64() - now.as_f64()).abs();
    let decimals = usize::from(target.scale.max(now.scale));
    let gap = Decimal::parse(&format!("{gap:.decimals$}")).map_or_else(String::new, |gap| distance(metric, gap));
    let by = due.map_or_else(String::new, |d| format!(" by {}", month_year(d)));
    capital(&format!("{gap} to go{by}."))
}

fn is_reached(metric: &Record<Metric>, now: Decimal, target: Decimal) -> bool {
    match metric.direction.map(|d| d.value) {
        Some(Direction::Down) => now.as_f64() <= target.as_f64(),
        _ => now.as_f64() >= target.as_f64(),
    }
}

/// A gap in words: between shares it is in points.
fn distance(metric: &Record<Metric>, gap: Decimal) -> String {
    let whole = usize::try_from(gap.units).ok().filter(|_| gap.scale == 0);
    let figure = whole.map_or_else(|| gap.to_string(), number);
    match metric.unit {
        Some(Unit::Percent) => format!("{figure} point{}", if figure == "one" { "" } else { "s" }),
        Some(Unit::Count) => figure,
        _ => compact(metric, gap),
    }
}

/// A metric as a row, against a target of its own or another.
pub fn row(sheet: &Sheet<'_>, metric: &Record<Metric>, target: Option<&Amount>, hue: u8) -> NumberRow {
    let was = metric.baseline.map(|b| b.0).or_else(|| metric.series.first().map(|p| p.value));
    let show = |amount: Decimal| compact(metric, amount);
    NumberRow {
        metric: sheet.link(&metric.base.name),
        says: sheet.words_of(metric.definition.as_ref()),
        spark: numbers::spark(metric, target, hue),
        was: was.map(show),
        now: metric.series.last().map(|p| show(p.value)),
        target: target.or(metric.target.as_ref()).map(|t| show(t.0)),
        pair: metric.pairs_with.as_ref().map(|m| sheet.link_ref(m)),
    }
}

/// "Thirteen months": what small lines show, where all show as much.
pub fn span(metrics: &[&Record<Metric>]) -> String {
    let shown = |m: &&Record<Metric>| (m.series.len().min(crate::site::chart::POINTS), numbers::per(m));
    let mut spans = metrics.iter().map(shown);
    match spans.next() {
        Some((n, per)) if n > 1 && spans.all(|s| s == (n, per.clone())) => {
            capital(&format!("{} {}s", number(n), per.trim_start_matches("a ")))
        }
        _ => "So far".to_owned(),
    }
}
