//! Each promise about the written site, tried against a real disk: the exact bytes, and that nothing else was touched.

use super::manifest::{Entry, Found, MANIFEST, Manifest};
use super::place::Place;
use super::stage::{Brought, Stage};
use super::swap;
use super::*;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use tempfile::TempDir;

type Pages = BTreeMap<String, String>;
/// Puts a world into the state that a killed build leaves.
type Leave<'a> = &'a dyn Fn(&World);

/// A project in a temporary folder, with a canary wherever a careless build might delete.
struct World {
    folder: TempDir,
    sources: Vec<PathBuf>,
}

impl World {
    fn new() -> World {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("project");
        for name in ["project/content/pages", "project/themes", "project/.git/refs", "documents"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("canary.txt"), name).unwrap();
        }
        fs::write(root.join("playbook.toml"), "name = \"Canary\"").unwrap();
        World { sources: vec![root.join("content"), root.join("themes"), root.join("absent")], folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn site(&self) -> PathBuf {
        self.root().join("public")
    }

    fn beside(&self) -> PathBuf {
        self.root().join(".public.onside")
    }

    fn place(&self) -> Place {
        Place { site: self.site(), beside: self.beside() }
    }

    fn write(&self, to: &Path, pages: &Pages) -> Result<Published, Failure<String>> {
        self.write_with(to, pages, |path| Ok(pages[path].clone().into_bytes()))
    }

    fn write_with(
        &self,
        to: &Path,
        pages: &Pages,
        render: impl Fn(&str) -> Result<Vec<u8>, String> + Sync,
    ) -> Result<Published, Failure<String>> {
        let print = Manifest { files: pages.iter().map(|(path, text)| (path.clone(), Entry::of(text.as_bytes()))).collect() };
        let print = blake3::hash(print.text().as_bytes()).to_string();
        let target = Target { path: to, root: &self.root(), sources: &self.sources, fingerprint: Some(&print), shelves: &BTreeMap::new() };
        write(&target, &pages.keys().cloned().collect::<Vec<_>>(), render, |_| ())
    }

    fn build(&self, pages: &Pages) -> Published {
        self.write(&self.site(), pages).unwrap()
    }

    fn refused(&self, pages: &Pages) -> String {
        self.write(&self.site(), pages).unwrap_err().to_string()
    }
}

fn pages(list: &[(&str, &str)]) -> Pages {
    list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn some_pages() -> Pages {
    pages(&[("index.html", "home"), ("roles/index.html", "roles"), ("roles/ae/index.html", "ae"), ("style.css", "body {}")])
}

/// Everything below a folder: kind, rights and bytes.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let described = entries.map(|entry| {
        let kind = entry.file_type();
        let mode = entry.metadata().unwrap().mode() & 0o7777;
        let what = if kind.is_file() {
            format!("{mode:o} {}", blake3::hash(&fs::read(entry.path()).unwrap()))
        } else if kind.is_symlink() {
            format!("-> {}", fs::read_link(entry.path()).unwrap().display())
        } else {
            format!("{mode:o} folder")
        };
        (entry.path().strip_prefix(folder).unwrap().to_path_buf(), what)
    });
    described.collect()
}

/// Everything below a folder, by what changes when it is written anew.
fn identities(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64, i64, i64)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let of = |found: fs::Metadata| (found.ino(), found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec());
    entries.map(|entry| (entry.path().to_path_buf(), of(entry.metadata().unwrap()))).collect()
}

/// The site as a build into an empty place makes it.
fn clean(pages: &Pages) -> BTreeMap<PathBuf, String> {
    let world = World::new();
    world.build(pages);
    snapshot(&world.site())
}

/// A name that is not UTF-8.
fn odd(name: &[u8]) -> &OsStr {
    OsStr::from_bytes(name)
}

fn texts(folder: &Path) -> Pages {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let texts = files.map(|file| {
        let path = file.path().strip_prefix(folder).unwrap().display().to_string();
        (path, fs::read_to_string(file.path()).unwrap())
    });
    texts.filter(|(path, _)| path != MANIFEST).collect()
}

#[test]
fn a_site_holds_its_pages_and_its_list_and_nothing_else() {
    let world = World::new();
    let published = world.build(&some_pages());
    assert_eq!(published, Published { files: 4, written: 4, ..Published::default() });
    assert_eq!(texts(&world.site()), some_pages());
    let mut beside: Vec<_> = fs::read_dir(world.beside()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, [".gitignore", "lock", "seen"]);
    assert_eq!(fs::metadata(world.beside()).unwrap().mode() & 0o777, 0o700, "what is staged is for the owner only");
}

