//! The edit loop: a save is read at once, and every browser that looks is told.
//!
//! Output and caches are never input: only `content/` and `themes/` are watched, and the site is made in memory.

#![allow(clippy::disallowed_methods, reason = "this is the one door through which the site is served and the files are watched")]

mod browser;
mod events;
mod guard;
mod server;
mod session;
mod watch;

pub use browser::open;
pub use server::Listen;
pub use session::Report;

use crate::diagnostic::terminal::Colour;
use crate::project::Project;
use crate::render::outgrown;
use session::Session;
use std::sync::Arc;
use watch::Watch;

/// What is said to whoever started the preview.
pub enum Said<'a> {
    /// It listens: what was found, and the address.
    Serving(&'a Report, &'a str),
    /// A change was seen.
    Again(&'a Report),
    /// Something to know about the watching.
    Notice(&'a str),
}

/// Serves a project until it is interrupted.
///
/// # Errors
/// A sentence: what cannot be read at all, the port that could not be had, files that cannot be watched.
pub fn serve(project: Project, colour: Colour, listen: &Listen, say: impl Fn(Said<'_>) + Send + Sync + 'static) -> Result<(), String> {
    let say = Arc::new(say);
    // The watch begins before the first look, so that nothing saved in between is missed.
    let mut watch = Watch::new(&project.root, &["content", "themes"])?;
    if let Some(notice) = &watch.notice {
        say(Said::Notice(notice));
    }
    let (session, first) = Session::open(project, colour)?;
    outgrown(session.project(), &session.shown().press.site().compiled).iter().for_each(|note| say(Said::Notice(note)));
    let session = Arc::new(session);
    let (sender, revisions) = tokio::sync::watch::channel(session.shown().revision);
    let looking = session.clone();
    let saying = say.clone();
    std::thread::spawn(move || {
        while let Some(hint) = watch.next() {
            if let Some(report) = looking.look(&hint, colour) {
                let _ = sender.send(looking.shown().revision);
                saying(Said::Again(&report));
            }
        }
    });
    server::serve(session, revisions, listen, |address| say(Said::Serving(&first, address)))
}
