//! Opinions about a linked playbook: one rule is `x.rs` and `x.md`, and a line in the roster.
//!
//! A rule says what it finds and nothing else; levels, tolerance of pages, `allow` and
//! `[checks]` are applied here, once, to all.

mod doubt;
mod entry;
mod funnel;
mod goals;
mod limits;
mod references;
mod responsibilities;
pub mod score;
mod sense;
mod text;
mod training;
mod unsaid;
mod upkeep;
mod words;

pub use doubt::in_force;
pub use limits::Limits;

use crate::diagnostic::{Files, Finding, Findings, Level};
use crate::model::{Mark, Playbook};
use crate::route::Addresses;
use crate::source::{Problem, Trouble};
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use text::Finds;

/// A rule.
pub struct Rule {
    /// Its name says what it finds.
    pub name: &'static str,
    /// Its level unless `[checks]` says otherwise.
    pub level: Level,
    /// Why it matters, as one sentence without a full stop.
    pub why: &'static str,
    /// Its page: `onside explain`, the site and its tests.
    pub page: &'static str,
    /// What it finds.
    pub find: fn(&Run<'_>) -> Vec<Finding>,
}

/// Rules of one subject.
pub struct Section {
    /// The subject.
    pub title: &'static str,
    /// Its rules.
    pub rules: &'static [&'static Rule],
}

/// The subjects, in the order of a first reading.
pub const SECTIONS: [Section; 7] =
    [references::SECTION, responsibilities::SECTION, funnel::SECTION, goals::SECTION, words::SECTION, training::SECTION, upkeep::SECTION];

/// The roster: every rule, section by section.
pub const ROSTER: [&Rule; COUNT] = all();

/// How many rules there are.
#[allow(clippy::indexing_slicing, reason = "it is worked out while compiling")]
const COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < SECTIONS.len() {
        count += SECTIONS[at].rules.len();
        at += 1;
    }
    count
};

#[allow(clippy::indexing_slicing, reason = "it is worked out while compiling")]
const fn all() -> [&'static Rule; COUNT] {
    let mut all = [SECTIONS[0].rules[0]; COUNT];
    let (mut section, mut filled) = (0, 0);
    while section < SECTIONS.len() {
        let mut rule = 0;
        while rule < SECTIONS[section].rules.len() {
            all[filled] = SECTIONS[section].rules[rule];
            filled += 1;
            rule += 1;
        }
        section += 1;
    }
    all
}

/// What rules look at.
pub struct Run<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// The texts.
    pub files: &'a Files,
    /// Where every record's page is.
    pub addresses: &'a Addresses,
    /// What today is.
    pub today: Date,
    /// What was wrong with what was read.
    pub problems: Vec<&'a Problem>,
    /// Thresholds.
    pub limits: Limits,
    finds: OnceCell<Finds>,
}

impl<'a> Run<'a> {
    /// A run over a playbook.
    pub fn of(playbook: &'a Playbook, files: &'a Files, addresses: &'a Addresses, today: Date) -> Self {
        Self { playbook, files, addresses, today, problems: playbook.problems(), limits: Limits::of(playbook), finds: OnceCell::new() }
    }

    /// What was found in the texts.
    pub fn finds(&self) -> &Finds {
        self.finds.get_or_init(|| Finds::of(self.playbook, self.files, self.today))
    }
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    ROSTER.into_iter().find(|r| r.name == name)
}

/// Every finding of every rule, in order.
pub fn run(run: &Run<'_>) -> Findings {
    let mut findings = Vec::new();
    for rule in ROSTER {
        for mut finding in (rule.find)(run) {
            tidy(&mut finding);
            finding.rule = rule.name;
            finding.why = rule.why.to_owned();
            finding.level = level(rule, &finding, run);
            findings.push(finding);
        }
    }
    let (findings, idle) = allowed(findings, run);
    let idle = idle.into_iter().map(|mut finding| {
        finding.rule = references::matched_nothing::RULE.name;
        finding.why = references::matched_nothing::RULE.why.to_owned();
        finding.level = level(&references::matched_nothing::RULE, &finding, run);
        finding
    });
    let all: Vec<Finding> = findings.into_iter().chain(idle).filter(|f| f.level != Level::Off).collect();
    Findings::sorted(all, run.files)
}

