//! Prose, linked: where every reference, link and typed block of a body leads.

use super::block::{Compare, Funnel, GoalBlock, Raci};
use super::document::Holds;
use super::field::{Fields, Inline, Reader, Resolved};
use super::gather::Gathered;
use super::kind::{Kind, Name};
use super::kinds::training::Question;
use super::link::Use;
use super::raw::Raw;
use super::record::{Block, Body, Target};
use super::types::one_or_several;
use crate::diagnostic::{Span, suggest};
use crate::source::markdown::Outline;
use crate::source::markdown::{self, Link};
use crate::source::{Table, Trouble, foreign, toml};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What a link can lead to.
#[derive(Clone, Default)]
pub struct Places {
    /// Records of Markdown files, by path under `content/`.
    records: BTreeMap<String, Name>,
    /// Other files, by path under `content/`.
    files: BTreeSet<String>,
    /// Files that are not published, by path under `content/`; a finding says why.
    unsafe_files: BTreeSet<String>,
    /// Every path in lower case, to tell a wrong letter case.
    lower: BTreeMap<String, String>,
    /// Addresses that pages had on the site they come from.
    former: Arc<BTreeMap<String, Name>>,
    /// Whether the safe part of raw HTML is kept.
    keeps_html: bool,
    /// What a path that leads nowhere may have meant; made for the first of them.
    names: OnceLock<Arc<Names>>,
}

/// The last parts of paths under `content/`, and the paths.
struct Names {
    known: suggest::Known,
    paths: BTreeMap<String, String>,
}

impl Names {
    /// The path whose last part is nearest to a name.
    fn nearest(&self, wanted: &str) -> Option<&String> {
        self.known.nearest(wanted).and_then(|(_, name)| self.paths.get(name))
    }
}

impl Places {
    /// The places of a project.
    pub fn new(gathered: &Gathered) -> Self {
        let files_that = |holds: Holds| {
            let such = gathered.documents.iter().filter(move |d| d.holds == holds);
            such.map(|d| d.inner_path().to_owned()).collect::<BTreeSet<String>>()
        };
        let (files, unsafe_files) = (files_that(Holds::Other), files_that(Holds::Withheld));
        let bodies = gathered.slots.values().flatten().filter(|s| s.raw.body.is_some());
        let records: BTreeMap<String, Name> = bodies.map(|s| (s.raw.inner_path.clone(), s.name.clone())).collect();
        let lower = records.keys().chain(&files).map(|p| (p.to_lowercase(), p.clone())).collect();
        let keeps_html = gathered.index.keeps_html;
        Self { records, files, unsafe_files, lower, former: Arc::new(former_addresses(gathered)), keeps_html, names: OnceLock::new() }
    }

    /// The addresses that pages had before.
    pub fn former(&self) -> Arc<BTreeMap<String, Name>> {
        self.former.clone()
    }
}

/// The addresses that pages had before; the first page that claims one has it.
fn former_addresses(gathered: &Gathered) -> BTreeMap<String, Name> {
    let mut former = BTreeMap::new();
    for slot in gathered.slots.get(&Kind::Page).into_iter().flatten() {
        for address in addresses_before(&slot.raw) {
            former.entry(address).or_insert_with(|| slot.name.clone());
        }
    }
    former
}

/// The addresses that a page had before, by what it says in `redirect_from` (Jekyll) and `aliases` (Hugo; there a name without a
/// slash is a name and no address).
pub fn addresses_before(raw: &Raw) -> impl Iterator<Item = String> {
    let keys = ["redirect_from", "aliases"].into_iter().filter(|_| raw.name.kind == Kind::Page);
    let told = keys.filter_map(|key| raw.table.get(key).and_then(one_or_several)).flatten();
    told.filter_map(|t| plain_address(&t.value))
}

/// An address as a page of a site can have it: `/a/b/`, or `/a/b.html`; nothing where it is none.
fn plain_address(text: &str) -> Option<String> {
    let path = percent_decoded(text.trim());
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let plain = |p: &&str| !p.starts_with('.') && p.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '+' | '~'));
    if parts.is_empty() || !path.contains('/') || !parts.iter().all(plain) {
        return None;
    }
    let file = parts.last().is_some_and(|p| p.ends_with(".html"));
    Some(format!("/{}{}", parts.join("/"), if file { "" } else { "/" }))
}

