//! Sentences: names in bold, words in quotation marks, values as readers write them; nothing of the content can be Markdown in them.

use super::World;
use crate::model::field::Datum;
use crate::model::types::brackets;
use crate::model::value::Duration;
use crate::model::{Kind, Name};

/// A quotation is no longer than this.
const QUOTED: usize = 160;

/// A text inside Markdown: it is shown as it is written, whatever it holds.
pub fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '&' | '|' | '~' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A Markdown sentence without its marks.
pub fn plain(markdown: &str) -> String {
    parts(markdown).concat()
}

/// A Markdown sentence as findings have it: what is bold stands in backticks.
pub fn ticked(markdown: &str) -> String {
    let parts = parts(markdown).into_iter().enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("`{part}`") } else { part }).collect()
}

/// A Markdown sentence in parts: the first plain, the second bold, and so on by turns.
pub fn parts(markdown: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        let shown = match c {
            '\\' => chars.next(),
            '*' if chars.next_if_eq(&'*').is_some() => {
                parts.push(String::new());
                None
            }
            c => Some(c),
        };
        if let Some(part) = parts.last_mut() {
            part.extend(shown);
        }
    }
    parts
}

/// Somebody's words as a sentence: on one line, with a full stop at its end.
pub fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.ends_with(['.', '!', '?', '…']) { text } else { text + "." }
}

/// A name in bold.
pub fn bold(text: &str) -> String {
    format!("**{}**", safe(text.trim()))
}

/// Words in quotation marks, cut where they are long.
pub fn quoted(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    format!("“{}”", safe(&clipped(text, QUOTED)))
}

/// A text cut at a word.
pub fn clipped(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}\u{a0}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';', ':', '.', ' ']))
}