/// Longer messages are cut: what an author wrote may be a page long.
const LONGEST: usize = 240;

/// What authors wrote stands in messages: one line, no control characters, not too long.
fn tidy(finding: &mut Finding) {
    let related = finding.related.iter_mut().map(|r| &mut r.message);
    for text in [&mut finding.message, &mut finding.label, &mut finding.help].into_iter().chain(related) {
        let fits = text.chars().count() <= LONGEST && !text.contains(char::is_control);
        if !fits {
            let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            *text = shortened(&words);
        }
    }
}

/// A long text without its middle: its end often says what is wrong.
fn shortened(words: &str) -> String {
    let count = words.chars().count();
    if count <= LONGEST {
        return words.to_owned();
    }
    let head: String = words.chars().take(LONGEST / 2).collect();
    let tail: String = words.chars().skip(count - LONGEST / 2).collect();
    format!("{head}…{tail}")
}

/// The rule's level, `[checks]`, and no more than a warning for untyped prose.
fn level(rule: &Rule, finding: &Finding, run: &Run<'_>) -> Level {
    let settings = run.playbook.own().and_then(|s| s.checks.as_ref());
    let chosen = settings.and_then(|c| c.0.iter().find(|(name, _)| name.value == rule.name)).map(|(_, level)| *level);
    let usual = if finding.level == Level::Off { rule.level } else { finding.level };
    let in_pages = run.files.path(finding.span.file).starts_with("content/pages/");
    let page_cap = if in_pages && !holds_in_pages(rule, finding) { Level::Warning } else { Level::Error };
    chosen.unwrap_or(usual).min(page_cap)
}

/// In pages only merge markers and unknown `[[kind:id]]` stay errors.
fn holds_in_pages(rule: &Rule, finding: &Finding) -> bool {
    rule.name == references::merge_marker::RULE.name
        || (rule.name == references::unknown_reference::RULE.name && finding.label.starts_with("no "))
}

/// Drops what records allow; gives the allowances that allowed nothing.
fn allowed(findings: Vec<Finding>, run: &Run<'_>) -> (Vec<Finding>, Vec<Finding>) {
    let mut idle = Vec::new();
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for base in run.playbook.marked(Mark::Allowing) {
        let name = base.name.to_string();
        for allow in &base.common.allow {
            let Some(wanted) = &allow.rule else { continue };
            let in_force = allow.why.is_some() && allow.until.as_ref().is_some_and(|u| u.value >= run.today);
            if rule(&wanted.value).is_none() {
                idle.push(references::matched_nothing::unknown_rule(wanted, "allow").of(&name));
                continue;
            }
            if !in_force {
                continue;
            }
            let hits: Vec<usize> =
                findings.iter().enumerate().filter(|(_, f)| f.rule == wanted.value && f.record == name).map(|(i, _)| i).collect();
            if hits.is_empty() {
                idle.push(references::matched_nothing::idle_allow(wanted, &base.title).of(&name));
            }
            dropped.extend(hits);
        }
    }
    let kept = findings.into_iter().enumerate().filter(|(i, _)| !dropped.contains(i)).map(|(_, f)| f).collect();
    (kept, idle)
}

/// The findings of a rule that only puts problems into words.
fn worded(run: &Run<'_>, word: impl Fn(&Problem) -> Option<Finding>) -> Vec<Finding> {
    let worded = run.problems.iter().filter_map(|p| word(p).map(|f| (p, f)));
    worded.map(|(p, f)| if f.record.is_empty() { f.of(&p.record) } else { f }).collect()
}

/// Whether a field of a record has a fault of its own, which is told by its own rule alone.
fn told_already(run: &Run<'_>, name: &crate::model::Name, field: &str) -> bool {
    let name = name.to_string();
    run.problems.iter().any(|p| {
        let key = match &p.trouble {
            Trouble::Undecided { key } | Trouble::WrongType { key, .. } => key,
            _ => return false,
        };
        p.record == name && key == field
    })
}
