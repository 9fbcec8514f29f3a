//! Every repository gives versions, or one clear notice; and nothing of it is ever executed.
//!
//! Repositories are made by our own writer, and by the `git` program where only it can; without it those tests say so and pass.

use crate::support::{LONELY, compiled, lay, prints, project, put, room, run, said};
use jiff::civil::{Date, date};
use onside::compile::{Compiled, read as read_tree, unjudged};
use onside::diagnostic::{FileId, Files};
use onside::history::git::write::{Person, Snapshot, create};
use onside::history::git::{Repository, locate};
use onside::history::{self, Dating, History, Notice, Version};
use onside::model::Playbook;
use onside::model::document::Document;
use onside::source::tree::{Content, TreeEntry};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use tempfile::TempDir;

const TEAMS: &str =
    "[[team]]\nid = \"all\"\ntitle = \"All\"\nlead = \"lead\"\n\n[[role]]\nid = \"lead\"\ntitle = \"Lead\"\nteam = \"all\"\n";

/// The files of a version: the least playbook, and more.
fn files(more: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let least = [("content/playbook.toml", LONELY), ("content/teams.toml", TEAMS)];
    least.iter().chain(more).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// A commit to be made: its day, its message, its tag, its files.
type Planned<'a> = (Date, &'a str, Option<&'a str>, BTreeMap<String, Vec<u8>>);

/// A repository of commits, with the files of the last one.
fn founded(planned: &[Planned<'_>]) -> TempDir {
    let folder = room();
    found_in(folder.path(), planned);
    folder
}

fn found_in(folder: &Path, planned: &[Planned<'_>]) {
    let last = planned.last().map(|(_, _, _, files)| files.clone()).unwrap_or_default();
    last.iter().for_each(|(path, bytes)| put(folder, path, bytes));
    let by = Person { name: "Ada Lovelace".to_owned(), email: "ada@example.com".to_owned() };
    let mut snapshots = Vec::new();
    for (date, message, tag, files) in planned {
        snapshots.push(Snapshot { files, by: by.clone(), date: *date, message, tag: *tag });
    }
    create(folder, &snapshots).unwrap();
}

/// Two versions: a page was added, then changed.
fn two() -> TempDir {
    founded(&[
        (date(2026, 1, 5), "Begin", Some("v1"), files(&[("content/pages/a.md", "# A\n\nFirst.\n")])),
        (date(2026, 2, 6), "Say more", Some("v2"), files(&[("content/pages/a.md", "# A\n\nSecond.\n"), ("content/pages/b.md", "# B\n")])),
    ])
}

/// A project read, and its history.
fn past(root: &Path) -> (Compiled, History) {
    let compiled = compiled(root);
    let history = history::read(&project(root), &compiled.playbook, &compiled.files);
    (compiled, history)
}

fn names(history: &History) -> Vec<&str> {
    history.versions.iter().map(|version| version.name.as_str()).collect()
}

/// The one notice there is.
fn only(history: &History) -> &Notice {
    assert_eq!(history.notices.len(), 1, "{:#?}", history.notices);
    assert!(!history.notices[0].text.contains('\n') && !history.notices[0].remedy.is_empty(), "{:?}", history.notices);
    &history.notices[0]
}

/// No version, and one notice that says this and mends it by that.
fn refused(root: &Path, text: &str, remedy: &str) {
    let (_, history) = past(root);
    assert!(history.versions.is_empty(), "{:?}", names(&history));
    let notice = only(&history);
    assert!(notice.text.contains(text) && notice.remedy.contains(remedy), "{notice:#?}");
}

fn opened(root: &Path) -> Repository {
    locate(root).unwrap().open().unwrap()
}

/// What stands in a file under `.git`.
fn inside(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(".git").join(path)).unwrap().trim().to_owned()
}

fn document<'a>(version: &'a Version, path: &str) -> &'a Arc<Document> {
    version.playbook.documents.iter().find(|d| d.path == path).unwrap_or_else(|| panic!("{path} is not in {}", version.name))
}

/// Runs git, with nothing of this machine's configuration; without git the test says so and ends.
fn git(folder: &Path, words: &[&str]) -> Option<Output> {
    git_on(folder, "2026-03-01T12:00:00Z", words)
}

fn git_on(folder: &Path, moment: &str, words: &[&str]) -> Option<Output> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"]).args(words);
    for (variable, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "Grace Hopper"),
        ("GIT_AUTHOR_EMAIL", "grace@example.com"),
        ("GIT_COMMITTER_NAME", "Grace Hopper"),
        ("GIT_COMMITTER_EMAIL", "grace@example.com"),
        ("GIT_AUTHOR_DATE", moment),
        ("GIT_COMMITTER_DATE", moment),
    ] {
        command.env(variable, value);
    }
    let Ok(output) = command.output() else {
        println!("there is no git here, so this is not tested");
        return None;
    };
    assert!(output.status.success(), "git {}: {}", words.join(" "), said(&output));
    Some(output)
}

/// What git answers, without its line end.
fn answer(folder: &Path, words: &[&str]) -> Option<String> {
    git(folder, words).map(|output| String::from_utf8(output.stdout).unwrap().trim_end().to_owned())
}

#[test]
fn a_folder_without_a_repository_has_no_versions() {
    let folder = lay(&[("content/playbook.toml", LONELY), ("content/teams.toml", TEAMS)]);
    refused(folder.path(), "in no git repository", "git init");
    let (compiled, history) = past(folder.path());
    assert_eq!(*history.dates(&compiled.playbook, &compiled.files).of("content/teams.toml"), Dating::Unknown);
}

#[test]
fn a_repository_without_a_commit_has_no_versions() {
    let folder = lay(&[("content/playbook.toml", LONELY), ("content/teams.toml", TEAMS)]);
    create(folder.path(), &[]).unwrap();
    refused(folder.path(), "nothing is committed", "git commit");
    let (compiled, history) = past(folder.path());
    assert_eq!(*history.dates(&compiled.playbook, &compiled.files).of("content/teams.toml"), Dating::Uncommitted);
}

