//! A goal: where its number stands, each team's part, why it matters, and what is done for it.
//!
//! For those who carry it, and for everyone who asks what their own work is for.

use super::frame::TocEntry;
use super::goals::is_shared;
use super::numbers;
use super::parts::{Link, RoleMark, TeamMark};
use super::role::{self, Measure};
use super::standing::{self, NumberRow, Standing};
use super::wording::series;
use crate::model::kinds::goal::{self as kinds, Metric, Submetric};
use crate::model::{Record, goals};
use crate::site::chart;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use jiff::civil::Date;
use serde::Serialize;

/// A goal.
#[derive(Debug, Clone, Serialize)]
pub struct Goal {
    /// Its name.
    pub title: String,
    /// What it is, in a sentence.
    pub lead: Option<Html>,
    /// Whom it belongs to: "A goal we share", "A goal of Sales".
    pub owned: String,
    /// Who carries it.
    pub owners: Vec<RoleMark>,
    /// Where its number stands.
    pub standing: Option<Standing>,
    /// Its number, month by month.
    pub number: Option<Number>,
    /// The other numbers that tell.
    pub also: Vec<Measure>,
    /// What the small lines of the teams' parts show: "Thirteen months".
    pub span: String,
    /// Each team's part.
    pub parts: Vec<Part>,
    /// Why it was set.
    pub why: Option<Html>,
    /// What a team gets for it, teams that get the same together.
    pub rewards: Vec<Reward>,
    /// What is done for it and what it is for.
    pub sights: Vec<Sight>,
    /// The goals that serve it, with how far they have come.
    pub served_by: Vec<Measure>,
    /// Where on the map it is decided.
    pub stages: Vec<Link>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// A number with its chart.
#[derive(Debug, Clone, Serialize)]
pub struct Number {
    /// The number.
    pub metric: Link,
    /// What is counted, and where the scale starts.
    pub note: Html,
    /// The chart with its table.
    pub chart: Html,
}

/// A team's part of a goal.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// The team.
    pub team: TeamMark,
    /// Its number; nothing where none is named.
    pub number: Option<NumberRow>,
}

/// What teams get for a goal.
#[derive(Debug, Clone, Serialize)]
pub struct Reward {
    /// "Marketing and Sales".
    pub teams: String,
    /// What.
    pub how: Html,
}

/// A line of sight: what is done, for which goal, for which goal above it.
#[derive(Debug, Clone, Serialize)]
pub struct Sight {
    /// What is done for the first of the goals.
    pub activities: Vec<Link>,
    /// From the nearest goal up to the one on top.
    pub goals: Vec<Step>,
}

/// A goal on a line of sight.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The goal.
    pub goal: Link,
    /// Whether it is the one this page is about.
    pub here: bool,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, goal: &Record<kinds::Goal>) -> Goal {
    let p = sheet.playbook();
    let first = goal.metrics.first().map(|m| &p.metrics[m]);
    let numbers: Vec<&Record<Metric>> = goal.submetrics.iter().filter_map(|s| s.metric.as_ref()).map(|m| &p.metrics[m]).collect();
    Goal {
        title: goal.title().to_owned(),
        lead: sheet.words_of(goal.base.common.summary.as_ref()),
        owned: owned(sheet, goal),
        owners: sheet.roles(&goal.owners),
        standing: first.and_then(|m| standing::standing(m, goal.due)),
        number: first.and_then(|m| number(sheet, m, goal.due)),
        also: goal.metrics.iter().skip(1).map(|m| role::measure(sheet, m, None, 0, None)).collect(),
        span: standing::span(&numbers),
        parts: goal.submetrics.iter().filter_map(|s| part(sheet, s)).collect(),
        why: sheet.words_of(goal.why.as_ref()),
        rewards: rewards(sheet, goal),
        sights: sights(sheet, goal),
        served_by: goals::serving(p, goal).into_iter().filter_map(|g| serving(sheet, g)).collect(),
        stages: goal.stages.iter().map(|s| sheet.link_ref(s)).collect(),
        body: sheet.body(&goal.base),
    }
}

