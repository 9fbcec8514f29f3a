//! Words as names are compared: any letter case, hyphen or space or line break, straight or curly apostrophe.

use std::ops::Range;

/// A folded text that knows where its letters come from.
pub struct Folded {
    /// The folded words.
    pub text: String,
    /// For each byte of them, the first byte of the letter it comes from; and the end.
    from: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            match c {
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
                '\u{2019}' | '\u{2018}' | '\u{02bc}' => folded.push(at, '\''),
                c if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2012}') => {
                    if !folded.text.ends_with(' ') {
                        folded.push(at, ' ');
                    }
                }
                c if c.is_ascii() => folded.push(at, c.to_ascii_lowercase()),
                c => c.to_lowercase().for_each(|c| folded.push(at, c)),
            }
        }
        folded.from.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        folded
    }

    fn push(&mut self, at: usize, c: char) {
        self.text.push(c);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.from.extend(std::iter::repeat_n(at, c.len_utf8()));
    }

    /// Where some of the folded words stand in the text.
    pub fn source(&self, folded: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.from.get(at).map_or(0, |b| *b as usize);
        place(folded.start)..place(folded.end)
    }
}

/// A name as it is looked for.
pub fn fold(name: &str) -> String {
    Folded::of(name.trim()).text
}

/// Where the word that ends at a place has its plural or possessive end; nothing where the word goes on otherwise.
pub fn ending(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let run = rest.find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '_')).unwrap_or(rest.len());
    let word = rest.get(..run)?.trim_end_matches('\'');
    match word {
        "" => Some(end),
        "s" | "es" => Some(end + word.len()),
        "'s" => Some(end),
        "s's" | "es's" => Some(end + word.len() - 2),
        _ => None,
    }
}

/// Whether what follows makes another word of the last one: "lead-in", "lead-free".
pub fn begins_another(rest: &str) -> bool {
    const PARTS: [&str; 9] = ["in", "on", "up", "out", "off", "over", "down", "free", "less"];
    let after = rest.strip_prefix(['-', '\u{2010}', '\u{2011}']).unwrap_or("");
    PARTS.iter().any(|part| after.strip_prefix(part).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Whether a word begins at a place.
pub fn begins(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|t| t.chars().next_back()).is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '\''))
        || text.get(..at).is_some_and(|t| t.ends_with(" '") || t == "'")
}

/// Several of a thing: "Team Tables", "Parties".
pub fn plural(name: &str) -> String {
    let lower = name.to_lowercase();
    let vowel_before_y = lower.strip_suffix('y').and_then(|stem| stem.chars().next_back()).is_none_or(|c| "aeiou".contains(c));
    if lower.ends_with('y') && !vowel_before_y {
        return format!("{}ies", name.get(..name.len() - 1).unwrap_or(name));
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end));
    format!("{name}{}", if hisses { "es" } else { "s" })
}

/// Whether a run of words is an address, a file or a handle and no name: `https://…`, `menus/boardroom-lunch.pdf`, `@boardroom`.
pub fn is_address(text: &str, words: &Range<usize>) -> bool {
    let before = text.get(..words.start).map(|t| t.rsplit(char::is_whitespace).next().unwrap_or("")).unwrap_or("");
    let after = text.get(words.end..).map(|t| t.split(char::is_whitespace).next().unwrap_or("")).unwrap_or("");
    let name = text.get(words.clone()).unwrap_or("");
    let before = before.trim_start_matches(['(', '[', '"', '\u{201c}', '\u{2018}', '\'']);
    if before.contains("://") || before.starts_with("www.") || before.contains('@') || after.starts_with('@') {
        return true;
    }
    let slug = !name.contains(char::is_whitespace);
    let in_path = before.starts_with('/')
        || before.starts_with("./")
        || before.starts_with("~/")
        || (slug && name.contains('-') && before.ends_with('/'));
    let in_file = slug
        && after.strip_prefix('.').is_some_and(|end| {
            let ending: String = end.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            (2..=4).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
    let handle = before.ends_with('#') || before.ends_with('\\') || before.ends_with('=');
    in_path || in_file || handle
}
