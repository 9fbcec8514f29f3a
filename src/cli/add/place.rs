//! Which file a new record goes into, and under which id.

use crate::compile::Compiled;
use crate::diagnostic::{FileId, Files, suggest};
use crate::model::document;
use crate::model::{Base, Kind};
use crate::source::markdown::slug;
use crate::source::toml;
use crate::source::tree::{self, TreeEntry};
use std::path::{Component, Path, PathBuf};

/// Where a record goes.
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its file, from the project's root.
    pub path: String,
    /// Whether the file is its own: Markdown, or a module's.
    pub is_own_file: bool,
    /// Whether its id follows from the file's name.
    pub id_is_path: bool,
}

/// The place of a record with a title; `into` is a path from the project's root.
pub fn of(kind: Kind, title: &str, into: Option<&str>, compiled: &Compiled) -> Result<Place, String> {
    let id = id_of(title)?;
    let in_file = |path: &str| Place { kind, id: id.clone(), path: path.to_owned(), is_own_file: false, id_is_path: false };
    match (kind, into) {
        (Kind::Page, into) => Ok(page(&id, into.unwrap_or("content/pages"))?),
        (Kind::Lesson, into) => lesson(&id, into, compiled),
        (Kind::Charter, _) => Ok(own(kind, kind.word(), "content/charter.md".to_owned())),
        (_, Some(path)) => records_file(path).map(in_file),
        (Kind::Module, None) => Ok(Place { is_own_file: true, ..in_file(&format!("content/training/{id}/module.toml")) }),
        (Kind::Change, None) => {
            let id = format!("{}-{id}", compiled.today);
            Ok(own(kind, &id, format!("content/changes/{id}.md")))
        }
        (Kind::Role | Kind::Area | Kind::Persona, None) => Ok(own(kind, &id, format!("content/{}/{id}.md", kind.folder()))),
        (_, None) => Ok(in_file(&open_file(kind, compiled))),
    }
}

/// The id that a title gives.
fn id_of(title: &str) -> Result<String, String> {
    let id: String = slug(title).chars().take(64).collect();
    match id.trim_end_matches('-') {
        "" => Err(format!("`{title}` has no letter or digit to make an id of: give it a title that has")),
        id => Ok(id.to_owned()),
    }
}

/// A Markdown file; a number at the head of its name is no part of the id, so such an id is written down.
fn own(kind: Kind, id: &str, path: String) -> Place {
    let first = id.split('-').next().unwrap_or("");
    let counted = first.len() <= 3 && first.chars().all(|c| c.is_ascii_digit());
    Place { kind, id: id.to_owned(), path, is_own_file: true, id_is_path: !counted }
}

fn page(id: &str, folder: &str) -> Result<Place, String> {
    let inner = folder.strip_prefix("content/pages").filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let Some(inner) = inner.filter(|_| !folder.ends_with(".toml") && !folder.ends_with(".md")) else {
        return Err(format!("a page is a file of its own, in content/pages/ or a folder there: `{folder}` is neither"));
    };
    let above: Vec<String> = inner.split('/').filter(|part| !part.is_empty()).map(slug).collect();
    let id = above.into_iter().chain([id.to_owned()]).collect::<Vec<_>>().join("/");
    let stem = id.rsplit('/').next().unwrap_or(&id);
    Ok(Place { kind: Kind::Page, path: format!("{folder}/{stem}.md"), id, is_own_file: true, id_is_path: true })
}

/// The next lesson of a module: the one that is named, or the only one.
fn lesson(id: &str, into: Option<&str>, compiled: &Compiled) -> Result<Place, String> {
    let modules: Vec<&str> = compiled.playbook.modules.iter().map(|m| m.id()).collect();
    let named = into.map(|path| path.strip_prefix("content/training/").unwrap_or(path));
    let module = match (named, modules.as_slice()) {
        (Some(named), _) if modules.contains(&named) => named,
        (None, [only]) => only,
        (_, []) => return Err("a lesson belongs to a module, and there is none: begin with `onside add module \"…\"`".to_owned()),
        (_, [first, ..]) => {
            let known = suggest::list(modules.iter().copied(), 12);
            return Err(format!("say which module the lesson belongs to, as in `--in content/training/{first}`: there are {known}"));
        }
    };
    let count = compiled.playbook.lessons.iter().filter(|l| l.id().split('/').next() == Some(module)).count();
    let path = format!("content/training/{module}/{:02}-{id}.md", count + 1);
    Ok(Place { kind: Kind::Lesson, id: format!("{module}/{id}"), path, is_own_file: true, id_is_path: true })
}

