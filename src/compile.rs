//! The whole of reading, in twenty lines: files to a playbook and its findings.

use crate::check;
use crate::diagnostic::{FileId, Files, Findings};
use crate::model::document::{self, Document};
use crate::model::{Playbook, assemble};
use crate::project::Project;
use crate::source::tree::{self, TreeEntry};
use jiff::civil::Date;
use rayon::prelude::*;

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

/// Reads and judges a project.
///
/// # Errors
/// A sentence that names what cannot be read at all, such as a missing `content/`.
pub fn compile(project: &Project) -> Result<Compiled, String> {
    let tree = tree::read(&project.root, "content")?;
    if !tree.entries.iter().any(|e| e.path == "content/playbook.toml") {
        let place = project.root.display();
        return Err(format!("there is no content/playbook.toml in {place}: write one with `name = \"…\"` and `default_owner = \"…\"`"));
    }
    let mut files = Files::default();
    let listed: Vec<(&TreeEntry, FileId)> = tree.entries.iter().map(|entry| (entry, files.add(&entry.path, entry.text()))).collect();
    let documents: Vec<Document> = listed.par_iter().map(|(entry, file)| document::parse(entry, *file)).collect();
    let playbook = assemble(&documents, &files);
    let today = project.today(playbook.own().and_then(|s| s.as_of));
    let findings = check::run(&check::Run { playbook: &playbook, files: &files, today });
    Ok(Compiled { files, playbook, findings, today })
}
