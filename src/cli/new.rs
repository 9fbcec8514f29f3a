//! `onside new`

use super::{DONE, folder, print};
use include_dir::{Dir, include_dir};
use std::path::PathBuf;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// Write a starter playbook: small, complete, and yours to fill in
#[derive(clap::Args)]
pub struct New {
    /// A new or empty folder
    dir: PathBuf,
}

impl New {
    /// Runs it.
    pub fn run(&self) -> Result<u8, String> {
        folder::refuse_full(&self.dir, "onside new my-playbook")?;
        let count = folder::lay(&STARTER, &self.dir)?;
        let dir = self.dir.display();
        print(&format!("A starter playbook is in {dir}: {count} files, and notes in them that say what to write where.\n"));
        let go = if self.dir.as_os_str() == "." { String::new() } else { format!("`cd {dir}`, then ") };
        print(&format!("Next: {go}`onside serve --open`. Its page \"Start here\" says what to do first.\n"));
        Ok(DONE)
    }
}