/// The TOML file that the last record of the kind stands in, else the sample's; another where `kind = [ … ]` closes it.
fn open_file(kind: Kind, compiled: &Compiled) -> String {
    let written = [format!("{} =", kind.word()), format!("{}=", kind.word())];
    let is_closed = |base: &&Base| compiled.files.text(base.place.file).lines().any(|line| written.iter().any(|w| line.starts_with(w)));
    let path = |base: &Base| compiled.files.path(base.place.file).to_owned();
    let (closed, open): (Vec<&Base>, Vec<&Base>) =
        compiled.playbook.bases().into_iter().filter(|b| b.name.kind == kind && b.body.is_none()).partition(is_closed);
    let mut paths = open.into_iter().map(path).filter(|path| path.ends_with(".toml") && !path.ends_with("/module.toml"));
    let usual = default_file(kind);
    match paths.next_back() {
        Some(path) => path,
        None if closed.into_iter().any(|base| path(base) == usual) => format!("content/more-{}.toml", kind.plural()),
        None => usual,
    }
}

/// Where the sample keeps them.
fn default_file(kind: Kind) -> String {
    let stem = match kind {
        Kind::Handoff | Kind::Recycle | Kind::Stage => "funnel",
        Kind::Expect => "search",
        Kind::Path => "training/paths",
        kind => kind.plural(),
    };
    format!("content/{stem}.toml")
}

/// A file that can hold records.
fn records_file(path: &str) -> Result<&str, String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name == "playbook.toml" || name == "_defaults.toml" {
        return Err(format!("{path} holds no records: name another file, as in `--in content/more.toml`"));
    }
    match name.strip_suffix(".toml").is_some_and(|stem| !stem.is_empty()) {
        true => Ok(path),
        false => Err(format!("{path} is no .toml file, and records are appended to one: name it as in `--in content/more.toml`")),
    }
}

/// A path that was typed, from the project's root: it counts from here, from the project, or from `content/`.
pub fn under_content(root: &Path, typed: &Path) -> Result<String, String> {
    let here = std::env::current_dir().unwrap_or_default();
    let content = root.join("content");
    let tries = [here.as_path(), root, content.as_path()].map(|start| plain(&start.join(typed)));
    let inside = tries.iter().find_map(|path| path.strip_prefix(plain(&content)).ok()).filter(|inner| inner.components().count() > 0);
    let Some(inner) = inside else {
        return Err(format!("{} leads out of content/, where all records stand: name a file there", typed.display()));
    };
    let parts: Option<Vec<&str>> = inner.components().map(|part| part.as_os_str().to_str()).collect();
    match parts.filter(|parts| !parts.iter().any(|part| part.starts_with('.') || part.ends_with('~') || part.contains(char::is_control))) {
        Some(parts) => Ok(format!("content/{}", parts.join("/"))),
        None => Err(format!("{} has a name that Onside does not read: use one of plain letters, without a dot in front", typed.display())),
    }
}

/// A path without `.` and `..`, by its letters alone.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// Whether a file reads with what was appended; a sentence where it does not.
pub fn still_reads(kind: Kind, path: &str, whole: &[u8]) -> Result<(), String> {
    let mut files = Files::default();
    let entry = TreeEntry { path: path.to_owned(), content: tree::clean(whole.to_vec()) };
    let file = files.put(path, entry.text());
    let parsed = document::parse(&entry, file);
    if is_inline(&entry.text(), kind.word()) {
        let word = kind.word();
        return Err(format!(
            "{path} writes its records as `{word} = [ … ]`, and no `[[{word}]]` can follow that: name another file, as in `--in content/more.toml`"
        ));
    }
    match parsed.problems.first() {
        None => Ok(()),
        Some(problem) => {
            let line = files.position(file, problem.span.start).line;
            Err(format!("{path} does not read as it is, line {line}: mend it first (`onside check` says what is wrong), then add"))
        }
    }
}

/// Whether records are written as `word = [ … ]`, which is closed to `[[word]]`.
fn is_inline(text: &str, word: &str) -> bool {
    let (table, _) = toml::parse(FileId(0), 0, text);
    let key = table.entries.iter().find(|entry| entry.key.value == word).map(|entry| entry.key.span);
    let rest = key.and_then(|span| text.get(span.range().end..));
    rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ', '\t']).starts_with('='))
}
