//! The mends that findings carry, put together and tried out before a byte is written.
//!
//! A mend is taken only where it takes its finding away and brings no other.

use crate::compile::{Compiled, compile_tree};
use crate::diagnostic::{Edit, FileId, Files, Finding, Span};
use crate::project::Project;
use crate::source::tree::{Content, Tree, TreeEntry};
use std::collections::BTreeMap;

/// A mend may lay open the next one; so many times are enough.
const ROUNDS: usize = 8;

/// In one round so many are tried: a mend that does harm is told from its thousand neighbours in some twenty.
const TRIALS: usize = 120;

/// A file that is to be written anew.
#[derive(Debug, Clone)]
pub struct Mended {
    /// Relative to the root.
    pub path: String,
    /// Its text as it was read.
    pub before: String,
    /// Its text as it is to be.
    pub after: String,
    /// What is done in it, in order.
    pub titles: Vec<String>,
}

/// What can be mended.
pub struct Plan {
    /// The files, in order.
    pub files: Vec<Mended>,
    /// The playbook as it would be.
    pub after: Compiled,
}

/// A mend and where it belongs.
#[derive(Clone)]
struct Mend {
    path: String,
    title: String,
    edits: Vec<Edit>,
}

/// Puts together the mends of the findings that are chosen.
///
/// # Errors
/// A sentence, where the project cannot be read at all.
pub fn plan(project: &Project, tree: Tree, chosen: impl Fn(&Finding, &Files) -> bool) -> Result<Plan, String> {
    let first = tree.clone();
    let mut tree = tree;
    let mut compiled = compile_tree(project, tree.clone())?;
    let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let mends = mends(&compiled, &tree, &chosen);
        let Some((next, after, taken)) = try_out(project, &tree, &compiled, mends)? else { break };
        for mend in taken {
            titles.entry(mend.path).or_default().push(mend.title);
        }
        (tree, compiled) = (next, after);
    }
    let files =
        titles.into_iter().map(|(path, titles)| Mended { before: text_of(&first, &path), after: text_of(&tree, &path), path, titles });
    Ok(Plan { files: files.collect(), after: compiled })
}

/// The mends of a run that do not touch one another.
fn mends(compiled: &Compiled, tree: &Tree, chosen: &impl Fn(&Finding, &Files) -> bool) -> Vec<Mend> {
    let files = &compiled.files;
    // Where mends begin, and where they end: none meets another, so the last that begins before a place is the one that may reach it.
    let mut taken: BTreeMap<(FileId, u32), u32> = BTreeMap::new();
    let mut mends = Vec::new();
    for finding in compiled.findings.all().iter().filter(|f| chosen(f, files)) {
        let Some(fix) = &finding.fix else { continue };
        let Some(file) = fix.edits.first().map(|e| e.span.file).filter(|file| fix.edits.iter().all(|e| e.span.file == *file)) else {
            continue;
        };
        let path = files.path(file);
        let whole = tree.at(path).and_then(|at| tree.entries.get(at)).is_some_and(is_whole);
        let meets = |at: Span| taken.range((file, 0)..=(file, at.end)).next_back().is_some_and(|(_, end)| *end >= at.start);
        let free = fix.edits.iter().all(|e| !meets(e.span));
        if whole && free {
            taken.extend(fix.edits.iter().map(|e| ((e.span.file, e.span.start), e.span.end)));
            mends.push(Mend { path: path.to_owned(), title: fix.title.clone(), edits: fix.edits.clone() });
        }
    }
    mends
}

/// Whether a file was read to the letter.
fn is_whole(entry: &TreeEntry) -> bool {
    matches!(&entry.content, Content::Text { broken_at: None, .. })
}

/// What comes of mends: the files, their playbook and the mends that were taken.
type Outcome = Option<(Tree, Compiled, Vec<Mend>)>;

/// Takes those mends that do what they say: all at once, else by halves, each tried together with those that were taken before it.
fn try_out(project: &Project, tree: &Tree, before: &Compiled, mends: Vec<Mend>) -> Result<Outcome, String> {
    let mut best = None;
    let mut taken: Vec<Mend> = Vec::new();
    let mut left = if mends.is_empty() { Vec::new() } else { vec![mends] };
    let mut trials = 0;
    while let Some(mut some) = left.pop().filter(|_| trials < TRIALS) {
        trials += 1;
        let all = [taken.as_slice(), some.as_slice()].concat();
        let next = with(tree, &all);
        let after = compile_tree(project, next.clone())?;
        if only_better(before, &after, all.len()) {
            (best, taken) = (Some((next, after)), all);
        } else if some.len() > 1 {
            let rest = some.split_off(some.len() / 2);
            left.extend([rest, some]);
        }
    }
    Ok(best.map(|(next, after)| (next, after, taken)))
}

/// Whether at least so many findings are gone and none has come.
fn only_better(before: &Compiled, after: &Compiled, gone: usize) -> bool {
    let (was, is) = (counted(before), counted(after));
    let none_came = is.iter().all(|(finding, count)| was.get(finding).is_some_and(|before| before >= count));
    none_came && after.findings.all().len() + gone <= before.findings.all().len()
}

/// Findings by what they say, wherever they stand.
fn counted(compiled: &Compiled) -> BTreeMap<(&str, &str, &str), usize> {
    let mut counted = BTreeMap::new();
    for finding in compiled.findings.all() {
        *counted.entry((finding.rule, compiled.files.path(finding.span.file), finding.message.as_str())).or_insert(0) += 1;
    }
    counted
}

fn with(tree: &Tree, mends: &[Mend]) -> Tree {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for mend in mends {
        edits.entry(&mend.path).or_default().extend(&mend.edits);
    }
    let mut next = tree.clone();
    for (path, edits) in edits {
        if let Some(entry) = tree.at(path).and_then(|at| next.entries.get_mut(at)) {
            let text = spliced(&entry.text(), edits);
            entry.content = Content::Text { text: text.into(), broken_at: None };
        }
    }
    next
}

/// A text with edits that do not overlap.
fn spliced(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

fn text_of(tree: &Tree, path: &str) -> String {
    tree.at(path).and_then(|at| tree.entries.get(at)).map(|e| e.text().to_string()).unwrap_or_default()
}
