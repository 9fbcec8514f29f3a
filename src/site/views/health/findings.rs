//! What is to be mended, by the role that keeps it; what is not decided; what a record's own page says of it.

use super::{ROWS, depends, more, page_of, users};
use crate::diagnostic::{Finding, Level};
use crate::model::{Base, Name};
use crate::route::{self, Listing};
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use crate::site::views::frame::ToMend;
use crate::site::views::parts::{Link, RoleMark};
use crate::site::views::wording::{capital, count};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The rule that finds what nobody has decided.
pub const UNDECIDED: &str = "undecided";

/// A record's own page tells at most so many.
const TOLD: usize = 10;

/// What is open.
#[derive(Debug, Clone, Serialize)]
pub struct Findings {
    /// By the role that keeps the record.
    pub owners: Vec<Owner>,
    /// Stands here where nothing is open.
    pub empty: Option<String>,
}

/// What one role has to mend.
#[derive(Debug, Clone, Serialize)]
pub struct Owner {
    /// What its heading is known by in the address.
    pub id: String,
    /// The role; nothing where nobody keeps the record.
    pub role: Option<RoleMark>,
    /// "3 findings".
    pub count: String,
    /// The findings.
    pub rows: Vec<Row>,
    /// How many are not shown.
    pub more: Option<String>,
}

/// What is not decided.
#[derive(Debug, Clone, Serialize)]
pub struct Undecided {
    /// The findings, each with who keeps the record.
    pub rows: Vec<Row>,
    /// How many are not shown.
    pub more: Option<String>,
    /// Stands here where all is decided.
    pub empty: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What is wrong.
    pub says: Html,
    /// "Error", where it stops a build.
    pub level: Option<&'static str>,
    /// The record it speaks of.
    pub record: Option<Link>,
    /// The file and line, where there is no record.
    pub place: Option<String>,
    /// The rule and its page.
    pub rule: Link,
    /// Who keeps the record, where that is not said above.
    pub owner: Option<RoleMark>,
    /// "6 depend on it".
    pub depends: Option<String>,
}

/// A finding, the record it speaks of, and how many records refer to that.
pub struct Ranked<'a> {
    /// The finding.
    pub finding: &'a Finding,
    base: Option<&'a Base>,
    users: usize,
}

impl Ranked<'_> {
    /// The place of the role that keeps the record.
    fn owner(&self) -> Option<usize> {
        self.base.and_then(|b| b.common.owner.as_ref()).map(|o| o.at)
    }
}

/// Errors and warnings, what most depends on first; then as they are printed.
pub fn ranked<'a>(sheet: &Sheet<'a>) -> Vec<Ranked<'a>> {
    let findings = sheet.site.compiled.findings.all();
    let mut looked_up: BTreeMap<&str, (Option<&Base>, usize)> = BTreeMap::new();
    let mut ranked: Vec<Ranked<'a>> = Vec::with_capacity(sheet.site.open().count());
    for finding in findings.iter().filter(|f| f.level >= Level::Warning) {
        let (base, users) = *looked_up.entry(&finding.record).or_insert_with(|| {
            let base = Name::parse(&finding.record).and_then(|name| sheet.playbook().base(&name));
            (base, base.map_or(0, |b| users(sheet, &b.name)))
        });
        ranked.push(Ranked { finding, base, users });
    }
    ranked.sort_by_key(|r| (Reverse(r.users), Reverse(r.finding.level)));
    ranked
}

/// The same by the role that keeps the record: first who keeps what most depends on, last what nobody keeps.
pub fn by_owner(sheet: &Sheet<'_>, ranked: &[Ranked<'_>]) -> Findings {
    let mut owners: Vec<(Option<usize>, Vec<usize>)> = Vec::new();
    let mut place: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for (at, one) in ranked.iter().enumerate() {
        let place = *place.entry(one.owner()).or_insert(owners.len());
        match owners.get_mut(place) {
            Some((_, all)) => all.push(at),
            None => owners.push((one.owner(), vec![at])),
        }
    }
    owners.sort_by_key(|(owner, _)| owner.is_none());
    Findings {
        owners: owners.iter().map(|(_, all)| owner(sheet, ranked, all)).collect(),
        empty: ranked.is_empty().then(|| "Nothing is open: no rule has anything to say.".to_owned()),
    }
}

/// What one role has to mend; of very many findings only those that stand first among all are shown.
fn owner(sheet: &Sheet<'_>, ranked: &[Ranked<'_>], all: &[usize]) -> Owner {
    let own = || all.iter().filter_map(|at| ranked.get(*at));
    let shown = all.iter().filter(|at| **at < ROWS).count();
    let base = own().next().and_then(|r| r.base);
    Owner {
        id: anchor(sheet, base),
        role: base.and_then(|b| super::owner(sheet, b)),
        count: count(all.len(), "finding", "findings"),
        rows: own().take(shown).map(|r| row(sheet, r, None)).collect(),
        more: more(all.len() - shown),
    }
}

/// What is known of the findings of rule `undecided`.
pub fn undecided(sheet: &Sheet<'_>, found: &[&Ranked<'_>]) -> Undecided {
    Undecided {
        rows: found.iter().take(ROWS).map(|r| row(sheet, r, r.base.and_then(|b| super::owner(sheet, b)))).collect(),
        more: more(found.len().saturating_sub(ROWS)),
        empty: found.is_empty().then(|| "Nothing is left to decide.".to_owned()),
    }
}

fn row(sheet: &Sheet<'_>, ranked: &Ranked<'_>, owner: Option<RoleMark>) -> Row {
    let finding = ranked.finding;
    let record = ranked.base.and_then(|b| page_of(sheet, b));
    let place = || {
        let (files, file) = (&sheet.site.compiled.files, finding.span.file);
        match sheet.playbook().left_out.as_ref().is_some_and(|rest| rest.is_rewritten(file)) {
            true => files.path(file).to_owned(),
            false => format!("{}:{}", files.path(file), files.position(file, finding.span.start).line),
        }
    };
    Row {
        says: said(finding),
        level: (finding.level == Level::Error).then_some("Error"),
        place: record.is_none().then(place),
        record,
        rule: Link { label: finding.rule.to_owned(), href: sheet.href(&route::check(finding.rule)) },
        owner,
        depends: depends(ranked.users),
    }
}

/// A message as a line begins.
fn said(finding: &Finding) -> Html {
    Html::ticked(&capital(&finding.message))
}

/// Where the findings of a record's owner stand.
fn anchor(sheet: &Sheet<'_>, base: Option<&Base>) -> String {
    let owner = base.and_then(|b| b.common.owner.as_ref());
    owner.map_or_else(|| "nobodys".to_owned(), |o| format!("role-{}", sheet.playbook().roles[o].id()))
}

/// What a record's page says to those who keep it.
pub fn open_in(sheet: &Sheet<'_>, base: &Base) -> Option<ToMend> {
    let found = sheet.site.open().about(sheet.site.compiled.findings.all(), &base.name);
    if found.is_empty() {
        return None;
    }
    let mut says: Vec<Html> = found.iter().take(TOLD).map(|f| said(f)).collect();
    says.extend(more(found.len().saturating_sub(TOLD)).map(|words| Html::text(&words)));
    let whose = super::owner(sheet, base).map_or_else(|| "All that nobody keeps".to_owned(), |o| format!("All for {}", o.label));
    let there = format!("{}#{}", Listing::Health.address(), anchor(sheet, Some(base)));
    Some(ToMend {
        summary: count(found.len(), "finding for its editors", "findings for its editors"),
        says,
        all: Link { label: whose, href: sheet.href(&there) },
    })
}
