//! Every address of the site and what stands at it.

use super::open::Open;
use super::turning::Turning;
use crate::check::ROSTER;
use crate::compile::Compiled;
use crate::model::{Kind, Name};
use crate::route::{self, Listing};
use crate::search::{WHOLE, count};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// A record's page.
    Record(Name),
    /// A list, a map, a matrix.
    Listing(Listing),
    /// What changed between two versions, by its place in the chronicle.
    Changes(usize),
    /// What changed, for feed readers: everything, or what touches a role.
    Feed(Option<String>),
    /// What changed with each version, for programs.
    ChangesJson,
    /// What changed since each version, as data for a script.
    Since,
    /// A rule's page, by its place in the roster.
    Check(usize),
    /// The page for addresses that are none.
    NotFound,
    /// An address that was given up, and where it leads now.
    Redirect(String),
    /// A file that only a version has, by its address there.
    Past(String),
    /// The matrix of an area, or of all, as CSV.
    MatrixCsv(Option<String>),
    /// The list of addresses for machines.
    Sitemap,
    /// The addresses that were given up and where they lead, for web servers.
    Redirects,
    /// A file of `content/`, by its path from the project's root.
    File(String),
}

/// A compiled playbook with an address for everything in it.
pub struct Site {
    /// The playbook, its texts and its findings.
    pub compiled: Compiled,
    /// Where the site will be, where that is known; ends with `/`.
    pub base_url: Option<String>,
    pub(super) pages: Arc<BTreeMap<String, Page>>,
    /// The order of reading.
    pub(super) turning: Turning,
    open: OnceLock<Open>,
}

impl Site {
    /// Plans every page.
    pub fn plan(compiled: Compiled, base_url: Option<String>) -> Self {
        Self::plan_again(compiled, base_url, None)
    }

    /// The same after an edit: what the site from before had and what still holds is kept.
    pub fn plan_again(compiled: Compiled, base_url: Option<String>, before: Option<&Site>) -> Self {
        let compiled = compiled.for_readers();
        let base_url = base_url
            .or_else(|| compiled.playbook.own().and_then(|s| s.base_url.clone()))
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
            .map(|url| format!("{}/", url.trim_end_matches('/')));
        let before = before.filter(|site| site.compiled.playbook.census.is(&compiled.playbook.census));
        let turning = match before {
            Some(site) => site.turning.again(&site.compiled.playbook, &compiled.playbook),
            None => Turning::of(&compiled.playbook),
        };
        let same = before.filter(|s| s.base_url == base_url && s.compiled.playbook.linked_files == compiled.playbook.linked_files);
        let pages = match same {
            Some(site) => site.pages.clone(),
            None => Arc::new(Plan { compiled: &compiled, pages: BTreeMap::new() }.all(base_url.is_some())),
        };
        Self { compiled, base_url, pages, turning, open: OnceLock::new() }
    }

    /// Plans the pages of a version that was released: what it held, and nothing of what is to be mended now. What holds of one beside
    /// it as well is taken from there.
    pub fn released(compiled: Compiled, base_url: Option<String>, beside: Option<&Site>) -> Self {
        let mut site = Self::plan_again(compiled, base_url, beside);
        let of_now = |page: &Page| match page {
            Page::Listing(listing) => listing.is_of_now(),
            page => matches!(page, Page::Check(_) | Page::NotFound | Page::Sitemap | Page::Redirects),
        };
        if site.pages.values().any(of_now) {
            Arc::make_mut(&mut site.pages).retain(|_, page| !of_now(page));
        }
        site
    }

    /// The path the site is put under, `/` where it is the whole host.
    pub fn prefix(&self) -> &str {
        let after_scheme = self.base_url.as_deref().and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
        after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("/")
    }

    /// Every address, in order.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// What stands at an address.
    pub fn page(&self, address: &str) -> Option<&Page> {
        self.pages.get(address)
    }

    /// Whether anything stands at an address.
    pub fn has(&self, address: &str) -> bool {
        self.pages.contains_key(address)
    }

    /// Where a record's page is; where its kind is listed if it has none of its own.
    pub fn address_of(&self, name: &Name) -> &str {
        self.compiled.addresses.get(name).unwrap_or_else(|| Listing::of(name.kind).map_or("/", Listing::address))
    }

    /// What is to be mended, by record; looked up once, and only where it is asked for.
    pub fn open(&self) -> &Open {
        self.open.get_or_init(|| Open::of(self.compiled.findings.all()))
    }