#[test]
fn dangerous_targets_are_refused_and_nothing_is_touched() {
    let world = World::new();
    let (at, root) = (world.folder.path(), world.root());
    fs::create_dir_all(at.join("empty/deep")).unwrap();
    fs::write(at.join("documents/letter.txt"), "dear").unwrap();
    symlink(root.join("content"), at.join("to-content")).unwrap();
    symlink(at.join("nowhere"), at.join("dangling")).unwrap();
    symlink(at.join("empty/deep"), at.join("to-empty")).unwrap();
    fs::create_dir(at.join("damaged")).unwrap();
    fs::write(at.join("damaged").join(MANIFEST), "onside-manifest 1: the files that").unwrap();
    fs::create_dir(at.join("linked-list")).unwrap();
    symlink("/etc/hostname", at.join("linked-list").join(MANIFEST)).unwrap();
    world.write(&at.join("other"), &some_pages()).unwrap();
    fs::create_dir(at.join(".odd.onside")).unwrap();
    fs::write(at.join(".odd.onside/mine.txt"), "mine").unwrap();
    let home = std::env::home_dir().unwrap();
    let targets: Vec<(PathBuf, &str)> = vec![
        ("".into(), "no folder's name"),
        ("/".into(), "the whole disk"),
        ("//".into(), "the whole disk"),
        ("/..".into(), "the whole disk"),
        ("/usr/..".into(), "the whole disk"),
        (home.clone(), "home folder"),
        (home.parent().unwrap().into(), if home.parent() == Some(Path::new("/")) { "the whole disk" } else { "home folder" }),
        (".".into(), "the folder you are in"),
        ("..".into(), "the folder you are in"),
        (root.clone(), "the project itself"),
        (root.join("content/.."), "the project itself"),
        (at.into(), "the project itself"),
        (root.join("content"), "is `"),
        (root.join("content/"), "is `"),
        (root.join("content/pages"), "lies inside `"),
        (root.join("content/new/site"), "lies inside `"),
        (root.join("themes"), "is `"),
        (root.join("absent/x"), "lies inside `"),
        (at.join("to-content"), "is a link"),
        (at.join("to-content/"), "is a link"),
        (at.join("to-content/pages"), "lies inside `"),
        (at.join("dangling"), "is a link"),
        (at.join("dangling/site"), "leads nowhere"),
        (at.join("to-empty"), "is a link"),
        (at.join("documents"), "not empty"),
        (at.join("documents/letter.txt"), "is a file"),
        (at.join("documents/letter.txt/site"), "inside a file"),
        ("/dev/null".into(), "is a file"),
        (root.join(".git"), "git"),
        (root.join(".git/refs/site"), "git"),
        (at.join("damaged"), "is damaged"),
        (at.join("linked-list"), "is damaged"),
        (at.join("other/inner"), "inside another site"),
        (at.join(".other.onside"), "where Onside prepares"),
        (at.join(".other.onside/next"), "where Onside prepares"),
        (at.join("odd"), "something else"),
        (at.join("missing/../public"), "goes up"),
        (at.join("n".repeat(256)), "too long"),
        (at.join("n".repeat(250)), "too long"),
        (at.join("n/".repeat(2010)), "too long"),
        (at.join("n/".repeat(3000)), "too long"),
        (at.join(odd(b"s\xffte")), "cannot be shown"),
        (at.join("a\0b"), "cannot be shown"),
        ("/dev/shm".into(), "is a mount point"),
        ("/proc/site".into(), ""),
    ];
    let before = snapshot(at);
    for (path, why) in &targets {
        let error = world.write(path, &some_pages()).expect_err(&format!("{} was written", path.display()));
        let Failure::Refused(refusal) = &error else { panic!("{error}") };
        assert!(refusal.to_string().contains(why), "{refusal}\nexpected: {why}");
        assert!(!refusal.remedy.is_empty() && refusal.to_string().len() < 1000, "{refusal}");
        assert_eq!(snapshot(at), before, "{}", path.display());
    }
    assert!(targets.len() >= 20);
}

#[test]
fn harmless_targets_are_taken() {
    let world = World::new();
    let at = world.folder.path();
    fs::create_dir(at.join("empty")).unwrap();
    for path in ["empty", "project/public", "new/deep/site", "project/content-site", "a name with ü and 'quotes'", "project/./x/", "-rf"] {
        world.write(&at.join(path), &some_pages()).unwrap();
        assert_eq!(texts(&at.join(path)), some_pages(), "{path}");
    }
    symlink(at.join("empty"), at.join("link")).unwrap();
    let fewer = pages(&[("index.html", "through a link")]);
    world.write(&at.join("link"), &fewer).unwrap();
    assert_eq!(texts(&at.join("empty")), fewer);
    assert!(fs::symlink_metadata(at.join("link")).unwrap().is_symlink());
}

