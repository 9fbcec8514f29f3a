//! Old handbooks moving in: the shapes of tables, what is copied and how, and what is refused.

use crate::support::{files_under, here, lay, none, onside, prints, put, room, run, said};
use onside::adopt::{Found, Known, Write, plan};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A fenced block of a page of shapes.
struct Fence {
    info: String,
    text: String,
    /// Lines of the text in the page, from 0.
    lines: std::ops::Range<usize>,
}

fn fences(page: &str) -> Vec<Fence> {
    let mut all: Vec<Fence> = Vec::new();
    let mut open: Option<Fence> = None;
    for (number, line) in page.lines().enumerate() {
        match &mut open {
            None if line.starts_with("```") => {
                open = Some(Fence { info: line.trim_start_matches('`').to_owned(), text: String::new(), lines: number + 1..number + 1 });
            }
            None => {}
            Some(fence) if line == "```" => {
                fence.lines.end = number;
                all.extend(open.take());
            }
            Some(fence) => fence.text.push_str(&format!("{line}\n")),
        }
    }
    all
}

/// What becomes of files, as a page of shapes shows it.
fn shown(files: &[Found]) -> String {
    let plan = plan(files, Known::default());
    let records = plan.writes.iter().filter(|(path, _)| path.starts_with("content/adopted/"));
    let mut out: String = records
        .filter_map(|(_, write)| if let Write::Bytes(bytes) = write { String::from_utf8(bytes.clone()).ok() } else { None })
        .map(|text| text.split_once("\n\n").map_or(String::new(), |(_, records)| format!("{records}\n")))
        .collect();
    for left in plan.tables.iter().flat_map(|t| &t.left) {
        out.push_str(&format!("left: {left}\n"));
    }
    out.trim_end().lines().map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_shape_becomes_what_its_page_says() {
    let mut faults = Vec::new();
    for path in files_under(&here().join("tests/adopt")) {
        let page = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
        let mut files = Vec::new();
        let mut edits = Vec::new();
        for fence in fences(&page) {
            match fence.info.split_once(' ') {
                Some((_, path)) => files.push(Found { path: path.to_owned(), bytes: Some(fence.text.into_bytes()), refused: None }),
                None => {
                    let today = shown(&std::mem::take(&mut files));
                    if today != fence.text {
                        faults.push(format!("{}: line {}: today it is\n{today}", path.display(), fence.lines.start));
                    }
                    edits.push((fence.lines, today));
                }
            }
        }
        assert!(files.is_empty() && !edits.is_empty(), "{} has no `records` block at its end", path.display());
        for (range, today) in edits.into_iter().rev() {
            lines.splice(range, today.lines().map(str::to_owned));
        }
        if std::env::var("UPDATE").is_ok_and(|v| v == "1") {
            fs::write(&path, lines.join("\n") + "\n").unwrap();
            faults.clear();
        }
    }
    none(faults);
}

/// A handbook of the given files, and an empty folder beside it.
fn handbook(files: &[(&str, &str)]) -> (TempDir, PathBuf, PathBuf) {
    let folder = room();
    for (path, text) in files {
        put(&folder.path().join("old"), path, text);
    }
    fs::create_dir(folder.path().join("new")).unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    (folder, old, new)
}

fn adopt(old: &Path, new: &Path) -> std::process::Output {
    run(new, &["adopt", old.to_str().unwrap(), "--root", new.to_str().unwrap()])
}

const RACI: &str = "# Care\n\n| Task | R | A | C | I |\n|---|---|---|---|---|\n| Water | Gardener | Head gardener | Client | |\n| Prune | Gardener | | | |\n";

#[test]
fn what_is_adopted_builds_at_once_and_the_report_says_what_is_left() {
    let (_folder, old, new) = handbook(&[
        ("README.md", "# Old handbook\n\n[Care](care/who%20does.md) ![fern](img/fern.png) <center>Enjoy</center>\n"),
        ("care/who does.md", RACI),
        ("words.md", "| Term | Meaning |\n|---|---|\n| Frond | A leaf. |\n"),
        ("img/fern.png", "PNG"),
        ("img/unused.png", "PNG"),
        ("config.toml", "[[nonsense]]\n"),
        ("node_modules/x/README.md", "# No\n"),
        (".git/HEAD.md", "# No\n"),
        (".gitbook/assets/pic.png", "PNG"),
        ("book.md", "# Book\n\n![a](.gitbook/assets/pic.png)\n"),
    ]);
    let before = prints(&old);
    let output = adopt(&old, &new);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(prints(&old), before, "the old handbook is not touched");
    let report = fs::read_to_string(new.join("ADOPTED.md")).unwrap();
    for part in [
        "4 pages",
        "care/who does.md:3",
        "care/who does.md:6: “Prune”: nobody has the A",
        "words.md:1",
        "img/unused.png",
        "config.toml",
        "Head gardener",
    ] {
        assert!(report.contains(part), "{part} is not in\n{report}");
    }
    let check = run(&new, &["check", "--format", "json"]);
    assert!(!said(&check).contains("\"level\":\"error\"") && !said(&check).contains("\"level\": \"error\""), "{}", said(&check));
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    let build = run(&new, &["build"]);
    assert_eq!(build.status.code(), Some(0), "{}", said(&build));
    for file in
        ["pages/care/who-does/index.html", "files/pages/img/fern.png", "files/pages/gitbook/assets/pic.png", "terms/frond/index.html"]
    {
        assert!(new.join("site").join(file).is_file(), "{file} is not in the site");
    }
    assert!(!new.join("content/pages/node_modules").exists() && !new.join("content/pages/config.toml").exists());
}

#[test]
fn bodies_are_copied_byte_for_byte_and_front_matter_becomes_ours() {
    let body = "\r\n# Slack  \r\n\r\ntext\u{a0}\ttrailing  \r\n\r\n";
    let yaml = "---\r\ntitle: 'Slack: \"how\"'\r\nweight: 3\r\nnav_exclude: true\r\ntags: [a, b]\r\nredirect_from: [/slack/]\r\naliases: [Chat]\r\ndate: 2024-05-01\r\nlast_reviewed: 2024-06-01\r\nowner: jo\r\ndeep: {a: [1, 2.5, true]}\r\ndraft: true\r\ndescription: In short.\r\n---\r\n";
    let (_folder, old, new) = handbook(&[
        ("slack.md", &format!("\u{feff}{yaml}{body}")),
        ("plain.md", "no front matter\r\n"),
        ("broken.md", "---\ntitle: \"x\n---\nbody\n"),
    ]);
    assert_eq!(adopt(&old, &new).status.code(), Some(0));
    let slack = fs::read(new.join("content/pages/slack.md")).unwrap();
    let slack = String::from_utf8(slack).unwrap();
    let (front, rest) = slack.split_once("+++\n").and_then(|(_, rest)| rest.split_once("+++\n")).unwrap();
    assert_eq!(rest, body);
    assert_eq!(
        front,
        "title = \"Slack: \\\"how\\\"\"\nx-aliases = [\"Chat\"]\nx-date = 2024-05-01\nreviewed = 2024-06-01\nx-owner = \"jo\"\n\
         x-deep = { \"a\" = [1, 2.5, true] }\nstatus = \"draft\"\nsummary = \"In short.\"\nnav = { order = 3, hide = true }\n\
         tags = [\"a\", \"b\"]\nredirect_from = [\"/slack/\"]\n"
    );
    for path in ["plain.md", "broken.md"] {
        assert_eq!(fs::read(new.join("content/pages").join(path)).unwrap(), fs::read(old.join(path)).unwrap(), "{path}");
    }
    let check = run(&new, &["check"]);
    assert!(!said(&check).contains("slack.md") || said(&check).contains("unreachable-page"), "{}", said(&check));
    assert!(!said(&check).contains("unknown-key"), "{}", said(&check));
}

#[test]
fn nothing_is_ever_overwritten_and_what_is_known_is_used() {
    let (_folder, old, new) =
        handbook(&[("a.md", RACI), ("b.md", "| Term | Definition |\n|---|---|\n| Lead | One. |\n| Frond | A leaf. |\n")]);
    put(&new, "content/playbook.toml", "name = \"Ours\"\ndefault_owner = \"head-gardener\"\n");
    put(
        &new,
        "content/all.toml",
        "[[team]]\nid = \"all\"\ntitle = \"All\"\nlead = \"head-gardener\"\n\n[[role]]\nid = \"head-gardener\"\ntitle = \"Head Gardener\"\nteam = \"all\"\n\n[[term]]\nid = \"lead\"\ntitle = \"Lead\"\ndefinition = \"Ours.\"\n",
    );
    put(&new, "content/pages/a.md", "# Ours\n");
    put(&new, "ADOPTED.md", "mine\n");
    let before = prints(&new);
    let first = adopt(&old, &new);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let again = adopt(&old, &new);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let after = prints(&new);
    none(before.iter().filter(|(path, print)| after.get(*path) != Some(print)).map(|(path, _)| format!("{} changed", path.display())));
    let report = fs::read_to_string(new.join("ADOPTED-2.md")).unwrap();
    for part in ["content/pages/a.md", "“Lead”: the playbook has this term already"] {
        assert!(report.contains(part), "{part} is not in\n{report}");
    }
    let activities = fs::read_to_string(new.join("content/adopted/responsibilities.toml")).unwrap();
    assert!(activities.contains("accountable = \"head-gardener\""), "{activities}");
    assert!(!new.join("content/adopted/responsibilities-2.toml").exists(), "the second time all is known");
    let build = run(&new, &["build"]);
    assert_eq!(build.status.code(), Some(0), "{}", said(&build));
}

#[test]
fn what_cannot_be_adopted_is_refused_in_a_sentence() {
    let (folder, old, new) = handbook(&[("note.txt", "no Markdown")]);
    put(folder.path(), "file.md", "# x\n");
    let inside = new.join("content/pages/x");
    fs::create_dir_all(&inside).unwrap();
    put(&new, "content/playbook.toml", "name = \"Ours\"\ndefault_owner = \"x\"\n");
    let told = [
        (folder.path().join("nowhere"), "name the folder it lies in"),
        (folder.path().join("file.md"), "is a file"),
        (old.clone(), "holds no Markdown file"),
        (inside, "is a part of the playbook already"),
        (folder.path().to_path_buf(), "would be written into the handbook"),
    ];
    for (dir, words) in told {
        let output = adopt(&dir, &new);
        assert_eq!(output.status.code(), Some(2), "{}: {}", dir.display(), said(&output));
        assert!(said(&output).contains(words), "{}: {}", dir.display(), said(&output));
    }
    assert!(!new.join("ADOPTED.md").exists());
}

#[test]
fn files_that_no_machine_likes_are_named_and_the_rest_is_adopted() {
    let (_folder, old, new) = handbook(&[("good.md", "# Good\n"), ("Twin.md", "# A\n"), ("twin.md", "# B\n")]);
    fs::write(old.join("bytes.md"), b"# Bytes \xff\n").unwrap();
    fs::write(old.join(format!("{}.md", "x".repeat(252))), "# Long\n").unwrap();
    fs::write(old.join("huge.md"), format!("# Huge\n\n{}", "word ".repeat(400_000))).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", old.join("out.md")).unwrap();
    let output = adopt(&old, &new);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report = fs::read_to_string(new.join("ADOPTED.md")).unwrap();
    for part in [
        "`bytes.md` holds bytes that are not UTF-8",
        "longer than 250 bytes",
        "`twin.md` and `Twin.md` differ by letter case",
        "`out.md`: it is a symbolic link",
    ] {
        assert!(report.contains(part), "{part} is not in\n{report}");
    }
    assert_eq!(fs::read(new.join("content/pages/bytes.md")).unwrap(), b"# Bytes \xff\n");
    assert!(new.join("content/pages/huge.md").is_file() && !new.join("content/pages/out.md").exists());
    assert_eq!(run(&new, &["build"]).status.code(), Some(0));
}

#[test]
fn many_thousand_files_are_adopted_in_a_few_seconds() {
    let (_folder, old, new) = handbook(&[]);
    for n in 0..40_000 {
        let path = old.join(format!("d{}", n % 200));
        if n < 200 {
            fs::create_dir_all(&path).unwrap();
        }
        fs::write(path.join(format!("f{n}.{}", if n % 20 == 0 { "md" } else { "log" })), format!("# Page {n}\n")).unwrap();
    }
    let begun = std::time::Instant::now();
    let output = adopt(&old, &new);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("2000 pages"), "{}", said(&output));
    assert!(begun.elapsed().as_secs() < 60, "took {:?}", begun.elapsed());
}

/// The corpora that came with the brief, where they are there: every Markdown file is a page, and nothing is an error.
#[test]
fn real_handbooks_become_a_page_a_file() {
    let corpora = here().join("../shared/corpora");
    let corpora = if corpora.is_dir() { corpora } else { PathBuf::from(std::env::var("ONSIDE_CORPORA").unwrap_or_default()) };
    let mut met = BTreeMap::new();
    for name in ["clef-handbook", "18f-handbook"] {
        let old = corpora.join(name);
        if !old.is_dir() {
            println!("skipped: {} is not there", old.display());
            continue;
        }
        let new = lay(&[]);
        let output = onside(new.path()).arg("adopt").arg(&old).arg("--root").arg(new.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let files = files_under(&old).into_iter().filter(|p| p.extension().is_some_and(|e| e == "md")).count();
        let compiled = crate::support::compiled(new.path());
        assert_eq!(compiled.playbook.pages.iter().count(), files, "{name}");
        met.insert(name, files);
    }
    println!("{met:?}");
}
