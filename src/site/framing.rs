//! The frame around a page: sidebar, way down to it, its neighbours, who keeps it, where it is used.

use super::chronicle::Step;
use super::html::Html;
use super::plan::Page;
use super::sheet::Sheet;
use super::views::frame::{Assets, Crumb, Foot, Frame, Happened, Keeping, NavEntry, NavGroup, NavItem, Search, TocEntry, UsedGroup};
use super::views::health;
use super::views::parts::Link;
use super::views::versions;
use crate::history::diff::say;
use crate::model::kinds::common::Status;
use crate::model::value::{after, long_date, month_name, month_year};
use crate::model::{Base, Kind, Name, Records};
use crate::route::{self, Listing};
use std::collections::BTreeMap;

/// What a page says of itself, for its frame.
pub struct Subject {
    /// Its title.
    pub title: String,
    /// Its kind in one word, a class of the page.
    pub kind: &'static str,
    /// One sentence about it.
    pub description: String,
    /// The record it is about.
    pub name: Option<Name>,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// The frame of a page.
pub fn frame(sheet: &Sheet<'_>, subject: Subject) -> Frame {
    let playbook = sheet.playbook();
    let settings = playbook.own();
    let name = playbook.title().to_owned();
    let home = sheet.address == "/";
    let base = subject.name.as_ref().and_then(|n| playbook.base(n));
    let organisation = settings.and_then(|s| s.organisation.clone()).unwrap_or_else(|| name.clone());
    let (previous, next) = neighbours(sheet, subject.name.as_ref());
    Frame {
        lang: settings.and_then(|s| s.language.clone()).unwrap_or_else(|| "en".to_owned()),
        root: sheet.href("/"),
        title: if home { name.clone() } else { format!("{} · {name}", subject.title) },
        description: subject.description,
        canonical: canonical(sheet, subject.name.as_ref()),
        playbook: name,
        kind: subject.kind.to_owned(),
        assets: assets(sheet),
        search: search(sheet),
        feeds: feeds(sheet, subject.name.as_ref()),
        versions: versions::menu(sheet, subject.name.as_ref()),
        past: versions::past(sheet, subject.name.as_ref()),
        nav: nav(sheet, subject.name.as_ref()),
        sidebar: Vec::new(),
        nav_main: nav_main(sheet),
        crumbs: crumbs(sheet, subject.name.as_ref(), &subject.title),
        toc: subject.toc,
        previous,
        next,
        keeping: base.and_then(|b| keeping(sheet, b)),
        foot: base.map(|b| foot(sheet, b)),
        published: format!("{organisation}, as of {}", long_date(sheet.today())),
        organisation,
    }
}

/// The address that search engines should know: of an old version's page that of what stands now.
fn canonical(sheet: &Sheet<'_>, name: Option<&Name>) -> Option<String> {
    let base = sheet.site.base_url.as_ref()?;
    let address = versions::today(sheet, name);
    Some(format!("{base}{}", route::encode(address.trim_start_matches('/'))))
}

/// The feeds of what changed.
fn feeds(sheet: &Sheet<'_>, name: Option<&Name>) -> Vec<Link> {
    let role = name.filter(|name| name.kind == Kind::Role);
    let own = role.map(|name| (route::feed(Some(&name.id)), format!("What changed for {}", sheet.link(name).label)));
    let all = (route::feed(None), "What changed".to_owned());
    let there = own.into_iter().chain([all]).filter(|(address, _)| !sheet.shelf.is_released() && sheet.has(address));
    there.map(|(address, label)| Link { label, href: sheet.href(&address) }).collect()
}

/// The field that opens search. It suggests a question that this playbook promises to answer.
fn search(sheet: &Sheet<'_>) -> Search {
    let questions = sheet.playbook().expects.iter().filter_map(|expect| expect.query.as_ref()).map(|query| query.value.trim());
    let asked = questions.into_iter().find(|query| query.starts_with("who ") && query.chars().count() <= 32);
    let versions = &sheet.shelf.editions;
    Search {
        href: sheet.href(route::SEARCH),
        hint: asked.map_or_else(|| "Search".to_owned(), |asked| format!("Search, or ask: {asked}?")),
        script: sheet.outer_href(&route::asset("search.js")),
        more: sheet.outer_href(&route::asset("search-more.js")),
        style: sheet.outer_href(&route::asset("search.css")),
        index: sheet.href(route::SEARCH),
        root: sheet.href("/"),
        version: versions.get(sheet.shelf.at).filter(|_| versions.are_several()).map(|edition| edition.label.clone()),
    }
}

fn assets(sheet: &Sheet<'_>) -> Assets {
    let asset = |name: &str| sheet.outer_href(&route::asset(name));
    Assets {
        css: asset("onside.css"),
        blocks: None,
        page: None,
        script: asset("onside.js"),
        scheme: asset("scheme.js"),
        font: asset("fonts/atkinson.woff2"),
        figures: asset("fonts/figures.woff2"),
        icon: asset("icons/favicon.svg"),
    }
}

/// The sidebar: the top level, and the branch the page stands in.
fn nav(sheet: &Sheet<'_>, name: Option<&Name>) -> Vec<NavGroup> {
    let groups: [&[Listing]; 3] = [
        &[Listing::Home],
        &[
            Listing::Responsibilities,
            Listing::Funnel,
            Listing::NotReady,
            Listing::Goals,
            Listing::Terms,
            Listing::Offerings,
            Listing::Messages,
            Listing::Rituals,
        ],
        &[Listing::Training, Listing::Teams, Listing::Pages, Listing::Changes, Listing::Health, Listing::Checks, Listing::Reference],
    ];
    let here = branch(sheet, name);
    groups
        .iter()
        .map(|listings| NavGroup {
            items: listings.iter().filter(|l| sheet.has(l.address())).map(|l| NavEntry::Item(nav_item(sheet, *l, here, name))).collect(),
        })
        .filter(|g: &NavGroup| !g.items.is_empty())
        .collect()
}

/// The few entries that a header has room for.
fn nav_main(sheet: &Sheet<'_>) -> Vec<NavItem> {
    let main = [Listing::Funnel, Listing::Responsibilities, Listing::Goals, Listing::Terms, Listing::Training, Listing::Teams];
    main.into_iter().filter(|l| sheet.has(l.address())).map(|l| nav_item(sheet, l, None, None)).collect()
}

fn nav_item(sheet: &Sheet<'_>, listing: Listing, here: Option<Listing>, name: Option<&Name>) -> NavItem {
    let open = here == Some(listing) && listing != Listing::Home;
    NavItem {
        label: listing.label().to_owned(),
        href: sheet.href(listing.address()),
        current: sheet.address == listing.address(),
        open,
        hue: None,
        children: if open { children(sheet, listing, name) } else { Vec::new() },
    }
}

/// The top-level entry a page belongs to.
fn branch(sheet: &Sheet<'_>, name: Option<&Name>) -> Option<Listing> {
    let listing = match (sheet.page(sheet.address), name) {
        (_, Some(name)) => Listing::of(name.kind)?,
        (Some(Page::Listing(listing)), _) => *listing,
        _ => return None,
    };
    Some(top(listing))
}

fn top(listing: Listing) -> Listing {
    match listing {
        Listing::Activities => Listing::Responsibilities,
        Listing::Handoffs => Listing::Funnel,
        Listing::Metrics | Listing::Tools => Listing::Goals,
        Listing::Personas | Listing::Segments | Listing::Assets => Listing::Messages,
        Listing::Loops => Listing::Rituals,
        Listing::Roles | Listing::People => Listing::Teams,
        Listing::Paths => Listing::Training,
        other => other,
    }
}

fn children(sheet: &Sheet<'_>, listing: Listing, name: Option<&Name>) -> Vec<NavEntry> {
    let p = sheet.playbook();
    if listing == Listing::Pages {
        return pages(sheet, name);
    }
    let mut items = match listing {
        Listing::Responsibilities => p.areas_in_order().iter().map(|a| entry(sheet, &a.base, name, None)).collect(),
        Listing::Funnel => stages(sheet, name),
        Listing::NotReady => records(sheet, listing, &p.recycles, name),
        Listing::Goals => records(sheet, listing, &p.goals, name),
        Listing::Terms => Vec::new(),
        Listing::Offerings => records(sheet, listing, &p.offerings, name),
        Listing::Messages => Vec::new(),
        Listing::Rituals => records(sheet, listing, &p.rituals, name),
        Listing::Training => modules(sheet, name),
        Listing::Teams => teams(sheet, name),
        _ => Vec::new(),
    };
    let also: &[Listing] = match listing {
        Listing::Responsibilities => &[Listing::Activities],
        Listing::Funnel => &[Listing::Handoffs],
        Listing::Goals => &[Listing::Metrics, Listing::Tools],
        Listing::Messages => &[Listing::Personas, Listing::Segments, Listing::Assets],
        Listing::Rituals => &[Listing::Loops],
        Listing::Training => &[Listing::Paths],
        Listing::Teams => &[Listing::Roles, Listing::People],
        _ => &[],
    };
    let kind_here = name.and_then(|n| Listing::of(n.kind));
    for listing in also.iter().filter(|l| sheet.has(l.address())) {
        let mut item = plain(sheet, listing.label(), listing.address(), None);
        if kind_here == Some(*listing)
            && let Some(base) = name.and_then(|n| p.base(n))
        {
            item.open = true;
            item.children = vec![NavEntry::Item(entry(sheet, base, name, None))];
        }
        items.push(item);
    }
    items.into_iter().map(NavEntry::Item).collect()
}

fn plain(sheet: &Sheet<'_>, label: &str, address: &str, hue: Option<u8>) -> NavItem {
    let current = sheet.address == address;
    NavItem { label: label.to_owned(), href: sheet.href(address), current, open: current, hue, children: Vec::new() }
}

fn entry(sheet: &Sheet<'_>, base: &Base, name: Option<&Name>, hue: Option<u8>) -> NavItem {
    let current = name == Some(&base.name);
    NavItem { label: base.title.clone(), href: sheet.href_of(&base.name), current, open: current, hue, children: Vec::new() }
}

fn records<T>(sheet: &Sheet<'_>, listing: Listing, records: &Records<T>, name: Option<&Name>) -> Vec<NavItem> {
    let current = name.and_then(|n| records.position(&n.id).filter(|at| records.nth(*at).is_some_and(|r| r.base.name == *n)));
    window(sheet, listing, (records.len(), current), |item| item, |i| records.nth(i).map(|r| entry(sheet, &r.base, name, None)))
}

fn stages(sheet: &Sheet<'_>, name: Option<&Name>) -> Vec<NavItem> {
    let stages = sheet.playbook().stages_in_order();
    stages.into_iter().map(|s| entry(sheet, &s.base, name, s.base.common.owner.as_ref().map(|o| sheet.role_hue(o)))).collect()
}

/// Modules; under the open one its lessons.
fn modules(sheet: &Sheet<'_>, name: Option<&Name>) -> Vec<NavItem> {
    let module_here = name.map(|n| n.id.split('/').next().unwrap_or(""));
    let p = sheet.playbook();
    p.modules
        .iter()
        .map(|m| {
            let mut item = entry(sheet, &m.base, name, None);
            let inside = name.is_some_and(|n| matches!(n.kind, Kind::Module | Kind::Lesson)) && module_here == Some(m.id());
            if inside {
                item.open = true;
                item.children = p.lessons_of(m.id()).iter().map(|l| NavEntry::Item(entry(sheet, l, name, None))).collect();
            }
            item
        })
        .collect()
}

/// Teams; under the open one its roles.
fn teams(sheet: &Sheet<'_>, name: Option<&Name>) -> Vec<NavItem> {
    let p = sheet.playbook();
    let role_here = name.filter(|n| n.kind == Kind::Role).and_then(|n| p.roles.get(&n.id));
    let team_here = role_here.and_then(|r| r.team.as_ref().map(|t| t.name.clone())).or_else(|| name.cloned());
    p.teams
        .iter()
        .map(|t| {
            let mut item = entry(sheet, &t.base, name, None);
            if team_here.as_ref() == Some(&t.base.name) {
                item.open = true;
                item.children = p.roles_of(t).iter().map(|r| NavEntry::Item(entry(sheet, &r.base, name, None))).collect();
            }
            item
        })
        .collect()
}

/// Pages by folder; only the open folder is unfolded.
fn pages(sheet: &Sheet<'_>, name: Option<&Name>) -> Vec<NavEntry> {
    let here = name.filter(|n| n.kind == Kind::Page).map_or("", |n| n.id.as_str());
    level(sheet, "", here, name)
}

/// A long branch shows at most so many neighbours; the list has them all.
const NEIGHBOURS: usize = 40;

/// Those of a long branch around the one being read, and the way to all of them.
fn window<T>(
    sheet: &Sheet<'_>,
    listing: Listing,
    (len, current): (usize, Option<usize>),
    whole: impl Fn(NavItem) -> T,
    item: impl Fn(usize) -> Option<T>,
) -> Vec<T> {
    let first = current.unwrap_or(0).saturating_sub(NEIGHBOURS / 2);
    let mut items: Vec<T> = (first..len).take(NEIGHBOURS).filter_map(item).collect();
    if len > NEIGHBOURS {
        items.push(whole(plain(sheet, &format!("All {len} of them"), listing.address(), None)));
    }
    items
}

/// The pages and folders directly under a folder, those around the page being read.
fn level(sheet: &Sheet<'_>, folder: &str, here: &str, name: Option<&Name>) -> Vec<NavEntry> {
    let turning = &sheet.site.turning;
    let branches = turning.folder(folder);
    let inside = if folder.is_empty() { Some(here) } else { here.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) };
    let word = inside.map(|rest| rest.split('/').next().unwrap_or(rest));
    let current = word.and_then(|word| branches.iter().position(|at| turning.branch(*at).is_some_and(|b| b.word == word)));
    window(sheet, Listing::Pages, (branches.len(), current), NavEntry::Item, |i| {
        let at = *branches.get(i)?;
        if Some(i) != current {
            return Some(NavEntry::Page(at));
        }
        let branch = turning.branch(at)?;
        let path = if folder.is_empty() { branch.word.clone() } else { format!("{folder}/{}", branch.word) };
        let mut item = page_entry(sheet, at)?;
        item.current = !branch.folder && name.is_some_and(|n| n.kind == Kind::Page && n.id == path);
        item.open = true;
        item.children = level(sheet, &path, here, name);
        Some(NavEntry::Item(item))
    })
}

