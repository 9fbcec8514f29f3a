//! Answers: what a record says in a few facts, for somebody with a customer on the phone.
//!
//! Only typed facts stand on a card. Prose is never asked: no card is better than a wrong one.

use super::entries::Source;
use crate::model::kinds::funnel::{Handoff, Stage};
use crate::model::kinds::goal::Metric;
use crate::model::kinds::offering::Offering;
use crate::model::kinds::responsibility::Activity;
use crate::model::kinds::role::{Person, Role};
use crate::model::kinds::team::{Team, hue};
use crate::model::types::Ref;
use crate::model::value::long_date;
use crate::model::{Base, Kind, Name, Record};

/// An answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card {
    /// What stands beside the title: a price, a number.
    pub figure: Option<String>,
    /// What that was before.
    pub before: Option<String>,
    /// Names that were given up, and until when.
    pub formerly: Vec<(String, Option<String>)>,
    /// What it is, in its own words.
    pub text: Option<String>,
    /// What to answer a caller, and who such a caller is.
    pub say: Option<(String, String)>,
    /// Facts, each with its label.
    pub rows: Vec<Row>,
}

/// A fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// "Accountable".
    pub label: String,
    /// What it says.
    pub values: Vec<Value>,
}

/// One of a fact's values.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The words.
    pub text: String,
    /// What stands behind them, smaller.
    pub note: String,
    /// The record they name.
    pub name: Option<Name>,
    /// The hue of its team, 0 for none.
    pub hue: u8,
}

impl Value {
    fn text(text: String) -> Self {
        Self { text, note: String::new(), name: None, hue: 0 }
    }
}

fn row(label: &str, values: Vec<Value>) -> Option<Row> {
    (!values.is_empty()).then(|| Row { label: label.to_owned(), values })
}

/// A role beside its team's dot, and who holds it.
pub fn role(source: &Source<'_>, role: &Ref<Role>) -> Value {
    role_of(source, &source.playbook.roles[role])
}

/// The same of a record.
pub fn role_of(source: &Source<'_>, role: &Record<Role>) -> Value {
    let holders = role.holders.iter().map(|h| source.playbook.people[h].title().to_owned()).collect::<Vec<_>>().join(", ");
    let hue = role.team.as_ref().map_or(0, |team| hue(team.at));
    Value { text: role.title().to_owned(), note: holders, name: Some(role.base.name.clone()), hue }
}

fn roles(source: &Source<'_>, list: &[Ref<Role>]) -> Vec<Value> {
    list.iter().map(|r| role(source, r)).collect()
}

fn record(source: &Source<'_>, name: &Name) -> Value {
    Value { text: source.speaker().title(name), note: String::new(), name: Some(name.clone()), hue: 0 }
}

fn team(source: &Source<'_>, team: &Ref<Team>) -> Value {
    Value { hue: hue(team.at), ..record(source, &team.name) }
}

/// The card of a record; kinds that are mostly prose have none.
pub fn of(source: &Source<'_>, base: &Base) -> Option<Card> {
    let (p, id) = (source.playbook, base.name.id.as_str());
    let card = match base.name.kind {
        Kind::Offering => offering(source, p.offerings.get(id)?),
        Kind::Term => term(source, p.terms.get(id)?),
        Kind::Activity => activity(source, p.activities.get(id)?),
        Kind::Role => of_role(source, p.roles.get(id)?),
        Kind::Person => person(source, p.people.get(id)?),
        Kind::Team => of_team(source, p.teams.get(id)?),
        Kind::Stage => stage(source, p.stages.get(id)?),
        Kind::Handoff => handoff(source, p.handoffs.get(id)?),
        Kind::Goal => goal(source, p.goals.get(id)?),
        Kind::Metric => metric(source, p.metrics.get(id)?),
        Kind::Recycle | Kind::Ritual | Kind::Tool | Kind::Loop => other(source, base)?,
        _ => return None,
    };
    Some(card)
}

fn kept_by(source: &Source<'_>, base: &Base) -> Option<Row> {
    row("Kept by", base.common.owner.iter().map(|owner| role(source, owner)).collect())
}