#[test]
fn bad_page_names_are_refused_by_name() {
    let world = World::new();
    world.build(&some_pages());
    let before = snapshot(world.folder.path());
    let long = format!("roles/{}", "x".repeat(256));
    let deep = "d/".repeat(2040) + "x";
    let bad = ["", "/etc/passwd", "../x", "a/../b", "a/./b", "a//b", "a/", "a\0b", "a\nb", "a\\b", ".", "..", MANIFEST, &long, &deep];
    for name in bad {
        let error = world.refused(&pages(&[("index.html", "x"), (name, "y")]));
        let named = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(20).collect::<String>();
        assert!(error.contains(&named) || error.contains("too long"), "{name:?}: {error}");
    }
    assert!(world.refused(&pages(&[("a", "x"), ("a/b", "y")])).contains("also of a folder"));
    let target = Target { path: &world.site(), root: &world.root(), sources: &[], fingerprint: None, shelves: &BTreeMap::new() };
    let twice = write::<String>(&target, &["a".into(), "a".into()], |_| Ok(vec![]), |_| ());
    assert!(twice.unwrap_err().to_string().contains("two pages"));
    assert_eq!(snapshot(world.folder.path()), before);
    world.build(&pages(&[(&"x".repeat(255), "the longest name"), ("größe/Ünïcode.html", "y")]));
}

#[test]
fn stale_pages_and_their_folders_go() {
    let world = World::new();
    world.build(&some_pages());
    let fewer = pages(&[("index.html", "home"), ("teams", "was a folder elsewhere")]);
    let published = world.build(&fewer);
    assert_eq!((published.written, published.unchanged, published.removed), (1, 1, 3));
    assert_eq!(snapshot(&world.site()), clean(&fewer));
    // A page becomes a folder of pages, and back.
    for next in [pages(&[("teams/a", "1")]), pages(&[("teams", "2")])] {
        world.build(&next);
        assert_eq!(snapshot(&world.site()), clean(&next));
    }
}