/// Links the body of a raw record.
pub fn body(raw: &Raw, places: &Places, reader: &mut Reader<'_>) -> Option<Body> {
    let (span, outline) = raw.body.as_ref()?;
    let mut body = Body {
        span: *span,
        outline: outline.clone(),
        links: BTreeMap::new(),
        addresses: Vec::new(),
        blocks: BTreeMap::new(),
        questions: Vec::new(),
        matrices: raw.matrices.clone(),
    };
    shown_as_text(outline, places, reader);
    for reference in &outline.references {
        if let Some((name, fact)) = reader.prose_reference(&reference.target, reference.span, "") {
            body.links.insert(reference.start, Target::Reference(Resolved { name, fact, label: None }));
        }
    }
    let mut pictures = Vec::new();
    for link in outline.links.iter().filter(|l| !l.raw || places.keeps_html) {
        match target(link, raw, places, reader) {
            Ok(target) => {
                if let Target::Reference(Resolved { name, .. }) | Target::Heading(name, _) = &target {
                    reader.uses.push(Use { from: reader.name.clone(), to: name.clone(), key: String::new(), span: link.span });
                }
                if let Target::Address(address) = &target {
                    body.addresses.push((link.span, address.clone()));
                }
                body.links.insert(link.start, target);
            }
            Err(Trouble::UnsafeMarkup(_)) if link.image && link.target.contains("//") => pictures.push(link.span),
            Err(trouble) => reader.problem(link.span, trouble),
        }
    }
    if let Some(first) = pictures.first() {
        let words = match pictures.len() {
            1 => "a picture from another site".to_owned(),
            n => format!("{n} pictures from another site"),
        };
        reader.problem(*first, Trouble::UnsafeMarkup(words));
    }
    for block in &outline.blocks {
        if let Some(read) = typed_block(block, &mut body.questions, reader) {
            body.blocks.insert(block.start, read);
        }
    }
    Some(body)
}

/// Raw HTML and other tools' tags: one problem each for a whole text, at the first.
fn shown_as_text(outline: &Outline, places: &Places, reader: &mut Reader<'_>) {
    let shown: Vec<Span> = outline.markup.iter().filter(|m| !(places.keeps_html && m.safe)).map(|m| m.span).collect();
    for (spans, what) in [(shown, "raw HTML"), (outline.tags.clone(), "another tool's tag")] {
        let Some(first) = spans.first() else { continue };
        let excerpt = excerpt(reader.files.slice(*first));
        let words = match spans.len() {
            1 => format!("{what} `{excerpt}`"),
            n => format!("{what} in {n} places, the first of them `{excerpt}`,"),
        };
        reader.problem(*first, Trouble::UnsafeMarkup(words));
    }
}

/// The first line of a stretch, short enough for a message.
fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= 40 { line.to_owned() } else { line.chars().take(39).chain(['…']).collect() }
}

fn typed_block(block: &markdown::Block, questions: &mut Vec<Question>, reader: &mut Reader<'_>) -> Option<Block> {
    let (table, problems) = toml::parse(block.span.file, block.span.start as usize, &block.text);
    if !problems.is_empty() {
        let record = reader.name.to_string();
        reader.problems.extend(problems.into_iter().map(|p| crate::source::Problem { record: record.clone(), ..p }));
        return None;
    }
    let key = block.language.as_str();
    let first_line = block.text.lines().next().map_or(0, str::len);
    let place = table.entries.first().map_or(block.span.part(0, first_line), |e| e.key.span);
    match key {
        "quiz" => {
            let question = read::<Question>(&table, place, key, reader);
            questions.push(question);
            Some(Block::Quiz(questions.len() - 1))
        }
        "scenario" => Some(Block::Scenario(read(&table, place, key, reader))),
        "raci" => read::<Raci>(&table, place, key, reader).0.map(|r| Block::Raci(r.name)),
        "funnel" => {
            read::<Funnel>(&table, place, key, reader);
            Some(Block::Funnel)
        }
        "goal" => read::<GoalBlock>(&table, place, key, reader).0.map(|r| Block::Goal(r.name)),
        "compare" => {
            let teams = read::<Compare>(&table, place, key, reader).0;
            Some(Block::Compare(teams.into_iter().map(|t| t.name).collect()))
        }
        "video" => Some(Block::Video(read(&table, place, key, reader))),
        _ => None,
    }
}

fn read<T: Inline>(table: &Table, place: Span, language: &str, reader: &mut Reader<'_>) -> T {
    let mut fields = Fields::of_block(table, place, language, reader);
    let read = T::declare(&mut fields);
    fields.finish(&[]);
    read
}

