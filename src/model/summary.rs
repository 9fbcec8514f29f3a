//! The order of pages: as a handbook's `SUMMARY.md` names them, else by their files' names, numbers counted as numbers.
//!
//! GitBook and mdBook keep their table of contents in such a file. It gives an order and, by its headings, the parts; what it does not name
//! follows. The folders stay what they are, for they are in the addresses.

use super::gather::Slot;
use super::prose::{join, percent_decoded};
use super::raw::{Raw, is_index};
use crate::diagnostic::Spanned;
use crate::source::{Data, Entry, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The part that each page stands in, by its path, where a table of contents has parts.
#[derive(Debug, Clone, Default)]
pub struct Parts(BTreeMap<String, String>);

impl Parts {
    /// A page with its part for a section, unless it states one.
    pub fn with(&self, page: &Arc<Raw>) -> Arc<Raw> {
        let part = self.0.get(&page.inner_path).filter(|_| page.table.get("section").is_none());
        let Some(part) = part else { return page.clone() };
        let mut raw = Raw::clone(page);
        let span = raw.place;
        raw.table
            .entries
            .push(Entry { key: Spanned::new("section".to_owned(), span), value: Value { data: Data::Text(part.clone()), span } });
        Arc::new(raw)
    }
}

/// Puts pages in order, and into the parts that tables of contents name.
pub fn arrange(pages: &mut [Slot]) -> Parts {
    let paths: BTreeSet<String> = pages.iter().map(|p| p.raw.inner_path.clone()).collect();
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    for summary in pages.iter().filter(|p| is_summary(&p.raw.inner_path)) {
        for (path, part) in contents(&summary.raw, &paths) {
            let place = named.len();
            named.entry(path).or_insert(Named { place, part });
        }
    }
    let place = |raw: &Raw| (is_summary(&raw.inner_path), named.get(&raw.inner_path).map_or(usize::MAX, |n| n.place));
    pages.sort_by_cached_key(|page| (place(&page.raw), natural(place_in_folder(&page.raw))));
    let parts = Parts(named.into_iter().filter_map(|(path, named)| named.part.map(|part| (path, part))).collect());
    for page in pages.iter_mut() {
        page.raw = parts.with(&page.raw);
    }
    parts
}

/// Where a table of contents names a page.
struct Named {
    place: usize,
    part: Option<String>,
}

/// Whether a file is a table of contents.
pub fn is_summary(path: &str) -> bool {
    path.starts_with("pages/") && path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("summary.md"))
}

/// The pages that a table of contents names, in order, each with the heading of its part; the first heading is the table's own.
fn contents(summary: &Raw, paths: &BTreeSet<String>) -> Vec<(String, Option<String>)> {
    let Some((body, outline)) = &summary.body else { return Vec::new() };
    let folder = summary.inner_path.rsplit_once('/').map_or("", |(f, _)| f);
    let own = outline.headings.first().filter(|h| outline.links.first().is_none_or(|l| h.span.start < l.span.start) && h.level == 1);
    let parts = outline.headings.iter().skip(usize::from(own.is_some()));
    let parts: Vec<_> = parts.filter(|h| h.span.file == body.file).collect();
    let links = outline.links.iter().filter(|l| !l.image && !l.raw);
    links
        .filter_map(|link| {
            let part = parts.iter().rev().find(|h| h.span.start < link.span.start).map(|h| h.text.clone());
            page_at(folder, &link.target, paths).map(|path| (path, part.filter(|p| !p.is_empty())))
        })
        .collect()
}

/// The page that a link of a table of contents means.
pub fn page_at(folder: &str, target: &str, paths: &BTreeSet<String>) -> Option<String> {
    let path = target.split(['#', '?']).next().unwrap_or("");
    if path.is_empty() || target.contains("://") {
        return None;
    }
    let path = join(if path.starts_with('/') { "pages" } else { folder }, &percent_decoded(path))?;
    let forms = [path.clone(), format!("{path}.md"), format!("{path}/README.md"), format!("{path}/index.md"), format!("{path}/_index.md")];
    forms.into_iter().find(|form| paths.contains(form))
}

/// A page's path for its place; a folder's own page comes before what lies in the folder.
fn place_in_folder(page: &Raw) -> &str {
    let path = page.inner_path.as_str();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if is_index(stem) { path.get(..=folder.len()).unwrap_or(path) } else { path }
}

/// A path by which paths are put in order, numbers in them counted as numbers: `9-end` comes before `10-more`.
/// Each number has its length before it; where two paths are equal so far, the text itself decides.
fn natural(path: &str) -> (String, String) {
    let mut key = String::with_capacity(path.len() + 8);
    let mut rest = path;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let number = number.trim_start_matches('0');
        if digits > 0 {
            // Digits stand before letters and behind `-`, `.` and `/`, as they do in the text: a length is told by digits too.
            key.push_str(&format!("{:03}{number}", number.len().min(999)));
        }
        let text = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (text, after) = after.split_at(text);
        key.push_str(text);
        rest = after;
    }
    (key, path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_paths_count() {
        let mut paths =
            vec!["pages/b.md", "pages/10-c.md", "pages/9-b.md", "pages/01-a.md", "pages/a/2.md", "pages/a/12.md", "pages/1-a.md"];
        paths.sort_by_key(|path| natural(path));
        assert_eq!(
            paths,
            ["pages/01-a.md", "pages/1-a.md", "pages/9-b.md", "pages/10-c.md", "pages/a/2.md", "pages/a/12.md", "pages/b.md"]
        );
    }
}
