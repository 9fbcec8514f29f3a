//! Why we work together: the purpose, who signed it, what we hold to, how a disagreement ends.
//!
//! For everyone, once; and again whenever two of us disagree.

use super::parts::{RoleMark, TeamMark};
use crate::model::Record;
use crate::model::field::Words;
use crate::model::kinds::page::{self, Dispute, Sponsor};
use crate::model::kinds::team::Team;
use crate::model::types::Ref;
use crate::model::value::long_date;
use crate::site::html::Html;
use crate::site::prose::Prose;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The charter.
#[derive(Debug, Clone, Serialize)]
pub struct Charter {
    /// Its name.
    pub title: String,
    /// The purpose; the one thing on the page.
    pub lead: Option<Html>,
    /// What we hold to.
    pub principles: Vec<Principle>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// How a disagreement ends, step by step.
    pub steps: Vec<Step>,
    /// Whose success a new client is.
    pub credit: Option<Html>,
    /// The rest, in prose.
    pub body: Option<Prose>,
}

/// Something we hold to.
#[derive(Debug, Clone, Serialize)]
pub struct Principle {
    /// Its name, where it begins with one: "Be honest".
    pub name: Option<String>,
    /// What it says.
    pub says: Html,
}

/// A signature.
#[derive(Debug, Clone, Serialize)]
pub struct Signature {
    /// Who.
    pub role: RoleMark,
    /// The person who holds the role today.
    pub person: Option<String>,
    /// For which team, where that is not the role's own.
    pub team: Option<TeamMark>,
    /// The day: "6 October 2025"; nothing where it is not signed.
    pub signed: Option<String>,
}

/// A step on the way out of a disagreement.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// When it applies.
    pub when: Html,
    /// Who decides.
    pub decider: Option<RoleMark>,
    /// How soon: "Within 3 business days".
    pub within: Option<String>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>, charter: &Record<page::Charter>) -> Charter {
    Charter {
        title: charter.title().to_owned(),
        lead: sheet.words_of(charter.purpose.as_ref()),
        principles: charter.principles.iter().map(|p| principle(sheet, p)).collect(),
        signatures: charter.sponsors.iter().filter_map(|s| signature(sheet, s)).collect(),
        steps: charter.escalation.iter().filter_map(|d| step(sheet, d)).collect(),
        credit: sheet.words_of(charter.credit_policy.as_ref()),
        body: sheet.body(&charter.base),
    }
}

/// "Be honest: a plain no today …" has a name of one to four words before its colon.
fn principle(sheet: &Sheet<'_>, words: &Words) -> Principle {
    let name = words.text.split_once(": ").map(|(name, _)| name).filter(|n| n.split(' ').count() <= 4 && !n.contains("[["));
    let Some(name) = name else { return Principle { name: None, says: sheet.words(words) } };
    let cut = name.len() + 2;
    let kept = words.references.iter().filter(|(r, _)| r.start >= cut);
    let rest = Words {
        text: super::wording::capital(words.text.get(cut..).unwrap_or("")),
        references: kept.map(|(r, to)| (r.start - cut..r.end - cut, to.clone())).collect(),
    };
    Principle { name: Some(name.to_owned()), says: sheet.words(&rest) }
}

fn signature(sheet: &Sheet<'_>, sponsor: &Sponsor) -> Option<Signature> {
    let role = sponsor.role.as_ref()?;
    let record = &sheet.playbook().roles[role];
    let holder = record.holders.first();
    let other = |t: &&Ref<Team>| record.team.as_ref().is_none_or(|own| own.name != t.name);
    Some(Signature {
        role: sheet.role(role),
        person: holder.map(|h| sheet.person(h).label),
        team: sponsor.team.as_ref().filter(other).map(|t| sheet.team(t)),
        signed: sponsor.signed.map(long_date),
    })
}

fn step(sheet: &Sheet<'_>, dispute: &Dispute) -> Option<Step> {
    Some(Step {
        when: sheet.words(dispute.when.as_ref()?),
        decider: dispute.decider.as_ref().map(|d| sheet.role(d)),
        within: dispute.within.as_ref().map(|d| format!("Within {d}")),
    })
}
