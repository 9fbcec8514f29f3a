//! Goals and numbers: targets, who shares them, what they are measured by and from, and how far they have come.

use crate::history::diff::World;
use crate::history::diff::datum::{items, name, text, value};
use crate::history::diff::general::names;
use crate::history::diff::pair::{Difference, Pair};
use crate::history::diff::record::touched;
use crate::history::diff::say::{bold, quoted, safe, series, several, verb};
use crate::history::diff::touch::team;
use crate::history::{Change, Weight, What};
use crate::model::field::Datum;
use crate::model::kinds::goal::{Goal, Metric, Point};
use crate::model::value::{Decimal, long_date};
use crate::model::{Name, Record};
use std::collections::BTreeSet;

/// Tells what changed in a goal.
pub fn tell(pair: &mut Pair<'_>) {
    scope(pair);
    owners(pair);
    measured_by(pair);
    parts(pair);
    part_of(pair);
    due(pair);
}

fn push(pair: &mut Pair<'_>, weight: Weight, difference: &Difference, sentence: String) {
    let world = pair.world;
    let change = Change::new(What::Changed, weight, pair.name(), sentence).field(difference.key);
    let change = change.values(world.shown(difference.before.as_ref()), world.shown(difference.after.as_ref()));
    pair.changes.push(touched(world, change, pair.name()));
}

fn scope(pair: &mut Pair<'_>) {
    let Some(scope) = pair.take("scope") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let teams = |goal: Option<&Record<Goal>>, p: &crate::model::Playbook| -> Vec<String> {
        let owners = goal.into_iter().flat_map(|g| &g.owners).filter_map(|o| p.team_of(o));
        owners.map(|t| world.who(&t.base.name)).collect::<BTreeSet<String>>().into_iter().collect()
    };
    let before = teams(world.before.playbook.goals.get(&pair.old.name.id), world.before.playbook);
    let after = teams(world.after.playbook.goals.get(&pair.new.name.id), world.after.playbook);
    let only = |teams: &[String]| if teams.is_empty() { String::new() } else { format!(" (was {} only)", series(teams)) };
    let sentence = if text(scope.after.as_ref()) == "shared" {
        format!("{title} became a shared goal{}.", only(&before))
    } else {
        let whose = if after.is_empty() { String::new() } else { format!("; it is now {}’s own", series(&after)) };
        format!("{title} is no longer shared{whose}.")
    };
    push(pair, Weight::Must, &scope, sentence);
}

fn owners(pair: &mut Pair<'_>) {
    let Some(owners) = pair.take("owners") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (names(owners.before.as_ref()), names(owners.after.as_ref()));
    let came: Vec<Name> = new.iter().filter(|n| !old.contains(n)).cloned().collect();
    let went: Vec<Name> = old.iter().filter(|n| !new.contains(n)).cloned().collect();
    let sentence = match (came.as_slice(), went.as_slice()) {
        ([], gone) => format!("{} no longer {} the goal {title}.", world.all(gone), verb(gone.len(), "carries", "carry")),
        (now, []) => format!("{} now {} the goal {title} too.", world.all(now), verb(now.len(), "carries", "carry")),
        (now, gone) => {
            format!(
                "{} now {} the goal {title}; {} no longer {}.",
                world.all(now),
                verb(now.len(), "carries", "carry"),
                world.all(gone),
                verb(gone.len(), "does", "do")
            )
        }
    };
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("owners");
    change = change.values(world.shown(owners.before.as_ref()), world.shown(owners.after.as_ref()));
    for role in &came {
        change = change.telling(role, format!("You now carry the goal {title}."));
    }
    for role in &went {
        change = change.telling(role, format!("You no longer carry the goal {title}."));
    }
    pair.changes.push(change.touching(came.into_iter().chain(went)).beside(new));
}

