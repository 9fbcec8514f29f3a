//! Home: the one goal, each team's part in it, where a reader's own page is, and five doors.
//!
//! For everyone; in the order of a first visit, which is also what a reader without script sees.

use super::changes::Choice;
use super::numbers;
use super::parts::{Empty, Link, Station};
use crate::model::Record;
use crate::model::kinds::goal::{Goal, Metric, Scope};
use crate::model::kinds::training::{Module, Path};
use crate::model::types::Unit;
use crate::model::value::month_year;
use crate::route::{self, Listing};
use crate::site::html::Html;
use crate::site::prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The first page.
#[derive(Debug, Clone, Serialize)]
pub struct Home {
    /// A few words over the goal: "What we are all trying to do".
    pub eyebrow: Option<String>,
    /// The goal, the largest words of the site: "£260k a month by March 2027". The playbook's name where there is no goal.
    pub goal: String,
    /// The goal's page.
    pub goal_href: Option<String>,
    /// Why we want that, in two or three sentences.
    pub why: Option<Html>,
    /// What to do next, the first one a filled button: "Find your role" (to `#who`), "Who do I ask?".
    pub actions: Vec<Link>,
    /// For those in their first week: "First week? Start with Foundation, 4 hours in all".
    pub first_week: Option<Html>,
    /// The goal's chart with its finding, as `chart::home_chart` draws it.
    pub chart: Option<Html>,
    /// What is new since the reader was last here, filled in by their browser.
    pub since: Option<Since>,
    /// How far each team has come with its part, three as a rule.
    pub ways: Vec<TeamWay>,
    /// A sentence under "Who are you?".
    pub teams_note: String,
    /// All roles by team, each a link to its page.
    pub teams: Vec<TeamRoles>,
    /// The first learning path.
    pub start: Option<Start>,
    /// What is missing and where to write it: goals, roles, training.
    pub empty: Vec<Empty>,
    /// Responsibilities, Terms, Goals, Customer experience, Messaging.
    pub doors: Vec<Door>,
}

/// What a browser needs to tell what is new since the reader was last here.
#[derive(Debug, Clone, Serialize)]
pub struct Since {
    /// The version that stands now.
    pub now: String,
    /// The newest that was released, which a browser remembers: what is not released yet has no name to come back to.
    pub seen: String,
    /// The file with what changed since each version.
    pub data: String,
    /// The page of every version.
    pub all: String,
    /// The roles that can be chosen.
    pub roles: Vec<Choice>,
}

/// A team's part of the goal.
#[derive(Debug, Clone, Serialize)]
pub struct TeamWay {
    /// The team.
    pub team: String,
    /// Its hue.
    pub hue: u8,
    /// What it brings: "Ready enquiries that Sales accepts".
    pub label: String,
    /// The page of that goal.
    pub href: String,
    /// How far it has come, as `chart::way` draws it.
    pub way: Html,
}

/// A team and the roles in it.
#[derive(Debug, Clone, Serialize)]
pub struct TeamRoles {
    /// The team.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Its hue.
    pub hue: u8,
    /// Its roles.
    pub roles: Vec<Link>,
}

/// Where a new colleague begins.
#[derive(Debug, Clone, Serialize)]
pub struct Start {
    /// A sentence on the path: "Foundation: nine stations, the same for everyone. 4 hours, in your first week."
    pub note: String,
    /// Its modules; the first is "now", the others "later".
    pub stations: Vec<Station>,
    /// The first one: "Start with Two sides, one table".
    pub action: Link,
    /// What that is: "25 minutes: the story of a lunch with two names".
    pub about: String,
}

/// One of the five doors.
#[derive(Debug, Clone, Serialize)]
pub struct Door {
    /// Its name: "Responsibilities".
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The reader's question: "Who does what, and whom do I ask?"
    pub question: String,
    /// How much is behind it: "26 activities in 4 areas, each with one name to it".
    pub holds: String,
}

/// What a browser needs; nothing where there are no versions, and on the first page of an old one.
fn since(sheet: &Sheet<'_>) -> Option<Since> {
    let shelf = sheet.shelf;
    if shelf.is_released() || shelf.chronicle.steps().is_empty() {
        return None;
    }
    let roles = sheet.playbook().roles.iter().map(|r| Choice { id: r.id().to_owned(), label: r.title().to_owned() });
    Some(Since {
        now: shelf.editions.get(shelf.at)?.label.clone(),
        seen: shelf.editions.iter().rev().find(|edition| edition.date.is_some())?.label.clone(),
        data: sheet.href(route::SINCE),
        all: sheet.href(Listing::Changes.address()),
        roles: roles.collect(),
    })
}