/// "Marketing, Sales and Operations".
pub fn series(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// "is" or "are".
pub fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// "does" or "do", "promises" or "promise": the verb for one, or for several.
pub fn verb<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// "1 page", "7 pages".
pub fn several(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "Piece of material", at the beginning of a sentence.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "Give a discount", in the middle of a sentence; a word in capitals stays.
pub fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let shouted = chars.clone().next().is_some_and(char::is_uppercase);
    if shouted { text.to_owned() } else { first.to_lowercase().chain(chars).collect() }
}

/// "cut from 1 day to 4 hours", "lengthened …", "changed …" where one counts business time and the other does not.
pub fn shifted(before: &str, after: &str) -> String {
    let hours = |text: &str| {
        Duration::parse(text).map(|d| {
            let day = if d.business { 8.0 } else { 24.0 };
            let unit = match d.unit {
                "minute" => 1.0 / 60.0,
                "hour" => 1.0,
                "day" => day,
                "week" => day * if d.business { 5.0 } else { 7.0 },
                "month" => day * if d.business { 21.0 } else { 30.0 },
                _ => day * if d.business { 250.0 } else { 365.0 },
            };
            (f64::from(d.count) * unit, d.business || matches!(d.unit, "minute" | "hour"))
        })
    };
    let word = match (hours(before), hours(after)) {
        (Some((old, a)), Some((new, b))) if a == b && new < old => "cut",
        (Some((old, a)), Some((new, b))) if a == b && new > old => "extended",
        _ => "changed",
    };
    format!("{word} from {before} to {after}")
}

impl World<'_> {
    /// What a record is called: today, or where it is gone, before.
    pub fn title(&self, name: &Name) -> String {
        let today = self.after.playbook.base(self.kin.newer(name));
        let base = today.or_else(|| self.before.playbook.base(self.kin.older(name)));
        base.map_or_else(|| name.id.clone(), |b| b.title.clone())
    }

    /// The same in bold.
    pub fn bold(&self, name: &Name) -> String {
        bold(&self.title(name))
    }

    /// A role, or anything else, in the middle of a sentence.
    pub fn who(&self, name: &Name) -> String {
        safe(&self.title(name))
    }

    /// Several of them.
    pub fn all(&self, names: &[Name]) -> String {
        series(&names.iter().map(|n| self.who(n)).collect::<Vec<_>>())
    }

    /// "Sales lead (Sales)": a role and its team, unless it says so itself.
    pub fn role(&self, name: &Name) -> String {
        let title = self.title(name);
        let today = self.after.playbook.roles.get(&name.id);
        let role = today.or_else(|| self.before.playbook.roles.get(&self.kin.older(name).id));
        let team = role.and_then(|r| r.team.as_ref()).map(|t| self.title(&t.name));
        match team.filter(|t| !title.to_lowercase().contains(&t.to_lowercase())) {
            Some(team) => format!("{} ({})", safe(&title), safe(&team)),
            None => safe(&title),
        }
    }

    /// A value as a reader sees it, as plain text.
    pub fn show(&self, datum: &Datum) -> String {
        match datum {
            Datum::Nothing => String::new(),
            Datum::Text(text) => text.clone(),
            Datum::Words(words) => self.read(&words.text),
            Datum::Name(name) => self.title(name),
            Datum::List(items) => match items.as_slice() {
                [Datum::Text(key), said @ (Datum::Words(_) | Datum::Text(_))] if self.is_key(key) => {
                    format!("{}: {}", self.keyed(key), self.show(said))
                }
                _ => series(&items.iter().map(|i| self.show(i)).collect::<Vec<_>>()),
            },
            Datum::Table(keys) => {
                let mut parts = keys.iter().map(|(_, d)| self.show(d)).filter(|t| !t.is_empty());
                let first = parts.next().unwrap_or_default();
                let rest: Vec<String> = parts.collect();
                if rest.is_empty() { first } else { format!("{first} ({})", rest.join("; ")) }
            }
        }
    }

    /// A value that may be absent.
    pub fn shown(&self, datum: Option<&Datum>) -> Option<String> {
        datum.map(|d| self.show(d)).filter(|t| !t.is_empty())
    }

    /// A value inside a sentence: words in quotation marks, all else as it is.
    pub fn said(&self, datum: &Datum) -> String {
        match datum {
            Datum::Words(words) => quoted(&self.read(&words.text)),
            Datum::List(items) if items.iter().all(|i| matches!(i, Datum::Words(_))) => {
                series(&items.iter().map(|i| self.said(i)).collect::<Vec<_>>())
            }
            other => safe(&clipped(&self.show(other), QUOTED)),
        }
    }

    /// Text with what its references are called in their place.
    pub fn read(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (range, target, label) in brackets(text).into_iter().rev() {
            let (name, fact) = target.split_once('#').map_or((target, None), |(n, f)| (n, Some(f)));
            let Some(name) = Name::parse(name) else { continue };
            let said = match (label, fact) {
                (Some(label), _) => label.trim().to_owned(),
                (None, Some(fact)) => format!("{} ({fact})", self.title(&name)),
                (None, None) => self.title(&name),
            };
            out.replace_range(range, &said);
        }
        out
    }

    /// Whether a word that an author chose as a key is a team's id, as in `seen_by`.
    fn is_key(&self, key: &str) -> bool {
        self.keyed(key) != key
    }

    fn keyed(&self, key: &str) -> String {
        let name = Name::new(Kind::Team, key);
        let known = self.after.playbook.base(&name).or_else(|| self.before.playbook.base(&name));
        known.map_or_else(|| key.to_owned(), |b| b.title.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authors_write_is_no_markdown_in_a_sentence() {
        let hostile = "a*b* [x](y) <b>& `c` \u{1b}[31m";
        assert_eq!(plain(&bold(hostile)), "a*b* [x](y) <b>& `c`  [31m");
        assert!(!safe(hostile).contains('\u{1b}'));
    }

    #[test]
    fn times_are_cut_or_extended() {
        assert_eq!(shifted("1 business day", "4 business hours"), "cut from 1 business day to 4 business hours");
        assert_eq!(shifted("1 business day", "2 business days"), "extended from 1 business day to 2 business days");
        assert_eq!(shifted("2 business days", "1 day"), "changed from 2 business days to 1 day");
    }
}
