//! The only code that spells an address.
//!
//! Addresses are for ever. They begin and end with `/`, and are relative to wherever the
//! site is put; links between them are made relative here.

use crate::model::{Kind, Name, Playbook};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A page of the site that is no record's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named after its address, below")]
pub enum Listing {
    Home,
    Responsibilities,
    Activities,
    Teams,
    Roles,
    People,
    Funnel,
    Handoffs,
    NotReady,
    Goals,
    Metrics,
    Terms,
    Offerings,
    Messages,
    Personas,
    Segments,
    Assets,
    Rituals,
    Loops,
    Tools,
    Training,
    Paths,
    Pages,
    Changes,
    Health,
    Checks,
    Reference,
    Search,
}

impl Listing {
    /// Every one.
    pub const ALL: [Listing; 28] = [
        Listing::Home,
        Listing::Responsibilities,
        Listing::Activities,
        Listing::Teams,
        Listing::Roles,
        Listing::People,
        Listing::Funnel,
        Listing::Handoffs,
        Listing::NotReady,
        Listing::Goals,
        Listing::Metrics,
        Listing::Terms,
        Listing::Offerings,
        Listing::Messages,
        Listing::Personas,
        Listing::Segments,
        Listing::Assets,
        Listing::Rituals,
        Listing::Loops,
        Listing::Tools,
        Listing::Training,
        Listing::Paths,
        Listing::Pages,
        Listing::Changes,
        Listing::Health,
        Listing::Checks,
        Listing::Reference,
        Listing::Search,
    ];

