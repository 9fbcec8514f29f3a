//! The order of results, as data: tiers, weights, limits and the few words that mean nothing. The browser's script reads the same file.

#![allow(clippy::disallowed_types, reason = "words that say nothing are looked up, never gone through")]

use super::fold::one;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The file itself, for the browser.
pub const TEXT: &str = include_str!("order.json");

/// What decides which result stands first (SITE.md, section 3: order in tiers).
#[derive(Debug, Deserialize)]
pub struct Order {
    /// Best first.
    pub tiers: Vec<String>,
    /// What a query can be to a name: best first.
    pub degrees: Vec<String>,
    /// What a name can be to its record.
    pub classes: Vec<Class>,
    /// Kinds, those that win a tie first.
    pub kinds: Vec<String>,
    /// How far everything goes.
    pub limits: Limits,
    stop: std::collections::HashSet<String>,
    /// Words that begin a question.
    pub asking: BTreeSet<String>,
    /// Words of a question that name nothing.
    pub generic: BTreeSet<String>,
    /// Words that ask how soon.
    pub hurry: BTreeSet<String>,
    /// Words of a question about time.
    pub speed: BTreeSet<String>,
    /// Words of amounts.
    pub units: BTreeSet<String>,
    /// Letters of scripts that part no words, first and last.
    pub bigrams: Vec<(u32, u32)>,
    /// Letters that fold into others and are no accent.
    pub letters: BTreeMap<char, String>,
    /// Other words for the lists, by address.
    pub lists: BTreeMap<String, Vec<String>>,
}

/// A class of names.
#[derive(Debug, Deserialize)]
pub struct Class {
    /// `title`, `retired` …
    pub name: String,
    /// What a word in such a name counts.
    pub weight: u32,
    /// The tier of each degree.
    pub tiers: [String; 5],
}

/// How far everything goes: letters, words and results.
#[derive(Debug, Clone, Copy, Deserialize)]
#[allow(missing_docs, reason = "each is used once, where it says what it limits")]
pub struct Limits {
    pub query: usize,
    pub terms: usize,
    pub letters: usize,
    pub phrase: usize,
    pub frequency: u32,
    pub rarity: u32,
    pub accent: u32,
    pub prefix: usize,
    pub prose: usize,
    pub one: usize,
    pub two: usize,
    pub quoted: usize,
    pub excerpt: usize,
    pub lead: usize,
    pub reach: usize,
    pub read: usize,
}

/// The order in force.
pub static ORDER: LazyLock<Order> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    let order: Order = serde_json::from_str(TEXT).expect("`order.json` is what `Order` describes");
    // Words are compared as they are folded: "does" is "doe" then.
    let folded = |words: BTreeSet<String>| words.iter().map(|word| one(word)).collect();
    Order {
        stop: order.stop.iter().map(|word| one(word)).collect(),
        asking: folded(order.asking),
        generic: folded(order.generic),
        speed: folded(order.speed),
        hurry: folded(order.hurry),
        units: folded(order.units),
        ..order
    }
});

impl Order {
    /// Whether a folded word says nothing by itself.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// The place of a tier; behind all of them where there is none of that name.
    pub fn tier(&self, name: &str) -> usize {
        self.tiers.iter().position(|tier| tier == name).unwrap_or(self.tiers.len())
    }

    /// Whether a letter belongs to a script that parts no words.
    pub fn is_run(&self, c: char) -> bool {
        let code = u32::from(c);
        code >= 0xe00 && self.bigrams.iter().any(|(first, last)| (*first..=*last).contains(&code))
    }

    /// The place of a kind in ties.
    pub fn kind(&self, word: &str) -> usize {
        self.kinds.iter().position(|kind| kind == word).unwrap_or(self.kinds.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The browser packs what decides a place into one number (`4-rank.js`): each part must have room in it.
    #[test]
    fn a_place_fits_into_a_number_of_the_browser() {
        let Limits { terms, phrase, frequency, rarity, accent, .. } = ORDER.limits;
        let heaviest = ORDER.classes.iter().map(|class| class.weight).max().unwrap_or(0);
        let score = (rarity * (frequency + 2) + accent + heaviest * rarity) as usize * terms;
        assert!(terms < 32 && phrase < 32 && score < 8192, "{terms} terms, {phrase} words, a score of {score}");
        assert!((ORDER.tiers.len() * 32 * 32 * 8192) << 26 <= 1 << 53, "{} tiers", ORDER.tiers.len());
    }
}