    /// Whether its index is one file.
    pub fn is_small(&self) -> bool {
        count(&self.compiled.playbook) <= WHOLE
    }

    /// The records that refer to a record, in order; settings and search contracts aside.
    pub fn used_by(&self, name: &Name) -> impl Iterator<Item = &Name> {
        let users = self.compiled.playbook.used_by.get(name).into_iter().flatten();
        users.filter(|from| !matches!(from.kind, Kind::Playbook | Kind::Expect))
    }
}

/// A plan while it is made.
struct Plan<'a> {
    compiled: &'a Compiled,
    pages: BTreeMap<String, Page>,
}

impl Plan<'_> {
    fn all(mut self, known_base: bool) -> BTreeMap<String, Page> {
        let records = self.compiled.addresses.iter().map(|(address, name)| (address.to_owned(), Page::Record(name.clone())));
        self.pages.extend(records);
        self.plan_lists();
        if known_base {
            self.pages.insert(route::SITEMAP.to_owned(), Page::Sitemap);
        }
        self.plan_redirects();
        if self.pages.values().any(|page| matches!(page, Page::Redirect(_))) {
            self.pages.insert(route::REDIRECTS.to_owned(), Page::Redirects);
        }
        self.pages
    }

    fn plan_lists(&mut self) {
        let playbook = &self.compiled.playbook;
        let filled: Vec<Listing> = Listing::ALL.into_iter().filter(|l| l.is_shown(playbook)).collect();
        let areas: Vec<String> = playbook.areas.iter().map(|a| a.id().to_owned()).collect();
        let files: Vec<String> = playbook.linked_files.iter().cloned().collect();
        self.pages.extend(filled.into_iter().map(|l| (l.address().to_owned(), Page::Listing(l))));
        self.pages.extend(ROSTER.iter().enumerate().map(|(i, rule)| (route::check(rule.name), Page::Check(i))));
        if !areas.is_empty() {
            self.pages.insert(route::matrix_csv(None), Page::MatrixCsv(None));
        }
        self.pages.extend(areas.into_iter().map(|id| (route::matrix_csv(Some(&id)), Page::MatrixCsv(Some(id)))));
        self.pages.insert(route::NOT_FOUND.to_owned(), Page::NotFound);
        self.pages.extend(files.into_iter().map(|path| (route::file(&path), Page::File(path))));
    }

    /// An id or address that was given up leads to the record's page, unless something lives there now.
    fn plan_redirects(&mut self) {
        for (address, name) in route::given_up(&self.compiled.playbook) {
            if let Some(today) = self.compiled.addresses.get(&name).filter(|_| !route::is_taken(&address)) {
                self.pages.entry(address).or_insert(Page::Redirect(today.to_owned()));
            }
        }
        self.plan_former_addresses();
    }

    /// Addresses that pages had elsewhere, where no file or folder of the site is in their way, letter case aside.
    fn plan_former_addresses(&mut self) {
        let former = &self.compiled.playbook.former_addresses;
        if former.is_empty() {
            return;
        }
        let mut places = Places::of(self.pages.keys());
        let mut free = Vec::new();
        for (address, name) in former.iter() {
            if let Some(today) = self.compiled.addresses.get(name).filter(|_| places.take(address)) {
                free.push((address.clone(), today.to_owned()));
            }
        }
        self.pages.extend(free.into_iter().map(|(address, today)| (address, Page::Redirect(today))));
    }
}

/// The files of a site, as machines see them that know no capitals.
pub(super) struct Places(BTreeSet<String>);

impl Places {
    /// Those of some addresses.
    pub fn of<'a>(addresses: impl Iterator<Item = &'a String>) -> Self {
        Self(addresses.map(|address| route::output(address).to_lowercase()).collect())
    }

    /// Takes the place of an address; not where a file or folder of the site is in its way.
    pub fn take(&mut self, address: &str) -> bool {
        let output = route::output(address).to_lowercase();
        let beneath = format!("{output}/");
        let above = output.match_indices('/').filter_map(|(at, _)| output.get(..at));
        let is_blocked = output.starts_with("theme/")
            || output.starts_with("v/")
            || self.0.contains(&output)
            || above.into_iter().any(|folder| self.0.contains(folder))
            || self.0.range(beneath.clone()..).next().is_some_and(|next| next.starts_with(&beneath));
        !is_blocked && self.0.insert(output)
    }
}