/// The view of the first page.
pub fn view(sheet: &Sheet<'_>) -> Home {
    let p = sheet.playbook();
    let goal = root_goal(sheet);
    let metric = goal.and_then(|g| g.metrics.first()).map(|m| &p.metrics[m]);
    Home {
        eyebrow: goal.map(|_| "What we are all trying to do".to_owned()),
        goal: goal.map_or_else(|| p.title().to_owned(), |g| headline(g, metric)),
        goal_href: goal.map(|g| sheet.href_of(&g.base.name)),
        why: goal.and_then(|g| sheet.words_of(g.base.common.summary.as_ref()).or_else(|| sheet.words_of(g.why.as_ref()))),
        actions: actions(sheet),
        first_week: first_week(sheet),
        chart: goal.zip(metric).and_then(|(g, m)| numbers::home_chart(sheet, m, g.due)),
        since: since(sheet),
        ways: goal.map(|g| ways(sheet, g)).unwrap_or_default(),
        teams_note: "Choose your role: its page says what you decide, do, promise and learn.".to_owned(),
        teams: teams(sheet),
        start: start(sheet),
        empty: empty(sheet),
        doors: doors(sheet),
    }
}

/// The goal the playbook names, else the first that all must share, else the first.
fn root_goal<'a>(sheet: &Sheet<'a>) -> Option<&'a Record<Goal>> {
    let p = sheet.playbook();
    let settings = p.own()?;
    let named = settings.goal.as_ref().or(settings.required_shared.first()).map(|g| &p.goals[g]);
    named.or_else(|| p.goals.iter().next())
}

/// "£260k a month by March 2027".
fn headline(goal: &Record<Goal>, metric: Option<&Record<Metric>>) -> String {
    let by = goal.due.map_or_else(String::new, |d| format!(" by {}", month_year(d)));
    let Some((metric, target)) = metric.and_then(|m| m.target.map(|t| (m, t.0))) else { return goal.title().to_owned() };
    let target = numbers::compact(metric, target);
    match &metric.unit {
        Some(Unit::Currency(_)) => format!("{target} {}{by}", numbers::per(metric)),
        Some(Unit::Count) => format!("{target} {} {}{by}", metric.title().to_lowercase(), numbers::per(metric)),
        _ => format!("{}: {target}{by}", metric.title()),
    }
}

fn actions(sheet: &Sheet<'_>) -> Vec<Link> {
    let mut actions = Vec::new();
    if !sheet.playbook().roles.is_empty() {
        actions.push(Link { label: "Find your role".to_owned(), href: "#who".to_owned() });
    }
    if sheet.has(Listing::Funnel.address()) {
        actions.push(Link { label: "See the map".to_owned(), href: sheet.href(Listing::Funnel.address()) });
    }
    actions
}

fn first_path<'a>(sheet: &Sheet<'a>) -> Option<&'a Record<Path>> {
    let p = sheet.playbook();
    let foundation = |path: &&Record<Path>| path.modules.iter().filter_map(|s| s.module.as_ref()).any(|m| p.modules[m].foundation);
    p.paths.iter().find(foundation).or_else(|| p.paths.iter().next())
}

fn first_week(sheet: &Sheet<'_>) -> Option<Html> {
    let path = first_path(sheet)?;
    let link = Link { label: format!("Start with {}", path.title()), href: sheet.href_of(&path.base.name) };
    let hours = path.hours.map(|h| format!(", {h} hours in all")).unwrap_or_default();
    Some(Html::joined(&[Html::text("First week? "), prose::anchor(&link), Html::text(&hours)], ""))
}

/// Each team's part of the goal.
fn ways(sheet: &Sheet<'_>, goal: &Record<Goal>) -> Vec<TeamWay> {
    let p = sheet.playbook();
    let parts = goal.submetrics.iter().filter_map(|s| s.team.as_ref().zip(s.metric.as_ref()).map(|(t, m)| (t, m, s.target.as_ref())));
    parts
        .map(|(team, metric, target)| {
            let mark = sheet.team(team);
            TeamWay {
                way: numbers::way(&p.metrics[metric], target, mark.hue),
                team: mark.label,
                hue: mark.hue,
                label: sheet.link_ref(metric).label,
                href: sheet.href_of(&metric.name),
            }
        })
        .collect()
}

