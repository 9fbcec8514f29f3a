//! A theme: the embedded one, with a project's own files laid over it path by path.

use super::lean;
use crate::route;
use crate::source::tree::{self, Content};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Pages that are dressed like another's.
const SHARED_SHEETS: [(&str, &str); 6] =
    [("between", "changes"), ("activity", "role"), ("team", "role"), ("teams", "role"), ("people", "role"), ("search", "terms")];

/// The style of typed blocks, `css/blocks/*.css` in one file, for the pages that have such blocks.
pub const BLOCKS: &str = "blocks.css";

/// The files of a theme, by their path in it.
pub struct Theme {
    /// The default's.
    default: BTreeMap<String, Cow<'static, [u8]>>,
    /// The project's, and the name of its folder.
    own: BTreeMap<String, Cow<'static, [u8]>>,
    folder: String,
    css: String,
    blocks: String,
    script: String,
    /// Sent for when it is first wanted.
    search: Search,
}

/// What search is made of in the browser.
#[derive(Default)]
struct Search {
    script: String,
    /// What it sends for when a word stands nowhere, or a question is asked.
    more: String,
    style: String,
}

impl Theme {
    /// The embedded theme.
    pub fn embedded() -> Self {
        let mut default = BTreeMap::new();
        collect(&DEFAULT, &mut default);
        Self {
            default,
            own: BTreeMap::new(),
            folder: "themes/default".to_owned(),
            css: String::new(),
            blocks: String::new(),
            script: String::new(),
            search: Search::default(),
        }
        .joined()
    }

    /// Whether a file of the project's is empty now and was not before.
    pub fn emptied_since(&self, before: &Self) -> bool {
        self.own.iter().any(|(path, bytes)| bytes.is_empty() && before.own.get(path).is_some_and(|b| !b.is_empty()))
    }

    /// The embedded theme with `themes/<name>/` over it.
    ///
    /// # Errors
    /// A sentence that names what is missing or cannot be read.
    pub fn of_project(root: &Path, name: &str) -> Result<Self, String> {
        let mut theme = Self::embedded();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if !plain {
            return Err(format!(
                "`theme = \"{name}\"` in content/playbook.toml is no folder's name: write the name of a folder under themes/"
            ));
        }
        let folder = format!("themes/{name}");
        if !tree::has_folder(root, &folder) {
            return Err(format!(
                "`theme = \"{name}\"` in content/playbook.toml: there is no folder `{folder}` (take the line out to use the default theme)"
            ));
        }
        for entry in tree::read(root, &folder)?.entries {
            let inner = entry.path.trim_start_matches(&folder).trim_start_matches('/').to_owned();
            match entry.content {
                Content::Text { text, broken_at: None } => theme.own.insert(inner, Cow::Owned(text.as_bytes().to_vec())),
                Content::Text { .. } => return Err(format!("{}: this file is not UTF-8: save it as UTF-8", entry.path)),
                Content::Other(_) => theme.own.insert(inner, Cow::Owned(tree::bytes(root, &entry.path)?)),
                Content::Refused(reason) => return Err(format!("{}: {reason}", entry.path)),
            };
        }
        theme.folder = folder;
        Ok(theme.joined())
    }

    fn joined(mut self) -> Self {
        self.css = lean::style(&self.join("css/", ".css", &[]));
        self.blocks = lean::style(&self.join("css/blocks/", ".css", &[]));
        self.script = self.join("js/", ".js", &["js/scheme.js"]);
        let search = self.join("js/search/", ".js", &[]);
        self.search = Search {
            script: format!("(() => {{\n\"use strict\";\n{search}}})();\n"),
            more: self.join("js/more/", ".js", &[]),
            style: lean::style(&self.join("css/search/", ".css", &[])),
        };
        self
    }

