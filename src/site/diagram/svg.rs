//! From a laid-out scene to SVG.
//!
//! Geometry is in attributes, looks are in classes: the page's policy allows no
//! inline style, and one drawing serves light, dark, print and forced colours.

use super::scene::{Anchor, Layer, Link, Mark, Point, Scene, Shape, Span};
use super::text::{CUT, clean};
use crate::site::html::{Html, escape};
use std::fmt::Write as _;

/// Draws the scene. `class` is the root's, `id` that of its title.
pub(super) fn draw(scene: &Scene, class: &str, id: &str, title: &str) -> Html {
    let (w, h) = (num(scene.w), num(scene.h));
    let mut out = String::with_capacity(200 * scene.marks.len() + 400);
    let _ = write!(
        out,
        "<svg class=\"{class}\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" preserveAspectRatio=\"xMinYMin\" aria-labelledby=\"{id}\" \
         xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{id}\">"
    );
    escape(&clean(title), &mut out);
    out.push_str("</title>\n");
    for layer in [Layer::Ground, Layer::Back, Layer::Under, Layer::Line, Layer::Ring] {
        for m in scene.marks.iter().filter(|m| m.layer == layer) {
            mark(m, &mut out);
        }
    }
    links(scene, &mut out);
    for m in scene.marks.iter().filter(|m| m.layer == Layer::Word) {
        mark(m, &mut out);
    }
    out.push_str("</svg>\n");
    Html::trusted(out)
}

/// All links in the order of reading.
fn links(scene: &Scene, out: &mut String) {
    let mut order: Vec<(usize, &Link, Vec<&Mark>)> = scene.links.iter().enumerate().map(|(i, link)| (i, link, Vec::new())).collect();
    for m in &scene.marks {
        if let Layer::Link(i) = m.layer
            && let Some((_, _, marks)) = order.get_mut(i)
        {
            marks.push(m);
        }
    }
    order.retain(|(_, _, marks)| !marks.is_empty());
    order.sort_by_key(|(i, link, _)| (link.rank, *i));
    for (_, link, marks) in order {
        let tag = if link.href.is_empty() { "g" } else { "a" };
        if tag == "a" {
            open(&link.href, &heard(link, &marks), out);
            hit(link, out);
        } else {
            out.push_str("<g>\n");
        }
        for m in marks {
            mark(m, out);
        }
        let _ = writeln!(out, "</{tag}>");
    }
}

/// What a link is called: its name where that holds every word one sees, in their order, else the words
/// one sees and then the rest of its name (WCAG 2.5.3, label in name). Where a word is cut, its name.
fn heard(link: &Link, marks: &[&Mark]) -> String {
    let seen: Vec<&str> = marks.iter().flat_map(|m| m.shape.words()).collect();
    let shown = bare(&seen.join(" "));
    if seen.iter().any(|word| word.contains(CUT)) || bare(&link.name).contains(&shown) {
        return link.name.clone();
    }
    let unsaid = link.name.split(", ").filter(|part| !shown.contains(&bare(part)));
    seen.iter().copied().chain(unsaid).collect::<Vec<_>>().join(", ")
}

/// Letters and figures only, single spaces between.
fn bare(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The beginning of a link.
fn open(href: &str, name: &str, out: &mut String) {
    out.push_str("<a href=\"");
    escape(&clean(href), out);
    out.push_str("\" aria-label=\"");
    escape(&clean(name), out);
    out.push_str("\">\n");
}

/// What one can touch of a link, which is also its ring when it has the focus.
fn hit(link: &Link, out: &mut String) {
    if let Some(area) = link.area {
        let r = area.grown(5.0);
        let (x, y, w, h) = (num(r.x0), num(r.y0), num(r.x1 - r.x0), num(r.y1 - r.y0));
        let _ = writeln!(out, "<rect class=\"map-hit\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"5\"/>");
    }
}

/// One mark.
fn mark(m: &Mark, out: &mut String) {
    let class = match m.hue {
        Some(hue) => format!("{} hue-{}", m.class, hue.min(8)),
        None => m.class.to_owned(),
    };
    let _ = match &m.shape {
        Shape::Path { points, cut, closed } => {
            let end = if *closed { "Z" } else { "" };
            writeln!(out, "<path class=\"{class}\" d=\"{}{end}\"/>", rounded(points, *cut))
        }
        Shape::Raw(d) => writeln!(out, "<path class=\"{class}\" d=\"{d}\"/>"),
        Shape::Disc { at, r } => {
            writeln!(out, "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", num(at.x), num(at.y), num(*r))
        }
        Shape::Block { area, round } => writeln!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            num(area.x0),
            num(area.y0),
            num(area.x1 - area.x0),
            num(area.y1 - area.y0),
            num(*round)
        ),
        Shape::Text { at, anchor, spans } => {
            lettering(*at, *anchor, spans, out);
            Ok(())
        }
    };
}

