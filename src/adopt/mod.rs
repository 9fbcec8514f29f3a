//! An old handbook moves in: what becomes of its files, worked out before anything is written.
//!
//! Pages are copied with their bodies byte for byte; only front matter is put into our words. Tables that say who does what, and glossaries,
//! are read as well and become records; the tables themselves stay in their pages. What cannot be read for certain is left alone and named
//! in the report, with its place: a person can decide it, a program would guess.

mod front;
mod raci;
mod records;
mod report;
mod terms;

use crate::diagnostic::FileId;
use crate::model::prose::{join, percent_decoded};
use crate::source::foreign;
use crate::source::markdown::{self, Accept, Markdown, MarkdownTable};
use crate::source::tree::{self, Content};
use std::collections::{BTreeMap, BTreeSet};

pub use records::Known;
pub use report::counted;

/// A file of the handbook.
#[derive(Debug, Clone)]
pub struct Found {
    /// Under the handbook's folder, with `/`.
    pub path: String,
    /// What is in it, where that is read at all: Markdown and CSV.
    pub bytes: Option<Vec<u8>>,
    /// Why it cannot be taken, if it cannot.
    pub refused: Option<String>,
}

/// Something to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What this file of the handbook holds.
    Copy(String),
}

/// A table or list that was met, and what became of it.
#[derive(Debug, Clone)]
pub struct Table {
    /// `path:line` in the handbook.
    pub place: String,
    /// "who does what", "glossary".
    pub what: &'static str,
    /// How many rows became records.
    pub taken: usize,
    /// Rows that did not, as `place: why`.
    pub left: Vec<String>,
}

/// What is to be done, and what is to be said of it.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What is written, by its path in the project.
    pub writes: BTreeMap<String, Write>,
    /// How many of them are pages.
    pub pages: usize,
    /// Tables.
    pub tables: Vec<Table>,
    /// Roles that had to be made up.
    pub new_roles: Vec<String>,
    /// What a person should look at: `path: why`.
    pub notes: Vec<String>,
    /// Files that stay where they are, and why.
    pub left: Vec<String>,
}

/// Works out what becomes of a handbook's files in a project that knows what it knows.
pub fn plan(files: &[Found], known: Known) -> Plan {
    let mut plan = Plan::default();
    let mut records = records::Records::new(known);
    let paths: BTreeSet<&str> = files.iter().map(|f| f.path.as_str()).collect();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for file in files {
        match (&file.refused, &file.bytes) {
            (Some(reason), _) => plan.left.push(format!("`{}`: {reason}", file.path)),
            (None, Some(bytes)) if is_page(&file.path) => wanted.extend(page(file, bytes, &mut plan, &mut records)),
            (None, Some(bytes)) => sheet(file, bytes, &mut plan, &mut records),
            (None, None) => {}
        }
    }
    wanted.retain(|path| paths.contains(path.as_str()) && !is_page(path));
    for path in &wanted {
        plan.writes.insert(format!("content/pages/{path}"), Write::Copy(path.clone()));
    }
    twins(&paths, &mut plan);
    leftovers(files, &wanted, &mut plan);
    records.write(&mut plan);
    plan
}

/// Whether a path is a page's.
pub fn is_page(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    matches!(ending.as_str(), "md" | "markdown")
}

/// One page: copied, its front matter in our words, its tables read. Gives the files it links to.
fn page(file: &Found, bytes: &[u8], plan: &mut Plan, records: &mut records::Records) -> BTreeSet<String> {
    plan.pages += 1;
    let target = format!("content/pages/{}", file.path);
    let (text, broken) = match tree::clean(bytes.to_vec()) {
        Content::Text { text, broken_at } => (text, broken_at.is_some()),
        Content::Other(_) | Content::Refused(_) => ("".into(), true),
    };
    if broken {
        plan.notes.push(format!("`{}` holds bytes that are not UTF-8: it is copied as it is; save it as UTF-8", file.path));
        plan.writes.insert(target, Write::Bytes(bytes.to_vec()));
        return BTreeSet::new();
    }
    let markdown = markdown::parse(FileId(0), &text, Accept::Yaml);
    let written = match front::ours(&markdown, &text) {
        front::Front::None => bytes.to_vec(),
        front::Front::Broken => {
            plan.notes.push(format!("`{}`: its front matter cannot be read, so it is copied as it is", file.path));
            bytes.to_vec()
        }
        front::Front::Ours { toml, kept_as } => {
            if !kept_as.is_empty() {
                records.kept(&kept_as);
            }
            [toml.into_bytes(), body_bytes(bytes, &text, markdown.body.start as usize)].concat()
        }
    };
    plan.writes.insert(target, Write::Bytes(written));
    tables(file, &text, &markdown, plan, records);
    linked(&file.path, &markdown)
}

/// The bytes of a body as they stand in the file: lines are counted, for line ends and marks may differ from those in the text.
fn body_bytes(bytes: &[u8], text: &str, start: usize) -> Vec<u8> {
    let lines = text.get(..start).unwrap_or("").matches('\n').count();
    let ends = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
    let from = if lines == 0 { 0 } else { ends.take(lines).last().unwrap_or(0) };
    let reached = bytes.get(..from).map_or(0, |head| head.iter().filter(|b| **b == b'\n').count());
    bytes.get(if reached < lines { bytes.len() } else { from }..).unwrap_or_default().to_vec()
}

