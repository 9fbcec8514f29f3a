//! Playbooks in, findings out: the pages of the rules, the pages of `tests/cases/`, the broken copies of the sample.
//!
//! A page shows files as fenced blocks whose first line says their language and path; they
//! are laid over the small clean playbook in `tests/cases/base/`. `UPDATE=1` writes what is
//! found into the pages of `tests/cases/` and into `expected.json`, to be read before it is kept.

use crate::support::room;
use jiff::civil::{Date, date};
use onside::check::ROSTER;
use onside::check::score::overlaps;
use onside::compile::{Compiled, Memory, compile, compile_again};
use onside::diagnostic::{Files, Finding};
use onside::history::git::write::{Person, Snapshot, create};
use onside::project::{Audience, Project};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

/// What today is in every test.
const TODAY: Date = date(2026, 11, 2);

#[test]
fn every_rule_has_its_page_and_its_examples_run() {
    let mut faults = Vec::new();
    for rule in ROSTER {
        let page = rule.page.to_owned();
        let mut blame = |words: String| faults.push(format!("{}: {words}", rule.name));
        for heading in [&format!("# {}", rule.name), "## Why it matters", "## How to mend it", "## Fails", "## Passes"] {
            if page.lines().filter(|l| *l == heading).count() != 1 {
                blame(format!("the page must have `{heading}` once"));
            }
        }
        let [broken, mended] = ["## Fails", "## Passes"].map(|part| blocks(section(&page, part)));
        if broken.is_empty() || mended.is_empty() {
            blame("the page must show a file under each example".to_owned());
        }
        let folder = lay(&broken);
        let read = read_at(&folder);
        let fails = all(&read);
        mends(&folder, &read).into_iter().for_each(&mut blame);
        if MENDED.contains(&rule.name) != read.findings.all().iter().any(|f| f.fix.is_some()) {
            blame("a mend is shown by the rules that have one, and by no other".to_owned());
        }
        match fails.as_slice() {
            [one] if one.rule == rule.name => {}
            _ => blame(format!("the failing example must give one finding, of this rule, and gives:\n{}", lines(&fails))),
        }
        let passes = found_in(&lay(&mended));
        if !passes.is_empty() {
            blame(format!("the passing example must give none, and gives:\n{}", lines(&passes)));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_case_gives_what_its_page_says() {
    let mut faults = Vec::new();
    for path in case_pages() {
        let page = read(&path);
        let today = with_found(&page);
        if today == page {
            continue;
        }
        if updating() {
            fs::write(&path, &today).expect("the page is ours to write");
        } else {
            faults.push(format!("{}\n{}", path.display(), difference(&page, &today)));
        }
    }
    assert!(faults.is_empty(), "\n{}\nrun with UPDATE=1 to write down what is found\n", faults.join("\n"));
}

#[test]
fn every_case_has_findings_to_compare() {
    for path in case_pages() {
        assert!(blocks(&read(&path)).iter().any(|b| b.language == "findings"), "{} has no `findings` block", path.display());
    }
}

/// What a rule of the alignment score finds is counted there, or the share would stay at all of it.
#[test]
fn every_rule_of_the_score_is_about_what_it_finds() {
    // They speak of other kinds of records too, which are no part of their overlap.
    const WIDER: [&str; 2] = ["same-title", "stale-fact"];
    let scored: BTreeSet<&str> = {
        let whole = compile(&project_at(sample().path())).expect("the sample compiles");
        overlaps(&[], &whole.playbook).iter().flat_map(|o| o.rules.iter().map(|r| r.rule)).collect()
    };
    for rule in ROSTER.into_iter().filter(|r| scored.contains(r.name) && !WIDER.contains(&r.name)) {
        let folder = lay(&blocks(section(rule.page, "## Fails")));
        let compiled = compile(&project_at(folder.path())).expect("there is a folder `content`");
        let counted = overlaps(compiled.findings.all(), &compiled.playbook);
        let open: Vec<usize> = counted.iter().flat_map(|o| &o.rules).filter(|r| r.rule == rule.name).map(|r| r.open).collect();
        let records: Vec<&str> = compiled.findings.all().iter().map(|f| f.record.as_str()).collect();
        assert_eq!(open, [1], "{} speaks of {records:?}", rule.name);
    }
}

/// A file saved on Windows says the same as one saved elsewhere.
#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let pages = ROSTER.into_iter().map(|rule| rule.page.to_owned()).chain(case_pages().into_iter().map(|p| read(&p)));
    for page in pages {
        for files in examples(&page) {
            let folder = lay(&files);
            let plain = lines(&found_in(&folder));
            for file in files.iter().filter(|f| f.how.is_empty() && is_text(Path::new(&f.path))) {
                let saved = format!("\u{feff}{}", file.text.replace('\n', "\r\n"));
                fs::write(folder.path().join(&file.path), saved).expect("the folder is ours");
            }
            assert_eq!(lines(&found_in(&folder)), plain, "in\n{page}");
        }
    }
}

#[test]
fn every_broken_folder_gives_exactly_its_findings() {
    let mut faults = Vec::new();
    let laid = sample();
    let (project, mut memory) = (project_at(laid.path()), Memory::default());
    for folder in broken_folders() {
        let versions = past_of(&folder);
        let apart = (!versions.is_empty()).then(sample);
        let laid = apart.as_ref().unwrap_or(&laid);
        tagged(laid.path(), versions);
        copy(&folder.join("content"), &laid.path().join("content"));
        let read = if apart.is_some() {
            read_at(laid)
        } else {
            memory.look(&project, None).expect("the folder is ours");
            compile_again(&project, &mut memory).expect("there is a folder `content`")
        };
        let found = json(&all(&read));
        faults.extend(mends(laid, &read).into_iter().map(|fault| format!("{}: {fault}", folder.display())));
        let path = folder.join("expected.json");
        if updating() {
            fs::write(&path, &found).expect("the folder is ours to write");
        } else if found != fs::read_to_string(&path).unwrap_or_default() {
            faults.push(format!("{} gives\n{found}", folder.display()));
        }
        files_in(&folder.join("content")).for_each(|file| put_back(laid, file.strip_prefix(&folder).expect("it lies in it")));
    }
    assert!(faults.is_empty(), "\n{}\nrun with UPDATE=1 to write down what is found\n", faults.join("\n"));
}

#[test]
fn every_broken_folder_breaks_the_rule_it_is_named_after() {
    let rules: BTreeSet<&str> = ROSTER.iter().map(|r| r.name).collect();
    let mut seen = BTreeSet::new();
    for folder in broken_folders() {
        let name = folder.file_name().and_then(|n| n.to_str()).expect("our names are text").to_owned();
        let (rule, number) = name.rsplit_once('-').expect("a folder is called <rule>-<n>");
        assert!(number.parse::<u8>().is_ok(), "{name} is not called <rule>-<n>");
        assert!(rules.contains(rule), "{name} is for no rule");
        assert!(read(&folder.join("expected.json")).contains(&format!("\"rule\": \"{rule}\"")), "{name} does not break {rule}");
        seen.insert(rule.to_owned());
    }
    let without: Vec<&str> = rules.into_iter().filter(|r| !seen.contains(*r)).collect();
    assert_eq!(without, Vec::<&str>::new(), "these rules have no folder in tests/broken/");
}

#[test]
fn base_has_no_finding() {
    assert_eq!(lines(&found_in(&lay(&[]))), "");
}

#[test]
fn base_saved_on_windows_has_no_finding() {
    let folder = lay(&[]);
    for file in files_in(folder.path()) {
        let saved = format!("\u{feff}{}", read(&file).replace('\n', "\r\n"));
        fs::write(&file, saved).expect("the folder is ours");
    }
    assert_eq!(lines(&found_in(&folder)), "");
}

#[test]
fn sample_has_no_finding() {
    assert_eq!(lines(&found_in(&sample())), "");
}

/// The example that came with the brief, where it is there.
#[test]
fn larkfield_has_no_finding() {
    let example = root().join("../shared/example");
    if !example.is_dir() {
        println!("skipped: {} is not there", example.display());
        return;
    }
    assert_eq!(lines(&found_at(&example, Some(TODAY))), "");
}

/// A fenced block: a file, or the findings expected of the files above it.
#[derive(Debug)]
struct Block {
    language: String,
    path: String,
    /// `symlink`, `base64`, `crlf`, `bom` or `absent`, where a file cannot be shown as it is; `v1`, where it stood so in that version.
    how: String,
    text: String,
    /// Lines of the text in the page, from 0.
    lines: std::ops::Range<usize>,
}

/// One thing found, as `expected.json` has it.
#[derive(Debug, Serialize)]
struct Found {
    rule: &'static str,
    level: &'static str,
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: String,
}

const BASE: &str = "tests/cases/base";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var("UPDATE").is_ok_and(|v| v == "1")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(|e| e.expect("our folders can be read"));
    entries.filter(|e| !e.file_type().is_dir()).map(walkdir::DirEntry::into_path)
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|e| ["toml", "md", "csv", "svg"].iter().any(|t| e == *t))
}

