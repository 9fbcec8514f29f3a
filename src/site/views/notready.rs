//! Every "no" and where it goes: what comes back, what a team declines, what is final.
//!
//! For whoever has just heard one, and must not let it fall on the floor.

use super::funnel::Ending;
use super::noes::{self, Noes};
use super::parts::{Empty, Link, RoleMark};
use super::recycle;
use crate::model::Record;
use crate::model::funnel;
use crate::model::kinds::funnel::{Recycle, Stage};
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// Every no.
#[derive(Debug, Clone, Serialize)]
pub struct NotReady {
    /// The page's name.
    pub title: String,
    /// Why no no is lost.
    pub lead: Option<Html>,
    /// What would be here.
    pub empty: Option<Empty>,
    /// The ways back.
    pub ways: Vec<Way>,
    /// What a team may decline, a table a hand-over.
    pub declines: Vec<Noes>,
    /// Where it is final.
    pub ends: Vec<Ending>,
}

/// A way back.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// Its page.
    pub link: Link,
    /// What they say.
    pub reasons: Option<Html>,
    /// Where they say it.
    pub from: Option<Link>,
    /// Where it waits.
    pub to: Option<Link>,
    /// Who looks after it meanwhile.
    pub owner: Option<RoleMark>,
    /// What calls it back.
    pub back: Option<Html>,
    /// How long it is left in peace, and how much is done at most.
    pub limits: Vec<String>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> NotReady {
    let p = sheet.playbook();
    let way = funnel::funnel(p);
    NotReady {
        title: Listing::NotReady.label().to_owned(),
        lead: Some(Html::text("Not now is not no. Every no has a place to go, somebody who keeps it, and something that calls it back.")),
        empty: p.recycles.is_empty().then(empty),
        ways: p.recycles.iter().map(|r| self::way(sheet, r)).collect(),
        declines: p.handoffs.iter().filter_map(|h| declines(sheet, h)).collect(),
        ends: way.ends.iter().map(|e| end(sheet, e)).collect(),
    }
}

fn empty() -> Empty {
    Empty {
        title: "No ways back yet".to_owned(),
        text: "Here one would see every no, where it waits, and what calls it back.".to_owned(),
        file: Some("content/funnel.toml".to_owned()),
    }
}

fn way(sheet: &Sheet<'_>, recycle: &Record<Recycle>) -> Way {
    let no = noes::recycled(sheet, recycle);
    Way {
        link: sheet.link(&recycle.base.name),
        reasons: no.note,
        from: recycle.from.as_ref().map(|f| sheet.link_ref(f)),
        to: no.to,
        owner: recycle.base.common.owner.as_ref().map(|o| sheet.role(o)),
        back: no.back,
        limits: recycle::limits(recycle),
    }
}

/// A hand-over's noes; the heading says which where one team declines several.
fn declines(sheet: &Sheet<'_>, handoff: &Record<crate::model::kinds::funnel::Handoff>) -> Option<Noes> {
    let noes = noes::of_handoff(sheet, handoff)?;
    Some(Noes { title: format!("{}: {}", noes.title, handoff.title()), ..noes })
}

fn end(sheet: &Sheet<'_>, stage: &Record<Stage>) -> Ending {
    super::funnel::ending(sheet, stage)
}
