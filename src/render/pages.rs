//! Which template and which view stand behind which page.

use super::sidebar::Sidebar;
use super::{Dress, Volume, theme};
use crate::check::ROSTER;
use crate::model::{Base, Kind, Name};
use crate::route::{self, Listing};
use crate::site::framing::{Subject, frame};
use crate::site::shelves::Shelf;
use crate::site::views;
use crate::site::views::frame::TocEntry;
use crate::site::{Page, Sheet, Site};
use serde::Serialize;

/// The HTML of a page.
///
/// # Errors
/// A sentence that names the template that could not be used.
pub fn html(dress: &Dress, volume: &Volume, shelf: &Shelf, (address, page): (&str, &Page)) -> Result<String, String> {
    let sheet = Sheet { site: &volume.site, address, shelf };
    let desk = Desk { dress, sidebar: &volume.sidebar, sheet: &sheet };
    match page {
        Page::Record(name) => record(&desk, name),
        Page::Listing(listing) => self::listing(&desk, *listing),
        Page::Changes(at) => changes(&desk, *at),
        Page::Check(at) => check(&desk, *at),
        Page::Redirect(to) => redirect(&desk, to),
        _ => not_found(&desk),
    }
}

/// A sheet, and what it is printed with.
struct Desk<'a> {
    dress: &'a Dress,
    sidebar: &'a Sidebar,
    sheet: &'a Sheet<'a>,
}

impl Desk<'_> {
    /// Prints a view that is about no record.
    fn print(&self, template: &str, title: &str, kind: &'static str, about: &str, view: &impl Serialize) -> Result<String, String> {
        let subject = Subject { title: title.to_owned(), kind, description: about.to_owned(), name: None, toc: Vec::new() };
        self.fill(template, subject, view)
    }

    /// Prints a list's view; the page is of the kind its template is named after.
    fn list(&self, template: &'static str, listing: Listing, view: &impl Serialize) -> Result<String, String> {
        let kind = template.strip_prefix("pages/").and_then(|t| t.strip_suffix(".html")).unwrap_or(template);
        self.print(template, listing.label(), kind, about(listing), view)
    }

    /// Prints a record's view.
    fn print_record(&self, template: &str, base: &Base, toc: Vec<TocEntry>, view: &impl Serialize) -> Result<String, String> {
        let subject = Subject {
            title: base.title.clone(),
            kind: base.name.kind.word(),
            description: description(self.sheet, base),
            name: Some(base.name.clone()),
            toc,
        };
        self.fill(template, subject, view)
    }

    fn fill(&self, template: &str, subject: Subject, view: &impl Serialize) -> Result<String, String> {
        let blocks = has_blocks(self.sheet, &subject);
        let mut frame = frame(self.sheet, subject);
        frame.assets.blocks = blocks.then(|| self.sheet.outer_href(&route::asset(theme::BLOCKS)));
        frame.assets.page = self.dress.theme.sheet_of(template).map(|address| self.sheet.outer_href(&address));
        frame.sidebar = self.sidebar.print(&self.dress.templates, self.sheet, &frame.nav)?;
        self.dress.templates.render(template, self.sheet.address, &frame, view)
    }
}

/// Whether a page's record has typed blocks in its prose.
fn has_blocks(sheet: &Sheet<'_>, subject: &Subject) -> bool {
    let base = subject.name.as_ref().and_then(|name| sheet.playbook().base(name));
    base.and_then(|b| b.body.as_ref()).is_some_and(|body| !body.blocks.is_empty())
}

/// A sentence about a record: its summary, else how its prose begins, else what it is.
fn description(sheet: &Sheet<'_>, base: &Base) -> String {
    if let Some(summary) = &base.common.summary {
        return sheet.plain(summary);
    }
    let opening = base.body.as_ref().map(|b| b.outline.opening.as_str()).filter(|o| !o.is_empty());
    match opening {
        Some(opening) => opening.split_whitespace().take(32).collect::<Vec<_>>().join(" "),
        None => format!("{}: {}", base.title, base.name.kind.about()),
    }
}

/// A record's page.
fn record(desk: &Desk<'_>, name: &Name) -> Result<String, String> {
    let sheet = desk.sheet;
    let p = sheet.playbook();
    let Some(base) = p.base(name) else { return not_found(desk) };
    let id = name.id.as_str();
    match name.kind {
        Kind::Team => match p.teams.get(id) {
            Some(team) => desk.print_record("pages/team.html", base, Vec::new(), &views::team::view(sheet, team)),
            None => not_found(desk),
        },
        Kind::Role => match p.roles.get(id) {
            Some(role) => desk.print_record("pages/role.html", base, Vec::new(), &views::role::view(sheet, role)),
            None => not_found(desk),
        },
        Kind::Area => match p.areas.get(id) {
            Some(area) => desk.print_record("pages/matrix.html", base, Vec::new(), &views::matrix::view(sheet, area)),
            None => not_found(desk),
        },
        Kind::Activity => match p.activities.get(id) {
            Some(activity) => desk.print_record("pages/activity.html", base, Vec::new(), &views::activity::view(sheet, activity)),
            None => not_found(desk),
        },
        Kind::Stage | Kind::Handoff | Kind::Recycle | Kind::Goal | Kind::Metric => carried(desk, base),
        _ => told(desk, base),
    }
}