/// A page or a folder of pages that is not the one being read, by its place among all.
pub fn page_entry(sheet: &Sheet<'_>, at: usize) -> Option<NavItem> {
    let branch = sheet.site.turning.branch(at)?;
    let page = sheet.playbook().pages.nth(branch.page)?;
    let mut item = entry(sheet, &page.base, None, None);
    if branch.folder {
        item.label = crate::model::field::label(&branch.word.replace('-', " "));
    }
    Some(item)
}

/// From the list a record stands on down to it.
fn crumbs(sheet: &Sheet<'_>, name: Option<&Name>, title: &str) -> Vec<Crumb> {
    if sheet.address == "/" {
        return Vec::new();
    }
    let link = |label: &str, address: &str| Crumb { label: label.to_owned(), href: Some(sheet.href(address)) };
    let mut crumbs = Vec::new();
    let listing = match (name, sheet.page(sheet.address)) {
        (Some(name), _) => Listing::of(name.kind),
        (None, Some(Page::Listing(listing))) => Some(top(*listing)).filter(|t| t != listing),
        (None, Some(Page::Changes(_))) => Some(Listing::Changes),
        (None, Some(Page::Check(_))) => Some(Listing::Checks),
        _ => None,
    };
    match listing.filter(|l| sheet.has(l.address())) {
        Some(listing) => {
            if top(listing) != listing && sheet.has(top(listing).address()) {
                crumbs.push(link(top(listing).label(), top(listing).address()));
            }
            crumbs.push(link(listing.label(), listing.address()));
        }
        None => crumbs.push(link("Home", "/")),
    }
    crumbs.extend(name.and_then(|n| parent(sheet, n)).map(|p| {
        let between = sheet.link(&p);
        Crumb { label: between.label, href: Some(between.href) }
    }));
    let step = match sheet.page(sheet.address) {
        Some(Page::Changes(at)) => between(sheet, *at),
        _ => None,
    };
    crumbs.push(Crumb { label: step.unwrap_or_else(|| title.to_owned()), href: None });
    crumbs
}

