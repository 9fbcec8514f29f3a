//! Every "no", where it goes and what calls it back: a table on three pages.
//!
//! A team may say no to a hand-over, and a buyer may say no at any stage. Both are written where they
//! happen, as reasons, ways back and exits; here they are read together.

use super::parts::{Link, RoleMark};
use super::wording::capital;
use crate::model::Record;
use crate::model::field::Words;
use crate::model::funnel::{self, Funnel, Place};
use crate::model::kinds::funnel::{Exit, Handoff, Recycle, Stage};
use crate::model::link::fold;
use crate::model::types::Ref;
use crate::site::html::Html;
use crate::site::prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The noes of one place.
#[derive(Debug, Clone, Serialize)]
pub struct Noes {
    /// The heading's id.
    pub id: String,
    /// "When Sales says no".
    pub title: String,
    /// A row a reason.
    pub rows: Vec<No>,
}

/// A "no".
#[derive(Debug, Clone, Serialize)]
pub struct No {
    /// Because of what: one reason, or several that go the same way.
    pub because: Vec<Html>,
    /// What else is said of it: the reasons of a way back.
    pub note: Option<Html>,
    /// The stage it goes to.
    pub to: Option<Link>,
    /// Else who still has it.
    pub with: Option<RoleMark>,
    /// What calls it back.
    pub back: Option<Html>,
}

/// The noes of a stage: those of whoever it is handed on to, and those on the way.
pub fn of_stage(sheet: &Sheet<'_>, stage: &Record<Stage>) -> Vec<Noes> {
    let p = sheet.playbook();
    let funnel = funnel::funnel(p);
    let mut spent: Vec<&Exit> = Vec::new();
    let handed = p.handoffs.iter().filter(|h| funnel::is(h.from.as_ref(), stage) && funnel.station(h.to.as_ref()).is_some());
    let mut all: Vec<Noes> = handed.filter_map(|h| declines(sheet, h, &mut spent)).collect();
    let mut rows: Vec<No> = p.recycles.iter().filter(|r| funnel::is(r.from.as_ref(), stage)).map(|r| recycled(sheet, r)).collect();
    rows.extend(left(sheet, &funnel, stage, &spent));
    match all.first_mut() {
        Some(first) => first.rows.extend(rows),
        None if rows.is_empty() => {}
        None => all.push(Noes { id: "no".to_owned(), title: "When it does not go on".to_owned(), rows }),
    }
    all
}

/// The reasons for which a hand-over may be declined.
pub fn of_handoff(sheet: &Sheet<'_>, handoff: &Record<Handoff>) -> Option<Noes> {
    declines(sheet, handoff, &mut Vec::new())
}

/// The same; notes the exits that it has spoken of.
fn declines<'a>(sheet: &Sheet<'a>, handoff: &'a Record<Handoff>, spent: &mut Vec<&'a Exit>) -> Option<Noes> {
    let p = sheet.playbook();
    let receiver = handoff.to.as_ref().and_then(|to| funnel::team(p, &p.stages[to]));
    let title = receiver.map_or_else(|| "When the other side says no".to_owned(), |t| format!("When {} says no", t.title()));
    let rows = together(handoff.decline_reasons.iter().map(|reason| declined(sheet, handoff, reason, spent)).collect());
    (!rows.is_empty()).then(|| Noes { id: format!("no-{}", handoff.id()), title, rows })
}

/// A reason goes where a way back or an exit of the same words leads; else it stays with the giver.
fn declined<'a>(sheet: &Sheet<'a>, handoff: &'a Record<Handoff>, reason: &Words, spent: &mut Vec<&'a Exit>) -> No {
    let p = sheet.playbook();
    let because = vec![sheet.words(reason)];
    let text = fold(&sheet.plain(reason));
    let same = |words: &Words| fold(&sheet.plain(words)) == text;
    let near = |recycle: &&Record<Recycle>| [&handoff.from, &handoff.to].into_iter().any(|end| end.is_some() && *end == recycle.from);
    if let Some(recycle) = p.recycles.iter().find(|r| fold(r.title()) == text || (near(r) && r.reasons.iter().any(same))) {
        return No { because, note: None, ..recycled(sheet, recycle) };
    }
    let from = handoff.from.as_ref().map(|f| &p.stages[f]);
    let says = |exit: &&Exit| exit.reason.as_ref().is_some_and(|r| fold(&sheet.plain(r)).contains(&text));
    if let Some((exit, to)) = from.and_then(|f| f.exits.iter().find(says)).and_then(|e| e.to.as_ref().map(|to| (e, to))) {
        spent.push(exit);
        return No { because, note: None, to: Some(sheet.link_ref(to)), with: None, back: back_when(sheet, to) };
    }
    let with = from.and_then(|f| f.base.common.owner.as_ref()).map(|o| sheet.role(o));
    No { because, note: None, to: None, with, back: None }
}