    /// Its address.
    pub fn address(self) -> &'static str {
        match self {
            Listing::Home => "/",
            Listing::Responsibilities => "/responsibilities/",
            Listing::Activities => "/activities/",
            Listing::Teams => "/teams/",
            Listing::Roles => "/roles/",
            Listing::People => "/people/",
            Listing::Funnel => "/funnel/",
            Listing::Handoffs => "/handoffs/",
            Listing::NotReady => "/not-ready/",
            Listing::Goals => "/goals/",
            Listing::Metrics => "/metrics/",
            Listing::Terms => "/terms/",
            Listing::Offerings => "/offerings/",
            Listing::Messages => "/messages/",
            Listing::Personas => "/personas/",
            Listing::Segments => "/segments/",
            Listing::Assets => "/assets/",
            Listing::Rituals => "/rituals/",
            Listing::Loops => "/loops/",
            Listing::Tools => "/tools/",
            Listing::Training => "/training/",
            Listing::Paths => "/training/paths/",
            Listing::Pages => "/pages/",
            Listing::Changes => "/changes/",
            Listing::Health => "/health/",
            Listing::Checks => "/checks/",
            Listing::Reference => "/reference/",
            Listing::Search => SEARCH,
        }
    }

    /// What readers call it.
    pub fn label(self) -> &'static str {
        match self {
            Listing::Home => "Home",
            Listing::Responsibilities => "Who does what",
            Listing::Activities => "All activities",
            Listing::Teams => "Teams and roles",
            Listing::Roles => "All roles",
            Listing::People => "People",
            Listing::Funnel => "The map",
            Listing::Handoffs => "Hand-overs",
            Listing::NotReady => "Not ready yet",
            Listing::Goals => "Our goals",
            Listing::Metrics => "Our numbers",
            Listing::Terms => "Our words",
            Listing::Offerings => "What we sell",
            Listing::Messages => "What we say",
            Listing::Personas => "Whom we talk to",
            Listing::Segments => "Kinds of customer",
            Listing::Assets => "Material",
            Listing::Rituals => "How we meet",
            Listing::Loops => "How we hear back",
            Listing::Tools => "Tools",
            Listing::Training => "Learn",
            Listing::Paths => "Learning paths",
            Listing::Pages => "Pages",
            Listing::Changes => "What changed",
            Listing::Health => "Health",
            Listing::Checks => "Checks",
            Listing::Reference => "What can be written",
            Listing::Search => "Search",
        }
    }

    /// Whether it speaks of the playbook as it is worked on now, so that no released version has it.
    pub fn is_of_now(self) -> bool {
        matches!(self, Listing::Changes | Listing::Health | Listing::Checks | Listing::Reference)
    }

    /// Whether it has anything to show; Home, the page on health, the checks and the reference always do.
    pub fn is_shown(self, p: &Playbook) -> bool {
        match self {
            Listing::Home | Listing::Health | Listing::Checks | Listing::Reference | Listing::Search => true,
            Listing::Responsibilities => !p.areas.is_empty(),
            Listing::Activities => !p.activities.is_empty(),
            Listing::Teams => !p.teams.is_empty() || !p.roles.is_empty(),
            Listing::Roles => !p.roles.is_empty(),
            Listing::People => !p.people.is_empty(),
            Listing::Funnel => !p.stages.is_empty(),
            Listing::Handoffs => !p.handoffs.is_empty(),
            Listing::NotReady => !p.recycles.is_empty(),
            Listing::Goals => !p.goals.is_empty(),
            Listing::Metrics => !p.metrics.is_empty(),
            Listing::Terms => !p.terms.is_empty(),
            Listing::Offerings => !p.offerings.is_empty(),
            Listing::Messages => !p.messages.is_empty(),
            Listing::Personas => !p.personas.is_empty(),
            Listing::Segments => !p.segments.is_empty(),
            Listing::Assets => !p.assets.is_empty(),
            Listing::Rituals => !p.rituals.is_empty(),
            Listing::Loops => !p.loops.is_empty(),
            Listing::Tools => !p.tools.is_empty(),
            Listing::Training => !p.modules.is_empty() || !p.paths.is_empty(),
            Listing::Paths => !p.paths.is_empty(),
            Listing::Pages => !p.pages.is_empty(),
            Listing::Changes => !p.changes.is_empty(),
        }
    }

    /// The list on which records of a kind stand.
    pub fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Playbook | Kind::Charter | Kind::Expect => return None,
            Kind::Change => Listing::Changes,
            Kind::Team | Kind::Role => Listing::Teams,
            Kind::Person => Listing::People,
            Kind::Area | Kind::Activity => Listing::Responsibilities,
            Kind::Stage => Listing::Funnel,
            Kind::Handoff => Listing::Handoffs,
            Kind::Recycle => Listing::NotReady,
            Kind::Segment => Listing::Segments,
            Kind::Persona => Listing::Personas,
            Kind::Offering => Listing::Offerings,
            Kind::Message => Listing::Messages,
            Kind::Asset => Listing::Assets,
            Kind::Term => Listing::Terms,
            Kind::Goal => Listing::Goals,
            Kind::Metric => Listing::Metrics,
            Kind::Ritual => Listing::Rituals,
            Kind::Loop => Listing::Loops,
            Kind::Tool => Listing::Tools,
            Kind::Path => Listing::Paths,
            Kind::Module | Kind::Lesson => Listing::Training,
            Kind::Page => Listing::Pages,
        })
    }
}

/// Where a record's page is; search contracts have none, and the playbook's is Home.
pub fn record(name: &Name) -> Option<String> {
    let id = &name.id;
    Some(match name.kind {
        Kind::Expect => return None,
        Kind::Playbook => "/".to_owned(),
        Kind::Charter => "/charter/".to_owned(),
        Kind::Stage => format!("/funnel/{id}/"),
        Kind::Area => format!("/responsibilities/{id}/"),
        Kind::Path => format!("/training/paths/{id}/"),
        Kind::Module | Kind::Lesson => format!("/training/{id}/"),
        Kind::Recycle => format!("/not-ready/{id}/"),
        Kind::Change => format!("/changes/notes/{id}/"),
        kind => format!("/{}/{id}/", kind.plural()),
    })
}

