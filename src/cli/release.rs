//! `onside release`

use super::diff::{Judged, Told};
use super::{Arguments, DONE, FOUND, build, print, say};
use crate::compile::compile;
use crate::diagnostic::{Level, terminal};
use crate::history::diff::say::several;
use crate::history::{self, Changes, Weight};
use jiff::Timestamp;

/// Tag what is committed as a version, with what changed as its message
#[derive(clap::Args)]
pub struct Release {
    /// What the version is called, such as v5
    name: String,
    /// Show what the tag would say, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Release {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(None, None)?;
        let compiled = compile(&project)?;
        build::show_findings(&compiled);
        if compiled.findings.count(Level::Error) > 0 {
            say(&format!("{} was not released: {}.", self.name, terminal::counts(&compiled.findings)));
            return Ok(FOUND);
        }
        let message = match compiled.history.newest().map(|newest| newest.name.clone()) {
            Some(newest) => {
                let told = Told::of(&project, &newest, None, Judged::Yes)?.called(&self.name);
                // What the checks say may change with the days.
                if told.changes.all.iter().all(|change| change.field.as_deref() == Some("health")) {
                    say(&format!("Nothing has changed since {newest}: there is nothing to release."));
                    return Ok(FOUND);
                }
                format!("{}: {}\n\n{}", self.name, headline(&told.changes), told.text())
            }
            None => format!("{}: the first version\n", self.name),
        };
        print(&message);
        if self.dry_run {
            history::release::possible(&project, &compiled.playbook, &self.name)?;
            print(&format!("\nThis would be the message of the tag {}; nothing was written.\n", self.name));
            return Ok(DONE);
        }
        let commit = history::release(&project, &compiled.playbook, &self.name, &message, Timestamp::now())?;
        print(&format!("\nReleased {} of {}. Send it to the others with `git push origin {}`.\n", self.name, commit.id, self.name));
        Ok(DONE)
    }
}

/// "12 changes, 4 that somebody must know".
fn headline(changes: &Changes) -> String {
    let must = changes.all.iter().filter(|change| change.weight == Weight::Must).count();
    let all = several(changes.all.len(), "change", "changes");
    if must == 0 { all } else { format!("{all}, {must} that somebody must know") }
}
