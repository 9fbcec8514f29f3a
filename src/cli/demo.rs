//! `onside demo`

use super::{Arguments, build, print, serve};
use crate::preview::Listen;
use crate::project::Project;
use include_dir::{Dir, include_dir};
use std::fs;
use std::path::{Path, PathBuf};

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
        refuse_full(&self.dir)?;
        write(&SAMPLE, &self.dir.join("content"))?;
        let of_demo = Arguments { root: Some(self.dir.clone()) };
        let project: Project = of_demo.project(None, None)?;
        let code = build::build(&project, None, None)?;
        if code != super::DONE || self.no_serve {
            return Ok(code);
        }
        print(&format!("The sample is yours in {}: change a file under content/ and watch the page.\n", self.dir.display()));
        let served = Project { base_url: Some("http://127.0.0.1/".to_owned()), ..project };
        serve::serve(served, &Listen::here(self.port), false)
    }
}

/// A folder with something in it is left alone.
fn refuse_full(dir: &Path) -> Result<(), String> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(format!("{} is not empty: name a new folder, as in `onside demo my-playbook`", dir.display())),
            None => Ok(()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(_) => Err(format!("{} is not a folder one can write to: name a new one, as in `onside demo my-playbook`", dir.display())),
    }
}

fn write(dir: &Dir<'_>, to: &Path) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("{} cannot be written: {error}; name another folder", path.display());
    fs::create_dir_all(to).map_err(|e| failed(to, e))?;
    for file in dir.files() {
        let path = to.join(file.path().file_name().unwrap_or_default());
        fs::write(&path, file.contents()).map_err(|e| failed(&path, e))?;
    }
    for inner in dir.dirs() {
        write(inner, &to.join(inner.path().file_name().unwrap_or_default()))?;
    }
    Ok(())
}