/// The anchor of a heading: prefixed, so that no heading can shadow a name of the document.
pub fn heading(id: &str) -> String {
    format!("h-{id}")
}

/// Where a rule is explained.
pub fn check(rule: &str) -> String {
    format!("/checks/{rule}/")
}

/// Where a file of `content/` is published; `path` counts from the project's root.
pub fn file(path: &str) -> String {
    // Many web servers keep hidden folders to themselves.
    format!("/files/{}", path.strip_prefix("content/").unwrap_or(path).replace("/.gitbook/", "/gitbook/"))
}

/// The matrix of an area, or of all, as CSV.
pub fn matrix_csv(area: Option<&str>) -> String {
    match area {
        Some(id) => format!("/responsibilities/{id}/matrix.csv"),
        None => "/responsibilities/matrix.csv".to_owned(),
    }
}

/// An asset of the theme.
pub fn asset(name: &str) -> String {
    format!("/theme/{name}")
}

/// What changed from one version to another.
pub fn changes(from: &str, to: &str) -> String {
    format!("/changes/{from}..{to}/")
}

/// What changed with each version, for programs.
pub const CHANGES_JSON: &str = "/changes.json";

/// What changed, for feed readers: everything, or what touches a role.
pub fn feed(role: Option<&str>) -> String {
    match role {
        Some(id) => format!("/roles/{id}/feed.xml"),
        None => "/feed.xml".to_owned(),
    }
}

/// What changed since each version, for the first page's script.
pub const SINCE: &str = "/changes/since.js";

/// Search, with an address of its own.
pub const SEARCH: &str = "/search/";

/// The index that searches begin with.
pub const SEARCH_INDEX: &str = "/search/index.js";

/// A file of a large index, by what it holds and its number.
pub fn search_file(what: &str, number: usize) -> String {
    format!("/search/{what}-{number}.js")
}

/// The folder of a version's pages, from the top of the site: `v/v3/`.
pub fn shelf(version: &str) -> String {
    format!("v/{version}/")
}

/// An address of a version, from the top of the whole site.
pub fn on_shelf(shelf: &str, address: &str) -> String {
    format!("/{shelf}{}", address.trim_start_matches('/'))
}

/// The page for addresses that are none.
pub const NOT_FOUND: &str = "/404.html";

/// The addresses that were given up and where they lead, as Netlify, Cloudflare Pages and GitLab Pages read it.
pub const REDIRECTS: &str = "/_redirects";

/// The list of addresses for machines.
pub const SITEMAP: &str = "/sitemap.xml";

/// Addresses of later pages, which no record may take.
const RESERVED: [&str; 10] = [
    "/me/",
    "/ask/",
    "/journey/",
    "/responsibilities/load/",
    "/teams/compare/",
    "/print/",
    "/training/cards/",
    "/training/cohort/",
    "/training/certificate/",
    "/v/",
];

/// Whether an address stands for something else than a record.
pub fn is_taken(address: &str) -> bool {
    RESERVED.contains(&address) || Listing::ALL.iter().any(|l| l.address() == address)
}

/// The file that a page's address is written to, relative to the site.
pub fn output(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// A link from one address to another, relative, so that it works under any prefix.
pub fn relative(from: &str, to: &str) -> String {
    let (to, fragment) = to.split_once('#').map_or((to, ""), |(t, f)| (t, f));
    let (from, to) = (from.trim_start_matches('/'), to.trim_start_matches('/'));
    let alike = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // What both share ends with the last folder that is whole in both.
    let shared = from.as_bytes().get(..alike).and_then(|b| b.iter().rposition(|byte| *byte == b'/')).map_or(0, |at| at + 1);
    let up = from.as_bytes().get(shared..).unwrap_or_default().iter().filter(|byte| **byte == b'/').count();
    let down = to.get(shared..).unwrap_or_default();
    let mut link = String::with_capacity(3 * up + down.len() + 2);
    (0..up).for_each(|_| link.push_str("../"));
    encode_to(down, &mut link);
    if link.is_empty() {
        link.push_str("./");
    }
    if !fragment.is_empty() {
        link.push('#');
        encode_to(fragment, &mut link);
    }
    link
}

/// From an address up to the site's own folder, `../../`; `./` at the top.
pub fn root(from: &str) -> String {
    relative(from, "/")
}

/// Percent-encodes what may not stand in a path.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode_to(path, &mut out);
    out
}

