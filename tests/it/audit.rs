//! The produced bytes, audited: links, parts every page must have, what no page may have, weights, and that they never vary.
//!
//! What is checked is what a reader's browser gets, read by a browser's parser; nothing here knows a template.

use crate::health::unwell;
use crate::support::{BASE_URL, Built, Page, built, copy_of_sample, elements, here, lay, lonely, none, pages, put, sample, text};
use flate2::{Compression, write::GzEncoder};
use onside::check::ROSTER;
use onside::route::Listing;
use scraper::node::Element;
use scraper::{ElementRef, Selector};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Write;

/// Sites of several sizes: everything, every kind at least once, something to mend, and nothing but a name.
fn sites() -> Vec<(&'static str, Built)> {
    vec![
        ("sample", sample().clone()),
        ("base", built(&here().join("tests/cases/base"), None)),
        ("unwell", built(unwell().path(), None)),
        ("lonely", built(lonely().path(), None)),
    ]
}

/// What is looked at on every page.
const LOOKS: [fn(&Page, &mut Vec<String>); 7] = [
    it_has_one_heading_one_title_and_one_main,
    headings_go_down_one_step_at_a_time,
    nothing_is_inline_that_a_strict_policy_forbids,
    nothing_is_loaded_from_off_the_site,
    ids_are_unique_and_what_points_at_one_finds_it,
    no_machinery_shows,
    tables_have_scoped_headers_and_pictures_have_words,
];

#[test]
fn every_page_is_whole_safe_and_plain() {
    let mut faults = Vec::new();
    for (name, site) in sites() {
        for page in pages(&site) {
            let mut found = Vec::new();
            LOOKS.iter().for_each(|look| look(&page, &mut found));
            faults.extend(found.into_iter().map(|fault| format!("{name}: {}: {fault}", page.path)));
        }
    }
    none(faults);
}

#[test]
fn no_link_is_dead() {
    let mut faults = Vec::new();
    for (name, site) in sites() {
        let pages = pages(&site);
        let ids: BTreeMap<&str, BTreeSet<&str>> =
            pages.iter().map(|p| (p.path.as_str(), p.ids.iter().map(String::as_str).collect())).collect();
        for page in &pages {
            for link in links(page) {
                if let Err(why) = leads_somewhere(&page.path, &link.target, &site, &ids) {
                    faults.push(format!("{name}: {}: <{} {}=\"{}\">: {why}", page.path, link.element, link.attribute, link.target));
                }
            }
        }
        let css = site.iter().filter(|(path, _)| path.ends_with(".css"));
        for (path, target) in css.flat_map(|(path, bytes)| urls(&text(bytes)).into_iter().map(move |url| (path, url))) {
            if let Err(why) = leads_somewhere(path, &target, &site, &ids) {
                faults.push(format!("{name}: {path}: url({target}): {why}"));
            }
        }
    }
    none(faults);
}

#[test]
fn every_page_can_be_reached_from_home() {
    for (name, site) in sites() {
        let pages: BTreeMap<String, Page> = pages(&site).into_iter().map(|p| (p.path.clone(), p)).collect();
        let mut reached = BTreeSet::from(["index.html".to_owned()]);
        let mut ahead = VecDeque::from(["index.html".to_owned()]);
        while let Some(path) = ahead.pop_front() {
            let Some(page) = pages.get(&path) else { continue };
            for link in links(page).into_iter().filter(|l| l.element == "a" && !is_outside(&l.target)) {
                let target = resolved(&path, link.target.split('#').next().unwrap_or("")).unwrap_or_default();
                if reached.insert(target.clone()) {
                    ahead.push_back(target);
                }
            }
        }
        let lost = pages.values().filter(|p| !reached.contains(&p.path) && p.path != "404.html" && !is_redirect(p));
        none(lost.map(|p| format!("{name}: {}: no way leads here", p.path)));
    }
}

fn it_has_one_heading_one_title_and_one_main(page: &Page, faults: &mut Vec<String>) {
    for (what, selector) in [("h1", "h1"), ("title", "head > title"), ("main", "main"), ("description", "meta[name=description]")] {
        let found = select(page, selector);
        if found.len() != 1 && !(is_redirect(page) && matches!(what, "main" | "description")) {
            faults.push(format!("{} of <{what}>", found.len()));
        }
        for one in found {
            let words = one.attr("content").map_or_else(|| one.text().collect::<String>(), str::to_owned);
            if words.trim().is_empty() {
                faults.push(format!("an empty <{what}>"));
            }
        }
    }
    if select(page, "html[lang]").is_empty() {
        faults.push("no language".to_owned());
    }
}

