//! Files as they would be if what is left out had never been written in them: another text, read anew.
//!
//! Nothing behind this knows that there was more: no comment, no line number, no word count of what is hidden is left to leak.

use super::hidden::Hidden;
use super::prune::{self, Kept};
use crate::diagnostic::{FileId, Span};
use crate::model::assemble::Defaults;
use crate::model::document::{self, Cut, Document};
use crate::model::field::{Field, Inline, Shape, describe};
use crate::model::kind::{Kind, Name};
use crate::model::kinds::responsibility::Activity;
use crate::model::kinds::training::Question;
use crate::model::link::fold;
use crate::model::playbook::fields_of;
use crate::model::raw::Raw;
use crate::model::types::RecordKind;
use crate::model::{block, matrix, summary};
use crate::source::markdown::{Cell, MarkdownTable, Outline};
use crate::source::print::{Form, lines};
use crate::source::tree::{Content, TreeEntry};
use crate::source::{Data, Table, Value, toml};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

static FIELDS: LazyLock<BTreeMap<Kind, Vec<Field>>> = LazyLock::new(|| Kind::ALL.into_iter().map(|kind| (kind, fields_of(kind))).collect());

static DEFAULTS: LazyLock<Vec<Field>> = LazyLock::new(|| describe(Defaults::declare));

static ROW: LazyLock<Vec<Field>> = LazyLock::new(|| describe(<Activity as RecordKind>::declare));

static BLOCKS: LazyLock<BTreeMap<&'static str, Vec<Field>>> = LazyLock::new(|| {
    BTreeMap::from([
        ("quiz", describe(Question::declare)),
        ("scenario", describe(block::Scenario::declare)),
        ("video", describe(block::Video::declare)),
        ("raci", describe(block::Raci::declare)),
        ("goal", describe(block::GoalBlock::declare)),
        ("compare", describe(block::Compare::declare)),
    ])
});

fn fields(kind: Kind) -> &'static [Field] {
    FIELDS.get(&kind).map(Vec::as_slice).unwrap_or_default()
}

/// A file with less in it.
#[derive(Debug, Clone)]
pub struct Cutout {
    /// As it is seen.
    pub document: Arc<Document>,
    /// Its text; nothing where none of it is seen.
    pub text: Option<Arc<str>>,
    /// Records of which something was taken.
    pub gaps: Vec<Name>,
}

/// A file of which nothing is seen: links to it lead nowhere, and nobody is told of it.
pub fn nothing_of(document: &Document) -> Cutout {
    Cutout { document: Arc::new(Document::withheld(&document.path)), text: None, gaps: Vec::new() }
}

/// A file without the records that are not seen, and without references to any that are not; nothing where that is all of it.
pub fn seen_of(document: &Document, text: &str, is_seen: &dyn Fn(usize) -> bool, hidden: &Hidden) -> Option<Cutout> {
    let seen: Vec<&Raw> = document.records.iter().enumerate().filter(|(at, _)| is_seen(*at)).map(|(_, raw)| raw.as_ref()).collect();
    let shared = seen.len() < document.records.len();
    if shared && seen.is_empty() {
        return Some(nothing_of(document));
    }
    let is_markdown = document.records.first().is_some_and(|raw| raw.body.is_some());
    let page = Page { document, text, seen: &seen, hidden };
    let (text, gaps) = if is_markdown { page.markdown()? } else { page.toml(shared)? };
    let text: Arc<str> = text.into();
    let entry = TreeEntry { path: document.path.clone(), content: Content::Text { text: text.clone(), broken_at: None } };
    let mut again = document::parse(&entry, document.file);
    again.cut = if shared { Cut::Shared } else { Cut::Reworded };
    let mut wanted: Vec<&Name> = seen.iter().map(|raw| &raw.name).collect();
    let mut found: Vec<&Name> = again.records.iter().map(|raw| &raw.name).collect();
    wanted.sort();
    found.sort();
    if wanted != found {
        // What cannot be parted cleanly is kept back as a whole.
        return Some(nothing_of(document));
    }
    Some(Cutout { document: Arc::new(again), text: Some(text), gaps })
}

