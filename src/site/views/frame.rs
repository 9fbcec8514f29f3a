//! What stands around every page: where the reader is, where they can go, who keeps what they read.
//!
//! The same on every page, so that a template's own view holds only what that page says.

use super::parts::{Link, RoleMark};
use super::versions::{Past, VersionMenu};
use crate::site::html::Html;
use serde::Serialize;

/// Everything a page shows beside its own subject.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// Language of the page, as BCP 47: "en".
    pub lang: String,
    /// From this page to the root of the site: "../../", or "./" at the root.
    pub root: String,
    /// Title of the document, as the browser's tab shows it.
    pub title: String,
    /// One sentence for search engines and link previews.
    pub description: String,
    /// The page's address on the web, where the playbook has one.
    pub canonical: Option<String>,
    /// Name of the playbook: "Quillmere playbook".
    pub playbook: String,
    /// Name of the organisation: "Quillmere Catering".
    pub organisation: String,
    /// Kind of page, one word, as a class of `<body>`: "matrix".
    pub kind: String,
    /// Where the style, the scripts and the font lie.
    pub assets: Assets,
    /// The field that opens search.
    pub search: Search,
    /// What changed, for feed readers: everything, and on a role's page what touches it.
    pub feeds: Vec<Link>,
    /// The versions there are, where there are any.
    pub versions: Option<VersionMenu>,
    /// That this is a page of an old version, and where its subject stands today.
    pub past: Option<Past>,
    /// The sidebar, its groups parted by space; printed entry by entry into `sidebar`.
    #[serde(skip)]
    pub nav: Vec<NavGroup>,
    /// The entries of each group as HTML, filled in when the page is printed.
    pub sidebar: Vec<String>,
    /// The few entries of the sidebar that a header has room for, for pages without one.
    pub nav_main: Vec<NavItem>,
    /// From the top down to this page; the last one has no address.
    pub crumbs: Vec<Crumb>,
    /// The page's own headings; empty where the page shows no contents column.
    pub toc: Vec<TocEntry>,
    /// The page before this one, in reading order.
    pub previous: Option<Link>,
    /// The page after this one, in reading order.
    pub next: Option<Link>,
    /// Who keeps the page and when it is reviewed.
    pub keeping: Option<Keeping>,
    /// Where the record is used, and how to mend it.
    pub foot: Option<Foot>,
    /// Last line of the page: "Quillmere Catering, v4, published 2 November 2026".
    pub published: String,
}

/// The field that opens search, and what its script must know. Addresses are relative to the page.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// The page of search; without script the field is a link to it.
    pub href: String,
    /// What the field says: "Search, or ask: who approves a discount?".
    pub hint: String,
    /// The script of search.
    pub script: String,
    /// What that sends for itself.
    pub more: String,
    /// The style of search.
    pub style: String,
    /// The folder of this version's index.
    pub index: String,
    /// Where this version's pages begin.
    pub root: String,
    /// What this version is called, where there are several.
    pub version: Option<String>,
}

/// Addresses of what the page loads, each relative to the page.
#[derive(Debug, Clone, Serialize)]
pub struct Assets {
    /// The style that all pages share, in one file.
    pub css: String,
    /// The style of questions and tables in prose, where the page has any.
    pub blocks: Option<String>,
    /// The style that only this page needs.
    pub page: Option<String>,
    /// All script but the scheme's, in one file.
    pub script: String,
    /// The small script that sets the colours before the first paint.
    pub scheme: String,
    /// The text's font, fetched early.
    pub font: String,
    /// The figures' font, fetched early.
    pub figures: String,
    /// The mark, for the browser's tab.
    pub icon: String,
}

/// Entries of the sidebar that belong together.
#[derive(Debug, Clone)]
pub struct NavGroup {
    /// The entries.
    pub items: Vec<NavEntry>,
}

/// An entry of the sidebar, or where to find it: pages side by side share nearly all, and each is worked out once for them.
#[derive(Debug, Clone)]
pub enum NavEntry {
    /// As it is.
    Item(NavItem),
    /// A page or a folder of pages that is neither read nor open, by its place among all.
    Page(usize),
}

/// An entry of the sidebar.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the page being read.
    pub current: bool,
    /// Whether the page being read is this one or lies beneath it.
    pub open: bool,
    /// The team's hue, where the entry is a team's or a stage's: 1 to 8.
    pub hue: Option<u8>,
    /// What lies beneath it; filled only where `open`.
    #[serde(skip)]
    pub children: Vec<NavEntry>,
}

/// A step on the way from the top to this page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it leads; absent for the page itself.
    pub href: Option<String>,
}

/// A heading of the page.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// The heading's `id`.
    pub id: String,
    /// Its text.
    pub label: String,
    /// 2 for a section, 3 for a part of one.
    pub level: u8,
}

/// Who keeps a page true, and when they looked at it.
#[derive(Debug, Clone, Serialize)]
pub struct Keeping {
    /// What a reader must know of a record that is not simply in force: "Retired: no longer in force".
    pub status: Option<&'static str>,
    /// The role that keeps it.
    pub kept_by: Option<RoleMark>,
    /// The day of the last review: "12 October 2026".
    pub reviewed: Option<String>,
    /// When the next one is due: "next in January".
    pub next_review: Option<String>,
    /// Whether that day is past.
    pub overdue: bool,
    /// The version of the last change: "v4".
    pub changed: Option<Link>,
}

/// What stands under a page.
#[derive(Debug, Clone, Serialize)]
pub struct Foot {
    /// How often it is used: "Named in 31 places".
    pub used_summary: Option<String>,
    /// Those places, by kind.
    pub used: Vec<UsedGroup>,
    /// Where the page's source can be edited.
    pub edit: Option<String>,
    /// Where to say that something is wrong: an address or a `mailto:`.
    pub feedback: Option<String>,
    /// Whom that reaches: "Tell Head of marketing".
    pub feedback_to: Option<String>,
    /// What its editors have to mend.
    pub open: Option<ToMend>,
    /// When its file was changed last and by whom, where it has one of its own: "Last changed on 2 November 2026 by Petra Lindqvist".
    pub changed: Option<String>,
    /// What changed of it, the latest first.
    pub history: Vec<Happened>,
}

/// A change of a record.
#[derive(Debug, Clone, Serialize)]
pub struct Happened {
    /// The version it came with.
    pub version: Link,
    /// What changed.
    pub says: Html,
}

/// The places of one kind that use a record.
#[derive(Debug, Clone, Serialize)]
pub struct UsedGroup {
    /// The kind, in the plural: "Activities".
    pub label: String,
    /// The places, or the first of very many.
    pub links: Vec<Link>,
    /// How many are not listed: "and 340 more".
    pub more: Option<String>,
}

/// What is to be mended in a record, for those who keep it.
#[derive(Debug, Clone, Serialize)]
pub struct ToMend {
    /// How much: "2 findings for its editors".
    pub summary: String,
    /// The first of it.
    pub says: Vec<Html>,
    /// Where the rest of its owner's stands: "All that Sales lead has to mend".
    pub all: Link,
}
