//! The door to notify: says that something under the project's folders may have changed.
//!
//! What it says is a hint and never a fact: the content decides. It acts on the first event at once
//! and takes along whatever has come in by then; a lost event becomes "look at everything".

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How often files are looked at where the system cannot watch them.
const POLLED_EVERY: Duration = Duration::from_millis(500);
/// How often a folder that was not there is looked for.
const MISSED_EVERY: Duration = Duration::from_secs(1);

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// These paths, or what lies under them.
    Paths(BTreeSet<PathBuf>),
    /// Anything: events were lost, or a watched folder came or went.
    Anything,
}

impl Changed {
    /// The paths, where they are known.
    pub fn paths(&self) -> Option<&BTreeSet<PathBuf>> {
        match self {
            Changed::Paths(paths) => Some(paths),
            Changed::Anything => None,
        }
    }
}

/// A watch on some folders of a project.
pub struct Watch {
    root: PathBuf,
    folders: Vec<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    watcher: Box<dyn Watcher + Send>,
    /// The folders that are being watched now.
    held: BTreeSet<PathBuf>,
    /// What the reader of the terminal should know: that changes are polled for.
    pub notice: Option<String>,
}

impl Watch {
    /// Watches folders of a project, those that are there and those that will be.
    ///
    /// # Errors
    /// A sentence, where not even polling works.
    pub fn new(root: &Path, folders: &[&str]) -> Result<Self, String> {
        let folders: Vec<PathBuf> = folders.iter().map(|f| root.join(f)).collect();
        let (sender, events) = channel();
        let native = RecommendedWatcher::new(forward(sender.clone()), Config::default()).map(|w| Box::new(w) as Box<dyn Watcher + Send>);
        let (watcher, reason) = match native {
            Ok(watcher) => (watcher, None),
            Err(error) => (polling(sender.clone())?, Some(error)),
        };
        let mut watch = Self { root: root.to_path_buf(), folders, events, watcher, held: BTreeSet::new(), notice: None };
        let failed = reason.or_else(|| watch.hold().err());
        if let Some(error) = failed {
            watch.watcher = polling(sender)?;
            watch.held.clear();
            watch.hold().map_err(|e| format!("the files cannot be watched: {}", plain(&e)))?;
            watch.notice = Some(format!("the system cannot watch these files ({}), so they are looked at twice a second", plain(&error)));
        }
        Ok(watch)
    }

    /// Watches the root's own entries and each folder that is there.
    fn hold(&mut self) -> notify::Result<()> {
        if self.held.insert(self.root.clone()) {
            self.watcher.watch(&self.root.clone(), RecursiveMode::NonRecursive)?;
        }
        for folder in self.folders.clone() {
            if folder.is_dir() && !self.held.contains(&folder) {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
                self.held.insert(folder);
            }
        }
        Ok(())
    }

    /// Waits until something may have changed; nothing once the watch is over.
    pub fn next(&mut self) -> Option<Changed> {
        loop {
            let first = match self.events.recv_timeout(MISSED_EVERY) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) if self.came_or_went() => return Some(Changed::Anything),
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return None,
            };
            let rest: Vec<_> = self.events.try_iter().collect();
            let mut changed = Changed::Paths(BTreeSet::new());
            for event in std::iter::once(first).chain(rest) {
                changed = self.with(changed, event);
            }
            if self.came_or_went() {
                changed = Changed::Anything;
            }
            if changed != Changed::Paths(BTreeSet::new()) {
                return Some(changed);
            }
        }
    }

    /// Takes up folders that have come and lets go of those that have gone.
    fn came_or_went(&mut self) -> bool {
        let gone: Vec<PathBuf> = self.held.iter().filter(|f| !f.is_dir()).cloned().collect();
        for folder in &gone {
            let _ = self.watcher.unwatch(folder);
            self.held.remove(folder);
        }
        let before = self.held.len();
        let lost = self.hold().is_err();
        !gone.is_empty() || self.held.len() != before || lost
    }

    /// What is known, and one event more.
    fn with(&mut self, known: Changed, event: notify::Result<Event>) -> Changed {
        let Changed::Paths(mut paths) = known else { return known };
        let Ok(event) = event else { return Changed::Anything };
        if event.need_rescan() {
            return Changed::Anything;
        }
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
            return Changed::Paths(paths);
        }
        // A folder that is moved in place of a watched one leaves the watch on the old one.
        for path in event.paths {
            if self.folders.contains(&path)
                && matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(notify::event::ModifyKind::Name(_)))
            {
                let _ = self.watcher.unwatch(&path);
                self.held.remove(&path);
                return Changed::Anything;
            }
            if self.folders.iter().any(|folder| path.starts_with(folder)) {
                paths.insert(path);
            }
        }
        Changed::Paths(paths)
    }
}

fn forward(sender: Sender<notify::Result<Event>>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    move |event| {
        let _ = sender.send(event);
    }
}

fn polling(sender: Sender<notify::Result<Event>>) -> Result<Box<dyn Watcher + Send>, String> {
    let watcher = PollWatcher::new(forward(sender), Config::default().with_poll_interval(POLLED_EVERY));
    watcher.map(|w| Box::new(w) as Box<dyn Watcher + Send>).map_err(|e| format!("the files cannot be watched: {}", plain(&e)))
}

/// Why, in words that name the remedy where there is one.
fn plain(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "its limit of watches is reached: raise `fs.inotify.max_user_watches`".to_owned(),
        _ => error.to_string(),
    }
}
