//! The way to a goal: a line, a dot on it, and a bar where it should get to. It is the mark, at work.
//!
//! It is as wide as the place it stands in, so its places are percentages, and the
//! words that would meet are known by their length before it is drawn.

use super::label::{Anchor, Style};
use super::pen::{escaped, number};
use super::series::drawable;
use crate::site::diagram::text::clean;
use crate::site::html::Html;
use std::fmt::Write;

/// The shortest line that has to be read in full, in px.
const NARROWEST: f64 = 240.0;
/// Lengths from which on a number may be shown, or up to which. `chart.css` has two classes for each.
pub(super) const LENGTHS: [u16; 5] = [270, 300, 330, 360, 450];
/// Between two numbers.
const GAP: f64 = 6.0;
/// The line's height on its sheet.
const LINE: f64 = 10.0;
/// The numbers' base line.
const WORDS: f64 = 36.0;
/// Nearer to its start than this part, the dot's number takes the place of the start's.
const NEAR: f64 = 0.18;

/// A number and how it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amount {
    /// Where it stands.
    pub value: f64,
    /// "62 %".
    pub text: String,
}

/// From where, how far, to where. A goal that falls runs the same way: its start is the larger number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// Where it began; without it the line begins at nothing.
    pub start: Option<Amount>,
    /// The last value, once there is one.
    pub now: Option<Amount>,
    /// Where it should get to.
    pub goal: Amount,
    /// All of it in words, for those who do not see the line: "60 %, from 48 % to 65 %".
    pub words: String,
}

/// Where things stand on the line, as parts of its length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    pub(super) dot: Option<f64>,
    pub(super) bar: f64,
}

/// The drawing with its numbers.
pub fn way(way: &Way, hue: u8) -> Html {
    let stand = stand(way);
    let mut body = String::new();
    rails(&mut body, stand);
    words(&mut body, way, stand);
    let said = match way.words.trim() {
        "" => spoken(way),
        words => escaped(words),
    };
    Html::trusted(format!(
        "<div class=\"way-frame\"><svg class=\"way {}\" width=\"100%\" height=\"42\" role=\"img\" aria-label=\"{said}\">{body}</svg></div>",
        hue_class(hue)
    ))
}

/// The class that sets a team's hue; 0 is nobody's.
pub(super) fn hue_class(hue: u8) -> String {
    format!("hue-{}", if hue <= 8 { hue } else { 0 })
}

/// Dot and bar. Whoever passes the goal moves the bar to the left, since the dot has no further to go.
pub(super) fn stand(way: &Way) -> Stand {
    let goal = way.goal.value;
    let start = way.start.as_ref().map_or(0.0, |s| s.value);
    let now = way.now.as_ref().map(|n| n.value).filter(drawable);
    let Some(now) = now.filter(|_| drawable(&goal) && drawable(&start)) else {
        return Stand { dot: None, bar: 1.0 };
    };
    let part = match goal - start {
        0.0 if now == goal => 1.0,
        0.0 => 0.0,
        whole => (now - start) / whole,
    };
    if part > 1.0 { Stand { dot: Some(1.0), bar: (1.0 / part).clamp(0.0, 1.0) } } else { Stand { dot: Some(part.max(0.0)), bar: 1.0 } }
}

/// Track, done part, bar and dot; a ring of paper round a dot that is still on its way.
fn rails(out: &mut String, stand: Stand) {
    let line = |out: &mut String, class: &str, to: f64| {
        let _ = write!(out, "<line class=\"{class}\" x1=\"0\" y1=\"{LINE}\" x2=\"{}\" y2=\"{LINE}\"/>", percent(to));
    };
    line(out, "way-track", 1.0);
    if let Some(dot) = stand.dot {
        line(out, "way-done", dot);
    }
    let is_level = stand.dot.is_none_or(|dot| dot == stand.bar);
    let bar = percent(stand.bar);
    let _ = write!(out, "<line class=\"way-bar\" x1=\"{bar}\" y1=\"0\" x2=\"{bar}\" y2=\"20\"/>");
    if let Some(dot) = stand.dot {
        let class = if is_level { "way-dot level" } else { "way-dot" };
        let _ =
            write!(out, "<circle class=\"{class}\" cx=\"{}\" cy=\"{LINE}\" r=\"{}\"/>", percent(dot), if is_level { "6.5" } else { "8" });
    }
}

fn percent(part: f64) -> String {
    match part {
        0.0 => "0".to_owned(),
        part => format!("{}%", number(part * 100.0)),
    }
}

