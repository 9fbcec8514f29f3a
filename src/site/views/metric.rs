//! A number: what it counts, exactly; how it has gone; what it is worked out from; what it is for.
//!
//! For whoever is measured by it, and for whoever doubts it.

use super::contract;
use super::frame::TocEntry;
use super::metrics::hue;
use super::numbers;
use super::parts::{Fact, Link};
use super::role::{self, Measure};
use super::standing::{self, Standing};
use super::wording::{capital, lower};
use crate::model::kinds::goal::{self as kinds, Direction, Goal, Measures};
use crate::model::kinds::page::{Change, ChangeKind};
use crate::model::value::{Decimal, month_name};
use crate::model::{Kind, Name, Record};
use crate::site::chart::{self, Chart, Shortfall};
use crate::site::html::Html;
use crate::site::prose::{self, Prose};
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A number.
#[derive(Debug, Clone, Serialize)]
pub struct Metric {
    /// Its name.
    pub title: String,
    /// What is counted.
    pub lead: Option<Html>,
    /// Where it stands.
    pub standing: Option<Standing>,
    /// "Month by month".
    pub by: String,
    /// Where the scale starts; what was missed.
    pub note: Option<String>,
    /// The chart with its table.
    pub chart: Option<Html>,
    /// How it is worked out, where it is read, how often.
    pub facts: Vec<Fact>,
    /// The number that keeps it honest; one, or none.
    pub pair: Vec<Measure>,
    /// The goals it tells of.
    pub goals: Vec<Measure>,
    /// The promises it tells of.
    pub promises: Vec<PromiseLine>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// A promise that a number tells of.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseLine {
    /// The contract.
    pub handoff: Link,
    /// What is promised, and how soon.
    pub what: String,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, metric: &Record<kinds::Metric>) -> Metric {
    let goals = used_by(sheet, metric);
    let leading = goals.iter().find(|(_, _, whole)| *whole).or_else(|| goals.first());
    let due = leading.and_then(|(goal, ..)| goal.due);
    let mut chart = numbers::chart_of(metric, due);
    chart.shortfall = shortfall(sheet, metric, &chart);
    let drawn = chart::chart(&chart);
    Metric {
        title: metric.title().to_owned(),
        lead: sheet.words_of(metric.definition.as_ref()),
        standing: standing::standing(metric, due),
        by: format!("{0} by {1}", chart.period, chart.period.to_lowercase()),
        note: chart::scale_note(&chart),
        chart: (!drawn.is_empty()).then_some(drawn),
        facts: facts(sheet, metric),
        pair: metric.pairs_with.iter().map(|m| role::measure(sheet, m, None, hue(sheet, &sheet.playbook().metrics[m]), None)).collect(),
        goals: goals.into_iter().map(|(goal, note, _)| told(sheet, metric, goal, note)).collect(),
        promises: promises(sheet, metric),
        body: sheet.body(&metric.base),
    }
}

/// The headings of the page.
pub fn contents(view: &Metric) -> Vec<TocEntry> {
    let sections = [
        ("months", view.chart.is_some().then_some(view.by.as_str())),
        ("how", (!view.facts.is_empty()).then_some("How we get it")),
        ("pair", (!view.pair.is_empty()).then_some("What keeps it honest")),
        ("goals", (!view.goals.is_empty()).then_some("What it is for")),
        ("promises", (!view.promises.is_empty()).then_some("Which promise it tells of")),
    ];
    let entry = |(id, label): (&str, Option<&str>)| Some(TocEntry { id: id.to_owned(), label: label?.to_owned(), level: 2 });
    sections.into_iter().filter_map(entry).collect()
}

/// What was missed since a change of which only some were told: the number a `change` is about, from its day on.
fn shortfall(sheet: &Sheet<'_>, metric: &Record<kinds::Metric>, chart: &Chart) -> Option<Shortfall> {
    let about = |c: &&Record<Change>| c.about.iter().any(|a| a.name == metric.base.name);
    let renamed = |c: &&Record<Change>| c.kind.is_some_and(|k| k.value == ChangeKind::Rename);
    let since = sheet.playbook().changes.iter().filter(about).filter(renamed).find_map(|c| c.effective)?;
    let from = metric.series.iter().position(|p| p.date >= since)?;
    let values: Vec<Option<f64>> = chart.points.iter().map(|p| p.value).collect();
    let missing = chart::missing(&values, from)?;
    let round = |value: f64| Decimal::parse(&format!("{value:.0}")).map_or_else(String::new, |d| numbers::compact(metric, d));
    let until = metric.series.get(missing.until).map_or_else(String::new, |p| format!(" until {}", month_name(p.date)));
    Some(Shortfall {
        level: missing.level,
        from,
        title: format!("{} missed", round(missing.sum)),
        words: format!("{until}, against {} before", round(missing.level)).trim_start_matches([',', ' ']).to_owned(),
    })
}