struct Page<'a> {
    document: &'a Document,
    text: &'a str,
    seen: &'a [&'a Raw],
    hidden: &'a Hidden,
}

/// A range of a text, and what takes its place.
type Edit = (Range<usize>, String);

impl Page<'_> {
    /// Records of a TOML file, kind by kind, without comments; nothing where all of it is seen.
    fn toml(&self, shared: bool) -> Option<(String, Vec<Name>)> {
        if let Some(table) = &self.document.defaults {
            return prune::record(table, &DEFAULTS, self.hidden).map(|table| (lines(&table, Form::Toml), Vec::new()));
        }
        let pruned: Vec<Option<Table>> =
            self.seen.iter().map(|raw| prune::record(&raw.table, fields(raw.name.kind), self.hidden)).collect();
        if !shared && pruned.iter().all(Option::is_none) {
            return None;
        }
        let gaps = self.seen.iter().zip(&pruned).filter(|(_, p)| p.is_some()).map(|(raw, _)| raw.name.clone()).collect();
        let mut order: Vec<(&Raw, &Table)> =
            self.seen.iter().zip(&pruned).map(|(raw, p)| (*raw, p.as_ref().unwrap_or(&raw.table))).collect();
        order.sort_by_key(|(raw, _)| raw.name.kind);
        let record = |(raw, table): &(&Raw, &Table)| match raw.name.kind {
            Kind::Playbook => lines(table, Form::Toml),
            kind => format!("[[{}]]\n{}\n", kind.word(), lines(table, Form::Toml)),
        };
        Some((order.iter().map(record).collect(), gaps))
    }

    /// A record with a body; nothing where all of it is seen.
    fn markdown(&self) -> Option<(String, Vec<Name>)> {
        let raw = self.seen.first()?;
        let (body, outline) = raw.body.as_ref()?;
        let mut edits: Vec<Edit> = Vec::new();
        if let Some(table) = prune::record(&raw.table, fields(raw.name.kind), self.hidden) {
            let (fence, form) = if self.text.starts_with("---") { ("---", Form::Yaml) } else { ("+++", Form::Toml) };
            edits.push((0..body.start as usize, format!("{fence}\n{}{fence}\n", lines(&table, form))));
        }
        self.references(outline, &mut edits);
        self.blocks(outline, &mut edits);
        let mut gaps: Vec<Name> = if edits.is_empty() { Vec::new() } else { vec![raw.name.clone()] };
        for table in outline.tables.iter().filter(|t| raw.matrices.contains(&t.start)) {
            self.matrix(table, &mut edits);
        }
        let rows = self.seen.iter().skip(1).filter(|row| prune::record(&row.table, fields(row.name.kind), self.hidden).is_some());
        gaps.extend(rows.map(|row| row.name.clone()));
        if summary::is_summary(&raw.inner_path) {
            self.contents(raw, outline, &mut edits);
        }
        (!edits.is_empty()).then(|| (edited(self.text, edits), gaps))
    }

    /// `[[kind:id|label]]` in prose.
    fn references(&self, outline: &Outline, edits: &mut Vec<Edit>) {
        for reference in &outline.references {
            let at = reference.start as usize;
            let inner = self.text.get(at..).and_then(|t| t.strip_prefix("[[")).and_then(|t| t.find("]]").and_then(|end| t.get(..end)));
            let Some(inner) = inner else { continue };
            let label = inner.split_once('|').map(|(_, label)| label);
            if let Some(words) = self.hidden.stand_in(&reference.target, label) {
                edits.push((at..at + inner.len() + 4, words));
            }
        }
    }

    /// Typed blocks: one that is about what is left out goes as a whole.
    fn blocks(&self, outline: &Outline, edits: &mut Vec<Edit>) {
        for block in &outline.blocks {
            let Some(fields) = BLOCKS.get(block.language.as_str()) else { continue };
            let (table, _) = toml::parse(FileId(u32::MAX), 0, &block.text);
            let whole = outline.code.iter().find(|code| code.start == block.start).map_or(block.span, |code| *code);
            match prune::entry(&table, fields, self.hidden) {
                Kept::Whole => {}
                Kept::Part(table) if self.text.get(block.span.range()) == Some(block.text.as_str()) => {
                    edits.push((block.span.range(), lines(&table, Form::Toml)));
                }
                Kept::Part(_) | Kept::Gone => edits.push((self.lines_of(whole), String::new())),
            }
        }
    }

    /// A matrix: rows of activities that are not seen, conditions of hidden segments, hidden roles in cells.
    fn matrix(&self, table: &MarkdownTable, edits: &mut Vec<Edit>) {
        let keys = matrix::keys(table);
        let is_seen = |title: &str| self.seen.iter().any(|raw| raw.name.kind == Kind::Activity && raw.title_fold == fold(title));
        for row in &table.rows {
            let Some(title) = row.first().filter(|cell| !cell.text.is_empty()) else { continue };
            let for_hidden =
                |(cell, key): (&Cell, &Option<&str>)| *key == Some("for") && self.hidden.withholds(&cell.text, &[Kind::Segment]);
            if !is_seen(&title.text) || row.iter().zip(&keys).any(for_hidden) {
                edits.push((self.lines_of(title.span), String::new()));
                continue;
            }
            for (cell, key) in row.iter().zip(&keys) {
                let field = key.and_then(|key| ROW.iter().find(|f| f.key == key));
                if let Some(text) = field.and_then(|field| self.cell(cell, field)) {
                    edits.push((cell.span.range(), text));
                }
            }
        }
    }

    /// What is left of a cell that names records; nothing where all of it is.
    fn cell(&self, cell: &Cell, field: &Field) -> Option<String> {
        let of_shape = |shape: &Shape| matches!(shape, Shape::Reference(..) | Shape::Inline(_));
        let names = of_shape(&field.shape) || matches!(&field.shape, Shape::List(inner) if of_shape(inner));
        if !names || cell.text.is_empty() {
            return None;
        }
        let parts = cell.text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let values = parts.map(|part| Value { data: Data::Text(part.to_owned()), span: cell.span }).collect();
        match prune::value(&Value { data: Data::List(values), span: cell.span }, &field.shape, self.hidden) {
            Kept::Whole => None,
            Kept::Gone => Some(String::new()),
            Kept::Part(Value { data: Data::List(left), .. }) => Some(left.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(", ")),
            Kept::Part(_) => Some(String::new()),
        }
    }

    /// A table of contents: the lines that name pages that are not seen.
    fn contents(&self, raw: &Raw, outline: &Outline, edits: &mut Vec<Edit>) {
        let folder = raw.inner_path.rsplit_once('/').map_or("", |(f, _)| f);
        for link in outline.links.iter().filter(|l| !l.image && !l.raw) {
            if summary::page_at(folder, &link.target, &self.hidden.paths).is_some() {
                edits.push((self.lines_of(link.span), String::new()));
            }
        }
    }

    /// The whole lines that a stretch stands in.
    fn lines_of(&self, span: Span) -> Range<usize> {
        let range = span.range();
        let start = self.text.get(..range.start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let inner_end = self.text.get(..range.end).map_or(range.end, |t| t.trim_end().len()).max(range.start);
        let end = self.text.get(inner_end..).and_then(|t| t.find('\n')).map_or(self.text.len(), |n| inner_end + n + 1);
        start..end
    }
}

/// A text with its edits made; one that lies in another is part of it.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by(|(a, _), (b, _)| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, words) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&words);
        at = range.end;
    }
    out + text.get(at..).unwrap_or("")
}
