//! The whole of reading, in twenty lines: files to a playbook and its findings.

use crate::check;
use crate::diagnostic::{FileId, Files, Findings};
use crate::model::document::{self, Document, Documents};
use crate::model::{Assembly, Playbook};
use crate::project::Project;
use crate::route::Addresses;
use crate::source::tree::{self, Difference, Tree, TreeEntry};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The folder that is read.
const CONTENT: &str = "content";

/// So few files are looked up one by one.
const FEW: usize = 100;

/// A project, read and judged.
pub struct Compiled {
    /// The texts.
    pub files: Files,
    /// The playbook.
    pub playbook: Playbook,
    /// What is wrong with it.
    pub findings: Findings,
    /// What today is.
    pub today: Date,
    /// Where every record's page is.
    pub addresses: Arc<Addresses>,
}

/// What is kept from one run to the next: the files, each as it was parsed, and the playbook they make.
#[derive(Default)]
pub struct Memory {
    tree: Tree,
    files: Files,
    documents: Documents,
    assembly: Assembly,
    addresses: Arc<Addresses>,
}

/// Reads and judges a project.
///
/// # Errors
/// A sentence that names what cannot be read at all, such as a missing `content/`.
pub fn compile(project: &Project) -> Result<Compiled, String> {
    compile_tree(project, read(project)?)
}

/// The files of a project.
///
/// # Errors
/// A sentence that says why the folder cannot be read.
pub fn read(project: &Project) -> Result<Tree, String> {
    tree::read(&project.root, CONTENT)
}

/// Judges files that were read already.
///
/// # Errors
/// A sentence, where there is no `content/playbook.toml`.
pub fn compile_tree(project: &Project, tree: Tree) -> Result<Compiled, String> {
    let mut memory = Memory { tree, ..Memory::default() };
    memory.parse_all();
    let compiled = compile_again(project, &mut memory);
    // Nobody asks again; it is taken apart beside the work that follows.
    rayon::spawn(move || drop(memory));
    compiled
}

/// The playbook that files make, without judging it: a version that is only compared or shown.
pub fn unjudged(tree: Tree) -> (Files, Playbook) {
    let mut memory = Memory { tree, ..Memory::default() };
    memory.parse_all();
    memory.assembly.renew(memory.documents.clone(), &memory.files);
    let made = (memory.files.clone(), memory.assembly.playbook.clone());
    rayon::spawn(move || drop(memory));
    made
}

/// Judges the files as they were read last; only what differs since then is made anew.
///
/// # Errors
/// A sentence, where there is no `content/playbook.toml`.
pub fn compile_again(project: &Project, memory: &mut Memory) -> Result<Compiled, String> {
    if memory.tree.at("content/playbook.toml").is_none() {
        let place = project.root.display();
        return Err(format!("there is no content/playbook.toml in {place}: write one with `name = \"…\"` and `default_owner = \"…\"`"));
    }
    let census = memory.assembly.playbook.census.clone();
    memory.assembly.renew(memory.documents.clone(), &memory.files);
    let files = memory.files.clone();
    let playbook = memory.assembly.playbook.clone();
    if !playbook.census.is(&census) {
        memory.addresses = Arc::new(Addresses::of(&playbook));
    }
    let addresses = memory.addresses.clone();
    let today = project.today(playbook.own().and_then(|s| s.as_of));
    let findings = check::run(&check::Run::of(&playbook, &files, &addresses, today));
    Ok(Compiled { files, playbook, findings, today, addresses })
}

impl Memory {
    /// Reads the files at or under some paths again, or all of them, and tells which differ.
    ///
    /// # Errors
    /// A sentence that says why the folder cannot be read; everything is then as it was.
    pub fn look(&mut self, project: &Project, at: Option<&BTreeSet<PathBuf>>) -> Result<Vec<Difference>, String> {
        let differences = match at {
            Some(paths) => self.tree.renew_at(&project.root, CONTENT, paths)?,
            None => self.tree.renew(read(project)?),
        };
        self.parse(&differences);
        Ok(differences)
    }

    /// Parses every file.
    fn parse_all(&mut self) {
        let listed: Vec<(&TreeEntry, FileId)> = self.tree.entries.iter().map(|e| (e, self.files.put(&e.path, e.text()))).collect();
        let parsed: Vec<Arc<Document>> = listed.par_iter().map(|(entry, file)| Arc::new(document::parse(entry, *file))).collect();
        self.documents = parsed.into_iter().collect();
    }

    /// Parses the files that differ.
    fn parse(&mut self, differences: &[Difference]) {
        if differences.is_empty() {
            return;
        }
        let places: Vec<usize> = if differences.len() > FEW {
            let different: BTreeSet<&str> = differences.iter().map(|d| d.path.as_str()).collect();
            let listed = self.tree.entries.iter().enumerate().filter(|(_, e)| different.contains(e.path.as_str()));
            listed.map(|(at, _)| at).collect()
        } else {
            differences.iter().filter_map(|d| self.tree.at(&d.path)).collect()
        };
        let entries = places.into_iter().filter_map(|at| self.tree.entries.get(at).map(|entry| (at, entry)));
        let new: Vec<(usize, &TreeEntry, FileId)> = entries.map(|(at, e)| (at, e, self.files.put(&e.path, e.text()))).collect();
        let parsed: Vec<(usize, Arc<Document>)> =
            new.par_iter().map(|(at, entry, file)| (*at, Arc::new(document::parse(entry, *file)))).collect();
        let same_paths = self.documents.len() == self.tree.entries.len()
            && parsed.iter().all(|(at, new)| self.documents.get(*at).is_some_and(|old| old.path == new.path));
        if same_paths {
            for (at, document) in parsed {
                self.documents.set_mut(at, document);
            }
            return;
        }
        let mut by_path: BTreeMap<&str, &Arc<Document>> = self.documents.iter().map(|d| (d.path.as_str(), d)).collect();
        by_path.extend(parsed.iter().map(|(_, d)| (d.path.as_str(), d)));
        let all = self.tree.entries.iter().filter_map(|e| by_path.get(e.path.as_str()).map(|d| (*d).clone()));
        self.documents = all.collect();
    }
}