#[test]
fn the_users_own_files_come_along_untouched() {
    let world = World::new();
    world.build(&some_pages());
    let site = world.site();
    fs::write(site.join("CNAME"), "playbook.example").unwrap();
    fs::write(site.join("roles/notes.txt"), "inside our folder").unwrap();
    fs::create_dir_all(site.join(".git/objects/ab")).unwrap();
    fs::write(site.join(".git/objects/ab/cd"), "blob").unwrap();
    fs::set_permissions(site.join(".git/objects/ab/cd"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(site.join(".git/objects"), fs::Permissions::from_mode(0o555)).unwrap();
    fs::create_dir_all(site.join("empty/inner")).unwrap();
    symlink("/etc/hostname", site.join("link")).unwrap();
    symlink("nowhere", site.join("dangling")).unwrap();
    fs::write(site.join(odd(b"not-utf8-\xff")), "odd").unwrap();
    fs::set_permissions(&site, fs::Permissions::from_mode(0o750)).unwrap();
    let foreign = ["CNAME", "roles/notes.txt", ".git/objects/ab/cd", "link", "dangling"];
    let inodes: Vec<u64> = foreign.map(|path| fs::symlink_metadata(site.join(path)).unwrap().ino()).into();
    let before = snapshot(&site);

    let published = world.build(&pages(&[("index.html", "new home")]));
    let kept = [".git", "CNAME", "dangling", "empty", "link", "not-utf8-\u{fffd}", "roles/notes.txt"];
    assert_eq!(published.kept, kept);
    let after = snapshot(&site);
    let of_user = |all: &BTreeMap<PathBuf, String>| {
        let ours = |path: &Path| some_pages().contains_key(path.to_str().unwrap_or("")) || path == Path::new(MANIFEST);
        all.clone().into_iter().filter(|(path, _)| !ours(path) && path != Path::new("roles/ae")).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(of_user(&after), of_user(&before), "bytes, rights and the site folder's own rights");
    let now: Vec<u64> = foreign.map(|path| fs::symlink_metadata(site.join(path)).unwrap().ino()).into();
    assert_eq!(now, inodes, "the same files, not copies");
    assert_eq!(fs::read_to_string(site.join("index.html")).unwrap(), "new home");
    assert!(!site.join("roles/index.html").exists() && !site.join("roles/ae").exists());
    assert!(!world.place().swap().exists() && !world.place().rescued().exists());
}

#[test]
fn a_page_never_takes_the_place_of_a_users_file() {
    let world = World::new();
    world.build(&some_pages());
    let site = world.site();
    fs::create_dir(site.join("teams")).unwrap();
    fs::write(site.join("teams/mine.txt"), "mine").unwrap();
    fs::write(site.join("robots.txt"), "mine").unwrap();
    fs::remove_file(site.join("style.css")).unwrap();
    symlink("/etc/hostname", site.join("style.css")).unwrap();
    let before = snapshot(&site);
    let clashes = [("robots.txt", "robots.txt"), ("robots.txt/a", "robots.txt"), ("teams", "teams"), ("style.css", "style.css")];
    for (page, names) in clashes {
        let error = world.refused(&pages(&[(page, "ours")]));
        assert!(error.contains(&format!("public/{names}` is not Onside's")), "{error}");
        assert_eq!(snapshot(&site), before);
    }
    world.build(&pages(&[("teams/ours.html", "side by side")]));
    assert_eq!(fs::read_to_string(site.join("teams/mine.txt")).unwrap(), "mine");
}

#[test]
fn what_the_user_does_during_the_build_is_not_lost() {
    let world = World::new();
    let site = world.site();
    world.build(&some_pages());
    fs::write(site.join("CNAME"), "old name").unwrap();
    fs::write(site.join("gone.txt"), "deleted during the build").unwrap();
    let new = pages(&[("index.html", "2"), ("late.html", "ours")]);
    world
        .write_with(&site, &new, |path| {
            if path == "index.html" {
                fs::create_dir_all(site.join("fresh/deep")).unwrap();
                fs::create_dir_all(site.join("fresh-empty")).unwrap();
                fs::write(site.join("fresh/deep/file"), "added").unwrap();
                fs::write(site.join("late.html"), "the user's").unwrap();
                fs::remove_file(site.join("gone.txt")).unwrap();
                fs::write(site.join("CNAME"), "new name, in place").unwrap();
            }
            Ok(new[path].clone().into_bytes())
        })
        .unwrap();
    let found = texts(&site);
    let want = [("index.html", "2"), ("late.html", "ours"), ("fresh/deep/file", "added"), ("CNAME", "new name, in place")];
    assert_eq!(found, pages(&want));
    assert!(site.join("fresh-empty").is_dir());
    assert_eq!(texts(&world.place().rescued()), pages(&[("late.html", "the user's")]));
    // Again: the rescued file keeps its name, the next gets another.
    fs::remove_file(site.join("late.html")).unwrap();
    world
        .write_with(&site, &pages(&[("late.html", "3")]), |_| {
            fs::write(site.join("later.html"), "x").unwrap();
            Ok(b"3".to_vec())
        })
        .unwrap();
    assert_eq!(fs::read_to_string(site.join("later.html")).unwrap(), "x");
}

#[test]
fn an_unchanged_build_writes_nothing() {
    let world = World::new();
    world.build(&some_pages());
    fs::write(world.site().join("CNAME"), "x").unwrap();
    let (before, folder) = (identities(&world.root()), fs::metadata(world.root()).unwrap());
    for _ in 0..3 {
        let published = world.build(&some_pages());
        assert_eq!((published.written, published.unchanged, published.removed), (0, 4, 0));
        assert_eq!(published.kept, ["CNAME"]);
    }
    assert_eq!(identities(&world.root()), before);
    assert_eq!(fs::metadata(world.root()).unwrap().ctime_nsec(), folder.ctime_nsec());
    // Without the memory of the disk, the bytes themselves are compared, and only the memory is written.
    fs::remove_file(world.beside().join("seen")).unwrap();
    let site = identities(&world.site());
    assert_eq!(world.build(&some_pages()).unchanged, 4);
    assert_eq!(identities(&world.site()), site);
    assert!(world.beside().join("seen").exists());
}

#[test]
fn up_to_date_means_untouched_and_the_same_fingerprint() {
    let world = World::new();
    let (site, root) = (world.site(), world.root());
    let paths: Vec<String> = some_pages().into_keys().collect();
    let ask = |print| {
        up_to_date(&Target { path: &site, root: &root, sources: &world.sources, fingerprint: print, shelves: &BTreeMap::new() }).unwrap()
    };
    let build = |print| {
        let target = Target { path: &site, root: &root, sources: &world.sources, fingerprint: print, shelves: &BTreeMap::new() };
        write::<String>(&target, &paths, |path| Ok(path.as_bytes().to_vec()), |_| ()).unwrap()
    };
    assert_eq!(ask(Some("a")), None);
    assert!(!world.beside().exists(), "asking makes nothing");
    build(Some("a"));
    let before = identities(&root);
    assert_eq!(ask(Some("a")), Some(Published { files: 4, unchanged: 4, ..Published::default() }));
    assert_eq!((ask(Some("b")), ask(Some("")), ask(None)), (None, None, None));
    assert_eq!(identities(&root), before);
    let touched: [&dyn Fn(); 6] = [
        &|| fs::write(site.join("index.html"), "other").unwrap(),
        &|| fs::write(site.join("style.css"), "STYLE.CSS").unwrap(),
        &|| fs::remove_file(site.join("roles/index.html")).unwrap(),
        &|| fs::set_permissions(site.join("style.css"), fs::Permissions::from_mode(0o600)).unwrap(),
        &|| fs::create_dir(world.place().next()).unwrap(),
        &|| fs::remove_file(site.join(MANIFEST)).and_then(|()| fs::write(site.join(MANIFEST), "")).unwrap(),
    ];
    for (number, touch) in touched.iter().enumerate() {
        touch();
        if number == 5 {
            assert!(
                up_to_date(&Target { path: &site, root: &root, sources: &[], fingerprint: Some("a"), shelves: &BTreeMap::new() }).is_err()
            );
            break;
        }
        assert_eq!(ask(Some("a")), None, "{number}");
        let published = build(Some("a"));
        assert_eq!(published.written, usize::from(number != 4), "{number}: only what was touched is written");
        assert!(ask(Some("a")).is_some(), "{number}");
        assert_eq!(fs::read_to_string(site.join("style.css")).unwrap(), "style.css");
    }
}

#[test]
fn a_finished_part_is_not_rendered_again() {
    let world = World::new();
    let (site, root) = (world.site(), world.root());
    let paths = ["index.html", "v/one/index.html", "v/two/index.html"].map(str::to_owned);
    let build = |keys: [&str; 2]| {
        let shelves = ["v/one/", "v/two/"].map(str::to_owned).into_iter().zip(keys.map(str::to_owned)).collect();
        let target = Target { path: &site, root: &root, sources: &world.sources, fingerprint: None, shelves: &shelves };
        let rendered = std::sync::Mutex::new(std::collections::BTreeSet::new());
        let render = |path: &str| {
            rendered.lock().unwrap().insert(path.to_owned());
            Ok::<_, String>(format!("{path} {keys:?}").into_bytes())
        };
        write(&target, &paths, render, |_| ()).unwrap();
        rendered.into_inner().unwrap().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(build(["a", "b"]), paths);
    assert_eq!(build(["a", "b"]), ["index.html"]);
    assert_eq!(build(["a", "c"]), ["index.html", "v/two/index.html"]);
    let first = fs::read_to_string(site.join("v/one/index.html")).unwrap();
    assert!(first.ends_with("[\"a\", \"b\"]"), "{first}");
    fs::write(site.join("v/one/index.html"), "somebody was here").unwrap();
    assert_eq!(build(["a", "c"]), ["index.html", "v/one/index.html"], "what somebody touched is made anew");
    fs::remove_file(world.beside().join("seen")).unwrap();
    assert_eq!(build(["a", "c"]), paths, "what is remembered may be deleted");
}

#[test]
fn unchanged_pages_keep_their_file() {
    let world = World::new();
    world.build(&some_pages());
    let inode = |path: &str| fs::metadata(world.site().join(path)).unwrap();
    let (home, style) = (inode("index.html"), inode("style.css"));
    let mut edited = some_pages();
    edited.insert("index.html".into(), "edited".into());
    let published = world.build(&edited);
    assert_eq!((published.written, published.unchanged), (1, 3));
    assert_ne!(inode("index.html").ino(), home.ino());
    assert_eq!((inode("style.css").ino(), inode("style.css").mtime_nsec()), (style.ino(), style.mtime_nsec()));
    assert_eq!(inode("style.css").nlink(), 1, "the old tree is gone");
    assert_eq!(world.build(&edited).written, 0, "what was linked is remembered too");
}

#[test]
fn a_page_that_fails_leaves_everything_as_it_was() {
    let world = World::new();
    let many: Pages = (0..40).map(|n| (format!("p{n:02}/index.html"), format!("old {n}"))).collect();
    world.build(&many);
    let before = snapshot(world.folder.path());
    for failing in many.keys() {
        let result = world.write_with(&world.site(), &many, |path| {
            if path >= failing.as_str() && (path == failing || path.contains('7')) {
                return Err(format!("cannot render {path}"));
            }
            Ok(format!("new {path}").into_bytes())
        });
        assert_eq!(result.unwrap_err(), Failure::Render(format!("cannot render {failing}")), "the first, on any machine");
        assert_eq!(snapshot(world.folder.path()), before);
    }
}

#[test]
fn a_panic_leaves_the_old_site_and_no_lock() {
    let world = World::new();
    world.build(&some_pages());
    let before = snapshot(&world.site());
    let build = || world.write_with(&world.site(), &some_pages(), |path| if path == "style.css" { panic!("a bug") } else { Ok(vec![1]) });
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(build)).is_err());
    assert_eq!(snapshot(&world.site()), before);
    let next = pages(&[("index.html", "next")]);
    assert!(!world.build(&next).waited);
    assert_eq!(snapshot(&world.site()), clean(&next));
    assert!(!world.place().next().exists());
}

#[test]
fn eight_builders_at_once_make_one_clean_site() {
    let world = World::new();
    let start = Barrier::new(8);
    let (waited, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let site_of = |builder: usize| -> Pages {
        (0..20).map(|n| (format!("p{n}/{}.html", if n % 2 == 0 { builder } else { 0 }), format!("builder {builder}"))).collect()
    };
    world.build(&site_of(0));
    std::thread::scope(|scope| {
        let builders: Vec<_> = (0..8)
            .map(|builder| {
                let (world, start, waited) = (&world, &start, &waited);
                scope.spawn(move || {
                    start.wait();
                    for _ in 0..5 {
                        waited.fetch_add(usize::from(world.build(&site_of(builder)).waited), SeqCst);
                    }
                })
            })
            .collect();
        scope.spawn(|| {
            while !done.load(SeqCst) {
                one_generation(&world.site());
            }
        });
        let ended: Vec<_> = builders.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        done.store(true, SeqCst);
        assert!(ended.iter().all(Result::is_ok));
    });
    let found = texts(&world.site());
    let builder: usize = found.values().next().unwrap().strip_prefix("builder ").unwrap().parse().unwrap();
    assert_eq!(snapshot(&world.site()), clean(&site_of(builder)));
    assert!(waited.load(SeqCst) > 0);
    assert!(!world.place().swap().exists() && !world.place().next().exists() && !world.place().rescued().exists());
}

/// Reads the even pages through one handle of the site's folder, so that all come from the same tree.
fn one_generation(site: &Path) {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let open = |folder: &dyn Fn() -> rustix::io::Result<std::os::fd::OwnedFd>| folder().map(fs::File::from);
    let tree = open(&|| openat(CWD, site, OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty())).expect("there is always a site");
    let mut found = std::collections::BTreeSet::new();
    for n in (1..20).step_by(2) {
        let page = open(&|| openat(&tree, format!("p{n}/0.html"), OFlags::RDONLY, Mode::empty()));
        // A tree that has been replaced loses its pages one by one; what it still shows must be of one build.
        let Ok(page) = page else { break };
        found.insert(std::io::read_to_string(page).unwrap());
    }
    assert!(found.len() <= 1, "{found:?}");
}

/// What a build leaves when it is killed at each of its stages, made by hand; the next build must be right and keep the user's files.
#[test]
fn every_leftover_of_a_killed_build_is_mended() {
    let new = pages(&[("index.html", "new"), ("roles/index.html", "roles"), ("added.html", "a")]);
    let leftovers: [(&str, Leave); 7] = [
        ("nothing but the lock", &|_| ()),
        ("half a staging tree", &|world| {
            fs::create_dir_all(world.place().next().join("roles")).unwrap();
            fs::write(world.place().next().join("roles/index.html"), "hal").unwrap();
            fs::hard_link(world.site().join("CNAME"), world.place().next().join("CNAME")).unwrap();
        }),
        ("a finished tree, not exchanged", &|world| finished(world, &new)),
        ("exchanged, the old site not cleared", &|world| {
            finished(world, &new);
            exchange(world);
        }),
        ("exchanged, the old site half cleared", &|world| {
            finished(world, &new);
            exchange(world);
            fs::remove_file(world.place().swap().join("roles/index.html")).unwrap();
            fs::remove_file(world.place().swap().join("CNAME")).unwrap();
        }),
        ("between two renames", &|world| {
            finished(world, &new);
            fs::rename(world.site(), world.place().old()).unwrap();
        }),
        ("after two renames", &|world| {
            finished(world, &new);
            swap::two_renames(&world.place()).unwrap();
        }),
    ];
    for (name, leave) in leftovers {
        for goal in [&new, &some_pages(), &pages(&[("only.html", "x")])] {
            let world = World::new();
            world.build(&some_pages());
            fs::write(world.site().join("CNAME"), "mine").unwrap();
            leave(&world);
            let published = world.build(goal);
            assert_eq!(published.kept, ["CNAME"], "{name}");
            let mut want = goal.clone();
            want.insert("CNAME".into(), "mine".into());
            assert_eq!(texts(&world.site()), want, "{name}");
            let left: Vec<_> = ["next", "swap", "old", "rescued"].iter().filter(|left| world.beside().join(left).exists()).collect();
            assert!(left.is_empty(), "{name}: {left:?}");
        }
    }
}

/// Stages a tree as a build does, up to the moment before the exchange.
fn finished(world: &World, pages: &Pages) {
    let place = world.place();
    let (stage, live) = (Stage::new(&place), live::Live::read(&place.site).unwrap());
    pages.iter().for_each(|(path, text)| _ = stage.write(path, text.as_bytes()).unwrap());
    stage.carry(&live).unwrap();
    let files = pages.iter().map(|(path, text)| (path.clone(), Entry::of(text.as_bytes()))).collect();
    stage.finish(&Manifest { files }, None).unwrap();
    fs::rename(place.next(), place.swap()).unwrap();
}

fn exchange(world: &World) {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, world.place().swap(), CWD, world.site(), RenameFlags::EXCHANGE).unwrap();
}

#[test]
fn what_was_the_users_survives_even_a_site_deleted_by_hand() {
    let world = World::new();
    world.build(&some_pages());
    fs::write(world.site().join("CNAME"), "mine").unwrap();
    fs::create_dir(world.site().join("own")).unwrap();
    fs::write(world.site().join("own/file"), "mine too").unwrap();
    finished(&world, &some_pages());
    exchange(&world);
    fs::remove_dir_all(world.site()).unwrap();
    world.build(&some_pages());
    assert_eq!(texts(&world.site()), some_pages());
    assert_eq!(texts(&world.place().rescued()), pages(&[("CNAME", "mine"), ("own/file", "mine too")]));
    assert!(!world.place().rescued().join("own.1").exists());
}

#[test]
fn a_tree_whose_list_is_damaged_is_put_aside_whole() {
    let world = World::new();
    world.build(&some_pages());
    fs::create_dir(world.place().swap()).unwrap();
    fs::write(world.place().swap().join(MANIFEST), "onside-man").unwrap();
    fs::write(world.place().swap().join("thesis.txt"), "years of work").unwrap();
    fs::write(world.place().old(), "not even a folder").unwrap();
    world.build(&some_pages());
    assert_eq!(fs::read_to_string(world.place().rescued().join("site/thesis.txt")).unwrap(), "years of work");
    assert_eq!(fs::read_to_string(world.place().rescued().join("site.1")).unwrap(), "not even a folder");
}

#[test]
fn a_lock_folder_that_was_deleted_under_a_waiting_builder_is_made_again() {
    let world = World::new();
    world.build(&some_pages());
    let held = super::claim::Claim::wait(&world.place(), || ()).unwrap();
    let waiting = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let builder = scope.spawn(|| {
            let target = Target { path: &world.site(), root: &world.root(), sources: &[], fingerprint: None, shelves: &BTreeMap::new() };
            let tell = |step| _ = waiting.fetch_or(step == Step::Waiting, SeqCst);
            write::<String>(&target, &["a.html".into()], |_| Ok(vec![]), tell).unwrap()
        });
        while !waiting.load(SeqCst) {
            std::thread::yield_now();
        }
        // The builder says that it waits just before it does.
        std::thread::sleep(std::time::Duration::from_millis(50));
        fs::remove_dir_all(world.beside()).unwrap();
        drop(held);
        assert!(builder.join().unwrap().waited);
    });
    assert!(world.beside().join("lock").exists());
    assert_eq!(texts(&world.site()), pages(&[("a.html", "")]));
}