#[test]
fn a_bare_repository_has_no_files_of_its_own() {
    let folder = two();
    let bare = room();
    for entry in fs::read_dir(folder.path().join(".git")).unwrap().map(Result::unwrap) {
        assert!(Command::new("cp").arg("-r").arg(entry.path()).arg(bare.path()).status().unwrap().success());
    }
    files(&[]).iter().for_each(|(path, bytes)| put(bare.path(), path, bytes));
    refused(bare.path(), "is bare", "git clone");
}

#[test]
fn a_detached_head_is_a_commit_like_any() {
    let folder = two();
    fs::write(folder.path().join(".git/HEAD"), inside(folder.path(), "refs/heads/main") + "\n").unwrap();
    let (compiled, history) = past(folder.path());
    assert_eq!((names(&history), history.notices()), (vec!["v1", "v2"], &[][..]));
    let dates = history.dates(&compiled.playbook, &compiled.files);
    assert_eq!(*dates.of("content/pages/a.md"), Dating::On { date: date(2026, 2, 6), author: "Ada Lovelace".to_owned() });
}

#[test]
fn versions_are_playbooks_with_the_oldest_first() {
    let folder = two();
    let (compiled, history) = past(folder.path());
    assert_eq!((names(&history), history.notices()), (vec!["v1", "v2"], &[][..]));
    let (first, second) = (&history.versions[0], &history.versions[1]);
    assert_eq!((first.date, first.subject.as_str(), first.segment.as_str()), (date(2026, 1, 5), "Begin", "v1"));
    assert_eq!((second.date, second.message.as_deref()), (date(2026, 2, 6), Some("Say more")));
    assert_eq!((first.playbook.title(), first.playbook.pages.len(), second.playbook.pages.len()), ("Alone", 1, 2));
    assert_ne!(first.id, second.id);
    assert_eq!(first.id.len(), 40);
    let page = document(first, "content/pages/a.md");
    assert_eq!(first.files.text(page.file), "# A\n\nFirst.\n", "a span of an old version points into its own text");
    assert_eq!(first.files.path(page.file), "content/pages/a.md");
    for path in ["content/teams.toml", "content/pages/a.md"] {
        let now = compiled.playbook.documents.iter().find(|d| d.path == path).unwrap();
        assert!(Arc::ptr_eq(document(second, path), now), "{path} is parsed once for the version and the working tree");
    }
    assert!(Arc::ptr_eq(document(first, "content/teams.toml"), document(second, "content/teams.toml")));
    assert!(!history.is_unreleased(&compiled.playbook));
    assert_eq!(history.version("v1").unwrap().tree.entries.len(), 3);
    put(folder.path(), "content/pages/c.md", "# C\n");
    let (compiled, history) = past(folder.path());
    assert!(history.is_unreleased(&compiled.playbook));
}

#[test]
fn a_project_may_be_a_folder_of_a_repository() {
    let folder = room();
    let moved = |files: BTreeMap<String, Vec<u8>>| files.into_iter().map(|(path, bytes)| (format!("hand/book/{path}"), bytes)).collect();
    found_in(
        folder.path(),
        &[
            (date(2026, 1, 5), "Begin", Some("v1"), moved(files(&[]))),
            (date(2026, 2, 5), "More", Some("v2"), moved(files(&[("content/pages/a.md", "# A\n")]))),
        ],
    );
    let (compiled, history) = past(&folder.path().join("hand/book"));
    assert_eq!((names(&history), history.notices()), (vec!["v1", "v2"], &[][..]));
    let dates = history.dates(&compiled.playbook, &compiled.files);
    assert_eq!(*dates.of("content/teams.toml"), Dating::On { date: date(2026, 1, 5), author: "Ada Lovelace".to_owned() });
}

#[test]
fn a_shallow_clone_has_no_date_rather_than_a_wrong_one() {
    let folder = room();
    let more = |texts: &[(&str, &str)]| files(texts);
    let planned = [
        (date(2026, 1, 5), "Begin", Some("v1"), more(&[("content/pages/a.md", "# A\n"), ("content/pages/b.md", "# B\n")])),
        (date(2026, 2, 5), "More", Some("v2"), more(&[("content/pages/a.md", "# A 2\n"), ("content/pages/b.md", "# B\n")])),
        (date(2026, 3, 5), "Most", Some("v3"), more(&[("content/pages/a.md", "# A 2\n"), ("content/pages/b.md", "# B 3\n")])),
    ];
    found_in(&folder.path().join("whole"), &planned);
    let from = format!("file://{}", folder.path().join("whole").display());
    let Some(_) = git(folder.path(), &["clone", "-q", "--depth", "2", &from, "shallow"]) else { return };
    let (compiled, history) = past(&folder.path().join("shallow"));
    assert_eq!(only(&history).remedy, "run `git fetch --unshallow --tags`");
    let dates = history.dates(&compiled.playbook, &compiled.files);
    assert_eq!(*dates.of("content/pages/b.md"), Dating::On { date: date(2026, 3, 5), author: "Ada Lovelace".to_owned() });
    for path in ["content/pages/a.md", "content/teams.toml"] {
        assert_eq!(*dates.of(path), Dating::Unknown, "{path}");
    }
    git(folder.path(), &["clone", "-q", "--depth", "1", &from, "shallower"]);
    let (_, history) = past(&folder.path().join("shallower"));
    assert!(only(&history).text.contains("shallow clone"));
}

#[test]
fn a_linked_work_tree_and_a_submodule_have_versions() {
    let folder = room();
    let main = folder.path().join("main");
    found_in(&main, &[(date(2026, 1, 5), "Begin", Some("v1"), files(&[]))]);
    let Some(_) = git(&main, &["worktree", "add", "-q", "-b", "side", "../linked"]) else { return };
    let (compiled, history) = past(&folder.path().join("linked"));
    assert_eq!((names(&history), history.notices()), (vec!["v1"], &[][..]));
    let dates = history.dates(&compiled.playbook, &compiled.files);
    assert_eq!(*dates.of("content/teams.toml"), Dating::On { date: date(2026, 1, 5), author: "Ada Lovelace".to_owned() });

    let above = folder.path().join("above");
    found_in(&above, &[(date(2026, 4, 5), "Another", Some("v7"), files(&[]))]);
    git(&above, &["submodule", "--quiet", "add", &format!("file://{}", main.display()), "hand"]);
    let (_, history) = past(&above.join("hand"));
    assert_eq!((names(&history), history.notices()), (vec!["v1"], &[][..]));
    fs::remove_dir_all(above.join(".git/modules/hand")).unwrap();
    refused(&above.join("hand"), "is no git repository", "git submodule update --init");
}

