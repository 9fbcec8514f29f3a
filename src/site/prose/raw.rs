//! What authors wrote as HTML: as text, or, where the playbook allows it, the safe part of it written anew.
//!
//! An open element belongs to the container of Markdown it was opened in, and ends with it at the latest: whatever tags an author forgets,
//! doubles or crosses, what is written is well nested.

use super::Writer;
use crate::model::Target;
use crate::route;
use crate::site::html::escape;
use crate::source::foreign::Frame;
use crate::source::markdown;
use crate::source::markup::{self, Chunk, Element, Place, Tag, Token};
use std::ops::Range;

/// Deeper elements are left out; what they hold stays.
const DEEPEST: usize = 32;

/// An element that an author opened.
pub struct Opened {
    /// How deep in containers of Markdown.
    level: usize,
    /// Its tag as written; empty for an aside of another tool.
    tag: &'static str,
    closer: &'static str,
}

impl Writer<'_, '_> {
    /// A block of HTML begins, or a line that hides another tool's tag.
    pub(super) fn start_html(&mut self, range: &Range<usize>) {
        match markdown::framed(self.text, range, self.body.outline.dialect) {
            Some(frame) => {
                self.frame(frame, range);
                self.html = None;
            }
            None => self.html = Some(Chunk::default()),
        }
    }

    /// A line of a block of HTML.
    pub(super) fn html_line(&mut self, line: &str, at: usize) {
        if let Some(chunk) = &mut self.html {
            chunk.push(line, at);
        }
    }

    /// A block of HTML ends.
    pub(super) fn end_html(&mut self) {
        let Some(chunk) = self.html.take() else { return };
        let tokens = chunk.tokens();
        if self.keeps_html || markup::is_quiet(&chunk.text, &tokens) {
            self.tokens(&chunk, tokens, Place::Block);
            // A link that an author forgot to close would swallow all that follow.
            self.close("a");
        } else {
            self.out.push_str("<p class=\"as-text\">");
            self.escape(&chunk.text);
            self.out.push_str("</p>\n");
        }
    }

    /// A tag in a line.
    pub(super) fn inline_html(&mut self, html: &str, at: usize) {
        let mut chunk = Chunk::default();
        chunk.push(html, at);
        let tokens = chunk.tokens();
        let closes_anchor = matches!(tokens.as_slice(), [(Token::Close(name), _)] if name == "a" && self.loose > 0);
        if self.alt.is_none() && (self.keeps_html || closes_anchor || markup::is_quiet(html, &tokens)) {
            self.tokens(&chunk, tokens, Place::Line);
        } else if self.alt.is_none() {
            self.escape(html);
        }
    }

    fn tokens(&mut self, chunk: &Chunk, tokens: Vec<(Token, Range<usize>)>, place: Place) {
        let mut in_style = false;
        for (token, range) in tokens {
            in_style = match &token {
                Token::Open(tag) => in_style || tag.name == "style",
                Token::Close(name) => in_style && name != "style",
                Token::Text | Token::Comment => in_style,
            };
            match token {
                Token::Open(tag) => self.open(&tag, chunk, &range, place),
                Token::Close(name) => self.close(&name),
                // Nobody wants to read a style sheet.
                Token::Text if in_style => {}
                Token::Text => {
                    let text = markup::decoded(chunk.text.get(range).unwrap_or(""));
                    self.escape(&text);
                }
                Token::Comment => {}
            }
        }
    }

    fn open(&mut self, tag: &Tag, chunk: &Chunk, range: &Range<usize>, place: Place) {
        if markup::passes(&tag.name) {
            return;
        }
        let Some(element) = markup::element(&tag.name) else {
            let raw = chunk.text.get(range.clone()).unwrap_or("").to_owned();
            return self.escape(&raw);
        };
        let above = self.opened.last().filter(|o| o.level == self.level).map_or("", |o| o.tag);
        let misplaced = (element.place == Place::Block && place == Place::Line)
            || (!element.within.is_empty() && !element.within.contains(&above))
            || (element.tag == "a" && (self.is_open("a") || !self.links.is_empty()))
            || self.opened.len() >= DEEPEST;
        if misplaced {
            return;
        }
        self.write_element(tag, element, chunk.place(range.start));
    }

