//! Views to bytes: a page of the site through its template, or a file as it is.

pub mod changes;
mod csv;
mod ejected;
mod feed;
mod finished;
mod lean;
mod machine;
mod pages;
pub mod search;
mod sidebar;
mod template;
mod theme;

pub use ejected::{LEDGER, entry, outgrown};
pub use theme::{Theme, default_file, default_paths};

use crate::compile::Compiled;
use crate::history::{History, Version};
use crate::project::Project;
use crate::route;
use crate::site::chronicle::Chronicle;
use crate::site::shelves::{self, Shelf};
use crate::site::{Page, Site};
use crate::source::tree;
use rayon::prelude::*;
use sidebar::Sidebar;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use template::Templates;

/// A playbook with its versions in a theme: everything that can be asked for, ready to be asked.
pub struct Press {
    /// What stands now.
    pub now: Volume,
    shelf: Shelf,
    /// Every version that was released, each on its shelf.
    released: Arc<Vec<Volume>>,
    history: Arc<History>,
    dress: Arc<Dress>,
}

/// The site of one version, and what was printed of it.
pub struct Volume {
    /// The site.
    pub site: Arc<Site>,
    sidebar: Sidebar,
    /// The files of its index, where they were asked for.
    search: OnceLock<search::Files>,
    store: Store,
}

/// Where the files lie that pages link to.
#[derive(Clone)]
enum Store {
    /// In a folder.
    Folder(PathBuf),
    /// In a version.
    Version(Arc<Version>),
}

impl Volume {
    fn new(site: Arc<Site>, store: Store) -> Self {
        Self { site, sidebar: Sidebar::default(), search: OnceLock::new(), store }
    }

    /// The files of its index, by address.
    fn search(&self) -> &search::Files {
        self.search.get_or_init(|| search::pack(&self.site))
    }

    /// Their addresses: of a small index without making it.
    fn search_addresses(&self) -> Vec<String> {
        match self.site.is_small() {
            true => vec![route::SEARCH_INDEX.to_owned()],
            false => self.search().keys().cloned().collect(),
        }
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        match &self.store {
            Store::Folder(root) => tree::bytes(root, path),
            Store::Version(version) => version.bytes(path),
        }
    }
}

/// A theme with its templates parsed.
pub struct Dress {
    theme: Theme,
    templates: Templates,
}

impl Dress {
    /// The theme a playbook asks for.
    ///
    /// # Errors
    /// A sentence that names the theme's folder, or the template that does not parse, and where.
    pub fn of(project: &Project, compiled: &Compiled) -> Result<Self, String> {
        Self::new(match compiled.playbook.own().and_then(|s| s.theme.as_ref()) {
            Some(name) => Theme::of_project(&project.root, &name.value)?,
            None => Theme::embedded(),
        })
    }

    /// A theme.
    ///
    /// # Errors
    /// A sentence that names the template that does not parse, and where.
    pub fn new(theme: Theme) -> Result<Self, String> {
        let templates = Templates::new(&theme)?;
        Ok(Self { theme, templates })
    }

    /// Whether a file of the project's is empty that was not: an editor is in the middle of writing it.
    pub fn emptied_since(&self, before: &Self) -> bool {
        self.theme.emptied_since(&before.theme)
    }
}

impl Press {
    /// A compiled playbook and its versions in its theme.
    ///
    /// # Errors
    /// A sentence that names the theme's folder, or the template that does not parse, and where.
    pub fn of(project: &Project, compiled: Compiled) -> Result<Self, String> {
        let dress = Dress::of(project, &compiled)?;
        let site = Site::plan(compiled, project.base_url.clone());
        Ok(Self::new(site, Arc::new(dress), project.root.clone()))
    }

    /// Puts a site and its history into a theme.
    pub fn new(site: Site, dress: Arc<Dress>, root: PathBuf) -> Self {
        let history = site.compiled.history.clone();
        let base_url = site.base_url.clone();
        // Most versions have the records of the one before.
        let row = history.versions.len().div_ceil(rayon::current_num_threads()).max(1);
        let rows = history.versions.par_chunks(row).flat_map_iter(|row| {
            row.iter().scan(None, |beside: &mut Option<Arc<Site>>, version| {
                let compiled = shelves::compiled(version, beside.as_ref().map(|site| &site.compiled));
                let site = Arc::new(Site::released(compiled, base_url.clone(), beside.as_deref()));
                *beside = Some(site.clone());
                Some(Volume::new(site, Store::Version(Arc::new(version.clone()))))
            })
        });
        let released: Vec<Volume> = rows.collect();
        let shelf = Shelf::now(&site, &history, released.iter().map(|volume| volume.site.as_ref()), None);
        Self { now: Volume::new(Arc::new(site), Store::Folder(root)), shelf, released: Arc::new(released), history, dress }
    }

