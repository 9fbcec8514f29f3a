//! Lists from A to Z: the letters there are, and which of them a word stands under.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A letter to jump to.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// Where its words begin; nothing where it has none.
    pub id: Option<String>,
}

/// A to Z, and whatever else words begin with.
pub fn letters<T>(groups: &BTreeMap<String, T>) -> Vec<Letter> {
    let mut all: BTreeSet<String> = ('A'..='Z').map(String::from).collect();
    all.extend(groups.keys().cloned());
    if groups.keys().all(|l| l.chars().all(|c| !c.is_ascii_alphabetic())) {
        all.retain(|l| groups.contains_key(l));
    }
    all.into_iter().map(|letter| Letter { id: groups.contains_key(&letter).then(|| anchor(&letter)), letter }).collect()
}

/// The letter a word stands under; what begins with none stands under "#".
pub fn letter(word: &str) -> String {
    match word.trim().chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_alphabetic() => plain(c).to_uppercase().collect(),
        _ => "#".to_owned(),
    }
}

/// A letter without its accent, so that É stands under E.
fn plain(c: char) -> char {
    const ACCENTED: [(char, &str); 7] =
        [('a', "áàâäãåā"), ('c', "çćč"), ('e', "éèêëē"), ('i', "íìîïī"), ('n', "ñń"), ('o', "óòôöõø"), ('u', "úùûüū")];
    let small = c.to_lowercase().next().unwrap_or(c);
    ACCENTED.iter().find(|(_, all)| all.contains(small)).map_or(small, |(base, _)| *base)
}

/// The anchor of a letter.
pub fn anchor(letter: &str) -> String {
    if letter == "#" { "letter-other".to_owned() } else { format!("letter-{}", letter.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_under_its_letter_without_its_accent() {
        assert_eq!(
            [letter("Émile"), letter("canapé"), letter("“Lead”"), letter("4 questions"), letter("Ärger")],
            ["E", "C", "L", "#", "A"]
        );
    }
}
