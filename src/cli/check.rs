//! `onside check`

use super::{Arguments, Deny, colour_of, date, print, say, tell_notes, verdict, words};
use crate::check;
use crate::compile::compile;
use crate::diagnostic::{Findings, Level, machine, suggest, terminal};
use jiff::civil::Date;
use std::io::IsTerminal;

/// Tell where the playbook is offside, without building it
#[derive(clap::Args)]
pub struct Check {
    /// How findings are printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Show hints too
    #[arg(long)]
    hints: bool,
    /// What fails beside errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Only the findings of one rule
    #[arg(long, value_name = "RULE", value_parser = words::Words(words::checks), hide_possible_values = true)]
    only: Option<String>,
    /// What today is, as 2026-11-02
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Check {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(self.as_of, None)?;
        let compiled = compile(&project)?;
        tell_notes(&project, &compiled);
        let findings = self.chosen(compiled.findings);
        match self.format {
            Format::Json => print(&machine::json(&findings, &compiled.files)),
            Format::Text => {
                let colour = colour_of(std::io::stdout().is_terminal());
                print(&terminal::text(&findings, &compiled.files, colour));
                print(&format!("{}\n", terminal::counts(&findings)));
            }
        }
        Ok(verdict(&findings, self.deny))
    }

    /// The findings that were asked for.
    fn chosen(&self, findings: Findings) -> Findings {
        if let Some(only) = self.only.as_deref().filter(|o| check::rule(o).is_none()) {
            let near = suggest::nearest(only, check::ROSTER.iter().map(|r| r.name));
            let advice = near.map_or_else(|| "`onside explain --all` lists them".to_owned(), |n| format!("did you mean `{n}`?"));
            say(&format!("warning[matched-nothing]: no check is called `{only}`: {advice}"));
        }
        let hints = self.hints || self.format == Format::Json;
        findings.filtered(|f| (hints || f.level != Level::Hint) && self.only.as_deref().is_none_or(|only| f.rule == only))
    }
}
