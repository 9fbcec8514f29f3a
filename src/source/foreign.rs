//! Tags that other tools' templates leave in a text: GitBook's blocks, Liquid's and Hugo's tags.
//!
//! Content is never a template, so nothing here is run. A handbook that moves in brings such tags along all the same: those that only
//! frame a text, such as GitBook's hints, are understood; those that stand where a link leads are read for the path in them; the rest is text.
//! To be understood a tag is hidden from the Markdown parser behind as many bytes that mean nothing, so that every place stays what it was.

use std::ops::Range;

/// Whose habits a text may follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Ours: tags are text.
    #[default]
    Ours,
    /// Anybody's: a page may be part of an old handbook.
    Any,
}

/// A line that holds nothing but a tag that frames a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// An aside begins: which of our alerts it is, and its own title.
    Aside(&'static str, String),
    /// An aside ends.
    AsideEnd,
    /// Something with a title, such as a tab.
    Titled(String),
    /// A link or a file on a line of its own: where it leads.
    Leads(String),
    /// A picture on a line of its own: where it is, and its words.
    Picture(String, String),
    /// A tag whose content speaks for itself.
    Plain,
}

/// Tags that come in pairs and frame what stands between them; `end…` closes them.
const PAIRS: [&str; 28] = [
    "hint",
    "notice",
    "admonition",
    "figure",
    "image",
    "img",
    "image_with_class",
    "alert",
    "callout",
    "note",
    "tip",
    "info",
    "important",
    "warning",
    "caution",
    "danger",
    "tabs",
    "tab",
    "code",
    "content-ref",
    "stepper",
    "step",
    "columns",
    "column",
    "embed",
    "file",
    "updates",
    "update",
];

/// Pairs that are asides.
const ASIDES: [&str; 12] =
    ["hint", "notice", "admonition", "alert", "callout", "note", "tip", "info", "important", "warning", "caution", "danger"];

/// The longest tag that is looked for.
const LONGEST: usize = 2_000;

/// Deeper pairs are text.
const DEEPEST: usize = 64;

/// What the tags of a text are.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    /// The text with the tags that are understood hidden from a parser; nothing where it is the text itself.
    pub masked: Option<String>,
    /// Tags that are shown as text.
    pub shown: Vec<Range<usize>>,
}

/// Reads the tags of a text; `code` are the stretches in which nothing is a tag.
pub fn tags(text: &str, code: &[Range<usize>]) -> Tags {
    let found: Vec<Range<usize>> = found(text).into_iter().filter(|r| !within(code, r)).collect();
    if found.is_empty() {
        return Tags::default();
    }
    let mut bytes = text.as_bytes().to_vec();
    let hidden = comments(text, &found);
    for range in &hidden {
        blank(&mut bytes, range);
    }
    let outside = |r: &&Range<usize>| !within(&hidden, r);
    let (led, rest): (Vec<_>, Vec<_>) = found.iter().filter(outside).cloned().partition(|r| leads(text, r.start));
    for range in &led {
        let inner = bytes.get_mut(range.clone()).unwrap_or_default();
        inner.iter_mut().filter(|b| b.is_ascii_whitespace()).for_each(|b| *b = b'+');
    }
    let framing = framing(text, &rest);
    for range in &framing {
        comment(&mut bytes, range);
    }
    let shown = rest.into_iter().filter(|r| !within(&framing, r)).collect();
    Tags { masked: String::from_utf8(bytes).ok().filter(|masked| masked != text), shown }
}

/// Whether a stretch lies in one of several that stand in order.
fn within(several: &[Range<usize>], range: &Range<usize>) -> bool {
    let before = several.partition_point(|one| one.start <= range.start);
    before.checked_sub(1).and_then(|i| several.get(i)).is_some_and(|one| range.end <= one.end)
}

