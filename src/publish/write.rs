//! Writes a site: renders all pages in parallel, and puts on the disk only what is not there already.
//!
//! Read `write` from top to bottom; each step is one of this folder's files. The swap is the border: before it every error leaves the
//! old site, after it there are none, because the new site is there.

use super::claim::Claim;
use super::live::Live;
use super::manifest::{Entry, Manifest};
use super::names;
use super::place::{Place, Target, ours_or_empty};
use super::refusal::Refusal;
use super::seen::{Seen, Stamp};
use super::settle;
use super::stage::{Brought, Stage, Twin};
use super::swap;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What a build did to the disk.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files of the site, the manifest not counted.
    pub files: usize,
    /// Files that differ from the old site's.
    pub written: usize,
    /// Files that do not.
    pub unchanged: usize,
    /// Files of the old site that the new one does not have.
    pub removed: usize,
    /// What the user keeps in the site's folder, carried over: topmost names.
    pub kept: Vec<String>,
    /// Another build was at work on this site, and this one waited for it.
    pub waited: bool,
    /// The new site is there, but something of the old one could not be cleared away; the next build tries again.
    pub leftover: Option<Refusal>,
}

/// What there is to tell while a site is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Another build writes this site; this one goes on when it is done.
    Waiting,
    /// So many pages are rendered. Told from many threads, in no certain order.
    Rendered(usize),
}

/// Why nothing was published. The site that was there is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure<E> {
    /// The target, or the disk, would not have it.
    Refused(Refusal),
    /// The error of the first page, by address, that could not be rendered.
    Render(E),
}

impl<E> From<Refusal> for Failure<E> {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => refusal.fmt(f),
            Failure::Render(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Failure<E> {}

/// Publishes the pages at `paths` (relative, with `/`), and nothing else, in the target. `render` is called once for each, from many threads.
pub fn write<E: Send>(
    target: &Target,
    paths: &[String],
    render: impl Fn(&str) -> Result<Vec<u8>, E> + Sync,
    progress: impl Fn(Step) + Sync,
) -> Result<Published, Failure<E>> {
    names::check(paths)?;
    let place = Place::find(target, paths)?;
    let claim = Claim::wait(&place, || progress(Step::Waiting))?;
    settle::recover(&place)?;
    let live = Live::read(&place.site)?;
    live.leaves_room_for(&place.site, paths)?;

    let seen = Seen::read(&place.beside, &live.manifest);
    let twins = Mutex::new(twins(&live, &seen));
    let build = Build { seen, stage: Stage::new(&place), place: &place, live: &live, twins };
    let published = build.run(target, paths, render, progress).inspect_err(|_| {
        // Only tidiness: the next build would do it.
        let _ = settle::recover(&place);
    })?;
    Ok(Published { waited: claim.waited, kept: live.kept(), ..published })
}

/// The site that a build with this fingerprint wrote, if it is there still, whole and untouched: then there is nothing to render.
/// Takes no notice of a site that another build is writing just now, and does not look for the user's files (`kept`).
pub fn up_to_date(target: &Target) -> Result<Option<Published>, Refusal> {
    let place = Place::find(target, &[])?;
    let (Some(fingerprint), Some(_claim)) = (target.fingerprint, Claim::at_once(&place)?) else { return Ok(None) };
    if !settle::is_clear(&place) || fs::symlink_metadata(&place.site).is_err() {
        return Ok(None);
    }
    let manifest = ours_or_empty(&place.site)?;
    let seen = Seen::read(&place.beside, &manifest);
    if fingerprint.is_empty() || seen.fingerprint != fingerprint || manifest.files.is_empty() {
        return Ok(None);
    }
    let untouched = |path: &String| {
        fs::symlink_metadata(place.site.join(path)).is_ok_and(|found| found.is_file() && seen.knows(path, &Stamp::of(&found)))
    };
    let files = manifest.files.len();
    let current = manifest.files.par_iter().all(|(path, _)| untouched(path));
    Ok(current.then(|| Published { files, unchanged: files, ..Published::default() }))
}

struct Build<'a> {
    place: &'a Place,
    live: &'a Live,
    seen: Seen,
    stage: Stage<'a>,
    /// Files that hold what another may have to hold too, by their hash: versions have most of their pictures and tables in common.
    twins: Mutex<BTreeMap<[u8; 32], Twin>>,
}

/// The files of the live site that nobody has touched; pages aside, of which no two are the same.
fn twins(live: &Live, seen: &Seen) -> BTreeMap<[u8; 32], Twin> {
    let untouched = |path: &String| live.present.get(path).is_some_and(|stamp| stamp.has_our_mode() && seen.knows(path, stamp));
    let files = live.manifest.files.iter().filter(|(path, _)| !path.ends_with(".html") && untouched(path));
    files.map(|(path, entry)| (*entry.hash.as_bytes(), Twin::Live(path.clone()))).collect()
}

/// A rendered page: what it holds, and where that is.
struct Page {
    entry: Entry,
    stamp: Stamp,
    at: At,
}

#[derive(PartialEq, Eq)]
enum At {
    Stage,
    Live,
}

impl Build<'_> {
    fn run<E: Send>(
        &self,
        target: &Target,
        paths: &[String],
        render: impl Fn(&str) -> Result<Vec<u8>, E> + Sync,
        progress: impl Fn(Step) + Sync,
    ) -> Result<Published, Failure<E>> {
        let mut pages = self.render(target, paths, render, progress)?;
        let manifest = Manifest { files: paths.iter().cloned().zip(pages.iter().map(|page| page.entry)).collect() };
        let written = pages.iter().filter(|page| page.at == At::Stage).count();
        let leftover = if written == 0 && manifest == self.live.manifest && !manifest.files.is_empty() {
            self.remember(target, paths, &pages, &manifest);
            None
        } else {
            self.bring(paths, &mut pages)?;
            self.stage.carry(self.live)?;
            self.stage.finish(&manifest, self.live.mode)?;
            swap::in_place(self.place)?;
            self.remember(target, paths, &pages, &manifest);
            let trees = [self.place.swap(), self.place.old()];
            trees.iter().find_map(|tree| settle::settle(self.place, tree).err())
        };
        let removed = self.live.present.keys().filter(|path| !manifest.lists(path)).count();
        Ok(Published { files: pages.len(), written, unchanged: pages.len() - written, removed, leftover, ..Published::default() })
    }

