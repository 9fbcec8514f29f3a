//! The whole of reading, in twenty lines: files to a playbook and its findings.

use crate::check;
use crate::diagnostic::{FileId, Files, Findings};
use crate::model::document::{self, Document};
use crate::model::{Playbook, assemble};
use crate::project::Project;
use crate::source::tree::{self, Content, Tree, TreeEntry};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

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
}

/// What is kept from one run to the next: every file as it was parsed, by its path.
#[derive(Default)]
pub struct Memory {
    files: Files,
    parsed: BTreeMap<String, (Content, Arc<Document>)>,
}

/// Reads and judges a project.
///
/// # Errors
/// A sentence that names what cannot be read at all, such as a missing `content/`.
pub fn compile(project: &Project) -> Result<Compiled, String> {
    let tree = tree::read(&project.root, "content")?;
    compile_again(project, &tree, &mut Memory::default())
}

/// The same of files that are read already; only those that differ from what is remembered are parsed.
///
/// # Errors
/// A sentence, where there is no `content/playbook.toml`.
pub fn compile_again(project: &Project, tree: &Tree, memory: &mut Memory) -> Result<Compiled, String> {
    if !tree.entries.iter().any(|e| e.path == "content/playbook.toml") {
        let place = project.root.display();
        return Err(format!("there is no content/playbook.toml in {place}: write one with `name = \"…\"` and `default_owner = \"…\"`"));
    }
    let documents = memory.parse(tree);
    let files = memory.files.clone();
    let playbook = assemble(&documents, &files);
    let today = project.today(playbook.own().and_then(|s| s.as_of));
    let findings = check::run(&check::Run { playbook: &playbook, files: &files, today });
    Ok(Compiled { files, playbook, findings, today })
}

impl Memory {
    /// Every file of a tree, parsed.
    fn parse(&mut self, tree: &Tree) -> Vec<Arc<Document>> {
        let listed: Vec<(&TreeEntry, FileId)> =
            tree.entries.iter().map(|entry| (entry, self.files.put(&entry.path, entry.text()))).collect();
        let parse = |(entry, file): &(&TreeEntry, FileId)| match self.parsed.get(&entry.path) {
            Some((content, document)) if *content == entry.content => document.clone(),
            _ => Arc::new(document::parse(entry, *file)),
        };
        let documents: Vec<Arc<Document>> = listed.par_iter().map(parse).collect();
        let kept = tree.entries.iter().zip(&documents).map(|(e, d)| (e.path.clone(), (e.content.clone(), d.clone())));
        self.parsed = kept.collect();
        documents
    }
}