/// Every tag, in order: `{% … %}`, `{{ … }}`, `{{< … >}}`.
fn found(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('{')).map(|n| at + n) {
        let rest = text.get(next..).unwrap_or("");
        let close = match rest.as_bytes().get(1) {
            Some(b'%') => "%}",
            Some(b'{') => "}}",
            _ => "",
        };
        let window = rest.as_bytes().get(2..rest.len().min(LONGEST)).unwrap_or_default();
        let end = window.windows(2).position(|two| two == close.as_bytes()).map(|n| n + 4);
        match end.filter(|end| *end > 4 && !rest.get(..*end).unwrap_or("").contains("\n\n")) {
            Some(end) => {
                all.push(next..next + end);
                at = next + end;
            }
            None => at = next + 1,
        }
    }
    all
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['{', '%', '<', '-']).trim_start();
    inner.split(|c: char| c.is_whitespace() || matches!(c, '%' | '}' | '>')).next().unwrap_or("")
}

/// What no reader of the old site saw: `{% comment %} … {% endcomment %}`, and the tags that only say "do not touch this".
fn comments(text: &str, found: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open: Option<usize> = None;
    for range in found {
        match (word(text.get(range.clone()).unwrap_or("")), open) {
            ("comment", None) => open = Some(range.start),
            ("endcomment", Some(start)) => {
                all.push(start..range.end);
                open = None;
            }
            ("raw" | "endraw", None) => all.push(range.clone()),
            _ => {}
        }
    }
    all
}

/// Whether what begins at a byte stands where a link leads: behind `](`, in a definition, in an attribute, or behind another tag there.
fn leads(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    let before = before.strip_suffix("}}").and_then(|b| b.rfind("{{").and_then(|n| b.get(..n))).unwrap_or(before).trim_end();
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    let attribute = |name: &str| before.ends_with(&format!("{name}=\"")) || before.ends_with(&format!("{name}='"));
    before.ends_with("](")
        || before.ends_with("](<")
        || (line.starts_with('[') && line.ends_with("]:"))
        || attribute("href")
        || attribute("src")
}

/// The tags that frame a text: alone on a line, known, and each with its other half.
fn framing(text: &str, tags: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    for range in tags.iter().filter(|r| is_alone(text, r)) {
        let name = word(text.get((*range).clone()).unwrap_or(""));
        match ended(name) {
            Some(name) => {
                let Some(at) = open.iter().rposition(|(n, _)| *n == name) else { continue };
                let lone = open.split_off(at);
                all.extend(lone.into_iter().enumerate().filter(|(i, (n, _))| *i == 0 || may_stand_alone(n)).map(|(_, (_, r))| r));
                all.push((*range).clone());
            }
            None if PAIRS.contains(&name) && open.len() < DEEPEST => open.push((name, (*range).clone())),
            None => {}
        }
    }
    all.extend(open.into_iter().filter(|(name, _)| may_stand_alone(name)).map(|(_, range)| range));
    all.sort_by_key(|r| r.start);
    all
}

/// What a closing tag closes: `endhint`, `/notice`.
fn ended(name: &str) -> Option<&str> {
    name.strip_prefix("end").or_else(|| name.strip_prefix('/'))
}

/// Whether a tag of a pair means something without its end.
fn may_stand_alone(name: &str) -> bool {
    matches!(name, "embed" | "file" | "figure" | "image" | "img" | "image_with_class")
}

/// Whether a tag has its line, or lines, to itself, quote marks aside.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or("").rsplit('\n').next().unwrap_or("");
    let after = text.get(range.end..).unwrap_or("").split('\n').next().unwrap_or("");
    before.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
        && after.trim().is_empty()
        && text.get(range.clone()).is_some_and(|t| t.len() >= 7)
}

/// Hides a stretch behind white space.
fn blank(bytes: &mut [u8], range: &Range<usize>) {
    let inner = bytes.get_mut(range.clone()).unwrap_or_default();
    inner.iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
}

/// Hides a tag behind a comment, which ends a paragraph and begins a new block.
fn comment(bytes: &mut [u8], range: &Range<usize>) {
    let Some(inner) = bytes.get_mut(range.clone()) else { return };
    inner.fill(b' ');
    if let Some(head) = inner.get_mut(..4) {
        head.copy_from_slice(b"<!--");
    }
    let tail = inner.len() - 3;
    if let Some(tail) = inner.get_mut(tail..) {
        tail.copy_from_slice(b"-->");
    }
}