#[test]
fn a_disk_without_links_gets_copies() {
    let world = World::new();
    world.build(&some_pages());
    let shm = Path::new("/dev/shm");
    if !shm.is_dir() || fs::metadata(shm).unwrap().dev() == fs::metadata(world.root()).unwrap().dev() {
        println!("skipped: no second disk at /dev/shm");
        return;
    }
    let elsewhere = TempDir::new_in(shm).unwrap();
    let place = Place { site: world.site(), beside: elsewhere.path().join("beside") };
    fs::create_dir(&place.beside).unwrap();
    let stage = Stage::new(&place);
    let brought = stage.bring("style.css", &Entry::of(b"body {}")).unwrap();
    assert!(matches!(brought, Brought::Copied(_)));
    assert_eq!(fs::read(place.next().join("style.css")).unwrap(), b"body {}");
    let changed = stage.bring("index.html", &Entry::of(b"not what is there")).err().unwrap();
    assert!(changed.to_string().contains("changed by another program"), "{changed}");
    // But what is the user's and mounted from elsewhere is never copied: the copy would stand for the original.
    fs::write(world.site().join("CNAME"), "mine").unwrap();
    let live = live::Live::read(&place.site).unwrap();
    let error = stage.carry(&live).unwrap_err().to_string();
    assert!(error.contains("CNAME` cannot be carried over") && error.contains("move it out"), "{error}");
}

