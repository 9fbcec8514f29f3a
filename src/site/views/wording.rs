//! Numbers, dates and lists as a sentence says them.

use crate::model::value::{long_date, month_name};
use jiff::civil::Date;

/// "1 lesson", "3 lessons".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A small number in letters: "eleven"; a larger one in figures.
pub fn number(n: usize) -> String {
    const NUMBERS: [&str; 21] = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    NUMBERS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// The same before what it counts, at the beginning of a sentence: "Eleven words".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    capital(&format!("{} {}", number(n), if n == 1 { one } else { many }))
}

/// "Marketing, Sales and Operations".
pub fn series<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// "reason, channel" as a line begins: "Reason, channel".
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "Finds them" in the middle of a line: "finds them".
pub fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// "1 hour", "1 hour 15 minutes", "45 minutes".
pub fn minutes(n: u32) -> String {
    let plural = |n: u32, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (n / 60, n % 60) {
        (0, _) => plural(n, "minute"),
        (hours, 0) => plural(hours, "hour"),
        (hours, rest) => format!("{} {}", plural(hours, "hour"), plural(rest, "minute")),
    }
}

/// "2 March" in the year of `today`, else "2 March 2025".
pub fn day(date: Date, today: Date) -> String {
    if date.year() == today.year() { format!("{} {}", date.day(), month_name(date)) } else { long_date(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_them_as_people_do() {
        assert_eq!(counted(11, "word", "words"), "Eleven words");
        assert_eq!(count(1, "lesson", "lessons"), "1 lesson");
        assert_eq!(series(&["a", "b", "c"]), "a, b and c");
        assert_eq!(minutes(240), "4 hours");
        assert_eq!(minutes(75), "1 hour 15 minutes");
    }
}