fn measured_by(pair: &mut Pair<'_>) {
    let Some(metrics) = pair.take("metrics") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (old, new) = (names(metrics.before.as_ref()), names(metrics.after.as_ref()));
    let bolds = |names: Vec<&Name>| series(&names.into_iter().map(|n| world.bold(n)).collect::<Vec<_>>());
    let came: Vec<&Name> = new.iter().filter(|n| !old.contains(n)).collect();
    let went: Vec<&Name> = old.iter().filter(|n| !new.contains(n)).collect();
    let sentence = match (came.is_empty(), went.is_empty()) {
        (false, false) => {
            format!("{title} is measured by {} instead of {}: numbers before and after do not compare.", bolds(came), bolds(went))
        }
        (false, true) => format!("{title} is now also measured by {}.", bolds(came)),
        _ => format!("{title} is no longer measured by {}.", bolds(went)),
    };
    push(pair, Weight::Must, &metrics, sentence);
}

/// Each team's part: another number, or another target; a target that the number itself says is told there.
fn parts(pair: &mut Pair<'_>) {
    let Some(parts) = pair.take("submetrics") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let mut went: Vec<&Datum> = items(parts.before.as_ref()).iter().filter(|e| !items(parts.after.as_ref()).contains(e)).collect();
    let came: Vec<&Datum> = items(parts.after.as_ref()).iter().filter(|e| !items(parts.before.as_ref()).contains(e)).collect();
    let mut told: Vec<(String, &Datum, Option<&Datum>)> = Vec::new();
    for new in came {
        let same = |keys: &'static [&'static str]| move |old: &&Datum| keys.iter().all(|k| value(old, k) == value(new, k));
        let at = went.iter().position(same(&["team", "metric"])).or_else(|| went.iter().position(same(&["team"])));
        let who = part_of_team(world, new, &title);
        let Some(old) = at.map(|at| went.remove(at)) else {
            told.push((format!("{who} is now {}.", measured(world, new)), new, None));
            continue;
        };
        if value(old, "metric") != value(new, "metric") {
            told.push((format!("{who} is now {} (was {}).", measured(world, new), measured(world, old)), new, Some(old)));
        } else if !is_told_by_the_number(world, old, new) {
            told.push((format!("{who}: target {}.", shift(target(world, old).as_ref(), target(world, new).as_ref())), new, Some(old)));
        }
    }
    for old in went {
        told.push((format!("{} is gone.", part_of_team(world, old, &title)), old, None));
    }
    for (sentence, entry, before) in told {
        let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("submetrics");
        let change = change.values(before.map(|b| measured(world, b)), Some(measured(world, entry)));
        let leads =
            name(entry, "team").and_then(|t| world.after.playbook.teams.get(&t.id)).and_then(|t| t.lead.as_ref()).map(|l| l.name.clone());
        let roles = name(entry, "team").map(|t| team(world.after.playbook, t)).unwrap_or_default();
        pair.changes.push(change.touching(leads).beside(roles).beside(world.concerned(pair.name())));
    }
}

fn part_of_team(world: &World<'_>, entry: &Datum, title: &str) -> String {
    let team = name(entry, "team").map_or_else(|| "A team".to_owned(), |t| world.who(t));
    format!("{team}’s part in {title}")
}

fn metric_of<'a>(world: &World<'a>, entry: &Datum) -> Option<&'a Record<Metric>> {
    let id = &name(entry, "metric")?.id;
    world.after.playbook.metrics.get(id).or_else(|| world.before.playbook.metrics.get(id))
}

fn target(world: &World<'_>, entry: &Datum) -> Option<Told> {
    let amount = world.shown(value(entry, "target"))?;
    let number = Decimal::parse(&amount.replace('\u{2212}', "-")).map(Decimal::as_f64);
    Some(Told { text: metric_of(world, entry).map_or_else(|| amount.clone(), |m| m.show(&amount)), number })
}

/// "**Repeat rate**, 40 %".
fn measured(world: &World<'_>, entry: &Datum) -> String {
    let metric = name(entry, "metric").map_or_else(|| "not measured".to_owned(), |m| world.who(m));
    target(world, entry).map_or_else(|| metric.clone(), |t| format!("{metric}, {}", safe(&t.text)))
}

/// Whether the number's own target took the same step.
fn is_told_by_the_number(world: &World<'_>, old: &Datum, new: &Datum) -> bool {
    let id = name(new, "metric").map(|m| m.id.clone()).unwrap_or_default();
    let of = |p: &crate::model::Playbook, id: &str| p.metrics.get(id).and_then(|m| m.target).map(|t| t.0.to_string());
    let older = name(new, "metric").map(|m| world.kin.older(m).id.clone()).unwrap_or_default();
    let own = (of(world.before.playbook, &older), of(world.after.playbook, &id));
    own.0 != own.1 && own == (world.shown(value(old, "target")), world.shown(value(new, "target")))
}