/// The numbers. The goal's is at the end; the last value's is at its dot, or beside the goal's
/// where the line is too short for that; the start's is there if they leave it room.
fn words(out: &mut String, way: &Way, stand: Stand) {
    let start = way.start.as_ref().map_or("", |s| s.text.as_str());
    let goal = way.goal.text.as_str();
    let (Some(dot), Some(now)) = (stand.dot, &way.now) else {
        number_at(out, Style::WayStart, Spot::at(0.0, Anchor::Start), start);
        number_at(out, Style::WayGoal, Spot::at(1.0, Anchor::End), goal);
        return;
    };
    if stand.bar < 1.0 {
        passed(out, way, stand.bar);
        return;
    }
    let first = Style::WayStart.width(start) + GAP;
    let last = Style::WayGoal.width(goal) + GAP;
    let half = Style::WayNow.width(&now.text) / 2.0;
    if now.text == goal {
        number_at(out, Style::WayStart, Spot::at(0.0, Anchor::Start).from(first + 2.0 * half), start);
        return number_at(out, Style::WayNow, Spot::at(1.0, Anchor::End), &now.text);
    }
    number_at(out, Style::WayGoal, Spot::at(1.0, Anchor::End), goal);
    if dot < NEAR || dot * NARROWEST < half {
        return number_at(out, Style::WayNow, Spot::at(0.0, Anchor::Start).from(2.0 * half + last), &now.text);
    }
    let centred = (half + last) / (1.0 - dot);
    let behind = if class_from(centred).is_some() { (first + half) / dot } else { 0.0 };
    let from = if centred > NARROWEST { behind.max(first + 2.0 * half + last) } else { behind };
    number_at(out, Style::WayStart, Spot::at(0.0, Anchor::Start).from(from), start);
    number_at(out, Style::WayNow, Spot::at(dot, Anchor::Middle).from(centred), &now.text);
    let beside = Spot { shift: -last, ..Spot::at(1.0, Anchor::End) };
    number_at(out, Style::WayNow, beside.from(2.0 * half + last).till(centred), &now.text);
}

/// Past the goal: its number stands before the last value, or under the bar where that is far off.
fn passed(out: &mut String, way: &Way, bar: f64) {
    let start = way.start.as_ref().map_or("", |s| s.text.as_str());
    let now = way.now.as_ref().map_or("", |n| n.text.as_str());
    let goal = way.goal.text.as_str();
    let start_end = Style::WayStart.width(start) + GAP;
    let half = Style::WayGoal.width(goal) / 2.0;
    let now_width = Style::WayNow.width(now) + GAP;
    number_at(out, Style::WayNow, Spot::at(1.0, Anchor::End), now);
    let latest = NARROWEST - now_width - half;
    let middle = bar * NARROWEST;
    let (spot, left) = if middle > latest {
        let beside = Spot { shift: -now_width, ..Spot::at(1.0, Anchor::End) };
        (beside, latest - half)
    } else if middle >= half {
        (Spot::at(bar, Anchor::Middle), middle - half)
    } else {
        (Spot::at(0.0, Anchor::Start), 0.0)
    };
    if left >= start_end {
        number_at(out, Style::WayStart, Spot::at(0.0, Anchor::Start), start);
    }
    if NARROWEST - now_width >= 2.0 * half {
        number_at(out, Style::WayGoal, spot, goal);
    }
}

/// Where a number stands.
#[derive(Clone, Copy)]
struct Spot {
    /// The part of the line's length.
    part: f64,
    /// So many px from there.
    shift: f64,
    anchor: Anchor,
    /// How long the line must be for it.
    from: f64,
    /// From which length on it stands elsewhere.
    till: f64,
}

impl Spot {
    fn at(part: f64, anchor: Anchor) -> Self {
        Self { part, shift: 0.0, anchor, from: 0.0, till: f64::MAX }
    }

    fn from(self, from: f64) -> Self {
        Self { from, ..self }
    }

    fn till(self, till: f64) -> Self {
        Self { till, ..self }
    }
}

fn number_at(out: &mut String, style: Style, spot: Spot, text: &str) {
    let text = clean(text);
    let Some(mut class) = class_from(spot.from).filter(|_| !text.is_empty() && spot.till > NARROWEST) else {
        return;
    };
    if let Some(till) = LENGTHS.iter().find(|least| f64::from(**least) >= spot.till) {
        let _ = write!(class, " way-till-{till}");
    }
    let shift = match spot.shift {
        0.0 => String::new(),
        shift => format!(" dx=\"{}\"", number(shift)),
    };
    let _ = write!(
        out,
        "<text class=\"{}{class}\" x=\"{}\" y=\"{WORDS}\"{shift}{}>{}</text>",
        style.class(),
        percent(spot.part),
        spot.anchor.attribute(),
        escaped(&text)
    );
}

/// The class that lets a number go where the line is shorter than it needs; none where every line is.
fn class_from(length: f64) -> Option<String> {
    if length <= NARROWEST {
        return Some(String::new());
    }
    let least = LENGTHS.iter().find(|least| f64::from(**least) >= length)?;
    Some(format!(" way-{least}"))
}

/// The numbers alone, in their order, where the caller has no sentence.
fn spoken(way: &Way) -> String {
    let amounts = [way.start.as_ref(), way.now.as_ref(), Some(&way.goal)];
    let texts: Vec<_> = amounts.into_iter().flatten().map(|a| escaped(&a.text)).collect();
    texts.join(", ")
}
