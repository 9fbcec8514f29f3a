//! A hand-over as a contract: what each side promises, in large words, and who hears of it in time.
//!
//! For the page of a stage, the list of contracts and the contract's own page; the map prints the
//! same promises, shorter.

use super::parts::{Link, RoleMark};
use super::wording::series;
use crate::model::Record;
use crate::model::field::Words;
use crate::model::funnel::{self, Side};
use crate::model::kinds::funnel::{Escalation, Handoff, Promise};
use crate::model::types::Unit;
use crate::model::value::WEEKDAYS;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A contract.
#[derive(Debug, Clone, Serialize)]
pub struct Contract {
    /// Its name and where the whole of it stands: "Ready to accepted".
    pub title: Link,
    /// Each team's side, two as a rule.
    pub sides: Vec<ContractSide>,
    /// Who hears of it when time runs out.
    pub steps: Vec<Step>,
}

/// A team's side of a contract.
#[derive(Debug, Clone, Serialize)]
pub struct ContractSide {
    /// "Sales promises".
    pub says: String,
    /// The team's hue.
    pub hue: u8,
    /// The first promise, in the largest words.
    pub first: Vow,
    /// The others, a sentence each.
    pub more: Vec<Html>,
}

/// A promise in large words.
#[derive(Debug, Clone, Serialize)]
pub struct Vow {
    /// "A yes or a no within 4 business hours".
    pub head: Html,
    /// What else belongs to it: "With a reason if it is a no."
    pub rest: Option<Html>,
    /// "The clock starts when the card is full."
    pub clock: Option<Html>,
    /// How well it is kept.
    pub kept: Option<Kept>,
}

/// How well a promise is kept.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// "Kept 88 times in 100".
    pub times: String,
    /// ", promised 95".
    pub promised: String,
    /// Whether that is less often than promised.
    pub broken: bool,
}

/// Who hears of it at how much of the time.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// "80 %".
    pub at: String,
    /// The roles.
    pub roles: Vec<RoleMark>,
    /// "hears of it", "hear of it".
    pub hears: &'static str,
}

