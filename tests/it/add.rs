//! `onside add`: whatever is added reads, in every kind; what stood in a file before stays as it was, byte for byte.

use crate::support::{copy_of_sample, files_under, lay, none, onside, run, said};
use onside::model::Kind;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Every file of a project, by its path.
fn all(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = files_under(root).into_iter();
    files.map(|path| (path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap())).collect()
}

/// The findings of a project, hints too.
fn findings(root: &Path) -> Vec<Value> {
    let output = run(root, &["check", "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(&output)));
    document["findings"].as_array().unwrap().clone()
}

/// Adds a record of a kind to a project.
fn add(root: &Path, kind: Kind) {
    let mut words = vec!["add", kind.word(), "Brand new \"thing\" \\ of ours"];
    if kind == Kind::Lesson {
        words.extend(["--in", "content/training/two-sides"]);
    }
    let output = run(root, &words);
    assert_eq!(output.status.code(), Some(0), "{}: {}", kind.word(), said(&output));
}

/// The kinds that can be added to the sample, which has its charter.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Playbook | Kind::Charter))
}

#[test]
fn a_skeleton_of_every_kind_reads_and_says_only_what_is_undecided() {
    let mut faults = Vec::new();
    for kind in kinds() {
        let project = copy_of_sample(false);
        let before = all(project.path());
        let known = findings(project.path());
        add(project.path(), kind);
        let after = all(project.path());
        let touched: Vec<_> = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).collect();
        assert_eq!(touched.len(), 1, "{}: one file changes", kind.word());
        let (path, bytes) = touched[0];
        assert!(before.get(path).is_none_or(|old| bytes.starts_with(old)), "{path}: what stood in it stays");
        let new: Vec<Value> = findings(project.path()).into_iter().filter(|f| !known.contains(f)).collect();
        let todo = String::from_utf8_lossy(bytes).matches(" = \"TODO\"\n").count()
            + String::from_utf8_lossy(bytes).matches(" = [\"TODO\"]\n").count();
        let undecided = new.iter().filter(|f| f["rule"] == "undecided").count();
        assert_eq!(undecided, todo, "{}: every TODO is named", kind.word());
        let other = new.iter().filter(|f| !["undecided", "never-used"].contains(&f["rule"].as_str().unwrap()) || f["level"] == "error");
        faults.extend(other.map(|f| format!("{}: {}: {}", kind.word(), f["rule"], f["message"])));
    }
    none(faults);
}

#[test]
fn every_note_of_a_skeleton_is_right_once_its_sign_is_gone() {
    let mut faults = Vec::new();
    for kind in kinds() {
        let project = copy_of_sample(false);
        let before = all(project.path());
        add(project.path(), kind);
        let after = all(project.path());
        let (path, bytes) = after.iter().find(|(path, bytes)| before.get(*path) != Some(bytes)).unwrap();
        let old = before.get(path).map_or(0, Vec::len);
        let added = String::from_utf8(bytes[old..].to_vec()).unwrap();
        let (head, notes) = added.split_once("take away the first # of a line.\n").unwrap();
        let plain: String = notes.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n").collect();
        assert!(plain.lines().count() > 8, "{}: {plain}", kind.word());
        let whole = [&bytes[..old], head.as_bytes(), b"\n", plain.as_bytes()].concat();
        std::fs::write(project.path().join(path), whole).unwrap();
        let wrong = ["syntax", "unknown-key", "wrong-type", "unknown-reference", "wrong-kind", "missing-field"];
        let found = findings(project.path());
        let bad = found.iter().filter(|f| wrong.contains(&f["rule"].as_str().unwrap()));
        // A rule or a kind of record that an example only stands for is no fault of the skeleton.
        let bad = bad.filter(|f| !f["message"].as_str().unwrap().contains("some-"));
        faults.extend(bad.map(|f| format!("{}:{}: {}", kind.word(), f["line"], f["message"])));
    }
    none(faults);
}

const HEAD: &str = "name = \"Alone\"\ndefault_owner = \"lead\"\n";

