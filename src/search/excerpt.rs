//! The few words of a text around what was looked for.

use super::fold::{Token, tokens};
use super::order::ORDER;
use super::rank::Meant;

/// The stretch of a text in which most terms stand near each other; nothing where none does.
pub fn excerpt(text: &str, terms: &[Meant<'_>]) -> Option<String> {
    let end = text.char_indices().nth(ORDER.limits.read).map_or(text.len(), |(at, _)| at);
    let read = text.get(..end).unwrap_or(text);
    let hits: Vec<(usize, usize, usize)> = tokens(read)
        .iter()
        .enumerate()
        .filter_map(|(at, token)| terms.iter().position(|term| is_meant(token, term)).map(|term| (at, term, token.start)))
        .collect();
    let mut best: Option<(usize, usize)> = None;
    for (number, (at, _, start)) in hits.iter().enumerate() {
        let near = hits.iter().skip(number).take_while(|(other, ..)| other - at < ORDER.limits.reach);
        let mut seen = 0u32;
        near.for_each(|(_, term, _)| seen |= 1 << term);
        let count = seen.count_ones() as usize;
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *start));
        }
    }
    best.map(|(_, start)| around(text, start))
}

/// Whether a word of a text is one that a term means.
fn is_meant(token: &Token, term: &Meant<'_>) -> bool {
    let is_begun = term.term.partial && token.word.starts_with(&term.term.typed) && term.term.typed.chars().count() >= ORDER.limits.prefix;
    token.joins == 0 && (token.word == term.term.word || is_begun)
}

/// A text from a little before a place on, whole words only.
fn around(text: &str, place: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = text.get(..place).map_or(0, |before| before.chars().count());
    let line = letters.iter().take(at).rposition(|c| *c == '\n').map_or(0, |at| at + 1);
    let mut from = at.saturating_sub(ORDER.limits.lead).max(line);
    while from > line && from < at && letters.get(from - 1).is_some_and(|c| !c.is_whitespace()) {
        from += 1;
    }
    let before = if from > line { "\u{2026}" } else { "" };
    let rest: String = letters.iter().skip(from).collect();
    format!("{before}{}", shortened(&rest))
}

/// The beginning of a text, whole words only, in one line.
pub fn shortened(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut end = letters.len().min(ORDER.limits.excerpt);
    let is_cut = end < letters.len();
    while is_cut && end > ORDER.limits.lead && letters.get(end).is_some_and(|c| !c.is_whitespace()) {
        end -= 1;
    }
    let shown = letters.iter().take(end).collect::<String>().replace('\n', " \u{b7} ");
    let shown = shown.trim();
    if is_cut { format!("{}\u{2026}", shown.trim_end_matches([',', '.', ';', ':', ' '])) } else { shown.to_owned() }
}
