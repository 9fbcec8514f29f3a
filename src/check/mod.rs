//! Opinions about a linked playbook: one rule is `x.rs` and `x.md`, and a line in the roster.
//!
//! A rule says what it finds and nothing else; levels, tolerance of pages, `allow` and
//! `[checks]` are applied here, once, to all.

mod apart;
mod doubt;
mod entry;
mod funnel;
mod goals;
mod limits;
mod phrase;
mod place;
mod references;
mod responsibilities;
pub mod score;
mod text;
mod training;
mod upkeep;
mod words;

pub use doubt::in_force;
pub use limits::Limits;

use crate::diagnostic::{Files, Finding, Findings, Level};
use crate::history::{Change, Lookups, Past, Side, Version, Weight, diff_of};
use crate::model::link::Use;
use crate::model::{Base, Kind, Mark, Name, Playbook};
use crate::route::Addresses;
use crate::search::contracts::{self, Judged};
use crate::search::{Index, Source};
use crate::source::Problem;
use doubt::Doubt;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
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
    /// What was, where there is a history and all of it may be told.
    pub past: Option<&'a Past>,
    /// What was wrong with what was read.
    pub problems: Vec<&'a Problem>,
    /// Thresholds.
    pub limits: Limits,
    /// Every search contract, held against the index.
    pub searches: Vec<Judged>,
    /// What readers search, where it was needed.
    pub index: Option<Arc<Index>>,
    /// The records that say when they were read through.
    reviewed: Vec<&'a Base>,
    /// What nothing follows from.
    doubt: Doubt,
    /// What was found in the texts; nothing where no rule asks.
    finds: Finds,
}

impl<'a> Run<'a> {
    /// A run over a playbook, without its past.
    pub fn of(playbook: &'a Playbook, files: &'a Files, addresses: &'a Addresses, today: Date) -> Self {
        let reads = words::SECTION.rules.iter().any(|rule| !is_off(rule, playbook));
        let promises = !playbook.expects.is_empty() && !is_off(&references::search_contract::RULE, playbook);
        let index = promises.then(|| Arc::new(Index::of(&Source { playbook, files, addresses, today })));
        let searches = index.as_ref().map(|index| contracts::judge(playbook, index)).unwrap_or_default();
        let (finds, reviewed) = rayon::join(
            || if reads { Finds::of(playbook, files, today) } else { Finds::default() },
            || playbook.bases().into_iter().filter(|b| b.common.reviewed.is_some()).collect(),
        );
        Self {
            playbook,
            files,
            addresses,
            today,
            past: None,
            problems: playbook.problems(),
            limits: Limits::of(playbook),
            searches,
            index,
            reviewed,
            doubt: Doubt::of(playbook),
            finds,
        }
    }

    /// The same with what was.
    #[must_use]
    pub fn with(self, past: &'a Past) -> Self {
        Self { past: Some(past), ..self }
    }
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    ROSTER.into_iter().find(|r| r.name == name)
}

/// Every finding of every rule, in order.
pub fn run(run: &Run<'_>) -> Findings {
    let found: Vec<Vec<Finding>> = ROSTER.into_par_iter().map(|rule| found(rule, run)).collect();
    let (findings, idle) = allowed(found.into_iter().flatten().collect(), run);
    let idle = if run.playbook.left_out.is_some() { Vec::new() } else { levelled(&references::matched_nothing::RULE, idle, run) };
    Findings::sorted(findings.into_iter().chain(idle).filter(|f| f.level != Level::Off).collect(), run.files)
}

/// The playbook as it was when a record was read through, where some records may say something else since.
fn at_review(run: &Run<'_>, reviewed: &Base, of: &[&Base]) -> Option<Arc<Version>> {
    let is_before_today = reviewed.common.reviewed.as_ref().is_some_and(|day| day.value < run.today);
    let in_doubt = run.doubt.somewhere() || of.iter().any(|base| run.doubt.record(base));
    let past = run.past.filter(|_| is_before_today && !in_doubt && !of.is_empty())?;
    past.since_review(run.files, reviewed, of)
}

