//! Documents to raw records: every record has an id and a title before any field is read.

use super::document::{Document, Holds, kind_of};
use super::kind::{Kind, Name};
use super::link::{Former, Index, Unparsed};
use super::matrix;
use crate::diagnostic::{Files, Span, Spanned};
use crate::source::markdown::{Outline, slug};
use crate::source::problem::Inline;
use crate::source::{Data, Entry, Problem, Table, Trouble, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A record before its fields are read.
#[derive(Debug, Clone)]
pub struct Raw {
    /// `kind:id`.
    pub name: Name,
    /// What it is called.
    pub title: String,
    /// Where that stands.
    pub title_span: Span,
    /// Where it is pointed at.
    pub place: Span,
    /// Its fields.
    pub table: Table,
    /// Ids it has given up.
    pub was: Vec<Spanned<String>>,
    /// Its prose.
    pub body: Option<(Span, Outline)>,
    /// Tables of the prose that became activities, by first byte.
    pub matrices: Vec<u32>,
    /// The file it stands in, under `content/`.
    pub inner_path: String,
    /// Whether its file did not parse, so that what it lacks may be there.
    pub from_broken: bool,
    /// Whether its keys are ours; YAML front matter was written for another tool.
    pub typed_keys: bool,
    /// Whether another record already has its name.
    pub duplicate: bool,
}

/// All raw records by kind, the defaults of folders, and the index.
#[derive(Default)]
pub struct Gathered {
    /// In the order of files and places.
    pub raws: BTreeMap<Kind, Vec<Raw>>,
    /// `_defaults.toml` by folder under `content/`, with its file's place.
    pub defaults: BTreeMap<String, (Table, Span)>,
    /// Who is where.
    pub index: Index,
    /// The record of a Markdown file, by its path under `content/`.
    pub by_path: BTreeMap<String, Name>,
    /// Faults.
    pub problems: Vec<Problem>,
}

/// Gathers the records of all documents.
pub fn gather(documents: &[Arc<Document>], files: &Files) -> Gathered {
    let mut gathered = Gathered::default();
    for document in documents {
        gathered.document(document, files);
    }
    gathered.index(documents, files);
    gathered
}

impl Gathered {
    fn document(&mut self, document: &Document, files: &Files) {
        match &document.holds {
            Holds::Toml(table) => self.toml(document, table, files),
            Holds::Markdown(markdown) => {
                let inner = document.inner_path();
                match kind_of(inner) {
                    Some(kind) => self.markdown(kind, document, markdown),
                    None if inner.eq_ignore_ascii_case("readme.md") => {}
                    None => self.misplaced(document),
                }
            }
            _ => {}
        }
    }

    fn toml(&mut self, document: &Document, table: &Table, files: &Files) {
        let inner = document.inner_path();
        let name = inner.rsplit('/').next().unwrap_or(inner);
        if inner == "playbook.toml" {
            let place = table.entries.first().map_or(Span::top(document.file), |e| e.key.span);
            self.add(Kind::Playbook, table.clone(), place, document, None);
        } else if name == "_defaults.toml" {
            let folder = inner.rsplit_once('/').map_or("", |(f, _)| f);
            self.defaults.insert(folder.to_owned(), (table.clone(), Span::top(document.file)));
        } else {
            for entry in &table.entries {
                self.array(entry, document, files);
            }
        }
    }

    /// `[[role]]`: each element is a record.
    fn array(&mut self, entry: &Entry, document: &Document, files: &Files) {
        let word = entry.key.value.as_str();
        let Some(kind) = Kind::from_word(word).filter(|k| *k != Kind::Playbook) else {
            if !word.starts_with("x-") {
                let known = Kind::ALL.iter().filter(|k| **k != Kind::Playbook).map(|k| k.word()).collect();
                let trouble = Trouble::UnknownKey { key: word.to_owned(), of: "the top of a file".to_owned(), known };
                self.problems.push(Problem::new(entry.key.span, trouble));
            }
            return;
        };
        let elements: Vec<&Value> = match &entry.value.data {
            Data::List(list) => list.iter().collect(),
            _ => vec![&entry.value],
        };
        if !matches!(entry.value.data, Data::List(_)) {
            self.wrong(entry.key.span, word, &entry.value);
        }
        for element in elements {
            match &element.data {
                Data::Table(table) => {
                    let place = place_of(table).unwrap_or_else(|| header(element.span, files));
                    self.add(kind, table.clone(), place, document, None);
                }
                _ => self.wrong(element.span, word, element),
            }
        }
    }

    fn wrong(&mut self, span: Span, word: &str, value: &Value) {
        let trouble = Trouble::WrongType {
            key: word.to_owned(),
            found: value.describe(),
            expected: format!("a record that begins with `[[{word}]]`"),
            examples: vec![format!("[[{word}]]")],
        };
        self.problems.push(Problem::new(span, trouble));
    }

    fn misplaced(&mut self, document: &Document) {
        let inner = document.inner_path();
        let folder = inner.split_once('/').map_or("", |(f, _)| f);
        if !folder.starts_with("x-") {
            let trouble = Trouble::Misplaced { folder: folder.to_owned() };
            self.problems.push(Problem::new(Span::top(document.file), trouble));
        }
    }

    fn markdown(&mut self, kind: Kind, document: &Document, markdown: &crate::source::markdown::Markdown) {
        let place = place_of(&markdown.table).unwrap_or(Span::top(document.file));
        let body = Some((markdown.body, markdown.outline.clone()));
        let at = self.add(kind, markdown.table.clone(), place, document, body);
        if kind != Kind::Area {
            return;
        }
        let Some((area, title)) = at.and_then(|i| self.raws.get(&kind)?.get(i)).map(|r| (r.name.id.clone(), r.title_span)) else { return };
        let mut matrices = Vec::new();
        for table in &markdown.outline.tables {
            let Some((tables, problems)) = matrix::activities(table, &area, title) else { continue };
            matrices.push(table.start);
            self.problems.extend(problems);
            for (table, place) in tables {
                self.add(Kind::Activity, table, place, document, None);
            }
        }
        if let Some(raw) = at.and_then(|i| self.raws.get_mut(&kind)?.get_mut(i)) {
            raw.matrices = matrices;
        }
    }

    /// Adds a raw record; gives its place among its kind.
    fn add(&mut self, kind: Kind, table: Table, place: Span, document: &Document, body: Option<(Span, Outline)>) -> Option<usize> {
        let inner_path = document.inner_path().to_owned();
        let (title, title_span) = self.title(kind, &table, place, document, body.as_ref().map(|b| &b.1));
        let id = self.id(kind, &table, &title, document, body.is_some());
        let name = Name::new(kind, id);
        let was = former_ids(&table);
        if body.is_some() {
            self.by_path.insert(inner_path.clone(), name.clone());
        }
        let from_broken = document.is_unparsed();
        let typed_keys = !matches!(&document.holds, Holds::Markdown(m) if m.yaml);
        let raw = Raw {
            name,
            title,
            title_span,
            place,
            table,
            was,
            body,
            matrices: Vec::new(),
            inner_path,
            from_broken,
            typed_keys,
            duplicate: false,
        };
        let list = self.raws.entry(kind).or_default();
        list.push(raw);
        list.len().checked_sub(1)
    }

    /// The title, by the kind's own rule; a missing one is a problem.
    fn title(&mut self, kind: Kind, table: &Table, place: Span, document: &Document, outline: Option<&Outline>) -> (String, Span) {
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
            return (humanise(stem(&document.path)), place);
        }
        let stem = stem(&document.path);
        let spared = matches!(kind, Kind::Page | Kind::Lesson | Kind::Offering | Kind::Person | Kind::Playbook | Kind::Expect);
        if !spared && !document.is_unparsed() {
            self.missing_title(kind, table, place, key);
        }
        let id = table.get("id").and_then(Value::as_text).map(humanise);
        (id.unwrap_or_else(|| humanise(stem)), place)
    }

    fn missing_title(&mut self, kind: Kind, table: &Table, place: Span, key: &'static str) {
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
    fn id(&mut self, kind: Kind, table: &Table, title: &str, document: &Document, has_body: bool) -> String {
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
            return path_id(kind, document.inner_path());
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

    /// Ids get their places; a second record with an id is a problem and is not indexed.
    fn index(&mut self, documents: &[Arc<Document>], files: &Files) {
        let mut problems = Vec::new();
        for (kind, list) in &mut self.raws {
            let mut first: BTreeMap<String, Span> = BTreeMap::new();
            let mut at = 0;
            for raw in list.iter_mut() {
                if let Some(span) = first.get(&raw.name.id).copied() {
                    if *kind == Kind::Page {
                        problems.push(second_page(raw, span, &first));
                    } else {
                        raw.duplicate = true;
                        let trouble = Trouble::DuplicateId { name: raw.name.to_string(), first: span };
                        problems.push(Problem { span: raw.place, record: raw.name.to_string(), trouble });
                        continue;
                    }
                }
                first.insert(raw.name.id.clone(), raw.place);
                self.by_path.entry(raw.inner_path.clone()).and_modify(|n| {
                    if n.kind == *kind {
                        *n = raw.name.clone();
                    }
                });
                self.index.add(&raw.name, at, &raw.title);
                at += 1;
            }
        }
        for raw in self.raws.values().flatten().filter(|r| !r.duplicate) {
            for old in &raw.was {
                let words = match self.index.add_former(&raw.name, &old.value, old.span) {
                    Former::Taken => continue,
                    Former::InUse => format!("`{}` is in use, so it cannot be a former id", old.value),
                    Former::Claimed => format!("another {} says that `{}` was its id", raw.name.kind.word(), old.value),
                };
                let record = raw.name.to_string();
                problems.push(Problem { span: old.span, record, trouble: Trouble::MatchedNothing(words) });
            }
        }
        self.problems.extend(problems);
        let typed = |d: &&Arc<Document>| !d.is_page();
        let unparsed = documents.iter().filter(typed).filter(|d| d.is_unparsed());
        self.index.unparsed = unparsed
            .map(|d| format!("{}\n{}", d.inner_path(), files.text(d.file)))
            .map(|text| Unparsed { slug: slug(&text), text })
            .collect();
        self.index.unread = documents.iter().filter(typed).any(|d| {
            let is_text = d.path.ends_with(".toml") || d.path.ends_with(".md");
            is_text && d.problems.iter().any(|p| matches!(p.trouble, Trouble::Unreadable(_)))
        });
        let lone = self.lone_lessons();
        self.problems.extend(lone);
    }
}

impl Gathered {
    /// Lessons whose folder is no module.
    fn lone_lessons(&self) -> Vec<Problem> {
        let lessons = self.raws.get(&Kind::Lesson).map(Vec::as_slice).unwrap_or_default();
        let modules: Vec<&str> = self.raws.get(&Kind::Module).into_iter().flatten().map(|m| m.name.id.as_str()).collect();
        let module = |l: &Raw| l.name.id.split('/').next().unwrap_or("").to_owned();
        let lone = lessons.iter().filter(|l| !modules.contains(&module(l).as_str()) && !self.index.mentions_unread(&module(l)));
        lone.map(|l| {
            let nearest = crate::diagnostic::suggest::nearest(&module(l), modules.iter().copied()).map(str::to_owned);
            let trouble = Trouble::Orphan { wanted: "module", id: module(l), nearest };
            Problem { span: l.place, record: l.name.to_string(), trouble }
        })
        .collect()
    }
}

/// The second of two pages with one address gets a number.
fn second_page(raw: &mut Raw, other: Span, taken: &BTreeMap<String, Span>) -> Problem {
    let wanted = raw.name.id.clone();
    let mut number = 2;
    while taken.contains_key(&format!("{wanted}-{number}")) {
        number += 1;
    }
    raw.name.id = format!("{wanted}-{number}");
    let trouble = Trouble::CollidingAddress { address: format!("/pages/{wanted}/"), other, instead: format!("/pages/{}/", raw.name.id) };
    Problem { span: raw.place, record: raw.name.to_string(), trouble }
}

/// A record is pointed at by its id, else its title, else its first key.
fn place_of(table: &Table) -> Option<Span> {
    let value = |key: &str| table.get(key).filter(|v| !v.is_absent()).map(|v| v.span);
    value("id").or_else(|| value("title")).or_else(|| value("name")).or_else(|| table.entries.first().map(|e| e.key.span))
}

/// The header's line, where a record has no key.
fn header(span: Span, files: &Files) -> Span {
    let text = files.slice(span);
    let line = text.find('\n').unwrap_or(text.len());
    span.part(0, line)
}

fn former_ids(table: &Table) -> Vec<Spanned<String>> {
    match table.get("was").map(|v| &v.data) {
        Some(Data::List(list)) => list.iter().filter_map(|v| v.as_text().map(|t| Spanned::new(t.trim().to_owned(), v.span))).collect(),
        _ => Vec::new(),
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

fn is_index(stem: &str) -> bool {
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
fn humanise(text: &str) -> String {
    let words = text.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "Untitled".to_owned(),
    }
}