/// What `content/terms.toml` is after a word was added to what it was.
fn after(before: &[u8]) -> Vec<u8> {
    let project = lay(&[("content/playbook.toml", HEAD)]);
    std::fs::write(project.path().join("content/terms.toml"), before).unwrap();
    let output = run(project.path(), &["add", "term", "Second", "--in", "content/terms.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let line: usize = said(&output).split("line ").nth(1).unwrap().split('.').next().unwrap().parse().unwrap();
    let bytes = std::fs::read(project.path().join("content/terms.toml")).unwrap();
    assert!(bytes.starts_with(before), "what stood there stays");
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(text.lines().nth(line - 1).map(|l| l.trim_start_matches('\u{feff}')), Some("[[term]]"), "the line is named: {text}");
    bytes[before.len()..].to_vec()
}

#[test]
fn a_file_keeps_its_line_ends_its_mark_and_its_last_line() {
    const FIRST: &str = "[[term]]\r\nid = \"first\"\r\ntitle = \"First\"\r\ndefinition = \"One.\"";
    let unix = FIRST.replace('\r', "");
    assert!(after(unix.as_bytes()).starts_with(b"\n\n[[term]]\nid"), "a last line without its end gets one");
    assert!(after((unix.clone() + "\n").as_bytes()).starts_with(b"\n[[term]]\nid"));
    assert!(after((unix.clone() + "\n\n").as_bytes()).starts_with(b"[[term]]\nid"));
    for ended in [FIRST.to_owned(), FIRST.to_owned() + "\r\n", FIRST.to_owned() + "\r\n\r\n", "\u{feff}".to_owned() + FIRST] {
        let added = String::from_utf8(after(ended.as_bytes())).unwrap();
        assert_eq!(added.matches('\n').count(), added.matches("\r\n").count(), "{ended:?} has one kind of line end");
    }
    assert!(after("\u{feff}".as_bytes()).starts_with(b"[[term]]"), "a mark alone is an empty file");
    assert!(after(b"").starts_with(b"[[term]]"));
}

#[test]
fn a_closed_list_gets_a_neighbour() {
    let project = lay(&[("content/playbook.toml", HEAD), ("content/people.toml", "person = [\n  { id = \"ana\", name = \"Ana\" },\n]\n")]);
    for name in ["Ben", "Chi"] {
        let output = run(project.path(), &["add", "person", name]);
        let says = format!("Added person:{} to content/more-people.toml, line ", name.to_lowercase());
        assert!(said(&output).contains(&says), "{}", said(&output));
    }
    assert!(!findings(project.path()).iter().any(|f| f["rule"] == "syntax"));
}

/// The refusal of a command, and that it left everything as it was.
fn refused(root: &Path, words: &[&str]) -> String {
    let before = all(root);
    let output = run(root, words);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
    assert_eq!(all(root), before, "{words:?} writes nothing");
    said(&output)
}

#[test]
fn what_cannot_be_written_safely_is_refused_and_left_as_it_is() {
    let project = lay(&[
        ("content/playbook.toml", HEAD),
        ("content/people.toml", "person = [\n  { id = \"ana\", name = \"Ana\" },\n]\n"),
        ("content/broken.toml", "[[term]]\ntitle = \"open\n"),
        ("content/pages/brand-new.md", "+++\nid = \"other\"\n+++\n# Other\n"),
        ("content/words.toml", "[[term]]\nid = \"now\"\ntitle = \"Now\"\ndefinition = \"A.\"\nwas = [\"then\"]\n"),
        ("outside/terms.toml", ""),
    ]);
    let root = project.path();
    for (words, says) in [
        (&["add", "person", "Ben", "--in", "content/people.toml"][..], "name another file, as in `--in content/more.toml`"),
        (&["add", "term", "New", "--in", "content/broken.toml"], "mend it first"),
        (&["add", "page", "Brand new"], "nothing is written over"),
        (&["add", "term", "New", "--in", "outside/../../terms.toml"], "leads out of content/"),
        (&["add", "term", "New", "--in", "/etc/terms.toml"], "leads out of content/"),
        (&["add", "term", "New", "--in", "content/.hidden.toml"], "does not read"),
        (&["add", "term", "New", "--in", "content/playbook.toml"], "holds no records"),
        (&["add", "term", "New", "--in", "content/terms.md"], "is no .toml file"),
        (&["add", "page", "New", "--in", "content/more.toml"], "a file of its own"),
        (&["add", "lesson", "New"], "`onside add module"),
        (&["add", "term", "?!"], "no letter or digit"),
        (&["add", "person", "ANA", "--in", "content/more.toml"], "already a person `Ana` in content/people.toml, line 2"),
        (&["add", "term", "Then"], "`then` was once the id of `Now` in content/words.toml, line 2"),
        (&["add", "playbook", "Another"], "one playbook"),
    ] {
        let answer = refused(root, words);
        assert!(answer.contains(says), "{words:?}: {answer}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let project = lay(&[("content/playbook.toml", HEAD), ("outside/terms.toml", "")]);
    let root = project.path();
    std::os::unix::fs::symlink("../outside", root.join("content/more")).unwrap();
    std::os::unix::fs::symlink("../outside/terms.toml", root.join("content/terms.toml")).unwrap();
    std::os::unix::fs::symlink("../outside", root.join("content/roles")).unwrap();
    for words in [&["add", "term", "New"][..], &["add", "term", "New", "--in", "content/more/terms.toml"], &["add", "role", "New"]] {
        assert!(refused(root, words).contains("is a symbolic link"), "{words:?}");
    }
}

#[test]
fn a_path_counts_from_where_one_is() {
    let project = lay(&[("content/playbook.toml", HEAD), ("content/training/readme.md", "")]);
    for (from, typed, found) in [
        (".", "content/a.toml", "content/a.toml"),
        (".", "b.toml", "content/b.toml"),
        ("content/training", "c.toml", "content/training/c.toml"),
        ("content/training", "../d.toml", "content/d.toml"),
        ("content", "content/e.toml", "content/content/e.toml"),
    ] {
        let mut command = onside(&project.path().join(from));
        let output = command.args(["add", "term", typed, "--in", typed]).output().unwrap();
        assert!(said(&output).contains(&format!(" to {found}, line 1.")), "{typed} from {from}: {}", said(&output));
        assert!(project.path().join(found).is_file(), "{found}");
    }
}