fn headings_go_down_one_step_at_a_time(page: &Page, faults: &mut Vec<String>) {
    let mut before = 0;
    for heading in select(page, "h1, h2, h3, h4, h5, h6") {
        let level: u8 = heading.value().name()[1..].parse().unwrap();
        if level > before + 1 {
            faults.push(format!("h{before}, then <h{level}>{}", heading.text().collect::<String>().trim()));
        }
        before = level;
    }
}

fn nothing_is_inline_that_a_strict_policy_forbids(page: &Page, faults: &mut Vec<String>) {
    for element in elements(&page.html) {
        if matches!(element.name(), "style" | "iframe" | "object" | "embed" | "base" | "frame") {
            faults.push(format!("<{}>", element.name()));
        }
        if element.name() == "script" && element.attr("src").is_none() {
            faults.push("an inline script".to_owned());
        }
        for (name, value) in element.attrs() {
            if name == "style" || name.starts_with("on") || name == "srcdoc" {
                faults.push(format!("<{} {name}=\"{value}\">", element.name()));
            }
        }
    }
    let policy = select(page, "meta[http-equiv=Content-Security-Policy]");
    let words = policy.first().and_then(|p| p.attr("content")).unwrap_or("");
    if !words.contains("default-src 'none'") || words.contains("unsafe") || words.contains('*') || words.contains("http") {
        faults.push(format!("the policy is `{words}`"));
    }
}

fn nothing_is_loaded_from_off_the_site(page: &Page, faults: &mut Vec<String>) {
    let loads = links(page).into_iter().filter(|l| l.element != "a" && l.rel != "canonical");
    faults.extend(loads.filter(|l| is_outside(&l.target)).map(|l| format!("<{} {}=\"{}\">", l.element, l.attribute, l.target)));
}

#[test]
fn styles_and_scripts_reach_nothing_else_and_make_no_markup_of_text() {
    let scripts_and_styles = sample().iter().filter(|(path, _)| path.ends_with(".js") || path.ends_with(".css"));
    none(scripts_and_styles.flat_map(|(path, bytes)| {
        let text = text(bytes).replace("http://www.w3.org/", "");
        let fault = |words: &str| format!("{path}: `{words}`");
        ["http:", "https:", "innerHTML", "eval(", "insertAdjacentHTML", "document.write", "serviceWorker"]
            .into_iter()
            .filter(|words| text.contains(words))
            .map(fault)
            .collect::<Vec<_>>()
    }));
}

fn ids_are_unique_and_what_points_at_one_finds_it(page: &Page, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    faults.extend(page.ids.iter().filter(|id| !seen.insert(id.as_str())).map(|id| format!("two of id `{id}`")));
    faults.extend(page.ids.iter().filter(|id| id.is_empty() || id.contains(char::is_whitespace)).map(|id| format!("the id `{id}`")));
    for element in elements(&page.html) {
        for attribute in ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "headers", "list", "popovertarget"]
        {
            let named = element.attr(attribute).unwrap_or("").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            faults.extend(named.iter().filter(|id| !seen.contains(id.as_str())).map(|id| format!("{attribute}=\"{id}\" names no element")));
        }
    }
}

#[test]
fn the_site_has_every_address_that_was_promised() {
    let site = sample();
    let lists = Listing::ALL.into_iter().map(|l| l.address().to_owned());
    let rules = ROSTER.iter().map(|rule| format!("/checks/{}/", rule.name));
    let fixed = ["/charter/", "/responsibilities/matrix.csv", "/404.html", "/sitemap.xml", "/theme/onside.css", "/theme/onside.js"];
    // One of each kind, as SITE.md spells its address.
    let records = [
        "/funnel/ready/",
        "/responsibilities/customer-acquisition/",
        "/roles/demand-lead/",
        "/personas/office-manager/",
        "/training/two-sides/",
        "/training/two-sides/one-table/",
        "/pages/how-we-work/",
        "/offerings/team-table/",
    ];
    let wanted = lists.chain(rules).chain(fixed.into_iter().chain(records).map(str::to_owned));
    none(wanted.filter(|a| !site.contains_key(&file_of(a))).map(|a| format!("{a} is not there")));

    let shapes = [
        "teams",
        "roles",
        "activities",
        "handoffs",
        "not-ready",
        "goals",
        "metrics",
        "terms",
        "offerings",
        "messages",
        "personas",
        "segments",
        "assets",
        "rituals",
        "loops",
        "tools",
        "training/paths",
        "changes/notes",
        "people",
    ];
    let holds = |folder: &str| site.keys().any(|p| p.strip_prefix(folder).is_some_and(|rest| rest.matches('/').count() == 2));
    none(shapes.into_iter().filter(|folder| !holds(folder)).map(|folder| format!("no page under /{folder}/")));
}

