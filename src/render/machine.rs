//! What machines ask for: the list of addresses.

use crate::route;
use crate::site::html::escape;
use crate::site::{Page, Site};

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
