//! HTML in Markdown: which tags a stretch of it holds, and which of them a page may keep.
//!
//! Nothing of an author's markup is ever passed on. Its tags are read here, and those of a safe subset are written anew, each with the few
//! attributes of its own, their values escaped; all else is text. The subset holds no element that a browser reads otherwise than as plain
//! markup (no script, style, SVG, template, title, textarea, frame), so what is written is read by every browser as what it was written as.

use std::ops::Range;

/// What a stretch of HTML is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// An opening tag.
    Open(Tag),
    /// A closing tag: its name in lower case.
    Close(String),
    /// Text, and what only looks like a tag.
    Text,
    /// A comment.
    Comment,
}

/// An opening tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// Attributes in lower case with their values, the first of each name.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The name by which links find it.
    pub fn anchor(&self) -> Option<&str> {
        let named = if self.name == "a" { self.value("name") } else { None };
        self.value("id").or(named).map(str::trim).filter(|id| !id.is_empty() && !id.contains(char::is_whitespace))
    }

    /// Whether it is only a place to link to.
    pub fn is_anchor(&self) -> bool {
        self.name == "a" && self.value("href").is_none() && self.anchor().is_some()
    }

    /// Whether a page may keep it as what it is.
    pub fn is_safe(&self) -> bool {
        let quiet = !self.attributes.iter().any(|(name, _)| name.starts_with("on"));
        quiet && (element(&self.name).is_some() || passes(&self.name))
    }
}

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a line of text.
    Line,
    /// Between paragraphs.
    Block,
}

/// An element of the safe subset.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    /// What it is written as.
    pub tag: &'static str,
    /// Where it may stand.
    pub place: Place,
    /// What it must stand in directly; anything where empty.
    pub within: &'static [&'static str],
}

/// The element of a name, if it belongs to the safe subset. What only groups or centres becomes a `div`.
pub fn element(name: &str) -> Option<Element> {
    use Place::{Block, Line};
    let of = |tag, place| Some(Element { tag, place, within: &[] });
    let inside = |tag, within| Some(Element { tag, place: Block, within });
    const ROWS: &[&str] = &["table", "thead", "tbody", "tfoot"];
    match name {
        "a" => of("a", Line),
        "abbr" => of("abbr", Line),
        "b" | "strong" => of("strong", Line),
        "br" => of("br", Line),
        "cite" => of("cite", Line),
        "code" | "tt" => of("code", Line),
        "del" | "s" | "strike" => of("del", Line),
        "dfn" => of("dfn", Line),
        "em" | "i" => of("em", Line),
        "img" => of("img", Line),
        "ins" | "u" => of("ins", Line),
        "kbd" => of("kbd", Line),
        "mark" => of("mark", Line),
        "q" => of("q", Line),
        "samp" => of("samp", Line),
        "small" => of("small", Line),
        "span" => of("span", Line),
        "sub" => of("sub", Line),
        "sup" => of("sup", Line),
        "var" => of("var", Line),
        "p" | "div" | "center" | "section" | "article" | "aside" | "header" | "footer" | "main" | "address" => of("div", Block),
        "blockquote" => of("blockquote", Block),
        "pre" => of("pre", Block),
        "hr" => of("hr", Block),
        "h1" | "h2" => of("h2", Block),
        "h3" => of("h3", Block),
        "h4" => of("h4", Block),
        "h5" => of("h5", Block),
        "h6" => of("h6", Block),
        "details" => of("details", Block),
        "summary" => inside("summary", &["details"]),
        "figure" => of("figure", Block),
        "figcaption" => inside("figcaption", &["figure"]),
        "ul" => of("ul", Block),
        "ol" => of("ol", Block),
        "li" => inside("li", &["ul", "ol"]),
        "dl" => of("dl", Block),
        "dt" => inside("dt", &["dl"]),
        "dd" => inside("dd", &["dl"]),
        "table" => of("table", Block),
        "caption" => inside("caption", &["table"]),
        "thead" => inside("thead", &["table"]),
        "tbody" => inside("tbody", &["table"]),
        "tfoot" => inside("tfoot", &["table"]),
        "tr" => inside("tr", ROWS),
        "th" => inside("th", &["tr"]),
        "td" => inside("td", &["tr"]),
        _ => None,
    }
}