/// "v2 to v3", on the page that tells what changed between them.
fn between(sheet: &Sheet<'_>, at: usize) -> Option<String> {
    let way = sheet.shelf.chronicle.ways().get(at)?;
    let label = |at: usize| sheet.shelf.editions.get(at).map(|edition| edition.label.as_str());
    Some(format!("{} to {}", label(way.from)?, label(way.to)?))
}

/// The record between a list and a record.
fn parent(sheet: &Sheet<'_>, name: &Name) -> Option<Name> {
    let p = sheet.playbook();
    match name.kind {
        Kind::Role => p.roles.get(&name.id)?.team.as_ref().map(|t| t.name.clone()),
        Kind::Activity => p.activities.get(&name.id)?.area.as_ref().map(|a| a.name.clone()),
        Kind::Goal => p.goals.get(&name.id)?.part_of.as_ref().map(|g| g.name.clone()).filter(|g| g != name),
        Kind::Lesson => {
            let module = Name::new(Kind::Module, name.id.split('/').next()?);
            p.base(&module).map(|b| b.name.clone())
        }
        _ => None,
    }
}

/// The records before and after, in the order readers meet them.
fn neighbours(sheet: &Sheet<'_>, name: Option<&Name>) -> (Option<Link>, Option<Link>) {
    let Some(name) = name else { return (None, None) };
    if name.kind == Kind::Page {
        return page_neighbours(sheet, name);
    }
    let (before, after) = sheet.site.turning.beside(name);
    (before.map(|n| sheet.link(n)), after.map(|n| sheet.link(n)))
}

