//! A drawing between layout and markup: what is drawn, and what room it takes.
//!
//! Strokes are put in first, then labels one after another. Before a label is
//! written it asks [`Scene::right`] or [`Scene::left`] how far it may reach.
//! So the same record that the drawing is made from proves that nothing meets.

use super::text::{Font, width};

/// What must stay free between a label and a stroke.
const AIR: f64 = 2.0;
/// What must stay free between two labels on one line.
const GAP: f64 = 6.0;

/// A point in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// Short for a point.
pub(super) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Rect {
    /// From its left upper corner and its size.
    pub fn sized(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x0: x, y0: y, x1: x + w, y1: y + h }
    }

    /// Larger by `by` on each side.
    pub fn grown(self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// The smallest rectangle that holds both.
    pub fn with(self, other: Self) -> Self {
        Self { x0: self.x0.min(other.x0), y0: self.y0.min(other.y0), x1: self.x1.max(other.x1), y1: self.y1.max(other.y1) }
    }
}

/// One straight piece of something drawn; a disc is a piece without length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub a: Point,
    pub b: Point,
    /// Half its width, or the disc's radius.
    pub half: f64,
    /// Whether it is a hairline, over which a ticket may lie.
    pub hair: bool,
}

impl Stroke {
    /// From where to where it is inside the band between two heights.
    pub fn inside(&self, y0: f64, y1: f64) -> Option<(f64, f64)> {
        let (a, b) = if self.a.y <= self.b.y { (self.a, self.b) } else { (self.b, self.a) };
        let (y0, y1) = (y0 - self.half, y1 + self.half);
        if b.y <= y0 || a.y >= y1 {
            return None;
        }
        let along = |y: f64| {
            if b.y - a.y < 0.01 { a.x } else { a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y) }
        };
        let (p, q) = if b.y - a.y < 0.01 { (a.x, b.x) } else { (along(a.y.max(y0)), along(b.y.min(y1))) };
        Some((p.min(q) - self.half, p.max(q) + self.half))
    }
}

/// The room a label or a ticket takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub area: Rect,
    /// The paper a label is printed on, as an index into [`Scene::taken`].
    pub on: Option<usize>,
}

/// Where in the pile a mark lies, from the bottom up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Hairlines and edges.
    Ground,
    /// Ways back and ends.
    Back,
    /// The paper edge under a line that passes over others.
    Under,
    /// The line, loops and ways in.
    Line,
    /// Rings and capsules.
    Ring,
    /// Part of a link, as an index into [`Scene::links`].
    Link(usize),
    /// Text that is no link.
    Word,
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A piece of a line of text.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub font: Font,
    pub text: String,
    /// A link of its own; empty for none.
    pub href: String,
    /// Space before it.
    pub gap: f64,
}

/// A text in one font.
pub(super) fn span(font: Font, text: impl Into<String>) -> Span {
    Span { font, text: text.into(), href: String::new(), gap: 0.0 }
}

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Path { points: Vec<Point>, cut: f64, closed: bool },
    Raw(String),
    Disc { at: Point, r: f64 },
    Block { area: Rect, round: f64 },
    Text { at: Point, anchor: Anchor, spans: Vec<Span> },
}

impl Shape {
    /// The pieces of text it shows.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let spans = if let Self::Text { spans, .. } = self { spans.as_slice() } else { &[] };
        spans.iter().map(|s| s.text.as_str()).filter(|text| !text.is_empty())
    }
}

/// A shape with its looks.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub layer: Layer,
    pub shape: Shape,
    pub class: &'static str,
    pub hue: Option<u8>,
}

/// A link, made of the marks in its layer.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub href: String,
    /// Its name for those who hear it.
    pub name: String,
    /// Its place in the order of reading.
    pub rank: usize,
    /// What it covers.
    pub area: Option<Rect>,
}

/// How a stroke looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    pub class: &'static str,
    pub hue: Option<u8>,
    pub width: f64,
    /// How much of each corner is cut and rounded.
    pub cut: f64,
}

/// A pen without colour.
pub(super) const fn pen(class: &'static str, width: f64, cut: f64) -> Pen {
    Pen { class, hue: None, width, cut }
}

impl Pen {
    /// The same pen in a team's colour.
    pub fn hue(self, hue: u8) -> Self {
        Self { hue: Some(hue), ..self }
    }
}

/// A drawing under way.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub w: f64,
    pub h: f64,
    pub marks: Vec<Mark>,
    pub links: Vec<Link>,
    pub strokes: Vec<Stroke>,
    pub taken: Vec<Taken>,
}

impl Scene {
    /// An empty drawing of this size.
    pub fn new(w: f64, h: f64) -> Self {
        Self { w, h, marks: Vec::new(), links: Vec::new(), strokes: Vec::new(), taken: Vec::new() }
    }

    /// Opens a link; its marks are those put into the layer that is returned.
    pub fn link(&mut self, rank: usize, href: &str, name: String) -> Layer {
        self.links.push(Link { href: href.to_owned(), name, rank, area: None });
        Layer::Link(self.links.len() - 1)
    }

    /// Puts a mark down without taking room.
    pub fn mark(&mut self, layer: Layer, shape: Shape, class: &'static str, hue: Option<u8>) {
        self.marks.push(Mark { layer, shape, class, hue });
    }

    /// A line through the points.
    pub fn path(&mut self, layer: Layer, points: &[Point], pen: Pen) {
        self.course(points, pen.width / 2.0, false);
        let shape = Shape::Path { points: points.to_vec(), cut: pen.cut, closed: false };
        self.mark(layer, shape, pen.class, pen.hue);
    }

