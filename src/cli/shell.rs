//! `onside completions` and `onside man`: the command line, told to shells and to readers of manuals.

use super::{CommandLine, DONE, print, words};
use clap::CommandFactory;
use clap::builder::PossibleValue;
use std::path::PathBuf;

/// Print what a shell needs to complete commands, kinds of record and checks
#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    /// Runs it.
    pub fn run(&self) -> Result<u8, String> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut CommandLine::command(), "onside", &mut script);
        print(&String::from_utf8_lossy(&script));
        if self.shell == clap_complete::Shell::Fish {
            print(&for_fish("add", &words::kinds()));
            print(&for_fish("explain", &words::subjects()));
        }
        Ok(DONE)
    }
}

/// What the generator leaves out for fish: the words of a command's own argument.
fn for_fish(command: &str, words: &[PossibleValue]) -> String {
    let line = |word: &PossibleValue| {
        let says = word.get_help().map_or_else(String::new, ToString::to_string).replace('\'', "\\'");
        format!("complete -c onside -n \"__fish_onside_using_subcommand {command}\" -f -a {} -d '{says}'\n", word.get_name())
    };
    words.iter().map(line).collect()
}

/// Print the manual page; with a folder, write a page for every command into it
#[derive(clap::Args)]
pub struct Man {
    /// Where the pages go
    dir: Option<PathBuf>,
}

impl Man {
    /// Runs it.
    pub fn run(&self) -> Result<u8, String> {
        let Some(dir) = &self.dir else {
            let mut page = Vec::new();
            clap_mangen::Man::new(CommandLine::command()).render(&mut page).map_err(|e| format!("the page cannot be made: {e}"))?;
            print(&String::from_utf8_lossy(&page));
            return Ok(DONE);
        };
        let failed = |error: std::io::Error| format!("{} cannot be written: {error}", dir.display());
        std::fs::create_dir_all(dir).map_err(failed)?;
        clap_mangen::generate_to(CommandLine::command(), dir).map_err(failed)?;
        print(&format!("The manual is in {}.\n", dir.display()));
        Ok(DONE)
    }
}
