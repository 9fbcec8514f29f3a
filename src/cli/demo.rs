//! `onside demo`

use super::{Arguments, build, demo_history, folder, print, serve};
use crate::history::git::{self, Person, Snapshot};
use crate::preview::Listen;
use crate::project::{Audience, Project};
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

/// The sample playbook.
pub(super) static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// What git is to leave alone: what a build makes.
const IGNORED: &str = ".gitignore";
const WHAT_IS_MADE: &str = "/site/\n/.site.onside/\n";

/// Write the sample playbook, build it and serve it
#[derive(clap::Args)]
pub struct Demo {
    /// A new or empty folder
    #[arg(default_value = "quillmere")]
    dir: PathBuf,
    /// Do not serve it
    #[arg(long)]
    no_serve: bool,
    /// The port
    #[arg(long, default_value_t = 4400)]
    port: u16,
}

impl Demo {
    /// Runs it.
    pub fn run(&self) -> Result<u8, String> {
        folder::refuse_full(&self.dir, "onside demo my-playbook")?;
        folder::lay(&SAMPLE, &self.dir.join("content"))?;
        commit(&self.dir)?;
        let of_demo = Arguments { root: Some(self.dir.clone()) };
        let project = Project { audience: Audience::default(), ..of_demo.project(None, None)? };
        let code = build::build(&project, None, None)?;
        if code != super::DONE || self.no_serve {
            return Ok(code);
        }
        print(&format!("The sample is yours in {}: change a file under content/ and watch the page.\n", self.dir.display()));
        let served = Project { base_url: Some("http://127.0.0.1/".to_owned()), ..project };
        serve::serve(served, &Listen::here(self.port), false)
    }
}

/// Makes the folder a git repository that holds every version of the sample, each tagged; one that is a repository stays as it is.
fn commit(dir: &Path) -> Result<(), String> {
    if dir.join(".git").exists() {
        return Ok(());
    }
    let mut versions = demo_history::versions()?;
    for past in &mut versions {
        past.files.insert(IGNORED.to_owned(), WHAT_IS_MADE.into());
    }
    folder::write(dir, IGNORED, WHAT_IS_MADE)?;
    let snapshots = versions.iter().map(|past| Snapshot {
        files: &past.files,
        by: Person::parse(&past.author),
        date: past.date,
        message: &past.message,
        tag: Some(&past.name),
    });
    git::create(dir, &snapshots.collect::<Vec<_>>())
}
