//! Amounts of money, shares and lengths of time as people type them in a sentence.

use crate::model::value::{Decimal, Duration, UNITS};
use std::ops::Range;

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An amount, and the ISO 4217 code of its currency.
    Money(Decimal, String),
    /// A share of a hundred.
    Percent(Decimal),
    /// A length of time.
    Time(Duration),
    /// A number of something else.
    Number(Decimal),
}

const SIGNS: [(char, &str); 4] = [('£', "GBP"), ('€', "EUR"), ('$', "USD"), ('¥', "JPY")];

const NUMBERS: [(&str, u32); 12] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
];

/// The values of a text, in order.
pub fn values(text: &str) -> Vec<Typed> {
    let mut found: Vec<Typed> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let starts_word = text.get(..at).and_then(|t| t.chars().next_back()).is_none_or(|b| !(b.is_alphanumeric() || b == '_'));
        let typed = if starts_word { value(text, at) } else { None };
        at = typed.as_ref().map_or(at + c.len_utf8(), |t| t.at.end.max(at + 1));
        found.extend(typed);
    }
    found
}

fn value(text: &str, at: usize) -> Option<Typed> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if let Some((sign, code)) = SIGNS.iter().find(|(sign, _)| *sign == first) {
        let from = at + sign.len_utf8() + rest.get(sign.len_utf8()..)?.len()
            - rest.get(sign.len_utf8()..)?.trim_start_matches([' ', '\u{a0}']).len();
        let (amount, end) = number(text, from)?;
        return Some(Typed { at: at..end, value: Value::Money(amount, (*code).to_owned()) });
    }
    let (amount, end) = number(text, at).or_else(|| word(text, at))?;
    let spaced = text.get(end..)?;
    let after = spaced.trim_start_matches([' ', '\u{a0}', '-', '\u{2011}']);
    let gap = spaced.len() - after.len();
    let tail = |words: usize| end + gap + words;
    if after.starts_with('%') {
        return Some(Typed { at: at..tail(1), value: Value::Percent(amount) });
    }
    if let Some(sign) = SIGNS.iter().find(|(sign, _)| after.starts_with(*sign)) {
        return Some(Typed { at: at..tail(sign.0.len_utf8()), value: Value::Money(amount, sign.1.to_owned()) });
    }
    let next = letters(after);
    if next.len() == 3 && next.chars().all(|c| c.is_ascii_uppercase()) {
        return Some(Typed { at: at..tail(3), value: Value::Money(amount, next.to_owned()) });
    }
    if next == "percent" {
        return Some(Typed { at: at..tail(next.len()), value: Value::Percent(amount) });
    }
    if let Some((time, length)) = time(amount, after) {
        return Some(Typed { at: at..tail(length), value: Value::Time(time) });
    }
    let is_figure = first.is_ascii_digit();
    is_figure.then_some(Typed { at: at..end, value: Value::Number(amount) })
}

/// A number in figures, and where it ends. `12.90`, `12,000`, `12 000` is two numbers.
fn number(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let rest = text.get(at..)?;
    let run = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let figures = rest.get(..run)?.trim_end_matches(['.', ',']);
    if !figures.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = at + figures.len();
    let goes_on = text.get(end..)?.chars().next().is_some_and(char::is_alphanumeric);
    Decimal::parse(figures).filter(|_| !goes_on).map(|n| (n, end))
}

fn word(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let word = letters(text.get(at..)?);
    let (_, n) = NUMBERS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    Some((Decimal { units: i64::from(*n), scale: 0 }, at + word.len()))
}

/// "business hours": the time, and how many bytes its words take.
fn time(amount: Decimal, after: &str) -> Option<(Duration, usize)> {
    let count = u32::try_from(amount.units).ok().filter(|_| amount.scale == 0)?;
    let first = letters(after);
    let business = matches!(first.to_lowercase().as_str(), "business" | "working");
    let (unit, length) = if business {
        let rest = after.get(first.len()..)?;
        let unit = letters(rest.trim_start_matches([' ', '\u{a0}']));
        (unit, first.len() + rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len() + unit.len())
    } else {
        (first, first.len())
    };
    let lower = unit.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let unit = UNITS.into_iter().find(|u| *u == singular)?;
    Some((Duration { count, unit, business }, length))
}

fn letters(text: &str) -> &str {
    text.get(..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())).unwrap_or("")
}
