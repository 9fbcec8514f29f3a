//! The least a generator of such a site can do: read, parse, fill a template, write.
//!
//! `floor SRC OUT` writes what the peer's theme writes: a sidebar of the section, heading ids, contents, previous and next. It
//! checks nothing, knows no links but its own, and stops at the first fault.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tera::{Context, Tera, Value};
use walkdir::WalkDir;

const PAGE: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} · Handbook</title>
<meta name="description" content="{{ summary }}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">Handbook</a></header>
<div class="frame">
<nav aria-label="Section"><ul>
{% for page in pages %}<li><a href="{{ page.address }}"{% if page.address == address %} aria-current="page"{% endif %}>{{ page.title }}</a></li>
{% endfor %}</ul></nav>
<main><h1>{{ title }}</h1>
{{ content | safe }}
<nav class="around" aria-label="Pages">
{% if before %}<a rel="prev" href="{{ before.address }}">{{ before.title }}</a>{% endif %}
{% if after %}<a rel="next" href="{{ after.address }}">{{ after.title }}</a>{% endif %}
</nav></main>
<aside><nav><ul>
{% for heading in headings %}<li><a href="{{ "#" }}{{ heading.id }}">{{ heading.title }}</a></li>
{% endfor %}</ul></nav></aside>
</div>
</body>
</html>
"##;

struct Page {
    folder: PathBuf,
    address: String,
    title: String,
    summary: String,
    body: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, source, out] = arguments.as_slice() else {
        eprintln!("floor SRC OUT");
        std::process::exit(2);
    };
    let (source, out) = (Path::new(source), Path::new(out));
    let files = WalkDir::new(source).into_iter().map(|entry| entry.expect("a readable folder"));
    let files: Vec<PathBuf> = files.filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    let mut pages: Vec<Page> = files.into_par_iter().map(|file| read(source, &file)).collect();
    pages.par_sort_by(|a, b| a.folder.cmp(&b.folder));
    let mut sections: BTreeMap<Option<&Path>, Vec<&Page>> = BTreeMap::new();
    for page in &pages {
        sections.entry(page.folder.parent()).or_default().push(page);
    }
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html"]);
    tera.add_raw_template("page.html", PAGE).expect("a good template");
    let sections: Vec<Vec<&Page>> = sections.into_values().collect();
    sections.par_iter().for_each(|section| write_section(&tera, out, section));
}

fn read(source: &Path, file: &Path) -> Page {
    let text = std::fs::read_to_string(file).expect("a readable file");
    let (head, body) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).unwrap_or(("", &text));
    let field = |key: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        line.unwrap_or_default().to_owned()
    };
    let mut folder = file.strip_prefix(source).expect("a file of the source").with_extension("");
    if folder.ends_with("_index") {
        folder.pop();
    }
    let address = format!("/{}/", folder.display()).replace("//", "/");
    Page { folder, address, title: field("title"), summary: field("summary"), body: body.to_owned() }
}

fn write_section(tera: &Tera, out: &Path, pages: &[&Page]) {
    let entry = |page: &&Page| Value::from(BTreeMap::from([("address", page.address.clone()), ("title", page.title.clone())]));
    let entries: Vec<Value> = pages.iter().map(entry).collect();
    pages.par_iter().enumerate().for_each(|(at, page)| {
        let (content, headings) = markdown(&page.body);
        let mut context = Context::new();
        context.insert("title", &page.title);
        context.insert("summary", &page.summary);
        context.insert("address", &page.address);
        context.insert("content", &content);
        context.insert("headings", &headings);
        context.insert("pages", &entries);
        context.insert("before", &at.checked_sub(1).and_then(|at| entries.get(at)));
        context.insert("after", &entries.get(at + 1));
        let html = tera.render("page.html", &context).expect("a page");
        let folder = out.join(&page.folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("index.html"), html).expect("a file");
    });
}

/// A body's HTML, and its headings.
fn markdown(body: &str) -> (String, Vec<BTreeMap<&'static str, String>>) {
    let mut events: Vec<Event> = Parser::new_ext(body, Options::ENABLE_TABLES).collect();
    let mut headings = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for at in 0..events.len() {
        match &mut events[at] {
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(stem) = dest_url.strip_suffix(".md") {
                    *dest_url = CowStr::from(format!("../{stem}/"));
                }
            }
            Event::Start(Tag::Heading { .. }) => open = Some((at, String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((start, title)) = open.take() else { continue };
                let name = title.to_lowercase().replace(' ', "-");
                if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
                    *id = Some(CowStr::from(name.clone()));
                }
                headings.push(BTreeMap::from([("id", name), ("title", title)]));
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut out, events.into_iter());
    (out, headings)
}
