//! `onside check`

use super::ink::{self, Rewrite};
use super::{Arguments, Deny, colour_of, date, print, say, tell_notes, verdict, words};
use crate::check::score::overlaps;
use crate::check::{self, ROSTER};
use crate::compile::{Compiled, compile, read};
use crate::diagnostic::baseline::Baseline;
use crate::diagnostic::sarif::About;
use crate::diagnostic::{Finding, Findings, Level, difference, github, machine, sarif, suggest, terminal};
use crate::mend::{self, Mended, Plan};
use crate::project::Project;
use crate::search::contracts::Tally;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

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
    /// Mend what can be mended by itself, and tell the rest
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would change, and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Do not tell the findings that this file knows
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write today's findings into this file, for --baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "baseline"])]
    write_baseline: Option<PathBuf>,
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
    /// For code scanning, SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: notes beside the lines of a pull request
    Github,
}

impl Check {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(self.as_of, None)?;
        let baseline = self.baseline.as_ref().map(|file| known(file)).transpose()?;
        self.warn_of_unknown_rule();
        if self.dry_run {
            return self.rehearsed(&project);
        }
        let compiled = if self.fix { self.mended(&project)? } else { compile(&project)? };
        tell_notes(&project, &compiled);
        if let Some(file) = &self.write_baseline {
            return write(file, &self.chosen(compiled.findings.clone()), &compiled, &project.root);
        }
        let findings = match baseline {
            None => compiled.findings.clone(),
            Some(baseline) => self.unknown_to(baseline, &compiled),
        };
        let findings = self.chosen(findings);
        self.show(&findings, &compiled);
        Ok(verdict(&findings, self.deny))
    }

    /// What a baseline does not know. Hints too are taken off it, shown or not: those that it knows are not gone.
    fn unknown_to(&self, baseline: Baseline, compiled: &Compiled) -> Findings {
        let remaining = baseline.remaining(compiled.findings.clone(), &compiled.files);
        if remaining.gone > 0 && self.only.is_none() {
            let what = super::several(remaining.gone, "finding of the baseline is", "findings of the baseline are");
            say(&format!("note: {what} found no more; write it anew with --write-baseline, so that they stay so"));
        }
        remaining.findings
    }

    fn show(&self, findings: &Findings, compiled: &Compiled) {
        match self.format {
            Format::Json => print(&machine::json(findings, &compiled.files, &overlaps(compiled.findings.all(), &compiled.playbook))),
            Format::Sarif => print(&sarif::json(findings, &compiled.files, &abouts(), env!("CARGO_PKG_VERSION"))),
            Format::Github => print(&github::annotations(findings, &compiled.files)),
            Format::Text => {
                let colour = colour_of(std::io::stdout().is_terminal());
                print(&terminal::text(findings, &compiled.files, colour));
                print(&format!("{}\n", terminal::counts(findings)));
                compiled.searches.iter().for_each(|tally| print(&format!("{}\n", searched(tally))));
            }
        }
    }

    /// Mends what can be mended; gives the playbook as it is then.
    fn mended(&self, project: &Project) -> Result<Compiled, String> {
        let Plan { files, after } = mend::plan(project, read(project)?, |finding, _| self.is_wanted(finding))?;
        let rewrites: Vec<Rewrite<'_>> = files.iter().map(|f| Rewrite { path: &f.path, before: &f.before, after: &f.after }).collect();
        ink::rewrite(&project.root, &rewrites)?;
        say(&told(&files, "mended"));
        Ok(after)
    }

    /// Shows what would be mended, and what would be left.
    fn rehearsed(&self, project: &Project) -> Result<u8, String> {
        let Plan { files, after } = mend::plan(project, read(project)?, |finding, _| self.is_wanted(finding))?;
        let colour = colour_of(std::io::stdout().is_terminal());
        files.iter().for_each(|f| print(&difference::unified(&f.path, &f.before, &f.after, colour)));
        let left = self.chosen(after.findings);
        say(&format!("{}; {} would be left", told(&files, "would be mended"), terminal::counts(&left)));
        Ok(verdict(&left, self.deny))
    }

    /// Whether a finding was asked for.
    fn is_wanted(&self, finding: &Finding) -> bool {
        let programs = self.format == Format::Json || self.format == Format::Sarif;
        (self.hints || programs || finding.level != Level::Hint) && self.only.as_deref().is_none_or(|only| finding.rule == only)
    }

    /// The findings that were asked for.
    fn chosen(&self, findings: Findings) -> Findings {
        findings.filtered(|finding| self.is_wanted(finding))
    }

    fn warn_of_unknown_rule(&self) {
        if let Some(only) = self.only.as_deref().filter(|o| check::rule(o).is_none()) {
            let near = suggest::nearest(only, ROSTER.iter().map(|r| r.name));
            let advice = near.map_or_else(|| "`onside explain --all` lists them".to_owned(), |n| format!("did you mean `{n}`?"));
            say(&format!("warning[matched-nothing]: no check is called `{only}`: {advice}"));
        }
    }
}