/// A line of text; several pieces become `tspan`s.
fn lettering(p: Point, anchor: Anchor, spans: &[Span], out: &mut String) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let single = match spans {
        [one] if one.href.is_empty() && one.gap <= 0.0 => format!(" class=\"{}\"", one.font.class),
        _ => String::new(),
    };
    let _ = write!(out, "<text x=\"{}\" y=\"{}\"{anchor}{single}>", num(p.x), num(p.y));
    for (k, s) in spans.iter().enumerate() {
        if single.is_empty() {
            // A real space, so that two pieces are read as two words; the step to the side is the less by it.
            out.push_str(if k > 0 { " " } else { "" });
            piece(s, k > 0, out);
        } else {
            escape(&s.text, out);
        }
    }
    out.push_str("</text>\n");
}

/// How wide a space is between two pieces, in px, at the size the drawing has by default.
const SPACE: f64 = 4.0;

/// One piece of a line of text.
fn piece(s: &Span, spaced: bool, out: &mut String) {
    if !s.href.is_empty() {
        out.push_str("<a href=\"");
        escape(&clean(&s.href), out);
        out.push_str("\">");
    }
    let _ = write!(out, "<tspan class=\"{}\"", s.font.class);
    let step = if spaced { s.gap - SPACE } else { s.gap };
    if step.abs() > 0.05 {
        let _ = write!(out, " dx=\"{}\"", num(step));
    }
    out.push('>');
    escape(&s.text, out);
    out.push_str("</tspan>");
    if !s.href.is_empty() {
        out.push_str("</a>");
    }
}

/// A line through the points whose corners are cut by `cut` and rounded.
fn rounded(points: &[Point], cut: f64) -> String {
    let mut d = String::new();
    let last = points.len().saturating_sub(1);
    for (i, p) in points.iter().enumerate() {
        if i == 0 {
            let _ = write!(d, "M{} {}", num(p.x), num(p.y));
            continue;
        }
        let before = points.get(i - 1).copied().unwrap_or(*p);
        let after = points.get(i + 1).copied().unwrap_or(*p);
        let c = cut.min(length(before, *p) / 2.0).min(length(*p, after) / 2.0);
        if i == last || c < 0.5 {
            let _ = write!(d, "L{} {}", num(p.x), num(p.y));
            continue;
        }
        let (a, b) = (toward(*p, before, c), toward(*p, after, c));
        let _ = write!(d, "L{} {}Q{} {} {} {}", num(a.x), num(a.y), num(p.x), num(p.y), num(b.x), num(b.y));
    }
    d
}

/// How far two points are apart.
fn length(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The point `by` px from `a` on the way to `b`.
fn toward(a: Point, b: Point, by: f64) -> Point {
    let l = length(a, b);
    if l < 0.01 {
        return a;
    }
    Point { x: a.x + (b.x - a.x) * by / l, y: a.y + (b.y - a.y) * by / l }
}

/// A number with at most one decimal.
pub(super) fn num(n: f64) -> String {
    let tenths = if n.is_finite() { (n * 10.0).round() } else { 0.0 };
    let whole = (tenths / 10.0).trunc();
    let rest = (tenths - whole * 10.0).abs();
    if rest < 0.5 {
        let whole = if whole == 0.0 { 0.0 } else { whole };
        format!("{whole:.0}")
    } else {
        format!("{:.1}", tenths / 10.0)
    }
}
