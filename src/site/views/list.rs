//! A list of records: each a link, a sentence and a word or two.

use crate::model::{Base, Kind, Records};
use crate::route::Listing;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// A list.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// What it is called.
    pub title: String,
    /// What stands in it, in a sentence.
    pub lead: Option<Html>,
    /// Its groups; one without a heading where there is nothing to group by.
    pub groups: Vec<Group>,
}

/// Records that belong together.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// What they share.
    pub title: Option<String>,
    /// Its anchor.
    pub id: String,
    /// The records.
    pub rows: Vec<Row>,
}

/// A record in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its title.
    pub label: String,
    /// Its page.
    pub href: String,
    /// What it is.
    pub text: Option<Html>,
    /// A word or two more: a team, a day.
    pub meta: Option<String>,
}

/// The view of a list.
pub fn view(sheet: &Sheet<'_>, listing: Listing) -> List {
    let p = sheet.playbook();
    let groups = match listing {
        Listing::Segments => one(rows(sheet, &p.segments, "size")),
        Listing::Assets => one(rows(sheet, &p.assets, "kind")),
        Listing::Tools => one(rows(sheet, &p.tools, "access")),
        Listing::Activities => activities(sheet),
        Listing::Roles => roles(sheet),
        _ => one(plain(sheet, listing)),
    };
    List { title: listing.label().to_owned(), lead: lead(listing).map(Html::text), groups }
}

fn lead(listing: Listing) -> Option<&'static str> {
    Some(match listing {
        Listing::Segments => "Whom we sell to, and who looks after them.",
        Listing::Assets => "What we hand out, and what is printed on it.",
        Listing::Tools => "Where the numbers live, and who can open what.",
        Listing::Activities => "Everything we do, and the one role that answers for it.",
        Listing::Roles => "Who answers for what, whoever holds the role today.",
        _ => return None,
    })
}

fn one(rows: Vec<Row>) -> Vec<Group> {
    vec![Group { title: None, id: "all".to_owned(), rows }]
}

/// Records with one of their fields as the word at the right.
fn rows<T>(sheet: &Sheet<'_>, records: &Records<T>, meta: &str) -> Vec<Row> {
    records.iter().map(|r| row(sheet, &r.base, r.base.fact(meta).map(|f| sheet.datum_text(&f.datum)))).collect()
}

fn row(sheet: &Sheet<'_>, base: &Base, meta: Option<String>) -> Row {
    let link = sheet.link(&base.name);
    Row { label: link.label, href: link.href, text: sheet.words_of(base.common.summary.as_ref()), meta }
}

fn activities(sheet: &Sheet<'_>) -> Vec<Group> {
    let p = sheet.playbook();
    let answers = |a: &crate::model::Record<crate::model::kinds::responsibility::Activity>| {
        let role = a.accountable.role().map(|r| sheet.role(r).label);
        Row { text: sheet.words_of(a.why.as_ref()), ..row(sheet, &a.base, role) }
    };
    let grouped = p.areas_in_order().into_iter().map(|area| Group {
        title: Some(area.title().to_owned()),
        id: area.id().to_owned(),
        rows: p.activities.iter().filter(|a| a.area.as_ref().is_some_and(|r| r.name == area.base.name)).map(answers).collect(),
    });
    let rest = Group {
        title: (!p.areas.is_empty()).then(|| "Elsewhere".to_owned()),
        id: "elsewhere".to_owned(),
        rows: p.activities.iter().filter(|a| a.area.is_none()).map(answers).collect(),
    };
    grouped.chain([rest]).filter(|g| !g.rows.is_empty()).collect()
}

fn roles(sheet: &Sheet<'_>) -> Vec<Group> {
    let p = sheet.playbook();
    let holders = |r: &crate::model::Record<crate::model::kinds::role::Role>| {
        let names: Vec<String> = r.holders.iter().map(|h| sheet.person(h).label).collect();
        row(sheet, &r.base, (!names.is_empty()).then(|| names.join(", ")))
    };
    let grouped = p.teams.iter().map(|team| Group {
        title: Some(team.title().to_owned()),
        id: team.id().to_owned(),
        rows: p.roles_of(team).into_iter().map(holders).collect(),
    });
    let rest = Group { title: None, id: "others".to_owned(), rows: p.roles.iter().filter(|r| r.team.is_none()).map(holders).collect() };
    grouped.chain([rest]).filter(|g| !g.rows.is_empty()).collect()
}

/// Every record that stands on a list, without more words.
fn plain(sheet: &Sheet<'_>, listing: Listing) -> Vec<Row> {
    let bases = sheet.playbook().bases();
    let here = bases.into_iter().filter(|b| Listing::of(b.name.kind) == Some(listing) && b.name.kind != Kind::Lesson);
    here.map(|b| row(sheet, b, None)).collect()
}