/// A page of the buyer's way and of what we want to reach on it.
fn carried(desk: &Desk<'_>, base: &Base) -> Result<String, String> {
    let sheet = desk.sheet;
    let p = sheet.playbook();
    let id = base.name.id.as_str();
    let page = match base.name.kind {
        Kind::Stage => p.stages.get(id).map(|r| {
            let view = views::stage::view(sheet, r);
            desk.print_record("pages/stage.html", base, views::stage::contents(&view), &view)
        }),
        Kind::Goal => p.goals.get(id).map(|r| {
            let view = views::goal::view(sheet, r);
            desk.print_record("pages/goal.html", base, views::goal::contents(&view), &view)
        }),
        Kind::Metric => p.metrics.get(id).map(|r| {
            let view = views::metric::view(sheet, r);
            desk.print_record("pages/metric.html", base, views::metric::contents(&view), &view)
        }),
        Kind::Handoff => {
            p.handoffs.get(id).map(|r| desk.print_record("pages/handoff.html", base, Vec::new(), &views::handoff::view(sheet, r)))
        }
        Kind::Recycle => {
            p.recycles.get(id).map(|r| desk.print_record("pages/recycle.html", base, Vec::new(), &views::recycle::view(sheet, r)))
        }
        _ => None,
    };
    page.unwrap_or_else(|| not_found(desk))
}

