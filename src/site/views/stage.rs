//! A stage: what must be true to come in and to go on, what was promised there, where a no goes.
//!
//! For whoever looks after somebody at this point of the way, and for whoever hands them over.

use super::contract::{self, Contract};
use super::frame::TocEntry;
use super::noes::{self, No, Noes};
use super::parts::{Link, RoleMark};
use super::wording::series;
use crate::model::Record;
use crate::model::field::Words;
use crate::model::funnel::{self, Place};
use crate::model::kinds::funnel::{self as kinds, Criterion, Handoff};
use crate::model::kinds::offering::Message;
use crate::model::types::Ref;
use crate::site::diagram;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A stage.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    /// Its name.
    pub title: String,
    /// What it is.
    pub lead: Option<Html>,
    /// The whole way in one line, with this stage marked.
    pub strip: Html,
    /// Who looks after it.
    pub owner: Option<RoleMark>,
    /// What is to be known at a glance: how long one usually stays, how many are won from here.
    pub facts: Vec<StageFact>,
    /// What the buyer is doing and asking.
    pub buyer: Option<Buyer>,
    /// What must be true to come in.
    pub entry: Criteria,
    /// Other ways in.
    pub ways_in: Vec<WayIn>,
    /// What must be true to go on.
    pub exit: Criteria,
    /// The contracts that begin or end here.
    pub contracts: Vec<StageContract>,
    /// Where a no goes.
    pub noes: Vec<Noes>,
    /// Who comes back here, or waits here, and what called them.
    pub comes: Option<Comes>,
    /// What is said here, and to whom.
    pub says: Vec<Saying>,
    /// What we do here, and who answers for it.
    pub does: Vec<Doing>,
    /// What its record says besides.
    pub body: Option<Prose>,
}

/// A fact at a glance.
#[derive(Debug, Clone, Serialize)]
pub struct StageFact {
    /// "Usually stays".
    pub label: &'static str,
    /// "1 day, never over 2 days".
    pub value: String,
}

/// The buyer's side of a stage.
#[derive(Debug, Clone, Serialize)]
pub struct Buyer {
    /// What they are doing: "asking colleagues".
    pub doing: Option<Html>,
    /// What they ask, without its quotation marks.
    pub asking: Option<Html>,
}

/// What must be true.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Criteria {
    /// Who agreed on all of it: "Agreed by Marketing and Sales.".
    pub agreed: Option<String>,
    /// One by one.
    pub list: Vec<Must>,
}

/// Something that must be true.
#[derive(Debug, Clone, Serialize)]
pub struct Must {
    /// What.
    pub text: Html,
    /// Where one can see it.
    pub evidence: Option<Html>,
}

/// A way straight in.
#[derive(Debug, Clone, Serialize)]
pub struct WayIn {
    /// "Referral".
    pub name: String,
    /// "a client names them".
    pub note: Option<String>,
    /// What is promised to them.
    pub promise: Option<Html>,
}

/// A contract as seen from a stage.
#[derive(Debug, Clone, Serialize)]
pub struct StageContract {
    /// Where it is one of several: "On the way in", "On the way out".
    pub label: Option<&'static str>,
    /// The contract.
    pub contract: Contract,
}

/// Who comes to a stage by another way than the line.
#[derive(Debug, Clone, Serialize)]
pub struct Comes {
    /// "Who comes back here", "Who waits here", "Who ends here".
    pub title: &'static str,
    /// Heading of the last column; nothing where nothing calls them.
    pub called: Option<&'static str>,
    /// Each way, with the stage it comes from in the place of where it goes.
    pub rows: Vec<No>,
}

/// What is said at a stage.
#[derive(Debug, Clone, Serialize)]
pub struct Saying {
    /// The message's page, under the name of whom it is said to.
    pub to: Link,
    /// What they worry about.
    pub problem: Option<Html>,
    /// What is said.
    pub promise: Html,
    /// Why one may believe it.
    pub proof: Option<Html>,
}

