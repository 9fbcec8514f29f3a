//! Charts: a metric's series as a drawing made when the site is built.
//!
//! A reader should see the finding before the method, so every drawing says its
//! last value and its target in words where the eye ends, and the table beneath
//! uses the drawing's own columns: there is no axis to read across from. The
//! drawings are for the eye alone (`aria-hidden`); the table, and a list of what
//! happened when, carry the same facts to everybody else.
//!
//! Data comes in plain and already worded, so that no date, currency or language
//! is known here. Each chart is drawn once for every width it is shown at, since
//! a scaled drawing has text nobody can read; `chart.css` chooses among them.

mod axis;
mod ends;
mod flags;
mod goal;
mod home;
mod label;
mod line;
mod notes;
mod pen;
mod plot;
mod scale;
mod series;
mod shortfall;
mod sparkline;
mod table;
mod unit;
mod way;

#[cfg(test)]
mod tests;

pub use scale::ticks;
pub use shortfall::{Missing, missing};
pub use sparkline::{Spark, sparkline};
pub use unit::Unit;
pub use way::{Amount, Way, way};

use crate::site::html::Html;

/// At most this many points are drawn and listed: a year and the month it is measured against.
pub const POINTS: usize = 13;

/// A metric's series with what is to be said about it.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What is measured: "Repeat rate". It heads the table's row of values.
    pub name: String,
    /// The table's caption: "Repeat rate by month, October 2025 to October 2026".
    pub caption: String,
    /// What a point stands for, as the head of the table's first column: "Month".
    pub period: String,
    /// Oldest first. Only the last [`POINTS`] are shown.
    pub points: Vec<Point>,
    /// How a number on the scale is written.
    pub unit: Unit,
    /// The last value in words: "67 %". Empty: written with `unit`.
    pub now: String,
    /// Where the line should get to.
    pub target: Option<Target>,
    /// What happened, at the point where it happened.
    pub flags: Vec<Flag>,
    /// The area the line fell short by.
    pub shortfall: Option<Shortfall>,
    /// The few words of the drawing's own.
    pub words: Words,
}

/// One value of a series.
#[derive(Clone, Debug, Default)]
pub struct Point {
    /// As short as the column is narrow: "Oct", "Q3", "3 Aug".
    pub label: String,
    /// Said under the first point and where it changes; may be empty.
    pub year: String,
    /// `None` where nothing was counted. What is not finite is a gap too.
    pub value: Option<f64>,
    /// The value as the table prints it: "62".
    pub text: String,
}

/// What the series should reach.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Where its line is drawn.
    pub value: f64,
    /// "72 %".
    pub text: String,
    /// "by March 2027"; may be empty.
    pub by: String,
}

/// Something that happened, in two short lines.
#[derive(Clone, Debug, Default)]
pub struct Flag {
    /// Index into [`Chart::points`].
    pub at: usize,
    /// The two lines.
    pub note: Note,
    /// The two lines where there is less room.
    pub short: Option<Note>,
}

/// A bold half-sentence and the rest of it.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// "3 August".
    pub title: String,
    /// "Names put right"; may be empty.
    pub words: String,
}

/// What was missed while the line was under its usual level.
#[derive(Clone, Debug, Default)]
pub struct Shortfall {
    /// The usual level.
    pub level: f64,
    /// Index into [`Chart::points`] of the first point that counts as missed.
    pub from: usize,
    /// "127 bookings".
    pub title: String,
    /// "short of the winter level, 36".
    pub words: String,
}

/// The words that the drawing itself adds.
#[derive(Clone, Debug)]
pub struct Words {
    /// Under the last value.
    pub now: String,
    /// After the target's number on Home.
    pub goal: String,
    /// Before the target, where it is only heard.
    pub target: String,
    /// In a cell where nothing was counted.
    pub none: String,
    /// Head of the years under the table, where it is only heard.
    pub year: String,
    /// What [`scale_note`] says; `{value}` is the scale's first number.
    pub scale_starts: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            now: "now".to_owned(),
            goal: "goal".to_owned(),
            target: "Target".to_owned(),
            none: "not counted".to_owned(),
            year: "Year".to_owned(),
            scale_starts: "The scale starts at {value}.".to_owned(),
        }
    }
}

/// What a chart on Home says above its drawing.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// "£236k in October: £24k to go, five months left".
    pub words: String,
    /// Where the numbers are.
    pub link: Option<Link>,
}

/// An address with its words. The address is the caller's own, not content's.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// "The numbers".
    pub words: String,
}

/// A metric's chart and its table. Empty where the series has no number.
pub fn chart(chart: &Chart) -> Html {
    goal::figure(chart).map_or_else(Html::default, Html::trusted)
}

/// A metric's chart on Home, under its finding. Empty where the series has no number.
pub fn home_chart(chart: &Chart, finding: &Finding) -> Html {
    home::figure(chart, finding).map_or_else(Html::default, Html::trusted)
}

/// The sentence owed to the reader of [`chart`] when its scale does not start at nothing.
pub fn scale_note(chart: &Chart) -> Option<String> {
    let window = series::window(chart)?;
    let scale = scale::scale(chart, &window);
    let start = scale.note_start()?;
    let labels = chart.unit.labels(&scale.ticks);
    let label = scale.ticks.iter().zip(labels).find_map(|(tick, label)| (*tick == start).then_some(label))?;
    Some(chart.words.scale_starts.replace("{value}", &label))
}