/// The pages before and after one, found without going through them all.
fn page_neighbours(sheet: &Sheet<'_>, name: &Name) -> (Option<Link>, Option<Link>) {
    let pages = &sheet.playbook().pages;
    let Some(at) = pages.position(&name.id) else { return (None, None) };
    let link = |i: Option<usize>| i.and_then(|i| pages.nth(i)).map(|p| sheet.link(&p.base.name));
    (link(at.checked_sub(1)), link(Some(at + 1)))
}

/// Who keeps a record, and when somebody looked at it.
fn keeping(sheet: &Sheet<'_>, base: &Base) -> Option<Keeping> {
    let common = &base.common;
    let reviewed = common.reviewed.as_ref().map(|r| r.value);
    let due = reviewed.zip(common.review_every.as_ref()).map(|(day, every)| after(day, every));
    let overdue = due.is_some_and(|d| d < sheet.today());
    let next_review = due.map(|due| match (overdue, due.year() == sheet.today().year()) {
        (true, _) => format!("due since {}", month_year(due)),
        (false, true) => format!("next in {}", month_name(due)),
        (false, false) => format!("next in {}", month_year(due)),
    });
    let kept_by = common.owner.as_ref().map(|o| sheet.role(o));
    let status = common.status.as_ref().and_then(|s| standing(s.value));
    let changed = sheet.shelf.chronicle.about(&base.name).next().map(|step| step_link(sheet, step));
    if kept_by.is_none() && reviewed.is_none() && status.is_none() && changed.is_none() {
        return None;
    }
    Some(Keeping { status, kept_by, reviewed: reviewed.map(long_date), next_review, overdue, changed })
}

