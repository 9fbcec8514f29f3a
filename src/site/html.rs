//! Text that is HTML already, and the one place where text becomes HTML.
//!
//! `Html` is a type so that a template can print a value unescaped only when a
//! function of this crate has vouched for it.

use serde::{Serialize, Serializer};
use std::fmt;

/// HTML that is safe to print as it stands. Only `prose`, `diagram` and `chart` make it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Vouches for markup that this crate has written itself.
    pub(in crate::site) fn trusted(markup: String) -> Self {
        Self(markup)
    }

    /// Plain text, escaped.
    pub fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        escape(text, &mut out);
        Self(out)
    }

    /// Plain text in which backticks set off what is quoted, as the terminal shows it.
    pub fn ticked(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, quoted, after)) =
            rest.split_once('`').and_then(|(before, after)| after.split_once('`').map(|(quoted, after)| (before, quoted, after)))
        {
            escape(before, &mut out);
            out.push_str("<code>");
            escape(quoted, &mut out);
            out.push_str("</code>");
            rest = after;
        }
        escape(rest, &mut out);
        Self(out)
    }

    /// A sentence in parts, every second of them bold.
    pub fn stressed(parts: &[String]) -> Self {
        let mut out = String::new();
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
            let (open, close) = if at % 2 == 1 { ("<b>", "</b>") } else { ("", "") };
            out.push_str(open);
            escape(part, &mut out);
            out.push_str(close);
        }
        Self(out)
    }

    /// An element that holds words.
    pub fn element(name: &str, words: &str) -> Self {
        let mut out = format!("<{name}>");
        escape(words, &mut out);
        Self(out + &format!("</{name}>"))
    }

    /// A link on some words.
    pub fn link(href: &str, words: &str) -> Self {
        let mut out = String::from("<a href=\"");
        escape(href, &mut out);
        out.push_str("\">");
        escape(words, &mut out);
        Self(out + "</a>")
    }

    /// Several, one after the other.
    pub fn joined(parts: &[Html], between: &str) -> Self {
        let between = Self::text(between);
        Self(parts.iter().map(Self::as_str).collect::<Vec<_>>().join(between.as_str()))
    }

    /// Several as a list; one as it is.
    pub fn list(items: &[Html]) -> Self {
        match items {
            [one] => one.clone(),
            _ => Self(format!("<ul>{}</ul>", items.iter().map(|i| format!("<li>{}</li>", i.0)).collect::<String>())),
        }
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Appends `text` to `out` so that it is text in HTML and in a quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    pieces(text).for_each(|piece| out.push_str(piece));
}

/// The same for a template engine that has a writer.
///
/// # Errors
/// Those of the writer.
pub fn escape_to(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    pieces(text).try_for_each(|piece| out.write_all(piece.as_bytes()))
}

/// A text in pieces: what may stand as it is, and what stands for the rest.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.bytes().position(|byte| replacement(byte).is_some()).unwrap_or(rest.len());
        let (plain, from) = rest.split_at(at);
        if !plain.is_empty() {
            rest = from;
            return Some(plain);
        }
        rest = from.get(1..).unwrap_or_default();
        from.bytes().next().and_then(replacement)
    })
}

/// What stands for a byte that may not stand in HTML; all are ASCII, so none is part of a longer character.
fn replacement(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        0 => Some("\u{fffd}"),
        _ => None,
    }
}