#[test]
fn forty_tags_of_one_day_stand_in_the_order_of_their_numbers() {
    let pages: Vec<String> = (1..=40).map(|n| format!("# Page\n\nNumber {n}.\n")).collect();
    let tags: Vec<String> = (1..=40).map(|n| format!("v{n}")).collect();
    let planned: Vec<Planned<'_>> = tags
        .iter()
        .zip(&pages)
        .map(|(tag, page)| (date(2026, 1, 5), "Again", Some(tag.as_str()), files(&[("content/pages/p.md", page.as_str())])))
        .collect();
    let folder = founded(&planned);
    let (compiled, history) = past(folder.path());
    assert_eq!(names(&history), tags.iter().map(String::as_str).collect::<Vec<_>>());
    let now = compiled.playbook.documents.iter().find(|d| d.path == "content/teams.toml").unwrap();
    assert!(history.versions.iter().all(|v| Arc::ptr_eq(document(v, "content/teams.toml"), now)));
    let texts = |v: &Version| v.files.text(document(v, "content/pages/p.md").file).to_owned();
    assert_eq!(history.versions.iter().map(texts).collect::<Vec<_>>(), pages);
}

#[test]
fn the_playbook_says_which_tags_are_versions_and_how_many_are_kept() {
    let kept = |setting: &str| {
        let own = format!("{LONELY}[versions]\n{setting}\n");
        let of = |own: &str| files(&[("content/playbook.toml", own)]);
        let tags = ["v1", "v2", "2026-03", "v3", "odd/1"];
        let planned: Vec<Planned<'_>> =
            tags.iter().zip(1..).map(|(tag, month)| (date(2026, month, 1), "Again", Some(*tag), of(&own))).collect();
        let folder = founded(&planned);
        let (_, history) = past(folder.path());
        let names = names(&history).into_iter().map(str::to_owned).collect::<Vec<_>>().join(" ");
        (names, history.notices.into_iter().map(|n| n.text).collect::<Vec<_>>().join("\n"))
    };
    for (setting, expected) in [
        ("", "v1 v2 v3"),
        ("tags = \"*\"", "v1 v2 2026-03 v3 odd/1"),
        ("tags = [\"2026-*\", \"v[12]\"]", "v1 v2 2026-03"),
        ("keep = 2", "v2 v3"),
        ("keep = { latest = 1, pinned = [\"v1\"] }", "v1 v3"),
        ("keep = [1, \"v2\"]", "v2 v3"),
        ("keep = \"v1\"", "v1 v3"),
    ] {
        assert_eq!(kept(setting), (expected.to_owned(), String::new()), "{setting}");
    }
    let (names, notice) = kept("keep = true");
    assert!(names == "v1 v2 v3" && notice.contains("so all are"), "{names} {notice}");
    let (names, notice) = kept("tags = \"release-*\"");
    assert!(names.is_empty() && notice.contains("none of the 5 tags") && notice.contains("`release-*`"), "{notice}");
}

#[test]
fn two_tags_never_share_an_address() {
    let own = format!("{LONELY}[versions]\ntags = \"*\"\n");
    let of = || files(&[("content/playbook.toml", own.as_str())]);
    let planned: Vec<Planned<'_>> =
        ["a/1", "v1", "a-1", "V1", "…"].iter().zip(1..).map(|(tag, month)| (date(2026, month, 1), "Again", Some(*tag), of())).collect();
    let folder = founded(&planned);
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v1", "a-1"]);
    let notices: Vec<String> = history.notices.iter().map(ToString::to_string).collect();
    assert_eq!(notices.len(), 3, "{notices:#?}");
    for words in [
        "`a/1` is left out, because its address is that of the tag `a-1`",
        "`V1` is left out",
        "`…` is left out, because nothing of its name",
    ] {
        assert!(notices.iter().any(|n| n.contains(words)), "{words}: {notices:#?}");
    }
}

#[test]
fn a_tag_of_a_file_or_a_folder_is_no_version() {
    let folder = two();
    let tags = folder.path().join(".git/refs/tags");
    let blob = opened(folder.path()).id_of(b"# B\n").unwrap().to_string();
    fs::write(tags.join("v8"), blob + "\n").unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v1", "v2"]);
    assert!(only(&history).text.contains("the tag `v8` is left out, because it stands for a file"), "{:?}", history.notices);
    fs::write(tags.join("v8"), history.versions[0].id.clone() + "\n").unwrap();
    let (_, history) = past(folder.path());
    assert!(only(&history).text.contains("it stands for a folder"), "{:?}", history.notices);
    assert!(only(&history).remedy.contains("git tag -d v8"));
}

#[test]
fn a_broken_tag_and_one_that_leads_nowhere_are_told() {
    let folder = two();
    let tags = folder.path().join(".git/refs/tags");
    for (text, words) in [
        ("nonsense\n", "the tag `v8` is left out, because its file is broken"),
        ("1234567890123456789012345678901234567890\n", "not in this clone"),
        ("ref: refs/heads/no-such\n", "a name that is not there"),
        ("ref: refs/tags/v8\n", "it stands for itself"),
    ] {
        fs::write(tags.join("v8"), text).unwrap();
        let (_, history) = past(folder.path());
        assert_eq!(names(&history), ["v1", "v2"], "{text}");
        println!("{}", only(&history));
        assert!(only(&history).text.contains(words), "{text}: {:?}", history.notices);
    }
    fs::write(tags.join("v8"), "ref: refs/tags/v1\n").unwrap();
    let (_, history) = past(folder.path());
    assert_eq!((names(&history), history.notices()), (vec!["v1", "v8", "v2"], &[][..]), "a tag may stand for another");
}