#[test]
fn the_list_is_deterministic_and_any_damage_shows() {
    let (first, second) = (clean(&some_pages()), clean(&some_pages()));
    assert_eq!(first, second);
    let files = some_pages().iter().map(|(path, text)| (path.clone(), Entry::of(text.as_bytes()))).collect();
    let manifest = Manifest { files };
    let text = manifest.text();
    assert_eq!(Manifest::parse(&text), Some(manifest));
    for end in 0..text.len() {
        assert_eq!(Manifest::parse(&text[..end]), None, "cut at {end}");
    }
    for bad in ["../../home/me", "/etc/passwd", "a/../../b", "", "a//b"] {
        assert_eq!(Manifest::parse(&text.replace("index.html", bad)), None, "{bad}");
    }
    let world = World::new();
    world.build(&Pages::new());
    assert!(matches!(Manifest::read(&world.site()), Ok(Found::Whole(manifest)) if manifest.files.is_empty()));
}

#[test]
#[ignore = "run by the_umask_does_not_matter, in a process of its own"]
fn build_under_a_umask() {
    let world = World::new();
    let site = PathBuf::from(std::env::var_os("ONSIDE_TEST_SITE").unwrap());
    world.write(&site, &some_pages()).unwrap();
}

#[test]
fn the_umask_does_not_matter() {
    let folder = TempDir::new().unwrap();
    let name = module_path!().split_once("::").unwrap().1;
    for umask in ["000", "022", "077", "027", "177"] {
        let site = folder.path().join(umask);
        let script = format!("umask {umask}; exec \"$0\" {name}::build_under_a_umask --exact --ignored");
        let program = std::env::current_exe().unwrap();
        let done = Command::new("sh").args(["-c", &script]).arg(program).env("ONSIDE_TEST_SITE", &site).output().unwrap();
        assert!(done.status.success() && String::from_utf8_lossy(&done.stdout).contains("1 passed"), "{done:?}");
        assert_eq!(snapshot(&site), clean(&some_pages()), "umask {umask}");
    }
}

