//! What machines ask for: the list of addresses.

use crate::history::Changes;
use crate::history::diff::say;
use crate::route;
use crate::site::chronicle::{Chronicle, Way};
use crate::site::html::escape;
use crate::site::shelves::Shelf;
use crate::site::views::changes::{partners, touches};
use crate::site::{Page, Site};
use serde_json::json;
use std::collections::BTreeMap;

/// Every page's address on the web, as <https://www.sitemaps.org/protocol.html> has it.
pub fn sitemap(site: &Site) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let Some(base) = &site.base_url else { return out + "</urlset>\n" };
    for address in site.addresses() {
        if matches!(site.page(address), Some(Page::Record(_) | Page::Listing(_) | Page::Check(_))) {
            out.push_str("<url><loc>");
            escape(&format!("{base}{}", route::encode(address.trim_start_matches('/'))), &mut out);
            out.push_str("</loc></url>\n");
        }
    }
    out + "</urlset>\n"
}

/// Every address that was given up and where it leads, a line each, as <https://docs.netlify.com/routing/redirects/> has it.
pub fn redirects(site: &Site, shelf: &Shelf) -> String {
    let own = site.addresses().filter_map(|address| Some((address, site.page(address)?)));
    let all = own.chain(shelf.pages().iter().map(|(address, page)| (address.as_str(), page)));
    let prefix = site.prefix().trim_end_matches('/');
    let lines = all.filter_map(|(address, page)| match page {
        Page::Redirect(to) => Some(format!("{prefix}{}  {prefix}{}  301\n", route::encode(address), route::encode(to))),
        _ => None,
    });
    lines.collect()
}

/// What changed with each version, the oldest first: an array of what `onside diff` prints for each.
pub fn changes(site: &Site, chronicle: &Chronicle) -> String {
    let steps = chronicle.steps().iter().map(|way| super::changes::document(chronicle.told(way), &site.compiled.playbook));
    serde_json::to_string_pretty(&steps.collect::<Vec<_>>()).map(|text| text + "\n").unwrap_or_default()
}

/// What changed from each version until now, for the script of the first page: a call with an object that has an entry for each.
pub fn since(chronicle: &Chronicle, newest: usize) -> String {
    let until_now = chronicle.ways().iter().filter(|way| way.to == newest);
    let entry = |way: &Way, told: &Changes| {
        let href = route::relative("/", &way.address);
        let items = told.all.iter().map(|change| {
            let told: BTreeMap<&str, Vec<String>> = change.told.iter().map(|(role, words)| (role.id.as_str(), say::parts(words))).collect();
            json!({
                "says": say::parts(&change.sentence),
                "weight": change.weight as usize,
                "touches": touches(change),
                "partners": partners(change),
                "told": told,
                "href": format!("{href}#{}", change.anchor),
            })
        });
        json!({ "href": href, "items": items.collect::<Vec<_>>() })
    };
    let all: serde_json::Map<String, serde_json::Value> =
        until_now.map(|way| (way, chronicle.told(way))).map(|(way, told)| (told.from.clone(), entry(way, told))).collect();
    format!("onsideSince({});\n", serde_json::Value::Object(all))
}