#[test]
fn every_page_and_what_it_loads_stay_within_their_budgets() {
    let packed: BTreeMap<&str, usize> = sample().iter().map(|(path, bytes)| (path.as_str(), packed(bytes))).collect();
    let mut faults = Vec::new();
    for page in pages(sample()) {
        let loaded = |ending: &str| -> usize {
            let files = links(&page).into_iter().filter(|l| l.rel == "stylesheet" || l.element == "script");
            let files = files.filter_map(|l| resolved(&page.path, &l.target)).filter(|file| file.ends_with(ending));
            let imported = |file: String| imports(&file).into_iter().chain([file]).collect::<Vec<_>>();
            files.flat_map(imported).collect::<BTreeSet<String>>().iter().map(|file| packed[file.as_str()]).sum()
        };
        for (what, size, limit) in
            [("HTML", packed[page.path.as_str()], 30_000), ("CSS", loaded(".css"), 15_000), ("script", loaded(".js"), 15_000)]
        {
            if size > limit {
                faults.push(format!("{}: {size} bytes of {what} compressed, at most {limit}", page.path));
            }
        }
    }
    none(faults);
}

#[test]
fn the_sitemap_lists_every_page_and_nothing_else() {
    let sitemap = text(&sample()["sitemap.xml"]);
    let listed: Vec<String> = sitemap.split("<loc>").skip(1).map(|part| part.split("</loc>").next().unwrap().to_owned()).collect();
    let pages = pages(sample());
    let real = pages.iter().filter(|p| !is_redirect(p) && p.path != "404.html");
    let wanted: BTreeSet<String> = real.map(|p| format!("{BASE_URL}{}", p.path.trim_end_matches("index.html"))).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), wanted);
    assert_eq!(listed.len(), wanted.len(), "each once");
    assert!(!built(lonely().path(), None).contains_key("sitemap.xml"), "without an address on the web there is nothing to list");
}

#[test]
fn every_page_names_its_own_address_on_the_web() {
    none(pages(sample()).iter().filter(|p| p.path != "404.html" && !is_redirect(p)).filter_map(|page| {
        let wanted = format!("{BASE_URL}{}", page.path.trim_end_matches("index.html"));
        let found = select(page, "link[rel=canonical]").first().and_then(|l| l.attr("href")).unwrap_or("").to_owned();
        (found != wanted).then(|| format!("{}: canonical is `{found}`", page.path))
    }));
}

#[test]
fn a_former_address_leads_to_the_page_without_script() {
    let playbook = "name = \"Moved\"\n";
    let terms = "[[term]]\nid = \"offer\"\nwas = [\"quote\"]\ntitle = \"Offer\"\ndefinition = \"What we offer.\"\n";
    let project = lay(&[("content/playbook.toml", playbook), ("content/terms.toml", terms)]);
    let site = built(project.path(), None);
    let pages = pages(&site);
    let moved = pages.iter().find(|p| p.path == "terms/quote/index.html").expect("the former address is kept");
    assert!(is_redirect(moved));
    let refresh = select(moved, "meta[http-equiv=refresh i]");
    let content = refresh.first().and_then(|m| m.attr("content")).unwrap_or("").to_owned();
    assert!(content.starts_with("0;") && content.contains("../offer/"), "{content}");
    assert!(select(moved, "a[href='../offer/']").len() == 1, "a link to click");
}

#[test]
fn the_page_for_no_address_works_at_any_depth() {
    for (name, site) in sites() {
        let from = if name == "sample" { "/handbook/" } else { "/" };
        let page = pages(&site).into_iter().find(|p| p.path == "404.html").unwrap();
        let relative =
            links(&page).into_iter().filter(|l| !l.target.starts_with('#') && !l.target.starts_with(from) && !is_outside(&l.target));
        none(relative.map(|l| format!("{name}: 404.html: <{} {}=\"{}\"> does not begin with `{from}`", l.element, l.attribute, l.target)));
    }
}