/// The pages of `tests/cases/`, those that are part of the base playbook aside.
fn case_pages() -> Vec<PathBuf> {
    let base = root().join(BASE);
    files_in(&root().join("tests/cases")).filter(|p| !p.starts_with(&base) && p.extension().is_some_and(|e| e == "md")).collect()
}

fn broken_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("tests/broken")).expect("tests/broken/ is there").map(|e| e.expect("it can be read").path()).collect();
    folders.retain(|f| f.is_dir());
    folders.sort();
    folders
}

/// The versions of a broken folder, each with the files in which it differs from the sample: `v1/content/` and so on.
fn past_of(folder: &Path) -> Vec<(&'static str, BTreeMap<String, Vec<u8>>)> {
    let versions = ["v1", "v2"].into_iter().filter(|version| folder.join(version).is_dir());
    let files = |version: &str| {
        let root = folder.join(version);
        let path = |file: &Path| file.strip_prefix(&root).expect("it lies in it").to_str().expect("our names are text").to_owned();
        files_in(&root).map(|file| (path(&file), fs::read(&file).expect("it can be read"))).collect()
    };
    versions.map(|version| (version, files(version))).collect()
}

/// What stands between a heading and the next of its level, fenced blocks aside.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let Some((_, rest)) = page.split_once(&format!("\n{heading}\n")) else { return "" };
    let fenced = blocks(rest);
    let mut at = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        if line.starts_with("## ") && !fenced.iter().any(|b| b.lines.contains(&number)) {
            return &rest[..at];
        }
        at += line.len();
    }
    rest
}

