//! Back through the commits: who touched a file last, and why it changed between two of them.
//!
//! A file belongs to one commit at a time, at first to the one that is checked out. A commit hands each of its files on to the
//! first parent in which the file is the very same; what no parent takes it has touched itself. So every merge is right, a commit
//! is looked at only while files wait for it, and the walk ends with the last file.

use super::object::Entry;
use super::{Commit, Id, Repository};
use gix::objs::tree::EntryKind;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

/// More lines of trees than this are not compared for one commit.
const MOST_LINES: usize = 500_000;

/// A commit on the way, and the project's files in it.
struct Step {
    commit: Arc<Commit>,
    content: Option<Id>,
}

/// The commits that touched a file, by its path.
pub type ByPath = BTreeMap<String, Vec<Arc<Commit>>>;

/// The commits met so far.
struct Walk<'a> {
    repository: &'a Repository,
    folder: &'a str,
    known: BTreeMap<Id, Arc<Step>>,
    /// What each of them touched, as far as that was asked.
    touched: BTreeMap<Id, Arc<BTreeSet<String>>>,
}

/// What became of the files of a commit.
enum Handed {
    /// Some went on to parents, with the moment of each; the commit has touched the rest.
    On(Vec<(i64, Id, BTreeSet<String>)>, BTreeSet<String>),
    /// Its past is missing, so nobody knows.
    Unknown,
}

impl Repository {
    /// By path, the commit that touched it last; none where the clone does not go back that far. The paths are those of files that
    /// are there in the commit, from the project's root.
    pub fn last_touched(&self, from: &Commit, folder: &str, paths: BTreeSet<String>) -> BTreeMap<String, Option<Arc<Commit>>> {
        let mut found: BTreeMap<String, Option<Arc<Commit>>> = paths.iter().map(|path| (path.clone(), None)).collect();
        self.go_back(from, folder, paths, |path, commit, _| {
            found.insert(path.to_owned(), Some(commit.clone()));
            false
        });
        found
    }

    /// Goes back through the commits that touched some files, the newest first, as long as `visit` wants to hear more of a file. It is
    /// told the path, the commit, and the file as it is there. Where a clone does not go back further, nothing more is told.
    pub fn go_back(&self, from: &Commit, folder: &str, paths: BTreeSet<String>, mut visit: impl FnMut(&str, &Arc<Commit>, Id) -> bool) {
        let mut walk = Walk { repository: self, folder, known: BTreeMap::new(), touched: BTreeMap::new() };
        let mut waiting = BTreeMap::from([(from.id, paths)]);
        let mut queue = BinaryHeap::from([(from.moment, from.id)]);
        while let Some((_, id)) = queue.pop() {
            let Some(held) = waiting.remove(&id).filter(|held| !held.is_empty()) else { continue };
            let Handed::On(mut going, touched) = walk.hand_on(id, held) else { continue };
            let Some(step) = walk.known.get(&id).cloned() else { continue };
            for path in touched {
                if !walk.file(step.content, &path).is_some_and(|blob| visit(&path, &step.commit, blob)) {
                    continue;
                }
                going.extend(walk.parent_with(&step, &path).map(|(moment, parent)| (moment, parent, BTreeSet::from([path]))));
            }
            for (moment, parent, mut paths) in going {
                queue.push((moment, parent));
                waiting.entry(parent).or_default().append(&mut paths);
            }
        }
    }

    /// For each pair of commits, by path, those after `from` up to `to` that touched it, the newest first. Merges that only bring
    /// together are no change. Each commit is read and compared once, however many pairs it lies between.
    pub fn between<'a>(&'a self, pairs: &'a [(Id, Id)], folder: &'a str) -> impl Iterator<Item = ByPath> + 'a {
        let mut walk = Walk { repository: self, folder, known: BTreeMap::new(), touched: BTreeMap::new() };
        let mut before: Option<(Id, BTreeSet<Id>)> = None;
        pairs.iter().map(move |(from, to)| {
            let (_, ancestors) = match before.take().filter(|(of, _)| of == from) {
                Some(known) => before.insert(known),
                None => before.insert((*from, walk.ancestors(*from))),
            };
            walk.back(*to, ancestors)
        })
    }

    /// Whether the parents of a commit were left out of a shallow clone.
    fn is_cut(&self, id: Id) -> bool {
        self.boundary.contains(&id)
    }
}