/// "80 searches: 97.5 % lead there at once, 100 % within three; mean reciprocal rank 0.985".
fn searched(tally: &Tally) -> String {
    let percent = |thousandths: usize| match (thousandths / 10, thousandths % 10) {
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}.{tenth} %"),
    };
    let searches = super::several(tally.contracts, "search", "searches");
    let (first, third) = (percent(tally.first), percent(tally.third));
    let rank = format!("{}.{:03}", tally.reciprocal / 1000, tally.reciprocal % 1000);
    format!("{searches}: {first} lead there at once, {third} within three; mean reciprocal rank {rank}")
}

/// What a baseline knows.
fn known(file: &Path) -> Result<Baseline, String> {
    let text = ink::named(file)?;
    let advice = "write one with `onside check --write-baseline FILE`";
    Baseline::parse(&text).map_err(|why| format!("{} cannot be used as a baseline, for {why}: {advice}", file.display()))
}

fn write(file: &Path, findings: &Findings, compiled: &Compiled, root: &Path) -> Result<u8, String> {
    let baseline = Baseline::of(findings, &compiled.files);
    if ink::lies_in(file, &root.join("content")) {
        return Err(format!("{} lies in content/, where it would become part of the site: name a file beside content/", file.display()));
    }
    ink::put(file, &baseline.text(), Baseline::is_one)?;
    let what = super::several(baseline.count(), "finding is", "findings are");
    say(&format!("{what} in {}; `onside check --baseline {}` tells only new ones", file.display(), file.display()));
    Ok(super::DONE)
}

/// "3 places in 2 files mended", and what was done in each.
fn told(files: &[Mended], done: &str) -> String {
    let places: usize = files.iter().map(|f| f.titles.len()).sum();
    if places == 0 {
        return format!("nothing {done}: no finding carries a mend that does no harm");
    }
    let mut text = String::new();
    for file in files {
        text.push_str(&format!("{}: {}\n", file.path, distinct(&file.titles).join(", ")));
    }
    let (places, count) = (super::several(places, "place", "places"), super::several(files.len(), "file", "files"));
    text + &format!("{places} in {count} {done}")
}

/// What is done several times is said once, in the order of the first times.
fn distinct(titles: &[String]) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    titles.iter().for_each(|title| *times.entry(title).or_insert(0) += 1);
    let first = titles.iter().filter_map(|title| times.remove(title.as_str()).map(|count| (title, count)));
    first.map(|(title, count)| if count > 1 { format!("{title} ({count} times)") } else { title.clone() }).collect()
}

fn abouts() -> Vec<About> {
    ROSTER.iter().map(|rule| About { name: rule.name, level: rule.level, why: rule.why, page: rule.page }).collect()
}