/// What changed in some records since then; what is no part of what they say is left out.
fn changed_since(run: &Run<'_>, then: &Version, of: &[&Base]) -> Vec<Change> {
    let before = Side { name: "", playbook: &then.playbook, files: &then.files };
    let after = Side { name: "", playbook: run.playbook, files: run.files };
    let names: BTreeSet<&Name> = of.iter().map(|base| &base.name).collect();
    let mut changes = diff_of(&before, &after, &Lookups::default(), |base| names.contains(&base.name)).all;
    changes.retain(|c| c.weight < Weight::Wording && !c.field.as_deref().is_some_and(|field| BESIDE.contains(&field)));
    changes
}

/// What stands beside what a record says: who keeps it and how, and numbers that come by themselves.
const BESIDE: [&str; 10] = ["owner", "reviewed", "review_every", "audience", "allow", "tags", "since", "sources", "was", "series"];

/// What `[checks]` says of a rule.
fn chosen(rule: &Rule, playbook: &Playbook) -> Option<Level> {
    let settings = playbook.own().and_then(|s| s.checks.as_ref())?;
    settings.0.iter().find(|(name, _)| name.value == rule.name).map(|(_, level)| *level)
}

/// Whether a rule need not be asked: it is off, and nothing allows its findings, which would be told if it found none.
fn is_off(rule: &Rule, playbook: &Playbook) -> bool {
    let allows = |base: &&Base| base.common.allow.iter().any(|a| a.rule.as_ref().is_some_and(|r| r.value == rule.name));
    chosen(rule, playbook) == Some(Level::Off) && !playbook.marked(Mark::Allowing).iter().any(allows)
}

/// What a rule finds.
fn found(rule: &'static Rule, run: &Run<'_>) -> Vec<Finding> {
    if is_off(rule, run.playbook) || apart::is_silent(rule, run.playbook) {
        return Vec::new();
    }
    let mut findings = apart::kept((rule.find)(run), run.playbook);
    findings.iter_mut().for_each(tidy);
    findings.iter_mut().for_each(|finding| in_its_form(finding, run));
    levelled(rule, findings, run)
}