    fn write_element(&mut self, tag: &Tag, element: Element, at: usize) {
        let mut open = format!("<{}", element.tag);
        match element.tag {
            "a" => match self.raw_href(at) {
                Some(href) => attribute("href", &href, &mut open),
                None => return self.anchor(tag),
            },
            "img" => return self.picture(tag, at),
            "table" => "<div class=\"table-frame\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table".clone_into(&mut open),
            "details" if tag.value("open").is_some() => open.push_str(" open"),
            "th" if tag.value("scope") == Some("row") => open.push_str(" scope=\"row\""),
            "th" => open.push_str(" scope=\"col\""),
            _ => {}
        }
        if matches!(element.tag, "td" | "th") {
            ["colspan", "rowspan"].iter().for_each(|key| number(tag, key, 1000, &mut open));
        }
        if element.tag == "ol" {
            number(tag, "start", 1_000_000, &mut open);
        }
        if let Some(title) = tag.value("title").filter(|_| matches!(element.tag, "abbr" | "dfn")) {
            attribute("title", title, &mut open);
        }
        if let Some(id) = tag.anchor().filter(|id| self.is_new(id)).map(str::to_owned) {
            attribute("id", &route::heading(&id), &mut open);
            self.names.insert(id);
        }
        open.push('>');
        self.out.push_str(&open);
        if !markup::is_void(element.tag) {
            self.opened.push(Opened { level: self.level, tag: element.tag, closer: closer(element.tag) });
        }
    }

    /// A place to link to: written whole, for its end is often forgotten.
    fn anchor(&mut self, tag: &Tag) {
        self.loose += 1;
        let Some(id) = tag.anchor().filter(|id| self.is_new(id)).map(str::to_owned) else { return };
        self.out.push_str("<span");
        attribute("id", &route::heading(&id), &mut self.out);
        self.out.push_str("></span>");
        self.names.insert(id);
    }

    /// Whether no heading and no other element has a name.
    fn is_new(&self, id: &str) -> bool {
        !self.names.contains(id) && !self.body.outline.headings.iter().any(|h| h.id == id)
    }

    fn raw_href(&self, at: usize) -> Option<String> {
        self.body.links.get(&self.offset(at)).and_then(|target| self.href(target))
    }

    /// A picture of the playbook; the words of any other.
    fn picture(&mut self, tag: &Tag, at: usize) {
        let alt = tag.value("alt").unwrap_or("");
        let Some(Target::File(path)) = self.body.links.get(&self.offset(at)) else {
            let alt = alt.to_owned();
            return self.escape(&alt);
        };
        let src = self.sheet.href(&route::file(path));
        let mut out = String::from("<img loading=\"lazy\"");
        attribute("src", &src, &mut out);
        attribute("alt", alt, &mut out);
        ["width", "height"].iter().for_each(|key| number(tag, key, 10_000, &mut out));
        out.push('>');
        self.out.push_str(&out);
    }

    pub(super) fn is_open(&self, tag: &str) -> bool {
        self.opened.iter().any(|o| o.tag == tag)
    }

    /// Closes an element, and what was left open in it, if it was opened in this container.
    fn close(&mut self, name: &str) {
        if name == "a" && !self.is_open("a") {
            self.loose = self.loose.saturating_sub(1);
        }
        let Some(element) = markup::element(name) else {
            if !markup::passes(name) {
                let raw = format!("</{name}>");
                self.escape(&raw);
            }
            return;
        };
        let level = self.level;
        if let Some(at) = self.opened.iter().rposition(|o| o.level == level && o.tag == element.tag) {
            self.close_down_to(at);
        }
    }

    /// A container of Markdown ends: so does what was opened in it.
    pub(super) fn close_level(&mut self) {
        let level = self.level;
        let at = self.opened.iter().rposition(|o| o.level < level).map_or(0, |at| at + 1);
        self.close_down_to(at);
    }

    fn close_down_to(&mut self, at: usize) {
        for opened in self.opened.split_off(at.min(self.opened.len())).into_iter().rev() {
            self.out.push_str(opened.closer);
        }
    }

