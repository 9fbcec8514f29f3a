//! `onside search`

use super::{Arguments, DONE, print};
use crate::compile::{Compiled, compile};
use crate::diagnostic::suggest;
use crate::render::search as machine;
use crate::route;
use crate::search::{Answered, Hit, Index, Reply, search};
use crate::site::shelves;
use std::io::BufRead;

/// Search the playbook as its readers do, and say why each result is found
#[derive(clap::Args)]
pub struct Search {
    /// What a reader types; `-` reads queries from standard input, a line each
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// In this version [default: the files as they stand]
    #[arg(long, value_name = "V")]
    version: Option<String>,
    /// How many results at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How results are printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// How results are printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: an object for each query
    Json,
}

impl Search {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(None, None)?;
        let compiled = compile(&project)?;
        let (compiled, shelf) = match &self.version {
            None => (compiled, String::new()),
            Some(name) => version(compiled, name)?,
        };
        let index = compiled.search();
        let query = self.query.join(" ");
        if query == "-" {
            for line in std::io::stdin().lock().lines() {
                let line = line.map_err(|error| format!("a query cannot be read from standard input: {error}"))?;
                self.tell(index, &line, &shelf);
            }
        } else {
            self.tell(index, &query, &shelf);
        }
        Ok(DONE)
    }

    fn tell(&self, index: &Index, query: &str, shelf: &str) {
        let reply = search(index, query, self.limit);
        match self.format {
            Format::Text => print(&text(index, query, &reply, shelf)),
            Format::Json => print(&format!("{}\n", machine::reply(index, query, &reply, shelf))),
        }
    }
}

/// A version that was released, and the folder it lies in.
fn version(compiled: Compiled, name: &str) -> Result<(Compiled, String), String> {
    let history = compiled.history;
    let Some(version) = history.version(name) else {
        let names = || history.versions.iter().map(|version| version.name.as_str());
        return Err(match suggest::nearest(name, names()) {
            Some(near) => format!("there is no version `{name}`: did you mean `{near}`?"),
            None if history.versions.is_empty() => format!("there is no version `{name}`, nor any other: `onside release` makes one"),
            None => format!("there is no version `{name}`: there are {}", suggest::list(names(), 9)),
        });
    };
    Ok((shelves::compiled(version, None), route::shelf(&version.segment)))
}

/// A reply for people.
fn text(index: &Index, query: &str, reply: &Reply, shelf: &str) -> String {
    let mut out = String::new();
    if let Some(instead) = &reply.instead {
        out.push_str(&format!("Showing results for \u{201c}{instead}\u{201d}\n\n"));
    }
    for word in reply.missing.iter().filter(|_| reply.total > 0) {
        out.push_str(&format!("Nothing says \u{201c}{}\u{201d}\n\n", plain(word)));
    }
    if let Some(card) = &reply.card {
        out.push_str(&answer(card));
    }
    for (number, hit) in reply.results.iter().enumerate() {
        out.push_str(&result(index, number + 1, hit, shelf));
    }
    match (reply.total, reply.results.len()) {
        (0, _) if reply.card.is_none() => {
            out + &format!("Nothing found for \u{201c}{}\u{201d}; {} has everything from A to Z\n", plain(query), route::SEARCH)
        }
        (0, _) => out,
        (all, 1) if all > 1 => out + &format!("{all} found; the first is shown\n"),
        (all, shown) if all > shown && shown > 0 => out + &format!("{all} found; the first {shown} are shown\n"),
        (all, _) => out + &format!("{all} found\n"),
    }
}

/// What somebody typed may hold what a terminal would obey.
fn plain(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !c.is_control() && !turns(c)).take(80).collect()
}

fn answer(answered: &Answered) -> String {
    let card = &answered.card;
    let figure = card.figure.as_ref().map_or_else(String::new, |figure| format!(": {figure}"));
    let before = card.before.as_ref().map_or_else(String::new, |before| format!(" (was {before})"));
    let mut lines = vec![format!("{}{figure}{before}", answered.title)];
    lines.extend(card.formerly.iter().map(|(name, until)| match until {
        Some(until) => format!("formerly {name}, until {until}"),
        None => format!("formerly {name}"),
    }));
    lines.extend(card.text.iter().cloned());
    lines.extend(card.say.iter().map(|(when, what)| format!("{when}: \u{201c}{what}\u{201d}")));
    lines.extend(card.rows.iter().map(|row| {
        let values = row.values.iter().map(|value| match value.note.as_str() {
            "" => value.text.clone(),
            note => format!("{} ({note})", value.text),
        });
        format!("{}: {}", row.label, values.collect::<Vec<_>>().join(", "))
    }));
    let lines: Vec<String> = lines.into_iter().map(|line| format!("  | {line}\n")).collect();
    lines.concat() + "\n"
}

fn result(index: &Index, number: usize, hit: &Hit, shelf: &str) -> String {
    let Some(entry) = index.entries.get(hit.entry) else { return String::new() };
    let section = if hit.section.is_empty() { String::new() } else { format!(" \u{203a} {}", hit.section) };
    let (kind, _) = machine::labels(entry.kind);
    let mut out = format!("{number}. {}{section}  [{kind}, {}]\n   {}\n", entry.title, hit.tier, route::on_shelf(shelf, &hit.address));
    for line in [&hit.why, &hit.excerpt].into_iter().filter(|line| !line.is_empty()) {
        out.push_str(&format!("   {line}\n"));
    }
    out + "\n"
}
