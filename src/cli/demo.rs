//! `onside demo`

use super::{Arguments, build, folder, print, serve};
use crate::preview::Listen;
use crate::project::{Audience, Project};
use include_dir::{Dir, include_dir};
use std::path::PathBuf;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

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
