//! `onside serve`

use super::{Arguments, build, date, print};
use crate::compile::compile;
use crate::diagnostic::terminal;
use crate::preview;
use crate::project::Project;
use jiff::civil::Date;

/// Serve the site from memory, on this machine only
#[derive(clap::Args)]
pub struct Serve {
    /// The port
    #[arg(long, default_value_t = 4400)]
    port: u16,
    /// What today is, as 2026-11-02
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

impl Serve {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(self.as_of, Some("http://127.0.0.1/".to_owned()))?;
        serve(&project, self.port)
    }
}

/// Serves a project until it is interrupted.
pub fn serve(project: &Project, port: u16) -> Result<u8, String> {
    let compiled = compile(project)?;
    build::show_findings(&compiled);
    let counts = terminal::counts(&compiled.findings);
    let press = build::press(project, compiled)?;
    preview::serve(press, port, |address| print(&format!("Serving {address} ({counts}). Ctrl+C ends it.\n")))?;
    Ok(super::DONE)
}
