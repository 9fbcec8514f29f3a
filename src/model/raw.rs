//! One file's records before any field is read: each has an id, a title and a place.
//!
//! What stands here follows from the file alone, so it is worth remembering as long as the file is the same.

use super::document::{Document, kind_of};
use super::kind::{Kind, Name};
use super::link::fold;
use super::matrix;
use crate::diagnostic::{Span, Spanned, suggest};
use crate::source::markdown::{Markdown, Outline, slug};
use crate::source::problem::Inline;
use crate::source::{Data, Entry, Problem, Table, Trouble, Value};
use std::sync::Arc;

/// A record before its fields are read.
#[derive(Debug, Clone)]
pub struct Raw {
    /// `kind:id`, as its own file says it; of two pages with one address the second is called otherwise when all are gathered.
    pub name: Name,
    /// What it is called.
    pub title: String,
    /// The same as references are compared with it.
    pub title_fold: String,
    /// Where that stands.
    pub title_span: Span,
    /// Where it is pointed at.
    pub place: Span,
    /// Its fields.
    pub table: Table,
    /// Ids it has given up.
    pub was: Vec<Spanned<String>>,
    /// Its prose.
    pub body: Option<(Span, Arc<Outline>)>,
    /// Tables of the prose that became activities, by first byte.
    pub matrices: Vec<u32>,
    /// The file it stands in, under `content/`.
    pub inner_path: String,
    /// Whether its file did not parse, so that what it lacks may be there.
    pub from_broken: bool,
    /// Whether its keys are ours; YAML front matter was written for another tool.
    pub typed_keys: bool,
}

/// A file, parsed, before its records are told apart.
pub enum Parsed {
    /// Tables of records, or one table that is the playbook's or a folder's.
    Toml(Table),
    /// One record with a body.
    Markdown(Box<Markdown>),
}

/// Tells the records of a file apart and puts them into its document; `text` is the file's.
pub fn glean(document: &mut Document, parsed: Parsed, text: &str) {
    let mut gleaner = Gleaner { document, text, records: Vec::new(), problems: Vec::new() };
    match parsed {
        Parsed::Toml(table) => gleaner.toml(table),
        Parsed::Markdown(markdown) => gleaner.prose(*markdown),
    }
    let Gleaner { records, problems, .. } = gleaner;
    document.records = records.into_iter().map(Arc::new).collect();
    document.problems.extend(problems);
}

/// Whose the keys of a record are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Ours: one that nothing reads is a fault.
    Typed,
    /// Another tool's, as in YAML front matter.
    Foreign,
}

struct Gleaner<'a> {
    document: &'a mut Document,
    text: &'a str,
    records: Vec<Raw>,
    problems: Vec<Problem>,
}

