//! `onside diff`

use super::{Arguments, DONE, FOUND, print};
use crate::check::{self, Run, score};
use crate::compile::{assembled, parsed, read, unjudged};
use crate::diagnostic::baseline::{Baseline, Remaining};
use crate::diagnostic::{Files, Findings, Level as Severity, suggest};
use crate::history::diff::say::{plain, safe, sentence, series, several};
use crate::history::{self, Change, Changes, Health, History, Lookups, Side, Stands, Still, Weight, diff_with};
use crate::model::value::long_date;
use crate::model::{Kind, Name, Playbook};
use crate::project::Project;
use crate::render::changes::json;
use crate::route::Addresses;
use crate::source::tree;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

/// Lines are no longer than this.
const WIDTH: usize = 96;

/// So many blocks of a rewritten text are shown.
const BLOCKS: usize = 3;

/// So many roles are named.
const NAMED: usize = 6;

/// What the files as they stand are called where a version has a name.
const UNRELEASED: &str = "unreleased";

/// Tell what changed from one version to another, in sentences, and whom it touches
#[derive(clap::Args)]
pub struct Diff {
    /// The older version
    #[arg(value_name = "FROM")]
    from: String,
    /// The newer version [default: the files as they stand]
    #[arg(value_name = "TO")]
    to: Option<String>,
    /// Only what touches this role, as it is told to whoever holds it
    #[arg(long, value_name = "ID")]
    role: Option<String>,
    /// How changes are printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Fail where there is a change of this level or a higher one
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Level>,
}

/// How changes are printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For the comment on a pull request
    Markdown,
    /// For programs
    Json,
}

/// How much a change matters.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Level {
    /// Somebody will do something differently
    Must,
    /// It touches somebody's numbers or partners
    Should,
    /// Good to know
    Good,
    /// Only the words differ
    Wording,
}

impl Level {
    fn weight(self) -> Weight {
        match self {
            Level::Must => Weight::Must,
            Level::Should => Weight::Should,
            Level::Good => Weight::Good,
            Level::Wording => Weight::Wording,
        }
    }
}

/// A version that was read.
struct Version {
    name: String,
    date: Option<Date>,
    files: Files,
    playbook: Playbook,
}

impl Diff {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let project = arguments.project(None, None)?;
        let mut told = Told::of(&project, &self.from, self.to.as_deref(), Judged::No)?;
        let role = self.role.as_deref().map(|wanted| role(&told.after, &told.before, wanted)).transpose()?;
        if let Some(role) = &role {
            told.changes.all = for_role(&told.changes, role);
        }
        let page = told.page(role.as_ref());
        print(&match self.format {
            Format::Text => page.text(),
            Format::Markdown => page.markdown(),
            Format::Json => json(&told.changes, &told.after),
        });
        let denied = self.deny.is_some_and(|level| told.changes.all.iter().any(|c| c.weight <= level.weight()));
        // The program ends here: taking two playbooks apart first would only cost time.
        std::mem::forget(told);
        Ok(if denied { FOUND } else { DONE })
    }
}

/// Whether the checks are held against both versions, which takes its time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// They are.
    Yes,
    /// They are not.
    No,
}

/// What changed from one version to another.
pub struct Told {
    before: Playbook,
    after: Playbook,
    /// The changes.
    pub changes: Changes,
    /// Where both come from; it lives as long as they do.
    _history: History,
}

impl Told {
    /// What changed from one version to another, or to the files as they stand; with what the checks say of both, where that is asked for.
    ///
    /// # Errors
    /// A sentence that says which version there is not, and what mends it.
    pub fn of(project: &Project, from: &str, to: Option<&str>, judged: Judged) -> Result<Self, String> {
        let (before, after, history) = sides(project, from, to)?;
        let found: OnceCell<Vec<(String, Name)>> = OnceCell::new();
        let still = |_: &Name, old: &str| still(found.get_or_init(|| old_names(project, &after)), old);
        let reasons = history.version(&before.name).map(|from| history.reasons(from, history.version(&after.name)));
        let subject = |name: &Name| {
            let file = after.playbook.base(name).map(|base| after.files.path(base.place.file))?;
            reasons.as_ref()?.of(file).first().map(|subject| (*subject).to_owned())
        };
        let dates = before.date.zip(after.date);
        let health = (judged == Judged::Yes).then(|| health(project, &before, &after));
        let lookups = Lookups { still: Some(&still), subject: Some(&subject), dates, health };
        let changes = diff_with(&before.side(), &after.side(), &lookups);
        Ok(Self { before: before.playbook, after: after.playbook, changes, _history: history })
    }