/// A way back as a row.
pub fn recycled(sheet: &Sheet<'_>, recycle: &Record<Recycle>) -> No {
    let mut reasons: Vec<&Words> = recycle.reasons.iter().collect();
    reasons.retain(|r| fold(&sheet.plain(r)) != fold(recycle.title()));
    let reasons: Vec<Html> = reasons.into_iter().map(|r| sheet.words(r)).collect();
    No {
        because: vec![prose::anchor(&sheet.link(&recycle.base.name))],
        note: (!reasons.is_empty()).then(|| Html::joined(&reasons, "; ")),
        to: recycle.to.as_ref().map(|to| sheet.link_ref(to)),
        with: None,
        back: sheet.words_of(recycle.return_when.as_ref()),
    }
}

/// The exits that lead neither on nor round and that no way back has spoken of.
fn left(sheet: &Sheet<'_>, funnel: &Funnel<'_>, stage: &Record<Stage>, spent: &[&Exit]) -> Vec<No> {
    let p = sheet.playbook();
    let told = |exit: &Exit| {
        let recycles = p.recycles.iter().filter(|r| funnel::is(r.from.as_ref(), stage));
        recycles.into_iter().any(|r| r.to.is_some() && r.to == exit.to) || spent.iter().any(|s| s.to == exit.to && s.span == exit.span)
    };
    let no = |exit: &&Exit| {
        exit.reason.is_some() && !told(exit) && !funnel::is_forward(funnel, stage, exit) && !funnel::is_round(p, stage, exit)
    };
    let waits = matches!(funnel.place(stage), Some(Place::Wait(_)));
    let on = |exit: &&Exit| waits && funnel.station(exit.to.as_ref()).is_some();
    stage.exits.iter().filter(no).filter(|e| !on(e)).filter_map(|e| exited(sheet, e)).collect()
}

fn exited(sheet: &Sheet<'_>, exit: &Exit) -> Option<No> {
    let to = exit.to.as_ref()?;
    let reason = exit.reason.as_ref()?;
    let because = if reason.references.is_empty() { Html::text(&capital(&reason.text)) } else { sheet.words(reason) };
    Some(No { because: vec![because], note: None, to: Some(sheet.link_ref(to)), with: None, back: back_when(sheet, to) })
}

/// Reasons that go the same way stand in one row, those that stay where they are in the last.
fn together(all: Vec<No>) -> Vec<No> {
    let mut rows: Vec<No> = Vec::new();
    for no in all {
        let href = |no: &No| no.to.as_ref().map(|to| to.href.clone());
        match rows.iter_mut().find(|row| href(row) == href(&no) && row.back == no.back) {
            Some(row) => row.because.extend(no.because),
            None => rows.push(no),
        }
    }
    rows.sort_by_key(|row| row.to.is_none());
    rows
}

/// What calls somebody back from a stage: its one way back, else what it asks for to go on; nothing from an end.
fn back_when(sheet: &Sheet<'_>, to: &Ref<Stage>) -> Option<Html> {
    let p = sheet.playbook();
    let stage = &p.stages[to];
    let away: Vec<&Record<Recycle>> = p.recycles.iter().filter(|r| funnel::is(r.from.as_ref(), stage)).collect();
    if let ([way], Some(Place::End(_))) = (away.as_slice(), funnel::funnel(p).place(stage)) {
        return sheet.words_of(way.return_when.as_ref());
    }
    let texts: Vec<Html> = stage.exit.iter().filter_map(|c| c.text.as_ref()).map(|t| sheet.words(t)).collect();
    if texts.is_empty() { Some(Html::text("It does not")) } else { Some(Html::joined(&texts, "; ")) }
}
