//! The sample's own history: each of its versions can be read, and says what it should on its day.

use crate::support::{files_under, here, none, put, room, run, said};
use jiff::civil::{Date, date};
use onside::cli::demo_history::{Past, versions};
use onside::compile::{Compiled, compile};
use onside::diagnostic::Level;
use onside::history::git::write::{Person, Snapshot, create};
use onside::model::Base;
use onside::project::{Audience, Project};
use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;

/// Every version; that there is an answer says that every edit of the overlays found its place.
fn all() -> BTreeMap<String, Past> {
    versions().unwrap().into_iter().map(|past| (past.name.clone(), past)).collect()
}

/// A version in a folder, read and judged on its day.
fn on_its_day(past: &Past) -> (TempDir, Compiled) {
    let folder = room();
    for (path, bytes) in &past.files {
        put(folder.path(), path, bytes);
    }
    let project =
        Project { root: folder.path().to_path_buf(), told: Some(past.date), clock: past.date, base_url: None, audience: Audience::Keepers };
    let compiled = compile(&project).unwrap();
    (folder, compiled)
}

/// The rules that were broken, as errors or warnings.
fn broken(compiled: &Compiled) -> BTreeSet<&'static str> {
    compiled.findings.all().iter().filter(|f| f.level != Level::Hint).map(|f| f.rule).collect()
}