fn facts(sheet: &Sheet<'_>, metric: &Record<kinds::Metric>) -> Vec<Fact> {
    let fact = |label: &str, value: Html| Fact { label: label.to_owned(), value };
    let mut facts = Vec::new();
    facts.extend(metric.formula.as_ref().map(|f| fact("Worked out as", formula(sheet, &f.value))));
    let read: Vec<Html> = metric.source.iter().map(|s| sheet.linked(&s.name)).collect();
    let often = metric.cadence.as_ref().map(|c| Html::text(&if read.is_empty() { c.when() } else { lower(&c.when()) }));
    let read: Vec<Html> = read.into_iter().chain(often).collect();
    if !read.is_empty() {
        facts.push(fact("Read from", Html::joined(&read, ", ")));
    }
    facts.extend(metric.direction.map(|d| fact("It should", Html::text(if d.value == Direction::Down { "fall" } else { "rise" }))));
    facts.extend(metric.measures.map(|m| fact("It counts", Html::text(counts(m.value)))));
    let tells = if metric.leading { "early, while one can still do something" } else { "afterwards, when the result is in" };
    facts.push(fact("It tells", Html::text(tells)));
    facts
}

fn counts(measures: Measures) -> &'static str {
    match measures {
        Measures::Activity => "what we do",
        Measures::Outcome => "what comes of it",
    }
}

/// A formula with the names of its numbers as links.
fn formula(sheet: &Sheet<'_>, formula: &str) -> Html {
    let word = |word: &str| {
        let name = Name::new(Kind::Metric, word.trim_matches(['(', ')']));
        match sheet.playbook().metrics.get(&name.id) {
            Some(_) => {
                let (before, after) = word.split_once(name.id.as_str()).unwrap_or(("", ""));
                Html::joined(&[Html::text(before), prose::anchor(&sheet.link(&name)), Html::text(after)], "")
            }
            None => Html::text(match word {
                "*" => "×",
                "/" => "÷",
                "-" => "\u{2212}",
                other => other,
            }),
        }
    };
    Html::joined(&formula.split_whitespace().map(word).collect::<Vec<_>>(), " ")
}

/// A goal a metric tells of, the note under it, and whether it tells of the whole of it.
type Told<'a> = (&'a Record<Goal>, String, bool);

fn used_by<'a>(sheet: &Sheet<'a>, metric: &Record<kinds::Metric>) -> Vec<Told<'a>> {
    let mut told = Vec::new();
    for goal in &sheet.playbook().goals {
        if goal.metrics.iter().any(|m| m.name == metric.base.name) {
            told.push((goal, "the goal as a whole".to_owned(), true));
        }
        let parts = goal.submetrics.iter().filter(|s| s.metric.as_ref().is_some_and(|m| m.name == metric.base.name));
        let teams = parts.filter_map(|s| s.team.as_ref()).map(|t| sheet.team(t).label);
        told.extend(teams.map(|team| (goal, format!("the part of {team}"), false)));
    }
    told
}

fn told(sheet: &Sheet<'_>, metric: &Record<kinds::Metric>, goal: &Record<Goal>, note: String) -> Measure {
    let part = goal.submetrics.iter().find(|s| s.metric.as_ref().is_some_and(|m| m.name == metric.base.name));
    let target = part.and_then(|s| s.target.as_ref());
    Measure { metric: sheet.link(&goal.base.name), note: Some(capital(&note)), way: numbers::way(metric, target, hue(sheet, metric)) }
}

fn promises(sheet: &Sheet<'_>, metric: &Record<kinds::Metric>) -> Vec<PromiseLine> {
    let mut lines = Vec::new();
    for handoff in &sheet.playbook().handoffs {
        let told = handoff.sla.iter().filter(|p| p.metric.as_ref().is_some_and(|m| m.name == metric.base.name));
        lines.extend(told.map(|p| PromiseLine { handoff: sheet.link(&handoff.base.name), what: contract::short(sheet, p) }));
    }
    lines
}
