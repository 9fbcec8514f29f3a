//! How a number is written on a scale: short, and all numbers of one scale alike.

/// What stands around a number, and which numbers make sense.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Before the number: "£".
    pub before: String,
    /// After it, with its own space: " %".
    pub after: String,
    /// Whether half of one is nonsense, as with enquiries.
    pub whole: bool,
    /// Whether an honest scale has to start at nothing. A count does; a rate may start higher.
    pub from_zero: bool,
}

impl Unit {
    /// Things one can count.
    pub fn count() -> Self {
        Self { whole: true, from_zero: true, ..Self::default() }
    }

    /// Shares of a hundred.
    pub fn percent() -> Self {
        Self { after: "\u{a0}%".to_owned(), ..Self::default() }
    }

    /// Money, by the sign that stands before it.
    pub fn money(sign: &str) -> Self {
        Self { before: sign.to_owned(), from_zero: true, ..Self::default() }
    }

    /// Anything else, by the word that stands after it: "hours".
    pub fn of(word: &str) -> Self {
        Self { after: format!("\u{a0}{word}"), from_zero: true, ..Self::default() }
    }

    /// Numbers of one scale, with as many decimals as tell the nearest two apart.
    pub fn labels(&self, values: &[f64]) -> Vec<String> {
        let largest = values.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        let (divisor, suffix) = magnitude(largest);
        let decimals = [0, 1, 2, 3].into_iter().find(|&d| values.iter().all(|v| exact(v / divisor, d))).unwrap_or(3);
        values.iter().map(|v| self.write(v / divisor, decimals, suffix)).collect()
    }

    /// One number by itself.
    pub fn label(&self, value: f64) -> String {
        self.labels(&[value]).pop().unwrap_or_default()
    }

    fn write(&self, scaled: f64, decimals: usize, suffix: &str) -> String {
        let digits = format!("{:.decimals$}", scaled.abs());
        let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
        let sign = if scaled < 0.0 && !is_zero { "\u{2212}" } else { "" };
        let suffix = if is_zero { "" } else { suffix };
        let digits = if is_zero { "0".to_owned() } else { grouped(&digits) };
        format!("{sign}{}{digits}{suffix}{}", self.before, self.after)
    }
}

/// The power that keeps a scale's largest number under five digits.
fn magnitude(largest: f64) -> (f64, &'static str) {
    match largest {
        v if v >= 1e15 => (1e15, "qn"),
        v if v >= 1e12 => (1e12, "tn"),
        v if v >= 1e9 => (1e9, "bn"),
        v if v >= 1e6 => (1e6, "m"),
        v if v >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    }
}

fn exact(value: f64, decimals: usize) -> bool {
    let shifted = value * [1.0, 10.0, 100.0].get(decimals).unwrap_or(&1000.0);
    (shifted - shifted.round()).abs() < 1e-6 * shifted.abs().max(1.0)
}

/// "12345.5" as "12,345.5".
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}