#[test]
fn the_sample_has_four_versions_in_order_and_the_last_is_the_sample() {
    let versions = versions().unwrap();
    let days: Vec<(&str, Date)> = versions.iter().map(|v| (v.name.as_str(), v.date)).collect();
    let expected = [("v1", date(2025, 10, 6)), ("v2", date(2026, 3, 2)), ("v3", date(2026, 8, 3)), ("v4", date(2026, 11, 2))];
    assert_eq!(days, expected);
    for version in &versions {
        assert!(version.author.contains(" <") && version.author.ends_with(".example>"), "{}", version.author);
        let (first, rest) = version.message.split_once('\n').unwrap();
        assert!(first.len() <= 72 && rest.starts_with('\n'), "{}", version.message);
    }
    let content: BTreeMap<String, Vec<u8>> = files_under(&here().join("content"))
        .into_iter()
        .map(|path| (path.strip_prefix(here()).unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    assert!(versions.last().unwrap().files == content, "v4 is what stands in content/");
}

#[test]
fn the_history_is_clean_where_it_was_clean() {
    let all = all();
    for name in ["v3", "v4"] {
        let (_folder, compiled) = on_its_day(&all[name]);
        none(compiled.findings.all().iter().map(|f| format!("{name}: {}: {}", f.rule, f.message)));
    }
    // A rename that nobody was told of, allowed for a while.
    let (_folder, second) = on_its_day(&all["v2"]);
    none(broken(&second).difference(&BTreeSet::from(["matched-nothing", "untold-change"])).map(|rule| format!("v2: {rule}")));
    // An older shape, and two teams that are measured apart.
    let (_folder, first) = on_its_day(&all["v1"]);
    assert_eq!(broken(&first), BTreeSet::from(["measured-one-way", "open-loop", "wrong-type"]));
}

/// The versions of some names as tags of a repository, with the files of the last of them.
fn tagged(names: &[&str], last: &BTreeMap<String, Vec<u8>>) -> TempDir {
    let (folder, all) = (room(), all());
    last.iter().for_each(|(path, bytes)| put(folder.path(), path, bytes));
    let snapshots = names.iter().map(|name| {
        let past = &all[*name];
        let by = Person::parse(&past.author);
        Snapshot { files: &past.files, by, date: past.date, message: &past.message, tag: Some(&past.name) }
    });
    create(folder.path(), &snapshots.collect::<Vec<_>>()).unwrap();
    folder
}

/// "We rebranded it months ago": the second version says so to nobody, and is allowed to for a while.
#[test]
fn the_second_version_tells_nobody_of_its_rename() {
    let second = &all()["v2"];
    let untold = |files: &BTreeMap<String, Vec<u8>>| {
        let folder = tagged(&["v1"], files);
        let day = Some(second.date);
        let project =
            Project { root: folder.path().to_path_buf(), told: day, clock: second.date, base_url: None, audience: Audience::Keepers };
        let compiled = compile(&project).unwrap();
        let found = compiled.findings.all().iter().filter(|f| f.rule == "untold-change");
        found.map(|f| f.message.clone()).collect::<Vec<String>>()
    };
    assert_eq!(untold(&second.files), Vec::<String>::new());
    let mut strict = second.files.clone();
    for bytes in strict.values_mut() {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text
            .lines()
            .filter(|line| !line.starts_with("allow = [{ rule = \"untold-change\""))
            .map(|l| format!("{l}\n"))
            .collect::<String>()
            .into_bytes();
    }
    let found = untold(&strict);
    assert!(
        found.iter().any(|f| f.contains("`Boardroom Lunch is now Team Table`: £14.50 → £12.90") && f.ends_with("nobody is told")),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|f| f.starts_with("Accountable for `Answer and qualify new enquiries` moved from Sales lead to Demand lead")),
        "{found:#?}"
    );
}

/// What `onside diff` prints of the sample's own versions stands in `tests/changes/sample/`; `UPDATE=1` writes it, to be read before it is kept.
#[test]
fn the_demo_tells_what_changed_between_its_versions() {
    let folder = tagged(&["v1", "v2", "v3", "v4"], &all()["v4"].files);
    let root = folder.path();
    let mut faults = Vec::new();
    for (from, to) in [("v1", "v2"), ("v2", "v3"), ("v1", "v3"), ("v3", "v4")] {
        let output = run(root, &["diff", from, to]);
        assert!(output.status.success(), "{}", said(&output));
        let told = String::from_utf8(output.stdout).unwrap();
        let file = here().join(format!("tests/changes/sample/{from}-{to}.txt"));
        if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
            std::fs::write(&file, &told).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        let other = told.lines().zip(kept.lines().chain(std::iter::repeat(""))).find(|(now, then)| now != then);
        if told != kept {
            faults.push(format!("{from} to {to} is told otherwise, first in {other:?}"));
        }
    }
    none(faults);
    for same in ["v1", "v2", "v3", "v4"] {
        let output = run(root, &["diff", same, same]);
        assert_eq!(said(&output), format!("Nothing has changed from {same} to {same}.\n"));
    }
    let output = run(root, &["diff", "v4"]);
    assert_eq!(said(&output), "Nothing has changed from v4 to the files as they stand.\n");
}

/// The sentences that the story of the sample is about, whatever else is told.
#[test]
fn the_demo_tells_its_story() {
    let folder = tagged(&["v1", "v2", "v3", "v4"], &all()["v4"].files);
    let told = |from: &str, to: &str| said(&run(folder.path(), &["diff", from, to])).split_whitespace().collect::<Vec<_>>().join(" ");
    let (first, second, both) = (told("v1", "v2"), told("v2", "v3"), told("v1", "v3"));
    let renamed = ["Boardroom Lunch is now Team Table: £14.50 → £12.90 a head", "moved from Sales lead", "Lead"];
    let mended = ["cut from 1 business day to 4 business hours", "Keep warm", "Care lead"];
    let lacks = |text: &str, words: &[&str]| words.iter().filter(|w| !text.contains(**w)).map(|w| (*w).to_owned()).collect::<Vec<_>>();
    none(
        lacks(&first, &renamed).into_iter().chain(lacks(&second, &mended)).chain(lacks(&both, &renamed[..1])).chain(lacks(&both, &mended)),
    );
    assert!(!second.contains("Boardroom Lunch is now Team Table"), "it was renamed a version before");
}

/// A release says what changed, and what became of the checks; it is made of what is committed.
#[test]
fn a_release_of_the_sample_would_say_what_changed_and_how_healthy_it_is() {
    let folder = tagged(&["v1"], &all()["v2"].files);
    let output = run(folder.path(), &["release", "v2", "--dry-run"]);
    let told = said(&output);
    assert!(
        told.starts_with("v2: ") && told.contains("changes from v1 to v2") && told.contains("findings fixed, 0 new; alignment"),
        "{told}"
    );
    assert!(told.contains("what is released is what was committed"), "{told}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_history_begins_thin_and_grows() {
    let all = all();
    let counts: Vec<usize> = all.values().map(|past| on_its_day(past).1.playbook.bases().len()).collect();
    assert!((38..=50).contains(&counts[0]), "{counts:?}");
    assert!(counts[1] * 100 > counts[3] * 55 && counts[1] * 100 < counts[3] * 65, "{counts:?}");
    assert!(counts[2] * 100 > counts[3] * 90 && counts[2] < counts[3], "{counts:?}");
    let (_folder, first) = on_its_day(&all["v1"]);
    let playbook = &first.playbook;
    let kinds = [
        playbook.metrics.iter().count(),
        playbook.stages.iter().count(),
        playbook.activities.iter().count(),
        playbook.terms.iter().count(),
    ];
    assert_eq!(kinds, [2, 5, 9, 6]);
    assert_eq!((playbook.people.iter().count(), playbook.loops.iter().count()), (0, 0), "two kinds were not there yet");
}

#[test]
fn nothing_of_the_history_is_told_before_its_time() {
    let mut faults = Vec::new();
    for past in all().values() {
        for (path, bytes) in &past.files {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let told = text.lines().filter_map(|line| Some((line.split_once("reviewed = ")?.1, line)));
            let read = told.filter(|(day, _)| day.parse::<Date>().unwrap() > past.date).map(|(_, line)| line);
            let series = path.starts_with("content/series/");
            let points =
                text.lines().filter(|line| series && line.get(..10).is_some_and(|d| d.parse::<Date>().is_ok_and(|d| d > past.date)));
            faults.extend(read.chain(points).map(|line| format!("{} {path}: {line}", past.name)));
        }
    }
    none(faults);
}

#[test]
fn what_changed_in_the_history_was_read_through_with_it() {
    let all = all();
    let mut faults = Vec::new();
    for (before, after) in [("v2", "v3"), ("v3", "v4")] {
        let (before, after) = (&all[before], &all[after]);
        let (_old, old) = on_its_day(before);
        let (_new, new) = on_its_day(after);
        let before: BTreeMap<String, BTreeMap<String, String>> = told(&old);
        for base in new.playbook.bases() {
            let (Some(then), Some(reviewed)) = (before.get(&base.name.to_string()), &base.common.reviewed) else { continue };
            if *then != facts(base, &new) && reviewed.value != after.date {
                faults.push(format!("{} of {} changed, and was last read through on {}", base.name, after.name, reviewed.value));
            }
        }
    }
    none(faults);
}

fn told(compiled: &Compiled) -> BTreeMap<String, BTreeMap<String, String>> {
    compiled.playbook.bases().into_iter().map(|base| (base.name.to_string(), facts(base, compiled))).collect()
}

/// What a record says, by its keys; its prose under none.
fn facts(base: &Base, compiled: &Compiled) -> BTreeMap<String, String> {
    let facts = base.facts.iter().filter(|fact| fact.key != "reviewed").map(|fact| (fact.key.to_string(), fact.span));
    let said = facts.chain(base.body.iter().map(|body| (String::new(), body.span)));
    said.map(|(key, span)| (key, compiled.files.slice(span).to_owned())).collect()
}

#[test]
fn no_address_of_the_history_dies() {
    let all = all();
    let (_folder, head) = on_its_day(&all["v4"]);
    let known: BTreeSet<String> = head.playbook.bases().into_iter().flat_map(names).collect();
    for name in ["v1", "v2", "v3"] {
        let (_folder, compiled) = on_its_day(&all[name]);
        let gone = compiled.playbook.bases().into_iter().map(|b| b.name.to_string()).filter(|n| !known.contains(n));
        none(gone.map(|n| format!("{n} of {name} leads nowhere today: give a record `was`")));
    }
}

/// What a record is called, and was.
fn names(base: &Base) -> Vec<String> {
    let former = base.common.was.iter().map(|id| format!("{}:{}", base.name.kind.word(), id.value));
    former.chain([base.name.to_string()]).collect()
}

#[test]
fn the_history_is_small() {
    let size = |folder: &str| -> u64 { files_under(&here().join(folder)).iter().map(|p| p.metadata().unwrap().len()).sum() };
    let (overlays, content) = (size("src/cli/history"), size("content"));
    assert!(overlays * 3 < content, "{overlays} bytes of overlays for {content} of content");
}