fn teams(sheet: &Sheet<'_>) -> Vec<TeamRoles> {
    let p = sheet.playbook();
    p.teams
        .iter()
        .map(|t| {
            let mark = sheet.team_mark(t);
            let roles = p.roles_of(t).iter().map(|r| sheet.link(&r.base.name)).collect();
            TeamRoles { label: mark.label, href: mark.href, hue: mark.hue, roles }
        })
        .filter(|t| !t.roles.is_empty())
        .collect()
}

fn start(sheet: &Sheet<'_>) -> Option<Start> {
    let p = sheet.playbook();
    let path = first_path(sheet)?;
    let modules: Vec<&Record<Module>> = path.modules.iter().filter_map(|s| s.module.as_ref()).map(|m| &p.modules[m]).collect();
    let first = modules.first()?;
    let stations = modules.iter().enumerate().map(|(i, m)| Station {
        label: m.title().to_owned(),
        href: Some(sheet.href_of(&m.base.name)),
        note: None,
        state: if i == 0 { "now" } else { "later" },
    });
    let count = numbers::counted(u32::try_from(modules.len()).unwrap_or(0), "station");
    let hours = path.hours.map(|h| format!(" {h} hours in all.")).unwrap_or_default();
    let minutes = first.minutes.map(|m| format!("{m} minutes")).unwrap_or_default();
    let about = first.base.common.summary.as_ref().map(|s| sheet.plain(s)).unwrap_or_default();
    Some(Start {
        note: format!("{}: {count}.{hours}", path.title()),
        stations: stations.collect(),
        action: Link { label: format!("Start with {}", first.title()), href: sheet.href_of(&first.base.name) },
        about: [minutes, about].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(": "),
    })
}

fn empty(sheet: &Sheet<'_>) -> Vec<Empty> {
    let p = sheet.playbook();
    let missing = [
        (
            p.goals.is_empty(),
            "No goal yet",
            "Here one would see what everybody is trying to do, and how far they have come.",
            "content/goals.toml",
        ),
        (p.roles.is_empty(), "No roles yet", "Here everybody would find the page of their own role.", "content/roles.toml"),
    ];
    let prose_only = p.goals.is_empty() && p.roles.is_empty() && !p.pages.is_empty();
    let shown = missing.into_iter().filter(|(is, ..)| *is && !prose_only);
    shown.map(|(_, title, text, file)| Empty { title: title.to_owned(), text: text.to_owned(), file: Some(file.to_owned()) }).collect()
}

/// Seed 004's five overlaps; those with something behind them, and the pages where there are only pages.
fn doors(sheet: &Sheet<'_>) -> Vec<Door> {
    let p = sheet.playbook();
    let n = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let shared = p.goals.iter().filter(|g| g.scope.is_some_and(|s| s.value == Scope::Shared)).count();
    let retired = p.terms.iter().map(|t| t.retired.len()).sum::<usize>() + p.offerings.iter().map(|o| o.formerly.len()).sum::<usize>();
    let doors = [
        (
            Listing::Responsibilities,
            "Responsibilities",
            "Who does what, and whom do I ask?",
            format!(
                "{} in {}, each with one name to it",
                n(p.activities.len(), "activity", "activities"),
                n(p.areas.len(), "area", "areas")
            ),
        ),
        (
            Listing::Terms,
            "Terms",
            "What do we call it, and what no longer?",
            match retired {
                0 => format!("{} we agreed on", n(p.terms.len(), "word", "words")),
                _ => format!("{} we agreed on, {retired} we retired", n(p.terms.len(), "word", "words")),
            },
        ),
        (
            Listing::Goals,
            "Goals",
            "What are we all trying to do, and why?",
            format!("{}, {shared} of them shared", n(p.goals.len(), "goal", "goals")),
        ),
        (
            Listing::Funnel,
            "Customer experience",
            "What is the buyer doing while we work?",
            format!(
                "{}, {}, {}",
                n(p.stages.len(), "stage", "stages"),
                n(p.handoffs.len(), "hand-over", "hand-overs"),
                n(p.recycles.len(), "way back", "ways back")
            ),
        ),
        (
            Listing::Messages,
            "Messaging",
            "What do we say, and to whom?",
            format!("{} to {}", n(p.messages.len(), "message", "messages"), n(p.personas.len(), "kind of person", "kinds of people")),
        ),
        (Listing::Pages, "Pages", "What else is worth reading?", n(p.pages.len(), "page", "pages")),
    ];
    let open = doors.into_iter().filter(|(listing, ..)| sheet.has(listing.address()));
    open.take(5)
        .map(|(listing, label, question, holds)| Door {
            label: label.to_owned(),
            href: sheet.href(listing.address()),
            question: question.to_owned(),
            holds,
        })
        .collect()
}
