//! A role's page, in the first person: what I decide, do, promised, am measured by, learn first.
//!
//! For the one who holds the role, and for those who want to know what to expect of them.

use super::parts::{Fact, Letter, Link, RoleMark, Station, Ticket};
use super::{letters, numbers};
use crate::model::Record;
use crate::model::kinds::funnel::{Handoff, Promise};
use crate::model::kinds::goal::Metric;
use crate::model::kinds::responsibility::Activity;
use crate::model::kinds::role as kinds;
use crate::model::link::fold;
use crate::model::raci::{self, Part};
use crate::model::types::{Amount, Ref};
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A role.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// Its name.
    pub title: String,
    /// What it is for, as its holder would say it.
    pub lead: Option<Html>,
    /// The hue of its team.
    pub hue: u8,
    /// Held by, team, reports to, when away, ask me about.
    pub card: Vec<Fact>,
    /// What one has to be good at.
    pub skills: Vec<String>,
    /// What I decide.
    pub decides: Vec<Decision>,
    /// What I do: a table a letter, A before R.
    pub does: Vec<DoTable>,
    /// What I am only asked about or told: a line a letter.
    pub also: Vec<AlsoLine>,
    /// A sentence under "What I promised": what others promised me, and when the business is open.
    pub promised_note: Option<String>,
    /// What I promise.
    pub promises: Vec<Ticket>,
    /// What I am promised.
    pub promised: Vec<Ticket>,
    /// A sentence under "What I am measured by": with whom the goals are shared.
    pub measured_note: Option<String>,
    /// What I am measured by.
    pub measured: Vec<Measure>,
    /// What I learn first.
    pub learns: Option<Learning>,
    /// When we meet.
    pub meets: Vec<Meeting>,
    /// Whom I ask.
    pub asks: Vec<Ask>,
    /// What the role's own page says besides.
    pub body: Option<Prose>,
}

/// What a role may decide.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// How far, or what: "Up to £2,000".
    pub limit: String,
    /// What it is about, and who decides beyond it.
    pub text: Html,
}

/// The activities in which a role has one letter.
#[derive(Debug, Clone, Serialize)]
pub struct DoTable {
    /// Head of the activities: "I answer for".
    pub head: String,
    /// Heads of the three columns of other roles: "Does the work", "I ask before", "I tell after".
    pub columns: Vec<String>,
    /// The activities.
    pub rows: Vec<DoRow>,
}

/// An activity of a role, with the others in it.
#[derive(Debug, Clone, Serialize)]
pub struct DoRow {
    /// The role's letter.
    pub letter: Letter,
    /// The activity.
    pub activity: Link,
    /// A second line: "Within 4 business hours. Key accounts: Sales lead".
    pub note: Option<String>,
    /// The others, a cell for each of the table's columns.
    pub others: Vec<Others>,
}

/// The other roles in one column.
#[derive(Debug, Clone, Serialize)]
pub struct Others {
    /// The column's head again, shown beside the roles on small screens.
    pub head: String,
    /// The roles.
    pub roles: Vec<RoleMark>,
}

/// Activities told in a sentence.
#[derive(Debug, Clone, Serialize)]
pub struct AlsoLine {
    /// The role's letter.
    pub letter: Letter,
    /// "I am told about five more:"
    pub text: String,
    /// The activities.
    pub links: Vec<Link>,
}

/// A number a role or a team is measured by.
#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    /// Its name and page.
    pub metric: Link,
    /// A second line: "of those I hand over".
    pub note: Option<String>,
    /// How far it has come, as `chart::way` draws it.
    pub way: Html,
}

/// A learning path.
#[derive(Debug, Clone, Serialize)]
pub struct Learning {
    /// "Leaders path. Verified by Head of marketing."
    pub note: Option<String>,
    /// Its modules.
    pub stations: Vec<Station>,
}

/// A ritual.
#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    /// "Mondays, 09:30".
    pub when: String,
    /// The ritual.
    pub ritual: Link,
    /// "20 minutes, with Sales".
    pub about: String,
}

/// A matter and the role to ask about it.
#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    /// The matter: "A quote, a tasting".
    pub matter: String,
    /// Whom to ask.
    pub role: RoleMark,
}

