//! The shape of the code, kept: the order of folders, one door for each crate, short functions, a word at the head of every file.

use crate::support::{files_under, here, none};
use onside::check::ROSTER;
use std::collections::{BTreeMap, BTreeSet};

/// From left to right; a folder uses what stands to its left. `compile` is the line from files to findings, read by all that follow.
const ORDER: [&str; 18] = [
    "diagnostic",
    "source",
    "project",
    "model",
    "history",
    "route",
    "search",
    "check",
    "compile",
    "mend",
    "site",
    "render",
    "export",
    "publish",
    "preview",
    "adopt",
    "cli",
    "main",
];

/// Who may name a crate: paths under `src/`, a folder with its slash. What is not here may be named anywhere (serde, jiff).
const DOORS: &[(&str, &[&str])] = &[
    ("aho_corasick", &["check/text/"]),
    ("annotate_snippets", &["diagnostic/terminal.rs"]),
    ("axum", &["preview/"]),
    ("hyper", &["preview/server.rs"]),
    ("hyper_util", &["preview/server.rs"]),
    ("notify", &["preview/watch.rs"]),
    ("tokio_stream", &["preview/server.rs"]),
    ("blake3", &["publish/", "source/tree.rs", "render/ejected.rs", "render/finished.rs", "render/search.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/shell.rs"]),
    ("clap_mangen", &["cli/shell.rs"]),
    ("csv", &["source/csv.rs", "render/csv.rs"]),
    ("deunicode", &["source/markdown.rs"]),
    ("gix", &["history/git/"]),
    ("include_dir", &["render/theme.rs", "cli/demo.rs", "cli/new.rs", "cli/folder.rs"]),
    ("pulldown_cmark", &["source/markdown.rs", "source/plain.rs"]),
    ("mimalloc", &["main.rs"]),
    (
        "rayon",
        &[
            "publish/",
            "check/",
            "diagnostic/terminal.rs",
            "compile.rs",
            "model/assemble.rs",
            "model/gather.rs",
            "route/",
            "source/tree.rs",
            "history/versions.rs",
            "render/",
            "site/chronicle.rs",
            "search/",
        ],
    ),
    ("rpds", &["model/record.rs", "model/document.rs", "diagnostic/files.rs"]),
    ("rustix", &["publish/"]),
    ("saphyr", &["source/yaml.rs"]),
    (
        "serde_json",
        &[
            "render/",
            "search/order.rs",
            "diagnostic/machine.rs",
            "diagnostic/sarif.rs",
            "diagnostic/baseline.rs",
            "export/",
            "publish/",
            "preview/events.rs",
        ],
    ),
    ("similar", &["diagnostic/difference.rs"]),
    ("strsim", &["diagnostic/suggest.rs", "search/typo.rs"]),
    ("tempfile", &["publish/"]),
    ("tera", &["render/template.rs"]),
    ("tokio", &["preview/"]),
    ("toml", &["source/toml.rs"]),
    ("unicode_normalization", &["search/fold.rs"]),
    ("walkdir", &["source/tree.rs", "publish/"]),
];

/// Who may use the machine: files, the environment, the clock, other programs. `main` and the tests aside.
const MACHINE: &[(&str, &[&str])] = &[
    ("fs::", &["source/tree.rs", "history/git/", "publish/", "preview/", "cli/"]),
    ("std::env::", &["publish/", "preview/", "cli/"]),
    ("SystemTime", &["publish/", "preview/"]),
    ("Timestamp::now", &["cli/"]),
    ("Instant::now", &["publish/", "preview/", "cli/"]),
    ("Command::new", &["preview/browser.rs"]),
    ("std::net", &["preview/", "cli/serve.rs"]),
];

struct Source {
    /// Under `src/`.
    path: String,
    text: String,
}

impl Source {
    /// Its lines of code: comments and unit tests left out.
    fn code(&self) -> impl Iterator<Item = &str> {
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        self.text[..end].lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line })
    }

    /// The folder, or the file of one that has none.
    fn part(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/") || self.path.ends_with("fixtures.rs")
    }
}