impl Gleaner<'_> {
    fn toml(&mut self, table: Table) {
        let inner = self.document.inner_path();
        let name = inner.rsplit('/').next().unwrap_or(inner);
        let top = Span::top(self.document.file);
        if inner == "playbook.toml" {
            let place = table.entries.first().map_or(top, |e| e.key.span);
            self.add(Kind::Playbook, table, place, None, Keys::Typed);
        } else if name == "_defaults.toml" {
            self.document.defaults = Some(table);
        } else {
            for entry in table.entries {
                self.array(entry);
            }
        }
    }

    /// `[[role]]`: each element is a record.
    fn array(&mut self, entry: Entry) {
        let word = entry.key.value.as_str();
        let Some(kind) = Kind::from_word(word).filter(|k| *k != Kind::Playbook) else {
            if !word.starts_with("x-") {
                let known = Kind::ALL.iter().filter(|k| **k != Kind::Playbook).map(|k| k.word()).collect();
                let trouble = Trouble::UnknownKey { key: word.to_owned(), of: "the top of a file".to_owned(), known };
                self.problems.push(Problem::new(entry.key.span, trouble));
                let is_table = |value: &Value| matches!(value.data, Data::Table(_));
                self.document.strays |= match &entry.value.data {
                    Data::List(list) => list.iter().any(is_table),
                    _ => is_table(&entry.value),
                };
            }
            return;
        };
        if !matches!(entry.value.data, Data::List(_)) {
            self.wrong(entry.key.span, word, &entry.value);
        }
        let elements: Vec<Value> = match entry.value.data {
            Data::List(list) => list,
            _ => vec![entry.value],
        };
        for element in elements {
            match element.data {
                Data::Table(table) => {
                    let place = place_of(&table).unwrap_or_else(|| header(element.span, self.text));
                    self.add(kind, table, place, None, Keys::Typed);
                }
                _ => self.wrong(element.span, word, &element),
            }
        }
    }

    fn wrong(&mut self, span: Span, word: &str, value: &Value) {
        let trouble = Trouble::WrongType {
            key: word.to_owned(),
            found: if matches!(value.data, Data::Table(_)) { "a single entry".to_owned() } else { value.describe() },
            expected: format!("a record that begins with `[[{word}]]`"),
            examples: vec![format!("[[{word}]]")],
        };
        self.problems.push(Problem::new(span, trouble));
    }

    /// A Markdown file: its kind is its folder's.
    fn prose(&mut self, markdown: Markdown) {
        let inner = self.document.inner_path();
        match kind_of(inner) {
            Some(kind) => self.markdown(kind, markdown),
            None if inner.eq_ignore_ascii_case("readme.md") => {}
            None => self.misplaced(),
        }
    }

    fn misplaced(&mut self) {
        let inner = self.document.inner_path();
        let folder = inner.split_once('/').map_or("", |(f, _)| f);
        if !folder.starts_with("x-") {
            let trouble = Trouble::Misplaced { folder: folder.to_owned() };
            self.problems.push(Problem::new(Span::top(self.document.file), trouble));
        }
    }

    fn markdown(&mut self, kind: Kind, markdown: Markdown) {
        let place = place_of(&markdown.table).unwrap_or(Span::top(self.document.file));
        let outline = Arc::new(markdown.outline);
        let keys = if markdown.yaml { Keys::Foreign } else { Keys::Typed };
        self.add(kind, markdown.table, place, Some((markdown.body, outline.clone())), keys);
        if kind != Kind::Area {
            return;
        }
        let Some((area, title)) = self.records.last().map(|r| (r.name.id.clone(), r.title_span)) else { return };
        let at = self.records.len() - 1;
        let mut matrices = Vec::new();
        for table in &outline.tables {
            let Some((tables, problems)) = matrix::activities(table, &area, title) else { continue };
            matrices.push(table.start);
            self.problems.extend(problems);
            for (table, place) in tables {
                self.add(Kind::Activity, table, place, None, Keys::Typed);
            }
        }
        if let Some(raw) = self.records.get_mut(at) {
            raw.matrices = matrices;
        }
    }

    fn add(&mut self, kind: Kind, table: Table, place: Span, body: Option<(Span, Arc<Outline>)>, keys: Keys) {
        let (title, title_span) = self.title(kind, &table, place, body.as_ref().map(|b| b.1.as_ref()));
        let id = self.id(kind, &table, &title, body.is_some());
        self.records.push(Raw {
            name: Name::new(kind, id),
            title_fold: fold(&title),
            title,
            title_span,
            place,
            was: former_ids(&table),
            table,
            body,
            matrices: Vec::new(),
            inner_path: self.document.inner_path().to_owned(),
            from_broken: self.document.is_unparsed(),
            typed_keys: keys == Keys::Typed,
        });
    }

    /// The title, by the kind's own rule; a missing one is a problem.
    fn title(&mut self, kind: Kind, table: &Table, place: Span, outline: Option<&Outline>) -> (String, Span) {
        let key = match kind {
            Kind::Playbook => "name",
            Kind::Expect => "query",
            _ => "title",
        };
        let written = |key: &str| {
            let value = table.get(key).filter(|v| !v.is_absent())?;
            value.as_text().filter(|t| t.trim() != "TODO").map(|t| (t.trim().to_owned(), value.span))
        };
        let spare = match kind {
            Kind::Offering | Kind::Person => written("name"),
            Kind::Page | Kind::Lesson => outline.and_then(|o| o.headings.first()).map(|h| (h.text.clone(), h.span)),
            _ => None,
        };
        if let Some((text, span)) = written(key).or(spare) {
            return (text, span);
        }
        if let Some(value) = table.get("title").filter(|v| !v.is_absent() && v.as_text().is_none()) {
            let trouble = Trouble::WrongType {
                key: "title".to_owned(),
                found: value.describe(),
                expected: "a text".to_owned(),
                examples: vec!["\"A few words\"".to_owned()],
            };
            self.problems.push(Problem::new(value.span, trouble));
            return (humanise(stem(&self.document.path)), place);
        }
        let stem = stem(&self.document.path).to_owned();
        let spared = matches!(kind, Kind::Page | Kind::Lesson | Kind::Offering | Kind::Person | Kind::Playbook | Kind::Expect);
        if !spared && !self.document.is_unparsed() {
            self.missing_title(kind, table, place, key);
        }
        let id = table.get("id").and_then(Value::as_text).map(humanise);
        (id.unwrap_or_else(|| humanise(&stem)), place)
    }

    fn missing_title(&mut self, kind: Kind, table: &Table, place: Span, key: &'static str) {
        // Under a key with a slip in it there is a title, and that is told.
        if table.entries.iter().any(|e| e.key.value != key && suggest::nearest(&e.key.value, [key]).is_some()) {
            return;
        }
        let (span, trouble) = match table.get(key) {
            Some(value) if value.as_text().is_some_and(|t| t.trim() == "TODO") => (value.span, Trouble::Undecided { key: key.to_owned() }),
            _ => {
                let trouble = Trouble::MissingField {
                    key,
                    of: kind.word().to_owned(),
                    doc: "what readers call it",
                    example: "\"A few words\"".to_owned(),
                    inline: Inline::No,
                };
                (place, trouble)
            }
        };
        self.problems.push(Problem { span, record: String::new(), trouble });
    }

    /// The id as written, or made from the file's name, the ends of a hand-over, or the title.
    fn id(&mut self, kind: Kind, table: &Table, title: &str, has_body: bool) -> String {
        if matches!(kind, Kind::Playbook | Kind::Charter) && table.get("id").is_none() {
            return kind.word().to_owned();
        }
        if let Some(value) = table.get("id").filter(|v| !v.is_absent()) {
            match value.as_text().map(str::trim) {
                Some(id) if is_id(id, kind) => return id.to_owned(),
                _ => self.bad_id(value),
            }
            if let Some(text) = value.as_text() {
                return slug(text);
            }
        }
        if has_body {
            return path_id(kind, self.document.inner_path());
        }
        let text = |key: &str| table.get(key).and_then(Value::as_text).map(slug).filter(|t| !t.is_empty());
        match (kind, text("from"), text("to")) {
            (Kind::Handoff, Some(from), Some(to)) => format!("{from}-{to}"),
            _ => short(slug(title)),
        }
    }

    fn bad_id(&mut self, value: &Value) {
        let trouble = Trouble::WrongType {
            key: "id".to_owned(),
            found: value.describe(),
            expected: "an id: lower-case letters and digits, parted by single hyphens, 64 at most".to_owned(),
            examples: vec![format!("\"{}\"", short(slug(value.as_text().unwrap_or("some-id")))), "\"demand-lead\"".to_owned()],
        };
        self.problems.push(Problem::new(value.span, trouble));
    }
}

