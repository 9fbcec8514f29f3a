//! *Did you mean*: the nearest of the known words, if one is near enough to be meant.

/// The candidate nearest to `word`, by edit distance with transpositions; none if all are far.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let limit = (lower.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = distance(&lower, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(d, c)| (distance, candidate) < (d, c)) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Words that only differ in a prefix or in the order of their parts count as near.
fn distance(a: &str, b: &str) -> usize {
    if a.len() >= 4 && b.len() >= 4 && (a.starts_with(b) || b.starts_with(a)) {
        return 1;
    }
    strsim::damerau_levenshtein(a, b)
}

/// "an area", "a role", "a `quiz` block".
pub fn a(word: &str) -> String {
    let first = word.trim_start_matches('`').chars().next().unwrap_or(' ');
    let vowel = matches!(first, 'a' | 'e' | 'i' | 'o');
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// `a`, `b` or `c`, in backticks, at most `most` of them.
pub fn choice<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    joined(words, most, "or")
}

/// `a`, `b` and `c`, in backticks, at most `most` of them.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    joined(words, most, "and")
}

fn joined<'a>(words: impl IntoIterator<Item = &'a str>, most: usize, word: &str) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let mut shown: Vec<String> = words.iter().take(most).map(|w| format!("`{w}`")).collect();
    if words.len() > most {
        shown.push(format!("{} more", words.len() - most));
    }
    let Some(last) = shown.pop() else { return String::new() };
    if shown.is_empty() { last } else { format!("{} {word} {last}", shown.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::{choice, list};

    #[test]
    fn a_name_that_holds_and_keeps_it() {
        let one = ["Head of Sales and Marketing"];
        let two = ["Head of Sales and Marketing", "Care lead"];
        assert_eq!(choice(one, 3), "`Head of Sales and Marketing`");
        assert_eq!(choice(two, 3), "`Head of Sales and Marketing` or `Care lead`");
        assert_eq!(list(two, 1), "`Head of Sales and Marketing` and 1 more");
    }
}
