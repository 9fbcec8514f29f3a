//! The ticket: what was promised at a hand-over, in one or two cells.

use super::Promise;
use super::scene::{Anchor, Layer, Mark, Point, Rect, Scene, Shape, at, pen, span};
use super::svg::num;
use super::text::{Font, SPARE, cut, width, wrap};

/// Who promises.
const WHO: Font = Font { class: "t-who", size: 12.5, bold: false };
/// What.
const WHAT: Font = Font { class: "t-what", size: 13.5, bold: true };
/// The height of a ticket in the wide map, and what a second line adds.
const HIGH: f64 = 46.0;
const MORE: f64 = 16.0;
/// The widest a cell's text may be.
pub(super) const MOST: f64 = 270.0;

/// One cell, cut to measure.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    who: String,
    what: Vec<String>,
    hue: u8,
    w: f64,
}

/// A ticket's cells side by side.
#[derive(Clone, Debug)]
pub(super) struct Form {
    cells: Vec<Cell>,
    pub w: f64,
    h: f64,
}

/// Breaks the promises, and cuts them if need be, to cells whose text is at most `most` wide.
pub(super) fn form(promises: &[Promise], most: f64) -> Form {
    let cell = |p: &Promise| {
        let who = cut(&p.who, WHO, most - 14.0);
        let what = wrap(&p.what, WHAT, most, 2);
        let text = what.iter().map(|line| width(line, WHAT)).fold(width(&who, WHO) + 14.0, f64::max);
        let w = (text / SPARE + 28.0).max(text + 15.0);
        Cell { who, what, hue: p.hue, w: w.ceil() }
    };
    let cells: Vec<Cell> = promises.iter().take(2).map(cell).collect();
    let w = cells.iter().map(|c| c.w).sum();
    let h = if cells.iter().any(|c| c.what.len() > 1) { HIGH + MORE } else { HIGH };
    Form { cells, w, h }
}

/// Puts a ticket beside a ring: right of it if there is room, with its second cell if
/// there is room for that too, else left of it, else narrower, else not at all.
/// `reach` is how far from the ring's middle the ticket begins, and where its stem does.
pub(super) fn beside(scene: &mut Scene, layer: Layer, ring: Point, reach: (f64, f64), promises: &[Promise]) -> bool {
    let one = promises.get(..1).unwrap_or(&[]);
    let whole = [(promises, MOST, 1.0), (promises, 170.0, 1.0), (one, MOST, 1.0), (promises, MOST, -1.0), (one, MOST, -1.0)];
    let shorter = [250.0, 230.0, 210.0, 190.0, 170.0, 150.0].into_iter().flat_map(|most| [(one, most, 1.0), (one, most, -1.0)]);
    for (some, most, side) in whole.into_iter().chain(shorter) {
        let form = form(some, most);
        let x = if side > 0.0 { ring.x + reach.0 } else { ring.x - reach.0 - form.w };
        let area = Rect::sized(x, ring.y - form.h / 2.0, form.w, form.h);
        if form.cells.is_empty() || !scene.free(area, false) {
            continue;
        }
        let near = ring.x + side * reach.1;
        let stem = [at(near, ring.y), at(if side > 0.0 { area.x0 - 0.6 } else { area.x1 + 0.6 }, ring.y)];
        scene.path(layer, &stem, pen("map-stem", 1.1, 0.0));
        lay(scene, layer, area, &form);
        return true;
    }
    false
}

/// How much room a ticket of all these promises would have left over, right of a ring.
pub(super) fn spare(scene: &Scene, ring: Point, reach: f64) -> f64 {
    let x = ring.x + reach;
    let band = Rect::sized(x, ring.y - HIGH / 2.0, 1.0, HIGH);
    let mut room = 0.0;
    while room < scene.w && scene.free(Rect { x1: x + room + 20.0, ..band }, false) {
        room += 20.0;
    }
    room
}

/// Draws a ticket with its cells side by side.
fn lay(scene: &mut Scene, layer: Layer, area: Rect, form: &Form) {
    let perforation = form.cells.first().filter(|_| form.cells.len() > 1).map(|c| area.x0 + c.w);
    let on = scene.paper(layer, area);
    put(scene, layer, Shape::Raw(outline(area, perforation)), "map-paper", None);
    if let Some(x) = perforation {
        let points = vec![at(x, area.y0 + 7.0), at(x, area.y1 - 6.0)];
        put(scene, layer, Shape::Path { points, cut: 0.0, closed: false }, "map-perforation", None);
    }
    let mut x = area.x0;
    for cell in &form.cells {
        print(scene, layer, at(x + 14.0, area.y0), cell, on);
        x += cell.w;
    }
}

