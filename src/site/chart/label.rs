//! Words in a drawing, and the room they take: what stands beside a line must know how long it is.

use super::pen::At;
use crate::site::diagram::text::{self, Font, clean, cut};

/// A kind of words. `chart.css` has the same sizes and weights; a test compares them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Tick,
    Axis,
    FlagTitle,
    FlagWords,
    Now,
    NowHome,
    NowWord,
    Goal,
    GoalWord,
    Sum,
    SumWords,
    WayStart,
    WayNow,
    WayGoal,
}

impl Style {
    /// Every kind, for the test.
    #[cfg(test)]
    pub(super) const ALL: [Self; 14] = [
        Self::Tick,
        Self::Axis,
        Self::FlagTitle,
        Self::FlagWords,
        Self::Now,
        Self::NowHome,
        Self::NowWord,
        Self::Goal,
        Self::GoalWord,
        Self::Sum,
        Self::SumWords,
        Self::WayStart,
        Self::WayNow,
        Self::WayGoal,
    ];

    /// Its class.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Tick => "chart-tick",
            Self::Axis => "chart-axis",
            Self::FlagTitle => "chart-flag-title",
            Self::FlagWords => "chart-flag-words",
            Self::Now => "chart-now",
            Self::NowHome => "chart-now-home",
            Self::NowWord => "chart-now-word",
            Self::Goal => "chart-goal",
            Self::GoalWord => "chart-goal-word",
            Self::Sum => "chart-sum",
            Self::SumWords => "chart-sum-words",
            Self::WayStart => "way-start",
            Self::WayNow => "way-now",
            Self::WayGoal => "way-goal",
        }
    }

    /// Its size and whether it is bold.
    pub(super) fn font(self) -> Font {
        let (size, bold) = match self {
            Self::FlagTitle => (13.0, true),
            Self::Tick | Self::Axis | Self::FlagWords | Self::NowWord | Self::SumWords => (13.0, false),
            Self::GoalWord | Self::WayStart => (14.0, false),
            Self::Goal | Self::WayGoal => (14.0, true),
            Self::WayNow => (16.0, true),
            Self::Now => (17.0, true),
            Self::Sum => (20.0, true),
            Self::NowHome => (22.0, true),
        };
        Font { class: self.class(), size, bold }
    }

    /// How wide a text of this kind may be.
    pub(super) fn width(self, text: &str) -> f64 {
        text::width(text, self.font())
    }
}

/// Which part of a label stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// As an attribute; the usual one goes unsaid.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }
}

/// Words at a place; `y` is their base line.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) style: Style,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: Anchor,
    pub(super) text: String,
    /// A second word on the same line, in another style.
    pub(super) tail: Option<(Style, String)>,
}

/// Words at a place.
pub(super) fn label(style: Style, (x, y): At, anchor: Anchor, text: &str) -> Label {
    Label { style, x, y, anchor, text: clean(text), tail: None }
}

impl Label {
    /// The words, cut to the room there is.
    pub(super) fn within(mut self, room: f64) -> Self {
        self.text = cut(&self.text, self.style.font(), room);
        self
    }

    /// The box the words may fill.
    pub(super) fn area(&self) -> Area {
        let tail = self.tail.as_ref().map_or(0.0, |(style, text)| style.width(" ") + style.width(text));
        let width = self.style.width(&self.text) + tail;
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        let size = self.style.font().size;
        Area { left, right: left + width, top: self.y - size * 0.78, bottom: self.y + size * 0.24 }
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// Whether two rectangles share a place.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}