fn sources() -> Vec<Source> {
    let folder = here().join("src");
    let files = files_under(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    files
        .map(|path| Source {
            path: path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(&path).unwrap(),
        })
        .collect()
}

#[test]
fn every_file_says_at_its_head_what_it_is() {
    let tests =
        files_under(&here().join("tests/it")).into_iter().map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
    let all = sources().into_iter().map(|s| (format!("src/{}", s.path), s.text)).chain(tests);
    none(all.filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| format!("{path} does not begin with `//! `")));
    let scripts = ["js", "css"].iter().flat_map(|folder| files_under(&here().join("themes/default").join(folder)));
    let silent = scripts.filter(|path| !std::fs::read_to_string(path).unwrap().starts_with(['/', '@']));
    none(silent.map(|path| format!("{} does not begin with a comment", path.display())));
}

#[test]
fn folders_use_only_what_stands_to_their_left() {
    let mut faults = Vec::new();
    for source in sources().into_iter().filter(|s| s.path != "lib.rs") {
        let Some(own) = ORDER.iter().position(|part| *part == source.part()) else {
            faults.push(format!("src/{} stands in no folder of the picture in lib.rs", source.path));
            continue;
        };
        for (number, line) in source.code().enumerate() {
            for part in used_parts(line) {
                match ORDER.iter().position(|other| *other == part) {
                    Some(at) if at > own => {
                        faults.push(format!("src/{}:{}: uses `{part}`, which stands to its right", source.path, number + 1))
                    }
                    _ => {}
                }
            }
        }
    }
    none(faults);
}

/// The folders that a line names: `crate::model::Kind`, `crate::{model, site::Page}`.
fn used_parts(line: &str) -> Vec<&str> {
    let first = |text: &str| text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    let mut parts = Vec::new();
    for rest in line.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => parts.extend(group.split(',').map(str::trim).map(|one| &one[..first(one)])),
            None => parts.push(&rest[..first(rest)]),
        }
    }
    parts
}

#[test]
fn each_crate_has_one_door() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.code().enumerate() {
            for (name, doors) in DOORS {
                let named = line.contains(&format!("use {name}::")) || uses_path(line, name);
                if named && !doors.iter().any(|door| source.path.starts_with(door)) {
                    faults.push(format!("src/{}:{}: names `{name}`, whose door is {}", source.path, number + 1, doors.join(", ")));
                }
            }
        }
    }
    none(faults);
    let manifest = std::fs::read_to_string(here().join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let crates = section.lines().filter_map(|line| line.split_once(['=', '.'])).map(|(name, _)| name.trim().replace('-', "_"));
    let known: BTreeSet<&str> = DOORS.iter().map(|(name, _)| *name).chain(["serde", "jiff"]).collect();
    none(crates.filter(|name| !known.contains(name.as_str())).map(|name| format!("`{name}` has no door: write it into tests/it/tidy.rs")));
}

/// Whether a line says `name::` as a crate, not as a module of ours or the end of a longer word.
fn uses_path(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let ours = line.contains(&format!("use super::{name}")) || line.contains(&format!("{{{name}")) || is_own_module(name);
        !ours && before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
    })
}

/// `source::csv`, `source::toml` and `render::csv` are called as their crates are; there the `use` line alone tells.
fn is_own_module(name: &str) -> bool {
    matches!(name, "csv" | "toml")
}

#[test]
fn only_the_doors_touch_the_machine() {
    let mut faults = Vec::new();
    for source in sources().into_iter().filter(|s| !s.is_test() && s.path != "main.rs") {
        for (number, line) in source.code().enumerate() {
            for (words, doors) in MACHINE {
                if names(line, words) && !doors.iter().any(|door| source.path.starts_with(door)) {
                    faults.push(format!("src/{}:{}: `{words}`", source.path, number + 1));
                }
            }
        }
    }
    none(faults);
}

