//! A series in the height of a line of text, beside the numbers that give it a scale.

use super::pen::{self, At};
use super::series::{drawable, last, stretches};
use super::{POINTS, way::hue_class};
use crate::site::html::Html;

const WIDTH: f64 = 132.0;
const HEIGHT: f64 = 34.0;
/// The line keeps clear of the sheet's edges by half its dot.
const INSET: f64 = 4.0;

/// A series and its target, without words.
#[derive(Clone, Debug, Default)]
pub struct Spark {
    /// Oldest first; only the last [`POINTS`] are drawn.
    pub values: Vec<Option<f64>>,
    /// Where it should get to.
    pub target: Option<f64>,
}

/// The series in its team's hue. Each has its own scale, so *was*, *now* and *target* belong beside it.
pub fn sparkline(spark: &Spark, hue: u8) -> Html {
    let skipped = spark.values.len().saturating_sub(POINTS);
    let recent = spark.values.iter().skip(skipped);
    let values: Vec<_> = recent.map(|v| v.filter(drawable)).collect();
    let Some((at, value)) = last(&values) else {
        return Html::default();
    };
    let target = spark.target.filter(drawable);
    let (low, high) = range(&values, target);
    let count = values.len().saturating_sub(1).max(1) as f64;
    let place = |(i, v): (usize, f64)| -> At {
        let x = if values.len() == 1 { count } else { i as f64 };
        (INSET + x / count * (WIDTH - 2.0 * INSET), height(v, low, high))
    };
    let mut body = String::new();
    if let Some(target) = target {
        let y = height(target, low, high);
        pen::line(&mut body, "spark-target", (0.0, y), (WIDTH, y));
    }
    for stretch in stretches(&values) {
        let places: Vec<At> = stretch.into_iter().map(place).collect();
        match places.as_slice() {
            [alone] => pen::circle(&mut body, "spark-dot", *alone, 1.6),
            _ => pen::path(&mut body, "spark-line", &places, ""),
        }
    }
    pen::circle(&mut body, "spark-dot", place((at, value)), 3.4);
    let class = format!("spark {}", hue_class(hue));
    Html::trusted(pen::sheet(&class, (WIDTH, HEIGHT), &body))
}

/// The series' own range, with the target unless that would flatten it.
fn range(values: &[Option<f64>], target: Option<f64>) -> (f64, f64) {
    let bounds = |(low, high): (f64, f64), v: &f64| (low.min(*v), high.max(*v));
    let (low, high) = values.iter().flatten().fold((f64::MAX, f64::MIN), bounds);
    match target {
        Some(aim) => (low.min(aim), high.max(aim)),
        None => (low, high),
    }
}

fn height(value: f64, low: f64, high: f64) -> f64 {
    let part = (value - low) / (high - low);
    let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.5 };
    HEIGHT - INSET - part * (HEIGHT - 2.0 * INSET)
}
