//! Words as they are compared: any case, any accent, one or several, with or without a hyphen.
//!
//! `js/search/fold.js` does the same in the browser, letter by letter; a test holds the two together.

use super::order::ORDER;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Folded, and one of several.
    pub word: String,
    /// Folded, but as many as are written: what somebody who is still typing has typed so far.
    pub typed: String,
    /// With its accents, where it has any.
    pub accented: Option<String>,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many of the tokens before it stand in it together: 2 for "handover" behind "hand" and "over".
    pub joins: usize,
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { text, at: 0, out: Vec::new() };
    while reader.next() {}
    reader.out
}

/// The folded words that say something; all of them where none does.
pub fn telling(tokens: Vec<Token>) -> Vec<Token> {
    let telling: Vec<Token> = tokens.iter().filter(|token| !ORDER.is_stop(&token.word)).cloned().collect();
    if telling.iter().any(|token| token.joins == 0) { telling } else { tokens }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Token>,
}

impl Reader<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Reads the next word, or what stands before it.
    fn next(&mut self) -> bool {
        let Some(c) = self.char_at(self.at) else { return false };
        if ORDER.is_run(c) {
            self.run();
        } else if is_letter(c) {
            self.compound();
        } else {
            self.at += c.len_utf8();
        }
        true
    }

    /// Letters of a script that parts no words: each two neighbours are a word.
    fn run(&mut self) {
        let mut letters: Vec<(usize, char)> = Vec::new();
        while let Some(c) = self.char_at(self.at).filter(|c| ORDER.is_run(*c)) {
            letters.push((self.at, c));
            self.at += c.len_utf8();
        }
        let mut pairs: Vec<&[(usize, char)]> = letters.windows(2).collect();
        if letters.len() == 1 {
            pairs.push(&letters);
        }
        for pair in pairs {
            let word: String = pair.iter().map(|(_, c)| *c).collect();
            let (start, end) = (pair.first().map_or(0, |p| p.0), pair.last().map_or(0, |p| p.0 + p.1.len_utf8()));
            self.out.push(Token { typed: word.clone(), word, accented: None, start, end, joins: 0 });
        }
    }

    /// A word; with a hyphen in it its parts, then all of it.
    fn compound(&mut self) {
        let (first, start) = (self.out.len(), self.at);
        loop {
            self.part();
            let hyphen = self.char_at(self.at).filter(|c| is_hyphen(*c));
            let beyond = hyphen.map(|h| self.at + h.len_utf8());
            match beyond.filter(|at| self.char_at(*at).is_some_and(|c| is_letter(c) && !ORDER.is_run(c))) {
                Some(at) => self.at = at,
                None => break,
            }
        }
        let parts = self.out.get(first..).unwrap_or_default();
        if parts.len() > 1 {
            let typed = cut(parts.iter().map(|part| part.typed.as_str()).collect());
            let joins = parts.len();
            self.out.push(Token { word: one(&typed), typed, accented: None, start, end: self.at, joins });
        }
    }

    /// Letters and figures up to the next gap; an apostrophe between letters and a point between figures are none.
    fn part(&mut self) {
        let start = self.at;
        let mut before = ' ';
        while let Some(c) = self.char_at(self.at) {
            let after = || self.char_at(self.at + c.len_utf8()).unwrap_or(' ');
            let inside = (is_letter(c) && !ORDER.is_run(c))
                || (is_apostrophe(c) && is_letter(after()) && !ORDER.is_run(after()))
                || (matches!(c, '.' | ',') && before.is_ascii_digit() && after().is_ascii_digit());
            if !inside {
                break;
            }
            before = c;
            self.at += c.len_utf8();
        }
        let raw = self.text.get(start..self.at).unwrap_or("");
        let (typed, accented) = folded(raw);
        if !typed.is_empty() {
            self.out.push(Token { word: one(&typed), typed, accented, start, end: self.at, joins: 0 });
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c) || is_silent(c)))
}

