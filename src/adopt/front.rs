//! Front matter of other tools in our words.
//!
//! What means the same here gets our key; everything else is kept under `x-`, so that nothing is lost and nothing is guessed.

use crate::source::markdown::Markdown;
use crate::source::{Data, Table, Value};

/// What becomes of a page's front matter.
pub enum Front {
    /// There is none.
    None,
    /// It cannot be read.
    Broken,
    /// It is ours now.
    Ours {
        /// The whole of it, with its fences.
        toml: String,
        /// Keys that were kept under `x-`.
        kept_as: Vec<String>,
    },
}

/// The front matter of a page in our words.
pub fn ours(markdown: &Markdown, text: &str) -> Front {
    if !markdown.problems.is_empty() {
        return Front::Broken;
    }
    if markdown.body.start == 0 {
        return if text.starts_with("---\n") && text.lines().skip(1).any(|l| l.trim_end() == "---") { Front::Broken } else { Front::None };
    }
    let mut lines = Lines::default();
    for entry in &markdown.table.entries {
        lines.entry(&entry.key.value, &entry.value);
    }
    Front::Ours { toml: lines.toml(), kept_as: lines.kept_as }
}

/// Front matter while it is put together.
#[derive(Default)]
struct Lines {
    own: Vec<(String, String)>,
    order: Option<i64>,
    hide: bool,
    former: Vec<String>,
    tags: Vec<String>,
    kept_as: Vec<String>,
}

impl Lines {
    fn entry(&mut self, key: &str, value: &Value) {
        let lower = key.to_ascii_lowercase();
        let text = value.as_text().map(str::trim).filter(|t| !t.is_empty());
        let plain = text.filter(|t| !t.contains("[[") && *t != "TODO");
        match (lower.as_str(), &value.data) {
            ("title", Data::Text(_)) if plain.is_some() && !self.has("title") => self.say("title", plain),
            ("description" | "summary" | "excerpt" | "subtitle", _) if plain.is_some() && !self.has("summary") => {
                self.say("summary", plain)
            }
            ("section" | "category", _) if plain.is_some() && !self.has("section") => self.say("section", plain),
            ("nav_order" | "weight" | "sidebar_position" | "order" | "menu_order", Data::Integer(n)) if (0..=9_999).contains(n) => {
                self.order = self.order.or(Some(*n));
            }
            ("nav_exclude" | "hidden", Data::Bool(hide)) => self.hide |= *hide,
            ("draft", Data::Bool(draft)) => {
                if *draft && !self.has("status") {
                    self.say("status", Some("draft"));
                }
            }
            ("tags" | "keywords", _) if texts(value).is_some() => self.tags.extend(texts(value).unwrap_or_default()),
            ("redirect_from" | "aliases" | "permalink", _) if addresses(value).is_some() => {
                self.former.extend(addresses(value).unwrap_or_default());
            }
            ("reviewed" | "last_reviewed" | "last_reviewed_on" | "last_reviewed_at", Data::Date(day)) if !self.has("reviewed") => {
                self.own.push(("reviewed".to_owned(), day.to_string()));
            }
            _ => self.keep(&lower, value),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.own.iter().any(|(k, _)| k == key)
    }

    fn say(&mut self, key: &str, text: Option<&str>) {
        self.own.push((key.to_owned(), quoted(text.unwrap_or(""))));
    }

    /// What nothing here means the same as.
    fn keep(&mut self, key: &str, value: &Value) {
        if matches!(&value.data, Data::Text(t) if t.trim().is_empty()) {
            return;
        }
        let plain: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let name = if plain.starts_with("x-") { plain } else { format!("x-{}", plain.trim_matches('-')) };
        if !self.has(&name) {
            self.kept_as.push(key.to_owned());
            self.own.push((name, toml(value)));
        }
    }

    fn toml(&self) -> String {
        let mut out = String::from("+++\n");
        for (key, value) in &self.own {
            out.push_str(&format!("{key} = {value}\n"));
        }
        let nav: Vec<String> =
            self.order.map(|n| format!("order = {n}")).into_iter().chain(self.hide.then(|| "hide = true".to_owned())).collect();
        if !nav.is_empty() {
            out.push_str(&format!("nav = {{ {} }}\n", nav.join(", ")));
        }
        for (key, list) in [("tags", &self.tags), ("redirect_from", &self.former)] {
            if !list.is_empty() {
                let list: Vec<String> = list.iter().map(|t| quoted(t)).collect();
                out.push_str(&format!("{key} = [{}]\n", list.join(", ")));
            }
        }
        out.push_str("+++\n");
        out
    }
}

/// A text or a list of texts.
fn texts(value: &Value) -> Option<Vec<String>> {
    match &value.data {
        Data::Text(text) => Some(text.split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect()),
        Data::List(list) => list.iter().map(|v| v.as_text().map(|t| t.trim().to_owned())).collect(),
        _ => None,
    }
}

/// A text or a list of texts, each of which is an address on the old site.
fn addresses(value: &Value) -> Option<Vec<String>> {
    let all = match &value.data {
        Data::Text(text) => vec![text.trim().to_owned()],
        _ => texts(value)?,
    };
    all.iter().all(|a| a.starts_with('/') && !a.contains(':') && !a.contains('{')).then_some(all)
}

/// A text as TOML.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value as TOML on one line.
fn toml(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => quoted(text),
        Data::Integer(n) => n.to_string(),
        Data::Float(n) if n.is_finite() => format!("{n:?}"),
        Data::Bool(b) => b.to_string(),
        Data::Date(day) => day.to_string(),
        Data::List(list) => format!("[{}]", list.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Data::Table(table) => inline(table),
        other => quoted(&format!("{other:?}")),
    }
}

fn inline(table: &Table) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let fields = table.entries.iter().filter(|e| seen.insert(e.key.value.clone()));
    let fields: Vec<String> = fields.map(|e| format!("{} = {}", quoted(&e.key.value), toml(&e.value))).collect();
    format!("{{ {} }}", fields.join(", "))
}
