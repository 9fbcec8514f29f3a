//! An activity: who does it, in sentences; for whom it differs; where it happens and what it is for.
//!
//! For anyone who is about to do it, or waits for it.

use super::letters;
use super::parts::{Letter, Link, RoleMark, Ticket};
use crate::model::kinds::goal::Goal;
use crate::model::kinds::responsibility as kinds;
use crate::model::link::fold;
use crate::model::types::Ref;
use crate::model::{Record, raci};
use crate::site::html::Html;
use crate::site::prose::{self, Prose};
use crate::site::sheet::Sheet;
use serde::Serialize;

/// An activity.
#[derive(Debug, Clone, Serialize)]
pub struct Activity {
    /// Its name.
    pub title: String,
    /// Why it is done.
    pub lead: Option<Html>,
    /// Who does it, all in one sentence; what the matrix says beneath itself.
    pub sentence: Option<Html>,
    /// Who does it, a line a letter.
    pub who: Vec<Who>,
    /// For whom it differs.
    pub conditions: Vec<Condition>,
    /// Who is left out on purpose, and why.
    pub omitted: Vec<Html>,
    /// How soon.
    pub promises: Vec<Ticket>,
    /// What has to be decided in it and who may: "A discount: Account executive up to 5 %, Sales lead up to 8 %".
    pub decisions: Vec<Html>,
    /// Where on the map it happens.
    pub stages: Vec<Link>,
    /// From the activity up to the goal of all, a line for each goal it serves.
    pub sights: Vec<Sight>,
    /// What goes in.
    pub inputs: Vec<Html>,
    /// What comes out.
    pub outputs: Vec<Html>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// The roles of one letter.
#[derive(Debug, Clone, Serialize)]
pub struct Who {
    /// The letter, without a hue where its roles are of several teams.
    pub letter: Letter,
    /// What they do: "answers for it", "do the work", "are asked before".
    pub does: String,
    /// The roles.
    pub roles: Vec<RoleMark>,
}

/// What differs for some clients.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// For whom: "For key accounts".
    pub label: String,
    /// Who does it then; the letters that change.
    pub who: Vec<Who>,
    /// What stays: "All else as above."
    pub note: Option<String>,
}

/// A line of sight: from what is done to what it is for.
#[derive(Debug, Clone, Serialize)]
pub struct Sight {
    /// The goals, the activity's own first, the goal of all last.
    pub goals: Vec<Link>,
}

/// The view of an activity.
pub fn view(sheet: &Sheet<'_>, activity: &Record<kinds::Activity>) -> Activity {
    let mut rows = raci::rows(activity).into_iter();
    let who = rows.next().map(|own| who(sheet, &own, |_| true)).unwrap_or_default();
    Activity {
        title: activity.title().to_owned(),
        lead: sheet.words_of(activity.why.as_ref()),
        sentence: None,
        conditions: rows.filter_map(|row| condition(sheet, &row)).collect(),
        omitted: activity.omitted.iter().filter_map(|o| omitted(sheet, o)).collect(),
        promises: promise(sheet, activity, &who).into_iter().collect(),
        decisions: decisions(sheet, activity),
        stages: activity.stages.iter().map(|s| sheet.link_ref(s)).collect(),
        sights: activity.goals.iter().map(|g| Sight { goals: sight(sheet, g) }).collect(),
        inputs: sheet.all_words(&activity.inputs),
        outputs: sheet.all_words(&activity.outputs),
        body: sheet.body(&activity.base),
        who,
    }
}

fn who(sheet: &Sheet<'_>, row: &raci::Row<'_>, shown: impl Fn(raci::Part) -> bool) -> Vec<Who> {
    let line = |part: raci::Part| {
        let roles: Vec<RoleMark> = row.of(part).iter().map(|r| sheet.role(r)).collect();
        let letter = letters::one(part, letters::shared_hue(&roles));
        (!roles.is_empty()).then(|| Who { letter, does: letters::does(part, roles.len()).to_owned(), roles })
    };
    raci::Part::ALL.into_iter().filter(|p| shown(*p)).filter_map(line).collect()
}

/// For a segment, the letters it states; the rest stays.
fn condition(sheet: &Sheet<'_>, row: &raci::Row<'_>) -> Option<Condition> {
    let when = row.condition?;
    let segment = when.segment.as_ref().map_or_else(|| "some".to_owned(), |s| sheet.link_ref(s).label.to_lowercase());
    let stated = |part: raci::Part| match part {
        raci::Part::Accountable => !when.accountable.roles.is_empty(),
        raci::Part::Responsible => !when.responsible.is_empty(),
        raci::Part::Consulted => !when.consulted.is_empty(),
        raci::Part::Informed => !when.informed.is_empty(),
    };
    let who = who(sheet, row, stated);
    let note = (who.len() < 4).then(|| "All else as above.".to_owned());
    Some(Condition { label: format!("For {segment}"), who, note })
}

fn omitted(sheet: &Sheet<'_>, omitted: &kinds::Omitted) -> Option<Html> {
    let role = prose::anchor(&sheet.link_ref(omitted.role.as_ref()?));
    let why = omitted.why.as_ref().map(|w| sheet.words(w));
    Some(match why {
        Some(why) => Html::joined(&[role, why], " is left out on purpose: "),
        None => Html::joined(&[role, Html::default()], " is left out on purpose"),
    })
}

fn promise(sheet: &Sheet<'_>, activity: &Record<kinds::Activity>, who: &[Who]) -> Option<Ticket> {
    let within = activity.within.as_ref()?;
    let doer = who.iter().find(|w| w.letter.letter == "R").or(who.first());
    Some(Ticket {
        amount: within.count.to_string(),
        unit: within.unit_words(),
        text: "It is done by then".to_owned(),
        href: None,
        party: doer.map_or_else(String::new, |w| format!("by {}", letters::names(&w.roles))),
        broken: None,
        hue: activity.responsible.first().map_or(0, |r| sheet.role_hue(r)),
    })
}

/// Who may decide what it needs, the lowest limit first as roles are written.
fn decisions(sheet: &Sheet<'_>, activity: &Record<kinds::Activity>) -> Vec<Html> {
    let Some(needs) = &activity.needs else { return Vec::new() };
    let Some(decision) = &needs.decision else { return Vec::new() };
    let mut parts = Vec::new();
    for role in &sheet.playbook().roles {
        for authority in &role.authority {
            let says = authority.decision.as_ref().map(|d| sheet.plain(d)).unwrap_or_default();
            if fold(&says) == fold(decision) {
                let limit = authority.limit.as_ref().map_or_else(String::new, |l| format!(" up to {l}"));
                parts.push(Html::joined(&[sheet.linked(&role.base.name), Html::text(&limit)], ""));
            }
        }
    }
    let amount = needs.amount.as_ref().map_or_else(String::new, |a| format!(" of {a}"));
    let head = Html::text(&format!("{}{amount}", crate::model::field::label(decision)));
    if parts.is_empty() { vec![head] } else { vec![Html::joined(&[head, Html::joined(&parts, ", ")], ": ")] }
}

/// From a goal up to the one nothing stands above.
pub fn sight(sheet: &Sheet<'_>, goal: &Ref<Goal>) -> Vec<Link> {
    let goals = &sheet.playbook().goals;
    let mut seen = vec![goal.at];
    let mut links = vec![sheet.link_ref(goal)];
    let mut at = &goals[goal];
    while let Some(above) = at.part_of.as_ref().filter(|g| !seen.contains(&g.at)) {
        seen.push(above.at);
        links.push(sheet.link_ref(above));
        at = &goals[above];
    }
    links
}
