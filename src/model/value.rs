//! Typed values in the words people use: "12.90 GBP per head", "4 business hours".
//!
//! Each is read from text, shown in the reader's form, and kept exact.

use jiff::civil::Date;
use std::fmt;

/// A number with the decimals it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits without their point.
    pub units: i64,
    /// How many of them stand after it.
    pub scale: u8,
}

impl Decimal {
    /// Reads `1234`, `12.90`, `-3`, `12_000`, `12,000`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains(',') && !grouped_by_thousands(text) {
            return None;
        }
        let digits: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let plain = |s: &str| s.chars().all(|c| c.is_ascii_digit());
        if whole.trim_start_matches('-').is_empty() || !plain(whole.strip_prefix('-').unwrap_or(whole)) || !plain(fraction) {
            return None;
        }
        if fraction.len() > 6 || (digits.contains('.') && fraction.is_empty()) {
            return None;
        }
        let units = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { units, scale: u8::try_from(fraction.len()).ok()? })
    }

    /// The nearest float, for charts and comparisons.
    #[allow(clippy::cast_precision_loss, reason = "charts need fifteen digits at most")]
    pub fn as_f64(self) -> f64 {
        self.units as f64 / 10f64.powi(i32::from(self.scale))
    }

    /// Of a float as TOML has it.
    pub fn from_f64(value: f64) -> Option<Self> {
        Self::parse(&format!("{value}"))
    }
}

/// Whether commas part groups of three, as in 12,000; `2,5` is no number here but a trap.
fn grouped_by_thousands(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or(text).trim_start_matches('-');
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    let fraction_is_plain = !text.split_once('.').is_some_and(|(_, f)| f.contains(','));
    first && fraction_is_plain && groups.all(|g| g.len() == 3)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "\u{2212}" } else { "" };
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        let mut grouped = String::new();
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(c);
        }
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{grouped}{point}{fraction}")
    }
}

/// An amount of money, perhaps per something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// An ISO 4217 code.
    pub currency: String,
    /// Per what: "head".
    pub per: Option<String>,
}

impl Money {
    /// Reads "12.90 GBP" and "12.90 GBP per head".
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let amount = Decimal::parse(words.next()?)?;
        let currency = words.next()?.to_owned();
        if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_uppercase()) {
            return None;
        }
        let rest: Vec<&str> = words.collect();
        let per = match rest.split_first() {
            None => None,
            Some((&"per", thing)) if !thing.is_empty() => Some(thing.join(" ")),
            Some(_) => return None,
        };
        Some(Self { amount, currency, per })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_currency(&self.currency, &self.amount.to_string()))?;
        match &self.per {
            Some(per) => write!(f, " per {per}"),
            None => Ok(()),
        }
    }
}

/// An amount with its currency's sign, or its code where it has none of its own.
pub fn in_currency(code: &str, amount: &str) -> String {
    let sign = match code {
        "GBP" => "£",
        "EUR" => "€",
        "USD" => "$",
        "JPY" => "¥",
        _ => return format!("{amount}\u{a0}{code}"),
    };
    match amount.strip_prefix('\u{2212}') {
        Some(rest) => format!("\u{2212}{sign}{rest}"),
        None => format!("{sign}{amount}"),
    }
}

/// A share of a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Percent(pub Decimal);

impl Percent {
    /// Reads "62 %" and "62%".
    pub fn parse(text: &str) -> Option<Self> {
        Decimal::parse(text.trim().strip_suffix('%')?).map(Self)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\u{a0}%", self.0)
    }
}

/// A length of time, by the clock or by the business calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of which, singular: "day".
    pub unit: &'static str,
    /// Whether only business time counts.
    pub business: bool,
}

/// The units of a duration.
pub const UNITS: [&str; 6] = ["minute", "hour", "day", "week", "month", "year"];

impl Duration {
    /// Reads "4 business hours", "2 days", "1 month".
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (count, business, unit) = match words.as_slice() {
            [count, unit] => (count, false, unit),
            [count, "business" | "working", unit] => (count, true, unit),
            _ => return None,
        };
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let unit = UNITS.into_iter().find(|u| *u == unit)?;
        Some(Self { count: count.parse().ok()?, unit, business })
    }

    /// "business hours", "day": what the count counts.
    pub fn unit_words(&self) -> String {
        let plural = if self.count == 1 { "" } else { "s" };
        let business = if self.business { "business " } else { "" };
        format!("{business}{}{plural}", self.unit)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit_words())
    }
}

/// When something happens again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cadence {
    /// "weekly", "monthly" …
    pub every: &'static str,
    /// "1st", "2nd", "3rd", "4th", "last" of the month.
    pub nth: Option<&'static str>,
    /// "mon" to "sun".
    pub weekday: Option<&'static str>,
    /// "09:30".
    pub time: Option<String>,
    /// Minutes.
    pub minutes: Option<u32>,
}

const EVERY: [&str; 7] = ["daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly", "once"];
const NTH: [&str; 5] = ["1st", "2nd", "3rd", "4th", "last"];
/// The days of a week, as they are written and as they are read.
pub const WEEKDAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

