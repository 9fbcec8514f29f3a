//! What is being shown: the last good site, and what is wrong with the newest text.
//!
//! Only what differs from what was read last is parsed anew, and a text with errors never
//! takes the place of a page that was good.

use super::watch::Changed;
use crate::compile::{Compiled, Memory, compile_again};
use crate::diagnostic::terminal::{self, Colour};
use crate::diagnostic::{Files, Findings, Level};
use crate::project::Project;
use crate::render::{Dress, Press};
use serde::Serialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Editors that empty a file before they write it have written it by then.
const WRITTEN_WITHIN: Duration = Duration::from_millis(20);
/// At most so many places are named in a panel.
const PLACES: usize = 5;

/// A project being shown.
pub struct Session {
    project: Project,
    shown: RwLock<Arc<Shown>>,
    read: Mutex<Read>,
}

/// What was read last.
struct Read {
    memory: Memory,
    /// Whether the theme may be another than the one that is shown.
    styled: bool,
}

/// What browsers see.
pub struct Shown {
    /// The last good site, or the first one.
    pub press: Arc<Press>,
    /// Counts up with each change that was seen.
    pub revision: u64,
    /// What stands over the page while the newest text has errors.
    pub panel: Option<Panel>,
}

/// What stands over the last good page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// The terminal's own text.
    pub text: String,
    /// The places to mend, each a link into the reader's editor.
    pub places: Vec<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// "content/roles/demand-lead.md:3:9".
    pub label: String,
    /// The address by which editors open it.
    pub href: String,
}

/// What one look found, for the terminal.
#[derive(Debug, Clone)]
pub struct Report {
    /// The files that differ, relative to the root.
    pub changed: Vec<String>,
    /// Errors and warnings in full, or why nothing could be read.
    pub text: String,
    /// "2 errors, 1 warning".
    pub counts: String,
    /// How long reading and judging took.
    pub took: Duration,
}

impl Session {
    /// Reads a project for the first time.
    ///
    /// # Errors
    /// A sentence that names what cannot be read at all.
    pub fn open(project: Project, colour: Colour) -> Result<(Self, Report), String> {
        let begun = Instant::now();
        let mut memory = Memory::default();
        memory.look(&project, None)?;
        let compiled = compile_again(&project, &mut memory)?;
        let report = report(Vec::new(), &compiled, begun, colour);
        let panel = panel(&project, &compiled);
        let press = Arc::new(Press::of(&project, compiled)?);
        let shown = RwLock::new(Arc::new(Shown { press, revision: 1, panel }));
        Ok((Self { project, shown, read: Mutex::new(Read { memory, styled: false }) }, report))
    }

    /// What is shown.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What browsers see now.
    pub fn shown(&self) -> Arc<Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks again after a hint; nothing where no file differs.
    pub fn look(&self, hint: &Changed, colour: Colour) -> Option<Report> {
        let begun = Instant::now();
        let mut read = lock(&self.read);
        let Read { memory, styled } = &mut *read;
        let restyled = touches_theme(hint, &self.project);
        *styled |= restyled;
        let mut differences = match memory.look(&self.project, hint.paths()) {
            Ok(differences) => differences,
            Err(message) => return self.fail(Vec::new(), message, begun),
        };
        if differences.iter().any(|d| d.emptied) {
            std::thread::sleep(WRITTEN_WITHIN);
            differences.extend(memory.look(&self.project, hint.paths()).unwrap_or_default());
        }
        let mut changed: Vec<String> = differences.into_iter().map(|d| d.path).collect();
        changed.sort();
        changed.dedup();
        if changed.is_empty() && !restyled {
            return None;
        }
        let compiled = match compile_again(&self.project, memory) {
            Ok(compiled) => compiled,
            Err(message) => return self.fail(changed, message, begun),
        };
        let changed = if changed.is_empty() { vec!["themes".to_owned()] } else { changed };
        let found = report(changed, &compiled, begun, colour);
        let panel = panel(&self.project, &compiled);
        let press = if panel.is_some() { None } else { Some(self.press(compiled, *styled)) };
        match press {
            None => self.show(None, panel),
            Some(Ok(press)) => {
                *styled = false;
                self.show(Some(press), None);
            }
            Some(Err(message)) => return self.fail(found.changed, message, begun),
        }
        Some(found)
    }

    /// The site in its theme, which is read anew only where it may be another.
    fn press(&self, compiled: Compiled, styled: bool) -> Result<Press, String> {
        let before = self.shown().press.clone();
        let theme = |compiled: &Compiled| compiled.playbook.own().and_then(|s| s.theme.as_ref()).map(|t| t.value.clone());
        if !styled && theme(&before.site().compiled) == theme(&compiled) {
            return Ok(before.again(&self.project, compiled));
        }
        let mut dress = Dress::of(&self.project, &compiled)?;
        if dress.emptied_since(before.dress()) {
            std::thread::sleep(WRITTEN_WITHIN);
            dress = Dress::of(&self.project, &compiled)?;
        }
        Ok(before.dressed(&self.project, compiled, Arc::new(dress)))
    }

    /// What could not be read at all stands over the last good page.
    fn fail(&self, changed: Vec<String>, message: String, begun: Instant) -> Option<Report> {
        let text = format!("error: {message}");
        let panel = Panel { text: text.clone(), places: Vec::new() };
        if self.shown().panel.as_ref() == Some(&panel) {
            return None;
        }
        self.show(None, Some(panel));
        Some(Report { changed, text, counts: "1 error".to_owned(), took: begun.elapsed() })
    }

    fn show(&self, press: Option<Press>, panel: Option<Panel>) {
        let before = self.shown();
        let press = press.map_or_else(|| before.press.clone(), Arc::new);
        let shown = Arc::new(Shown { press, revision: before.revision + 1, panel });
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a hint concerns the theme.
fn touches_theme(hint: &Changed, project: &Project) -> bool {
    let themes = project.root.join("themes");
    match hint {
        Changed::Anything => true,
        Changed::Paths(paths) => paths.iter().any(|p| p.starts_with(&themes)),
    }
}

fn report(changed: Vec<String>, compiled: &Compiled, begun: Instant, colour: Colour) -> Report {
    let shown = compiled.findings.clone().filtered(|f| f.level >= Level::Warning);
    let text = terminal::text(&shown, &compiled.files, colour).trim_end().to_owned();
    Report { changed, text, counts: terminal::counts(&compiled.findings), took: begun.elapsed() }
}

/// What stands over the page, where the text has errors.
fn panel(project: &Project, compiled: &Compiled) -> Option<Panel> {
    let errors = compiled.findings.clone().filtered(|f| f.level == Level::Error);
    if errors.all().is_empty() {
        return None;
    }
    if compiled.seen.is_some() {
        // An error may name what these readers do not see.
        let text = format!("{}: the terminal tells where. This page is as it was before.", terminal::counts(&errors));
        return Some(Panel { text, places: Vec::new() });
    }
    let text = terminal::text(&errors, &compiled.files, Colour::Off).trim_end().to_owned();
    Some(Panel { text, places: places(project, &errors, &compiled.files) })
}

fn places(project: &Project, errors: &Findings, files: &Files) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for finding in errors.all() {
        let path = files.path(finding.span.file);
        let at = files.position(finding.span.file, finding.span.start);
        let label = format!("{path}:{}:{}", at.line, at.column);
        let whole = project.root.join(path);
        let place =
            Place { href: format!("vscode://file{}:{}:{}", crate::route::encode(&whole.to_string_lossy()), at.line, at.column), label };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.truncate(PLACES);
    places
}
