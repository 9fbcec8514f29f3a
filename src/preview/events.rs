//! What browsers are told, and the script that does it: the page is swapped in place, a panel stands over it while the text has errors.

use super::session::{Panel, Shown};
use serde::Serialize;

/// Where everything of the preview's own lives; no page of a site begins so.
const PLACE: &str = "/_onside/";

/// The stream of events.
pub const STREAM: &str = "/_onside/events";

/// The preview's own script and style.
const FILES: [(&str, &str, &str); 2] = [
    ("live.js", "text/javascript; charset=utf-8", include_str!("live.js")),
    ("live.css", "text/css; charset=utf-8", include_str!("live.css")),
];

/// One event.
#[derive(Serialize)]
struct Told<'a> {
    revision: u64,
    panel: Option<&'a Panel>,
}

/// What is shown, as an event's data: one line of JSON.
pub fn told(shown: &Shown) -> String {
    serde_json::to_string(&Told { revision: shown.revision, panel: shown.panel.as_ref() }).unwrap_or_default()
}

/// A file of the preview's own.
pub fn file(path: &str) -> Option<(&'static str, &'static str)> {
    let name = path.strip_prefix(PLACE)?;
    FILES.iter().find(|(file, _, _)| *file == name).map(|(_, kind, text)| (*kind, *text))
}

/// A page with the script in its head.
pub fn enliven(html: Vec<u8>, token: &str, revision: u64) -> Vec<u8> {
    let Some(at) = find(&html, b"</head>") else { return html };
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{PLACE}live.css\">\n<script defer src=\"{PLACE}live.js\" data-onside-token=\"{token}\" data-onside-revision=\"{revision}\"></script>\n"
    );
    let (before, after) = html.split_at(at);
    [before, tags.as_bytes(), after].concat()
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|w| w == word)
}
