//! The types a field can have, and how each is read.

use super::field::{Datum, Read, Reader, Resolved, Shape, Words};
use super::kind::{Kind, Name};
use super::value::{Cadence, Decimal, Duration, Money, Percent, is_days, is_hours};
use crate::diagnostic::{Level, Span, Spanned};
use crate::source::{Data, Value};
use jiff::civil::Date;
use std::marker::PhantomData;

/// Reads a text with a function, or notes what it should have been.
fn text<T: Read>(value: &Value, key: &str, reader: &mut Reader<'_>, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let parsed = value.as_text().and_then(|t| parse(t.trim()));
    if parsed.is_none() {
        reader.wrong::<T>(value, key);
    }
    parsed
}

/// Adds what is read to how it is shown.
fn shown<T: std::fmt::Display>(value: T) -> (T, Datum) {
    let datum = Datum::Text(value.to_string());
    (value, datum)
}

/// Plain text: a title, a name, a phrase.
impl Read for String {
    fn shape() -> Shape {
        Shape::Plain("a text", &["\"a few words\"", "\"other words\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        text(value, key, reader, |t| Some(t.to_owned())).map(shown)
    }
}

/// Text that may hold `[[references]]`.
impl Read for Words {
    fn shape() -> Shape {
        Shape::Plain("a text", &["\"a sentence\"", "\"a sentence that names [[term:some-term]]\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let Some(text) = value.as_text() else {
            reader.wrong::<Self>(value, key);
            return None;
        };
        let whole = value.inner_span(reader.files.text(value.span.file));
        let mut references = Vec::new();
        for (range, target, label) in brackets(text) {
            let span = if whole == value.span {
                escaped_place(text, &range, target, value.span, reader)
            } else {
                whole.part(range.start + 2, range.start + 2 + target.len())
            };
            if let Some((name, fact)) = reader.prose_reference(target, span, key) {
                references.push((range, Resolved { name, fact, label: label.map(str::to_owned) }));
            }
        }
        let words = Words { text: text.trim_end().to_owned(), references };
        Some((words.clone(), Datum::Words(words)))
    }
}

/// Where a target stands in a text that is written with escapes: found by counting its like.
fn escaped_place(text: &str, range: &std::ops::Range<usize>, target: &str, span: Span, reader: &Reader<'_>) -> Span {
    let wanted = format!("[[{target}");
    let nth = text.get(..range.start).unwrap_or("").matches(&wanted).count();
    let raw = reader.files.slice(span);
    raw.match_indices(&wanted).nth(nth).map_or(span, |(at, _)| span.part(at + 2, at + wanted.len()))
}

/// Every `[[target|label]]` of a text: its bytes, its target, its label.
pub fn brackets(text: &str) -> Vec<(std::ops::Range<usize>, &str, Option<&str>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|t| t.find("[[")).map(|n| from + n) {
        let Some(close) = text.get(open..).and_then(|t| t.find("]]")).map(|n| open + n) else { break };
        let inner = text.get(open + 2..close).unwrap_or("");
        let (target, label) = inner.split_once('|').map_or((inner, None), |(t, l)| (t, Some(l)));
        if !inner.contains("[[") {
            found.push((open..close + 2, target, label));
            from = close + 2;
        } else {
            from = open + 2;
        }
    }
    found
}

impl Read for bool {
    fn shape() -> Shape {
        Shape::Plain("`true` or `false`", &["true", "false"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        match value.data {
            Data::Bool(yes) => Some((yes, Datum::Text(if yes { "yes" } else { "no" }.to_owned()))),
            _ => {
                reader.wrong::<Self>(value, key);
                None
            }
        }
    }
}

/// A whole number, not negative.
impl Read for u32 {
    fn shape() -> Shape {
        Shape::Plain("a whole number", &["5", "30"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        match value.data {
            Data::Integer(n) => match u32::try_from(n) {
                Ok(n) => Some(shown(n)),
                Err(_) => {
                    let expected = if n < 0 { "a whole number, 0 or more" } else { "a whole number, 4294967295 at most" };
                    reader.wrong_shape(value, key, &Shape::Plain(expected, &["5", "30"]));
                    None
                }
            },
            _ => {
                reader.wrong::<Self>(value, key);
                None
            }
        }
    }
}

impl Read for Date {
    fn shape() -> Shape {
        Shape::Plain("a date, year first and without quotes", &["2026-11-02", "2027-03-31"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        match value.data {
            Data::Date(date) => Some((date, Datum::Text(super::value::long_date(date)))),
            _ => {
                reader.wrong::<Self>(value, key);
                None
            }
        }
    }
}

impl Read for Money {
    fn shape() -> Shape {
        Shape::Plain("an amount of money", &["\"12.90 GBP\"", "\"12.90 GBP per head\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        text(value, key, reader, Money::parse).map(shown)
    }
}

impl Read for Percent {
    fn shape() -> Shape {
        Shape::Plain("a percentage", &["\"62 %\"", "\"4.5 %\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        text(value, key, reader, Percent::parse).map(shown)
    }
}

impl Read for Duration {
    fn shape() -> Shape {
        Shape::Plain("a length of time", &["\"4 business hours\"", "\"3 months\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        text(value, key, reader, Duration::parse).map(shown)
    }
}

impl Read for Cadence {
    fn shape() -> Shape {
        Shape::Plain("a rhythm, beginning with a word such as `weekly`", &["\"weekly mon 09:30 45m\"", "\"monthly 1st thu 10:00 60m\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        text(value, key, reader, Cadence::parse).map(shown)
    }
}

/// A limit: money or percent, inclusive.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// Up to an amount.
    Money(Money),
    /// Up to a share.
    Percent(Percent),
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Limit::Money(money) => money.fmt(f),
            Limit::Percent(percent) => percent.fmt(f),
        }
    }
}

impl Read for Limit {
    fn shape() -> Shape {
        Shape::Plain("an amount of money or a percentage", &["\"2000 GBP\"", "\"8 %\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let parse = |t: &str| Money::parse(t).map(Limit::Money).or_else(|| Percent::parse(t).map(Limit::Percent));
        text(value, key, reader, parse).map(shown)
    }
}

/// An amount of a metric: a number in its unit, or the same as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(pub Decimal);

impl Read for Amount {
    fn shape() -> Shape {
        Shape::Plain("a number in the metric's unit", &["70", "\"70 %\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let amount = match &value.data {
            Data::Integer(n) => Some(Decimal { units: *n, scale: 0 }),
            Data::Float(n) => Decimal::from_f64(*n),
            Data::Text(text) => amount(text),
            _ => None,
        };
        match amount {
            Some(amount) => Some((Self(amount), Datum::Text(amount.to_string()))),
            None => {
                reader.wrong::<Self>(value, key);
                None
            }
        }
    }
}

/// "70", "70 %", "60000 GBP", "4 business hours": the number.
fn amount(text: &str) -> Option<Decimal> {
    let text = text.trim();
    Decimal::parse(text)
        .or_else(|| Percent::parse(text).map(|p| p.0))
        .or_else(|| Money::parse(text).map(|m| m.amount))
        .or_else(|| Duration::parse(text).map(|d| Decimal { units: i64::from(d.count), scale: 0 }))
}

/// What a metric counts in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Things.
    Count,
    /// A share of a hundred.
    Percent,
    /// An ISO 4217 code.
    Currency(String),
    /// A unit of duration, singular.
    Time(&'static str),
}

impl Unit {
    /// An amount in this unit, as a reader sees it.
    pub fn show(&self, amount: &str) -> String {
        match self {
            Unit::Count => amount.to_owned(),
            Unit::Percent => format!("{amount}\u{a0}%"),
            Unit::Currency(code) => super::value::in_currency(code, amount),
            Unit::Time(unit) => format!("{amount} {unit}{}", if amount == "1" { "" } else { "s" }),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "count" => Some(Unit::Count),
            "%" | "percent" => Some(Unit::Percent),
            code if code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()) => Some(Unit::Currency(code.to_owned())),
            other => {
                let singular = other.strip_suffix('s').unwrap_or(other).trim_start_matches("business ");
                super::value::UNITS.into_iter().find(|u| *u == singular).map(Unit::Time)
            }
        }
    }
}

impl Read for Unit {
    fn shape() -> Shape {
        Shape::Plain("`count`, `%`, a currency code or a unit of time", &["\"count\"", "\"GBP\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let unit = text(value, key, reader, Unit::parse)?;
        let datum = Datum::Text(value.as_text().unwrap_or_default().trim().to_owned());
        Some((unit, datum))
    }
}

/// Hours of a business day.
#[derive(Debug, Clone)]
pub struct Hours(pub String);

impl Read for Hours {
    fn shape() -> Shape {
        Shape::Plain("a range of hours", &["\"09:00-17:30\"", "\"08:30-18:00\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let hours = text(value, key, reader, |t| is_hours(t).then(|| Hours(t.to_owned())))?;
        let datum = Datum::Text(hours.0.replace('-', " to "));
        Some((hours, datum))
    }
}

/// Days of a business week.
#[derive(Debug, Clone)]
pub struct Days(pub String);

impl Read for Days {
    fn shape() -> Shape {
        Shape::Plain("a range of weekdays", &["\"mon-fri\"", "\"tue-sat\""])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let days = text(value, key, reader, |t| is_days(t).then(|| Days(t.to_owned())))?;
        let datum = Datum::Text(days.0.clone());
        Some((days, datum))
    }
}

/// One glob or several.
#[derive(Debug, Clone)]
pub struct Globs(pub Vec<Spanned<String>>);

impl Read for Globs {
    fn shape() -> Shape {
        Shape::Plain("a pattern or a list of patterns", &["\"v*\"", "[\"v*\", \"2026-*\"]"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let Some(texts) = one_or_several(value) else {
            reader.wrong::<Self>(value, key);
            return None;
        };
        let datum = Datum::List(texts.iter().map(|t| Datum::Text(t.value.clone())).collect());
        Some((Self(texts), datum))
    }
}

/// Who may read something: audiences, or one alone.
#[derive(Debug, Clone, Default)]
pub struct Audiences(pub Vec<Spanned<String>>);

impl Read for Audiences {
    fn shape() -> Shape {
        Shape::List(Box::new(Shape::Plain("a text", &["\"managers\"", "\"finance\""])))
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let Some(texts) = one_or_several(value) else {
            reader.wrong::<Self>(value, key);
            return None;
        };
        let datum = Datum::List(texts.iter().map(|t| Datum::Text(t.value.clone())).collect());
        Some((Self(texts), datum))
    }
}

/// A text, or a list of texts.
pub fn one_or_several(value: &Value) -> Option<Vec<Spanned<String>>> {
    let values = match &value.data {
        Data::List(values) => values.iter().collect(),
        _ => vec![value],
    };
    values.iter().map(|v| v.as_text().map(|t| Spanned::new(t.to_owned(), v.span))).collect()
}

/// Addresses on this site that lead here, beside its own: `/slack/`.
#[derive(Debug, Clone)]
pub struct Addresses;

impl Read for Addresses {
    fn shape() -> Shape {
        Shape::Plain("an address or a list of addresses", &["\"/old-page/\"", "[\"/old-page/\", \"/older-page/\"]"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        if one_or_several(value).is_none() {
            reader.wrong::<Self>(value, key);
        }
        // The playbook keeps them, for links and redirects: see `prose::former_addresses`. They are no fact to show.
        Some((Self, Datum::Nothing))
    }
}

/// A table whose keys the author chooses, each with a value read as a type.
#[derive(Debug, Clone)]
pub struct Map<T>(pub Vec<(Spanned<String>, T)>);

impl<T: Read> Read for Map<T> {
    fn shape() -> Shape {
        Shape::Map("names and values in curly brackets", &["{ name = \"value\" }"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let Data::Table(table) = &value.data else {
            reader.wrong::<Self>(value, key);
            return None;
        };
        let mut entries = Vec::new();
        let mut data = Vec::new();
        for entry in &table.entries {
            if let Some((read, datum)) = T::read(&entry.value, &entry.key.value, reader) {
                data.push(Datum::List(vec![Datum::Text(entry.key.value.clone()), datum]));
                entries.push((entry.key.clone(), read));
            }
        }
        Some((Self(entries), Datum::List(data)))
    }
}

/// A level in `[checks]`.
impl Read for Level {
    fn shape() -> Shape {
        Shape::Choice(vec!["error", "warning", "hint", "off"])
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let level = text(value, key, reader, Level::from_word)?;
        Some((level, Datum::Text(level.word().to_owned())))
    }
}

/// A value of any type, kept as it is written: thresholds.
#[derive(Debug, Clone)]
pub struct Any(pub Value);

impl Read for Any {
    fn shape() -> Shape {
        Shape::Plain("a value", &["12", "[\"good\", \"soon\"]"])
    }

    fn read(value: &Value, _key: &str, _reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        Some((Self(value.clone()), Datum::Nothing))
    }
}

/// A reference to a record of one kind; it exists, or there is no `Ref`.
pub struct Ref<T> {
    /// Its place among the records of its kind.
    pub at: usize,
    /// Its name.
    pub name: Name,
    /// Where the reference stands.
    pub span: Span,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self { at: self.at, name: self.name.clone(), span: self.span, kind: PhantomData }
    }
}

impl<T> std::fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

/// A type that is a kind of record.
pub trait RecordKind: Sized + Send + Sync + 'static {
    /// Which.
    const KIND: Kind;
    /// Its own fields.
    fn declare(fields: &mut super::field::Fields<'_, '_>) -> Self;
}

impl<T: RecordKind> Read for Ref<T> {
    fn shape() -> Shape {
        Shape::Reference(vec![T::KIND], Vec::new())
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let (name, at, span) = reader.reference(value, key, &[T::KIND], &Self::shape())?;
        let datum = Datum::Name(name.clone());
        Some((Self { at, name, span, kind: PhantomData }, datum))
    }
}

/// Which kinds a reference may name.
pub trait Among {
    /// The kinds.
    const KINDS: &'static [Kind];
}

/// A reference to a record of one of several kinds, perhaps to one of its facts.
pub struct Mention<A> {
    /// Its name.
    pub name: Name,
    /// What stands behind `#`.
    pub fact: Option<String>,
    /// Where the reference stands.
    pub span: Span,
    among: PhantomData<fn() -> A>,
}

impl<A> Clone for Mention<A> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), fact: self.fact.clone(), span: self.span, among: PhantomData }
    }
}

impl<A> std::fmt::Debug for Mention<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)
    }
}

impl<A: Among> Read for Mention<A> {
    fn shape() -> Shape {
        Shape::Reference(A::KINDS.to_vec(), Vec::new())
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let (name, _, span) = reader.reference(value, key, A::KINDS, &Self::shape())?;
        let fact = value.as_text().and_then(|t| t.split_once('#')).map(|(_, fact)| fact.trim().to_owned());
        let datum = Datum::Name(name.clone());
        Some((Self { name, fact, span, among: PhantomData }, datum))
    }
}

/// Any record.
pub struct Anything;

impl Among for Anything {
    const KINDS: &'static [Kind] = &Kind::ALL;
}

/// A role or a team.
pub struct RoleOrTeam;

impl Among for RoleOrTeam {
    const KINDS: &'static [Kind] = &[Kind::Role, Kind::Team];
}

/// A metric or a stage.
pub struct MetricOrStage;

impl Among for MetricOrStage {
    const KINDS: &'static [Kind] = &[Kind::Metric, Kind::Stage];
}