/// Whether a text is an id of a kind; pages and lessons may have `/` and be longer.
pub fn is_id(text: &str, kind: Kind) -> bool {
    let part =
        |p: &str| !p.is_empty() && p.split('-').all(|w| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    match kind {
        Kind::Page | Kind::Lesson => text.split('/').all(part),
        _ => text.len() <= 64 && part(text),
    }
}

/// A record is pointed at by its id, else its title, else its first key.
fn place_of(table: &Table) -> Option<Span> {
    let value = |key: &str| table.get(key).filter(|v| !v.is_absent()).map(|v| v.span);
    value("id").or_else(|| value("title")).or_else(|| value("name")).or_else(|| table.entries.first().map(|e| e.key.span))
}

/// The header's line, where a record has no key.
fn header(span: Span, text: &str) -> Span {
    let text = text.get(span.range()).unwrap_or("");
    let line = text.find('\n').unwrap_or(text.len());
    span.part(0, line)
}

fn former_ids(table: &Table) -> Vec<Spanned<String>> {
    match table.get("was").map(|v| &v.data) {
        Some(Data::List(list)) => list.iter().filter_map(|v| v.as_text().map(|t| Spanned::new(t.trim().to_owned(), v.span))).collect(),
        _ => Vec::new(),
    }
}

fn short(id: String) -> String {
    if id.is_empty() {
        return "untitled".to_owned();
    }
    let cut: String = id.chars().take(64).collect();
    cut.trim_end_matches('-').to_owned()
}

/// The id that a Markdown file's path gives.
fn path_id(kind: Kind, inner_path: &str) -> String {
    let rest = inner_path.split_once('/').map_or(inner_path, |(_, rest)| rest);
    let rest = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem);
    let mut parts: Vec<&str> = rest.split('/').collect();
    match kind {
        Kind::Page => {
            if parts.len() > 1 && parts.last().is_some_and(|l| is_index(l)) {
                parts.pop();
            }
        }
        Kind::Lesson => {
            if let Some(last) = parts.last_mut() {
                *last = without_number(last);
            }
        }
        _ => return short(slug(without_number(parts.last().copied().unwrap_or(rest)))),
    }
    let slugs = parts.iter().map(|p| short(slug(p)));
    slugs.collect::<Vec<_>>().join("/")
}

/// Whether a file of this name is its folder's own page.
pub fn is_index(stem: &str) -> bool {
    matches!(stem.to_ascii_lowercase().as_str(), "readme" | "index" | "_index")
}

/// `01-names` is `names`; `2026-03-02-team-table` stays.
fn without_number(stem: &str) -> &str {
    match stem.split_once('-') {
        Some((number, rest)) if !rest.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit()) => rest,
        _ => stem,
    }
}

/// A file's name without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(s, _)| s);
    match path.rsplit('/').nth(1) {
        Some(folder) if is_index(stem) && folder != "pages" => folder,
        _ => without_number(stem),
    }
}

/// `price-talk` as a title: "Price talk".
pub fn humanise(text: &str) -> String {
    let words = text.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "Untitled".to_owned(),
    }
}
