//! Which numbers stand at the left of a chart, and how far it reaches up and down.

use super::series::{Window, drawable};
use super::{Chart, Unit};

/// Steps that people count in.
const NICE: [f64; 4] = [1.0, 2.0, 2.5, 5.0];
/// Steps for two numbers counted back from a goal, which is itself the third.
const FROM_GOAL: [f64; 8] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0];
/// A target further off than this many times the series' own range would flatten the series.
const FAR: f64 = 4.0;
/// Part of the height between two numbers of the scale, so that a far target does not press them together.
const APART: f64 = 0.24;

/// A scale: what its height is worth.
#[derive(Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<f64>,
    pub(super) target: Place,
}

/// Where a target is in respect of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Nowhere,
    Inside,
    Above,
    Below,
}

impl Scale {
    /// Where the scale starts, if that is not a place a reader would take for granted.
    pub(super) fn note_start(&self) -> Option<f64> {
        let start = *self.ticks.first()?;
        (self.low > 0.0 || self.high < 0.0).then_some(start)
    }
}

/// Three round numbers, evenly apart, the first at or below `low`, the last at most half a step below `high`.
pub fn ticks(low: f64, high: f64) -> Vec<f64> {
    spaced(low, high, 0.0, &Unit::default())
}

/// The scale of a metric's chart.
pub(super) fn scale(chart: &Chart, window: &Window<'_>) -> Scale {
    let unit = &chart.unit;
    let (low, high) = base(chart, window);
    let aim = aim(chart);
    let place = aim.map_or(Place::Nowhere, |aim| place(aim, low, high));
    let (aim_low, aim_high) = reach(low, high, aim, place);
    let ticks = spaced(aim_low, high, (aim_high - aim_low) * APART, unit);
    Scale {
        low: ticks.first().copied().unwrap_or(aim_low).min(aim_low),
        high: ticks.last().copied().unwrap_or(aim_high).max(aim_high),
        ticks,
        target: place,
    }
}

/// The scale of the chart on Home: the goal is the third number, so the line's way to it fills the height.
pub(super) fn home_scale(chart: &Chart, window: &Window<'_>) -> Scale {
    let unit = &chart.unit;
    let (low, high) = widened(extent(window.values.iter().flatten()), unit);
    let aim = aim(chart);
    let place = aim.map_or(Place::Nowhere, |aim| place(aim, low, high));
    let (low, high) = reach(low, high, aim, place);
    let (low, high) = if unit.from_zero && low >= 0.0 && low < high * 0.3 { (0.0, high) } else { (low, high) };
    let inside = aim.filter(|_| place == Place::Inside);
    let ticks = inside.and_then(|aim| back_from(aim, low, high)).unwrap_or_else(|| clear_of(inside, low, high, unit));
    let pad = (high - low) * 0.17;
    let lowest = ticks.iter().copied().fold(low, f64::min);
    Scale { low: if lowest == 0.0 { 0.0 } else { lowest - pad }, high: ticks.iter().copied().fold(high, f64::max), ticks, target: place }
}

/// The range of what is drawn, the target aside.
fn base(chart: &Chart, window: &Window<'_>) -> (f64, f64) {
    let unit = &chart.unit;
    let level = chart.shortfall.as_ref().map(|s| s.level);
    let level = level.filter(drawable);
    let (low, high) = extent(window.values.iter().flatten().chain(&level));
    let near_zero = low >= 0.0 && low < high * 0.35;
    if unit.from_zero || near_zero { widened((low.min(0.0), high.max(0.0)), unit) } else { widened((low, high), unit) }
}

fn aim(chart: &Chart) -> Option<f64> {
    chart.target.as_ref().map(|t| t.value).filter(drawable)
}

fn extent<'a>(mut values: impl Iterator<Item = &'a f64>) -> (f64, f64) {
    let Some(&first) = values.next() else {
        return (0.0, 0.0);
    };
    values.fold((first, first), |(low, high), &v| (low.min(v), high.max(v)))
}

