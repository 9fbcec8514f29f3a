//! Flags above a chart: a pennant, a pole down to the point, and two short lines at its right.
//!
//! All stand on one line. A flag whose words would meet another's words or pole
//! goes one row down; one that finds no row says only its title, and one that finds
//! no room for that keeps its pennant, and the list under the chart says the rest.

use super::Note;
use super::label::{Anchor, Label, Style, label};
use super::pen;
use crate::site::diagram::text::clean;

/// At most so many rows, or the flags would be higher than the chart.
const ROWS: usize = 3;
/// From a pole to its words.
const INDENT: f64 = 17.0;
/// From words to the next pole or words.
const GAP: f64 = 8.0;
const LINE: f64 = 16.0;

/// A flag that has found its place.
pub(super) struct Flown {
    x: f64,
    row: usize,
    left: f64,
    right: f64,
    to_the_left: bool,
    note: Note,
}

/// All flags of a chart, and how they stand.
pub(super) struct Flags {
    flown: Vec<Flown>,
    /// How high all rows are together.
    pub(super) height: f64,
    /// Whether some words had to be left out.
    pub(super) is_crowded: bool,
    pitch: f64,
}

impl Flags {
    /// Where the poles stand.
    pub(super) fn poles(&self) -> Vec<f64> {
        self.flown.iter().map(|f| f.x).collect()
    }
}

/// Finds a place for each flag, given where it stands and what it says, from left to right.
pub(super) fn arrange(wanted: Vec<(f64, Note)>, width: f64) -> Flags {
    let mut flown: Vec<Flown> = Vec::new();
    let mut is_crowded = false;
    for (x, note) in wanted {
        let whole = [Some(note.clone()), folded(&note)];
        let mut whole = whole.into_iter().flatten();
        let found = whole.find_map(|note| placed(x, note, &flown, width));
        is_crowded |= found.is_none();
        let title = || Note { title: note.title.clone(), words: String::new() };
        let found = found.or_else(|| placed(x, title(), &flown, width));
        flown.push(found.unwrap_or_else(|| bare(x)));
    }
    let has_words = flown.iter().any(|f| !f.note.words.is_empty());
    let pitch = if has_words { 2.0 * LINE + 4.0 } else { LINE + 6.0 };
    let rows = flown.iter().map(|f| f.row + 1).max().unwrap_or(0);
    Flags { height: rows as f64 * pitch, flown, is_crowded, pitch }
}

/// Pennants and poles; a pole ends 8 px above its point.
pub(super) fn poles(out: &mut String, flags: &Flags, point_at: impl Fn(f64) -> f64) {
    for flag in &flags.flown {
        let top = flag.row as f64 * flags.pitch + 2.0;
        let end = (point_at(flag.x) - 8.0).max(top + 9.5);
        pen::line(out, "chart-pole", (flag.x, top), (flag.x, end));
        let way = if flag.to_the_left { -1.0 } else { 1.0 };
        let at = |dx: f64, dy: f64| (flag.x + way * dx, top + dy);
        let pennant = [at(0.0, 0.0), at(11.0, 0.0), at(8.0, 4.8), at(11.0, 9.5), at(0.0, 9.5)];
        pen::path(out, "chart-pennant", &pennant, "Z");
    }
}

/// The words of all flags.
pub(super) fn words(flags: &Flags) -> Vec<Label> {
    let both = flags.flown.iter().flat_map(|flag| {
        let (x, anchor) = if flag.to_the_left { (flag.x - INDENT, Anchor::End) } else { (flag.x + INDENT, Anchor::Start) };
        let y = flag.row as f64 * flags.pitch + 11.5;
        [label(Style::FlagTitle, (x, y), anchor, &flag.note.title), label(Style::FlagWords, (x, y + LINE), anchor, &flag.note.words)]
    });
    both.filter(|label| !label.text.is_empty()).collect()
}

/// A long title on two lines, if there are no words to take the second.
fn folded(note: &Note) -> Option<Note> {
    if !note.words.is_empty() {
        return None;
    }
    let (title, words) = match note.title.split_once(": ") {
        Some((date, rest)) => (format!("{date}:"), rest),
        None => {
            let (title, words) = note.title.split_once(' ')?;
            (title.to_owned(), words)
        }
    };
    Some(Note { title, words: words.to_owned() })
}

/// The first row with room, right of the pole if that can be, else left of it.
fn placed(x: f64, note: Note, flown: &[Flown], width: f64) -> Option<Flown> {
    let title = Style::FlagTitle.width(&clean(&note.title));
    let words = Style::FlagWords.width(&clean(&note.words));
    let room = INDENT + title.max(words);
    let sides = [(false, x, x + room), (true, x - room, x)];
    let mut candidates =
        sides.into_iter().filter(|(_, left, right)| *left >= 0.0 && *right <= width).flat_map(|side| (0..ROWS).map(move |row| (row, side)));
    candidates.find_map(|(row, (to_the_left, left, right))| {
        let flag = Flown { x, row, left, right, to_the_left, note: note.clone() };
        flown.iter().all(|other| stand_together(&flag, other)).then_some(flag)
    })
}

/// Only a pennant, in the last row: its pole is short, but it may cross nobody's words.
fn bare(x: f64) -> Flown {
    Flown { x, row: ROWS, left: x, right: x, to_the_left: false, note: Note::default() }
}

fn stand_together(a: &Flown, b: &Flown) -> bool {
    match a.row.cmp(&b.row) {
        std::cmp::Ordering::Equal => a.right + GAP <= b.left || b.right + GAP <= a.left,
        std::cmp::Ordering::Less => pole_passes(a, b),
        std::cmp::Ordering::Greater => pole_passes(b, a),
    }
}

/// Whether the pole of the flag above keeps clear of the words of the flag below.
fn pole_passes(above: &Flown, below: &Flown) -> bool {
    let (left, right) = if below.to_the_left { (below.left, below.right - INDENT) } else { (below.left + INDENT, below.right) };
    below.note.title.is_empty() || above.x <= left - 4.0 || above.x >= right + 4.0
}
