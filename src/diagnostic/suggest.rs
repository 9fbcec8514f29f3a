//! *Did you mean*: the nearest of the known words, if one is near enough to be meant.

/// The candidate nearest to `word`, by edit distance with transpositions; none if all are far.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Wanted::of(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        best = wanted.nearer(best, candidate, &Spelt::of(candidate));
    }
    best.map(|(_, candidate)| candidate)
}

/// Words that many others are compared with.
#[derive(Debug, Default)]
pub struct Known {
    list: Vec<(String, Spelt)>,
}

impl Known {
    /// The one nearest to a word and how far it is, as [`nearest`] has it.
    pub fn nearest(&self, word: &str) -> Option<(usize, &str)> {
        let wanted = Wanted::of(word);
        self.list.iter().fold(None, |best, (candidate, spelt)| wanted.nearer(best, candidate, spelt))
    }
}

impl<'a> FromIterator<&'a str> for Known {
    fn from_iter<T: IntoIterator<Item = &'a str>>(words: T) -> Self {
        Self { list: words.into_iter().map(|word| (word.to_owned(), Spelt::of(word))).collect() }
    }
}

/// Which letters there are, and how many of each: words that differ much in this are far from each other.
type Letters = [u8; 32];

/// A word in lower case.
#[derive(Debug)]
struct Spelt {
    lower: String,
    letters: Letters,
}

impl Spelt {
    fn of(word: &str) -> Self {
        let lower = word.to_lowercase();
        let mut letters = Letters::default();
        for c in lower.chars() {
            if let Some(count) = letters.get_mut(c as usize % 32) {
                *count = count.saturating_add(1);
            }
        }
        Self { lower, letters }
    }
}

/// The word that another may be meant by.
struct Wanted {
    spelt: Spelt,
    /// How far is too far.
    limit: usize,
    /// By letter, where it stands in the word; nothing for words that are too long or not of ASCII alone.
    places: Option<Box<[u64; 128]>>,
}

impl Wanted {
    fn of(word: &str) -> Self {
        let spelt = Spelt::of(word);
        let length = spelt.lower.chars().count();
        let places = (spelt.lower.is_ascii() && (1..=64).contains(&length)).then(|| {
            let mut places = Box::new([0; 128]);
            for (at, letter) in spelt.lower.bytes().enumerate() {
                if let Some(place) = places.get_mut(usize::from(letter)) {
                    *place |= 1 << at;
                }
            }
            places
        });
        Self { limit: (length / 3).max(1), places, spelt }
    }

    /// The better of two; of two that are equally far, the first of the alphabet.
    fn nearer<'a>(&self, best: Option<(usize, &'a str)>, candidate: &'a str, spelt: &Spelt) -> Option<(usize, &'a str)> {
        let limit = best.map_or(self.limit, |(distance, _)| distance);
        match self.within(spelt, limit) {
            Some(distance) if best.is_none_or(|b| (distance, candidate) < b) => Some((distance, candidate)),
            _ => best,
        }
    }

    /// How far a word is, if it is not farther than a limit. Words that only differ in a prefix count as near.
    fn within(&self, other: &Spelt, limit: usize) -> Option<usize> {
        let (a, b) = (self.spelt.lower.as_str(), other.lower.as_str());
        if a.len() >= 4 && b.len() >= 4 && (a.starts_with(b) || b.starts_with(a)) {
            return (limit >= 1).then_some(1);
        }
        let counts = || self.spelt.letters.iter().zip(&other.letters);
        let missing: usize = counts().map(|(a, b)| usize::from(a.saturating_sub(*b))).sum();
        let added: usize = counts().map(|(a, b)| usize::from(b.saturating_sub(*a))).sum();
        if missing.max(added) > limit {
            return None;
        }
        let distance = match &self.places {
            Some(places) if b.is_ascii() => distance(places, a.len(), b),
            _ => strsim::osa_distance(a, b),
        };
        (distance <= limit).then_some(distance)
    }
}

/// The edit distance with transpositions, a column of its table at once (Hyyrö 2003): the table's steps are kept as bits.
fn distance(places: &[u64; 128], length: usize, other: &str) -> usize {
    let last = 1u64 << (length - 1);
    let (mut down, mut up, mut same, mut before, mut distance) = (u64::MAX, 0u64, 0u64, 0u64, length);
    for letter in other.bytes() {
        let here = places.get(usize::from(letter)).copied().unwrap_or(0);
        let swapped = ((!same & here) << 1) & before;
        same = ((here & down).wrapping_add(down) ^ down) | here | up | swapped;
        let (right, left) = (up | !(same | down), same & down);
        distance += usize::from(right & last != 0);
        distance -= usize::from(left & last != 0);
        let (right, left) = ((right << 1) | 1, left << 1);
        down = left | !(same | right);
        up = right & same;
        before = here;
    }
    distance
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
    use super::*;

    #[test]
    fn a_name_that_holds_and_keeps_it() {
        let one = ["Head of Sales and Marketing"];
        let two = ["Head of Sales and Marketing", "Care lead"];
        assert_eq!(choice(one, 3), "`Head of Sales and Marketing`");
        assert_eq!(choice(two, 3), "`Head of Sales and Marketing` or `Care lead`");
        assert_eq!(list(two, 1), "`Head of Sales and Marketing` and 1 more");
    }

    #[test]
    fn distances_are_those_of_the_table() {
        let words =
            ["", "a", "ab", "ba", "abc", "acb", "cab", "marketing", "makreting", "sales-lead", "slaes-laed", "x", "roles", "role's"];
        for a in words.iter().filter(|a| !a.is_empty()) {
            let wanted = Wanted::of(a);
            for b in words {
                let counted = distance(wanted.places.as_deref().unwrap(), a.len(), b);
                assert_eq!(counted, strsim::osa_distance(a, b), "{a} {b}");
            }
        }
        let long = "z".repeat(64);
        assert_eq!(distance(Wanted::of(&long).places.as_deref().unwrap(), 64, &long[1..]), 1);
    }

    #[test]
    fn the_nearest_of_the_alphabet() {
        let words = ["Pricing", "pacing", "ppricing", "märkte", "welcome"];
        assert_eq!(nearest("prcing", words), Some("Pricing"));
        assert_eq!(nearest("Markte", words), Some("märkte"));
        assert_eq!(nearest("welcome-page", words), Some("welcome"));
        assert_eq!(nearest("nothing", words), None);
        assert_eq!(words.into_iter().collect::<Known>().nearest("prcing"), Some((1, "Pricing")));
    }
}