/// Edits, the user's hand in the folder, and failing builds, 300 times over: the site is always what a clean build makes, plus the user's files.
#[test]
fn any_sequence_of_edits_ends_as_a_clean_build() {
    let world = World::new();
    let (site, mut ours, mut theirs) = (world.site(), some_pages(), Pages::new());
    let mut seed = 42_u64;
    let mut pick = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    world.build(&ours);
    for round in 0..300 {
        let name = format!("f{}/{}", pick(3), pick(4));
        match pick(8) {
            0 | 1 if !theirs.contains_key(&name) => _ = ours.insert(name, format!("ours {}", pick(3))),
            2 => _ = ours.remove(&name),
            3 if !ours.contains_key(&name) && !site.join(&name).exists() => {
                let text = format!("theirs {round}");
                fs::create_dir_all(site.join(&name).parent().unwrap()).unwrap();
                fs::write(site.join(&name), &text).unwrap();
                theirs.insert(name, text);
            }
            4 => {
                if let Some((name, _)) = theirs.pop_first() {
                    fs::remove_file(site.join(name)).unwrap();
                }
            }
            5 => fs::write(site.join("index.html"), "edited by hand").unwrap(),
            6 => _ = fs::remove_file(site.join("style.css")),
            7 => {
                let before = snapshot(&site);
                let fails = |path: &str| if path == "index.html" { Err("no".into()) } else { Ok(b"broken build".to_vec()) };
                world.write_with(&site, &ours, fails).unwrap_err();
                assert_eq!(snapshot(&site), before);
            }
            _ => {}
        }
        world.build(&ours);
        let both: Pages = ours.clone().into_iter().chain(theirs.clone()).collect();
        assert_eq!(texts(&site), both, "round {round}");
        if round % 50 == 49 {
            let fresh = clean(&ours);
            let found = snapshot(&site);
            assert!(fresh.iter().all(|(path, what)| found.get(path) == Some(what)), "round {round}");
        }
    }
}

