//! `onside build`

use super::{Arguments, DONE, Deny, FOUND, Readers, colour_of, date, print, say, stderr_is_terminal, tell_notes, verdict};
use crate::compile::{Compiled, compile_tree, read};
use crate::diagnostic::{Level, terminal};
use crate::history;
use crate::project::Project;
use crate::publish::{self, Failure, Published, Step, Target};
use crate::render::Press;
use crate::route;
use crate::site::Page;
use crate::source::tree::{self, Tree};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Build the site; a playbook with errors leaves the last good site in place
#[derive(clap::Args)]
pub struct Build {
    /// Where the site goes [default: `site` in the project]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What today is, as 2026-11-02
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Where the site will be, as https://playbook.example/
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    readers: Readers,
    /// What fails beside errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
}

impl Build {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(self.as_of, self.base_url.clone())?;
        let project = Project { audience: self.readers.audience(), ..project };
        build(&project, self.out.as_deref(), self.deny)
    }
}

/// Builds a project's site; prints findings and one summary.
pub fn build(project: &Project, out: Option<&Path>, deny: Option<Deny>) -> Result<u8, String> {
    let begun = Instant::now();
    let target = out.map_or_else(|| project.root.join("site"), Path::to_path_buf);
    let sources = ["content", "themes"].map(|folder| project.root.join(folder));
    let target = Target { path: &target, root: &project.root, sources: &sources, fingerprint: None, shelves: &BTreeMap::new() };
    target.check().map_err(|refusal| refusal.to_string())?;
    let tree = read(project)?;
    let print = fingerprint(project, &tree);
    // Two builds of the same text write the same site. One that had nothing to say need not even be judged again.
    let (silent, spoken) = (print.as_ref().map(|p| format!("{p} silent")), print.as_ref().map(|p| format!("{p} spoken")));
    let target = Target { fingerprint: silent.as_deref(), ..target };
    if is_there_already(&target, begun)? {
        return Ok(DONE);
    }
    let compiled = compile_tree(project, tree)?;
    show_findings(&compiled);
    let noted = tell_notes(project, &compiled);
    if verdict(&compiled.findings, deny) == FOUND {
        say(&format!("The site was not built: {}. What was there is as it was.", terminal::counts(&compiled.findings)));
        return Ok(FOUND);
    }
    let quiet = compiled.findings.count(Level::Warning) == 0 && noted == 0;
    let target = Target { fingerprint: if quiet { silent.as_deref() } else { spoken.as_deref() }, ..target };
    if !quiet && is_there_already(&target, begun)? {
        return Ok(DONE);
    }
    let counts = terminal::counts(&compiled.findings);
    compiled.history.notices().iter().filter(|notice| !notice.ordinary).for_each(|notice| say(&format!("note: {notice}")));
    let press = Press::of(project, compiled)?;
    press.chronicle().tell();
    let shelves = outside(project).map(|outside| press.finished(&outside)).unwrap_or_default();
    let published = publish(&press, &Target { shelves: &shelves, ..target })?;
    print_summary(&press, &target, &published, &format!("{counts}, {} ms", begun.elapsed().as_millis()));
    // The program ends here: taking ten thousand pages apart first would only cost time.
    std::mem::forget(press);
    Ok(DONE)
}

/// Whether the site is as this very text made it; says so.
fn is_there_already(target: &Target<'_>, begun: Instant) -> Result<bool, String> {
    let found = publish::up_to_date(target).map_err(|refusal| refusal.to_string())?;
    if let Some(found) = &found {
        print(&format!(
            "Nothing has changed: {} has its {} files, {} ms.\n",
            target.path.display(),
            found.files,
            begun.elapsed().as_millis()
        ));
    }
    Ok(found.is_some())
}

/// All that decides what a site is: the text and its history, and what is outside of them. Nothing where some of it cannot be read.
fn fingerprint(project: &Project, tree: &Tree) -> Option<String> {
    let text = tree.fingerprint(&project.root).ok()?;
    Some(format!("{text} {} {:?} {}", outside(project)?, (project.told, project.clock), history::mark(project)))
}

/// What decides a site beside its text and its history: the theme, this program, the address.
fn outside(project: &Project) -> Option<String> {
    let theme = match tree::has_folder(&project.root, "themes") {
        true => tree::read(&project.root, "themes").ok()?.fingerprint(&project.root).ok()?.to_string(),
        false => String::new(),
    };
    let program = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    let made = program.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos();
    let told = (&project.base_url, &project.audience);
    Some(format!("{theme} {} {} {made} {told:?}", env!("CARGO_PKG_VERSION"), program.len()))
}

/// Errors and warnings, to standard error.
pub fn show_findings(compiled: &Compiled) {
    let shown = compiled.findings.clone().filtered(|f| f.level >= Level::Warning);
    if !shown.all().is_empty() {
        say(terminal::text(&shown, &compiled.files, colour_of(stderr_is_terminal())).trim_end());
    }
}

fn publish(press: &Press, target: &Target<'_>) -> Result<Published, String> {
    let by_path: BTreeMap<String, String> = press.addresses().into_iter().map(|a| (route::output(&a), a)).collect();
    let paths: Vec<String> = by_path.keys().cloned().collect();
    let render = |path: &str| -> Result<Vec<u8>, String> {
        let address = by_path.get(path).map_or(path, String::as_str);
        press.render(address)?.ok_or_else(|| format!("{address} is not there any more: build again"))
    };
    let progress = progress(paths.len());
    let published = publish::write(target, &paths, render, progress).map_err(|failure| match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::Render(message) => message,
    })?;
    if let Some(leftover) = &published.leftover {
        say(&format!("warning: the site is built, but {leftover}"));
    }
    Ok(published)
}

/// A count on a terminal while a long build runs; silence elsewhere.
fn progress(all: usize) -> impl Fn(Step) + Sync {
    let shown = stderr_is_terminal() && all > 2_000;
    move |step| match step {
        Step::Waiting => say("Another build writes this site; waiting for it."),
        Step::Rendered(n) if shown && n % 500 == 0 => {
            use std::io::Write;
            let _ = write!(std::io::stderr(), "\r{n} of {all} pages{}", if n + 500 > all { "\r\u{1b}[K" } else { "" });
        }
        Step::Rendered(_) => {}
    }
}

/// "246 records, 310 pages, no findings: site/ in 84 ms".
fn print_summary(press: &Press, target: &Target<'_>, published: &Published, ended: &str) {
    let site = press.site();
    let pages = site.addresses().filter(|a| matches!(site.page(a), Some(Page::Record(_) | Page::Listing(_) | Page::Check(_)))).count();
    let left_out = match site.compiled.playbook.left_out.as_ref().map(|rest| rest.records).filter(|n| *n > 0) {
        Some(n) => format!(" ({n} for other readers left out)"),
        None => String::new(),
    };
    let kept = match published.kept.as_slice() {
        [] => String::new(),
        names => format!(" Your own files there were kept: {}.", names.join(", ")),
    };
    print(&format!(
        "Built {}: {} records{left_out}, {pages} pages, {ended}.{kept}\n",
        target.path.display(),
        site.compiled.playbook.count(),
    ));
}
