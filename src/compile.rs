//! The whole of reading, in twenty lines: files to a playbook and its findings.

use crate::check;
use crate::diagnostic::{FileId, Files, Findings, suggest};
use crate::history::{self, History, Past};
use crate::model::audience::{Rules, Screen, Seen, Watch};
use crate::model::document::{self, Document, Documents};
use crate::model::{Assembly, Playbook};
use crate::project::{Audience, Project};
use crate::route::Addresses;
use crate::search::contracts::{self, Tally};
use crate::search::{Index, Source};
use crate::source::tree::{self, Difference, Tree, TreeEntry};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

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
    /// How well search does on its contracts, where there are any.
    pub searches: Option<Tally>,
    /// What readers search; made by the checks, else when it is first asked for.
    pub index: OnceLock<Arc<Index>>,
    /// What today is.
    pub today: Date,
    /// Where every record's page is.
    pub addresses: Arc<Addresses>,
    /// The versions before it, as far as its readers may see them.
    pub history: Arc<History>,
    /// The same as its readers may see it; nothing where they may see everything.
    pub seen: Option<Box<Compiled>>,
}

impl Compiled {
    /// What readers search.
    pub fn search(&self) -> &Index {
        self.index.get_or_init(|| {
            let Self { playbook, files, addresses, today, .. } = self;
            Arc::new(Index::of(&Source { playbook, files, addresses, today: *today }))
        })
    }

    /// What a site is made of: what its readers may see.
    #[must_use]
    pub fn for_readers(self) -> Self {
        self.seen.map_or_else(|| Self { seen: None, ..self }, |seen| *seen)
    }
}

/// What is kept from one run to the next: the files, each as it was parsed, and the playbook they make.
#[derive(Default)]
pub struct Memory {
    tree: Tree,
    files: Files,
    documents: Documents,
    assembly: Assembly,
    addresses: Arc<Addresses>,
    /// What was, and what git said then: it is read anew where git says something else.
    past: Option<(String, Arc<Past>)>,
    /// Whether any file has named an audience: until one does, nothing of this costs anything.
    speaks: bool,
    /// The rules until then.
    silent: Arc<Rules>,
    watch: Watch,
    readers: Readers,
}

/// What is kept of the playbook as its readers see it.
#[derive(Default)]
struct Readers {
    screen: Screen,
    assembly: Assembly,
    addresses: Arc<Addresses>,
    /// The versions, and of which rules and of what they were made.
    history: Option<(Arc<Rules>, Arc<History>, Arc<History>)>,
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
    let (files, assembly) = assembled(tree);
    (files, assembly.playbook)
}

/// The files of a project, each parsed, and nothing made of them.
pub fn parsed(tree: Tree) -> (Files, Documents) {
    let mut memory = Memory { tree, ..Memory::default() };
    memory.parse_all();
    (memory.files, memory.documents)
}

/// A playbook with what it was made from, so that the versions before it need only what differs.
pub fn assembled(tree: Tree) -> (Files, Assembly) {
    let (files, documents) = parsed(tree);
    let mut assembly = Assembly::default();
    assembly.renew(documents, &files);
    (files, assembly)
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
    let rules = if memory.speaks { memory.watch.renew(&memory.documents) } else { memory.silent.clone() };
    let census = memory.assembly.playbook.census.clone();
    memory.assembly.renew(memory.documents.clone(), &memory.files);
    memory.assembly.playbook.rules = rules;
    let files = memory.files.clone();
    let playbook = memory.assembly.playbook.clone();
    if !playbook.census.is(&census) {
        memory.addresses = Arc::new(Addresses::of(&playbook));
    }
    let addresses = memory.addresses.clone();
    known(&project.audience, &playbook)?;
    let today = project.today(playbook.own().and_then(|s| s.as_of));
    let past = memory.past(project, &files);
    let run = check::Run::of(&playbook, &files, &addresses, today).with(&past);
    let (findings, searches, index) = judged(run);
    let rules = &playbook.rules;
    let seen = memory.readers.screen.renew(&memory.documents, &memory.files, rules, &project.audience);
    let history = match project.audience {
        Audience::Keepers => past.history.clone(),
        Audience::Readers(_) => memory.readers.history(&past.history, rules, &project.audience),
    };
    let seen = seen.map(|seen| Box::new(memory.readers.compile(seen, today, history.clone())));
    Ok(Compiled { files, playbook, findings, searches, index, today, addresses, history, seen })
}

