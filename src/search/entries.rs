//! What can be found: every record with its names, what it says in one line, and its sections.

use super::card::{self, Card};
use super::order::ORDER;
use super::prose;
use crate::diagnostic::Files;
use crate::model::field::{self, Datum};
use crate::model::kinds::offering::OldName;
use crate::model::kinds::role::Role;
use crate::model::raci::Part;
use crate::model::saying::Speaker;
use crate::model::types::Ref;
use crate::model::value::long_date;
use crate::model::{Base, Kind, Name, Playbook};
use crate::route::{self, Addresses, Listing};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Something that can be found.
#[derive(Debug, Default)]
pub struct Entry {
    /// Where it is.
    pub address: String,
    /// The record; nothing for a list.
    pub name: Option<Name>,
    /// `role`, `page`, `list` …
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is, in one line.
    pub line: String,
    /// What it is found by.
    pub names: Vec<Phrase>,
    /// Its sections; the first is its head.
    pub sections: Vec<Section>,
    /// The answer that it is.
    pub card: Option<Card>,
    /// The teams it concerns, by id.
    pub teams: Vec<String>,
    /// The role that keeps it, by id.
    pub owner: Option<String>,
    /// The hue of its team, 0 for none.
    pub hue: u8,
}

/// A name, or what stands for one.
#[derive(Debug)]
pub struct Phrase {
    /// Its class, by its place in the order.
    pub class: usize,
    /// The words.
    pub text: String,
    /// What to say where it was this name that was found.
    pub why: String,
}

/// A section.
#[derive(Debug, Default)]
pub struct Section {
    /// Its anchor; empty for the head.
    pub anchor: String,
    /// Its heading; empty for the head.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// What entries are made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// The texts.
    pub files: &'a Files,
    /// Where every record's page is.
    pub addresses: &'a Addresses,
    /// What today is.
    pub today: Date,
}

impl<'a> Source<'a> {
    /// What says facts in words.
    pub fn speaker(&self) -> Speaker<'a> {
        Speaker { playbook: self.playbook, today: self.today }
    }
}

/// Every entry, in the order that decides ties.
pub fn entries(source: &Source<'_>) -> Vec<Entry> {
    let bases = source.playbook.bases();
    let parts = Parts::of(source.playbook);
    let records = bases.par_iter().filter_map(|base| record(source, &parts, base));
    let lists = Listing::ALL.into_iter().filter(|list| is_found(*list) && list.is_shown(source.playbook)).map(list);
    let mut all: Vec<Entry> = records.collect();
    all.extend(lists);
    all.par_sort_by(|a, b| (ORDER.kind(a.kind), &a.address).cmp(&(ORDER.kind(b.kind), &b.address)));
    all
}

/// How many sections there would be: enough to know into how many files they go.
pub fn count(playbook: &Playbook) -> usize {
    playbook.bases().iter().map(|base| 1 + base.body.as_ref().map_or(0, |body| body.outline.headings.len())).sum()
}

/// Home is where one is; checks and the reference speak to those who write.
fn is_found(list: Listing) -> bool {
    !matches!(list, Listing::Home | Listing::Health | Listing::Checks | Listing::Reference | Listing::Search)
}

fn list(list: Listing) -> Entry {
    let mut names = vec![phrase("title", list.label())];
    names.extend(ORDER.lists.get(list.address()).into_iter().flatten().map(|other| phrase("alias", other)));
    Entry {
        address: list.address().to_owned(),
        kind: "list",
        title: list.label().to_owned(),
        sections: vec![Section::default()],
        names,
        ..Entry::default()
    }
}

fn phrase(class: &str, text: &str) -> Phrase {
    because(class, text, String::new())
}

fn because(class: &str, text: &str, why: String) -> Phrase {
    let class = ORDER.classes.iter().position(|c| c.name == class).unwrap_or(0);
    Phrase { class, text: text.to_owned(), why }
}

fn record(source: &Source<'_>, parts: &Parts, base: &Base) -> Option<Entry> {
    let address = source.addresses.get(&base.name)?.to_owned();
    let (owner, teams) = (base.common.owner.as_ref(), card::teams(source, base));
    let prose = base.body.as_ref().map(|body| prose::parts(body, source.files, source.speaker())).unwrap_or_default();
    let opening = prose.iter().find_map(|part| part.text.lines().next()).unwrap_or_default();
    let line = Some(card::line(source, base)).filter(|line| !line.is_empty());
    Some(Entry {
        address,
        kind: base.name.kind.word(),
        title: base.title.clone(),
        line: line.unwrap_or_else(|| opening.trim().to_owned()),
        names: names(source, base),
        sections: sections(source, parts, base, prose),
        card: card::of(source, base),
        teams,
        owner: owner.map(|owner| owner.name.id.clone()),
        hue: if base.name.kind == Kind::Role {
            source.playbook.roles.get(&base.name.id).map_or(0, |r| card::role_of(source, r).hue)
        } else {
            0
        },
        name: Some(base.name.clone()),
    })
}

