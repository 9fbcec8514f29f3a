//! The word that was meant: only for one that nothing begins with, so that no slip ever hides a hit.

use super::index::{Index, Word, compare};
use super::order::ORDER;
use super::query::Term;
use strsim::osa_distance;

/// The nearest word of the index: one edit away from four letters on, two from eight; an edit is a letter too many, too few, another one,
/// or two that changed places.
///
/// Whole words come before beginnings, names before prose, frequent words before rare ones.
pub fn nearest<'a>(index: &'a Index, term: &Term) -> Option<&'a Word> {
    let letters = term.typed.chars().count();
    let limits = &ORDER.limits;
    let reach = match letters {
        _ if letters < limits.one || term.typed.contains(|c: char| c.is_ascii_digit()) => return None,
        _ if letters < limits.two => 1,
        _ => 2,
    };
    let split = index.is_split();
    let near =
        index.words.iter().filter(|word| !split || is_known(word)).filter_map(|word| Some((away(term, word, letters, reach)?, word)));
    near.min_by(|(a, one), (b, other)| {
        let rank = |away: usize, word: &Word| (away, word.names.is_empty(), std::cmp::Reverse(word.places.len()));
        rank(*a, one).cmp(&rank(*b, other)).then_with(|| compare(&one.text, &other.text))
    })
    .map(|(_, word)| word)
}

/// Where there are many words, one that stands in a single section is as likely a slip itself.
pub fn is_known(word: &Word) -> bool {
    !word.names.is_empty() || word.places.len() > 1
}

/// Twice the number of edits, and one more where only the word's beginning is near.
fn away(term: &Term, word: &Word, letters: usize, reach: usize) -> Option<usize> {
    let there = word.text.chars().count();
    if there + reach < letters.min(term.word.chars().count()) || word.text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = (there <= letters + reach).then(|| osa_distance(&term.word, &word.text)).filter(|edits| *edits <= reach);
    if let Some(edits) = whole {
        return Some(2 * edits);
    }
    if !term.partial || there <= letters {
        return None;
    }
    let beginning: String = word.text.chars().take(letters).collect();
    Some(osa_distance(&term.typed, &beginning)).filter(|edits| *edits <= reach).map(|edits| 2 * edits + 1)
}