    /// All files of a folder in the order of their names, a project's in the place of the default's.
    fn join(&self, folder: &str, ending: &str, without: &[&str]) -> String {
        let mut files: BTreeMap<&str, &[u8]> = BTreeMap::new();
        for (path, bytes) in self.default.iter().chain(&self.own) {
            let directly = path.strip_prefix(folder).is_some_and(|name| !name.contains('/'));
            if directly && path.ends_with(ending) && !without.contains(&path.as_str()) {
                files.insert(path, bytes);
            }
        }
        let texts = files.iter().map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            // A project's own script may be written in any way.
            if ending == ".js" && !self.own.contains_key(*path) { lean::script(&text) } else { text.trim_end().to_owned() + "\n" }
        });
        texts.collect()
    }

    /// A file, the project's before the default's.
    fn file(&self, path: &str) -> Option<&[u8]> {
        self.own.get(path).or_else(|| self.default.get(path)).map(AsRef::as_ref)
    }

    /// The default's templates, then the project's: name under `templates/`, text, path for messages.
    pub fn templates(&self) -> Vec<(String, String, String)> {
        let of = |files: &BTreeMap<String, Cow<'static, [u8]>>, prefix: &str, folder: &str| {
            let templates = files.iter().filter_map(|(p, b)| p.strip_prefix("templates/").map(|n| (n, p, b)));
            templates
                .map(|(name, path, bytes)| {
                    (format!("{prefix}{name}"), String::from_utf8_lossy(bytes).into_owned(), format!("{folder}/{path}"))
                })
                .collect::<Vec<_>>()
        };
        let mut all = of(&self.default, "default/", "themes/default");
        all.extend(of(&self.own, "", &self.folder));
        all
    }

    /// The addresses of what pages load.
    pub fn addresses(&self) -> Vec<String> {
        let loaded = self
            .default
            .keys()
            .chain(self.own.keys())
            .filter(|p| p.starts_with("fonts/") || p.starts_with("icons/") || p.starts_with("images/"));
        let sheets = self.default.keys().chain(self.own.keys()).filter_map(|p| p.strip_prefix("css/").filter(|p| p.starts_with("pages/")));
        let mut all: Vec<String> = loaded
            .map(String::as_str)
            .chain(["onside.css", BLOCKS, "onside.js", "scheme.js", "search.js", "search-more.js", "search.css"])
            .chain(sheets)
            .map(route::asset)
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// The stylesheet that only one page needs, `css/pages/<stem>.css` beside `templates/pages/<stem>.html`;
    /// a record's page shares that of its list, `terms.css` for `term.html`.
    pub fn sheet_of(&self, template: &str) -> Option<String> {
        let path = template.strip_suffix(".html")?;
        let shared = SHARED_SHEETS.iter().find(|(stem, _)| path == format!("pages/{stem}")).map(|(_, sheet)| format!("pages/{sheet}.css"));
        let sheets = [Some(format!("{path}.css")), shared, Some(format!("{path}s.css"))];
        sheets.into_iter().flatten().find(|sheet| self.file(&format!("css/{sheet}")).is_some()).map(|sheet| route::asset(&sheet))
    }

    /// The bytes at an address, if it is the theme's.
    pub fn bytes(&self, address: &str) -> Option<Vec<u8>> {
        let path = address.strip_prefix(&route::asset(""))?;
        match path {
            "onside.css" => Some(self.css.clone().into_bytes()),
            BLOCKS => Some(self.blocks.clone().into_bytes()),
            "search.js" => Some(self.search.script.clone().into_bytes()),
            "search-more.js" => Some(self.search.more.clone().into_bytes()),
            "search.css" => Some(self.search.style.clone().into_bytes()),
            "onside.js" => Some(self.script.clone().into_bytes()),
            sheet if sheet.starts_with("pages/") => {
                self.file(&format!("css/{sheet}")).map(|b| lean::style(&String::from_utf8_lossy(b)).into_bytes())
            }
            "scheme.js" => self.file("js/scheme.js").map(<[u8]>::to_vec),
            path if path.starts_with("fonts/") || path.starts_with("icons/") || path.starts_with("images/") => {
                self.file(path).map(<[u8]>::to_vec)
            }
            _ => None,
        }
    }
}

/// The paths of the default theme's files.
pub fn default_paths() -> Vec<String> {
    let mut files = BTreeMap::new();
    collect(&DEFAULT, &mut files);
    files.into_keys().collect()
}

/// A file of the default theme.
pub fn default_file(path: &str) -> Option<&'static [u8]> {
    DEFAULT.get_file(path).map(include_dir::File::contents)
}

fn collect(dir: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in dir.files() {
        files.insert(file.path().to_string_lossy().replace('\\', "/"), Cow::Borrowed(file.contents()));
    }
    for inner in dir.dirs() {
        collect(inner, files);
    }
}
