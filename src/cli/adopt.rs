//! `onside adopt`

use super::{Arguments, print};
use crate::adopt::{self, Found, Known, Plan, Write, counted};
use crate::compile::compile;
use crate::diagnostic::Level;
use crate::model::link::fold;
use crate::model::{Playbook, Record, Records};
use crate::source::tree;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Take an old handbook in: its pages, its tables of who does what, its glossary
#[derive(clap::Args)]
pub struct Adopt {
    /// The folder the handbook lies in: it is read and never changed
    dir: PathBuf,
}

/// Larger spreadsheets are no table of who does what.
const LARGEST_SHEET: u64 = 1024 * 1024;

impl Adopt {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let root = root(arguments)?;
        let from = handbook(&self.dir, &root)?;
        let has_playbook = tree::has_file(&root, "content/playbook.toml");
        let files = read(&from)?;
        if !files.iter().any(|f| adopt::is_page(&f.path) && f.bytes.is_some()) {
            return Err(format!("{} holds no Markdown file: name the folder whose files end in `.md`", self.dir.display()));
        }
        let mut known = known(&root, has_playbook)?;
        if !has_playbook {
            known.new_name = Some(name(&from));
        }
        let mut plan = adopt::plan(&files, known);
        let kept = write(&root, &from, &mut plan)?;
        let report = plan.report(&self.dir.display().to_string(), &kept);
        let written = free_report(&root, &report)?;
        self.say(&root, &plan, &kept, &written)
    }

    /// One summary, and what `check` says of the project now.
    fn say(&self, root: &Path, plan: &Plan, kept: &[String], report: &str) -> Result<u8, String> {
        let of_root = Arguments { root: Some(root.to_path_buf()) };
        let compiled = compile(&of_root.project(None, None)?)?;
        let (taken, left) = plan.rows();
        let (pages, records) = (counted(plan.pages, "page"), counted(taken, "record"));
        let mut text = format!("Adopted {}: {pages}, {records} from tables", self.dir.display());
        if left > 0 {
            text.push_str(&format!(", {} for a person to decide", counted(left, "row")));
        }
        if !kept.is_empty() {
            text.push_str(&format!(", {} kept as it was", counted(kept.len(), "file")));
        }
        text.push_str(&format!(".\n{report} says what was done and what is left to do.\n"));
        let (errors, warnings) = (compiled.findings.count(Level::Error), compiled.findings.count(Level::Warning));
        text.push_str(&match errors {
            0 => format!("It builds: `onside build`. `onside check` has {}.\n", counted(warnings, "warning")),
            _ => format!("`onside check` has {} to mend before it builds.\n", counted(errors, "error")),
        });
        print(&text);
        Ok(if errors > 0 { super::FOUND } else { super::DONE })
    }
}

/// The project's folder: as told, the nearest one, or the one we are in.
fn root(arguments: &Arguments) -> Result<PathBuf, String> {
    if let Some(root) = &arguments.root {
        fs::create_dir_all(root).map_err(|e| format!("{} cannot be made: {}", root.display(), tree::reason(&e)))?;
        return fs::canonicalize(root).map_err(|e| format!("{} cannot be read: {}", root.display(), tree::reason(&e)));
    }
    let here = std::env::current_dir().map_err(|e| format!("the current folder cannot be read: {e}"))?;
    Ok(tree::find_root(&here).unwrap_or(here))
}

/// The handbook's folder, which must be one, and apart from what is written.
fn handbook(dir: &Path, root: &Path) -> Result<PathBuf, String> {
    let full = fs::canonicalize(dir)
        .map_err(|e| format!("the handbook {} cannot be read: {}: name the folder it lies in", dir.display(), tree::reason(&e)))?;
    if !full.is_dir() {
        return Err(format!("{} is a file: name the folder that the handbook lies in", dir.display()));
    }
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    if full.starts_with(root.join("content")) {
        return Err(format!(
            "{} is a part of the playbook already: what lies in `content/pages/` is read without being adopted",
            dir.display()
        ));
    }
    if root.starts_with(&full) {
        return Err(format!(
            "the playbook would be written into the handbook: name a folder outside {} for it, as in `onside adopt {} --root ../playbook`",
            full.display(),
            dir.display()
        ));
    }
    Ok(full)
}

