//! PROMISES.md, tried on the whole program: kills, refused system calls, two builders, other machines, wrong folders.
//!
//! A site's generation is the playbook's name, which stands on every page: set before a build, read back from the pages. A reader that
//! finds two generations in one site has caught us. Every figure is drawn from a fixed seed, so a failure can be had again.
//! Everything happens in memory where there is room (`/dev/shm`): a kill is the same there, and a disk that has just deleted many files
//! is slow for minutes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on is a test that failed")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests play the user, who has all the doors")]

use crate::support::room;
use rustix::fs::{CWD, Mode, OFlags, openat};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const KILLS: u32 = 50;
const PAGES_READ: usize = 20;
const LIST: &str = ".onside-manifest";
/// What "today" is for every build here.
const EPOCH: &str = "1793577600";

#[test]
fn killed_at_fifty_random_moments_a_reader_always_finds_one_whole_site() {
    let project = Project::new();
    project.set_generation(0);
    project.build();
    let start = Instant::now();
    project.set_generation(1);
    project.build();
    let mut span = start.elapsed();

    let pages = pages_to_read(&project.out());
    let (mut dice, done) = (Dice(2026), AtomicBool::new(false));
    let (mut cut_short, mut generation) = (0, 1);
    let rounds = std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_until(&done, &project.out(), &pages));
        // Also when an assertion fails: the reader must not run for ever.
        let _stop = StopOnDrop(&done);
        for kill in 2..KILLS + 2 {
            project.set_generation(kill);
            let mut build = project.start();
            std::thread::sleep(span.mul_f64(dice.share()));
            build.kill().unwrap();
            let cut = !build.wait().unwrap().success();
            cut_short += u32::from(cut);
            // Seeks the span in which two in three are cut short, however busy the machine: then the kills reach to a build's very end.
            span = span.mul_f64(if cut { 1.08 } else { 0.85 });

            let found = whole_site(&project.out());
            assert!(found == generation || found == kill, "generation {found} after a kill in {kill}, before it {generation}");
            generation = found;
            if kill % 10 == 1 {
                project.build();
                assert_eq!(snapshot(&project.out()), project.clean_build(), "the build after kill {kill}");
                generation = kill;
            }
        }
        drop(_stop);
        reader.join().unwrap()
    });
    project.has_no_leftovers();
    println!("{KILLS} kills, {cut_short} of them in the middle; {rounds} rounds of {PAGES_READ} pages; at last within {span:?}");
    assert!((KILLS / 5..KILLS).contains(&cut_short), "{cut_short} builds were cut short");
    assert!(rounds > KILLS as usize, "the reader came round only {rounds} times");
}

#[test]
fn killed_at_the_telling_system_calls_the_site_is_whole_and_the_next_build_right() {
    if !strace_works() {
        return;
    }
    // Before the call and, by its successor, after it: first folder, first and later file, list, the two renames of the swap, and the clearing.
    let moments = [
        ("?mkdir,?mkdirat", 1),
        ("?mkdir,?mkdirat", 3),
        ("?link,?linkat", 1),
        ("syncfs", 1),
        ("?rename,?renameat,?renameat2", 1),
        ("renameat2", 1),
        ("?unlink,?unlinkat", 1),
        ("?unlink,?unlinkat", 9),
        ("?rmdir,?unlinkat", 1),
        ("?rmdir,?unlinkat", 4),
    ];
    let project = Project::new();
    project.set_generation(1);
    project.build();
    fs::write(project.out().join("CNAME"), "mine").unwrap();
    let mut killed = 0;
    for (number, (calls, time)) in (2..).zip(moments) {
        project.set_generation(number);
        let done = project.under_strace(&format!("{calls}:signal=KILL:when={time}"), None);
        killed += u32::from(!done.status.success());
        let found = whole_site_beside(&project.out(), &["CNAME"]);
        assert!(found == number || found == number - 1, "{calls} {time}: generation {found}");
        if found != number {
            project.build();
        }
        assert_eq!(whole_site_beside(&project.out(), &["CNAME"]), number, "{calls} {time}");
        assert_eq!(fs::read_to_string(project.out().join("CNAME")).unwrap(), "mine");
    }
    project.build();
    project.has_no_leftovers();
    println!("{killed} of {} moments killed the build", moments.len());
    assert!(killed >= 8, "only {killed} builds were killed");
}