impl Walk<'_> {
    /// A commit, where it is there and can be read.
    fn step(&mut self, id: Id) -> Option<Arc<Step>> {
        if let Some(step) = self.known.get(&id) {
            return Some(step.clone());
        }
        let commit = self.repository.commit(id).ok()?;
        let content = self.repository.content(commit.tree, self.folder).ok()?;
        let step = Arc::new(Step { commit: Arc::new(commit), content });
        self.known.insert(id, step.clone());
        Some(step)
    }

    /// Hands the files of a commit on to its parents.
    fn hand_on(&mut self, id: Id, held: BTreeSet<String>) -> Handed {
        let Some(step) = self.step(id).filter(|_| !self.repository.is_cut(id)) else { return Handed::Unknown };
        let (mut held, mut going) = (held, Vec::new());
        for parent in &step.commit.parents {
            let mut differs = BTreeSet::new();
            let parent_step = self.step(*parent);
            let compared = parent_step.as_ref().map(|p| self.differing(step.content, p.content, self.folder, &held, &mut differs));
            let (Some(parent_step), Some(Ok(()))) = (parent_step, compared) else {
                return if going.is_empty() { Handed::Unknown } else { Handed::On(going, BTreeSet::new()) };
            };
            if differs.is_empty() {
                going.push((parent_step.commit.moment, *parent, held));
                return Handed::On(going, differs);
            }
            differs.iter().for_each(|path| _ = held.remove(path));
            going.push((parent_step.commit.moment, *parent, std::mem::replace(&mut held, differs)));
        }
        Handed::On(going, held)
    }

    /// The first parent of a commit that has a file.
    fn parent_with(&mut self, step: &Step, path: &str) -> Option<(i64, Id)> {
        let parents = step.commit.parents.iter().copied().filter_map(|id| self.step(id));
        let parents: Vec<Arc<Step>> = parents.collect();
        let there = parents.iter().find(|parent| self.file(parent.content, path).is_some())?;
        Some((there.commit.moment, there.commit.id))
    }

    /// A file of a tree, by its path from the project's root.
    fn file(&self, content: Option<Id>, path: &str) -> Option<Id> {
        let mut parts = path.strip_prefix(self.folder)?.strip_prefix('/')?.split('/').peekable();
        let mut at = content?;
        while let Some(name) = parts.next() {
            let is_last = parts.peek().is_none();
            let entries = self.repository.entries(at).ok()?;
            at = entries.into_iter().find(|e| e.name == name.as_bytes() && (e.kind != EntryKind::Tree) == is_last)?.id;
        }
        Some(at)
    }

    /// Those of some files that are not the very same in two trees.
    fn differing(
        &self,
        child: Option<Id>,
        parent: Option<Id>,
        above: &str,
        held: &BTreeSet<String>,
        out: &mut BTreeSet<String>,
    ) -> Result<(), String> {
        if child == parent {
            return Ok(());
        }
        let theirs = self.lines(parent)?;
        for (name, (kind, id)) in self.lines(child)? {
            if theirs.get(&name) == Some(&(kind, id)) {
                continue;
            }
            let Ok(name) = String::from_utf8(name) else { continue };
            let path = format!("{above}/{name}");
            if kind != EntryKind::Tree {
                if held.contains(&path) {
                    out.insert(path);
                }
                continue;
            }
            let beneath = format!("{path}/");
            if held.range(beneath.clone()..).next().is_some_and(|first| first.starts_with(&beneath)) {
                let other = theirs.get(name.as_bytes()).filter(|(kind, _)| *kind == EntryKind::Tree).map(|(_, id)| *id);
                self.differing(Some(id), other, &path, held, out)?;
            }
        }
        Ok(())
    }

    /// The lines of a tree by name; of none there are none.
    fn lines(&self, tree: Option<Id>) -> Result<BTreeMap<Vec<u8>, (EntryKind, Id)>, String> {
        let entries = tree.map_or(Ok(Vec::new()), |id| self.repository.entries(id))?;
        Ok(entries.into_iter().map(|Entry { name, kind, id }| (name, (kind, id))).collect())
    }

    /// A commit and all before it that are there.
    fn ancestors(&mut self, from: Id) -> BTreeSet<Id> {
        let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
        while let Some(id) = open.pop() {
            let parents = self.step(id).map(|step| step.commit.parents.clone()).unwrap_or_default();
            open.extend(parents.into_iter().filter(|parent| seen.insert(*parent)));
        }
        seen
    }

    /// Back from a commit to those that are left out: by path, what touched it, the newest first.
    fn back(&mut self, to: Id, before: &BTreeSet<Id>) -> ByPath {
        let mut seen = BTreeSet::from([to]);
        let mut queue: BinaryHeap<(i64, Id)> = self.step(to).iter().map(|step| (step.commit.moment, to)).collect();
        let mut found = ByPath::new();
        while let Some((_, id)) = queue.pop() {
            let Some(step) = self.step(id).filter(|_| !before.contains(&id)) else { continue };
            for path in self.known_touched(&step).iter() {
                found.entry(path.clone()).or_default().push(step.commit.clone());
            }
            for parent in step.commit.parents.iter().filter(|parent| seen.insert(**parent)) {
                queue.extend(self.step(*parent).map(|step| (step.commit.moment, *parent)));
            }
        }
        found
    }

    fn known_touched(&mut self, step: &Step) -> Arc<BTreeSet<String>> {
        if let Some(known) = self.touched.get(&step.commit.id) {
            return known.clone();
        }
        let touched = Arc::new(self.touched(step).unwrap_or_default());
        self.touched.insert(step.commit.id, touched.clone());
        touched
    }

    /// The files that a commit has touched: those that are as in no parent. None where its past is missing.
    fn touched(&mut self, step: &Step) -> Option<BTreeSet<String>> {
        if self.repository.is_cut(step.commit.id) {
            return None;
        }
        let mut parents: Vec<Option<Id>> = Vec::new();
        for parent in &step.commit.parents {
            parents.push(self.step(*parent)?.content);
        }
        if parents.is_empty() {
            parents.push(None);
        }
        let mut touched: Option<BTreeSet<String>> = None;
        for parent in parents {
            let mut differs = BTreeSet::new();
            self.compare(step.content, parent, &mut differs).ok()?;
            touched = Some(match touched {
                None => differs,
                Some(before) => before.intersection(&differs).cloned().collect(),
            });
        }
        touched
    }

    /// Every file that is there in one tree and not the very same in the other.
    fn compare(&self, a: Option<Id>, b: Option<Id>, out: &mut BTreeSet<String>) -> Result<(), String> {
        let mut open = vec![(a, b, self.folder.to_owned())];
        let mut left = MOST_LINES;
        while let Some((a, b, above)) = open.pop() {
            if a == b {
                continue;
            }
            let (ours, theirs) = (self.lines(a)?, self.lines(b)?);
            left = left.checked_sub(ours.len() + theirs.len()).ok_or_else(|| "there is too much to compare".to_owned())?;
            let names: BTreeSet<&Vec<u8>> = ours.keys().chain(theirs.keys()).collect();
            for name in names {
                let (ours, theirs) = (ours.get(name), theirs.get(name));
                let Ok(text) = std::str::from_utf8(name) else { continue };
                let path = format!("{above}/{text}");
                let folder = |line: Option<&(EntryKind, Id)>| line.filter(|(kind, _)| *kind == EntryKind::Tree).map(|(_, id)| *id);
                let file = |line: Option<&(EntryKind, Id)>| line.filter(|(kind, _)| *kind != EntryKind::Tree).copied();
                if file(ours) != file(theirs) {
                    out.insert(path.clone());
                }
                open.push((folder(ours), folder(theirs), path));
            }
        }
        Ok(())
    }
}