/// The view of a role.
pub fn view(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Role {
    let mark = sheet.role_mark(role);
    let (promises, promised) = tickets(sheet, role);
    let measured = measured(sheet, role);
    Role {
        title: role.title().to_owned(),
        lead: sheet.words_of(role.base.common.summary.as_ref()),
        hue: mark.hue,
        card: card(sheet, role),
        skills: role.skills.clone(),
        decides: decisions(sheet, role),
        does: [Part::Accountable, Part::Responsible].into_iter().filter_map(|p| do_table(sheet, role, p)).collect(),
        also: [Part::Consulted, Part::Informed].into_iter().filter_map(|p| also(sheet, role, p)).collect(),
        promised_note: promised_note(sheet),
        promises,
        promised,
        measured_note: measured_note(sheet, role, !measured.is_empty()),
        measured,
        learns: learns(sheet, role),
        meets: meets(sheet, role),
        asks: asks(sheet, role),
        body: sheet.body(&role.base),
    }
}

fn card(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Vec<Fact> {
    let fact = |label: &str, value: Html| Fact { label: label.to_owned(), value };
    let holders: Vec<Html> = role.holders.iter().map(|h| sheet.linked(&h.name)).collect();
    let unknown = sheet.playbook().left_out.as_ref().is_some_and(|rest| rest.has_gap(&role.base.name.to_string()));
    let nobody = if unknown { "not shown here" } else { "nobody at present" };
    let held = if holders.is_empty() { Html::text(nobody) } else { Html::joined(&holders, ", ") };
    let mut card = vec![fact("Held by", held)];
    card.extend(role.team.as_ref().map(|t| fact("Team", sheet.linked(&t.name))));
    card.extend(role.reports_to.as_ref().map(|r| fact("Reports to", sheet.linked(&r.name))));
    card.extend(role.backup.as_ref().map(|r| fact("When away", sheet.linked(&r.name))));
    if !role.ask_me_about.is_empty() {
        card.push(fact("Ask me about", Html::text(&role.ask_me_about.join(", "))));
    }
    card
}

/// What it may decide: each limit by itself, all without one together.
fn decisions(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Vec<Decision> {
    let (limited, free): (Vec<_>, Vec<_>) = role.authority.iter().partition(|a| a.limit.is_some());
    let free: Vec<Html> = free.into_iter().map(|a| decision(sheet, role, a).text).collect();
    let mut decisions: Vec<Decision> = Vec::new();
    for authority in limited {
        let next = decision(sheet, role, authority);
        match decisions.iter_mut().find(|d| d.limit == next.limit) {
            Some(same) => same.text = Html::list(&[same.text.clone(), next.text]),
            None => decisions.push(next),
        }
    }
    if !free.is_empty() {
        decisions.push(Decision { limit: "On my own".to_owned(), text: Html::list(&free) });
    }
    decisions
}

/// What it may decide; beyond the limit, the role above that may decide the same.
fn decision(sheet: &Sheet<'_>, role: &Record<kinds::Role>, authority: &kinds::Authority) -> Decision {
    let says = authority.decision.as_ref().map(|d| sheet.words(d)).unwrap_or_default();
    let limit = match &authority.limit {
        Some(limit) => format!("Up to {limit}"),
        None => "On my own".to_owned(),
    };
    let same = authority.decision.as_ref().map(|d| fold(&sheet.plain(d))).unwrap_or_default();
    let above = role.reports_to.as_ref().map(|r| &sheet.playbook().roles[r]).and_then(|boss| {
        let theirs = boss.authority.iter().find(|a| a.decision.as_ref().is_some_and(|d| fold(&sheet.plain(d)) == same))?;
        Some((boss, theirs.limit.as_ref().map(|l| format!(" up to {l}")).unwrap_or_default()))
    });
    let text = match above {
        Some((boss, limit)) if authority.limit.is_some() => {
            Html::joined(&[says, Html::text(". Above that, "), sheet.linked(&boss.base.name), Html::text(&format!("{limit}."))], "")
        }
        _ => says,
    };
    Decision { limit, text }
}

/// The rows of activities in which a role has a part: its own row first, else the first condition's.
fn parts<'a>(sheet: &Sheet<'a>, role: &Record<kinds::Role>) -> Vec<(&'a Record<Activity>, raci::Row<'a>, Vec<Part>)> {
    let Some(at) = sheet.playbook().roles.iter().position(|r| r.id() == role.id()) else { return Vec::new() };
    let mut found = Vec::new();
    for activity in &sheet.playbook().activities {
        let row = raci::rows(activity).into_iter().find(|r| !r.parts_of(at).is_empty());
        found.extend(row.map(|row| {
            let parts = row.parts_of(at);
            (activity, row, parts)
        }));
    }
    found
}

fn do_table(sheet: &Sheet<'_>, role: &Record<kinds::Role>, part: Part) -> Option<DoTable> {
    let (head, columns) = match part {
        Part::Accountable => ("I answer for", ["Does the work", "I ask before", "I tell after"]),
        _ => ("I do the work on", ["Answers for it", "We ask before", "We tell after"]),
    };
    let others = match part {
        Part::Accountable => [Part::Responsible, Part::Consulted, Part::Informed],
        _ => [Part::Accountable, Part::Consulted, Part::Informed],
    };
    let hue = sheet.role_mark(role).hue;
    let mine = parts(sheet, role).into_iter().filter(|(_, _, parts)| parts.first() == Some(&part));
    let rows: Vec<DoRow> = mine
        .filter_map(|(activity, row, parts)| {
            let cells = others.iter().zip(columns).map(|(p, head)| Others {
                head: head.to_owned(),
                roles: row.of(*p).iter().map(|r| sheet.role(r)).filter(|r| r.label != role.title()).collect(),
            });
            Some(DoRow {
                letter: letters::mark(&parts, hue)?,
                activity: sheet.link(&activity.base.name),
                note: note(sheet, activity, &row),
                others: cells.collect(),
            })
        })
        .collect();
    (!rows.is_empty()).then(|| DoTable { head: head.to_owned(), columns: columns.map(str::to_owned).to_vec(), rows })
}

/// "Within 4 business hours. Key accounts: Sales lead".
fn note(sheet: &Sheet<'_>, activity: &Record<Activity>, row: &raci::Row<'_>) -> Option<String> {
    let mut notes = Vec::new();
    if let Some(segment) = row.condition.and_then(|c| c.segment.as_ref()) {
        notes.push(format!("For {} only", sheet.link_ref(segment).label.to_lowercase()));
    }
    notes.extend(activity.within.as_ref().map(|w| format!("Within {w}")));
    if row.condition.is_none() {
        for when in &activity.when {
            let other = when.accountable.role().zip(when.segment.as_ref());
            notes.extend(other.map(|(role, segment)| format!("{}: {}", sheet.link_ref(segment).label, sheet.link_ref(role).label)));
        }
    }
    (!notes.is_empty()).then(|| notes.join(". "))
}

fn also(sheet: &Sheet<'_>, role: &Record<kinds::Role>, part: Part) -> Option<AlsoLine> {
    let mine = parts(sheet, role).into_iter().filter(|(_, _, parts)| parts.first() == Some(&part));
    let links: Vec<Link> = mine.map(|(a, _, _)| sheet.link(&a.base.name)).collect();
    let count = numbers::counted(u32::try_from(links.len()).unwrap_or(u32::MAX), "activity").replace("activitys", "activities");
    let text = match part {
        Part::Consulted => format!("I am asked before {count}:"),
        _ => format!("I am told about {count}:"),
    };
    (!links.is_empty()).then(|| AlsoLine { letter: letters::one(part, sheet.role_mark(role).hue), text, links })
}

/// What a role promises and is promised, in hand-overs and feedback loops.
fn tickets(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> (Vec<Ticket>, Vec<Ticket>) {
    let p = sheet.playbook();
    let is_me = |r: &Ref<kinds::Role>| r.name == role.base.name;
    let (mut promises, mut promised) = (Vec::new(), Vec::new());
    for handoff in &p.handoffs {
        let ends = [&handoff.from, &handoff.to].map(|s| s.as_ref().and_then(|s| p.stages[s].base.common.owner.as_ref()));
        let concerned = ends.iter().flatten().any(|o| is_me(o)) || handoff.sla.iter().any(|s| s.who.as_ref().is_some_and(&is_me));
        for promise in handoff.sla.iter().filter(|s| s.who.is_some()) {
            let Some(who) = &promise.who else { continue };
            let ticket = ticket(sheet, promise, handoff, who);
            if is_me(who) {
                let to = ends.iter().flatten().find(|o| !is_me(o)).map(|o| sheet.role(o).label);
                promises.push(Ticket { party: to.map_or_else(String::new, |t| format!("to {t}")), ..ticket });
            } else if concerned && sheet.role_hue(who) != sheet.role_mark(role).hue {
                promised.push(Ticket { party: format!("by {}", sheet.role(who).label), ..ticket });
            }
        }
    }
    for circle in &p.loops {
        let (Some(from), Some(to), Some(within)) = (&circle.from, &circle.to, &circle.answer_within) else { continue };
        let ticket = |party: String| Ticket {
            amount: within.count.to_string(),
            unit: within.unit_words(),
            text: format!("An answer to: {}", circle.title()),
            href: Some(sheet.href_of(&circle.base.name)),
            party,
            broken: None,
            hue: sheet.role_hue(to),
        };
        if is_me(to) {
            promises.push(ticket(format!("to {}", sheet.role(from).label)));
        } else if is_me(from) {
            promised.push(ticket(format!("by {}", sheet.role(to).label)));
        }
    }
    (merged(promises), merged(promised))
}

/// The same promise to or by several is one ticket.
fn merged(tickets: Vec<Ticket>) -> Vec<Ticket> {
    let mut out: Vec<Ticket> = Vec::new();
    for ticket in tickets {
        match out.iter_mut().find(|t| t.text == ticket.text && t.amount == ticket.amount && t.unit == ticket.unit) {
            Some(same) if same.party != ticket.party => {
                same.party = format!("{} and {}", same.party, ticket.party.trim_start_matches("to ").trim_start_matches("by "));
            }
            Some(_) => {}
            None => out.push(ticket),
        }
    }
    out
}

fn ticket(sheet: &Sheet<'_>, promise: &Promise, handoff: &Record<Handoff>, who: &Ref<kinds::Role>) -> Ticket {
    let within = promise.within.as_ref();
    Ticket {
        amount: within.map_or_else(|| "?".to_owned(), |w| w.count.to_string()),
        unit: within.map_or_else(|| "not said how soon".to_owned(), |w| w.unit_words()),
        text: promise.promises.as_ref().map(|w| capital(&sheet.plain(w))).unwrap_or_default(),
        href: Some(sheet.href_of(&handoff.base.name)),
        party: String::new(),
        broken: None,
        hue: sheet.role_hue(who),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn promised_note(sheet: &Sheet<'_>) -> Option<String> {
    let calendar = sheet.playbook().own()?.calendar.as_ref()?;
    let hours = calendar.hours.as_ref()?.0.replace('-', " to ");
    let days = calendar.days.as_ref().map_or_else(String::new, |d| match d.0.as_str() {
        "mon-fri" => ", Monday to Friday".to_owned(),
        other => format!(", {other}"),
    });
    Some(format!("And what others promised me. Business hours are {hours}{days}."))
}

/// The numbers of the goals it carries: its team's part where it has one, else the goal's own first number.
fn measured(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Vec<Measure> {
    let p = sheet.playbook();
    let hue = sheet.role_mark(role).hue;
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for goal in p.goals.iter().filter(|g| g.owners.iter().any(|o| o.name == role.base.name)) {
        let part = goal.submetrics.iter().find(|s| s.team.as_ref().map(|t| &t.name) == role.team.as_ref().map(|t| &t.name));
        let (metric, target) = match part {
            Some(part) => (part.metric.as_ref(), part.target.as_ref()),
            None => (goal.metrics.first(), None),
        };
        let Some(metric) = metric.filter(|m| !seen.contains(&m.at)) else { continue };
        seen.push(metric.at);
        out.push(measure(sheet, metric, target, hue, Some(goal.title())));
    }
    out
}

/// A metric with how far it has come; the note says for which goal.
pub fn measure(sheet: &Sheet<'_>, metric: &Ref<Metric>, target: Option<&Amount>, hue: u8, goal: Option<&str>) -> Measure {
    let record = &sheet.playbook().metrics[metric];
    Measure {
        metric: sheet.link_ref(metric),
        note: goal.filter(|g| *g != record.title()).map(|g| format!("for {g}")),
        way: numbers::way(record, target, hue),
    }
}

/// With whom the goals are shared.
fn measured_note(sheet: &Sheet<'_>, role: &Record<kinds::Role>, any: bool) -> Option<String> {
    let goals = sheet.playbook().goals.iter().filter(|g| g.owners.iter().any(|o| o.name == role.base.name));
    let mut others: Vec<RoleMark> = Vec::new();
    for owner in goals.flat_map(|g| &g.owners).filter(|o| o.name != role.base.name) {
        let mark = sheet.role(owner);
        if !others.iter().any(|o| o.label == mark.label) {
            others.push(mark);
        }
    }
    (any && !others.is_empty()).then(|| format!("Shared with {}.", letters::names(&others)))
}

fn learns(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Option<Learning> {
    let team = role.team.as_ref().map(|t| &t.name);
    let paths = &sheet.playbook().paths;
    let named = |name: &crate::model::Name| paths.iter().find(|p| p.learners.iter().any(|l| &l.name == name));
    let path = named(&role.base.name).or_else(|| team.and_then(named))?;
    let stations = path.modules.iter().enumerate().filter_map(|(i, step)| {
        let module = step.module.as_ref()?;
        Some(Station {
            label: sheet.link_ref(module).label,
            href: Some(sheet.href_of(&module.name)),
            note: step.by_day.map(|d| format!("by day {d}")),
            state: if i == 0 { "now" } else { "later" },
        })
    });
    let hours = path.hours.map(|h| format!(", {h} hours in all")).unwrap_or_default();
    Some(Learning { note: Some(format!("The path “{}”{hours}.", path.title())), stations: stations.collect() })
}

fn meets(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Vec<Meeting> {
    let p = sheet.playbook();
    let mine = p.rituals.iter().filter(|r| {
        r.attends.iter().any(|a| a.name == role.base.name) || r.base.common.owner.as_ref().is_some_and(|o| o.name == role.base.name)
    });
    mine.map(|ritual| {
        let mut teams: Vec<String> = Vec::new();
        for team in ritual.attends.iter().filter_map(|a| p.team_of(a)) {
            if Some(team.id()) != role.team.as_ref().map(|t| t.name.id.as_str()) && !teams.contains(&team.title().to_owned()) {
                teams.push(team.title().to_owned());
            }
        }
        let with = if teams.is_empty() { String::new() } else { format!("with {}", teams.join(", ")) };
        let length = ritual.cadence.as_ref().and_then(|c| c.length()).unwrap_or_default();
        Meeting {
            when: ritual.cadence.as_ref().map_or_else(String::new, |c| c.when()),
            ritual: sheet.link(&ritual.base.name),
            about: [length, with].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", "),
        }
    })
    .collect()
}

/// The role above, and those it asks before it acts, each with what they say one may ask them.
fn asks(sheet: &Sheet<'_>, role: &Record<kinds::Role>) -> Vec<Ask> {
    let p = sheet.playbook();
    let mut whom: Vec<&Ref<kinds::Role>> = role.reports_to.iter().collect();
    for (_, row, mine) in parts(sheet, role) {
        if matches!(mine.first(), Some(Part::Accountable | Part::Responsible)) {
            whom.extend(row.of(Part::Consulted).iter().copied());
        }
    }
    let mut seen = Vec::new();
    whom.retain(|r| {
        let new = !seen.contains(&r.at) && r.name != role.base.name && !p.roles[*r].ask_me_about.is_empty();
        seen.push(r.at);
        new
    });
    whom.into_iter().take(6).map(|r| Ask { matter: capital(&p.roles[r].ask_me_about.join(", ")), role: sheet.role(r) }).collect()
}