fn no_machinery_shows(page: &Page, faults: &mut Vec<String>) {
    for node in page.html.tree.nodes() {
        let Some(text) = node.value().as_text() else { continue };
        let in_code = node.ancestors().filter_map(|a| a.value().as_element()).any(|e| matches!(e.name(), "code" | "pre" | "script"));
        if in_code {
            continue;
        }
        for sign in ["{{", "{%", "}}", "Some(", "None,", "undefined", "NaN", "[object", "[[", "]]", "TODO", "&amp;", "&lt;", "&#39;"] {
            // What the checks are about stands on their own pages.
            if text.contains(sign) && !page.path.starts_with("checks/") {
                faults.push(format!("`{sign}` in `{}`", text.trim()));
            }
        }
    }
    for element in elements(&page.html) {
        for (name, value) in element.attrs() {
            let empty =
                value.trim().is_empty() && matches!(name, "class" | "href" | "src" | "id" | "aria-label" | "title" | "for" | "lang");
            if empty || value.contains("&amp;") || value.contains("&lt;") || value.contains("{{") {
                faults.push(format!("<{} {name}=\"{value}\">", element.name()));
            }
        }
    }
}

fn tables_have_scoped_headers_and_pictures_have_words(page: &Page, faults: &mut Vec<String>) {
    for head in select(page, "table th").iter().filter(|th| th.attr("scope").is_none()) {
        faults.push(format!("<th> without scope: {}", head.text().collect::<String>().trim()));
    }
    faults.extend(select(page, "img:not([alt])").iter().map(|i| format!("<img src=\"{}\"> has no alt", i.attr("src").unwrap_or(""))));
    let silent =
        |svg: &&ElementRef<'_>| svg.attr("aria-hidden").is_none() && svg.attr("role").is_none() && svg.attr("aria-labelledby").is_none();
    faults.extend(select(page, "svg").iter().filter(silent).map(|_| "<svg> that neither speaks nor is hidden".to_owned()));
    faults.extend(select(page, "a[target=_blank]").iter().map(|a| format!("a link that opens a window: {}", a.attr("href").unwrap_or(""))));
}

#[test]
fn the_same_playbook_gives_the_same_bytes_from_any_folder_and_in_any_order() {
    let (one, other) = (copy_of_sample(false), copy_of_sample(true));
    let (one, other) = (built(one.path(), Some(BASE_URL)), built(other.path(), Some(BASE_URL)));
    let differ = one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path));
    none(differ.map(|path| format!("{path} differs between two folders")));
    let differ = one.iter().filter(|(path, bytes)| sample().get(*path) != Some(bytes));
    none(differ.map(|(path, _)| format!("{path} differs from the repository's")));
}

#[test]
fn the_matrix_as_csv_has_a_line_for_each_row_and_one_width() {
    let tables = sample().iter().filter(|(path, _)| path.ends_with("matrix.csv"));
    for (path, bytes) in tables {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert!(reader.headers().unwrap().len() > 3, "{path}");
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap_or_else(|e| panic!("{path}: {e}"))).collect();
        assert!(!rows.is_empty(), "{path} has no rows");
        let dangerous = reader_cells(bytes).into_iter().filter(|cell| cell.starts_with(['=', '+', '@', '\t', '\r']));
        none(dangerous.map(|cell| format!("{path}: a spreadsheet would run `{cell}`")));
    }
}

fn reader_cells(bytes: &[u8]) -> Vec<String> {
    let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).into_records();
    rows.flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Something that leads or loads.
struct Link {
    element: String,
    attribute: &'static str,
    rel: String,
    target: String,
}

fn links(page: &Page) -> Vec<Link> {
    elements(&page.html).flat_map(links_of).collect()
}

fn links_of(element: &Element) -> Vec<Link> {
    let rel = element.attr("rel").unwrap_or("").to_owned();
    let link = |attribute: &'static str, target: &str| Link {
        element: element.name().to_owned(),
        attribute,
        rel: rel.clone(),
        target: target.trim().to_owned(),
    };
    let mut all: Vec<Link> = ["href", "src", "poster", "xlink:href", "action", "data", "cite"]
        .into_iter()
        .filter(|a| !(*a == "data" && element.name() != "object"))
        .filter_map(|attribute| element.attr(attribute).map(|target| link(attribute, target)))
        .collect();
    let sets = element.attr("srcset").into_iter().flat_map(|set| set.split(',')).filter_map(|one| one.split_whitespace().next());
    all.extend(sets.map(|target| link("srcset", target)));
    let refresh = element.attr("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("refresh"));
    let target = element.attr("content").filter(|_| refresh).and_then(|c| c.split_once("url=")).map(|(_, t)| t.trim_matches(['\'', '"']));
    all.extend(target.map(|target| link("content", target)));
    all
}

