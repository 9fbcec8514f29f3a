//! Views to bytes: a page of the site through its template, or a file as it is.

mod csv;
mod ejected;
mod feed;
mod machine;
mod pages;
mod sidebar;
mod template;
mod theme;

pub use ejected::{LEDGER, entry, outgrown};
pub use theme::{Theme, default_file, default_paths};

use crate::compile::Compiled;
use crate::project::Project;
use crate::route;
use crate::site::{Page, Site};
use crate::source::tree;
use sidebar::Sidebar;
use std::path::PathBuf;
use std::sync::Arc;
use template::Templates;

/// A site with its theme: everything that can be asked for, ready to be asked.
pub struct Press {
    /// The site.
    pub site: Site,
    dress: Arc<Dress>,
    sidebar: Sidebar,
    root: PathBuf,
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
    /// A compiled playbook in its theme.
    ///
    /// # Errors
    /// A sentence that names the theme's folder, or the template that does not parse, and where.
    pub fn of(project: &Project, compiled: Compiled) -> Result<Self, String> {
        let dress = Dress::of(project, &compiled)?;
        Ok(Self::new(Site::plan(compiled, project.base_url.clone()), Arc::new(dress), project.root.clone()))
    }

    /// Puts a site into a theme.
    pub fn new(site: Site, dress: Arc<Dress>, root: PathBuf) -> Self {
        Self { site, dress, sidebar: Sidebar::default(), root }
    }

    /// The next site in the theme of this one, where neither the theme nor the playbook's choice of it has changed.
    pub fn again(&self, project: &Project, compiled: Compiled) -> Self {
        self.dressed(project, compiled, self.dress.clone())
    }

    /// The next site in another theme.
    pub fn dressed(&self, project: &Project, compiled: Compiled, dress: Arc<Dress>) -> Self {
        let site = Site::plan_again(compiled, project.base_url.clone(), Some(&self.site));
        Self::new(site, dress, self.root.clone())
    }

    /// Its theme.
    pub fn dress(&self) -> &Dress {
        &self.dress
    }

    /// Every address, in order: pages and what they load.
    pub fn addresses(&self) -> Vec<String> {
        let mut all: Vec<String> = self.site.addresses().map(str::to_owned).chain(self.dress.theme.addresses()).collect();
        all.sort();
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
        let Some(page) = self.site.page(address) else { return Ok(None) };
        let bytes = match page {
            Page::File(path) => tree::bytes(&self.root, path)?,
            Page::MatrixCsv(area) => csv::matrix(&self.site, area.as_deref()).into_bytes(),
            Page::Sitemap => machine::sitemap(&self.site).into_bytes(),
            Page::Feed(role) => feed::atom(&self.site, role.as_deref()).into_bytes(),
            Page::Since => machine::since(&self.site).into_bytes(),
            page => pages::html(self, address, page)?.into_bytes(),
        };
        Ok(Some(bytes))
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
