//! Notes on the chart on Home: a ring on the line, a leader, and two lines beside it.
//!
//! There is no row above the plot to put them in, so each looks for the nearest
//! place around its point that meets nothing. Where there is none, the ring stands
//! alone: its words are in the figure's list and on the goal's own page.

use super::Note;
use super::label::{Anchor, Area, Label, Style, label};
use super::line::span;
use super::pen::{self, At};
use super::plot::Plot;
use crate::site::diagram::text::clean;

const RING: f64 = 4.8;
const LINE: f64 = 17.0;
/// Between words and anything else.
const CLEAR: f64 = 5.0;
/// How far from its point a note may stand.
const FURTHEST: f64 = 150.0;

/// A note that has found its place.
pub(super) struct Placed {
    at: At,
    end: Option<f64>,
    /// Its words.
    pub(super) words: Vec<Label>,
}

/// What is on the sheet already.
pub(super) struct Around<'a> {
    pub(super) plot: &'a Plot,
    /// The series, in the pieces that it is drawn in.
    pub(super) pieces: Vec<Vec<At>>,
    /// Areas of other words and lines.
    pub(super) taken: Vec<Area>,
}

/// Finds a place for each note, given the point it belongs to.
pub(super) fn place(wanted: Vec<(At, Note)>, mut around: Around<'_>) -> Vec<Placed> {
    let rings = wanted.iter().map(|(at, _)| ring_area(*at));
    around.taken.extend(rings);
    let mut all = Vec::new();
    for (at, note) in wanted {
        let note = Note { title: clean(&note.title), words: clean(&note.words) };
        let placed = nearest(at, &note, &around);
        around.taken.extend(placed.words.iter().map(Label::area));
        if let Some(end) = placed.end {
            around.taken.push(leader_area(at, end));
        }
        all.push(placed);
    }
    all
}

/// Leaders and rings; the rings stand on the line.
pub(super) fn rings(out: &mut String, placed: &[Placed]) {
    for note in placed {
        if let Some(end) = note.end {
            let start = note.at.1 + RING.copysign(end - note.at.1) * 1.8;
            pen::line(out, "chart-pole", (note.at.0, start), (note.at.0, end));
        }
        pen::circle(out, "chart-ring", note.at, RING);
    }
}

/// The place with the shortest leader, right before left, above before below.
fn nearest(at: At, note: &Note, around: &Around<'_>) -> Placed {
    let alone = Placed { at, end: None, words: Vec::new() };
    let widest = Style::FlagTitle.width(&note.title).max(Style::FlagWords.width(&note.words));
    if note.title.is_empty() || widest > around.plot.width - around.plot.left {
        return alone;
    }
    let mut best: Option<(f64, Placed)> = None;
    for (up, anchor) in [(true, Anchor::Start), (false, Anchor::Start), (true, Anchor::End), (false, Anchor::End)] {
        let penalty = if up { 0.0 } else { 30.0 } + if anchor == Anchor::Start { 0.0 } else { 24.0 };
        let found = (0..16)
            .map(|i| 44.0 + 7.0 * f64::from(i))
            .take_while(|length| *length <= FURTHEST)
            .map(|length| (length + penalty, standing(at, note, length, up, anchor)))
            .find(|(_, placed)| is_free(placed, around));
        if let Some((cost, placed)) = found
            && best.as_ref().is_none_or(|(least, _)| cost < *least)
        {
            best = Some((cost, placed));
        }
    }
    best.map_or(alone, |(_, placed)| placed)
}

/// A note at the end of a leader of this length.
fn standing(at: At, note: &Note, length: f64, up: bool, anchor: Anchor) -> Placed {
    let end = if up { at.1 - length } else { at.1 + length };
    let tall = if note.words.is_empty() { 0.0 } else { LINE };
    let first = if up { end + 11.0 } else { end - 3.0 - tall };
    let x = if anchor == Anchor::Start { at.0 + 8.0 } else { at.0 - 8.0 };
    let mut words = vec![label(Style::FlagTitle, (x, first), anchor, &note.title)];
    if !note.words.is_empty() {
        words.push(label(Style::FlagWords, (x, first + LINE), anchor, &note.words));
    }
    Placed { at, end: Some(end), words }
}

fn is_free(placed: &Placed, around: &Around<'_>) -> bool {
    let Some(end) = placed.end else { return true };
    let leader = leader_area(placed.at, end);
    let words_free = placed.words.iter().all(|label| {
        let area = label.area();
        let grown = Area { left: area.left - CLEAR, right: area.right + CLEAR, top: area.top - CLEAR, bottom: area.bottom + CLEAR };
        let inside = area.left >= around.plot.left + 2.0
            && area.right <= around.plot.width
            && area.top >= 0.0
            && area.bottom <= around.plot.bottom + 10.0;
        inside && !crosses_line(&grown, around) && !around.taken.iter().any(|a| a.meets(&grown))
    });
    if !(2.0..=around.plot.bottom + 10.0).contains(&end) {
        return false;
    }
    let own = ring_area(placed.at);
    let leader_free = !around.taken.iter().any(|a| *a != own && a.meets(&leader));
    words_free && leader_free
}

/// Whether the series passes through an area.
fn crosses_line(area: &Area, around: &Around<'_>) -> bool {
    let spans = around.pieces.iter().filter_map(|piece| span(piece, area.left, area.right));
    spans.into_iter().any(|(top, bottom)| top < area.bottom && bottom > area.top)
}

fn ring_area((x, y): At) -> Area {
    Area { left: x - RING - 2.0, right: x + RING + 2.0, top: y - RING - 2.0, bottom: y + RING + 2.0 }
}

fn leader_area((x, y): At, end: f64) -> Area {
    Area { left: x - 1.0, right: x + 1.0, top: y.min(end), bottom: y.max(end) }
}
