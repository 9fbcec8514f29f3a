//! What several tests need: a project in a folder of its own, its site in memory, the program run from outside.

use jiff::civil::{Date, date};
use onside::compile::{Compiled, compile};
use onside::project::{Audience, Project};
use onside::render::{Dress, Press, Theme};
use onside::route;
use onside::site::Site;
use scraper::Html;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;
use walkdir::WalkDir;

/// What today is in these tests.
pub const TODAY: Date = date(2026, 11, 2);

/// Where the sample's site is put, for what needs a whole address.
pub const BASE_URL: &str = "https://playbook.example/handbook/";

/// A site in memory: bytes by the path of the file they would be written to.
pub type Built = BTreeMap<String, Vec<u8>>;

/// The repository.
pub fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder as a project.
pub fn project(root: &Path) -> Project {
    Project { root: root.to_path_buf(), told: Some(TODAY), clock: TODAY, base_url: None, audience: Audience::default() }
}

/// A project, read and judged; it must be readable.
pub fn compiled(root: &Path) -> Compiled {
    compile(&project(root)).unwrap_or_else(|words| panic!("{}: {words}", root.display()))
}

/// A project in its theme.
pub fn press(root: &Path, theme: Theme, base_url: Option<&str>) -> Result<Press, String> {
    // The sample lies in a repository of its own makers, whose days and names are none of its.
    let compiled = Compiled { history: Arc::default(), ..compiled(root) };
    Ok(Press::new(Site::plan(compiled, base_url.map(str::to_owned)), Arc::new(Dress::new(theme)?), root.to_path_buf()))
}

/// Every page of a press, in the order of addresses.
pub fn printed(press: &Press) -> Built {
    let page = |address: String| {
        let bytes = press.render(&address).unwrap_or_else(|words| panic!("{address}: {words}"));
        (route::output(&address), bytes.unwrap_or_else(|| panic!("{address} is planned and not there")))
    };
    press.addresses().into_iter().map(page).collect()
}

/// The whole site of a project in the default theme.
pub fn built(root: &Path, base_url: Option<&str>) -> Built {
    printed(&press(root, Theme::embedded(), base_url).unwrap_or_else(|words| panic!("{words}")))
}

/// The site of the sample playbook.
pub fn sample() -> &'static Built {
    static SAMPLE: OnceLock<Built> = OnceLock::new();
    SAMPLE.get_or_init(|| built(&here(), Some(BASE_URL)))
}

/// A folder that goes when it is dropped; in memory where there is room, for small files are slow on some disks.
pub fn room() -> TempDir {
    let memory = Path::new("/dev/shm");
    let roomy = rustix::fs::statvfs(memory).is_ok_and(|disk| disk.f_bavail * disk.f_frsize > 1 << 30);
    if roomy { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

/// A project of the given files in a folder that goes when it is dropped.
pub fn lay(files: &[(&str, &str)]) -> TempDir {
    let folder = room();
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

/// The least playbook of which nothing is said.
pub fn lonely() -> TempDir {
    lay(&[("content/playbook.toml", LONELY), ("content/teams.toml", LEAD)])
}

/// A name, and who keeps it.
pub const LONELY: &str = "name = \"Alone\"\ndefault_owner = \"lead\"\n";
const LEAD: &str =
    "[[team]]\nid = \"all\"\ntitle = \"All\"\nlead = \"lead\"\n\n[[role]]\nid = \"lead\"\ntitle = \"Lead\"\nteam = \"all\"\n";

/// Writes a file and the folders above it.
pub fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A copy of the sample's content, its files written in the given order.
pub fn copy_of_sample(backwards: bool) -> TempDir {
    let to = room();
    let mut files = files_under(&here().join("content"));
    if backwards {
        files.reverse();
    }
    for path in files {
        let inner = path.strip_prefix(here()).unwrap().to_str().unwrap().to_owned();
        put(to.path(), &inner, std::fs::read(&path).unwrap());
    }
    to
}

/// Every file below a folder, in order.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let all = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    all.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// A page as a browser's parser sees it.
pub struct Page {
    /// The file it would be written to.
    pub path: String,
    /// What the parser made of it.
    pub html: Html,
    /// Every id, in order.
    pub ids: Vec<String>,
}

/// Every page of a site.
pub fn pages(site: &Built) -> Vec<Page> {
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    pages
        .map(|(path, bytes)| {
            let html = Html::parse_document(&text(bytes));
            let ids = elements(&html).filter_map(|e| e.attr("id").map(str::to_owned)).collect();
            Page { path: path.clone(), html, ids }
        })
        .collect()
}

/// Every element, templates' contents included.
pub fn elements(html: &Html) -> impl Iterator<Item = &scraper::node::Element> {
    html.tree.values().filter_map(scraper::Node::as_element)
}

/// Bytes that must be UTF-8.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("what is written is UTF-8")
}

/// Fails with a list, if there is anything in it.
pub fn none(faults: impl IntoIterator<Item = String>) {
    let faults: BTreeSet<String> = faults.into_iter().collect();
    let shown: Vec<&str> = faults.iter().take(40).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults:\n{}\n", faults.len(), shown.join("\n"));
}

/// The program, with nothing of the environment that could change what it says.
pub fn onside(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onside"));
    command.current_dir(root).env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").stdin(std::process::Stdio::null());
    command
}

/// Runs the program with words as a person types them.
pub fn run(root: &Path, words: &[&str]) -> Output {
    onside(root).args(words).output().unwrap()
}

/// What a run said, both streams, for messages.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A hash of every file of a folder: equal where nothing was touched.
pub fn prints(folder: &Path) -> BTreeMap<PathBuf, String> {
    let print = |path: PathBuf| {
        (path.strip_prefix(folder).unwrap().to_path_buf(), blake3::hash(&std::fs::read(&path).unwrap()).to_hex().to_string())
    };
    files_under(folder).into_iter().map(print).collect()
}

/// Numbers that look drawn and are the same every time (xorshift64*).
pub struct Dice(pub u64);

impl Dice {
    /// The next one.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// One below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % limit.max(1)
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}
