//! Every page of prose, by section.
//!
//! For whoever looks for something that is no single fact.

use super::parts::{Empty, Link};
use super::wording::counted;
use crate::model::Record;
use crate::model::kinds::page;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;

/// The list.
#[derive(Debug, Clone, Serialize)]
pub struct Pages {
    /// "Pages".
    pub title: String,
    /// "Fourteen pages in four parts."
    pub lead: Option<Html>,
    /// The pages, by section.
    pub sections: Vec<Section>,
    /// Stands here where there is none.
    pub empty: Option<Empty>,
}

/// A section.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// The heading's anchor.
    pub id: String,
    /// Its name: "With clients"; "Pages" where the pages name none.
    pub title: String,
    /// Its pages, in order.
    pub pages: Vec<Row>,
}

/// A page.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Which.
    pub link: Link,
    /// What it says.
    pub says: Option<Html>,
    /// The first question it answers.
    pub answers: Option<Html>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Pages {
    let mut pages: Vec<&Record<page::Page>> = sheet.playbook().pages.iter().filter(|p| !p.nav.as_ref().is_some_and(|n| n.hide)).collect();
    pages.sort_by_key(|p| p.nav.as_ref().and_then(|n| n.order).unwrap_or(u32::MAX));
    let mut sections: Vec<Section> = Vec::new();
    let shared = shared_folder(pages.iter().filter(|p| p.section.is_none()).map(|p| p.id()));
    for page in &pages {
        let title = page.section.clone().or_else(|| folder(sheet, page.id(), &shared)).unwrap_or_else(|| "More".to_owned());
        let row = row(sheet, page);
        match sections.iter_mut().find(|s| s.title == title) {
            Some(section) => section.pages.push(row),
            None => sections.push(Section { id: format!("part-{}", sections.len() + 1), title, pages: vec![row] }),
        }
    }
    if let [only] = sections.as_mut_slice() {
        only.title = "All pages".to_owned();
    }
    Pages {
        title: "Pages".to_owned(),
        lead: (!pages.is_empty())
            .then(|| Html::text(&format!("{} of what no single fact can say.", counted(pages.len(), "page", "pages")))),
        empty: pages.is_empty().then(|| Empty {
            title: "No pages yet".to_owned(),
            text: "Here one would find whatever is prose: why we do it, how we talk about price, what to do on the first day.".to_owned(),
            file: Some("content/pages/welcome.md".to_owned()),
        }),
        sections,
    }
}

/// The folder, with its slash, that several pages lie in.
fn shared_folder<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let folders = ids.filter_map(|id| id.rsplit_once('/').map(|(folder, _)| format!("{folder}/")));
    let shared = folders.reduce(|a, b| {
        let same = a.split_inclusive('/').zip(b.split_inclusive('/')).take_while(|(x, y)| x == y);
        same.map(|(x, _)| x).collect()
    });
    shared.unwrap_or_default()
}

/// What the folder is called that a page stands in below the shared one: as its own page is, else as it is named.
fn folder(sheet: &Sheet<'_>, id: &str, shared: &str) -> Option<String> {
    let inner = id.strip_prefix(shared)?;
    let (word, _) = format!("{inner}/").split_once('/').map(|(word, rest)| (word.to_owned(), rest.to_owned()))?;
    let path = format!("{shared}{word}");
    let pages = &sheet.playbook().pages;
    let holds = inner.contains('/') || pages.iter().any(|p| p.id().strip_prefix(&path).is_some_and(|rest| rest.starts_with('/')));
    let own = pages.get(&path).map(|p| p.title().to_owned());
    holds.then(|| own.unwrap_or_else(|| crate::model::raw::humanise(&word)))
}

fn row(sheet: &Sheet<'_>, page: &Record<page::Page>) -> Row {
    Row {
        link: sheet.link(&page.base.name),
        says: sheet.words_of(page.base.common.summary.as_ref()),
        answers: page.answers.first().map(|a| sheet.words(a)),
    }
}