fn leads_somewhere(from: &str, target: &str, site: &Built, ids: &BTreeMap<&str, BTreeSet<&str>>) -> Result<(), String> {
    if target.starts_with("data:image/") && from.ends_with(".css") {
        return Ok(());
    }
    if is_outside(target) {
        let fine = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme));
        return if fine { Ok(()) } else { Err("a scheme that no page may use".to_owned()) };
    }
    let (path, fragment) = target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
    let file = resolved(from, path).ok_or("it leaves the site")?;
    if !site.contains_key(&file) {
        return Err(format!("there is no {file}"));
    }
    let Some(fragment) = fragment else { return Ok(()) };
    let wanted = onside::model::prose::percent_decoded(fragment);
    let there = ids.get(file.as_str()).is_some_and(|ids| ids.contains(wanted.as_str()));
    if there { Ok(()) } else { Err(format!("{file} has no id `{wanted}`")) }
}

/// The file that a link leads to; nothing where it leaves the site. An absolute path counts from where the site is put.
fn resolved(from: &str, path: &str) -> Option<String> {
    let path = onside::model::prose::percent_decoded(path.split('?').next().unwrap_or(""));
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let rooted = path.strip_prefix("/handbook/").or_else(|| path.strip_prefix('/'));
    let mut parts: Vec<&str> = match rooted {
        Some(_) => Vec::new(),
        None => from.split('/').collect::<Vec<_>>().split_last().map(|(_, folders)| folders.to_vec()).unwrap_or_default(),
    };
    let rest = rooted.unwrap_or(&path);
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let folder = rest.is_empty() || rest.ends_with(['/', '.']);
    let file = parts.join("/");
    Some(match (folder, file.is_empty()) {
        (true, true) => "index.html".to_owned(),
        (true, false) => format!("{file}/index.html"),
        (false, _) => file,
    })
}

fn is_outside(target: &str) -> bool {
    let scheme = target.split(['/', '#', '?']).next().unwrap_or("");
    target.starts_with("//") || scheme.contains(':')
}

fn is_redirect(page: &Page) -> bool {
    elements(&page.html).any(|e| e.name() == "meta" && e.attr("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("refresh")))
}

fn select<'a>(page: &'a Page, selector: &str) -> Vec<ElementRef<'a>> {
    page.html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The stylesheets that a file of the sample imports, one step deep.
fn imports(file: &str) -> Vec<String> {
    let css = text(&sample()[file]);
    let lines = css.split("@import").skip(1).filter_map(|rest| rest.split([';', '\n']).next().map(str::to_owned));
    lines.filter_map(|line| resolved(file, line.split(['"', '\'']).nth(1)?)).collect()
}

fn urls(css: &str) -> Vec<String> {
    let parts = css.split("url(").skip(1).filter_map(|part| part.split(')').next());
    parts.map(|url| url.trim().trim_matches(['"', '\'']).to_owned()).filter(|url| !url.starts_with('#')).collect()
}

fn file_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn packed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn addresses_that_pages_had_elsewhere_redirect_unless_something_is_in_their_way() {
    let folder = lonely();
    let page = "---\nredirect_from: [/slack/, /Slack/, /chat/old.html, /theme/onside.css/, /teams/, /pages/other/, /../up/, 'https://x.example/y/']\n---\n# Slack\n";
    put(folder.path(), "content/pages/tools/slack.md", page);
    put(folder.path(), "content/pages/other.md", "# Other\n\n[Slack](/slack/)\n");
    let built = built(folder.path(), None);
    let leads = |path: &str| built.get(path).map(|bytes| String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""));
    assert_eq!(leads("slack/index.html").or(leads("Slack/index.html")), Some(true));
    assert!(leads("slack/index.html").is_none() || leads("Slack/index.html").is_none(), "one of two that differ by case");
    assert_eq!(leads("chat/old.html"), Some(true));
    assert_eq!(leads("pages/other/index.html"), Some(false), "the page that lives there stays");
    assert_eq!(leads("teams/index.html"), Some(false));
    assert!(!built.keys().any(|path| path.contains("..") || path.starts_with("theme/onside.css/") || path.contains("x.example")));
    assert!(String::from_utf8_lossy(&built["pages/other/index.html"]).contains("href=\"../tools/slack/\""));
}