/// Prints one cell; `p` is the left end of its text at the cell's upper edge.
fn print(scene: &mut Scene, layer: Layer, p: Point, cell: &Cell, on: usize) {
    if !cell.who.is_empty() {
        put(scene, layer, Shape::Disc { at: at(p.x + 4.0, p.y + 14.3), r: 4.0 }, "map-dot", Some(cell.hue));
        scene.write(layer, at(p.x + 14.0, p.y + 18.6), Anchor::Start, vec![span(WHO, cell.who.clone())], Some(on));
    }
    for (k, line) in cell.what.iter().enumerate() {
        let y = p.y + 35.5 + 16.0 * k as f64;
        scene.write(layer, at(p.x, y), Anchor::Start, vec![span(WHAT, line.clone())], Some(on));
    }
}

/// A mark on paper, which takes no room of its own.
fn put(scene: &mut Scene, layer: Layer, shape: Shape, class: &'static str, hue: Option<u8>) {
    scene.marks.push(Mark { layer, shape, class, hue });
}

/// The paper's edge, with two notches where it may be torn.
fn outline(a: Rect, perforation: Option<f64>) -> String {
    let (x0, y0, x1, y1) = (num(a.x0), num(a.y0), num(a.x1), num(a.y1));
    let (l, r, t, b) = (num(a.x0 + 3.0), num(a.x1 - 3.0), num(a.y0 + 3.0), num(a.y1 - 3.0));
    let (upper, lower) = match perforation {
        Some(p) => {
            let (p0, p1) = (num(p - 5.0), num(p + 5.0));
            (format!("H{p0}A5 5 0 0 0 {p1} {y0}"), format!("H{p1}A5 5 0 0 0 {p0} {y1}"))
        }
        None => (String::new(), String::new()),
    };
    format!("M{l} {y0}{upper}H{r}Q{x1} {y0} {x1} {t}V{b}Q{x1} {y1} {r} {y1}{lower}H{l}Q{x0} {y1} {x0} {b}V{t}Q{x0} {y0} {l} {y0}Z")
}

/// A ticket for a phone: its cells over each other, promises in two lines if need be.
#[derive(Clone, Debug)]
pub(super) struct Tall {
    cells: Vec<Cell>,
    pub h: f64,
}

impl Tall {
    /// How much of it stands above the ring it hangs on.
    pub fn above(&self) -> f64 {
        match self.cells.first() {
            Some(first) if self.cells.len() > 1 => height(first) - 6.0,
            _ => self.h / 2.0,
        }
    }
}

/// Cuts the promises for a ticket of width `w`.
pub(super) fn tall(promises: &[Promise], w: f64) -> Tall {
    let cell = |p: &Promise| Cell {
        who: cut(&p.who, WHO, w - 38.0),
        what: wrap(&p.what, WHAT, ((w - 24.0) * SPARE).min(w - 13.0), 2),
        hue: p.hue,
        w,
    };
    let cells: Vec<Cell> = promises.iter().take(2).map(cell).collect();
    let h = cells.iter().map(height).sum();
    Tall { cells, h }
}

/// The height of a cell in a tall ticket.
fn height(cell: &Cell) -> f64 {
    42.0 + 16.0 * cell.what.len().saturating_sub(1) as f64
}

/// Draws a tall ticket with its left upper corner at `p`.
pub(super) fn lay_tall(scene: &mut Scene, layer: Layer, p: Point, form: &Tall) {
    let Some(first) = form.cells.first() else {
        return;
    };
    let area = Rect::sized(p.x, p.y, first.w, form.h);
    let torn = (form.cells.len() > 1).then(|| p.y + height(first));
    let on = scene.paper(layer, area);
    put(scene, layer, Shape::Raw(outline_tall(area, torn)), "map-paper", None);
    if let Some(y) = torn {
        let points = vec![at(area.x0 + 9.0, y), at(area.x1 - 8.0, y)];
        put(scene, layer, Shape::Path { points, cut: 0.0, closed: false }, "map-perforation", None);
    }
    let mut y = p.y;
    for cell in &form.cells {
        print(scene, layer, at(p.x + 12.0, y - 0.5), cell, on);
        y += height(cell);
    }
}

/// The edge of a tall ticket, with its notches at the sides.
fn outline_tall(a: Rect, torn: Option<f64>) -> String {
    let (x0, y0, x1, y1) = (num(a.x0), num(a.y0), num(a.x1), num(a.y1));
    let (l, r, t, b) = (num(a.x0 + 3.0), num(a.x1 - 3.0), num(a.y0 + 3.0), num(a.y1 - 3.0));
    let (right, left) = match torn {
        Some(p) => {
            let (p0, p1) = (num(p - 5.0), num(p + 5.0));
            (format!("V{p0}A5 5 0 0 0 {x1} {p1}"), format!("V{p1}A5 5 0 0 0 {x0} {p0}"))
        }
        None => (String::new(), String::new()),
    };
    format!("M{l} {y0}H{r}Q{x1} {y0} {x1} {t}{right}V{b}Q{x1} {y1} {r} {y1}H{l}Q{x0} {y1} {x0} {b}{left}V{t}Q{x0} {y0} {l} {y0}Z")
}