/// Whether words stand in a line, and not as the end of longer ones.
fn names(line: &str, words: &str) -> bool {
    line.match_indices(words).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn functions_are_short() {
    let mut lengths = Vec::new();
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        for (name, line, length) in functions(source) {
            if length > 70 {
                faults.push(format!("src/{}:{line}: `{name}` is {length} lines long, at most 70", source.path));
            }
            lengths.push(length);
        }
    }
    lengths.sort_unstable();
    let share = |percent: usize| lengths[lengths.len() * percent / 100];
    println!(
        "{} functions: half have {} lines or fewer, nine in ten {}, the longest {}",
        lengths.len(),
        share(50),
        share(90),
        lengths[lengths.len() - 1]
    );
    none(faults);
    assert!(share(90) <= 30, "nine in ten functions have {} lines or fewer, at most 30", share(90));
}

/// Every function of a formatted file: its name, its line, its length. It ends at the brace under its own first letter.
fn functions(source: &Source) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = source.code().collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let closes = |other: &&str| other.len() - other.trim_start().len() == indent && other.trim_start().starts_with('}');
        let whole = line.trim_end().ends_with(['}', ';']);
        let length = if whole { 1 } else { lines[at + 1..].iter().position(closes).map_or(1, |n| n + 2) };
        all.push((name, at + 1, length));
    }
    all
}

fn function_name(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let mut word = words.next()?;
    while word.starts_with("pub") || matches!(word, "async" | "const" | "in" | "crate::site)") {
        word = words.next()?;
    }
    let name = if word == "fn" { words.next()? } else { return None };
    Some(name.split(['(', '<']).next()?.to_owned())
}

#[test]
fn the_roster_the_rules_and_their_pages_are_the_same() {
    let folder = here().join("src/check");
    let stems = |ending: &str| -> BTreeSet<String> {
        let files = files_under(&folder).into_iter().filter(|p| p.extension().is_some_and(|e| e == ending));
        let rules = files.filter(|p| p.parent() != Some(folder.as_path()) && !p.starts_with(folder.join("text")));
        rules.filter_map(|p| p.file_stem()?.to_str().map(str::to_owned)).filter(|stem| stem != "mod").collect()
    };
    let roster: BTreeSet<String> = ROSTER.iter().map(|rule| rule.name.replace('-', "_")).collect();
    assert_eq!(roster.len(), ROSTER.len(), "no rule stands twice in the roster");
    let named: BTreeMap<&str, BTreeSet<String>> = BTreeMap::from([("rs", stems("rs")), ("md", stems("md"))]);
    for (ending, found) in named {
        none(found.difference(&roster).map(|name| format!("src/check/{name}.{ending} is not in the roster")));
        none(roster.difference(&found).map(|name| format!("src/check/{name}.{ending} is missing")));
    }
}

#[test]
fn nothing_unfinished_and_nothing_of_this_machine_is_left_in_the_repository() {
    let mut faults = Vec::new();
    // Spelled in parts, so that this file does not find itself.
    let unfinished =
        [concat!("TO", "DO:"), concat!("FIX", "ME"), concat!("dbg", "!("), concat!("todo", "!("), concat!("unimplemented", "!(")];
    let machine = [concat!("/work", "/"), concat!("/ro", "ot/"), concat!("/tmp", "/audit")];
    let folders = ["src", "tests", "themes", "content", ".ci", ".config"].map(|folder| here().join(folder));
    let files = folders
        .iter()
        .flat_map(|folder| files_under(folder))
        .filter(|path| !path.iter().any(|part| part == "node_modules" || part == ".venv" || part == "__pycache__"));
    for path in files.chain(["Cargo.toml", "README.md", "CHANGELOG.md", "clippy.toml", "rustfmt.toml"].map(|name| here().join(name))) {
        let inner = path.strip_prefix(here()).unwrap().display().to_string();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let code = inner.ends_with(".rs") || inner.ends_with(".js") || inner.ends_with(".css");
        for (number, line) in text.lines().enumerate() {
            let signs = unfinished.iter().filter(|_| code).chain(&machine).filter(|sign| line.contains(**sign));
            faults.extend(signs.map(|sign| format!("{inner}:{}: `{sign}`", number + 1)));
        }
    }
    none(faults);
}