/// What a run finds, how well search does, and the index that it was held against.
fn judged(run: check::Run<'_>) -> (Findings, Option<Tally>, OnceLock<Arc<Index>>) {
    let findings = check::run(&run);
    let index = run.index.map(OnceLock::from).unwrap_or_default();
    (findings, contracts::tally(&run.searches), index)
}

impl Readers {
    /// Judges what readers see by what it says itself: what is left out has no part in it.
    fn compile(&mut self, seen: Seen, today: Date, history: Arc<History>) -> Compiled {
        let census = self.assembly.playbook.census.clone();
        self.assembly.renew(seen.documents, &seen.files);
        self.assembly.playbook.left_out = Some(seen.left_out);
        let (files, playbook) = (seen.files, self.assembly.playbook.clone());
        if !playbook.census.is(&census) {
            self.addresses = Arc::new(Addresses::of(&playbook));
        }
        let addresses = self.addresses.clone();
        let run = check::Run::of(&playbook, &files, &addresses, today);
        let (findings, searches, index) = judged(run);
        Compiled { files, playbook, findings, searches, index, today, addresses, history, seen: None }
    }

    /// The versions as they may see them.
    fn history(&mut self, all: &Arc<History>, rules: &Arc<Rules>, audience: &Audience) -> Arc<History> {
        let is_made_of = |(by, of, _): &&(Arc<Rules>, Arc<History>, Arc<History>)| Arc::ptr_eq(by, rules) && Arc::ptr_eq(of, all);
        if let Some((_, _, known)) = self.history.as_ref().filter(is_made_of) {
            return known.clone();
        }
        let seen = Arc::new(all.seen_by(audience, rules));
        self.history = Some((rules.clone(), all.clone(), seen.clone()));
        seen
    }
}

/// Whether the playbook names the audiences it is built for; where its own file cannot be read, nobody knows.
fn known(audience: &Audience, playbook: &Playbook) -> Result<(), String> {
    let Audience::Readers(names) = audience else { return Ok(()) };
    let Some(settings) = playbook.own() else { return Ok(()) };
    let Some(unknown) = names.iter().find(|name| !settings.audiences.contains(name)) else { return Ok(()) };
    if playbook.documents.iter().any(|d| d.path == "content/playbook.toml" && d.is_unparsed()) {
        return Ok(());
    }
    let known = || settings.audiences.iter().map(String::as_str);
    let advice = match suggest::nearest(unknown, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if settings.audiences.is_empty() => {
            format!("write `audiences = [\"{unknown}\"]` there, and `audience` on what is for them alone")
        }
        None => format!("it knows {}", suggest::list(known(), 9)),
    };
    Err(format!("content/playbook.toml knows no audience `{unknown}`: {advice}"))
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

    /// The past of a playbook; what was does not change by an edit, only by a commit, a tag, or the choice of tags.
    fn past(&mut self, project: &Project, files: &Files) -> Arc<Past> {
        let mark = format!("{} {:?}", history::mark(project), self.assembly.playbook.own().and_then(|own| own.versions.as_ref()));
        if let Some((_, past)) = self.past.as_ref().filter(|(known, _)| *known == mark) {
            return past.clone();
        }
        let past = Arc::new(Past::of(project, &self.assembly, files));
        self.past = Some((mark, past.clone()));
        past
    }

    /// Parses every file.
    fn parse_all(&mut self) {
        let listed: Vec<(&TreeEntry, FileId)> = self.tree.entries.iter().map(|e| (e, self.files.put(&e.path, e.text()))).collect();
        let parsed: Vec<Arc<Document>> = listed.par_iter().map(|(entry, file)| Arc::new(document::parse(entry, *file))).collect();
        self.speaks = parsed.iter().any(|document| document.speaks_of_audience);
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
        self.speaks |= parsed.iter().any(|(_, document)| document.speaks_of_audience);
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