/// What is done at a stage.
#[derive(Debug, Clone, Serialize)]
pub struct Doing {
    /// The activity.
    pub activity: Link,
    /// Who answers for it.
    pub role: Option<RoleMark>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, stage: &Record<kinds::Stage>) -> Stage {
    let p = sheet.playbook();
    let place = funnel::funnel(p).place(stage);
    let here = match place {
        Some(Place::Station(at)) => at,
        _ => usize::MAX,
    };
    Stage {
        title: stage.title().to_owned(),
        lead: sheet.words_of(stage.definition.as_ref().or(stage.base.common.summary.as_ref())),
        strip: diagram::strip(&super::funnel::map(sheet), here),
        owner: stage.base.common.owner.as_ref().map(|o| sheet.role(o)),
        facts: facts(stage, place),
        buyer: stage.buyer.as_ref().map(|b| buyer(sheet, b)),
        entry: criteria(sheet, &stage.entry),
        ways_in: stage.direct_entries.iter().filter_map(|w| way_in(sheet, w)).collect(),
        exit: criteria(sheet, &stage.exit),
        contracts: contracts(sheet, stage),
        noes: noes::of_stage(sheet, stage),
        comes: comes(sheet, stage, place),
        says: p.messages.iter().filter(|m| funnel::is(m.stage.as_ref(), stage)).filter_map(|m| saying(sheet, m)).collect(),
        does: does(sheet, stage),
        body: sheet.body(&stage.base),
    }
}

/// The headings of the page.
pub fn contents(view: &Stage) -> Vec<TocEntry> {
    let entry = |id: &str, label: &str| TocEntry { id: id.to_owned(), label: label.to_owned(), level: 2 };
    let mut toc = Vec::new();
    if !view.entry.list.is_empty() || !view.ways_in.is_empty() {
        toc.push(entry("entry", "Comes in when"));
    }
    if !view.exit.list.is_empty() {
        toc.push(entry("exit", "Goes on when"));
    }
    if !view.contracts.is_empty() {
        toc.push(entry("promise", "The promise, both ways"));
    }
    toc.extend(view.noes.iter().map(|n| entry(&n.id, &n.title)));
    toc.extend(view.comes.iter().map(|c| entry("comes", c.title)));
    if !view.says.is_empty() {
        toc.push(entry("say", "What we say here"));
    }
    if !view.does.is_empty() {
        toc.push(entry("do", "What we do here"));
    }
    toc
}

fn facts(stage: &Record<kinds::Stage>, place: Option<Place>) -> Vec<StageFact> {
    let stays = match (&stage.typical, &stage.at_most) {
        (Some(typical), Some(most)) => Some(format!("{typical}, never over {most}")),
        (Some(typical), None) => Some(typical.to_string()),
        (None, Some(most)) => Some(format!("never over {most}")),
        (None, None) => None,
    };
    let stays = stays.map(|value| StageFact { label: "Usually stays", value });
    let open = matches!(place, Some(Place::Station(_))) && stage.outcome.is_none();
    let won = stage.probability.as_ref().filter(|_| open);
    let won = won.map(|share| StageFact { label: "Won in the end", value: share.value.to_string() });
    stays.into_iter().chain(won).collect()
}

fn buyer(sheet: &Sheet<'_>, buyer: &kinds::Buyer) -> Buyer {
    Buyer { doing: sheet.words_of(buyer.doing.as_ref()), asking: sheet.words_of(buyer.asking.as_ref()) }
}

/// Criteria, and who agreed on them where that is the same for all.
fn criteria(sheet: &Sheet<'_>, criteria: &[Criterion]) -> Criteria {
    let must = |c: &Criterion| Some(Must { text: sheet.words(c.text.as_ref()?), evidence: sheet.words_of(c.evidence.as_ref()) });
    let mut agreed = criteria.iter().map(|c| c.agreed_by.as_slice());
    let first = agreed.next().unwrap_or_default();
    let teams: Vec<String> = first.iter().map(|t| sheet.team(t).label).collect();
    let shared = !teams.is_empty() && agreed.all(|teams| teams == first);
    Criteria { agreed: shared.then(|| format!("Agreed by {}.", series(&teams))), list: criteria.iter().filter_map(must).collect() }
}