/// Marks for printers, which nobody sees.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A word without case, accents and what shows that something belongs to it; and with its accents, where it has any.
fn folded(raw: &str) -> (String, Option<String>) {
    let plain = raw.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain {
        return (cut(raw.to_ascii_lowercase()), None);
    }
    let named = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("\u{2019}s")).or_else(|| raw.strip_suffix("\u{2bc}s")).unwrap_or(raw);
    let mut out = String::with_capacity(named.len());
    let mut marked = false;
    for c in named.nfkd().flat_map(char::to_lowercase) {
        match ORDER.letters.get(&c) {
            Some(letters) => {
                marked = true;
                out.push_str(letters);
            }
            None if is_combining_mark(c) => marked = true,
            None if c.is_alphanumeric() => out.push(c),
            None if c == '.' || c == ',' => out.push('.'),
            None => {}
        }
    }
    let accented = || named.nfc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || is_combining_mark(*c)).collect();
    let accented = marked.then(|| one(&cut(accented())));
    (cut(out), accented)
}

/// Longer words are known by their beginning.
fn cut(mut word: String) -> String {
    if word.len() > ORDER.limits.letters
        && let Some((at, _)) = word.char_indices().nth(ORDER.limits.letters)
    {
        word.truncate(at);
    }
    word
}

/// One of several: "lunches" and "lunch", "companies" and "company", "clients" and "client".
///
/// Both sides of a comparison go through this, so it need not be right, only the same for one and several.
pub fn one(word: &str) -> String {
    let letters = word.chars().count();
    let hisses = |stem: &str| ["ss", "sh", "ch", "x", "z"].iter().any(|end| stem.ends_with(end));
    let stem: Cow<'_, str> = match word {
        _ if letters < 4 || word.ends_with(|c: char| c.is_ascii_digit()) => word.into(),
        _ if letters > 4 && word.ends_with("ies") => format!("{}y", word.get(..word.len() - 3).unwrap_or(word)).into(),
        _ if letters > 4 && word.ends_with("ie") => format!("{}y", word.get(..word.len() - 2).unwrap_or(word)).into(),
        _ if word.ends_with("es") && hisses(word.get(..word.len() - 2).unwrap_or("")) => word.get(..word.len() - 2).unwrap_or(word).into(),
        _ if word.ends_with('e') && hisses(word.get(..word.len() - 1).unwrap_or("")) => word.get(..word.len() - 1).unwrap_or(word).into(),
        _ if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => {
            word.get(..word.len() - 1).unwrap_or(word).into()
        }
        _ => word.into(),
    };
    stem.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn one_and_several_are_the_same() {
        for (one, several) in [
            ("lunch", "lunches"),
            ("company", "companies"),
            ("client", "clients"),
            ("cookie", "cookies"),
            ("cache", "caches"),
            ("size", "sizes"),
            ("box", "boxes"),
            ("class", "classes"),
            ("enquiry", "Enquiries"),
        ] {
            assert_eq!(words(one), words(several), "{one}");
        }
        assert_eq!(words("status analysis class 2s"), ["status", "analysis", "class", "2s"]);
    }

    #[test]
    fn case_accents_possession_and_hyphens_fold() {
        assert_eq!(words("Zürich CANAPÉ naïve Straße Łódź ﬁn"), ["zurich", "canape", "naive", "strass", "lodz", "fin"]);
        assert_eq!(words("the client\u{2019}s clients' don't"), ["the", "client", "client", "dont"]);
        assert_eq!(
            words("hand-over Stand\u{2011}up e-mails"),
            ["hand", "over", "handover", "stand", "up", "standup", "e", "mail", "email"]
        );
        assert_eq!(words("£12.90 1,200 10 % v1.2"), ["12.90", "1.200", "10", "v1.2"]);
    }

    #[test]
    fn scripts_without_spaces_are_read_in_pairs() {
        assert_eq!(words("東京都 の a"), ["東京", "京都", "の", "a"]);
        assert_eq!(words("서울시"), ["서울", "울시"]);
    }

    #[test]
    fn accents_are_remembered() {
        let accented = |text: &str| tokens(text).into_iter().filter_map(|t| t.accented).collect::<Vec<_>>();
        assert_eq!(accented("Zürich Zurich Cafés"), ["zürich", "café"]);
    }

    #[test]
    fn a_long_word_is_known_by_its_beginning() {
        let long = "x".repeat(1_000_000);
        assert_eq!(words(&long), ["x".repeat(ORDER.limits.letters)]);
    }
}
