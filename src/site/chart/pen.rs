//! SVG, written down. Every coordinate passes through [`number`], so none can be anything but a number.

use super::label::Label;
use crate::site::diagram::text::clean;
use crate::site::html::escape;
use std::fmt::Write;

/// A place on the sheet.
pub(super) type At = (f64, f64);

/// A coordinate with one decimal at most.
pub(super) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    if !tenths.is_finite() || tenths == 0.0 {
        return "0".to_owned();
    }
    (tenths / 10.0).to_string()
}

/// A drawing of its own, hidden from those who cannot see it.
pub(super) fn sheet(class: &str, size: At, body: &str) -> String {
    let (w, h) = (number(size.0), number(size.1));
    format!(
        "<svg class=\"{class}\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" aria-hidden=\"true\" focusable=\"false\">{body}</svg>"
    )
}

/// A straight line.
pub(super) fn line(out: &mut String, class: &str, from: At, to: At) {
    let _ = write!(out, "<path class=\"{class}\" d=\"M{} {}L{} {}\"/>", number(from.0), number(from.1), number(to.0), number(to.1));
}

/// A line through all of the places; closed when it is an area.
pub(super) fn path(out: &mut String, class: &str, places: &[At], end: &str) {
    let _ = write!(out, "<path class=\"{class}\" d=\"");
    for (i, (x, y)) in places.iter().enumerate() {
        let command = if i == 0 { 'M' } else { 'L' };
        let _ = write!(out, "{command}{} {}", number(*x), number(*y));
    }
    let _ = write!(out, "{end}\"/>");
}

/// A disc or a ring.
pub(super) fn circle(out: &mut String, class: &str, at: At, radius: f64) {
    let _ = write!(out, "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(at.0), number(at.1), number(radius));
}

/// Words.
pub(super) fn text(out: &mut String, label: &Label) {
    if label.text.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<text class=\"{}\" x=\"{}\" y=\"{}\"{}>",
        label.style.class(),
        number(label.x),
        number(label.y),
        label.anchor.attribute()
    );
    escape(&label.text, out);
    if let Some((style, tail)) = &label.tail {
        let _ = write!(out, " <tspan class=\"{}\">", style.class());
        escape(tail, out);
        out.push_str("</tspan>");
    }
    out.push_str("</text>");
}

/// One line of text, fit to stand between tags or in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&clean(text), &mut out);
    out
}