/// Elements without an end.
pub fn is_void(tag: &str) -> bool {
    matches!(tag, "br" | "hr" | "img")
}

/// Elements that are left out while what they hold stays, for it says the same without them.
pub fn passes(name: &str) -> bool {
    matches!(name, "font" | "big" | "picture" | "source" | "button" | "label" | "nav" | "colgroup" | "col" | "wbr" | "time" | "nobr")
}

/// Whether a stretch is shown as what it is also where HTML is text: comments, line breaks, and places to link to.
pub fn is_quiet(html: &str, tokens: &[(Token, Range<usize>)]) -> bool {
    tokens.iter().all(|(token, range)| match token {
        Token::Open(tag) => tag.name == "br" || tag.is_anchor(),
        Token::Close(name) => name == "a" && tokens.len() > 1,
        Token::Text => !looks_like_markup(html, range),
        Token::Comment => true,
    })
}

/// Whether all of a stretch belongs to the safe subset.
pub fn is_safe(html: &str, tokens: &[(Token, Range<usize>)]) -> bool {
    tokens.iter().all(|(token, range)| match token {
        Token::Open(tag) => tag.is_safe(),
        Token::Close(_) | Token::Comment => true,
        Token::Text => !looks_like_markup(html, range),
    })
}

/// Whether a text that is no tag is markup of another sort: a declaration, an instruction.
fn looks_like_markup(html: &str, range: &Range<usize>) -> bool {
    html.get(range.clone()).is_some_and(|text| text.contains("<!") || text.contains("<?"))
}

/// A stretch of HTML as a parser gives it, line by line, and where each line stands.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// The lines.
    pub text: String,
    places: Vec<(usize, usize)>,
}

impl Chunk {
    /// Adds a line that stands at a byte of the source.
    pub fn push(&mut self, line: &str, at: usize) {
        self.places.push((self.text.len(), at));
        self.text.push_str(line);
    }

    /// Where a byte of the stretch stands in the source.
    pub fn place(&self, at: usize) -> usize {
        let line = self.places.partition_point(|(start, _)| *start <= at).checked_sub(1).and_then(|i| self.places.get(i));
        line.map_or(at, |(start, place)| place + (at - start))
    }

    /// What it is made of.
    pub fn tokens(&self) -> Vec<(Token, Range<usize>)> {
        tokens(&self.text)
    }
}

/// What a stretch of HTML is made of, in order and without gaps.
pub fn tokens(html: &str) -> Vec<(Token, Range<usize>)> {
    let mut all: Vec<(Token, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut text = 0;
    while let Some(next) = html.get(at..).and_then(|rest| rest.find('<')).map(|n| at + n) {
        match token(html, next) {
            Some((token, end)) => {
                if text < next {
                    all.push((Token::Text, text..next));
                }
                all.push((token, next..end));
                (at, text) = (end, end);
            }
            None => at = next + 1,
        }
    }
    if text < html.len() {
        all.push((Token::Text, text..html.len()));
    }
    all
}

/// The longest tag that is looked for.
const LONGEST: usize = 20_000;

/// The tag or comment that begins at a byte, and where it ends.
fn token(html: &str, start: usize) -> Option<(Token, usize)> {
    let rest = html.get(start..)?;
    if let Some(inner) = rest.strip_prefix("<!--") {
        return inner.find("-->").map(|n| (Token::Comment, start + n + 7));
    }
    if let Some(inner) = rest.strip_prefix("</") {
        let name = name(inner);
        let end = inner.as_bytes().iter().take(LONGEST).position(|b| *b == b'>')?;
        return (!name.is_empty()).then(|| (Token::Close(name.to_ascii_lowercase()), start + end + 3));
    }
    let name = name(rest.get(1..)?);
    if name.is_empty() {
        return None;
    }
    let mut tag = Tag { name: name.to_ascii_lowercase(), attributes: Vec::new() };
    let mut at = 1 + name.len();
    loop {
        let byte = *rest.as_bytes().get(at).filter(|_| at < LONGEST)?;
        match byte {
            b'>' => return Some((Token::Open(tag), start + at + 1)),
            b'/' => at += 1,
            b if b.is_ascii_whitespace() => at += 1,
            _ => at = attribute(rest, at, &mut tag)?,
        }
    }
}

/// A tag's name at the head of a text; empty where none stands there.
fn name(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':')).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or("");
    // What follows a name of an element is never `@` or a dot: `<jo@firm.example>` is no tag.
    if text.get(end..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))) {
        name
    } else {
        ""
    }
}