#[test]
fn a_disk_that_refuses_gets_a_message_and_keeps_the_site() {
    if !strace_works() {
        return;
    }
    let project = Project::new();
    project.set_generation(1);
    project.build();
    let before = snapshot(&project.out());
    project.set_generation(2);
    let staged = project.beside().join("next/index.html");
    let folder = project.beside().join("next");
    let refused = [
        ("openat:error=EACCES", Some(&staged), "permission is denied"),
        ("openat:error=EROFS", Some(&staged), "the disk is read-only"),
        ("openat:error=EMFILE", Some(&staged), "too many files are open"),
        ("write:error=ENOSPC", Some(&staged), "the disk is full"),
        ("?mkdir,?mkdirat:error=EDQUOT", Some(&folder), "your share of the disk"),
        ("syncfs:error=ENOSPC", None, "the disk is full"),
        ("syncfs:error=EIO", None, "input/output error"),
        ("renameat2:error=EACCES", None, "permission is denied"),
        ("renameat2:error=EBUSY", None, "holds it"),
    ];
    for (fault, path, words) in refused {
        let done = project.under_strace(fault, path.map(PathBuf::as_path));
        let told = told(&done);
        assert!(matches!(done.status.code(), Some(1 | 2)), "{fault}: {:?} {told}", done.status);
        assert!(told.contains(words) && told.contains("site") && told.contains(';'), "{fault}: {told}");
        assert_eq!(snapshot(&project.out()), before, "{fault}");
        project.has_no_leftovers();
    }
    // What a disk may lack without a loss: the exchange, and links.
    for (number, fault) in (2..).zip(["renameat2:error=EINVAL", "?link,?linkat:error=EPERM"]) {
        project.set_generation(number);
        let done = project.under_strace(fault, None);
        assert!(done.status.success(), "{fault}: {}", told(&done));
        assert_eq!(whole_site(&project.out()), number, "{fault}");
        project.has_no_leftovers();
    }
    assert_eq!(snapshot(&project.out()), project.clean_build());
}

#[test]
fn too_few_open_files_is_an_error_and_not_a_crash() {
    let project = Project::new();
    project.set_generation(1);
    project.build();
    let before = snapshot(&project.out());
    project.set_generation(2);
    for limit in [4, 6] {
        let done = project.through_shell(&format!("ulimit -n {limit}"), &[]);
        // So few may stop the system's loader before we can speak (127); with luck they are enough.
        assert!(matches!(done.status.code(), Some(0 | 1 | 2 | 127)), "{limit}: {:?} {}", done.status, told(&done));
        if !done.status.success() {
            assert_eq!(snapshot(&project.out()), before, "{limit}");
        }
    }
    project.build();
    assert_eq!(snapshot(&project.out()), project.clean_build());
}

#[test]
fn four_builders_at_once_make_one_of_their_sites() {
    let projects: Vec<Project> = (0..4).map(|_| Project::new()).collect();
    let out = projects[0].out();
    for (number, project) in (1..).zip(&projects) {
        project.set_generation(number);
    }
    let start = |project: &Project| project.command(&out).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let builds: Vec<Child> = projects.iter().map(start).collect();
    for build in builds {
        let done = build.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", told(&done));
    }
    let winner = whole_site(&out);
    assert_eq!(snapshot(&out), projects[winner as usize - 1].clean_build());
    projects[0].has_no_leftovers();
}