/// Every file of the handbook; Markdown and small spreadsheets with what is in them.
fn read(from: &Path) -> Result<Vec<Found>, String> {
    let mut files = Vec::new();
    for listed in tree::list(from)? {
        let sheet = listed.path.to_ascii_lowercase().ends_with(".csv") && listed.size <= LARGEST_SHEET;
        let mut found = Found { path: listed.path, bytes: None, refused: listed.refused };
        if found.refused.is_none() && (adopt::is_page(&found.path) || sheet) {
            match tree::bytes(from, &found.path) {
                Ok(bytes) => found.bytes = Some(bytes),
                Err(reason) => found.refused = Some(reason),
            }
        }
        files.push(found);
    }
    Ok(files)
}

/// What the project knows already.
fn known(root: &Path, has_playbook: bool) -> Result<Known, String> {
    let listed = if tree::has_folder(root, "content") { tree::list(&root.join("content"))? } else { Vec::new() };
    let files: BTreeSet<String> = listed.into_iter().map(|f| format!("content/{}", f.path)).collect();
    if !has_playbook {
        return Ok(Known { files, ..Known::default() });
    }
    let of_root = Arguments { root: Some(root.to_path_buf()) };
    let Playbook { roles, areas, activities, terms, .. } = compile(&of_root.project(None, None)?)?.playbook;
    Ok(Known {
        new_name: None,
        roles: titles(&roles),
        areas: titles(&areas),
        activities: titles(&activities),
        terms: titles(&terms),
        files,
    })
}

fn titles<T>(records: &Records<T>) -> BTreeMap<String, String> {
    records.iter().map(|r: &Record<T>| (fold(r.title()), r.id().to_owned())).collect()
}

/// What a handbook is called: its folder's name.
fn name(from: &Path) -> String {
    let name = from.file_name().map_or_else(|| "Handbook".to_owned(), |n| n.to_string_lossy().replace(['-', '_'], " "));
    let mut chars = name.trim().chars();
    chars.next().map_or_else(|| "Handbook".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

/// Writes what is planned and nothing over anything. Gives the files that were there already.
fn write(root: &Path, from: &Path, plan: &mut Plan) -> Result<Vec<String>, String> {
    let mut kept = Vec::new();
    for (path, write) in &plan.writes {
        let bytes = match write {
            Write::Bytes(bytes) => bytes.clone(),
            Write::Copy(path) => match tree::bytes(from, path) {
                Ok(bytes) => bytes,
                Err(reason) => {
                    plan.notes.push(format!("`{path}` could not be copied: {reason}"));
                    continue;
                }
            },
        };
        if !write_new(&root.join(path), &bytes)? {
            kept.push(format!("`{path}`"));
        }
    }
    Ok(kept)
}

/// Writes a file unless something is there; gives whether it did.
#[allow(clippy::disallowed_types, reason = "only this way is nothing ever overwritten, whoever else writes")]
fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, String> {
    let failed =
        |e: std::io::Error| format!("{} cannot be written: {}; what was written before it stays", path.display(), tree::reason(&e));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(bytes).map(|()| true).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Writes the report under a name that is free; gives the name.
fn free_report(root: &Path, report: &str) -> Result<String, String> {
    for number in 1..1000 {
        let name = if number == 1 { "ADOPTED.md".to_owned() } else { format!("ADOPTED-{number}.md") };
        if write_new(&root.join(&name), report.as_bytes())? {
            return Ok(name);
        }
    }
    Err("there are a thousand reports in this folder: delete those that are done with".to_owned())
}