/// A range that is not nothing: a level line still needs a height to stand in.
fn widened((low, high): (f64, f64), unit: &Unit) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if high - low > size * 1e-6 {
        return (low, high);
    }
    let pad = if unit.whole { (size * 0.1).max(1.0) } else { size * 0.1 };
    match size {
        0.0 => (0.0, 1.0),
        _ if low > 0.0 => ((low - pad).max(0.0), high + pad),
        _ => (low - pad, high + pad),
    }
}

fn place(aim: f64, low: f64, high: f64) -> Place {
    let most = FAR * (high - low).max(high.abs().max(low.abs()) * 0.1);
    match aim {
        aim if aim > high + most => Place::Above,
        aim if aim < low - most => Place::Below,
        _ => Place::Inside,
    }
}

fn reach(low: f64, high: f64, aim: Option<f64>, place: Place) -> (f64, f64) {
    match (aim, place) {
        (Some(aim), Place::Inside) => (low.min(aim), high.max(aim)),
        _ => (low, high),
    }
}

/// Three numbers at least `apart` from each other.
fn spaced(low: f64, high: f64, apart: f64, unit: &Unit) -> Vec<f64> {
    let (low, high) = if low.is_finite() && high.is_finite() && high > low {
        (low, high)
    } else {
        widened((0.0, if low.is_finite() { low.max(0.0) } else { 0.0 }), unit)
    };
    let least = ((high - low) / 2.5).max(apart);
    let step = steps(least, &NICE)
        .filter(|step| !unit.whole || step.fract() == 0.0)
        .find(|step| (low / step + 1e-9).floor() * step + 2.5 * step >= high)
        .unwrap_or(least);
    let first = (low / step + 1e-9).floor();
    (0..3).map(|i| dusted((first + f64::from(i)) * step)).collect()
}

/// Round steps from `least` upwards. Three powers of ten are enough for every caller.
fn steps(least: f64, nice: &[f64]) -> impl Iterator<Item = f64> {
    let power = least.log10().floor();
    let power = if power.is_finite() { power as i32 } else { 0 };
    let near = least * (1.0 - 1e-9);
    // One power lower too: machines may differ in the last bit of a logarithm.
    (power - 1..power + 4).flat_map(move |power| nice.iter().map(move |m| times_power(*m, power))).filter(move |step| *step >= near)
}

/// A number without the last bits that a multiplication by 0.1 leaves.
fn dusted(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

/// `m` × 10^`power` without the dust that multiplying by 0.1 leaves.
fn times_power(m: f64, power: i32) -> f64 {
    if power < 0 { m / 10_f64.powi(-power) } else { m * 10_f64.powi(power) }
}

/// Two numbers counted back from the goal, if they are round and the goal is at an end of the scale.
fn back_from(aim: f64, low: f64, high: f64) -> Option<Vec<f64>> {
    let range = high - low;
    let side = match aim {
        aim if aim >= high => 1.0,
        aim if aim <= low => -1.0,
        _ => return None,
    };
    let step = steps(range * 0.85 / 2.0, &FROM_GOAL).next()?;
    let unit_step = times_power(1.0, step.log10().floor() as i32);
    let is_round = ((aim / unit_step).round() * unit_step - aim).abs() < step * 1e-6;
    let mut ticks = vec![aim - side * 2.0 * step, aim - side * step];
    ticks.sort_by(f64::total_cmp);
    (is_round && step <= range).then_some(ticks)
}

/// Round numbers that stand clear of the goal's own.
fn clear_of(aim: Option<f64>, low: f64, high: f64, unit: &Unit) -> Vec<f64> {
    let room = (high - low) * 0.12;
    spaced(low, high, 0.0, unit)
        .into_iter()
        .filter(|tick| *tick >= low - (high - low) * 0.5)
        .filter(|tick| aim.is_none_or(|aim| (tick - aim).abs() >= room))
        .collect()
}
