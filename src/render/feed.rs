//! What changed, for feed readers: one feed of everything, and one for each role with what touches it.
//!
//! Atom, as RFC 4287 has it: an entry for each version, its content a list of sentences.

use crate::history::diff::say;
use crate::history::{Changes, Weight};
use crate::model::{Kind, Name};
use crate::route;
use crate::site::Site;
use crate::site::chronicle::Way;
use crate::site::html::{Html, escape};
use crate::site::shelves::Shelf;
use crate::site::views::changes;

/// The feed of everything, or of what touches a role.
pub fn atom(site: &Site, shelf: &Shelf, role: Option<&str>) -> String {
    let playbook = &site.compiled.playbook;
    let address = route::feed(role);
    let whose = role.and_then(|id| playbook.roles.get(id)).map_or_else(String::new, |role| format!(" for {}", role.title()));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element(&mut out, "title", &format!("{}: what changed{whose}", playbook.title()));
    element(&mut out, "id", &id(site, &address));
    link(&mut out, "self", &there(site, &address));
    link(&mut out, "alternate", &there(site, route::Listing::Changes.address()));
    out.push_str("<author>");
    element(&mut out, "name", playbook.own().and_then(|s| s.organisation.as_deref()).unwrap_or(playbook.title()));
    out.push_str("</author>\n");
    let steps = shelf.chronicle.steps();
    let name = role.map(|id| Name::new(Kind::Role, id));
    let entries = steps.iter().rev().map(|way| (way, touching(shelf.chronicle.told(way), name.as_ref())));
    let entries: Vec<(&Way, Vec<(Weight, &str)>)> = entries.filter(|(_, changes)| !changes.is_empty()).collect();
    let newest = entries.first().map(|(way, _)| *way).or_else(|| steps.last()).map_or(shelf.at, |way| way.to);
    element(&mut out, "updated", &moment(site, shelf, newest));
    for (way, changes) in entries {
        entry(site, shelf, (way, &address), &changes, &mut out);
    }
    out + "</feed>\n"
}

/// The changes of a version as they are told: how much each matters, and its sentence.
fn touching<'a>(told: &'a Changes, role: Option<&Name>) -> Vec<(Weight, &'a str)> {
    match role {
        None => told.all.iter().map(|change| (change.weight, change.sentence.as_str())).collect(),
        Some(role) => told.for_role(role).into_iter().map(|(weight, change)| (weight, change.told_to(role))).collect(),
    }
}

/// What one version brought; every feed has an entry of its own for it, since each says something else.
fn entry(site: &Site, shelf: &Shelf, (way, feed): (&Way, &str), changes: &[(Weight, &str)], out: &mut String) {
    out.push_str("<entry>\n");
    let label = shelf.editions.get(way.to).map_or("", |e| e.label.as_str());
    element(out, "title", &format!("{label}: {}", changes::tally(changes.iter().map(|(weight, _)| *weight))));
    element(out, "id", &format!("{}#{}", id(site, feed), route::encode(label)));
    link(out, "alternate", &there(site, &way.address));
    element(out, "updated", &moment(site, shelf, way.to));
    let items =
        changes.iter().map(|(weight, said)| format!("<li>{}: {}</li>", weight.heading(), Html::stressed(&say::parts(said)).as_str()));
    out.push_str("<content type=\"html\">");
    escape(&format!("<ul>{}</ul>", items.collect::<String>()), out);
    out.push_str("</content>\n</entry>\n");
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    escape(text, out);
    out.push_str(&format!("</{name}>\n"));
}

fn link(out: &mut String, rel: &str, href: &str) {
    out.push_str(&format!("<link rel=\"{rel}\" href=\""));
    escape(href, out);
    out.push_str("\"/>\n");
}

/// An address on the web; from the top of the host where the site's own is not known.
fn there(site: &Site, address: &str) -> String {
    let path = route::encode(address.trim_start_matches('/'));
    site.base_url.as_ref().map_or_else(|| format!("/{path}"), |base| format!("{base}{path}"))
}

/// What never changes and no other feed has: the address on the web, else a URN made of the playbook's name and the address.
fn id(site: &Site, address: &str) -> String {
    if site.base_url.is_some() {
        return there(site, address);
    }
    let name = route::encode(&site.compiled.playbook.title().to_lowercase().replace(' ', "-"));
    format!("urn:x-onside:{name}:{}", route::encode(address.trim_matches('/')))
}

/// The first moment of the day of a version; of today where it has none.
fn moment(site: &Site, shelf: &Shelf, at: usize) -> String {
    let date = shelf.editions.get(at).and_then(|e| e.date).unwrap_or(site.compiled.today);
    format!("{date}T00:00:00Z")
}
