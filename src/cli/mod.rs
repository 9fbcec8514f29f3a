//! The command line: one file a command, whose doc comment is its help.

#![allow(clippy::disallowed_methods, reason = "what the machine says is read here, and the sample is written here")]

mod add;
mod adopt;
mod build;
mod check;
mod demo;
pub mod demo_history;
mod diff;
mod explain;
mod folder;
mod ink;
mod new;
mod release;
mod schema;
mod search;
mod serve;
mod shell;
mod theme;
mod words;

use crate::compile::Compiled;
use crate::diagnostic::terminal::Colour;
use crate::diagnostic::{Findings, Level};
use crate::project::{Audience, Project};
use crate::render::outgrown;
use crate::source::tree;
use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Done.
const DONE: u8 = 0;
/// Findings at error level, or denied.
const FOUND: u8 = 1;
/// Could not run.
const COULD_NOT: u8 = 2;

/// Compile your playbook: typed content in, a linked site out, and plain words where it is offside.
#[derive(Parser)]
#[command(name = "onside", version, max_term_width = 100, disable_help_subcommand = true)]
struct CommandLine {
    #[command(flatten)]
    arguments: Arguments,
    #[command(subcommand)]
    command: Command,
}

/// What every command is told.
#[derive(Clone, clap::Args)]
struct Arguments {
    /// The project: the folder that holds `content/` [default: the nearest one from here upward]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    New(new::New),
    Add(add::Add),
    Demo(demo::Demo),
    Adopt(adopt::Adopt),
    Build(build::Build),
    Serve(serve::Serve),
    Check(check::Check),
    Diff(diff::Diff),
    Release(release::Release),
    Search(search::Search),
    Explain(explain::Explain),
    Schema(schema::Schema),
    #[command(subcommand)]
    Theme(theme::Theme),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// What makes warnings fail.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings fail as errors do
    Warnings,
}

/// Runs a command line and gives its exit code.
pub fn run() -> ExitCode {
    let CommandLine { arguments, command } = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT } else { DONE });
        }
    };
    let done = match &command {
        Command::New(command) => command.run(),
        Command::Add(command) => command.run(&arguments),
        Command::Demo(command) => command.run(),
        Command::Adopt(command) => command.run(&arguments),
        Command::Build(command) => command.run(&arguments),
        Command::Serve(command) => command.run(&arguments),
        Command::Check(command) => command.run(&arguments),
        Command::Diff(command) => command.run(&arguments),
        Command::Release(command) => command.run(&arguments),
        Command::Search(command) => command.run(&arguments),
        Command::Explain(command) => command.run(),
        Command::Schema(command) => command.run(&arguments),
        Command::Theme(command) => command.run(&arguments),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    };
    ExitCode::from(done.unwrap_or_else(|message| {
        say(&format!("error: {message}"));
        COULD_NOT
    }))
}

impl Arguments {
    /// The project and how it is to be read.
    fn project(&self, as_of: Option<Date>, base_url: Option<String>) -> Result<Project, String> {
        let root = match &self.root {
            Some(root) => root.clone(),
            None => {
                let here = std::env::current_dir().map_err(|e| format!("the current folder cannot be read: {e}"))?;
                tree::find_root(&here).ok_or_else(|| {
                    format!(
                        "there is no playbook in {} or any folder above it: `content/playbook.toml` is what makes a folder one \
                         (`onside new my-playbook` writes one to begin with, `onside demo` one to look at)",
                        here.display()
                    )
                })?
            }
        };
        let told = match as_of {
            Some(date) => Some(date),
            None => epoch()?,
        };
        Ok(Project { root, told, clock: clock(), base_url, audience: Audience::Keepers })
    }
}

/// For whom a site is.
#[derive(Clone, Default, clap::Args)]
struct Readers {
    /// Add what is for this audience to what is for everyone; several may be given, parted by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    audience: Vec<String>,
}

impl Readers {
    fn audience(&self) -> Audience {
        Audience::of(self.audience.iter().map(|name| name.trim()).filter(|name| !name.is_empty()))
    }
}

/// The day that `SOURCE_DATE_EPOCH` names, in UTC.
fn epoch() -> Result<Option<Date>, String> {
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds: i64 = text.trim().parse().map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))?;
    let moment = jiff::Timestamp::from_second(seconds).map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, which is no date"))?;
    Ok(Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

/// Today by the clock, in UTC.
fn clock() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A date as an argument.
fn date(text: &str) -> Result<Date, String> {
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 => Ok(date),
        _ => Err("write the day as 2026-11-02".to_owned()),
    }
}

/// The exit code that findings ask for.
fn verdict(findings: &Findings, deny: Option<Deny>) -> u8 {
    let denied = deny.is_some() && findings.count(Level::Warning) > 0;
    if findings.has_errors() || denied { FOUND } else { DONE }
}

/// What is no finding of the content: files of the project's theme that the default has outgrown. Gives how many.
fn tell_notes(project: &Project, compiled: &Compiled) -> usize {
    let notes = outgrown(project, compiled);
    notes.iter().for_each(|note| say(&format!("note: {note}")));
    notes.len()
}

/// "1 file", "2 files".
fn several(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A line to standard error; a reader that has gone away is no fault of ours.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Text to standard output, likewise.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Colours for a terminal on standard error, unless NO_COLOR says no.
fn colour_of(terminal: bool) -> Colour {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if terminal && !refused { Colour::On } else { Colour::Off }
}

/// Whether standard error is a terminal.
fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}