/// A change as the version it came with, leading to where it is told.
fn step_link(sheet: &Sheet<'_>, step: Step<'_>) -> Link {
    let there = format!("{}#{}", step.way.address, step.change.anchor);
    Link { label: sheet.shelf.editions.get(step.way.to).map(|e| e.label.clone()).unwrap_or_default(), href: sheet.outer_href(&there) }
}

/// When a record's file was changed last, where it has one of its own.
fn last_changed(sheet: &Sheet<'_>, base: &Base) -> Option<String> {
    let (date, author) = sheet.shelf.dates.get(&base.place.file)?;
    Some(format!("Last changed on {} by {author}", long_date(*date)))
}

/// What changed of a record, the latest first.
fn history(sheet: &Sheet<'_>, base: &Base) -> Vec<Happened> {
    let steps = sheet.shelf.chronicle.about(&base.name);
    steps.map(|step| Happened { version: step_link(sheet, step), says: Html::stressed(&say::parts(&step.change.sentence)) }).collect()
}

/// What a reader must know of a record that is not simply in force.
fn standing(status: Status) -> Option<&'static str> {
    match status {
        Status::Active => None,
        Status::Draft => Some("Draft: not in force yet"),
        Status::Deprecated => Some("Being given up: not for new work"),
        Status::Retired => Some("Retired: no longer in force"),
    }
}