/// The findings of a rule with its name and their levels.
fn levelled(rule: &'static Rule, mut findings: Vec<Finding>, run: &Run<'_>) -> Vec<Finding> {
    let chosen = chosen(rule, run.playbook);
    for finding in &mut findings {
        finding.rule = rule.name;
        rule.why.clone_into(&mut finding.why);
        finding.level = level(rule, finding, chosen, run);
    }
    findings
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

/// The rule's level or what `[checks]` chose, and no more than a warning for untyped prose.
fn level(rule: &Rule, finding: &Finding, chosen: Option<Level>, run: &Run<'_>) -> Level {
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
    // The allowances in force, by record and rule: whether each has met a finding, and what to say if not.
    let mut allowances: BTreeMap<String, BTreeMap<&str, (bool, Vec<Finding>)>> = BTreeMap::new();
    for base in run.playbook.marked(Mark::Allowing) {
        let name = base.name.to_string();
        for allow in &base.common.allow {
            let Some(wanted) = &allow.rule else { continue };
            let in_force = allow.why.is_some() && allow.until.as_ref().is_some_and(|u| u.value >= run.today);
            if rule(&wanted.value).is_none() {
                idle.push(references::matched_nothing::unknown_rule(wanted, "allow").of(&name));
            } else if in_force {
                let known = !OF_THE_PAST.contains(&wanted.value.as_str()) || !is_without_past(run);
                let unused = known.then(|| references::matched_nothing::idle_allow(wanted, &base.title).of(&name));
                allowances.entry(name.clone()).or_default().entry(&wanted.value).or_default().1.extend(unused);
            }
        }
    }
    if allowances.is_empty() {
        return (findings, idle);
    }
    let mut allows = |finding: &Finding| {
        let mut allow = |record: &str| allowances.get_mut(record).and_then(|of| of.get_mut(finding.rule)).map(|(met, _)| *met = true);
        allow(&finding.record).or_else(|| allow(&area_of_row(&finding.record, run)?)).is_some()
    };
    let kept = findings.into_iter().filter(|f| !allows(f)).collect();
    idle.extend(allowances.into_values().flatten().map(|(_, allowance)| allowance).filter(|(met, _)| !met).flat_map(|(_, unused)| unused));
    (kept, idle)
}

/// The rules that hold what is against what was.
const OF_THE_PAST: [&str; 4] = ["untold-change", "stale-lesson", "edited-since-review", "dead-address"];

/// Whether nothing is known of what was, so that nobody can say whether it would be found.
fn is_without_past(run: &Run<'_>) -> bool {
    run.past.is_none_or(|past| past.history.versions.is_empty())
}

/// The area whose table an activity is a row of: a row has no room for `allow`, so its area says it.
fn area_of_row(record: &str, run: &Run<'_>) -> Option<String> {
    let name = Name::parse(record).filter(|name| name.kind == Kind::Activity)?;
    let activity = run.playbook.activities.get(&name.id)?;
    let area = activity.area.as_ref().filter(|area| run.playbook.areas[*area].base.place.file == activity.base.place.file)?;
    Some(area.name.to_string())
}

/// The references that other records make to some, each with who makes it and to whom; each record is looked through once.
fn references_to<'a>(run: &Run<'a>, those: &[&'a Base]) -> Vec<(&'a Base, &'a Use, &'a Base)> {
    let named: BTreeMap<&Name, &Base> = those.iter().map(|base| (&base.name, *base)).collect();
    let users: BTreeSet<&Name> = those.iter().filter_map(|base| run.playbook.used_by.get(&base.name)).flatten().collect();
    let uses = users.into_iter().filter_map(|name| run.playbook.base(name)).flat_map(|from| from.uses.iter().map(move |link| (from, link)));
    uses.filter(|(from, link)| link.to != from.name).filter_map(|(from, link)| Some((from, link, *named.get(&link.to)?))).collect()
}

/// Between the `---` lines of a page, a line to write takes the form that is read there: `owner: "…"` for `owner = "…"`.
fn in_its_form(finding: &mut Finding, run: &Run<'_>) {
    if run.files.path(finding.span.file).starts_with("content/pages/") && finding.help.contains(" = ") {
        let text = run.files.text(finding.span.file);
        let before = text.get(..finding.span.start as usize).unwrap_or("");
        let in_head = before.is_empty() || !before.contains("\n---");
        if text.starts_with("---") && in_head {
            let parts = finding.help.split('`').enumerate();
            let parts: Vec<String> = parts.map(|(at, p)| if at % 2 == 1 { p.replace(" = ", ": ") } else { p.to_owned() }).collect();
            finding.help = parts.join("`");
        }
    }
}

/// Whether a playbook says who holds its roles: where fewer than half of those in force name anybody, it is not kept there.
fn keeps_holders(playbook: &Playbook) -> bool {
    let in_force = || playbook.roles.iter().filter(|r| doubt::in_force(&r.base));
    let held = in_force().filter(|r| !r.holders.is_empty()).count();
    held > 0 && held * 2 >= in_force().count()
}

/// The findings of a rule that only puts problems into words.
fn worded(run: &Run<'_>, word: impl Fn(&Problem) -> Option<Finding>) -> Vec<Finding> {
    let worded = run.problems.iter().filter_map(|p| word(p).map(|f| (p, f)));
    worded.map(|(p, f)| if f.record.is_empty() { f.of(&p.record) } else { f }).collect()
}