    /// A hairline.
    pub fn hair(&mut self, a: Point, b: Point, class: &'static str) {
        self.course(&[a, b], 0.5, true);
        self.mark(Layer::Ground, Shape::Path { points: vec![a, b], cut: 0.0, closed: false }, class, None);
    }

    /// Notes that a line runs here.
    pub fn course(&mut self, points: &[Point], half: f64, hair: bool) {
        for pair in points.windows(2) {
            if let [a, b] = pair {
                self.strokes.push(Stroke { a: *a, b: *b, half, hair });
            }
        }
    }

    /// A disc; `reach` is how far it is seen, its edge included.
    pub fn disc(&mut self, layer: Layer, c: Point, r: f64, reach: f64, class: &'static str, hue: Option<u8>) {
        self.strokes.push(Stroke { a: c, b: c, half: reach, hair: false });
        self.widen(layer, Rect::sized(c.x, c.y, 0.0, 0.0).grown(reach));
        self.mark(layer, Shape::Disc { at: c, r }, class, hue);
    }

    /// A block that labels must not meet.
    pub fn block(&mut self, layer: Layer, area: Rect, round: f64, class: &'static str, hue: Option<u8>) {
        let mid = (area.y0 + area.y1) / 2.0;
        let half = (area.y1 - area.y0).min(area.x1 - area.x0) / 2.0;
        let (dx, dy) = if area.x1 - area.x0 > area.y1 - area.y0 { (half, 0.0) } else { (0.0, half) };
        let x = (area.x0 + area.x1) / 2.0;
        let (a, b) = if dx > 0.0 { (at(area.x0 + dx, mid), at(area.x1 - dx, mid)) } else { (at(x, area.y0 + dy), at(x, area.y1 - dy)) };
        self.strokes.push(Stroke { a, b, half, hair: false });
        self.mark(layer, Shape::Block { area, round }, class, hue);
    }

    /// Takes room for a ticket and says under which number.
    pub fn paper(&mut self, layer: Layer, area: Rect) -> usize {
        self.taken.push(Taken { area, on: None });
        self.widen(layer, area);
        self.taken.len() - 1
    }

    /// Writes a line of text and takes its room.
    pub fn write(&mut self, layer: Layer, p: Point, anchor: Anchor, spans: Vec<Span>, on: Option<usize>) {
        if spans.iter().all(|s| s.text.is_empty()) {
            return;
        }
        let area = lettering(p, anchor, &spans);
        self.taken.push(Taken { area, on });
        self.widen(layer, area);
        self.mark(layer, Shape::Text { at: p, anchor, spans }, "", None);
    }

    /// Lets a link cover this area too.
    pub fn widen(&mut self, layer: Layer, area: Rect) {
        if let Layer::Link(i) = layer
            && let Some(link) = self.links.get_mut(i)
        {
            link.area = Some(link.area.map_or(area, |a| a.with(area)));
        }
    }

    /// How far one can go right from `x` in the band, `most` at most; nowhere outside the drawing.
    pub fn right(&self, x: f64, (y0, y1): (f64, f64), most: f64) -> f64 {
        if y0 < 0.0 || y1 > self.h {
            return 0.0;
        }
        let mut end = (x + most).min(self.w);
        for (a, b, air) in self.met(y0, y1, true) {
            if b + air.min(AIR) > x {
                end = end.min(a - air);
            }
        }
        (end - x).max(0.0)
    }

    /// How far one can go left from `x` in the band, `most` at most.
    pub fn left(&self, x: f64, (y0, y1): (f64, f64), most: f64) -> f64 {
        if y0 < 0.0 || y1 > self.h {
            return 0.0;
        }
        let mut end = (x - most).max(0.0);
        for (a, b, air) in self.met(y0, y1, true) {
            if a - air.min(AIR) < x {
                end = end.max(b + air);
            }
        }
        (x - end).max(0.0)
    }

    /// Whether `area` is inside the drawing and free; a ticket minds no hairline.
    pub fn free(&self, area: Rect, minds_hair: bool) -> bool {
        area.x0 >= 0.0
            && area.y0 >= 0.0
            && area.x1 <= self.w
            && area.y1 <= self.h
            && self.met(area.y0, area.y1, minds_hair).all(|(a, b, air)| b + air <= area.x0 || a - air >= area.x1)
    }

    /// Everything in the band, as (from, to, air it wants).
    fn met(&self, y0: f64, y1: f64, hairs: bool) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        let strokes = self.strokes.iter().filter(move |s| hairs || !s.hair);
        let strokes = strokes.filter_map(move |s| {
            let air = if s.hair { 0.5 } else { AIR };
            s.inside(y0 - air, y1 + air).map(|(a, b)| (a, b, AIR + 1.0))
        });
        let labels = self.taken.iter().filter(move |t| t.on.is_none() && t.area.y0 < y1 && y0 < t.area.y1);
        strokes.chain(labels.map(|t| (t.area.x0, t.area.x1, GAP)))
    }
}

/// How high and low letters reach above and beneath their line.
pub(super) fn band(baseline: f64, size: f64) -> (f64, f64) {
    (baseline - 0.76 * size, baseline + 0.24 * size)
}

/// How wide a line of text is.
pub(super) fn breadth(spans: &[Span]) -> f64 {
    spans.iter().map(|s| s.gap + width(&s.text, s.font)).sum()
}

/// The box a line of text fills.
fn lettering(p: Point, anchor: Anchor, spans: &[Span]) -> Rect {
    let size = spans.iter().map(|s| s.font.size).fold(0.0, f64::max);
    let wide = breadth(spans);
    let (y0, y1) = band(p.y, size);
    let x = match anchor {
        Anchor::Start => p.x,
        Anchor::Middle => p.x - wide / 2.0,
        Anchor::End => p.x - wide,
    };
    Rect { x0: x, y0, x1: x + wide, y1 }
}