/// "Referral: a client names them" has a name before its colon.
pub fn way_in(sheet: &Sheet<'_>, entry: &kinds::DirectEntry) -> Option<WayIn> {
    let from = sheet.plain(entry.from.as_ref()?);
    let (name, note) = from.split_once(": ").map_or((from.as_str(), None), |(name, note)| (name, Some(note)));
    Some(WayIn { name: name.to_owned(), note: note.map(str::to_owned), promise: sheet.words_of(entry.sla.as_ref()) })
}

/// What is handed over on the way out first, then what came in.
fn contracts(sheet: &Sheet<'_>, stage: &Record<kinds::Stage>) -> Vec<StageContract> {
    let handoffs = &sheet.playbook().handoffs;
    let at = |end: fn(&Handoff) -> Option<&Ref<kinds::Stage>>, label: &'static str| {
        let here = handoffs.iter().filter(move |h| funnel::is(end(h), stage));
        here.map(move |h| StageContract { label: Some(label), contract: contract::view(sheet, h) })
    };
    let inward = at(|h| h.to.as_ref(), "On the way in");
    let mut all: Vec<StageContract> = inward.chain(at(|h| h.from.as_ref(), "On the way out")).collect();
    if let [only] = all.as_mut_slice() {
        only.label = None;
    }
    all
}

/// Ways back that lead to a stage, or wait in it; exits that end in it.
fn comes(sheet: &Sheet<'_>, stage: &Record<kinds::Stage>, place: Option<Place>) -> Option<Comes> {
    let p = sheet.playbook();
    let from = |r: &Record<kinds::Recycle>| No { to: r.from.as_ref().map(|f| sheet.link_ref(f)), ..noes::recycled(sheet, r) };
    let back = |end: fn(&kinds::Recycle) -> Option<&Ref<kinds::Stage>>| {
        p.recycles.iter().filter(|r| funnel::is(end(r), stage)).map(from).collect::<Vec<No>>()
    };
    let (title, called, rows) = match place? {
        Place::Wait(_) => ("Who waits here", Some("Called back when"), back(|r| r.to.as_ref())),
        Place::Station(_) => ("Who comes back here", Some("Called back when"), back(|r| r.return_to.as_ref())),
        Place::End(_) => ("Who ends here", None, ended(sheet, stage)),
    };
    (!rows.is_empty()).then_some(Comes { title, called, rows })
}

/// The exits of other stages that end in this one, each with its reason.
fn ended(sheet: &Sheet<'_>, stage: &Record<kinds::Stage>) -> Vec<No> {
    let mut rows = Vec::new();
    for other in funnel::in_order(&sheet.playbook().stages) {
        for exit in other.exits.iter().filter(|e| funnel::is(e.to.as_ref(), stage)) {
            let because = exit.reason.as_ref().map_or_else(|| Html::text("No reason is written"), |r| sentence(sheet, r));
            rows.push(No { because: vec![because], note: None, to: Some(sheet.link(&other.base.name)), with: None, back: None });
        }
    }
    rows
}

fn sentence(sheet: &Sheet<'_>, words: &Words) -> Html {
    if words.references.is_empty() { Html::text(&super::wording::capital(&words.text)) } else { sheet.words(words) }
}

fn saying(sheet: &Sheet<'_>, message: &Record<Message>) -> Option<Saying> {
    let mut to = sheet.link(&message.base.name);
    if let Some(persona) = &message.persona {
        to.label = sheet.link_ref(persona).label;
    }
    let proof = message.proof.first().and_then(|p| p.claim.as_ref());
    Some(Saying {
        to,
        problem: sheet.words_of(message.problem.as_ref()),
        promise: sheet.words(message.promise.as_ref()?),
        proof: sheet.words_of(proof),
    })
}

fn does(sheet: &Sheet<'_>, stage: &Record<kinds::Stage>) -> Vec<Doing> {
    let here = sheet.playbook().activities.iter().filter(|a| a.stages.iter().any(|s| funnel::is(Some(s), stage)));
    here.map(|a| Doing { activity: sheet.link(&a.base.name), role: a.accountable.role().map(|r| sheet.role(r)) }).collect()
}