/// What a record is found by.
pub fn names(source: &Source<'_>, base: &Base) -> Vec<Phrase> {
    let p = source.playbook;
    let id = base.name.id.as_str();
    // An announcement is called after what it tells of, which is looked for more often.
    let mut names = vec![phrase(if base.name.kind == Kind::Change { "news" } else { "title" }, &base.title)];
    let ids = std::iter::once(id).chain(base.common.was.iter().map(|was| was.value.as_str()));
    let title = base.title.to_lowercase().replace(' ', "-");
    names.extend(ids.filter(|id| *id != title && base.name.kind != Kind::Playbook).map(|id| phrase("id", &id.replace(['/', '-'], " "))));
    match base.name.kind {
        Kind::Term => p.terms.get(id).into_iter().for_each(|term| {
            names.extend(term.retired.iter().filter_map(|old| retired(old, &base.title)));
            names.extend(term.synonyms.iter().map(|s| because("alias", &s.value, format!("Another word for {}", base.title))));
            names.extend(term.avoid.iter().map(|a| because("retired", &a.value, format!("Better say {}", base.title))));
            names.extend(term.abbreviates.iter().map(|long| because("alias", long, format!("Shortened to {}", base.title))));
        }),
        Kind::Offering => {
            names.extend(p.offerings.get(id).into_iter().flat_map(|o| &o.formerly).filter_map(|old| retired(old, &base.title)));
        }
        Kind::Page => {
            let answers = p.pages.get(id).into_iter().flat_map(|page| &page.answers).map(|a| source.speaker().words(a));
            names.extend(answers.map(|question| because("answers", &question, question.clone())));
        }
        Kind::Area => {
            let question = p.areas.get(id).and_then(|area| area.question.as_ref()).map(|q| source.speaker().words(q));
            names.extend(question.map(|question| because("answers", &question, question.clone())));
        }
        Kind::Role => p.roles.get(id).into_iter().for_each(|role| {
            names.extend(role.ask_me_about.iter().map(|about| because("ask", about, format!("Ask about {about}"))));
            let decisions = role.authority.iter().filter_map(|may| may.decision.as_ref().map(|d| (source.speaker().words(d), &may.limit)));
            names.extend(decisions.map(|(decision, limit)| {
                let limit = limit.as_ref().map_or_else(String::new, |limit| format!(", up to {limit}"));
                because("decides", &decision, format!("May decide: {decision}{limit}"))
            }));
        }),
        _ => {}
    }
    names.extend(base.common.tags.iter().map(|tag| phrase("tag", tag)));
    names
}

fn retired(old: &OldName, now: &str) -> Option<Phrase> {
    let name = old.text()?;
    let until = old.until.map_or_else(String::new, |day| format!(" until {}", long_date(day)));
    Some(because("retired", name, format!("{now} was called {name}{until}")))
}

/// Fields that are names, or nothing a reader looks for.
const UNREAD: [&str; 14] = [
    "name",
    "formerly",
    "retired",
    "synonyms",
    "avoid",
    "abbreviates",
    "answers",
    "ask_me_about",
    "authority",
    "nav",
    "order",
    "url",
    "lessons",
    "caller_says",
];

fn sections(source: &Source<'_>, parts: &Parts, base: &Base, prose: Vec<prose::Part>) -> Vec<Section> {
    let mut head = facts(source, base);
    head.extend(parts.lines.get(&base.name).into_iter().flatten().cloned());
    let mut sections = vec![Section { text: head.join("\n"), ..Section::default() }];
    let Some(body) = &base.body else { return sections };
    for part in prose {
        let heading = part.heading.and_then(|at| body.outline.headings.get(at).map(|heading| (at, heading)));
        let text = part.text.trim_end();
        match heading {
            // A first heading that repeats the title is not shown.
            Some((0, heading))
                if heading.level == 1 && crate::model::link::fold(&heading.text) == crate::model::link::fold(&base.title) =>
            {
                add(&mut sections, text);
            }
            Some((_, heading)) => {
                sections.push(Section { anchor: route::heading(&heading.id), heading: heading.text.clone(), text: text.to_owned() });
            }
            None => add(&mut sections, text),
        }
    }
    sections
}

fn add(sections: &mut [Section], text: &str) {
    if let Some(head) = sections.first_mut().filter(|_| !text.is_empty()) {
        if !head.text.is_empty() {
            head.text.push('\n');
        }
        head.text.push_str(text);
    }
}

/// A record's own fields as lines: "Definition: …".
fn facts(source: &Source<'_>, base: &Base) -> Vec<String> {
    let speaker = source.speaker();
    let summary = base.common.summary.iter().map(|summary| speaker.words(summary));
    // Whom an announcement is for is not what it says.
    let beside = |key: &str| base.name.kind == Kind::Change && ["about", "tell", "read_by", "effective", "kind"].contains(&key);
    let facts = base.facts.iter().filter(|fact| !UNREAD.contains(&fact.key) && !beside(fact.key) && fact.datum != Datum::Nothing);
    let facts = facts.map(|fact| (fact.key, speaker.datum(&fact.datum))).filter(|(_, said)| !said.is_empty());
    let facts = facts.map(|(key, said)| format!("{}: {said}", field::label(key)));
    summary.chain(facts).collect()
}

/// What a role or a person has a part in, as lines of theirs.
struct Parts {
    lines: BTreeMap<Name, BTreeSet<String>>,
}

impl Parts {
    fn of(playbook: &Playbook) -> Self {
        let mut lines: BTreeMap<Name, BTreeSet<String>> = BTreeMap::new();
        let mut put = |role: &Ref<Role>, line: String| {
            lines.entry(role.name.clone()).or_default().insert(line);
        };
        for activity in &playbook.activities {
            for row in crate::model::raci::rows(activity) {
                for part in Part::ALL {
                    row.of(part).iter().for_each(|role| put(role, format!("{}: {}", field::label(part.word()), activity.title())));
                }
            }
        }
        for role in &playbook.roles {
            for person in &role.holders {
                lines.entry(person.name.clone()).or_default().insert(format!("Holds: {}", role.title()));
            }
        }
        Self { lines }
    }
}