fn encode_to(path: &str, out: &mut String) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~');
    if path.bytes().all(plain) {
        out.push_str(path);
        return;
    }
    for byte in path.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The addresses of ids that records have given up, each with the record.
pub fn given_up(playbook: &Playbook) -> Vec<(String, Name)> {
    let mut all = Vec::new();
    for base in playbook.bases().into_iter().filter(|b| !b.common.was.is_empty()) {
        for old in &base.common.was {
            let former = Name::new(base.name.kind, old.value.trim_matches('/'));
            let is_valid = crate::model::raw::is_id(&former.id, former.kind);
            all.extend(record(&former).filter(|_| is_valid).map(|address| (address, base.name.clone())));
        }
    }
    all
}

/// Every address of a playbook that somebody may have kept: of its records, of what they were called before, of its lists.
pub fn published(playbook: &Playbook, addresses: &Addresses) -> BTreeSet<String> {
    let records = addresses.iter().map(|(address, _)| address.to_owned());
    let former = given_up(playbook).into_iter().map(|(address, _)| address).chain(playbook.former_addresses.keys().cloned());
    let lists = Listing::ALL.into_iter().filter(|list| !list.is_of_now() && list.is_shown(playbook));
    records.chain(former).chain(lists.map(|list| list.address().to_owned())).collect()
}

/// An address, the record that cannot have it, and the record that has it if one does.
pub type Collision = (String, Name, Option<Name>);

/// Where every record's page is.
#[derive(Debug, Default)]
pub struct Addresses {
    #[allow(clippy::disallowed_types, reason = "it is looked into, never gone through")]
    of: std::collections::HashMap<Name, String>,
    at: BTreeMap<String, Name>,
    /// Records that cannot have the address their name gives.
    pub collisions: Vec<Collision>,
}

impl Addresses {
    /// The addresses of a playbook's records; of two that want the same, the first in order has it.
    pub fn of(playbook: &Playbook) -> Self {
        let bases = playbook.bases();
        let wanted =
            bases.par_iter().filter(|b| b.name.kind != Kind::Playbook).filter_map(|b| record(&b.name).map(|address| (address, &b.name)));
        let mut wanted: Vec<(String, &Name)> = wanted.collect();
        // Stable: of two that want the same, the first in order stays first.
        wanted.par_sort_by(|a, b| a.0.cmp(&b.0));
        let mut addresses = Self::default();
        let mut had: Vec<(String, Name)> = Vec::with_capacity(wanted.len());
        for (address, name) in wanted {
            if is_taken(&address) {
                addresses.collisions.push((address, name.clone(), None));
            } else if let Some((_, other)) = had.last().filter(|(last, _)| *last == address) {
                addresses.collisions.push((address, name.clone(), Some(other.clone())));
            } else {
                had.push((address, name.clone()));
            }
        }
        addresses.of = had.iter().map(|(address, name)| (name.clone(), address.clone())).collect();
        addresses.at = had.into_iter().collect();
        addresses
    }

    /// A record's address.
    pub fn get(&self, name: &Name) -> Option<&str> {
        self.of.get(name).map(String::as_str)
    }

    /// Every address and its record, in the order of addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Name)> {
        self.at.iter().map(|(address, name)| (address.as_str(), name))
    }

    /// Whether a record has an address.
    pub fn has(&self, address: &str) -> bool {
        self.at.contains_key(address)
    }
}