#[test]
fn other_folders_zones_locales_umasks_dates_and_file_orders_give_the_same_bytes() {
    let first = Project::demo();
    first.set_generation(1);
    first.build();
    let want = snapshot(&first.out());
    let machines = [
        ("umask 077", vec![("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "1")]),
        ("umask 000", vec![("TZ", "America/Anchorage"), ("LANG", "C"), ("RAYON_NUM_THREADS", "7"), ("HOME", "/nonexistent")]),
        ("umask 027; cd /", vec![("TZ", "Asia/Kathmandu"), ("LC_ALL", "de_DE.UTF-8"), ("USER", "somebody"), ("COLUMNS", "20")]),
    ];
    for (setting, variables) in machines {
        let other = Project::copy_backwards(&first, "a quite different/folder name ü");
        let done = other.through_shell(setting, &variables);
        assert!(done.status.success(), "{}", told(&done));
        let found = snapshot(&other.out());
        let different: Vec<_> = want.iter().filter(|(path, what)| found.get(*path) != Some(what)).map(|(path, _)| path).collect();
        assert!(different.is_empty() && found.len() == want.len(), "{setting} {variables:?}: {different:?}");
    }
}

#[test]
fn wrong_folders_are_refused_by_name_and_nothing_is_touched() {
    let project = Project::new();
    let at = project.folder.path();
    project.set_generation(1);
    project.build();
    fs::create_dir_all(at.join("letters/deep")).unwrap();
    fs::write(at.join("letters/deep/dear.txt"), "dear").unwrap();
    symlink(at.join("letters"), at.join("link")).unwrap();
    symlink(at.join("nowhere"), at.join("dangling")).unwrap();
    let content = project.playbook.parent().unwrap().to_path_buf();
    let home = at.join("home");
    fs::create_dir(&home).unwrap();
    let wrong: Vec<PathBuf> = vec![
        "/".into(),
        home.clone(),
        project.root.clone(),
        at.into(),
        content.clone(),
        content.join(".."),
        at.join("letters"),
        at.join("letters/deep/dear.txt"),
        at.join("letters/deep/dear.txt/site"),
        at.join("link"),
        at.join("dangling"),
        at.join("n".repeat(300)),
        at.join("n/".repeat(2010)),
        project.out().join("inner"),
        "/dev/null".into(),
        "/proc/onside".into(),
    ];
    let before = snapshot(at);
    for out in &wrong {
        let done = project.command(out).env("HOME", &home).output().unwrap();
        let name = out.file_name().map_or("/".into(), |name| name.to_string_lossy().chars().take(20).collect::<String>());
        assert_eq!(done.status.code(), Some(2), "{}: {}", out.display(), told(&done));
        assert!(told(&done).contains(name.as_str()), "{}: {}", out.display(), told(&done));
        assert_eq!(snapshot(at), before, "{}", out.display());
    }
}

#[test]
fn a_build_that_fails_or_changes_nothing_leaves_every_file_as_it_is() {
    let project = Project::new();
    project.set_generation(1);
    project.build();
    let (site, beside) = (identities(&project.out()), identities(&project.beside()));
    project.build();
    assert_eq!(identities(&project.out()), site, "an unchanged build writes nothing");
    assert_eq!(identities(&project.beside()), beside, "not even beside the site");

    let good = fs::read_to_string(&project.playbook).unwrap();
    for broken in ["\nbroken = [\n", "\n<<<<<<< HEAD\n", "\nname = \"twice\"\n"] {
        fs::write(&project.playbook, format!("{broken}{good}")).unwrap();
        let done = project.command(&project.out()).output().unwrap();
        assert_eq!(done.status.code(), Some(1), "{broken:?}: {}", told(&done));
        assert_eq!(identities(&project.out()), site, "{broken:?}");
    }
    project.has_no_leftovers();
}

const SMALL: [(&str, &str); 3] = [
    ("playbook.toml", "name = \"Small\"\ndefault_owner = \"lead\"\n"),
    ("roles.toml", "[[role]]\nid = \"lead\"\ntitle = \"Lead\"\nteam = \"all\"\n"),
    ("teams.toml", "[[team]]\nid = \"all\"\ntitle = \"All\"\nlead = \"lead\"\n"),
];

/// A project in a folder of its own, its site beside it.
struct Project {
    folder: TempDir,
    root: PathBuf,
    playbook: PathBuf,
}

impl Project {
    /// A playbook of thirty-odd pages, so that sixty builds are soon done; all of the demo with `ONSIDE_TORTURE=demo`.
    fn new() -> Project {
        if std::env::var_os("ONSIDE_TORTURE").is_some_and(|wish| wish == "demo") {
            return Project::demo();
        }
        let folder = room();
        let root = folder.path().join("project");
        let pages = root.join("content/pages");
        fs::create_dir_all(&pages).unwrap();
        for (name, text) in SMALL {
            fs::write(root.join("content").join(name), text).unwrap();
        }
        for number in 1..=30 {
            fs::write(pages.join(format!("page-{number}.md")), format!("# Page {number}\n\nHow page {number} goes.\n")).unwrap();
        }
        Project { playbook: playbook(&root), root, folder }
    }

    fn demo() -> Project {
        let folder = room();
        let root = folder.path().join("project");
        let done = onside().arg("demo").arg(&root).arg("--no-serve").output().unwrap();
        assert!(done.status.success(), "{}", told(&done));
        Project { playbook: playbook(&root), root, folder }
    }

    /// The same files, made in the opposite order, at another time, somewhere else.
    fn copy_backwards(other: &Project, name: &str) -> Project {
        let folder = room();
        let root = folder.path().join(name);
        copy_files(&other.root, &root);
        Project { playbook: playbook(&root), root, folder }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn beside(&self) -> PathBuf {
        self.folder.path().join(".site.onside")
    }

    fn set_generation(&self, number: u32) {
        let text = fs::read_to_string(&self.playbook).unwrap();
        let mut named = false;
        let lines: Vec<String> = text
            .lines()
            .map(|line| {
                let is_name = !named && line.starts_with("name");
                named |= is_name;
                if is_name { format!("name = \"Generation {number}.\"") } else { line.to_owned() }
            })
            .collect();
        assert!(named, "{} has no name", self.playbook.display());
        fs::write(&self.playbook, lines.join("\n") + "\n").unwrap();
    }

    fn command(&self, out: &Path) -> Command {
        let mut command = onside();
        command.args(["build", "--root"]).arg(&self.root).arg("--out").arg(out);
        command
    }

    fn start(&self) -> Child {
        self.command(&self.out()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn build(&self) {
        self.build_to(&self.out());
    }

    fn build_to(&self, out: &Path) {
        let done = self.command(out).output().unwrap();
        assert!(done.status.success(), "{:?}: {}", done.status, told(&done));
    }

    /// What a build into an empty place makes of the same content.
    fn clean_build(&self) -> BTreeMap<PathBuf, String> {
        let place = room();
        self.build_to(&place.path().join("clean"));
        snapshot(&place.path().join("clean"))
    }

    /// A build in which the system misbehaves as told: `calls:fault`, at calls that name the path if there is one.
    fn under_strace(&self, fault: &str, path: Option<&Path>) -> Output {
        let calls = fault.split(':').next().unwrap();
        let mut strace = Command::new("strace");
        // Not `--seccomp-bpf`: with it, strace 6.1 misses some of the moments.
        strace.args(["-f", "-qqq", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e", &format!("inject={fault}")]);
        if let Some(path) = path {
            strace.arg("-P").arg(path);
        }
        let build = self.command(&self.out());
        strace.arg(build.get_program()).args(build.get_args()).env("SOURCE_DATE_EPOCH", EPOCH).output().unwrap()
    }

    fn through_shell(&self, setting: &str, variables: &[(&str, &str)]) -> Output {
        let build = self.command(&self.out());
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{setting}; exec \"$0\" \"$@\"")]).arg(build.get_program()).args(build.get_args());
        shell.env("SOURCE_DATE_EPOCH", EPOCH).envs(variables.iter().copied()).output().unwrap()
    }

    fn has_no_leftovers(&self) {
        let names = fs::read_dir(self.beside()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let left: Vec<String> = names.filter(|name| ["next", "swap", "old", "rescued"].contains(&name.as_str())).collect();
        assert!(left.is_empty(), "left beside the site: {left:?}");
    }
}

fn onside() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onside"));
    command.env("SOURCE_DATE_EPOCH", EPOCH).stdin(Stdio::null());
    command
}

fn playbook(root: &Path) -> PathBuf {
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut found = files.filter(|entry| entry.file_name() == "playbook.toml").map(|entry| entry.path().to_path_buf());
    found.next().expect("the demo has a playbook.toml")
}

/// Copies what a project is made of, last file first and with another date, but not the site that `demo` may have built.
fn copy_files(from: &Path, to: &Path) {
    let built = |entry: &walkdir::DirEntry| entry.path().join(LIST).exists() || entry.file_name().to_string_lossy().ends_with(".onside");
    let entries = walkdir::WalkDir::new(from).sort_by_file_name().into_iter().filter_entry(|entry| !built(entry)).map(Result::unwrap);
    let files: Vec<PathBuf> = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
    let long_ago = std::time::UNIX_EPOCH + Duration::from_secs(86_400 * 365);
    for file in files.into_iter().rev() {
        let copy = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(&copy, fs::read(&file).unwrap()).unwrap();
        File::options().write(true).open(&copy).unwrap().set_modified(long_ago).unwrap();
    }
}

/// Twenty pages that carry the generation, spread over the site.
fn pages_to_read(site: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(site).sort_by_file_name().into_iter().map(Result::unwrap);
    let pages = files.filter(|file| file.path().extension().is_some_and(|end| end == "html"));
    let marked: Vec<PathBuf> = pages
        .filter(|file| !generations(&fs::read_to_string(file.path()).unwrap()).is_empty())
        .map(|file| file.path().strip_prefix(site).unwrap().to_path_buf())
        .collect();
    assert!(marked.len() >= PAGES_READ, "only {} pages show the playbook's name", marked.len());
    marked.iter().step_by(marked.len() / PAGES_READ).take(PAGES_READ).cloned().collect()
}

/// Reads the pages over and over; how often all twenty came from one tree.
fn read_until(done: &AtomicBool, site: &Path, pages: &[PathBuf]) -> usize {
    let mut rounds = 0;
    while !done.load(SeqCst) {
        let tree = File::from(openat(CWD, site, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()).expect("there is always a site"));
        let read = |page: &PathBuf| {
            openat(&tree, page, OFlags::RDONLY, Mode::empty()).map(|file| std::io::read_to_string(File::from(file)).unwrap())
        };
        let (mut found, mut loaded) = (BTreeSet::new(), 0);
        for page in pages {
            match read(page) {
                Ok(text) => found.extend(generations(&text)),
                // Only a tree that is no longer the site may lose pages.
                Err(error) => {
                    let now = fs::metadata(site).unwrap();
                    assert_ne!(now.ino(), tree.metadata().unwrap().ino(), "{} is missing from the site: {error}", page.display());
                    break;
                }
            }
            loaded += 1;
        }
        assert!(found.len() <= 1, "one site shows {found:?}");
        rounds += usize::from(loaded == pages.len() && found.len() == 1);
        // Often enough to meet every swap, seldom enough to leave the builds a core.
        std::thread::sleep(Duration::from_millis(1));
    }
    rounds
}

fn generations(text: &str) -> BTreeSet<u32> {
    text.split("Generation ").skip(1).filter_map(|rest| rest.split('.').next()?.parse().ok()).collect()
}

/// The generation of a site that is exactly what its own list says, and all of one piece.
fn whole_site(site: &Path) -> u32 {
    whole_site_beside(site, &[])
}

fn whole_site_beside(site: &Path, foreign: &[&str]) -> u32 {
    let list = fs::read_to_string(site.join(LIST)).expect("the site has its list");
    let lines = list.lines().skip(1).filter(|line| !line.starts_with("end "));
    let listed: BTreeMap<PathBuf, String> = lines
        .map(|line| {
            let parts: Vec<&str> = line.splitn(3, ' ').collect();
            (PathBuf::from(parts[2]), parts[0].to_owned())
        })
        .collect();
    let mut found = BTreeMap::new();
    let mut shown = BTreeSet::new();
    for file in walkdir::WalkDir::new(site).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir()) {
        let path = file.path().strip_prefix(site).unwrap();
        if path == Path::new(LIST) || foreign.iter().any(|name| path == Path::new(name)) {
            continue;
        }
        let bytes = fs::read(file.path()).unwrap();
        found.insert(path.to_path_buf(), blake3::hash(&bytes).to_string());
        shown.extend(generations(&String::from_utf8_lossy(&bytes)));
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), listed.keys().collect::<Vec<_>>(), "the site holds what its list says");
    assert_eq!(found, listed, "with the bytes that its list says");
    assert_eq!(shown.len(), 1, "one site shows {shown:?}");
    shown.into_iter().next().unwrap()
}

/// Everything below a folder: kind, rights and bytes.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let described = entries.map(|entry| {
        let (kind, mode) = (entry.file_type(), entry.metadata().unwrap().permissions().mode() & 0o7777);
        let what = match () {
            () if kind.is_file() => format!("{mode:o} {}", blake3::hash(&fs::read(entry.path()).unwrap())),
            () if kind.is_symlink() => format!("-> {}", fs::read_link(entry.path()).unwrap().display()),
            () => format!("{mode:o} folder"),
        };
        (entry.path().strip_prefix(folder).unwrap().to_path_buf(), what)
    });
    described.collect()
}

/// Everything below a folder, by what changes when it is written anew.
fn identities(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let of = |found: fs::Metadata| (found.ino(), found.mtime(), found.mtime_nsec());
    entries.map(|entry| (entry.path().to_path_buf(), of(entry.metadata().unwrap()))).collect()
}

fn told(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout)
}

fn strace_works() -> bool {
    let tried = Command::new("strace").args(["-qqq", "-o", "/dev/null", "-e", "inject=syncfs:error=EIO", "true"]).output();
    let works = tried.as_ref().is_ok_and(|done| done.status.success());
    if !works {
        println!("skipped: strace is missing or may not trace here ({tried:?})");
    }
    works
}

struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// Chance that can be repeated (splitmix64).
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