/// Where a link leads, or why it leads nowhere.
fn target(link: &Link, raw: &Raw, places: &Places, reader: &mut Reader<'_>) -> Result<Target, Trouble> {
    if raw.inner_path.starts_with("pages/") && foreign::has_tag(&link.target) {
        return match foreign::target(&link.target) {
            Some(target) => plain_target(&Link { target, ..link.clone() }, raw, places, reader),
            None => Ok(Target::Withheld),
        };
    }
    plain_target(link, raw, places, reader)
}

fn plain_target(link: &Link, raw: &Raw, places: &Places, reader: &mut Reader<'_>) -> Result<Target, Trouble> {
    let written = link.target.as_str();
    if let Some(scheme) = scheme(written) {
        return outside(link, &scheme);
    }
    let (path, fragment) = written.split_once('#').map_or((written, None), |(p, f)| (p, Some(f)));
    let path = path.split_once('?').map_or(path, |(p, _)| p);
    if path.is_empty() {
        return match fragment {
            Some("") | None => Err(dead(written, "the link is empty", None)),
            Some(fragment) => {
                let own = reader.name.clone();
                heading(&own, fragment, reader, written)
            }
        };
    }
    let decoded = percent_decoded(path);
    for candidate in candidates(&decoded, &raw.inner_path) {
        if let Some(name) = places.record(&candidate).filter(|_| !link.image) {
            return match fragment {
                None | Some("") => Ok(Target::Reference(Resolved { name, fact: None, label: None })),
                Some(fragment) => heading(&name, fragment, reader, written),
            };
        }
        if places.files.contains(&candidate) {
            return Ok(Target::File(format!("content/{candidate}")));
        }
        if places.withholds(&candidate) {
            return Ok(Target::Withheld);
        }
    }
    if let Some(name) = plain_address(&decoded).filter(|_| decoded.starts_with('/') && !link.image).and_then(|a| places.former.get(&a)) {
        return match fragment {
            None | Some("") => Ok(Target::Reference(Resolved { name: name.clone(), fact: None, label: None })),
            Some(fragment) => heading(name, fragment, reader, written),
        };
    }
    if decoded.starts_with('/') && decoded.ends_with('/') && !link.image {
        return Ok(Target::Address(decoded));
    }
    Err(missing(link, &decoded, raw, places))
}

/// The scheme of an address, white space and control characters aside, as a browser reads it.
fn scheme(target: &str) -> Option<String> {
    let plain: String = target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if plain.starts_with("//") {
        return Some("https".to_owned());
    }
    let (scheme, _) = plain.split_once(':')?;
    let valid = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

fn outside(link: &Link, scheme: &str) -> Result<Target, Trouble> {
    match scheme {
        "http" | "https" if link.image => Err(Trouble::UnsafeMarkup("a picture from another site".to_owned())),
        "http" | "https" | "mailto" | "tel" if !link.image => {
            let same_scheme = link.target.trim_start().starts_with("//");
            Ok(Target::Outside(if same_scheme { format!("https:{}", link.target.trim_start()) } else { link.target.clone() }))
        }
        other => Err(Trouble::UnsafeMarkup(format!("a `{other}:` link"))),
    }
}

fn dead(target: &str, missing: &str, nearest: Option<String>) -> Trouble {
    Trouble::DeadLink { target: target.to_owned(), missing: missing.to_owned(), nearest }
}

fn heading(name: &Name, fragment: &str, reader: &mut Reader<'_>, written: &str) -> Result<Target, Trouble> {
    let wanted = percent_decoded(fragment);
    let known = reader.anchors(name);
    if known.contains(&wanted.as_str()) {
        return Ok(Target::Heading(name.clone(), wanted));
    }
    // Generators make anchors differently: "Other people's money" is `other-people-s-money` to one and `other-peoples-money` to another.
    let mut alike = known.iter().filter(|k| bare_anchor(k) == bare_anchor(&wanted));
    if let (Some(one), None, Kind::Page) = (alike.next(), alike.next(), name.kind) {
        return Ok(Target::Heading(name.clone(), (*one).to_owned()));
    }
    let nearest = suggest::nearest(&wanted, known).map(|n| format!("#{n}"));
    Err(dead(written, &format!("no heading there has the anchor `#{wanted}`"), nearest))
}

/// The paths under `content/` that a written path could mean, the likeliest first: as a path from the file's folder, then as an
/// address. A handbook written for a site with an address a page links from there: in `tools/slack.md`, whose address was
/// `/tools/slack/`, `records/` means `tools/slack/records.md`; and `/tools/` counts from wherever its top folder stands now.
fn candidates(path: &str, from: &str) -> Vec<String> {
    let folder = from.rsplit_once('/').map_or("", |(f, _)| f);
    let page = from.starts_with("pages/");
    match path.strip_prefix('/') {
        Some(rest) => {
            let above = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]).filter_map(|end| folder.get(..end));
            let tops = ["", "pages"].into_iter().chain(above.filter(|top| page && *top != "pages"));
            tops.filter_map(|top| join(top, rest)).collect()
        }
        None => {
            let address = from.rsplit_once('.').map(|(stem, _)| stem).filter(|_| page);
            std::iter::once(folder).chain(address).filter_map(|base| join(base, path)).collect()
        }
    }
}