    /// The same under the name that the files as they stand are to have.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.changes.to);
        self
    }

    /// All of it, for people.
    pub fn text(&self) -> String {
        self.page(None).text()
    }

    fn page<'a>(&'a self, role: Option<&'a Name>) -> Page<'a> {
        Page { playbook: &self.after, older: &self.before, changes: &self.changes, role }
    }
}

impl Version {
    fn side(&self) -> Side<'_> {
        Side { name: &self.name, playbook: &self.playbook, files: &self.files }
    }
}

/// Two versions by their names; the files as they stand where the second is not named.
fn sides(project: &Project, from: &str, to: Option<&str>) -> Result<(Version, Version, History), String> {
    let (tree, names) = (read(project)?, std::iter::once(from).chain(to).collect::<Vec<&str>>());
    let (history, stands) = match to {
        // The files as they stand have no part in it, but that most of them need not be read again.
        Some(_) => {
            let (files, documents) = parsed(tree);
            (history::read_those(project, Stands::Parsed(&documents, &files), &names), None)
        }
        None => {
            let (files, assembly) = assembled(tree);
            (history::read_those(project, Stands::Assembled(&assembly, &files), &names), Some((files, assembly)))
        }
    };
    let version = |name: &str| match history.version(name) {
        Some(v) => Ok(Version { name: v.name.clone(), date: Some(v.date), files: v.files.clone(), playbook: v.playbook.clone() }),
        None if tree::has_folder(Path::new(name), "content") => another(Path::new(name)),
        None => Err(missing(name, &history)),
    };
    let before = version(from)?;
    let after = match (to, stands) {
        (Some(name), _) => version(name)?,
        (None, Some((files, assembly))) => Version { name: UNRELEASED.to_owned(), date: None, files, playbook: assembly.playbook },
        (None, None) => return Err(missing(from, &history)),
    };
    Ok((before, after, history))
}

/// A playbook in another folder, for those who compare two of them.
fn another(folder: &Path) -> Result<Version, String> {
    let name = folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned());
    let (files, playbook) = unjudged(tree::read(folder, "content")?);
    Ok(Version { name, date: None, files, playbook })
}