/// Reads the tables and definition lists of a page.
fn tables(file: &Found, text: &str, markdown: &Markdown, plan: &mut Plan, records: &mut records::Records) {
    let base = text;
    let title = records::title_of(file, markdown);
    for table in &markdown.outline.tables {
        let heading = markdown.outline.headings.iter().rev().find(|h| h.span.start < table.start).map(|h| h.text.as_str());
        let place = |at: u32| format!("{}:{}", file.path, line(base, at as usize));
        let grid = grid(table);
        if let Some(matrix) = raci::read(&grid) {
            plan.tables.push(records.matrix(&matrix, &place(table.start), &|row| grid.place(row, &place), heading, &title));
        } else if let Some(words) = terms::read(&grid) {
            plan.tables.push(records.terms(&words, &place(table.start), &|row| grid.place(row, &place)));
        }
    }
    let lists = terms::lists(text, markdown);
    if !lists.is_empty() {
        let first = lists.first().map_or(0, |w| w.at);
        let words: Vec<terms::Word> = lists;
        let place = |at: usize| format!("{}:{}", file.path, line(base, at));
        plan.tables.push(records.terms(&words, &place(first), &|row| words.get(row).map_or_else(String::new, |w| place(w.at))));
    }
    for markup in &markdown.outline.markup {
        let html = text.get(markup.span.start as usize..markup.span.end as usize).unwrap_or("").to_lowercase();
        if html.contains("<t") && html.contains("accountable") && html.contains("responsible") {
            let place = format!("{}:{}", file.path, line(base, markup.span.start as usize));
            let left = vec![format!("{place}: the table is written in HTML; write it in Markdown, then adopt it again")];
            plan.tables.push(Table { place, what: raci::WHAT, taken: 0, left });
        }
    }
}

/// A spreadsheet: only a table of who does what, or a glossary, is read of it.
fn sheet(file: &Found, bytes: &[u8], plan: &mut Plan, records: &mut records::Records) {
    let Content::Text { text, broken_at: None } = tree::clean(bytes.to_vec()) else { return };
    let (head, rows, _) = crate::source::csv::parse(FileId(0), &text);
    let cells = |cells: &[crate::source::csv::Cell]| cells.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
    let at = |cells: &[crate::source::csv::Cell]| cells.first().map_or(0, |c| c.span.start);
    let grid = Grid {
        head: cells(&head),
        rows: rows.iter().map(|r| cells(&r.cells)).collect(),
        places: rows.iter().map(|r| at(&r.cells)).collect(),
    };
    let place = |at: u32| format!("{}:{}", file.path, line(&text, at as usize));
    let title = records::stem_title(&file.path);
    if let Some(matrix) = raci::read(&grid) {
        plan.tables.push(records.matrix(&matrix, &place(0), &|row| grid.place(row, &place), None, &title));
    } else if let Some(words) = terms::read(&grid) {
        plan.tables.push(records.terms(&words, &place(0), &|row| grid.place(row, &place)));
    }
}

/// A table as plain texts.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The header.
    pub head: Vec<String>,
    /// The rows, as long as they are written.
    pub rows: Vec<Vec<String>>,
    /// Where each row stands.
    pub places: Vec<u32>,
}

impl Grid {
    fn place(&self, row: usize, place: &dyn Fn(u32) -> String) -> String {
        self.places.get(row).map_or_else(String::new, |at| place(*at))
    }
}

fn grid(table: &MarkdownTable) -> Grid {
    let cells = |cells: &[markdown::Cell]| cells.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
    let at = |cells: &[markdown::Cell]| cells.first().map_or(table.start, |c| c.span.start);
    Grid {
        head: cells(&table.head),
        rows: table.rows.iter().map(|r| cells(r)).collect(),
        places: table.rows.iter().map(|r| at(r)).collect(),
    }
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes().get(..at).map_or(1, |head| head.iter().filter(|b| **b == b'\n').count() + 1)
}

/// The files that a page links to, by path under the handbook's folder, whether they are there or not.
fn linked(path: &str, markdown: &Markdown) -> BTreeSet<String> {
    let folder = path.rsplit_once('/').map_or("", |(f, _)| f);
    let mut all = BTreeSet::new();
    for link in &markdown.outline.links {
        let Some(target) = foreign::target(&link.target) else { continue };
        let target = target.split(['#', '?']).next().unwrap_or("");
        if target.is_empty() || target.contains("://") {
            continue;
        }
        let target = percent_decoded(target);
        let folders = if target.starts_with('/') { vec![""] } else { vec![folder, ""] };
        all.extend(folders.into_iter().filter_map(|folder| join(folder, &target)));
    }
    all
}

/// Files whose paths differ by letter case only: one of them is lost on many a machine.
fn twins(paths: &BTreeSet<&str>, plan: &mut Plan) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            plan.notes.push(format!(
                "`{path}` and `{other}` differ by letter case only: on Windows and macOS one takes the place of the other; rename one"
            ));
        }
    }
}

/// What stays where it is.
fn leftovers(files: &[Found], wanted: &BTreeSet<String>, plan: &mut Plan) {
    let mut endings: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let others = files.iter().filter(|f| f.refused.is_none() && !is_page(&f.path) && !wanted.contains(&f.path));
    for file in others {
        let name = file.path.rsplit('/').next().unwrap_or("");
        let ending = name.rsplit_once('.').map_or(name, |(_, e)| e).to_ascii_lowercase();
        endings.entry(ending).or_insert((0, &file.path)).0 += 1;
    }
    for (ending, (count, first)) in endings {
        let what = if count == 1 { format!("`{first}`") } else { format!("{count} files `{ending}`, the first of them `{first}`") };
        plan.left.push(format!("{what}: no page links to it"));
    }
}