#[test]
fn a_moved_tag_is_where_it_was_moved_to() {
    let folder = two();
    let (first, second) = (inside(folder.path(), "refs/tags/v1"), inside(folder.path(), "refs/heads/main"));
    let packed = format!("# pack-refs with: peeled fully-peeled sorted \n{first} refs/tags/v1\n{first} refs/tags/v3\n");
    fs::write(folder.path().join(".git/packed-refs"), packed).unwrap();
    fs::write(folder.path().join(".git/refs/tags/v1"), second + "\n").unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v3", "v1", "v2"]);
    assert_eq!(history.version("v1").unwrap().id, history.version("v2").unwrap().id);
    assert_eq!(history.version("v3").unwrap().playbook.pages.len(), 1, "packed tags count");
}

#[test]
fn a_branch_that_is_called_like_a_tag_is_no_version() {
    let folder = two();
    let heads = folder.path().join(".git/refs/heads");
    fs::write(heads.join("v1"), inside(folder.path(), "refs/heads/main") + "\n").unwrap();
    fs::write(heads.join("v9"), inside(folder.path(), "refs/heads/main") + "\n").unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v1", "v2"]);
    assert_eq!(history.versions[0].playbook.pages.len(), 1);
}

#[test]
fn tags_from_before_there_was_a_playbook_are_told_in_one_sentence() {
    let readme = || BTreeMap::from([("README.md".to_owned(), b"Soon.\n".to_vec())]);
    let folder = founded(&[
        (date(2025, 1, 5), "Soon", Some("v0.1"), readme()),
        (date(2025, 2, 5), "Sooner", Some("v0.2"), readme()),
        (date(2026, 1, 5), "Begin", Some("v1"), files(&[])),
    ]);
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v1"]);
    assert_eq!(only(&history).text, "the tags `v0.1` and `v0.2` are left out, because there was no `content/` yet");
}

#[test]
fn a_playbook_that_stood_elsewhere_then_is_told() {
    let elsewhere = files(&[]).into_iter().map(|(path, bytes)| (format!("handbook/{path}"), bytes)).collect();
    let folder = founded(&[(date(2025, 1, 5), "Begin", Some("v1"), elsewhere), (date(2026, 1, 5), "Move it up", Some("v2"), files(&[]))]);
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v2"]);
    assert!(only(&history).text.contains("`handbook/content/`"), "{:?}", history.notices);
}

#[test]
fn another_encoding_is_cleaned_as_on_the_disk() {
    let mut latin = files(&[("content/pages/a.md", "# A\n")]);
    latin.insert("content/pages/b.md".to_owned(), b"# Caf\xe9\n".to_vec());
    latin.insert("content/roles.toml".to_owned(), b"[[role]]\nid = \"cook\"\ntitle = \"Caf\xe9\"\nteam = \"all\"\n".to_vec());
    let windows = files(&[("content/pages/a.md", "\u{feff}# A\r\n")]);
    let folder = founded(&[
        (date(2026, 1, 5), "Begin", Some("v1"), latin),
        (date(2026, 2, 5), "Written on Windows", Some("v2"), windows),
        (date(2026, 3, 5), "As it should be", Some("v3"), files(&[("content/pages/a.md", "# A\n")])),
    ]);
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v1", "v2", "v3"]);
    assert_eq!(only(&history).text, "content/roles.toml cannot be read in version `v1` (a byte that is not UTF-8)");
    let page = |at: usize| document(&history.versions[at], "content/pages/a.md");
    assert!(Arc::ptr_eq(page(0), page(1)) && Arc::ptr_eq(page(1), page(2)), "the same text in another dress");
    assert_eq!(history.versions[0].playbook.pages.len(), 2);
}

#[test]
fn replaced_objects_are_not_believed() {
    let folder = two();
    let (first, second) = (inside(folder.path(), "refs/heads/main"), opened(folder.path()).tags(|name| name == "v1").good[0].commit.id);
    let replace = folder.path().join(".git/refs/replace");
    fs::create_dir_all(&replace).unwrap();
    fs::write(replace.join(second.to_string()), first + "\n").unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(history.version("v1").unwrap().playbook.pages.len(), 1);
}

#[test]
fn strange_names_in_a_tree_never_become_paths() {
    let folder = founded(&[(date(2026, 1, 5), "Begin", None, files(&[]))]);
    let root = folder.path();
    let Some(blob) = answer(root, &["hash-object", "-w", "content/teams.toml"]) else { return };
    let bytes: Vec<u8> = (0..20).map(|at| u8::from_str_radix(&blob[at * 2..at * 2 + 2], 16).unwrap()).collect();
    let mut tree = Vec::new();
    for name in ["", ".", "..", ".git", ".hidden", "../../escape.md", "a/b.md", "roles.toml", "roles.toml"] {
        tree.extend(format!("100644 {name}\0").bytes());
        tree.extend(&bytes);
    }
    fs::write(root.join("raw"), tree).unwrap();
    let content = answer(root, &["hash-object", "-t", "tree", "-w", "--literally", "raw"]).unwrap();
    fs::write(root.join("line"), format!("040000 tree {content}\tcontent\n")).unwrap();
    let top = Command::new("git").args(["mktree"]).current_dir(root).stdin(fs::File::open(root.join("line")).unwrap()).output().unwrap();
    let top = String::from_utf8(top.stdout).unwrap();
    let commit = answer(root, &["commit-tree", "-m", "Hurt", top.trim()]).unwrap();
    git(root, &["tag", "v1", &commit]);
    let (_, history) = past(root);
    let [version] = history.versions.as_slice() else { panic!("{history:#?}") };
    let read = |entry: &&TreeEntry| !matches!(entry.content, Content::Refused(_));
    let paths = |all: Vec<&TreeEntry>| all.into_iter().map(|e| e.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(version.tree.entries.iter().filter(read).collect()), ["content/roles.toml"]);
    assert_eq!(paths(version.tree.entries.iter().filter(|e| !read(e)).collect()), ["content/?", "content/a|b.md"]);
    let texts: Vec<&str> = history.notices.iter().map(|n| n.text.as_str()).collect();
    assert!(texts.len() == 2 && texts.iter().all(|t| t.contains("its name is none that a file can have")), "{texts:#?}");
    assert!(version.bytes("content/../../escape.md").is_err());
}