/// A page of what we say, learn and agree on; else the page any record can have.
fn told(desk: &Desk<'_>, base: &Base) -> Result<String, String> {
    let sheet = desk.sheet;
    let p = sheet.playbook();
    let id = base.name.id.as_str();
    let page = match base.name.kind {
        Kind::Term => p.terms.get(id).map(|r| desk.print_record("pages/term.html", base, Vec::new(), &views::term::view(sheet, r))),
        Kind::Offering => {
            p.offerings.get(id).map(|r| desk.print_record("pages/offering.html", base, Vec::new(), &views::offering::view(sheet, r)))
        }
        Kind::Message => {
            p.messages.get(id).map(|r| desk.print_record("pages/message.html", base, Vec::new(), &views::message::view(sheet, r)))
        }
        Kind::Persona => {
            p.personas.get(id).map(|r| desk.print_record("pages/persona.html", base, Vec::new(), &views::persona::view(sheet, r)))
        }
        Kind::Path => p.paths.get(id).map(|r| desk.print_record("pages/path.html", base, Vec::new(), &views::path::view(sheet, r))),
        Kind::Module => p.modules.get(id).map(|r| desk.print_record("pages/module.html", base, Vec::new(), &views::module::view(sheet, r))),
        Kind::Lesson => p.lessons.get(id).map(|r| desk.print_record("pages/lesson.html", base, Vec::new(), &views::lesson::view(sheet, r))),
        Kind::Ritual => p.rituals.get(id).map(|r| desk.print_record("pages/ritual.html", base, Vec::new(), &views::ritual::view(sheet, r))),
        Kind::Loop => p.loops.get(id).map(|r| desk.print_record("pages/loop.html", base, Vec::new(), &views::r#loop::view(sheet, r))),
        Kind::Page => {
            p.pages.get(id).map(|r| desk.print_record("pages/page.html", base, views::page::contents(base), &views::page::view(sheet, r)))
        }
        Kind::Charter => {
            p.charter.get(id).map(|r| desk.print_record("pages/charter.html", base, Vec::new(), &views::charter::view(sheet, r)))
        }
        Kind::Change => p.changes.get(id).map(|r| desk.print_record("pages/change.html", base, Vec::new(), &views::change::view(sheet, r))),
        _ => None,
    };
    page.unwrap_or_else(|| desk.print_record("pages/record.html", base, Vec::new(), &views::record::view(sheet, base)))
}

/// A list's page.
fn listing(desk: &Desk<'_>, listing: Listing) -> Result<String, String> {
    let sheet = desk.sheet;
    match listing {
        Listing::Home => desk.print("pages/home.html", sheet.playbook().title(), "home", about(listing), &views::home::view(sheet)),
        Listing::Responsibilities => desk.list("pages/matrix.html", listing, &views::matrix::all(sheet)),
        Listing::Teams => desk.list("pages/teams.html", listing, &views::team::all(sheet)),
        Listing::People => desk.list("pages/people.html", listing, &views::people::view(sheet)),
        Listing::Terms => desk.list("pages/terms.html", listing, &views::terms::view(sheet)),
        Listing::Offerings => desk.list("pages/offerings.html", listing, &views::offerings::view(sheet)),
        Listing::Messages => desk.list("pages/messages.html", listing, &views::messages::view(sheet)),
        Listing::Personas => desk.list("pages/personas.html", listing, &views::personas::view(sheet)),
        Listing::Training => desk.list("pages/training.html", listing, &views::training::view(sheet)),
        Listing::Rituals => desk.list("pages/rituals.html", listing, &views::rituals::view(sheet)),
        Listing::Loops => desk.list("pages/loops.html", listing, &views::loops::view(sheet)),
        Listing::Funnel => desk.list("pages/funnel.html", listing, &views::funnel::view(sheet)),
        Listing::Handoffs => desk.list("pages/handoffs.html", listing, &views::handoffs::view(sheet)),
        Listing::NotReady => desk.list("pages/notready.html", listing, &views::notready::view(sheet)),
        Listing::Goals => desk.list("pages/goals.html", listing, &views::goals::view(sheet)),
        Listing::Metrics => desk.list("pages/metrics.html", listing, &views::metrics::view(sheet)),
        Listing::Pages => desk.list("pages/pages.html", listing, &views::pages::view(sheet)),
        Listing::Changes => desk.list("pages/changes.html", listing, &views::changes::all(sheet)),
        Listing::Health => desk.list("pages/health.html", listing, &views::health::view(sheet)),
        Listing::Checks => desk.list("pages/checks.html", listing, &views::checks::view(sheet)),
        Listing::Reference => desk.list("pages/reference.html", listing, &views::reference::view(sheet)),
        Listing::Search => desk.list("pages/search.html", listing, &views::search::view(sheet)),
        _ => desk.list("pages/list.html", listing, &views::list::view(sheet, listing)),
    }
}

/// A list in one sentence, for search engines and previews.
fn about(listing: Listing) -> &'static str {
    match listing {
        Listing::Home => "What we are all trying to do, and where your own page is.",
        Listing::Responsibilities => "Who answers for what, who does it, who is asked and told.",
        Listing::Teams => "What each team is working for, and who is in it.",
        Listing::People => "Who holds which role today.",
        Listing::Terms => "Every word we agreed on and every one we gave up.",
        Listing::Offerings => "What we sell, under its one name and at today’s price.",
        Listing::Messages => "What we promise to whom, at which stage, and why they may believe it.",
        Listing::Personas => "Everybody who has a say in it.",
        Listing::Training => "A path for each role, and the modules they are made of.",
        Listing::Rituals => "When we meet, who comes, and what comes of it.",
        Listing::Loops => "What to pass on to whom, and how soon an answer comes.",
        Listing::Funnel => "The buyer’s way through all teams, and what they promise each other on it.",
        Listing::Handoffs => "Where the work changes hands, and what each side has promised.",
        Listing::NotReady => "Every no, where it goes, and what calls it back.",
        Listing::Goals => "What we all want to reach, and what serves it.",
        Listing::Metrics => "What we count, how, and how far it has come.",
        Listing::Pages => "Every page of prose, by section.",
        Listing::Changes => "Version by version, what you do differently since.",
        Listing::Health => "What is aligned, what is open and with whom, and what is due.",
        Listing::Checks => "Every rule a playbook is checked by.",
        Listing::Reference => "Every kind of record and every field.",
        Listing::Search => "Search, and everything from A to Z.",
        _ => listing.label(),
    }
}

fn check(desk: &Desk<'_>, at: usize) -> Result<String, String> {
    let Some(rule) = ROSTER.get(at) else { return not_found(desk) };
    let view = views::check::view(desk.sheet, rule);
    desk.print("pages/check.html", rule.name, "check", rule.why, &view)
}

/// What changed between two versions.
fn changes(desk: &Desk<'_>, at: usize) -> Result<String, String> {
    let Some((way, told)) = desk.sheet.shelf.chronicle.page(at) else { return not_found(desk) };
    let view = views::changes::between(desk.sheet, way, told);
    let about = format!("What changed from {} to {}.", told.from, told.to);
    desk.print("pages/between.html", &view.title, "between", &about, &view)
}

/// An address that was given up.
fn redirect(desk: &Desk<'_>, to: &str) -> Result<String, String> {
    #[derive(Serialize)]
    struct Moved {
        title: String,
        href: String,
        lang: String,
        canonical: Option<String>,
    }
    let site: &Site = desk.sheet.site;
    let title = match site.page(to) {
        Some(Page::Record(name)) => desk.sheet.link(name).label,
        _ => to.to_owned(),
    };
    let canonical = site.base_url.as_ref().map(|b| format!("{b}{}", route::encode(to.trim_start_matches('/'))));
    let lang = site.compiled.playbook.own().and_then(|s| s.language.clone()).unwrap_or_else(|| "en".to_owned());
    let moved = Moved { title, href: desk.sheet.href(to), lang, canonical };
    desk.dress.templates.render("pages/redirect.html", desk.sheet.address, &moved, &moved)
}

fn not_found(desk: &Desk<'_>) -> Result<String, String> {
    desk.print("pages/404.html", "Not here", "missing", "There is no page at this address.", &views::missing::view(desk.sheet))
}