/// What a line frames, if it holds nothing but such a tag.
pub fn frame(line: &str) -> Option<Frame> {
    let line = line.trim();
    let fences = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
    let tag = fences.iter().find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close).filter(|t| !t.contains(close)))?;
    let name = word(tag.trim_start_matches('-'));
    if let Some(name) = ended(name) {
        return PAIRS.contains(&name).then(|| if ASIDES.contains(&name) { Frame::AsideEnd } else { Frame::Plain });
    }
    if !PAIRS.contains(&name) {
        return None;
    }
    let values = quoted(tag);
    let named = |key: &str| values.iter().find(|(k, _)| *k == key).map(|(_, v)| (*v).to_owned());
    let bare = |n: usize| values.iter().filter(|(k, _)| k.is_empty()).nth(n).map(|(_, v)| (*v).to_owned());
    Some(match name {
        name if ASIDES.contains(&name) => {
            let second = tag.split_whitespace().nth(1).filter(|word| alert_of(word).is_some()).map(str::to_owned);
            let named_style = ["style", "type", "color"].iter().find_map(|key| named(key));
            let style = named_style.or(second).or_else(|| bare(1)).or_else(|| bare(0).filter(|b| alert_of(b).is_some()));
            let title = named("title").or_else(|| bare(0).filter(|b| alert_of(b).is_none())).unwrap_or_default();
            Frame::Aside(style.as_deref().and_then(alert_of).or_else(|| alert_of(name)).unwrap_or("NOTE"), title)
        }
        "tab" | "code" | "update" => Frame::Titled(named("title").or_else(|| named("date")).unwrap_or_default()),
        "figure" | "image" | "img" | "image_with_class" => {
            let words = if named("src").is_some() { None } else { values.iter().rfind(|(k, v)| k.is_empty() && !v.trim().is_empty()) };
            let alt = named("alt")
                .or_else(|| named("caption"))
                .or_else(|| words.map(|(_, v)| (*v).to_owned()).filter(|w| Some(w) != bare(0).as_ref()));
            Frame::Picture(named("src").or_else(|| bare(0)).map(|path| from_root(&path)).unwrap_or_default(), alt.unwrap_or_default())
        }
        "embed" => Frame::Leads(named("url").unwrap_or_default()),
        "file" => Frame::Leads(named("src").unwrap_or_default()),
        _ => Frame::Plain,
    })
}

/// Our alert for another tool's word.
fn alert_of(style: &str) -> Option<&'static str> {
    Some(match style.to_ascii_lowercase().as_str() {
        "info" | "note" | "hint" | "alert" | "callout" | "working" => "NOTE",
        "success" | "tip" => "TIP",
        "important" => "IMPORTANT",
        "warning" => "WARNING",
        "danger" | "error" | "caution" | "emergency" => "CAUTION",
        _ => return None,
    })
}

/// The texts between quotes in a tag, each with the key before it, if it has one.
fn quoted(tag: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let mut rest = tag;
    while let Some(open) = rest.find(['"', '\'']) {
        let quote = rest.get(open..open + 1).unwrap_or("\"");
        let Some(close) = rest.get(open + 1..).and_then(|r| r.find(quote)) else { break };
        let key = rest.get(..open).and_then(|b| b.trim_end().strip_suffix(['=', ':'])).unwrap_or("");
        let key = key.trim_end().rsplit(|c: char| c.is_whitespace() || c == ',').next().unwrap_or("");
        all.push((key, rest.get(open + 1..open + 1 + close).unwrap_or("")));
        rest = rest.get(open + close + 2..).unwrap_or("");
    }
    all
}

/// Where a link leads whose target holds tags, as its author meant it; nothing where only their template knew.
///
/// `{{ site.baseurl }}/tools/` is `/tools/`; `{% link tools/slack.md %}` and `{{< ref "tools/slack.md" >}}` count from the site's root.
pub fn target(written: &str) -> Option<String> {
    let mut out = String::new();
    let mut at = 0;
    for range in found(written) {
        out.push_str(written.get(at..range.start).unwrap_or(""));
        out.push_str(&meant(written.get(range.clone()).unwrap_or(""))?);
        at = range.end;
    }
    out.push_str(written.get(at..).unwrap_or(""));
    Some(out)
}

