//! Findings as a person reads them: the excerpt, the underline, the other end, one help, why.
//!
//! Drawn by annotate-snippets, which draws rustc's own.

use super::{Files, Finding, Findings, Level, Related};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Title, Renderer, Snippet};
use rayon::prelude::*;

/// Longer lines are cut around the place, so that a line of a megabyte stays readable.
const LONGEST_LINE: usize = 240;

/// As many lines of a file are shown at one place.
const MOST_LINES: usize = 4;

/// Whether colours are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// For a terminal.
    On,
    /// For a pipe or a file.
    Off,
}

/// Every finding, each followed by an empty line.
pub fn text(findings: &Findings, files: &Files, colour: Colour) -> String {
    findings.all().par_iter().map(|finding| one(finding, files, colour) + "\n\n").collect()
}

/// The line of counts that ends a run.
pub fn counts(findings: &Findings) -> String {
    let mut parts = Vec::new();
    for (level, word) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Hint, "hint")] {
        let n = findings.count(level);
        if n > 0 {
            parts.push(format!("{n} {word}{}", if n == 1 { "" } else { "s" }));
        }
    }
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

fn one(finding: &Finding, files: &Files, colour: Colour) -> String {
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Hint | Level::Off => Title::NOTE.with_name("hint"),
    };
    let excerpts = excerpts(finding, files);
    let snippets = excerpts.iter().map(|e| e.snippet());
    let first = Group::with_title(title.primary_title(&finding.message).id(finding.rule)).elements(snippets);
    let mut report = vec![first];
    if !finding.help.is_empty() {
        report.push(Group::with_title(Title::HELP.secondary_title(&finding.help)));
    }
    if !finding.why.is_empty() {
        let why = format!("{} (onside explain {})", finding.why, finding.rule);
        report.push(Group::with_title(Title::NOTE.with_name("why").secondary_title(why)));
    }
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    renderer.render(&report)
}

/// The lines of one file that a finding shows.
struct Excerpt {
    path: String,
    first_line: usize,
    text: String,
    marks: Vec<Mark>,
}

struct Mark {
    kind: AnnotationKind,
    range: std::ops::Range<usize>,
    label: String,
}

impl Excerpt {
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        Snippet::source(&self.text)
            .path(self.path.as_str())
            .line_start(self.first_line)
            .annotations(self.marks.iter().map(|m| m.kind.span(m.range.clone()).label(m.label.as_str())))
    }
}

fn excerpts(finding: &Finding, files: &Files) -> Vec<Excerpt> {
    let primary = Related { span: finding.span, message: finding.label.clone() };
    let mut groups: Vec<(AnnotationKind, Vec<&Related>)> = vec![(AnnotationKind::Primary, vec![&primary])];
    for related in &finding.related {
        groups.push((AnnotationKind::Context, vec![related]));
    }
    let mut out: Vec<Excerpt> = Vec::new();
    for (kind, places) in groups {
        for place in places {
            out.push(excerpt(kind, place, files));
        }
    }
    merge(out)
}

/// Two places in one file within a screen are shown in one excerpt.
fn merge(list: Vec<Excerpt>) -> Vec<Excerpt> {
    let mut out: Vec<Excerpt> = Vec::new();
    for next in list {
        match out.first_mut() {
            Some(first) if first.path == next.path && first.first_line == next.first_line => {
                if first.text.len() < next.text.len() {
                    first.text = next.text;
                }
                first.marks.extend(next.marks);
            }
            _ => out.push(next),
        }
    }
    out
}

fn excerpt(kind: AnnotationKind, place: &Related, files: &Files) -> Excerpt {
    let text = files.text(place.span.file);
    let stretch = files.lines_around(place.span, MOST_LINES);
    let (start, lines) = (stretch.start, text.get(stretch).unwrap_or(""));
    let first_line = files.position(place.span.file, place.span.start).line;
    let range = (place.span.start as usize).saturating_sub(start)..(place.span.end as usize).saturating_sub(start);
    let (shown, range) = cut(lines, range);
    Excerpt {
        path: visible(files.path(place.span.file)),
        first_line,
        text: shown,
        marks: vec![Mark { kind, range, label: place.message.clone() }],
    }
}

/// A path whose control characters no terminal obeys.
fn visible(path: &str) -> String {
    path.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Cuts an over-long text around the range, at characters.
fn cut(text: &str, range: std::ops::Range<usize>) -> (String, std::ops::Range<usize>) {
    let end = range.end.min(text.len()).max(range.start.min(text.len()));
    let start = range.start.min(text.len());
    if text.len() <= LONGEST_LINE * 4 && text.lines().all(|l| l.len() <= LONGEST_LINE) {
        return (text.to_owned(), start..end);
    }
    let mut from = start.saturating_sub(LONGEST_LINE / 2);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (start + LONGEST_LINE / 2).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let shown = text.get(from..to).unwrap_or("").to_owned();
    let length = shown.len();
    let mut cut_end = end.saturating_sub(from).min(length);
    while !shown.is_char_boundary(cut_end) {
        cut_end -= 1;
    }
    (shown, (start - from).min(length)..cut_end)
}