/// Where a record is used, and how to mend it.
fn foot(sheet: &Sheet<'_>, base: &Base) -> Foot {
    let mut by_kind: BTreeMap<Kind, Vec<&Name>> = BTreeMap::new();
    let names: Vec<&Name> = sheet.site.used_by(&base.name).collect();
    for name in &names {
        by_kind.entry(name.kind).or_default().push(name);
    }
    let places = if names.len() == 1 { "place" } else { "places" };
    let settings = sheet.playbook().own();
    let file = sheet.site.compiled.files.path(base.place.file);
    let rewritten = sheet.playbook().left_out.as_ref().is_some_and(|rest| rest.is_rewritten(base.place.file));
    let line = if rewritten { 1 } else { sheet.site.compiled.files.position(base.place.file, base.place.start).line };
    let owner = base.common.owner.as_ref().map(|o| sheet.role(o).label);
    Foot {
        used_summary: (!names.is_empty()).then(|| format!("Named in {} {places}", names.len())),
        used: by_kind.into_iter().map(|(kind, names)| used_group(sheet, kind, &names)).collect(),
        edit: settings
            .filter(|_| !sheet.shelf.is_released())
            .and_then(|s| s.edit_url.as_deref())
            .and_then(|url| filled(url, &[("{file}", file), ("{line}", &line.to_string())])),
        feedback: settings
            .filter(|_| !sheet.shelf.is_released())
            .and_then(|s| s.feedback_url.as_deref())
            .and_then(|url| filled(url, &[("{title}", &base.title), ("{address}", sheet.address), ("{file}", file)])),
        feedback_to: owner.map(|o| format!("Tell {o}")),
        open: health::open_in(sheet, base),
        changed: last_changed(sheet, base),
        history: history(sheet, base),
    }
}

/// At most so many places of one kind are listed: a word that ten thousand pages use needs no longer list.
const USED: usize = 100;

fn used_group(sheet: &Sheet<'_>, kind: Kind, names: &[&Name]) -> UsedGroup {
    let more = names.len().checked_sub(USED).filter(|more| *more > 0).map(|more| format!("and {more} more"));
    UsedGroup {
        label: crate::model::field::label(kind.labels()),
        links: names.iter().take(USED).map(|name| sheet.link(name)).collect(),
        more,
    }
}

/// An address with its blanks filled in; nothing where it is none a page may hold.
fn filled(url: &str, blanks: &[(&str, &str)]) -> Option<String> {
    let allowed = ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
    allowed.then(|| blanks.iter().fold(url.to_owned(), |url, (blank, value)| url.replace(blank, &route::encode(value))))
}
