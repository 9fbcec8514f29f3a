//! A word: what it means to all of us, what it was called, what it is not.
//!
//! For whoever has to use it in the next sentence.

use super::parts::{Link, RoleMark, TeamMark};
use super::wording::day;
use crate::model::Record;
use crate::model::kinds::offering::OldName;
use crate::model::kinds::term;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A word.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// The word.
    pub title: String,
    /// What it means here; the one thing the reader came for.
    pub lead: Option<Html>,
    /// What it is short for.
    pub abbreviates: Option<String>,
    /// What it was called.
    pub once: Vec<Once>,
    /// Words that are fine to say for it.
    pub fine: Vec<String>,
    /// Words that are not.
    pub better_not: Vec<String>,
    /// How each team sees it.
    pub seen_by: Vec<Sight>,
    /// Words it is mistaken for.
    pub not_to_confuse: Vec<Other>,
    /// The stage it names.
    pub stage: Option<Link>,
    /// The role that looks after that stage.
    pub stage_owner: Option<RoleMark>,
    /// What else there is to say.
    pub body: Option<Prose>,
}

/// A name it no longer has.
#[derive(Debug, Clone, Serialize)]
pub struct Once {
    /// The name.
    pub name: String,
    /// Its last day: "until 2 March".
    pub until: Option<String>,
    /// Why it went.
    pub why: Option<Html>,
}

/// How a team sees it.
#[derive(Debug, Clone, Serialize)]
pub struct Sight {
    /// The team.
    pub team: TeamMark,
    /// What it is to them.
    pub says: Html,
}

/// A word it is mistaken for.
#[derive(Debug, Clone, Serialize)]
pub struct Other {
    /// The word.
    pub term: Link,
    /// How they differ.
    pub why: Option<Html>,
    /// What that word means.
    pub meaning: Option<Html>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, term: &Record<term::Term>) -> Term {
    let words = |list: &[crate::diagnostic::Spanned<String>]| list.iter().map(|w| w.value.clone()).collect();
    Term {
        title: term.title().to_owned(),
        lead: sheet.words_of(term.definition.as_ref()),
        abbreviates: term.abbreviates.clone(),
        once: once(sheet, &term.retired),
        fine: words(&term.synonyms),
        better_not: words(&term.avoid),
        seen_by: seen_by(sheet, term),
        not_to_confuse: others(sheet, term),
        stage: term.stage.as_ref().map(|s| sheet.link_ref(s)),
        stage_owner: term.stage.as_ref().and_then(|s| sheet.playbook().stages[s].base.common.owner.as_ref()).map(|o| sheet.role(o)),
        body: sheet.body(&term.base),
    }
}

/// Old names, the last one first.
pub fn once(sheet: &Sheet<'_>, names: &[OldName]) -> Vec<Once> {
    let mut names: Vec<&OldName> = names.iter().collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.until));
    let once = |old: &OldName| {
        Some(Once {
            name: old.text()?.to_owned(),
            until: old.until.map(|until| format!("until {}", day(until, sheet.today()))),
            why: sheet.words_of(old.why.as_ref()),
        })
    };
    names.into_iter().filter_map(once).collect()
}

fn seen_by(sheet: &Sheet<'_>, term: &Record<term::Term>) -> Vec<Sight> {
    let teams = &sheet.playbook().teams;
    let views = term.seen_by.iter().flat_map(|map| &map.0);
    views.filter_map(|(id, says)| Some(Sight { team: sheet.team_mark(teams.get(&id.value)?), says: sheet.words(says) })).collect()
}

/// Both ways: a word that says it is not this one is not to be confused with it either.
fn others(sheet: &Sheet<'_>, term: &Record<term::Term>) -> Vec<Other> {
    let terms = &sheet.playbook().terms;
    let meaning = |t: &Record<term::Term>| sheet.words_of(t.definition.as_ref());
    let mut others: Vec<Other> = Vec::new();
    for confusable in &term.not_to_confuse {
        let Some(other) = &confusable.term else { continue };
        let meaning = meaning(&terms[other]);
        others.push(Other { term: sheet.link_ref(other), why: sheet.words_of(confusable.why.as_ref()), meaning });
    }
    let named = |id: &str| term.not_to_confuse.iter().any(|c| c.term.as_ref().is_some_and(|t| t.name.id == id));
    for other in terms.iter().filter(|t| t.id() != term.id() && !named(t.id())) {
        let back = other.not_to_confuse.iter().any(|c| c.term.as_ref().is_some_and(|t| t.name == term.base.name));
        if back {
            others.push(Other { term: sheet.link(&other.base.name), why: None, meaning: meaning(other) });
        }
    }
    others
}
