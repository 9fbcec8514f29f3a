//! A stage that asks for what the one before it does not give.

use crate::check::phrase::plain;
use crate::check::place::{field, place};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Record;
use crate::model::funnel::{funnel, is};
use crate::model::kinds::funnel::Stage;
use std::collections::BTreeSet;

/// The rule (seed 001: "Sales and Marketing work together to develop a set of criteria to qualify prospects").
pub const RULE: Rule = Rule {
    name: "criteria-gap",
    level: Level::Warning,
    why: "what the next stage expects and this one does not check is found missing too late",
    page: include_str!("criteria_gap.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let line: Vec<&Record<Stage>> = funnel(run.playbook).line.into_iter().filter(|s| run.doubt.counts(&s.base)).collect();
    let won = line.iter().position(|s| super::is_won(s));
    let way = won.and_then(|at| line.get(..=at)).unwrap_or(&line);
    way.windows(2).flat_map(|pair| if let [stage, next] = pair { gaps(run, stage, next) } else { Vec::new() }).collect()
}

/// What the next stage asks for, and this one does not.
fn gaps(run: &Run<'_>, stage: &Record<Stage>, next: &Record<Stage>) -> Vec<Finding> {
    let leads_on = stage.exits.iter().any(|e| is(e.to.as_ref(), next));
    let given: BTreeSet<String> = stage.exit.iter().filter_map(|c| c.text.as_ref()).map(|t| plain(&t.text)).collect();
    // An exit that says nothing, or could not be read, is told by its own rule.
    if !leads_on || given.is_empty() || given.len() < stage.exit.len() && stage.exit.iter().any(|c| c.text.is_none()) {
        return Vec::new();
    }
    let asked = next.entry.iter().filter_map(|c| c.text.as_ref().map(|t| (c, &t.text)));
    let alike: Vec<BTreeSet<String>> = given.iter().map(|text| gist(text)).collect();
    let missed = asked.filter(|(_, text)| !given.contains(&plain(text)) && !is_like(&gist(text), &alike));
    let worded = missed.map(|(criterion, text)| {
        let message = format!("`{}` requires `{text}`, but the `exit` of `{}` does not say it in these words", next.title(), stage.title());
        Finding::at(place(run, criterion.span, text), message)
            .label(format!("not in the `exit` of `{}`", stage.title()))
            .also(field(&stage.base, "exit"), format!("what `{}` requires before people move on", stage.title()))
            .help(format!("write the same sentence in the `exit` of `{}`", stage.id()))
            .of(&next.base.name)
    });
    worded.collect()
}

/// Whether a text of two such words or more has the same ones as another: "They signed our offer", "The offer is signed".
fn is_like(gist: &BTreeSet<String>, others: &[BTreeSet<String>]) -> bool {
    gist.len() > 1 && others.contains(gist)
}

/// Long words that tell nothing.
const EMPTY: [&str; 24] = [
    "been", "being", "does", "from", "have", "having", "into", "must", "ours", "shall", "should", "that", "their", "them", "then", "there",
    "these", "they", "this", "those", "were", "will", "with", "your",
];

/// What a criterion turns on: its numbers, its refusals, and its words of four letters and more without their endings.
fn gist(text: &str) -> BTreeSet<String> {
    let tells = |word: &String| {
        let refuses = ["no", "not", "nor"].contains(&word.as_str());
        let counts = word.contains(|c: char| c.is_numeric());
        refuses || counts || word.chars().count() > 3 && !EMPTY.contains(&word.as_str())
    };
    plain(text).split(' ').map(str::to_owned).filter(tells).map(|word| stem(&word)).collect()
}

/// A word without the simplest of its endings.
fn stem(word: &str) -> String {
    let cut = |end: &str| word.strip_suffix(end).filter(|s| s.chars().count() > 2 && s.contains(['a', 'e', 'i', 'o', 'u', 'y']));
    let singular = || cut("s").filter(|s| !s.ends_with('s'));
    let stem = match (cut("ies"), cut("ied")) {
        (Some(short), _) | (None, Some(short)) => format!("{short}y"),
        (None, None) => cut("ing").or_else(|| cut("ed")).or_else(singular).unwrap_or(word).trim_end_matches('e').to_owned(),
    };
    let mut ends = stem.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(last), Some(before)) if last == before => stem.strip_suffix(last).unwrap_or(&stem).to_owned(),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::{gist, is_like};

    #[test]
    fn the_same_in_other_words_is_the_same() {
        let same = |a: &str, b: &str| is_like(&gist(a), &[gist(b)]);
        assert!(same("The offer is signed", "They signed our offer"));
        assert!(same("Budgets agreed", "They agree on the budget"));
        assert!(same("The visit was planned", "Planning a visit"));
        assert!(!same("The offer is signed", "The offer is signed by half of them"));
        assert!(!same("The offer is signed", "The offer is not signed"));
        assert!(!same("At least 8 desks", "At least 20 desks"));
        assert!(!same("A day is fixed", "A fee is fixed"));
    }
}