/// An amount as it is told, and as a number.
struct Told {
    text: String,
    number: Option<f64>,
}

/// "raised from 62 % to 68 %".
fn shift(old: Option<&Told>, new: Option<&Told>) -> String {
    match (old, new) {
        (Some(a), Some(b)) => {
            let word = match a.number.zip(b.number) {
                Some((a, b)) if b > a => "raised",
                Some((a, b)) if b < a => "lowered",
                _ => "changed",
            };
            format!("{word} from {} to {}", safe(&a.text), safe(&b.text))
        }
        (None, Some(b)) => format!("set at {}", safe(&b.text)),
        (Some(a), None) => format!("given up (was {})", safe(&a.text)),
        (None, None) => "not said".to_owned(),
    }
}

fn part_of(pair: &mut Pair<'_>) {
    let Some(part_of) = pair.take("part_of") else { return };
    let world = pair.world;
    let bolds = |d: &Option<Datum>| names(d.as_ref()).first().map(|n| world.bold(n));
    let was = bolds(&part_of.before).map_or_else(String::new, |o| format!(" (was {o})"));
    let title = bold(&pair.new.title);
    let sentence = match bolds(&part_of.after) {
        Some(new) => format!("{title} now serves {new}{was}."),
        None => format!("{title} no longer serves another goal{was}."),
    };
    push(pair, Weight::Should, &part_of, sentence);
}

fn due(pair: &mut Pair<'_>) {
    let Some(due) = pair.take("due") else { return };
    let world = pair.world;
    let was = world.shown(due.before.as_ref()).map_or_else(String::new, |o| format!(" (was {o})"));
    let title = bold(&pair.new.title);
    let sentence = match world.shown(due.after.as_ref()) {
        Some(new) => format!("{title} is now to be reached by {new}{was}."),
        None => format!("{title} is no longer to be reached by a day{was}."),
    };
    push(pair, Weight::Must, &due, sentence);
}

/// Tells what changed in a number.
pub fn metric(pair: &mut Pair<'_>) {
    let world = pair.world;
    let old = world.before.playbook.metrics.get(&pair.old.name.id);
    let new = world.after.playbook.metrics.get(&pair.new.name.id);
    let (Some(old), Some(new)) = (old, new) else { return };
    let told =
        |m: &Record<Metric>, amount: Option<Decimal>| amount.map(|a| Told { text: m.show(&a.to_string()), number: Some(a.as_f64()) });
    for (key, words, weight, was, is) in [
        ("target", "Target for", Weight::Must, old.target, new.target),
        ("baseline", "The starting point of", Weight::Good, old.baseline, new.baseline),
    ] {
        if let Some(difference) = pair.take(key) {
            let (was, is) = (told(old, was.map(|a| a.0)), told(new, is.map(|a| a.0)));
            let sentence = format!("{words} {} {}.", bold(&pair.new.title), shift(was.as_ref(), is.as_ref()));
            let change = Change::new(What::Changed, weight, pair.name(), sentence).field(difference.key);
            let change = change.values(was.map(|t| t.text), is.map(|t| t.text));
            pair.changes.push(touched(world, change, pair.name()));
        }
    }
    counted_otherwise(pair);
    points(pair, old, new);
}