/// The headings of the page.
pub fn contents(view: &Goal) -> Vec<TocEntry> {
    let sections = [
        ("number", view.number.as_ref().map(|n| n.metric.label.clone())),
        ("parts", (!view.parts.is_empty()).then(|| "Each team’s part".to_owned())),
        ("why", view.why.is_some().then(|| "Why it matters".to_owned())),
        ("do", (!view.sights.is_empty()).then(|| "What you do for it".to_owned())),
        ("serve", (!view.served_by.is_empty()).then(|| "Goals that serve it".to_owned())),
        ("reward", (!view.rewards.is_empty()).then(|| "What we get for it".to_owned())),
        ("where", (!view.stages.is_empty()).then(|| "Where it is decided".to_owned())),
    ];
    let entry = |(id, label): (&str, Option<String>)| Some(TocEntry { id: id.to_owned(), label: label?, level: 2 });
    sections.into_iter().filter_map(entry).collect()
}

/// A goal's chart, for a block in prose.
pub fn chart_html(sheet: &Sheet<'_>, goal: &Record<kinds::Goal>) -> Option<Html> {
    let metric = goal.metrics.first().map(|m| &sheet.playbook().metrics[m])?;
    number(sheet, metric, goal.due).map(|n| n.chart)
}

fn owned(sheet: &Sheet<'_>, goal: &Record<kinds::Goal>) -> String {
    let team = goal.owners.first().and_then(|o| sheet.playbook().team_of(o));
    match team.filter(|_| !is_shared(goal)) {
        Some(team) => format!("A goal of {}", team.title()),
        None => "A goal we share".to_owned(),
    }
}

/// A metric's chart; what is said over it tells where the scale starts.
fn number(sheet: &Sheet<'_>, metric: &Record<Metric>, due: Option<Date>) -> Option<Number> {
    let chart = numbers::chart_of(metric, due);
    let drawn = chart::chart(&chart);
    let definition = sheet.words_of(metric.definition.as_ref()).unwrap_or_default();
    let scale = chart::scale_note(&chart).map_or_else(Html::default, |s| Html::text(&format!(" {s}")));
    (!drawn.is_empty()).then(|| Number {
        metric: sheet.link(&metric.base.name),
        note: Html::joined(&[definition, scale], ""),
        chart: drawn,
    })
}

fn part(sheet: &Sheet<'_>, part: &Submetric) -> Option<Part> {
    let team = part.team.as_ref()?;
    let mark = sheet.team(team);
    let metric = part.metric.as_ref().map(|m| &sheet.playbook().metrics[m]);
    Some(Part { number: metric.map(|m| standing::row(sheet, m, part.target.as_ref(), mark.hue)), team: mark })
}

/// Teams that get the same are named together.
fn rewards(sheet: &Sheet<'_>, goal: &Record<kinds::Goal>) -> Vec<Reward> {
    let mut same: Vec<(Vec<String>, Html)> = Vec::new();
    for reward in &goal.rewards {
        let (Some(team), Some(how)) = (&reward.team, &reward.how) else { continue };
        let (team, how) = (sheet.team(team).label, sheet.words(how));
        match same.iter_mut().find(|(_, h)| *h == how) {
            Some((teams, _)) => teams.push(team),
            None => same.push((vec![team], how)),
        }
    }
    same.into_iter().map(|(teams, how)| Reward { teams: series(&teams), how }).collect()
}

/// What is done for the goal itself first, then for those that serve it; at least the way up.
fn sights(sheet: &Sheet<'_>, goal: &Record<kinds::Goal>) -> Vec<Sight> {
    let p = sheet.playbook();
    let sight = |from: &Record<kinds::Goal>| Sight {
        activities: goals::activities(p, from).into_iter().map(|a| sheet.link(&a.base.name)).collect(),
        goals: goals::sight(p, from).into_iter().map(|g| Step { goal: sheet.link(&g.base.name), here: g.id() == goal.id() }).collect(),
    };
    let all = goals::tree(p, goal).into_iter().map(sight);
    all.filter(|s| !s.activities.is_empty()).collect()
}

/// A goal that serves this one, by its first number.
fn serving(sheet: &Sheet<'_>, goal: &Record<kinds::Goal>) -> Option<Measure> {
    let first = goal.metrics.first()?;
    let hue = goal.owners.first().filter(|_| !is_shared(goal)).map_or(0, |o| sheet.role_hue(o));
    let measure = role::measure(sheet, first, None, hue, None);
    Some(Measure { note: Some(measure.metric.label.clone()), metric: sheet.link(&goal.base.name), ..measure })
}