fn offering(source: &Source<'_>, offering: &Record<Offering>) -> Card {
    let now = offering.price_on(source.today);
    let before = offering.price.iter().filter(|p| now.is_some_and(|now| p.from < now.from)).max_by_key(|p| p.from);
    let amount = |price: &crate::model::kinds::offering::Price| price.amount.as_ref().map(ToString::to_string);
    let formerly = offering.formerly.iter().filter_map(|old| Some((old.text()?.to_owned(), old.until.map(long_date))));
    let speaker = source.speaker();
    let say = offering.caller_says.as_ref().map(|says| {
        let old = offering.formerly.iter().max_by_key(|f| f.until).and_then(|f| f.text()).unwrap_or(offering.title());
        (format!("When a caller asks for {old}, say"), speaker.words(says))
    });
    Card {
        figure: now.and_then(amount),
        before: before.and_then(amount),
        formerly: formerly.collect(),
        text: offering.base.common.summary.as_ref().map(|s| speaker.words(s)),
        say,
        rows: [
            row("For", offering.segments.iter().map(|s| record(source, &s.name)).collect()),
            row("Not for", offering.not_for.iter().map(|w| Value::text(speaker.words(w))).collect()),
            kept_by(source, &offering.base),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn term(source: &Source<'_>, term: &Record<crate::model::kinds::term::Term>) -> Card {
    let speaker = source.speaker();
    let apart = term.not_to_confuse.iter().filter_map(|other| {
        let mut value = record(source, &other.term.as_ref()?.name);
        value.note = other.why.as_ref().map(|why| speaker.words(why)).unwrap_or_default();
        Some(value)
    });
    Card {
        formerly: term.retired.iter().filter_map(|old| Some((old.text()?.to_owned(), old.until.map(long_date)))).collect(),
        text: term.definition.as_ref().map(|d| speaker.words(d)),
        rows: [
            row("Not to be confused with", apart.collect()),
            row("Stage", term.stage.iter().map(|s| record(source, &s.name)).collect()),
            kept_by(source, &term.base),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Card::default()
    }
}

fn activity(source: &Source<'_>, activity: &Record<Activity>) -> Card {
    let within = activity.within.iter().map(|within| Value::text(within.to_string()));
    let elsewhere = activity.when.iter().filter_map(|when| {
        let segment = source.speaker().title(&when.segment.as_ref()?.name);
        row(&format!("For {}", segment.to_lowercase()), roles(source, &when.accountable.roles))
    });
    let own = [
        row("Accountable", roles(source, &activity.accountable.roles)),
        row("Responsible", roles(source, &activity.responsible)),
        row("Within", within.collect()),
        row("Consulted", roles(source, &activity.consulted)),
        row("Informed", roles(source, &activity.informed)),
    ];
    Card {
        text: activity.why.as_ref().map(|why| source.speaker().words(why)),
        rows: own.into_iter().flatten().chain(elsewhere).collect(),
        ..Card::default()
    }
}

fn of_role(source: &Source<'_>, role: &Record<Role>) -> Card {
    let p = source.playbook;
    let holders: Vec<Value> = role.holders.iter().map(|h| record(source, &p.people[h].base.name)).collect();
    let vacant = vec![Value::text("nobody at present".to_owned())];
    let about: Vec<Value> = role.ask_me_about.iter().map(|about| Value::text(about.clone())).collect();
    Card {
        text: role.base.common.summary.as_ref().map(|s| source.speaker().words(s)),
        rows: [
            row("Held by", if holders.is_empty() { vacant } else { holders }),
            row("Ask about", about),
            row("Team", role.team.iter().map(|t| team(source, t)).collect()),
            row("Stands in", role.backup.iter().map(|b| self::role(source, b)).collect()),
            row("Reports to", role.reports_to.iter().map(|r| self::role(source, r)).collect()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Card::default()
    }
}

fn person(source: &Source<'_>, person: &Record<Person>) -> Card {
    let held = source.playbook.roles.iter().filter(|r| r.holders.iter().any(|h| h.name == person.base.name));
    let held: Vec<&Record<Role>> = held.collect();
    let about = held.iter().flat_map(|r| &r.ask_me_about).map(|about| Value::text(about.clone()));
    let roles = held.iter().map(|r| Value { note: String::new(), ..role_of(source, r) });
    let contact = person.contact.iter().map(|contact| Value::text(contact.clone()));
    Card {
        rows: [row("Role", roles.collect()), row("Ask about", about.collect()), row("Reach", contact.collect())]
            .into_iter()
            .flatten()
            .collect(),
        ..Card::default()
    }
}

fn of_team(source: &Source<'_>, team: &Record<Team>) -> Card {
    let members = source.playbook.roles_of(team).into_iter().map(|r| role_of(source, r));
    Card {
        text: team.motivation.as_ref().map(|m| source.speaker().words(m)),
        rows: [row("Led by", team.lead.iter().map(|l| role(source, l)).collect()), row("Roles", members.collect())]
            .into_iter()
            .flatten()
            .collect(),
        ..Card::default()
    }
}

fn stage(source: &Source<'_>, stage: &Record<Stage>) -> Card {
    let speaker = source.speaker();
    let exit = stage.exit.iter().filter_map(|c| c.text.as_ref()).map(|text| Value::text(speaker.words(text)));
    Card {
        text: stage.definition.as_ref().map(|d| speaker.words(d)),
        rows: [row("To go on", exit.collect()), kept_by(source, &stage.base)].into_iter().flatten().collect(),
        ..Card::default()
    }
}

fn handoff(source: &Source<'_>, handoff: &Record<Handoff>) -> Card {
    Card {
        text: handoff.base.common.summary.as_ref().map(|s| source.speaker().words(s)),
        rows: handoff.sla.iter().filter_map(|promise| promised(source, promise)).collect(),
        ..Card::default()
    }
}

/// "Sales lead promises: a yes or a no within 4 business hours", as a row.
fn promised(source: &Source<'_>, promise: &crate::model::kinds::funnel::Promise) -> Option<Row> {
    let who = role(source, promise.who.as_ref()?);
    let within = promise.within.as_ref().map_or_else(String::new, |within| format!("within {within}"));
    let what = Value { note: within, ..Value::text(source.speaker().words(promise.promises.as_ref()?)) };
    Some(Row { label: who.text, values: vec![what] })
}

fn goal(source: &Source<'_>, goal: &Record<crate::model::kinds::goal::Goal>) -> Card {
    let figures = goal.metrics.iter().map(|m| {
        let metric = &source.playbook.metrics[m];
        Value { note: standing(metric).unwrap_or_default(), ..record(source, &m.name) }
    });
    Card {
        text: goal.why.as_ref().map(|why| source.speaker().words(why)),
        rows: [
            row("Carried by", roles(source, &goal.owners)),
            row("Told by", figures.collect()),
            row("Due", goal.due.iter().map(|due| Value::text(long_date(*due))).collect()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Card::default()
    }
}

fn metric(source: &Source<'_>, metric: &Record<Metric>) -> Card {
    let amount = |decimal: crate::model::value::Decimal| metric.show(&decimal.to_string());
    Card {
        figure: metric.series.last().map(|point| amount(point.value)),
        before: None,
        text: metric.definition.as_ref().map(|d| source.speaker().words(d)),
        rows: [
            row("Target", metric.target.iter().map(|t| Value::text(amount(t.0))).collect()),
            row("Read from", metric.source.iter().map(|tool| record(source, &tool.name)).collect()),
            kept_by(source, &metric.base),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Card::default()
    }
}

/// "37, target 45".
fn standing(metric: &Metric) -> Option<String> {
    let now = metric.series.last().map(|point| metric.show(&point.value.to_string()));
    let target = metric.target.map(|t| format!("target {}", metric.show(&t.0.to_string())));
    let parts: Vec<String> = now.into_iter().chain(target).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What is told by its own fields.
fn other(source: &Source<'_>, base: &Base) -> Option<Card> {
    let (p, speaker, id) = (source.playbook, source.speaker(), base.name.id.as_str());
    let said = |words: &Option<crate::model::field::Words>| words.iter().map(|w| Value::text(speaker.words(w))).collect::<Vec<_>>();
    let summary = || base.common.summary.as_ref().map(|s| speaker.words(s));
    let (text, rows) = match base.name.kind {
        Kind::Recycle => {
            let way = p.recycles.get(id)?;
            let place = |label, stage: &Option<Ref<Stage>>| row(label, stage.iter().map(|s| record(source, &s.name)).collect());
            let back = row("Comes back when", said(&way.return_when));
            (summary(), vec![place("Waits in", &way.to), back, place("Comes back to", &way.return_to), kept_by(source, base)])
        }
        Kind::Ritual => {
            let ritual = p.rituals.get(id)?;
            let when = ritual.cadence.iter().map(|c| Value::text(c.to_string())).collect();
            (summary(), vec![row("When", when), row("Who comes", roles(source, &ritual.attends)), kept_by(source, base)])
        }
        Kind::Tool => {
            let tool = p.tools.get(id)?;
            let teams = tool.used_by.iter().map(|t| team(source, t)).collect();
            (summary(), vec![row("Opened by", teams), row("How to get in", said(&tool.access)), kept_by(source, base)])
        }
        _ => {
            let told = p.loops.get(id)?;
            let one = |label, role: &Option<Ref<Role>>| row(label, role.iter().map(|r| self::role(source, r)).collect());
            let soon = told.answer_within.iter().map(|within| Value::text(format!("within {within}"))).collect();
            (summary(), vec![one("From", &told.from), one("To", &told.to), row("Answered", soon)])
        }
    };
    Some(Card { text, rows: rows.into_iter().flatten().collect(), ..Card::default() })
}

/// What a record is, in one line; nothing where only its prose says it.
pub fn line(source: &Source<'_>, base: &Base) -> String {
    let (p, speaker, id) = (source.playbook, source.speaker(), base.name.id.as_str());
    let titles = |label: &str, roles: &[Ref<Role>]| {
        let titles: Vec<&str> = roles.iter().map(|r| p.roles[r].title()).collect();
        (!titles.is_empty()).then(|| format!("{label} {}", titles.join(", ")))
    };
    let summary = || base.common.summary.as_ref().map(|s| speaker.words(s));
    let own = match base.name.kind {
        Kind::Activity => p.activities.get(id).map(|a| {
            let letters =
                [("A", &a.accountable.roles), ("R", &a.responsible), ("C", &a.consulted), ("I", &a.informed)].map(|(l, of)| titles(l, of));
            letters.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
        }),
        Kind::Role => p.roles.get(id).map(|role| {
            let holders = role.holders.iter().map(|h| p.people[h].title());
            let team = role.team.iter().map(|t| p.teams[t].title());
            holders.chain(team).collect::<Vec<_>>().join(", ")
        }),
        Kind::Person => {
            let held = p.roles.iter().filter(|r| r.holders.iter().any(|h| h.name == base.name)).map(Record::title);
            Some(held.collect::<Vec<_>>().join(", "))
        }
        Kind::Term => p.terms.get(id).and_then(|t| t.definition.as_ref()).map(|d| speaker.words(d)),
        Kind::Stage => p.stages.get(id).and_then(|s| s.definition.as_ref()).map(|d| speaker.words(d)),
        Kind::Metric => p.metrics.get(id).and_then(|m| standing(m)),
        Kind::Goal => p.goals.get(id).and_then(|g| g.why.as_ref()).map(|w| speaker.words(w)),
        Kind::Ritual => p.rituals.get(id).and_then(|r| r.cadence.as_ref()).map(ToString::to_string),
        Kind::Team => p.teams.get(id).and_then(|t| t.motivation.as_ref()).map(|m| speaker.words(m)),
        Kind::Offering => speaker.fact(&base.name, "price").map(|price| match summary() {
            Some(summary) => format!("{price}. {summary}"),
            None => price,
        }),
        _ => None,
    };
    own.filter(|own| !own.is_empty()).or_else(summary).unwrap_or_default()
}

/// The teams a record concerns, by id.
pub fn teams(source: &Source<'_>, base: &Base) -> Vec<String> {
    let (p, id) = (source.playbook, base.name.id.as_str());
    let of_role = |role: &Ref<Role>| p.roles[role].team.as_ref().map(|team| team.name.id.clone());
    let of_roles = |roles: &[Ref<Role>]| roles.iter().filter_map(of_role).collect::<Vec<_>>();
    let mut teams: Vec<String> = match base.name.kind {
        Kind::Team => vec![base.name.id.clone()],
        Kind::Role => p.roles.get(id).and_then(|r| r.team.as_ref()).map(|t| t.name.id.clone()).into_iter().collect(),
        Kind::Person => {
            let held = p.roles.iter().filter(|r| r.holders.iter().any(|h| h.name == base.name));
            held.filter_map(|r| r.team.as_ref()).map(|t| t.name.id.clone()).collect()
        }
        Kind::Stage => p.stages.get(id).map(|s| s.teams.iter().map(|t| t.name.id.clone()).collect()).unwrap_or_default(),
        Kind::Activity => {
            p.activities.get(id).map(|a| of_roles(&[a.accountable.roles.as_slice(), &a.responsible].concat())).unwrap_or_default()
        }
        Kind::Handoff => {
            p.handoffs.get(id).map(|h| h.sla.iter().filter_map(|s| s.who.as_ref().and_then(of_role)).collect()).unwrap_or_default()
        }
        Kind::Goal => p.goals.get(id).map(|g| of_roles(&g.owners)).unwrap_or_default(),
        Kind::Tool => p.tools.get(id).map(|t| t.used_by.iter().map(|t| t.name.id.clone()).collect()).unwrap_or_default(),
        Kind::Ritual => p.rituals.get(id).map(|r| of_roles(&r.attends)).unwrap_or_default(),
        _ => Vec::new(),
    };
    if teams.is_empty() {
        teams.extend(base.common.owner.as_ref().and_then(of_role));
    }
    teams.sort();
    teams.dedup();
    teams
}