    /// A line that hides another tool's tag.
    fn frame(&mut self, frame: Frame, range: &Range<usize>) {
        match frame {
            Frame::Aside(_, _) if self.opened.len() >= DEEPEST => {}
            Frame::Aside(kind, title) => {
                let word = markdown::ALERTS.iter().find(|(name, _)| *name == kind).map_or(kind, |(_, word)| word);
                let title = if title.is_empty() { word.to_owned() } else { title };
                self.out.push_str(&format!("<div class=\"note note-{}\"><p class=\"note-title\">", kind.to_lowercase()));
                self.escape(&title);
                self.out.push_str("</p>");
                self.opened.push(Opened { level: self.level, tag: "", closer: "</div>\n" });
            }
            Frame::AsideEnd => {
                let level = self.level;
                if let Some(at) = self.opened.iter().rposition(|o| o.level == level && o.tag.is_empty()) {
                    self.close_down_to(at);
                }
            }
            Frame::Titled(title) if !title.is_empty() => {
                self.out.push_str("<p><strong>");
                self.escape(&title);
                self.out.push_str("</strong></p>\n");
            }
            Frame::Leads(target) => self.lone_link(&target, range),
            Frame::Picture(_, alt) => {
                let tag = Tag { name: "img".to_owned(), attributes: vec![("alt".to_owned(), alt)] };
                self.out.push_str("<p>");
                self.picture(&tag, range.start);
                self.out.push_str("</p>\n");
            }
            Frame::Titled(_) | Frame::Plain => {}
        }
    }

    fn lone_link(&mut self, target: &str, range: &Range<usize>) {
        self.out.push_str("<p>");
        let href = self.raw_href(range.start);
        if let Some(href) = &href {
            self.out.push_str("<a");
            let mut out = String::new();
            attribute("href", href, &mut out);
            self.out.push_str(&out);
            self.out.push('>');
        }
        let label = match target.contains("://") {
            true => target,
            false => target.rsplit('/').next().unwrap_or(target),
        };
        self.escape(label);
        self.out.push_str(if href.is_some() { "</a></p>\n" } else { "</p>\n" });
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push_str(&format!(" {name}=\""));
    escape(value, out);
    out.push('"');
}

/// An attribute that is a whole number.
fn number(tag: &Tag, name: &str, most: u32, out: &mut String) {
    let number = tag.value(name).map(|v| v.trim().trim_end_matches("px")).and_then(|v| v.parse::<u32>().ok());
    if let Some(number) = number.filter(|n| (1..=most).contains(n)) {
        out.push_str(&format!(" {name}=\"{number}\""));
    }
}

/// What closes an element of the safe subset.
fn closer(tag: &'static str) -> &'static str {
    match tag {
        "a" => "</a>",
        "abbr" => "</abbr>",
        "strong" => "</strong>",
        "cite" => "</cite>",
        "code" => "</code>",
        "del" => "</del>",
        "dfn" => "</dfn>",
        "em" => "</em>",
        "ins" => "</ins>",
        "kbd" => "</kbd>",
        "mark" => "</mark>",
        "q" => "</q>",
        "samp" => "</samp>",
        "small" => "</small>",
        "span" => "</span>",
        "sub" => "</sub>",
        "sup" => "</sup>",
        "var" => "</var>",
        "div" => "</div>\n",
        "blockquote" => "</blockquote>\n",
        "pre" => "</pre>\n",
        "h2" => "</h2>\n",
        "h3" => "</h3>\n",
        "h4" => "</h4>\n",
        "h5" => "</h5>\n",
        "h6" => "</h6>\n",
        "details" => "</details>\n",
        "summary" => "</summary>\n",
        "figure" => "</figure>\n",
        "figcaption" => "</figcaption>",
        "ul" => "</ul>\n",
        "ol" => "</ol>\n",
        "li" => "</li>\n",
        "dl" => "</dl>\n",
        "dt" => "</dt>",
        "dd" => "</dd>",
        "table" => "</table></div>\n",
        "caption" => "</caption>",
        "thead" => "</thead>",
        "tbody" => "</tbody>",
        "tfoot" => "</tfoot>",
        "tr" => "</tr>",
        "th" => "</th>",
        "td" => "</td>",
        _ => "",
    }
}