/// Why there is no version of a name.
fn missing(name: &str, history: &History) -> String {
    match history.notices() {
        [] => format!("there is no version `{name}`: a version is a tag of the repository (`git tag` lists them)"),
        notices => notices.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

/// The role that was asked for: one of today, or one that is gone.
fn role(after: &Playbook, before: &Playbook, wanted: &str) -> Result<Name, String> {
    let bare = wanted.strip_prefix("role:").unwrap_or(wanted);
    let known = |p: &Playbook| p.roles.iter().find(|r| r.id() == bare || r.title().eq_ignore_ascii_case(bare)).map(|r| r.base.name.clone());
    let former = || after.roles.iter().find(|r| r.base.common.was.iter().any(|w| w.value == bare)).map(|r| r.base.name.clone());
    known(after).or_else(former).or_else(|| known(before)).ok_or_else(|| {
        let near = suggest::nearest(bare, after.roles.iter().map(crate::model::Record::id));
        let advice = near.map_or_else(|| "`--role` takes the id or the title of a role".to_owned(), |n| format!("did you mean `{n}`?"));
        format!("there is no role `{wanted}`: {advice}")
    })
}

/// The changes that touch a role, each as it is told to it.
fn for_role(changes: &Changes, role: &Name) -> Vec<Change> {
    let told = changes.for_role(role).into_iter();
    told.map(|(weight, change)| Change { weight, sentence: change.told_to(role).to_owned(), ..change.clone() }).collect()
}

/// What today's checks say of a version on a day.
fn found(version: &Version, day: Date) -> Findings {
    let addresses = Addresses::of(&version.playbook);
    check::run(&Run::of(&version.playbook, &version.files, &addresses, day)).filtered(|finding| finding.level >= Severity::Warning)
}

/// What the checks say of both, each on its own day.
fn health(project: &Project, before: &Version, after: &Version) -> Health {
    let day = |version: &Version| version.date.unwrap_or_else(|| project.today(version.playbook.own().and_then(|s| s.as_of)));
    let (old, new) = (found(before, day(before)), found(after, day(after)));
    let score = |findings: &Findings, version: &Version| {
        let overlaps = score::overlaps(findings.all(), &version.playbook);
        let sum = |of: fn(&score::Overlap) -> usize| overlaps.iter().map(of).sum::<usize>();
        u32::try_from(sum(|o| o.held) * 100 / sum(|o| o.of).max(1)).unwrap_or(100)
    };
    let alignment = (score(&old, before), score(&new, after));
    let Remaining { findings, gone } = Baseline::of(&old, &before.files).remaining(new, &after.files);
    Health { fixed: gone, new: findings.all().len(), alignment }
}

/// Old names that texts still say, and the records that do.
fn old_names(project: &Project, version: &Version) -> Vec<(String, Name)> {
    let findings = found(version, project.today(version.playbook.own().and_then(|s| s.as_of)));
    let said = findings.all().iter().filter(|f| matches!(f.rule, "retired-name" | "retired-name-to-customer"));
    let name = |f: &crate::diagnostic::Finding| Some((f.message.split('`').nth(1)?.to_lowercase(), Name::parse(&f.record)?));
    said.filter_map(name).collect()
}

fn still(found: &[(String, Name)], old: &str) -> Still {
    let old = old.to_lowercase();
    let records: BTreeSet<&Name> = found.iter().filter(|(said, _)| *said == old).map(|(_, name)| name).collect();
    let lessons = records.iter().filter(|n| n.kind == Kind::Lesson).count();
    Still { pages: records.len() - lessons, lessons }
}

/// What is printed.
struct Page<'a> {
    playbook: &'a Playbook,
    older: &'a Playbook,
    changes: &'a Changes,
    role: Option<&'a Name>,
}

impl Page<'_> {
    fn called(version: &str) -> &str {
        if version == UNRELEASED { "the files as they stand" } else { version }
    }

    fn title(&self, name: &Name) -> String {
        self.playbook.base(name).or_else(|| self.older.base(name)).map_or_else(|| name.id.clone(), |b| b.title.clone())
    }

    /// "From v3 to v4".
    fn step(&self) -> String {
        format!("from {} to {}", Self::called(&self.changes.from), Self::called(&self.changes.to))
    }

    fn nothing(&self) -> String {
        match self.role {
            None => format!("Nothing has changed {}.", self.step()),
            Some(role) => format!("Nothing that touches {} has changed {}.", self.title(role), self.step()),
        }
    }

    fn by_weight(&self) -> impl Iterator<Item = (Weight, Vec<&Change>)> {
        let of = |weight| (weight, self.changes.all.iter().filter(|c| c.weight == weight).collect::<Vec<_>>());
        Weight::ALL.into_iter().map(of).filter(|(_, changes)| !changes.is_empty())
    }

    /// "Sales lead, Demand lead", "everyone".
    fn touched(&self, change: &Change) -> Option<String> {
        if change.touches.everyone {
            return Some("everyone".to_owned());
        }
        let mut roles: Vec<String> = change.touches.roles.iter().take(NAMED).map(|r| self.title(r)).collect();
        let more = change.touches.roles.len().saturating_sub(NAMED);
        if more > 0 {
            roles.push(several(more, "other role", "other roles"));
        }
        (!roles.is_empty()).then(|| series(&roles))
    }

    fn text(&self) -> String {
        let count = several(self.changes.all.len(), "change", "changes");
        if self.changes.all.is_empty() {
            return self.nothing() + "\n";
        }
        let whose = self.role.map_or_else(String::new, |r| format!(" for {}", self.title(r)));
        let mut text = format!("{count}{whose} {}\n", self.step());
        for (weight, changes) in self.by_weight() {
            text.push_str(&format!("\n{}\n", weight.heading()));
            let before = std::iter::once(None).chain(changes.iter().map(|change| Some(*change)));
            changes.iter().zip(before).for_each(|(change, before)| text.push_str(&self.one(change, before)));
        }
        text
    }

    /// A change; what the one before has said of both is not said again.
    fn one(&self, change: &Change, before: Option<&Change>) -> String {
        let mut text = wrapped("  - ", "    ", &plain(&change.sentence));
        let mut facts = Vec::new();
        facts.extend(self.touched(change).filter(|_| self.role.is_none()).map(|who| format!("For {who}.")));
        if !before.is_some_and(|before| is_as_told(change, before)) {
            facts.extend(since(change));
            facts.extend(change.why.as_ref().map(|why| format!("Why: {}", sentence(why))));
        }
        if !facts.is_empty() {
            text.push_str(&wrapped("      ", "      ", &facts.join(" ")));
        }
        for block in self.blocks(change, |r| r.marked()) {
            text.push_str(&wrapped("      | ", "      | ", &block));
        }
        text
    }

    /// The first blocks of a rewritten text, and how many more there are.
    fn blocks(&self, change: &Change, drawn: impl Fn(&crate::history::diff::prose::Rewritten) -> Vec<String>) -> Vec<String> {
        let mut blocks = change.rewritten.as_ref().map(drawn).unwrap_or_default();
        let more = blocks.len().saturating_sub(BLOCKS);
        blocks.truncate(BLOCKS);
        if more > 0 {
            blocks.push(format!("… and {} more", several(more, "place", "places")));
        }
        blocks
    }

    fn markdown(&self) -> String {
        let mut text = format!("### What changes {}\n", safe(&self.step()));
        if self.changes.all.is_empty() {
            return format!("{text}\n{}\n", safe(&self.nothing()));
        }
        for (weight, changes) in self.by_weight() {
            let before = std::iter::once(None).chain(changes.iter().map(|change| Some(*change)));
            let list: String = changes.iter().zip(before).map(|(change, before)| self.point(change, before)).collect();
            match weight {
                Weight::Wording => text.push_str(&format!(
                    "\n<details><summary>{} ({})</summary>\n\n{list}\n</details>\n",
                    weight.heading(),
                    changes.len()
                )),
                _ => text.push_str(&format!("\n**{}**\n\n{list}", weight.heading())),
            }
        }
        text
    }

    fn point(&self, change: &Change, before: Option<&Change>) -> String {
        let mut text = format!("- {}\n", change.sentence);
        let who = self.touched(change).filter(|_| self.role.is_none()).map(|who| format!("For {}.", safe(&who)));
        let is_new = !before.is_some_and(|before| is_as_told(change, before));
        let from = since(change).filter(|_| is_new);
        let why = change.why.as_ref().filter(|_| is_new).map(|why| format!("Why: {}", safe(&sentence(why))));
        let facts: Vec<String> = [who, from, why].into_iter().flatten().collect();
        if !facts.is_empty() {
            text.push_str(&format!("  <br><sub>{}</sub>\n", facts.join(" ")));
        }
        for block in self.blocks(change, |r| r.markdown()) {
            text.push_str(&format!("  > {}\n  >\n", block.replace('\n', "\n  > ")));
        }
        text
    }
}

/// Whether two changes hold since the same day and for the same reason.
fn is_as_told(change: &Change, before: &Change) -> bool {
    change.why.is_some() && change.why == before.why && since(change) == since(before)
}

/// From which day it holds, unless the sentence says so.
fn since(change: &Change) -> Option<String> {
    let day = long_date(change.effective?);
    (!change.sentence.contains(&day)).then(|| format!("Holds from {day}."))
}

/// Text in lines of one width, the first and the others each with what stands before them.
fn wrapped(first: &str, rest: &str, text: &str) -> String {
    let mut out = String::new();
    for part in text.lines() {
        let mut line = if out.is_empty() { first.to_owned() } else { rest.to_owned() };
        let mut empty = true;
        for word in part.split([' ', '\t']).filter(|w| !w.is_empty()) {
            let clean: String = word.chars().filter(|c| !c.is_control()).collect();
            if !empty && line.chars().count() + 1 + clean.chars().count() > WIDTH {
                out.push_str(&line);
                out.push('\n');
                line = rest.to_owned();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(&clean);
            empty = false;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