    /// The next site in the theme of this one, where neither the theme nor the playbook's choice of it has changed.
    pub fn again(&self, project: &Project, compiled: Compiled) -> Self {
        self.dressed(project, compiled, self.dress.clone())
    }

    /// The next site in another theme, beside the same versions.
    pub fn dressed(&self, project: &Project, compiled: Compiled, dress: Arc<Dress>) -> Self {
        let site = Site::plan_again(compiled, project.base_url.clone(), Some(&self.now.site));
        if !Arc::ptr_eq(&site.compiled.history, &self.history) {
            return Self::new(site, dress, project.root.clone());
        }
        let shelf = Shelf::now(&site, &self.history, self.released.iter().map(|volume| volume.site.as_ref()), Some(&self.shelf));
        let released = match Arc::ptr_eq(&dress, &self.dress) {
            true => self.released.clone(),
            // What was printed of the sidebars was printed in the theme from before.
            false => Arc::new(self.released.iter().map(|v| Volume::new(v.site.clone(), v.store.clone())).collect()),
        };
        let store = Store::Folder(project.root.clone());
        Self { now: Volume::new(Arc::new(site), store), shelf, released, history: self.history.clone(), dress }
    }

    /// Its theme.
    pub fn dress(&self) -> &Dress {
        &self.dress
    }

    /// What stands now.
    pub fn site(&self) -> &Site {
        &self.now.site
    }

    /// What changed from version to version.
    pub fn chronicle(&self) -> &Chronicle {
        &self.shelf.chronicle
    }

    /// Every address, in order: pages of every version, and what they load.
    pub fn addresses(&self) -> Vec<String> {
        let now = self.now.site.addresses().map(str::to_owned).chain(self.now.search_addresses());
        let changes = self.shelf.pages().keys().cloned();
        let released = self.shelves().flat_map(|(volume, shelf)| {
            let addresses = volume.site.addresses().map(str::to_owned).chain(volume.search_addresses());
            addresses.map(move |address| route::on_shelf(&shelf, &address)).collect::<Vec<_>>()
        });
        let mut all: Vec<String> = now.chain(changes).chain(released).chain(self.dress.theme.addresses()).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The bytes at an address; nothing where there is none.
    ///
    /// # Errors
    /// A sentence that names the template or the file that could not be used.
    pub fn render(&self, address: &str) -> Result<Option<Vec<u8>>, String> {
        if let Some(bytes) = self.dress.theme.bytes(address) {
            return Ok(Some(bytes));
        }
        if let Some((at, inner)) = self.released_at(address) {
            let Some((volume, version)) = self.released.get(at).zip(self.history.versions.get(at)) else { return Ok(None) };
            return self.page(volume, &self.shelf.released(at, version), &inner);
        }
        self.page(&self.now, &self.shelf, address)
    }

    fn page(&self, volume: &Volume, shelf: &Shelf, address: &str) -> Result<Option<Vec<u8>>, String> {
        let site = &volume.site;
        if address.starts_with(route::SEARCH) && address.ends_with(".js") {
            return Ok(volume.search().get(address).cloned());
        }
        let Some(page) = shelf.pages().get(address).or_else(|| site.page(address)) else { return Ok(None) };
        let bytes = match page {
            Page::File(path) => volume.file(path)?,
            Page::MatrixCsv(area) => csv::matrix(site, area.as_deref()).into_bytes(),
            Page::Sitemap => machine::sitemap(site).into_bytes(),
            Page::Past(there) => return self.render(there),
            Page::Redirects => machine::redirects(site, shelf).into_bytes(),
            Page::Feed(role) => feed::atom(site, shelf, role.as_deref()).into_bytes(),
            Page::ChangesJson => machine::changes(site, &shelf.chronicle).into_bytes(),
            Page::Since => machine::since(&shelf.chronicle, shelf.at).into_bytes(),
            page => pages::html(&self.dress, volume, shelf, (address, page))?.into_bytes(),
        };
        Ok(Some(bytes))
    }

    /// Every released version with the folder its pages lie in.
    fn shelves(&self) -> impl Iterator<Item = (&Volume, String)> {
        self.released.iter().zip(&self.history.versions).map(|(volume, version)| (volume, route::shelf(&version.segment)))
    }

    /// The released version that has an address, and the address in it.
    fn released_at(&self, address: &str) -> Option<(usize, String)> {
        let (segment, inner) = address.strip_prefix("/v/")?.split_once('/')?;
        let at = self.history.versions.iter().position(|version| version.segment == segment)?;
        Some((at, format!("/{inner}")))
    }
}

/// The kind of bytes at an address, by its ending.
pub fn content_type(address: &str) -> &'static str {
    let output = route::output(address);
    match output.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        "pdf" => "application/pdf",
        "txt" | "md" => "text/plain; charset=utf-8",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}