/// It is counted otherwise, so that numbers before and after do not compare: one change, whatever says so.
fn counted_otherwise(pair: &mut Pair<'_>) {
    let world = pair.world;
    let title = bold(&pair.new.title);
    let mut said = Vec::new();
    let mut first: Option<Difference> = None;
    for key in ["source", "definition", "formula", "unit"] {
        let Some(difference) = pair.take(key) else { continue };
        let shown = |d: &Option<Datum>| {
            world
                .shown(d.as_ref())
                .map_or_else(|| "nothing".to_owned(), |t| if key == "source" || key == "unit" { safe(&t) } else { quoted(&t) })
        };
        let (old, new) = (shown(&difference.before), shown(&difference.after));
        said.push(match key {
            "source" => format!("is now measured from {new} instead of {old}"),
            "definition" => format!("now counts {new} (was {old})"),
            "formula" => format!(
                "is now worked out as {} (was {})",
                formula(world, difference.after.as_ref()),
                formula(world, difference.before.as_ref())
            ),
            _ => format!("is now counted in {new} (was {old})"),
        });
        first.get_or_insert(difference);
    }
    let Some(difference) = first else { return };
    let sentence = format!("{title} {}: numbers before and after do not compare.", series(&said));
    push(pair, Weight::Must, &difference, sentence);
}

/// A formula with what its numbers are called.
fn formula(world: &World<'_>, datum: Option<&Datum>) -> String {
    let written = world.shown(datum).unwrap_or_else(|| "nothing".to_owned());
    let words = written.split(' ').map(|word| {
        let id = word.trim_matches(['(', ')']);
        let name = Name::new(crate::model::Kind::Metric, id);
        let title = world.title(&name);
        if id.is_empty() || title == id { word.to_owned() } else { word.replace(id, &title) }
    });
    quoted(&words.collect::<Vec<_>>().join(" "))
}

/// Its series went on, or was put right.
fn points(pair: &mut Pair<'_>, old: &Record<Metric>, new: &Record<Metric>) {
    if pair.take("series").is_none() {
        return;
    }
    let world = pair.world;
    let title = bold(&pair.new.title);
    let show = |m: &Record<Metric>, p: &Point| m.show(&p.value.to_string());
    let last = |m: &Record<Metric>| m.series.last().cloned();
    let corrected = old.series.iter().filter(|p| new.series.iter().any(|n| n.date == p.date && n.value != p.value)).count();
    let lost = old.series.iter().filter(|p| !new.series.iter().any(|n| n.date == p.date)).count();
    let mut told = Vec::new();
    match (last(old), last(new)) {
        (Some(a), Some(b)) if b.date > a.date => {
            let stays = show(old, &a) == show(new, &b);
            let step =
                if stays { format!("stayed at {}", show(new, &b)) } else { format!("went from {} to {}", show(old, &a), show(new, &b)) };
            told.push((format!("{title} {step} since {}.", safe(world.before.name)), Some(show(old, &a)), Some(show(new, &b))));
        }
        (None, Some(b)) => {
            told.push((format!("{title} is counted now: {} on {}.", show(new, &b), long_date(b.date)), None, Some(show(new, &b))))
        }
        (Some(a), None) => {
            told.push((format!("{title} has no numbers any more; the last was {}.", show(old, &a)), Some(show(old, &a)), None))
        }
        _ => {}
    }
    if corrected + lost > 0 && last(new).is_some() {
        let what = if corrected > 0 {
            format!("{} put right", several(corrected, "number was", "numbers were"))
        } else {
            format!("{} taken out", several(lost, "number was", "numbers were"))
        };
        told.push((format!("In the past of {title}, {what}."), None, None));
    }
    if told.is_empty() {
        told.push((format!("The notes beside the numbers of {title} are others."), None, None));
    }
    for (sentence, before, after) in told {
        let change = Change::new(What::Changed, Weight::Good, pair.name(), sentence).field("series").values(before, after);
        pair.changes.push(touched(world, change, pair.name()));
    }
}

/// A goal that came.
pub fn added(world: &World<'_>, goal: &Record<Goal>) -> String {
    let shared = goal.scope.is_some_and(|s| s.word == "shared");
    let owners: Vec<Name> = goal.owners.iter().map(|o| o.name.clone()).collect();
    let carried =
        if owners.is_empty() { String::new() } else { format!("; {} {} it", world.all(&owners), verb(owners.len(), "carries", "carry")) };
    format!("New {}goal: {}{carried}.", if shared { "shared " } else { "" }, bold(goal.title()))
}

/// A number that came.
pub fn counted(metric: &Record<Metric>) -> String {
    let target = metric.target.map_or_else(String::new, |t| format!(", to reach {}", safe(&metric.show(&t.0.to_string()))));
    format!("New number: {}{target}.", bold(metric.title()))
}