/// Reads an attribute; gives the byte behind it.
fn attribute(rest: &str, start: usize, tag: &mut Tag) -> Option<usize> {
    let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/');
    let bytes = rest.as_bytes();
    let length = bytes.get(start..)?.iter().position(is_end)?.max(1);
    let name = rest.get(start..start + length)?.to_ascii_lowercase();
    let mut at = start + length;
    let skipped = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let value = if bytes.get(skipped(at)) == Some(&b'=') {
        at = skipped(skipped(at) + 1);
        let (from, to, next) = match bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let end = bytes.get(at + 1..)?.iter().position(|b| b == quote)? + at + 1;
                (at + 1, end, end + 1)
            }
            _ => {
                let end = bytes.get(at..)?.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')? + at;
                (at, end, end)
            }
        };
        at = next;
        decoded(rest.get(from..to)?)
    } else {
        String::new()
    };
    if !tag.attributes.iter().any(|(n, _)| *n == name) {
        tag.attributes.push((name, value));
    }
    Some(at)
}

/// A text with its entities read: the five that have names everybody uses, and numbers.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        let tail = rest.get(at + 1..).unwrap_or("");
        let entity =
            tail.get(..tail.bytes().take(10).position(|b| b == b';').unwrap_or(0)).and_then(|name| character(name).map(|c| (name, c)));
        match entity {
            Some((name, c)) => {
                out.push(c);
                rest = tail.get(name.len() + 1..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').map(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => n.parse(),
    });
    match (name, number) {
        (_, Some(number)) => number.ok().filter(|n| *n != 0).and_then(char::from_u32),
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        ("nbsp", _) => Some('\u{a0}'),
        ("ndash", _) => Some('–'),
        ("mdash", _) => Some('—'),
        ("hellip", _) => Some('…'),
        ("copy", _) => Some('©'),
        ("middot", _) => Some('·'),
        ("bull", _) => Some('•'),
        ("rarr", _) => Some('→'),
        ("larr", _) => Some('←'),
        ("lsquo", _) => Some('‘'),
        ("rsquo", _) => Some('’'),
        ("ldquo", _) => Some('“'),
        ("rdquo", _) => Some('”'),
        ("check", _) => Some('✓'),
        ("times", _) => Some('×'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stretch_is_made_of_has_no_gaps() {
        let html = "<p align=center>a < b &amp; <!-- c --><img src='x.png' alt=\"A > b\" hidden/></p><jo@firm.example><";
        let all = tokens(html);
        let rebuilt: String = all.iter().map(|(_, r)| &html[r.clone()]).collect();
        assert_eq!(rebuilt, html);
        let tags: Vec<&str> = all.iter().filter_map(|(t, _)| if let Token::Open(t) = t { Some(t.name.as_str()) } else { None }).collect();
        assert_eq!(tags, ["p", "img"]);
        assert!(matches!(&all[2], (Token::Comment, _)));
        let Token::Open(img) = &all[3].0 else { panic!("{all:?}") };
        assert_eq!((img.value("src"), img.value("alt"), img.value("hidden")), (Some("x.png"), Some("A > b"), Some("")));
    }

    #[test]
    fn entities_are_read_before_an_address_is_judged() {
        assert_eq!(decoded("&#106;avascript&#x3a;alert(1) &amp; &colon; &"), "javascript:alert(1) & &colon; &");
    }
}