/// The fenced blocks of a page; a longer fence may hold shorter ones.
fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(String, Block)> = None;
    for (number, line) in page.lines().enumerate() {
        match &mut open {
            None if line.starts_with("```") => {
                let info = line.trim_start_matches('`');
                let fence = line[..line.len() - info.len()].to_owned();
                let mut words = info.split_whitespace().map(str::to_owned);
                let mut word = || words.next().unwrap_or_default();
                let block = Block { language: word(), path: word(), how: word(), text: String::new(), lines: number + 1..number + 1 };
                open = Some((fence, block));
            }
            None => {}
            Some((fence, block)) if line.trim_end() == fence => {
                block.lines.end = number;
                found.extend(open.take().map(|(_, block)| block));
            }
            Some((_, block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
        }
    }
    found
}

/// Every example of a page: the files of a rule's two sections, or those above each `findings` block.
fn examples(page: &str) -> Vec<Vec<Block>> {
    let parts = ["## Fails", "## Passes"].map(|p| blocks(section(page, p)));
    if parts.iter().any(|p| !p.is_empty()) {
        return parts.into();
    }
    let mut cases = vec![Vec::new()];
    for block in blocks(page) {
        if block.language == "findings" {
            cases.push(Vec::new());
        } else if let Some(files) = cases.last_mut() {
            files.push(block);
        }
    }
    cases
}

/// A folder with one playbook, and some files in place of its own or beside them.
fn lay(files: &[Block]) -> TempDir {
    let folder = room();
    copy(&root().join(BASE).join("content"), &folder.path().join("content"));
    let versions: BTreeSet<&str> = files.iter().map(|f| f.how.as_str()).filter(|how| is_version(how)).collect();
    let versions = versions.into_iter().map(|version| {
        let of_it = files.iter().filter(|f| f.how == version);
        (version, of_it.map(|f| (f.path.clone(), f.text.clone().into_bytes())).collect())
    });
    tagged(folder.path(), versions.collect());
    for file in files.iter().filter(|f| !f.path.is_empty() && !is_version(&f.how)) {
        let path = folder.path().join(&file.path);
        fs::create_dir_all(path.parent().expect("a path has a folder")).expect("the folder is ours");
        match file.how.as_str() {
            "" => fs::write(&path, &file.text),
            "crlf" => fs::write(&path, file.text.replace('\n', "\r\n")),
            "bom" => fs::write(&path, format!("\u{feff}{}", file.text)),
            "base64" => fs::write(&path, decoded(&file.text)),
            "symlink" => std::os::unix::fs::symlink(file.text.trim(), &path),
            "absent" => fs::remove_file(&path),
            other => panic!("no file is written as `{other}`"),
        }
        .unwrap_or_else(|e| panic!("{}: {e}", file.path));
    }
    folder
}

fn is_version(how: &str) -> bool {
    how.strip_prefix('v').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Makes a folder the work tree of a repository: what lies there, with some files otherwise, is a version, a month apart.
fn tagged(folder: &Path, versions: Vec<(&str, BTreeMap<String, Vec<u8>>)>) {
    if versions.is_empty() {
        return;
    }
    let name = |path: &Path| path.strip_prefix(folder).expect("it lies in it").to_str().expect("our names are text").to_owned();
    let lying: BTreeMap<String, Vec<u8>> =
        files_in(&folder.join("content")).map(|path| (name(&path), fs::read(&path).expect("the folder is ours"))).collect();
    let all: Vec<(&str, BTreeMap<String, Vec<u8>>)> =
        versions.into_iter().map(|(name, files)| (name, lying.clone().into_iter().chain(files).collect())).collect();
    let by = Person { name: "Ada Lovelace".to_owned(), email: "ada@example.com".to_owned() };
    let first = date(2026, 9, 1);
    let snapshots = all.iter().zip(0..).map(|((name, files), months)| {
        let date = first.saturating_add(jiff::Span::new().months(months));
        Snapshot { files, by: by.clone(), date, message: name, tag: Some(name) }
    });
    create(folder, &snapshots.collect::<Vec<_>>()).expect("the folder is ours");
}

/// A copy of the sample.
fn sample() -> TempDir {
    let folder = room();
    copy(&root().join("content"), &folder.path().join("content"));
    folder
}

/// A file of the copy as it is in the sample, where it need not be at all.
fn put_back(copy: &TempDir, path: &Path) {
    let (ours, theirs) = (root().join(path), copy.path().join(path));
    if ours.exists() { fs::copy(ours, theirs).map(drop) } else { fs::remove_file(theirs) }.expect("the folder is ours");
}

/// Copies a folder's files; symbolic links stay links.
fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).into_iter().map(|e| e.expect("our folders can be read")) {
        let target = to.join(entry.path().strip_prefix(from).expect("it lies in the folder"));
        let kind = entry.file_type();
        if kind.is_dir() || entry.depth() == 0 {
            fs::create_dir_all(&target).expect("the folder is ours");
        } else if kind.is_symlink() {
            let leads_to = fs::read_link(entry.path()).expect("it is a link");
            std::os::unix::fs::symlink(leads_to, &target).expect("the folder is ours");
        } else {
            fs::copy(entry.path(), &target).expect("the folder is ours");
        }
    }
}