/// An anchor without what generators disagree about: punctuation, and `&` written as "and". Letter case stays: it counts in a browser.
fn bare_anchor(anchor: &str) -> String {
    anchor.split(|c: char| !c.is_alphanumeric()).filter(|word| *word != "and").collect()
}

/// A path from a folder; nothing where it leaves the root.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The files that a path can mean, with or without its ending.
fn forms(path: &str) -> [String; 5] {
    let stem = path.strip_suffix(".html").unwrap_or(path);
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    [path.to_owned(), format!("{stem}.md"), join("README.md"), join("index.md"), join("_index.md")]
}

impl Places {
    /// What a path can end with.
    fn names(&self) -> Names {
        let named = |path: &String| (path.rsplit('/').next().unwrap_or(path).to_owned(), path.clone());
        let paths: BTreeMap<String, String> = self.records.keys().chain(&self.files).map(named).collect();
        Names { known: paths.keys().map(String::as_str).collect(), paths }
    }

    /// The record a path means, with or without its ending.
    fn record(&self, path: &str) -> Option<Name> {
        forms(path).iter().find_map(|f| self.records.get(f)).cloned()
    }

    /// Whether a path means a file that is not published.
    fn withholds(&self, path: &str) -> bool {
        !self.unsafe_files.is_empty() && forms(path).iter().any(|f| self.unsafe_files.contains(f))
    }
}

fn missing(link: &Link, decoded: &str, raw: &Raw, places: &Places) -> Trouble {
    let (written, image) = (link.target.as_str(), link.image);
    for candidate in candidates(decoded, &raw.inner_path) {
        let lower = candidate.to_lowercase();
        let other = [lower.clone(), format!("{lower}.md")].iter().find_map(|l| places.lower.get(l)).cloned();
        if let Some(other) = other {
            let name = other.rsplit('/').next().unwrap_or(&other).to_owned();
            return dead(written, &format!("the file is called `{name}`, and letter case counts on a web server"), Some(name));
        }
    }
    let wanted = decoded.rsplit('/').next().unwrap_or(decoded);
    let nearest = places.names.get_or_init(|| Arc::new(places.names())).nearest(wanted).map(|p| from_here(&raw.inner_path, p));
    if image {
        return Trouble::DeadPicture { target: written.to_owned(), nearest };
    }
    dead(written, "there is no such file", nearest)
}

/// A path under `content/` as one writes it in a file of another folder.
fn from_here(from: &str, to: &str) -> String {
    let folder: Vec<&str> = from.split('/').collect();
    let folder = folder.split_last().map_or(&[][..], |(_, f)| f);
    let target: Vec<&str> = to.split('/').collect();
    let shared = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.len() - shared);
    format!("{up}{}", target.get(shared..).unwrap_or_default().join("/"))
}

/// `%20` and the like, where they are UTF-8.
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let hex = (byte == b'%').then(|| text.get(i + 1..i + 3)).flatten().and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(decoded) => {
                out.push(decoded);
                i += 3;
            }
            None => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The files that a body links to, by path from the project's root.
pub fn linked_files(body: Option<&Body>) -> impl Iterator<Item = &String> {
    let targets = body.into_iter().flat_map(|b| b.links.values());
    targets.filter_map(|t| match t {
        Target::File(path) => Some(path),
        _ => None,
    })
}

/// Whether a place lies in a body.
pub fn holds(body: &Body, span: Span) -> bool {
    body.span.file == span.file && body.span.start <= span.start && span.end <= body.span.end
}