#[test]
fn two_thousand_pages() {
    println!("{}", timed_builds(2_000));
}

#[test]
#[ignore = "the time of a large site; a disk that has just deleted as many files is slow for minutes"]
fn ten_thousand_pages() {
    println!("{}", timed_builds(10_000));
}

fn timed_builds(count: usize) -> String {
    let world = World::new();
    let mut many: Pages = (0..count).map(|n| (format!("s{}/p{n}/index.html", n % 50), format!("page {n}").repeat(400))).collect();
    let mut times = Vec::new();
    let mut timed = |what: &str, pages: &Pages| {
        let start = std::time::Instant::now();
        let published = world.build(pages);
        times.push(format!("{what} {:?}", start.elapsed()));
        published.written
    };
    assert_eq!(timed("first", &many), count);
    assert_eq!(timed("unchanged", &many), 0);
    many.insert("s0/p0/index.html".into(), "edited".into());
    assert_eq!(timed("one edited", &many), 1);
    let print = Manifest { files: many.iter().map(|(path, text)| (path.clone(), Entry::of(text.as_bytes()))).collect() };
    let print = blake3::hash(print.text().as_bytes()).to_string();
    let target =
        Target { path: &world.site(), root: &world.root(), sources: &world.sources, fingerprint: Some(&print), shelves: &BTreeMap::new() };
    let start = std::time::Instant::now();
    assert_eq!(up_to_date(&target).unwrap().map(|found| found.files), Some(count));
    times.push(format!("up to date {:?}", start.elapsed()));
    times.join(", ")
}