/// A hand-over as a contract.
pub fn view(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Contract {
    let sides = funnel::sides(sheet.playbook(), handoff);
    Contract {
        title: sheet.link(&handoff.base.name),
        sides: sides.iter().filter_map(|s| side(sheet, s)).collect(),
        steps: steps(sheet, &handoff.escalate),
    }
}

fn side(sheet: &Sheet<'_>, (team, promises): &Side<'_>) -> Option<ContractSide> {
    let (first, more) = promises.split_first()?;
    Some(ContractSide {
        says: team.map_or_else(|| "Promised, nobody says by whom".to_owned(), |t| format!("{} promises", t.title())),
        hue: team.map_or(0, |t| sheet.team_hue(t.id())),
        first: vow(sheet, first),
        more: more.iter().map(|p| sentence(sheet, p)).collect(),
    })
}

fn vow(sheet: &Sheet<'_>, promise: &Promise) -> Vow {
    let (head, rest) = halves(sheet, promise);
    let within = within(promise, &head, "within");
    let clock = promise.clock_starts.as_ref().map(|c| sheet.words(c));
    Vow {
        head: Html::joined(&[head, Html::text(&within)], ""),
        rest,
        clock: clock.map(|c| Html::joined(&[Html::text("The clock starts "), c, Html::text(".")], "")),
        kept: kept(sheet, promise),
    }
}

/// A promise as a sentence: "The first real talk within 1 business day."
fn sentence(sheet: &Sheet<'_>, promise: &Promise) -> Html {
    let text = whole(sheet, promise);
    let within = within(promise, &text, "within");
    Html::joined(&[text, Html::text(&format!("{within}."))], "")
}

/// A promise as the map's ticket prints it: "A yes or a no in 4 business hours".
pub fn short(sheet: &Sheet<'_>, promise: &Promise) -> String {
    let words = promise.promises.as_ref().map(capital).unwrap_or_default();
    let text = sheet.plain(&words);
    let head = text.get(..cut(&text)).unwrap_or(&text);
    let head = head.strip_prefix("The ").map_or_else(|| head.to_owned(), super::wording::capital);
    format!("{head}{}", within(promise, &Html::text(&head), "in"))
}

/// What is promised, as it is written.
pub fn whole(sheet: &Sheet<'_>, promise: &Promise) -> Html {
    promise.promises.as_ref().map_or_else(|| Html::text("Not said what"), |p| sheet.words(&capital(p)))
}

/// " within 4 business hours"; parted by a comma where the promise has one of its own.
fn within(promise: &Promise, head: &Html, word: &str) -> String {
    let comma = if head.as_str().contains(',') { "," } else { "" };
    promise.within.as_ref().map_or_else(String::new, |w| format!("{comma} {word} {w}"))
}

/// What is promised, and what only explains it.
fn halves(sheet: &Sheet<'_>, promise: &Promise) -> (Html, Option<Html>) {
    let Some(words) = promise.promises.as_ref().filter(|w| w.references.is_empty()) else {
        return (whole(sheet, promise), None);
    };
    let text = capital(words).text;
    let (head, rest) = text.split_at_checked(cut(&text)).unwrap_or((&text, ""));
    let rest = rest.trim_start_matches([':', ';', ',']).trim();
    let rest = (!rest.is_empty()).then(|| Html::text(&format!("{}.", super::wording::capital(rest))));
    (Html::text(head), rest)
}

/// Where the explanation of a promise begins: after a colon, a semicolon, or before ", with".
fn cut(text: &str) -> usize {
    let marks = [": ", "; ", ", with "].into_iter().filter_map(|mark| text.find(mark));
    marks.min().unwrap_or(text.len())
}

/// The same text, its first letter a capital one.
fn capital(words: &Words) -> Words {
    let mut words = words.clone();
    if let Some(first) = words.text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// "Kept 88 times in 100, promised 95", where both are shares of a hundred.
pub fn kept(sheet: &Sheet<'_>, promise: &Promise) -> Option<Kept> {
    let metric = promise.metric.as_ref().map(|m| &sheet.playbook().metrics[m])?;
    let now = metric.series.last().filter(|_| metric.unit == Some(Unit::Percent))?.value;
    let promised = promise.target?.0;
    let broken = now.as_f64() < promised.as_f64();
    Some(Kept { times: format!("Kept {now} times in 100"), promised: format!(", promised {promised}"), broken })
}

/// Who hears of it, the same share of the time together.
fn steps(sheet: &Sheet<'_>, escalate: &[Escalation]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for escalation in escalate {
        let (Some(at), Some(tell)) = (&escalation.at, &escalation.tell) else { continue };
        let at = at.to_string();
        match steps.iter_mut().find(|s| s.at == at) {
            Some(step) => {
                step.roles.push(sheet.role(tell));
                step.hears = "hear of it";
            }
            None => steps.push(Step { at, roles: vec![sheet.role(tell)], hears: "hears of it" }),
        }
    }
    steps
}

/// When business hours are: "Business hours are 09:00 to 17:30, Monday to Friday."
pub fn hours(sheet: &Sheet<'_>) -> Option<String> {
    let calendar = sheet.playbook().own()?.calendar.as_ref()?;
    let hours = calendar.hours.as_ref()?.0.replace('-', " to ");
    let name = |day: &str| WEEKDAYS.iter().find(|(short, _)| *short == day).map_or("", |(_, long)| *long);
    let days: Vec<&str> = calendar.days.as_ref().map(|d| d.0.split('-').map(name).collect()).unwrap_or_default();
    let days = if days.is_empty() { String::new() } else { format!(", {}", days.join(" to ")) };
    Some(format!("Business hours are {hours}{days}."))
}

/// The teams that sign: "Sales", "Marketing".
pub fn parties(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Vec<String> {
    let sides = funnel::sides(sheet.playbook(), handoff);
    sides.iter().filter_map(|(team, _)| team.map(|t| t.title().to_owned())).collect()
}

/// "Marketing and Sales", where both ends have a team and they differ.
pub fn between(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Option<String> {
    let p = sheet.playbook();
    let team = |stage: Option<&_>| stage.and_then(|s| funnel::team(p, &p.stages[s])).map(|t| t.title().to_owned());
    let (from, to) = team(handoff.from.as_ref()).zip(team(handoff.to.as_ref()))?;
    (from != to).then(|| series(&[from, to]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_ends_where_its_explanation_begins() {
        let head = |text: &'static str| text.get(..cut(text)).unwrap_or("");
        assert_eq!(head("A yes or a no, with a reason if it is a no"), "A yes or a no");
        assert_eq!(head("Every card complete: heads, date"), "Every card complete");
        assert_eq!(head("A call, a mail or a letter"), "A call, a mail or a letter");
    }

    #[test]
    fn a_first_letter_that_is_not_ascii_stays() {
        let words = Words { text: "été".to_owned(), references: Vec::new() };
        assert_eq!(capital(&words).text, "été");
    }
}
