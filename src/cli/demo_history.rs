//! How the sample came to be what it is: the playbook as it stood at each of its versions.
//!
//! `content/` is the newest. An earlier one is a small overlay in `history/`, made of edits that lead back from the version
//! after it. What nobody could know yet goes by itself: numbers of later days, and a date of reading that is later than the version.

use super::{demo, folder};
use crate::source::toml;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Newest first, each leading back from the one before.
const OVERLAYS: [&str; 4] =
    [include_str!("history/v4.toml"), include_str!("history/v3.toml"), include_str!("history/v2.toml"), include_str!("history/v1.toml")];

/// The sample as it stood at one of its versions.
#[derive(Debug, Clone)]
pub struct Past {
    /// The tag.
    pub name: String,
    /// The day of it.
    pub date: Date,
    /// Who made it, with an address: `Name <name@example>`.
    pub author: String,
    /// What it was about: a first line, an empty one, and more.
    pub message: String,
    /// Every file by its path from the project's root, `content/…`.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Every version of the sample, the oldest first; the last is the sample as it is.
pub fn versions() -> Result<Vec<Past>, String> {
    let mut files: Texts = BTreeMap::new();
    for (path, bytes) in folder::files(&demo::SAMPLE, "content") {
        let text = String::from_utf8(bytes).map_err(|_| format!("{path} is not a text"))?;
        files.insert(path, text);
    }
    let mut all = Vec::new();
    for text in OVERLAYS {
        let overlay: Overlay = toml::own(text)?;
        let Overlay { name, date, author, message, .. } = &overlay;
        overlay.lay(&mut files).map_err(|words| format!("history/{name}.toml: {words}"))?;
        let (name, author, message) = (name.clone(), author.clone(), message.trim_end().to_owned());
        let files = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        all.push(Past { name, date: *date, author, message, files });
    }
    all.reverse();
    Ok(all)
}

/// Texts by their paths.
type Texts = BTreeMap<String, String>;

/// What leads back to a version from the one after it. Files go first, then records, then edits are made in order, then files are written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Overlay {
    name: String,
    #[serde(deserialize_with = "toml::plain_date")]
    date: Date,
    author: String,
    message: String,
    /// Files; a folder with its slash is all that is in it.
    #[serde(default)]
    remove: Vec<String>,
    #[serde(default)]
    records: Vec<Records>,
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    write: Vec<Write>,
}

/// Which `[[…]]` of a file stay, by their id, or their title or query where they have none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    file: String,
    /// Only these.
    #[serde(default)]
    keep: Vec<String>,
    /// All but these.
    #[serde(default)]
    drop: Vec<String>,
}

/// Words that were others then.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    find: String,
    /// How often they stand there.
    #[serde(default = "once")]
    times: usize,
    /// All from `find` up to this goes; if it is empty, all to the end.
    to: Option<String>,
    /// What was said instead; nothing if it is not given.
    #[serde(default)]
    replace: String,
}

/// A file that was another one altogether.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Write {
    file: String,
    text: String,
}

fn once() -> usize {
    1
}

impl Overlay {
    fn lay(&self, files: &mut Texts) -> Result<(), String> {
        for gone in &self.remove {
            let before = files.len();
            files.retain(|path, _| !(path == gone || gone.ends_with('/') && path.starts_with(gone)));
            if files.len() == before {
                return Err(format!("there is no {gone}"));
            }
        }
        for records in &self.records {
            let text = text_of(files, &records.file)?;
            *text = records.chosen(text)?;
        }
        for edit in &self.edit {
            let text = text_of(files, &edit.file)?;
            *text = edit.made(text)?;
        }
        for write in &self.write {
            files.insert(write.file.clone(), write.text.clone());
        }
        for (path, text) in files {
            *text = as_of(self.date, path, text);
        }
        Ok(())
    }
}

fn text_of<'a>(files: &'a mut Texts, path: &str) -> Result<&'a mut String, String> {
    files.get_mut(path).ok_or_else(|| format!("there is no {path}"))
}

impl Records {
    fn chosen(&self, text: &str) -> Result<String, String> {
        let (named, keeps) = if self.keep.is_empty() { (&self.drop, false) } else { (&self.keep, true) };
        let mut found = 0;
        let mut rest = String::new();
        let mut stays = true;
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            if line.starts_with("[[") {
                let is_named = lines.peek().and_then(|next| first_value(next)).is_some_and(|id| named.iter().any(|n| n == id));
                found += usize::from(is_named);
                stays = is_named == keeps;
            }
            if stays {
                rest.push_str(line);
            }
        }
        if found == named.len() { Ok(rest) } else { Err(format!("{} has {found} of {named:?}", self.file)) }
    }
}

/// The text of the line that names a record: its first.
fn first_value(line: &str) -> Option<&str> {
    line.split_once(" = \"")?.1.trim_end().strip_suffix('"')
}

impl Edit {
    fn made(&self, text: &str) -> Result<String, String> {
        let count = text.matches(&self.find).count();
        if count != self.times {
            return Err(format!("`{}` stands {count} times in {}, not {}", self.find, self.file, self.times));
        }
        let Some(to) = &self.to else { return Ok(text.replace(&self.find, &self.replace)) };
        let (before, after) = text.split_once(&self.find).unwrap_or((text, ""));
        let rest = if to.is_empty() { Some("") } else { after.find(to).and_then(|at| after.get(at..)) };
        let rest = rest.ok_or_else(|| format!("`{to}` does not follow `{}` in {}", self.find, self.file))?;
        Ok(format!("{before}{}{rest}", self.replace))
    }
}

/// A file as it could be on a day: a series ends with it, and nothing has been read through after it.
fn as_of(day: Date, path: &str, text: &str) -> String {
    let is_series = path.starts_with("content/series/");
    let later = |words: &str| words.parse::<Date>().is_ok_and(|date| date > day);
    let line = |line: &str| match line.split_once(" = ") {
        _ if is_series && line.split(',').next().is_some_and(later) => String::new(),
        Some((key @ ("reviewed" | "as_of"), value)) if later(value.trim_end()) => format!("{key} = {day}\n"),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}