impl Cadence {
    /// Reads "weekly mon 09:30 45m", "monthly 1st thu 10:00 60m", "quarterly".
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let every = words.next()?;
        let every = EVERY.into_iter().find(|e| *e == every)?;
        let mut cadence = Self { every, nth: None, weekday: None, time: None, minutes: None };
        for word in words {
            let said_twice = if let Some(nth) = NTH.into_iter().find(|n| *n == word) {
                cadence.nth.replace(nth).is_some() || !matches!(every, "monthly" | "quarterly")
            } else if let Some((day, _)) = WEEKDAYS.into_iter().find(|(d, _)| *d == word) {
                cadence.weekday.replace(day).is_some()
            } else if is_time(word) {
                cadence.time.replace(word.to_owned()).is_some()
            } else {
                cadence.minutes.replace(word.strip_suffix('m')?.parse().ok()?).is_some()
            };
            if said_twice {
                return None;
            }
        }
        Some(cadence)
    }

    /// "Mondays, 09:30", "First Thursday, 10:00", "Each quarter".
    pub fn when(&self) -> String {
        let day = self.weekday.and_then(|d| WEEKDAYS.into_iter().find(|(short, _)| *short == d)).map(|(_, long)| long);
        let nth = match self.nth {
            Some("1st") => "First",
            Some("2nd") => "Second",
            Some("3rd") => "Third",
            Some("4th") => "Fourth",
            Some(_) => "Last",
            None => "",
        };
        let words = match (self.every, day, nth) {
            ("weekly", Some(day), _) => format!("{day}s"),
            ("fortnightly", Some(day), _) => format!("Every other {day}"),
            ("monthly", Some(day), nth) if !nth.is_empty() => format!("{nth} {day}"),
            ("quarterly", Some(day), nth) if !nth.is_empty() => format!("{nth} {day} of the quarter"),
            ("quarterly", Some(day), _) => format!("Each quarter, a {day}"),
            ("daily", ..) => "Every day".to_owned(),
            ("weekly", ..) => "Every week".to_owned(),
            ("fortnightly", ..) => "Every other week".to_owned(),
            ("monthly", ..) => "Every month".to_owned(),
            ("quarterly", ..) => "Every quarter".to_owned(),
            ("yearly", ..) => "Every year".to_owned(),
            _ => "Once".to_owned(),
        };
        match &self.time {
            Some(time) => format!("{words}, {time}"),
            None => words,
        }
    }

    /// "20 minutes", where it is said.
    pub fn length(&self) -> Option<String> {
        self.minutes.map(|m| format!("{m} minute{}", if m == 1 { "" } else { "s" }))
    }

    /// How many days lie between two times, roughly.
    pub fn days(&self) -> u32 {
        match self.every {
            "daily" => 1,
            "weekly" => 7,
            "fortnightly" => 14,
            "monthly" => 31,
            "quarterly" => 92,
            "yearly" => 366,
            _ => u32::MAX,
        }
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "{}, {length}", self.when()),
            None => f.write_str(&self.when()),
        }
    }
}

/// Whether it is a time of day, `09:30`.
pub fn is_time(word: &str) -> bool {
    let Some((hours, minutes)) = word.split_once(':') else { return false };
    let below = |text: &str, limit: u8| text.len() == 2 && text.parse::<u8>().is_ok_and(|n| n < limit);
    below(hours, 24) && below(minutes, 60)
}

/// Whether it is a range of hours, `09:00-17:30`.
pub fn is_hours(text: &str) -> bool {
    text.split_once('-').is_some_and(|(from, to)| is_time(from) && is_time(to) && from < to)
}

/// Whether it names weekdays, `mon-fri` or `mon`.
pub fn is_days(text: &str) -> bool {
    let known = |day: &str| WEEKDAYS.iter().any(|(d, _)| *d == day);
    text.split_once('-').map_or_else(|| known(text), |(from, to)| known(from) && known(to))
}

/// "12 October 2026".
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// "October 2026".
pub fn month_year(date: Date) -> String {
    format!("{} {}", month_name(date), date.year())
}

/// "October".
pub fn month_name(date: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m - 1)).copied().unwrap_or("")
}

/// The date a duration later, by the calendar; business time counts as calendar time.
pub fn after(date: Date, duration: &Duration) -> Date {
    let n = i64::from(duration.count);
    let span = match duration.unit {
        "day" => jiff::Span::new().try_days(n),
        "week" => jiff::Span::new().try_weeks(n),
        "month" => jiff::Span::new().try_months(n),
        "year" => jiff::Span::new().try_years(n),
        _ => Ok(jiff::Span::new()),
    };
    span.ok().and_then(|s| date.checked_add(s).ok()).unwrap_or(date)
}

/// How long ago a day was: "12 days ago", "8 months ago"; nothing where it is not past.
pub fn ago(then: Date, now: Date) -> Option<String> {
    let several = |n: i64, unit: &str| format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" });
    let days = i64::from(now.since(then).ok()?.get_days());
    let months = i64::from(now.year() - then.year()) * 12 + i64::from(now.month() - then.month()) - i64::from(now.day() < then.day());
    match (days, months) {
        (..=0, _) => None,
        (_, ..=0) => Some(several(days, "day")),
        (_, ..24) => Some(several(months, "month")),
        _ => Some(several(months / 12, "year")),
    }
}
