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
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

/// The same for a template engine that has a writer.
///
/// # Errors
/// Those of the writer.
pub fn escape_to(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(text.len());
    escape(text, &mut escaped);
    out.write_all(escaped.as_bytes())
}