    /// Renders all pages. Once one has failed, only pages before it are still of interest: the error is the same on any machine.
    fn render<E: Send>(
        &self,
        target: &Target,
        paths: &[String],
        render: impl Fn(&str) -> Result<Vec<u8>, E> + Sync,
        progress: impl Fn(Step) + Sync,
    ) -> Result<Vec<Page>, Failure<E>> {
        let (done, failed) = (AtomicUsize::new(0), AtomicUsize::new(usize::MAX));
        let page = |(number, path): (usize, &String)| {
            if number > failed.load(Ordering::Relaxed) {
                return None;
            }
            let page = match self.finished(target, path) {
                Some(page) => Ok(page),
                None => render(path).map_err(Failure::Render).and_then(|bytes| Ok(self.page(path, &bytes)?)),
            };
            match page {
                Ok(_) => progress(Step::Rendered(done.fetch_add(1, Ordering::Relaxed) + 1)),
                Err(_) => _ = failed.fetch_min(number, Ordering::Relaxed),
            }
            Some(page)
        };
        let pages: Vec<Option<Result<Page, Failure<E>>>> = paths.par_iter().enumerate().map(page).collect();
        pages.into_iter().flatten().collect()
    }

    /// A page of a finished part, where nobody has touched it.
    fn finished(&self, target: &Target, path: &str) -> Option<Page> {
        if target.shelves.is_empty() || !self.seen.is_finished(path, target.shelves) {
            return None;
        }
        let stamp = self.live.present.get(path).filter(|stamp| self.seen.knows(path, stamp))?;
        self.live.manifest.files.get(path).map(|entry| Page { entry: *entry, stamp: *stamp, at: At::Live })
    }

    fn page(&self, path: &str, bytes: &[u8]) -> Result<Page, Refusal> {
        let entry = Entry::of(bytes);
        let there =
            self.live.present.get(path).filter(|stamp| {
                self.live.manifest.files.get(path) == Some(&entry) && self.seen.agrees(&self.place.site, path, &entry, stamp)
            });
        match there {
            Some(stamp) => Ok(Page { entry, stamp: *stamp, at: At::Live }),
            None => Ok(Page { entry, stamp: self.put(path, bytes, &entry)?, at: At::Stage }),
        }
    }

    /// Puts a file into the new tree: by a link where the very same is there already.
    fn put(&self, path: &str, bytes: &[u8], entry: &Entry) -> Result<Stamp, Refusal> {
        let hash = *entry.hash.as_bytes();
        let twin = self.twins.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
        if let Some(twin) = twin
            && let Some(stamp) = self.stage.link(&twin, path)?
        {
            return Ok(stamp);
        }
        let stamp = self.stage.write(path, bytes)?;
        self.twins.lock().unwrap_or_else(PoisonError::into_inner).insert(hash, Twin::Staged(path.to_owned()));
        Ok(stamp)
    }

    /// Brings the unchanged pages into the new tree.
    fn bring(&self, paths: &[String], pages: &mut [Page]) -> Result<(), Refusal> {
        paths.par_iter().zip(pages).filter(|(_, page)| page.at == At::Live).try_for_each(|(path, page)| {
            if let Brought::Copied(stamp) = self.stage.bring(path, &page.entry)? {
                page.stamp = stamp;
            }
            Ok(())
        })
    }

    fn remember(&self, target: &Target, paths: &[String], pages: &[Page], manifest: &Manifest) {
        let stamps: BTreeMap<String, Stamp> = paths.iter().cloned().zip(pages.iter().map(|page| page.stamp)).collect();
        Seen::new(manifest, target, stamps).save(&self.place.beside);
    }
}