#[test]
fn links_and_submodules_of_a_version_are_not_followed() {
    let folder = founded(&[(date(2026, 1, 5), "Begin", None, files(&[]))]);
    let root = folder.path();
    symlink("/etc/passwd", root.join("content/pages.md")).unwrap();
    let Some(head) = answer(root, &["rev-parse", "HEAD"]) else { return };
    git(root, &["add", "content"]);
    git(root, &["update-index", "--add", "--cacheinfo", &format!("160000,{head},content/other")]);
    git(root, &["commit", "-q", "-m", "Lead astray"]);
    git(root, &["tag", "v1"]);
    fs::remove_file(root.join("content/pages.md")).unwrap();
    let (_, history) = past(root);
    assert_eq!(names(&history), ["v1"]);
    let texts: Vec<&str> = history.notices.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(texts.len(), 2, "{texts:#?}");
    assert!(texts[0].contains("content/other") && texts[0].contains("submodule"), "{texts:#?}");
    assert!(texts[1].contains("content/pages.md") && texts[1].contains("symbolic link"), "{texts:#?}");
    assert!(history.versions[0].bytes("content/pages.md").is_err());
}

#[test]
fn a_lost_object_costs_one_file_and_one_notice() {
    let folder = two();
    let id = opened(folder.path()).id_of(b"# A\n\nFirst.\n").unwrap().to_string();
    let lost = folder.path().join(format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    fs::remove_file(&lost).unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v1", "v2"]);
    assert_eq!(only(&history).text, "content/pages/a.md cannot be read in version `v1` (its bytes are not in this clone)");
    let tree = history.versions[0].id.clone();
    fs::remove_file(folder.path().join(format!(".git/objects/{}/{}", &tree[..2], &tree[2..]))).unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(names(&history), ["v2"]);
    assert!(only(&history).text.contains("`v1` is left out, because a folder of it is not there"), "{:?}", history.notices);
}

#[test]
fn a_broken_repository_is_one_notice() {
    for (path, text) in [
        (".git/config", "[core\n"),
        (".git/config", "[core]\nrepositoryformatversion = 99\n[extensions]\nobjectformat = md5\n"),
        (".git/config", "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n"),
        (".git/HEAD", "nonsense\n"),
    ] {
        let folder = two();
        put(folder.path(), path, text);
        let (_, history) = past(folder.path());
        assert!(history.versions.is_empty() || path == ".git/HEAD", "{text}");
        println!("{}", only(&history));
    }
    let folder = lay(&[("content/playbook.toml", LONELY), ("content/teams.toml", TEAMS), (".git", "gitdir: /no/such/place\n")]);
    refused(folder.path(), "is no git repository", "git status");
}

/// Everything that git would run for a repository's configuration, with a canary for each.
fn hostile(root: &Path) -> PathBuf {
    let canary = root.join("canary");
    let touch = root.join("touch.sh");
    fs::write(&touch, format!("#!/bin/sh\necho $0 $* >> {}\n", canary.display())).unwrap();
    fs::set_permissions(&touch, fs::Permissions::from_mode(0o755)).unwrap();
    let program = touch.display();
    let hooks = root.join(".git/hooks");
    fs::create_dir_all(&hooks).unwrap();
    for hook in ["post-checkout", "reference-transaction", "pre-commit", "post-index-change", "fsmonitor-watchman"] {
        fs::copy(&touch, hooks.join(hook)).unwrap();
    }
    let config = format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tfsmonitor = {program}\n\tpager = {program}\n\teditor = {program}\n\
         \tsshCommand = {program}\n\taskPass = {program}\n\tgitProxy = {program}\n\talternateRefsCommand = {program}\n\
         [filter \"x\"]\n\tclean = {program}\n\tsmudge = {program}\n\tprocess = {program}\n\trequired = true\n\
         [diff]\n\texternal = {program}\n[diff \"x\"]\n\ttextconv = {program}\n[gpg]\n\tprogram = {program}\n[tag]\n\tgpgSign = true\n\
         [credential]\n\thelper = !{program}\n[uploadpack]\n\tpackObjectsHook = {program}\n[include]\n\tpath = {}\n\
         [remote \"origin\"]\n\turl = ext::{program}\n\tuploadpack = {program}\n\tpromisor = true\n\tpartialclonefilter = blob:none\n\
         [extensions]\n\tpartialClone = origin\n[user]\n\tname = Eve\n\temail = eve@example.com\n",
        root.join("more").display()
    );
    fs::write(root.join(".git/config"), config).unwrap();
    fs::write(root.join("more"), format!("[core]\n\thooksPath = {}\n", hooks.display())).unwrap();
    fs::write(root.join(".git/info/attributes"), "* filter=x diff=x\n").unwrap();
    canary
}

/// Reads everything there is to read of a repository.
fn everything(root: &Path) -> History {
    let (compiled, history) = past(root);
    let dates = history.dates(&compiled.playbook, &compiled.files);
    assert!(history.versions.is_empty() || dates.all().count() > 0);
    if let [first, .., last] = history.versions.as_slice() {
        history.reasons(first, Some(last)).of("content/pages/a.md");
    }
    for version in &history.versions {
        version.tree.entries.iter().for_each(|entry| _ = version.bytes(&entry.path).unwrap());
    }
    history
}

#[test]
fn nothing_of_a_hostile_repository_is_executed() {
    let folder = two();
    let canary = hostile(folder.path());
    // What is missing would be fetched by git: by a program that the repository names.
    let id = opened(folder.path()).id_of(b"# A\n\nSecond.\n").unwrap().to_string();
    let history = everything(folder.path());
    assert_eq!((names(&history), history.notices()), (vec!["v1", "v2"], &[][..]));
    let message = "Say what is new.";
    let compiled = compiled(folder.path());
    history::release(&project(folder.path()), &compiled.playbook, "v3", message, jiff::Timestamp::UNIX_EPOCH).unwrap();
    fs::remove_file(folder.path().join(format!(".git/objects/{}/{}", &id[..2], &id[2..]))).unwrap();
    let (_, history) = past(folder.path());
    assert_eq!(history.versions.len(), 3);
    assert!(!canary.exists(), "{}", fs::read_to_string(&canary).unwrap());
}

/// Not a test of its own: another one runs it in a process of its own, and reads what it prints.
#[test]
#[ignore = "run by others"]
fn child() {
    let root = PathBuf::from(std::env::var_os("HISTORY_ROOT").unwrap());
    let history = everything(&root);
    println!("versions: {}", names(&history).join(" "));
    history.notices.iter().for_each(|notice| println!("notice: {notice}"));
    let compiled = compiled(&root);
    for (path, dating) in history.dates(&compiled.playbook, &compiled.files).all() {
        println!("dated: {path} {dating:?}");
    }
}

/// Reads a repository in another process, with a home of its own and words before it.
fn read_apart(root: &Path, home: &Path, before: &[&str]) -> Option<Output> {
    let this = std::env::current_exe().unwrap();
    let mut words: Vec<&str> = before.to_vec();
    words.extend([this.to_str().unwrap(), "--exact", "history::child", "--ignored", "--nocapture"]);
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env("HISTORY_ROOT", root).env("HOME", home).env("GIT_CONFIG_NOSYSTEM", "1");
    for variable in ["XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "SUDO_UID"] {
        command.env_remove(variable);
    }
    command.output().ok()
}

#[test]
fn no_process_is_started_as_the_kernel_sees_it() {
    let folder = two();
    let canary = hostile(folder.path());
    let log = folder.path().join("calls");
    let traced = ["strace", "-f", "-e", "trace=execve,execveat", "-o", log.to_str().unwrap()];
    let calls = |log: &Path| {
        let calls = fs::read_to_string(log).unwrap_or_default();
        calls.lines().filter(|line| line.contains("exec") && line.contains("= 0")).count()
    };
    let Some(output) = read_apart(folder.path(), folder.path(), &traced) else {
        println!("there is no strace here, so this is not tested");
        return;
    };
    if said(&output).contains("PTRACE") || said(&output).contains("ptrace") {
        println!("strace may not look here, so this is not tested");
        return;
    }
    assert!(said(&output).contains("versions: v1 v2"), "{}", said(&output));
    assert_eq!(calls(&log), 1, "only the reader itself is started: {}", fs::read_to_string(&log).unwrap());
    let root = folder.path().to_str().unwrap();
    for words in [&["check", "--root", root][..], &["build", "--root", root]] {
        fs::remove_file(&log).unwrap();
        let mut command = Command::new(traced[0]);
        command.args(&traced[1..]).arg(env!("CARGO_BIN_EXE_onside")).args(words).current_dir(folder.path());
        command.output().unwrap();
        assert_eq!(calls(&log), 1, "{words:?} starts nothing: {}", fs::read_to_string(&log).unwrap());
    }
    assert!(!canary.exists());
}

#[test]
fn a_repository_of_another_owner_is_not_opened_until_it_is_called_safe() {
    let (folder, home) = (two(), room());
    let root = folder.path().canonicalize().unwrap();
    if chown(root.join(".git"), Some(65534), None).is_err() {
        println!("files cannot be given away here, so this is not tested");
        return;
    }
    let apart = || String::from_utf8(read_apart(&root, home.path(), &[]).unwrap().stdout).unwrap();
    let text = apart();
    let remedy = format!("git config --global --add safe.directory {}", root.display());
    assert!(text.contains("versions: \n") && text.contains("belongs to somebody else") && text.contains(&remedy), "{text}");
    fs::write(root.join(".git/config"), "[core]\n\tbare = false\n[safe]\n\tdirectory = *\n").unwrap();
    assert!(apart().contains("belongs to somebody else"), "a repository cannot call itself safe");
    let above = root.parent().unwrap().display().to_string();
    for (entries, safe) in [
        (format!("directory = {}", root.display()), true),
        ("directory = *".to_owned(), true),
        (format!("directory = {above}/*"), true),
        (format!("directory = {above}"), false),
        (format!("directory = {}\n\tdirectory =", root.display()), false),
    ] {
        fs::write(home.path().join(".gitconfig"), format!("[safe]\n\t{entries}\n")).unwrap();
        let text = apart();
        assert_eq!(text.contains("versions: v1 v2"), safe, "{entries}: {text}");
    }
}

#[test]
fn dates_are_those_that_git_gives_merges_included() {
    let folder = founded(&[(
        date(2026, 1, 5),
        "Begin",
        Some("v1"),
        files(&[("content/pages/a.md", "# A\n"), ("content/pages/b.md", "# B\n"), ("content/pages/c.md", "1\n2\n3\n4\n5\n")]),
    )]);
    let root = folder.path();
    let commit = |day: &str, path: &str, text: &str, message: &str| {
        put(root, path, text);
        git_on(root, &format!("{day}T12:00:00Z"), &["add", "-A", "content"])?;
        git_on(root, &format!("{day}T12:00:00Z"), &["commit", "-q", "-m", message])
    };
    let Some(_) = git(root, &["checkout", "-q", "-b", "side"]) else { return };
    commit("2026-02-01", "content/pages/a.md", "# A on the side\n", "Say A better");
    commit("2026-02-02", "content/pages/c.md", "1\n2\n3\n4\nfive\n", "Spell five");
    git(root, &["checkout", "-q", "main"]);
    commit("2026-02-03", "content/pages/b.md", "# B on main\n", "Say B better");
    commit("2026-02-04", "content/pages/c.md", "one\n2\n3\n4\n5\n", "Spell one");
    git_on(root, "2026-02-05T12:00:00Z", &["merge", "-q", "--no-ff", "-m", "Bring both together", "side"]);
    commit("2026-02-06", "content/pages/deep/er/d.md", "# D\n", "Add D");
    commit("2026-02-07", "content/pages/b.md", "# B\n", "Take B back");
    git(root, &["mv", "content/pages/deep/er/d.md", "content/pages/d.md"]);
    git_on(root, "2026-02-08T12:00:00Z", &["commit", "-q", "-m", "Move D"]);
    put(root, "content/pages/new.md", "# New\n");
    put(root, "content/teams.toml", format!("{TEAMS}\n# edited\n"));
    let (compiled, history) = past(root);
    let dates = history.dates(&compiled.playbook, &compiled.files);
    for path in ["content/pages/a.md", "content/pages/b.md", "content/pages/c.md", "content/pages/d.md", "content/playbook.toml"] {
        let line = answer(root, &["log", "-1", "--format=%cs %an", "--", path]).unwrap();
        let (day, author) = line.split_once(' ').unwrap();
        assert_eq!(*dates.of(path), Dating::On { date: day.parse().unwrap(), author: author.to_owned() }, "{path}");
    }
    for path in ["content/pages/new.md", "content/teams.toml"] {
        assert_eq!(*dates.of(path), Dating::Uncommitted, "{path}");
    }
    let reasons = history.reasons(&history.versions[0], None);
    assert_eq!(reasons.of("content/pages/a.md"), ["Say A better"], "a merge that brings together is no change");
    assert_eq!(reasons.of("content/pages/c.md"), ["Bring both together", "Spell one", "Spell five"]);
    assert_eq!(reasons.of("content/pages/b.md"), ["Take B back", "Say B better"]);
    assert_eq!(reasons.of("content/pages/deep/er/d.md"), ["Move D", "Add D"]);
    assert!(reasons.of("content/playbook.toml").is_empty());
}

#[test]
fn a_repository_that_is_written_here_is_one_to_git() {
    let picture: Vec<u8> = (0..=255).collect();
    let mut first =
        files(&[("README.md", "Hello.\n"), ("content/pages/a.md", "# A\n"), ("content/pages.md", "x\n"), ("content/pages-b/c.md", "y\n")]);
    first.insert("content/pages/dot.png".to_owned(), picture.clone());
    let mut second = first.clone();
    second.insert("content/pages/b.md".to_owned(), b"# B\n".to_vec());
    second.insert("content/pages/dot.png".to_owned(), b"other".to_vec());
    let folder =
        founded(&[(date(2025, 10, 6), "Begin\n\nA thin start.", Some("v1"), first), (date(2026, 3, 2), "Go on", Some("v2"), second)]);
    let root = folder.path();
    let history = past(root).1;
    assert_eq!(history.versions[0].bytes("content/pages/dot.png").unwrap(), picture);
    assert_eq!(history.versions[1].bytes("content/pages/dot.png").unwrap(), b"other");
    assert_eq!(history.versions[0].subject, "Begin");
    let Some(fsck) = git(root, &["fsck", "--strict"]) else { return };
    assert_eq!(said(&fsck).trim(), "");
    assert_eq!(answer(root, &["status", "--porcelain"]).unwrap(), "");
    assert_eq!(answer(root, &["diff-files"]).unwrap(), "", "not even the times differ");
    assert_eq!(answer(root, &["symbolic-ref", "HEAD"]).unwrap(), "refs/heads/main");
    assert_eq!(
        answer(root, &["log", "--format=%as %cs %an %s"]).unwrap(),
        "2026-03-02 2026-03-02 Ada Lovelace Go on\n2025-10-06 2025-10-06 Ada Lovelace Begin"
    );
    assert_eq!(answer(root, &["tag", "-n99"]).unwrap(), "v1              Begin\n    \n    A thin start.\nv2              Go on");
    assert!(create(root, &[]).unwrap_err().contains("a git repository could not be written"));
}

#[test]
fn a_release_tags_what_is_committed_and_nothing_else() {
    let folder = two();
    let root = folder.path();
    fs::write(root.join(".git/config"), "[core]\n\tbare = false\n[user]\n\tname = Eve\n\temail = eve@example.com\n").unwrap();
    let release = |name: &str, message: &str| {
        let compiled = compiled(root);
        history::release(&project(root), &compiled.playbook, name, message, "2026-11-02T09:00:00Z".parse().unwrap())
            .map(|commit| commit.id.to_string())
    };
    for (name, message, words) in [
        ("v2", "Again", "there is a tag `v2` already"),
        ("nightly", "Again", "would be no version"),
        ("v 3", "Again", "is no name for a tag"),
        ("v..3", "Again", "is no name for a tag"),
        ("v3", " ", "give it a message"),
    ] {
        let error = release(name, message).unwrap_err();
        assert!(error.contains(words), "{name}: {error}");
    }
    put(root, "content/pages/a.md", "# A\n\nThird.\n");
    put(root, "content/pages/z.md", "# Z\n");
    let error = release("v3", "More").unwrap_err();
    assert!(
        error.contains("the files `content/pages/a.md` and `content/pages/z.md` stand otherwise") && error.contains("git commit"),
        "{error}"
    );
    fs::remove_file(root.join("content/pages/z.md")).unwrap();
    put(root, "content/pages/a.md", "\u{feff}# A\r\n\r\nSecond.\r\n");
    assert_eq!(release("v3", "What is new.\n\nIn words.").unwrap(), inside(root, "refs/heads/main"), "line ends are no difference");
    let (_, history) = past(root);
    assert_eq!(names(&history), ["v1", "v2", "v3"]);
    assert_eq!(history.versions[2].message.as_deref(), Some("What is new.\n\nIn words."));
    let Some(list) = answer(root, &["tag", "-n99", "--format=%(refname:short) %(taggername) %(taggerdate:short) %(contents)"]) else {
        return;
    };
    assert!(list.contains("v3 Eve 2026-11-02 What is new.\n\nIn words."), "{list}");
    assert_eq!(said(&git(root, &["fsck", "--strict"]).unwrap()).trim(), "");
}

#[test]
fn the_program_says_nothing_new_in_a_repository() {
    let folder = two();
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

/// All that a playbook holds, its places in texts told by their paths.
fn held(playbook: &Playbook, files: &Files) -> Vec<String> {
    let mut all: Vec<String> = playbook.bases().into_iter().map(|base| format!("{base:?}")).collect();
    all.extend(playbook.problems().into_iter().map(|problem| format!("{problem:?}")));
    all.extend(playbook.metrics.iter().map(|record| format!("{:?}", record.own)));
    all.extend(playbook.roles.iter().map(|record| format!("{:?}", record.own)));
    all.extend(playbook.activities.iter().map(|record| format!("{:?}", record.own)));
    all.extend(playbook.stages.iter().map(|record| format!("{:?}", record.own)));
    all.extend([format!("{:?}", playbook.used_by), format!("{:?}", playbook.linked_files), format!("{:?}", playbook.marked)]);
    all.extend([format!("{:?}", playbook.namesakes), format!("{:?}", playbook.former_addresses), format!("{:?}", playbook.faulty_files)]);
    let placed = |text: String| {
        let mut parts = text.split("FileId(");
        let first = parts.next().unwrap_or("").to_owned();
        parts.fold(first, |all, part| {
            let (id, rest) = part.split_once(')').unwrap();
            format!("{all}{}{rest}", files.path(FileId(id.parse().unwrap())))
        })
    };
    all.into_iter().map(placed).collect()
}

/// The sample's versions, and steps between them that no author would release: some of the files are of the next version already.
fn steps_of_the_sample() -> Vec<BTreeMap<String, Vec<u8>>> {
    let versions = onside::cli::demo_history::versions().unwrap();
    let mut steps: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
    for pair in versions.windows(2) {
        let (before, after) = (&pair[0].files, &pair[1].files);
        let paths: BTreeSet<&String> = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        let mut now = before.clone();
        for some in paths.into_iter().collect::<Vec<_>>().chunks(7) {
            steps.push(now.clone());
            for path in some {
                match after.get(*path) {
                    Some(bytes) => _ = now.insert((*path).clone(), bytes.clone()),
                    None => _ = now.remove(*path),
                }
            }
        }
    }
    steps.push(versions.last().unwrap().files.clone());
    steps
}

#[test]
fn versions_that_are_made_of_each_other_are_what_each_is_alone() {
    let mut steps = steps_of_the_sample();
    // A text that differs, a title, and a text that is what it was again.
    let last = steps.last().unwrap().clone();
    for (from, to) in [("\ntitle = \"", "\ntitle = \"The other "), ("\nsummary = \"", "\nsummary = \"Mind: "), ("", "")] {
        let mut step = last.clone();
        for bytes in step.iter_mut().filter(|(path, _)| path.ends_with(".md") && !from.is_empty()).map(|(_, bytes)| bytes) {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replacen(from, to, 1).into_bytes();
        }
        steps.push(step);
    }
    let tags: Vec<String> = (1..=steps.len()).map(|number| format!("v{number}")).collect();
    let planned: Vec<Planned<'_>> =
        steps.iter().zip(&tags).map(|(files, tag)| (date(2026, 1, 5), "On", Some(tag.as_str()), files.clone())).collect();
    let folder = founded(&planned);
    let read = past(folder.path()).1;
    let begun = compiled(folder.path()).history;
    for history in [&read, begun.as_ref()] {
        assert_eq!(history.versions.len(), steps.len());
        for (version, files) in history.versions.iter().zip(&steps) {
            let alone = room();
            files.iter().for_each(|(path, bytes)| put(alone.path(), path, bytes));
            let (texts, playbook) = unjudged(read_tree(&project(alone.path())).unwrap());
            let (here, there) = (held(&version.playbook, &version.files), held(&playbook, &texts));
            let differs = here.iter().zip(&there).find(|(here, there)| here != there);
            assert!(here.len() == there.len() && differs.is_none(), "{}: {differs:#?}", version.name);
        }
    }
}

/// A project with two versions and its site, which is built again after edits.
fn edited(folder: &Path, edits: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
    edits.iter().for_each(|(path, text)| put(folder, path, text));
    let output = run(folder, &["build", "--as-of", "2026-11-02"]);
    assert!(output.status.success(), "{}", said(&output));
    let mut prints = prints(&folder.join("site"));
    assert!(prints.remove(Path::new(".onside-manifest")).is_some());
    prints
}

#[test]
fn what_is_built_after_edits_is_what_is_built_anew() {
    let folder = two();
    let root = folder.path();
    let page = |id: &str| root.join(format!("site/v/v1/pages/{id}/index.html"));
    edited(root, &[]);
    edited(root, &[("content/pages/b.md", "# B\n\nUnreleased.\n")]);
    let inode = |path: &Path| std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap());
    let before = inode(&page("a"));
    edited(root, &[("content/pages/b.md", "# B, renamed\n\nUnreleased.\n")]);
    assert_eq!(inode(&page("a")), before, "a title of today that an old page does not show is no reason to print it anew");
    for edits in [
        &[("content/pages/a.md", "# A\n\nThird.\n")][..],
        &[("content/pages/a.md", "# A, renamed\n\nThird.\n")],
        &[("content/pages/c.md", "+++\nwas = [\"a\"]\n+++\n\n# C\n\nThird.\n"), ("content/pages/b.md", "# B\n")],
        &[("content/pages/a.md", "# A\n\nSecond.\n")],
    ] {
        let after = edited(root, edits);
        let anew = room();
        let output = run(root, &["build", "--as-of", "2026-11-02", "--out", anew.path().join("site").to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
        let mut prints = prints(&anew.path().join("site"));
        prints.remove(Path::new(".onside-manifest"));
        let differ: Vec<&PathBuf> = prints.iter().filter(|(path, print)| after.get(*path) != Some(print)).map(|(path, _)| path).collect();
        assert!(differ.is_empty() && prints.len() == after.len(), "{edits:?}: {differ:?}");
    }
    let told = fs::read_to_string(page("a")).unwrap();
    assert!(told.contains("unreleased"), "what became of a page is told on its old ones: {told}");
}

#[test]
fn what_several_versions_hold_lies_on_the_disk_once() {
    let picture: &[u8] = b"\x89PNG\r\n\x1a\n one picture";
    let with = |text: &str| {
        let mut files = files(&[("content/pages/a.md", text)]);
        files.insert("content/pages/a.png".to_owned(), picture.to_vec());
        files
    };
    let folder = founded(&[
        (date(2026, 1, 5), "Begin", Some("v1"), with("# A\n\n![A plate](a.png)\n")),
        (date(2026, 2, 6), "Go on", Some("v2"), with("# A\n\nMore.\n\n![A plate](a.png)\n")),
    ]);
    edited(folder.path(), &[]);
    let inode = |path: &str| {
        let path = folder.path().join("site").join(path);
        assert_eq!(fs::read(&path).unwrap(), picture);
        std::os::unix::fs::MetadataExt::ino(&fs::metadata(&path).unwrap())
    };
    let one = inode("files/pages/a.png");
    assert_eq!([inode("v/v1/files/pages/a.png"), inode("v/v2/files/pages/a.png")], [one, one]);
    fs::write(folder.path().join("site/files/pages/a.png"), "somebody was here").unwrap();
    edited(folder.path(), &[("content/pages/a.md", "# A\n\nStill more.\n\n![A plate](a.png)\n")]);
    inode("files/pages/a.png");
    inode("v/v1/files/pages/a.png");
}