/// What one tag in a target stands for.
fn meant(tag: &str) -> Option<String> {
    let from_root =
        |path: &str| if path.starts_with(['/', '#', '.']) || path.contains("://") { path.to_owned() } else { format!("/{path}") };
    if let Some((_, path)) = quoted(tag).first() {
        return Some(from_root(path));
    }
    let inner = tag.trim_matches(['{', '}', '%', '<', '>', '-']).trim();
    if let Some(path) = inner.strip_prefix("link ") {
        return Some(from_root(path.trim()));
    }
    let last = inner.rsplit('.').next().unwrap_or(inner).to_ascii_lowercase();
    matches!(last.as_str(), "baseurl" | "base_url" | "url" | "root" | "pathprefix" | "base_path" | "basepath").then(String::new)
}

/// A path in a tag counts from the site's root.
fn from_root(path: &str) -> String {
    if path.starts_with(['/', '#', '.']) || path.contains("://") { path.to_owned() } else { format!("/{path}") }
}

/// Whether a text holds a tag.
pub fn has_tag(text: &str) -> bool {
    !found(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_as_its_author_meant() {
        let means = |written: &str, path: &str| assert_eq!(target(written).as_deref(), Some(path), "{written}");
        means("{{ site.baseurl }}/tools/", "/tools/");
        means("{{ site.url }}{{ site.baseurl }}/tools/#a", "/tools/#a");
        means("{% link tools/slack.md %}#records", "/tools/slack.md#records");
        means("{{< ref \"tools/slack.md\" >}}", "/tools/slack.md");
        means("{{% relref \"../slack\" %}}", "../slack");
        means("{{ '/img/fern.png' | relative_url }}", "/img/fern.png");
        means("{% page \"/travel/#card\" %}", "/travel/#card");
        assert_eq!(target("{{ site.github.repository }}/x"), None);
        assert_eq!(target("{{ page.next }}"), None);
    }

    #[test]
    fn frames_of_several_tools_are_known() {
        let is =
            |line: &str, kind: &'static str, title: &str| assert_eq!(frame(line), Some(Frame::Aside(kind, title.to_owned())), "{line}");
        is("{% hint style=\"danger\" %}", "CAUTION", "");
        is("{% hint style='tip' %}", "TIP", "");
        is("  {% alert \"Mind the step\", \"warning\" %}  ", "WARNING", "Mind the step");
        is("{{% notice info %}}", "NOTE", "");
        is("{{< callout type=\"warning\" title=\"Stop\" >}}", "WARNING", "Stop");
        is("{% warning %}", "WARNING", "");
        assert_eq!(frame("{{% /notice %}}"), Some(Frame::AsideEnd));
        assert_eq!(frame("{% image \"img/a.png\" \"A fern\" %}"), Some(Frame::Picture("/img/a.png".to_owned(), "A fern".to_owned())));
        assert_eq!(frame("{{< figure src=\"/a.png\" title=\"x\" >}}"), Some(Frame::Picture("/a.png".to_owned(), String::new())));
        assert_eq!(frame("{% include note.html %}"), None);
        assert_eq!(frame("{% hint %} and more"), None);
    }

    #[test]
    fn a_tag_without_its_other_half_is_text() {
        let text = "{% hint style=\"info\" %}\nnever closed\n";
        let tags = tags(text, &[]);
        assert_eq!((tags.masked, tags.shown.len(), tags.shown.first()), (None, 1, Some(&(0..23))));
    }

    #[test]
    fn what_is_hidden_is_as_long_as_before() {
        let text = "{% hint style=\"wärning\" %}\nx\n{% endhint %}\n[a]({{ site.baseurl }}/b/)\n{% comment %}ä\n\nb{% endcomment %}\n";
        let tags = tags(text, &[]);
        let masked = tags.masked.expect("there is something to hide");
        assert_eq!(masked.len(), text.len());
        assert!(tags.shown.is_empty());
        assert!(masked.contains("[a]({{+site.baseurl+}}/b/)"));
    }
}