fn decoded(base64: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = base64.bytes().filter_map(|b| DIGITS.iter().position(|d| *d == b));
    let mut bytes = Vec::new();
    let (mut bits, mut length) = (0_usize, 0);
    for digit in digits {
        bits = (bits << 6 | digit) & 0xffff;
        length += 6;
        if length >= 8 {
            length -= 8;
            bytes.push((bits >> length).to_le_bytes()[0]);
        }
    }
    bytes
}

fn found_in(folder: &TempDir) -> Vec<Found> {
    found_at(folder.path(), None)
}

/// The rules whose findings `--fix` can mend.
const MENDED: [&str; 7] =
    ["unknown-key", "unknown-reference", "former-id", "repeated-role", "retired-name", "retired-name-to-customer", "avoided-synonym"];

/// What is wrong with `--fix`: every mend takes its finding away, brings no other, and changes nothing outside its places.
fn mends(folder: &TempDir, before: &Compiled) -> Vec<String> {
    let (with, without): (Vec<&Finding>, Vec<&Finding>) = before.findings.all().iter().partition(|f| f.fix.is_some());
    if with.is_empty() {
        return Vec::new();
    }
    let project = project_at(folder.path());
    let tree = onside::compile::read(&project).expect("it was read a moment ago");
    let plan = onside::mend::plan(&project, tree, |_, _| true).expect("it was read a moment ago");
    let left: Vec<Found> = plan.after.findings.all().iter().map(|f| found(f, &plan.after.files)).collect();
    let mut faults = Vec::new();
    if left.len() != without.len() {
        faults.push(format!("mending leaves\n{}", lines(&left)));
    }
    for file in &plan.files {
        let mut edits: Vec<_> = with.iter().filter_map(|f| f.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
        edits.retain(|e| before.files.path(e.span.file) == file.path);
        edits.sort_by_key(|e| std::cmp::Reverse((e.span.start, e.span.end)));
        let mut text = file.before.clone();
        edits.iter().for_each(|e| text.replace_range(e.span.range(), &e.text));
        if text != file.after {
            faults.push(format!("{} is mended to\n{}and its edits make\n{text}", file.path, file.after));
        }
    }
    faults
}

fn read_at(folder: &TempDir) -> Compiled {
    compile(&project_at(folder.path())).expect("there is a folder `content`")
}

fn project_at(root: &Path) -> Project {
    Project { root: root.to_owned(), told: None, clock: TODAY, base_url: None, audience: Audience::default() }
}

fn found_at(root: &Path, told: Option<Date>) -> Vec<Found> {
    all(&compile(&Project { told, ..project_at(root) }).expect("there is a folder `content`"))
}

fn all(compiled: &Compiled) -> Vec<Found> {
    compiled.findings.all().iter().map(|f| found(f, &compiled.files)).collect()
}

fn found(finding: &Finding, files: &Files) -> Found {
    let start = files.position(finding.span.file, finding.span.start);
    let end = files.position(finding.span.file, finding.span.end);
    Found {
        rule: finding.rule,
        level: finding.level.word(),
        file: files.path(finding.span.file).to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        message: finding.message.clone(),
    }
}

/// `error[unknown-key] content/roles.toml:3:1 a role has no …`, a line each.
fn lines(found: &[Found]) -> String {
    let line = |f: &Found| format!("{}[{}] {}:{}:{} {}\n", f.level, f.rule, f.file, f.line, f.column, f.message);
    found.iter().map(line).collect()
}

fn json(found: &[Found]) -> String {
    let mut text = serde_json::to_string_pretty(found).expect("plain data can be written");
    text.push('\n');
    text
}

/// The page with every `findings` block as it is today.
fn with_found(page: &str) -> String {
    let all = blocks(page);
    let mut text: Vec<String> = Vec::new();
    let mut at = 0;
    let mut files = Vec::new();
    let old: Vec<&str> = page.lines().collect();
    for block in all {
        if block.language != "findings" {
            files.push(block);
            continue;
        }
        text.extend(old[at..block.lines.start].iter().map(|l| (*l).to_owned()));
        text.extend(lines(&found_in(&lay(&files))).lines().map(str::to_owned));
        at = block.lines.end;
        files.clear();
    }
    text.extend(old[at..].iter().map(|l| (*l).to_owned()));
    text.join("\n") + "\n"
}

/// The lines that one text has and the other has not.
fn difference(page: &str, today: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (page.lines().collect(), today.lines().collect());
    let gone = old.iter().filter(|l| !new.contains(l)).map(|l| format!("- {l}\n"));
    let come = new.iter().filter(|l| !old.contains(l)).map(|l| format!("+ {l}\n"));
    gone.chain(come).collect()
}
