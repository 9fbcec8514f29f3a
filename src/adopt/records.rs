//! Records that tables become, as TOML, with ids that nobody has yet.

use super::raci::{self, Letter, Matrix};
use super::terms::{self, Word};
use super::{Found, Plan, Table, Write};
use crate::adopt::front::quoted;
use crate::model::link::fold;
use crate::source::Value;
use crate::source::markdown::{Markdown, slug};
use std::collections::{BTreeMap, BTreeSet};

/// What a project knows already.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// What the playbook will be called where there is none yet.
    pub new_name: Option<String>,
    /// Ids by folded title, of roles, areas, activities and terms.
    pub roles: BTreeMap<String, String>,
    /// Areas likewise.
    pub areas: BTreeMap<String, String>,
    /// Activities likewise.
    pub activities: BTreeMap<String, String>,
    /// Terms likewise.
    pub terms: BTreeMap<String, String>,
    /// Paths under the project's root that are taken.
    pub files: BTreeSet<String>,
}

/// Records while tables are read.
pub struct Records {
    known: Known,
    roles: Vec<String>,
    areas: Vec<String>,
    activities: Vec<String>,
    terms: Vec<String>,
    titles: Vec<String>,
    kept: BTreeMap<String, usize>,
}

impl Records {
    /// None yet.
    pub fn new(known: Known) -> Self {
        Self {
            known,
            roles: Vec::new(),
            areas: Vec::new(),
            activities: Vec::new(),
            terms: Vec::new(),
            titles: Vec::new(),
            kept: BTreeMap::new(),
        }
    }

    /// Remembers keys of front matter that were kept under `x-`.
    pub fn kept(&mut self, keys: &[String]) {
        for key in keys {
            *self.kept.entry(key.clone()).or_insert(0) += 1;
        }
    }

    /// Takes the rows of a table of who does what.
    pub fn matrix(&mut self, matrix: &Matrix, place: &str, at: &dyn Fn(usize) -> String, heading: Option<&str>, title: &str) -> Table {
        let mut table = Table { place: place.to_owned(), what: raci::WHAT, taken: 0, left: Vec::new() };
        let mut area = None;
        for (row, read) in &matrix.rows {
            let who = match &read.who {
                Ok(who) => who,
                Err(why) => {
                    table.left.push(format!("{}: “{}”: {why}", at(*row), read.title));
                    continue;
                }
            };
            if self.known.activities.contains_key(&fold(&read.title)) {
                table.left.push(format!("{}: “{}”: the playbook has an activity of this name", at(*row), read.title));
                continue;
            }
            let area = area.get_or_insert_with(|| self.area(heading, title)).clone();
            let id = new_id(&read.title, "activity", &mut self.known.activities);
            let mut toml =
                format!("# {}\n[[activity]]\nid = {}\ntitle = {}\narea = {}\n", at(*row), quoted(&id), quoted(&read.title), quoted(&area));
            for (letter, key) in [
                (Letter::A, "accountable"),
                (Letter::R, "responsible"),
                (Letter::C, "consulted"),
                (Letter::I, "informed"),
                (Letter::S, "support"),
            ] {
                let names: Vec<String> = who.iter().filter(|(l, _)| *l == letter).map(|(_, name)| quoted(&self.role(name))).collect();
                match (letter, names.as_slice()) {
                    (_, []) => {}
                    (Letter::A, [one, ..]) => toml.push_str(&format!("{key} = {one}\n")),
                    _ => toml.push_str(&format!("{key} = [{}]\n", names.join(", "))),
                }
            }
            self.activities.push(toml);
            table.taken += 1;
        }
        table
    }

    /// Takes the words of a glossary.
    pub fn terms(&mut self, words: &[Word], place: &str, at: &dyn Fn(usize) -> String) -> Table {
        let mut table = Table { place: place.to_owned(), what: terms::WHAT, taken: 0, left: Vec::new() };
        for (number, word) in words.iter().enumerate() {
            let row = at(if word.at < words.len() { word.at } else { number });
            let why = if word.definition.is_empty() || word.definition == "TODO" {
                Some("it says no meaning: write one")
            } else if [&word.title, &word.definition].iter().any(|t| t.contains("[[")) {
                Some("it holds `[[`, which would be a reference")
            } else if self.known.terms.contains_key(&fold(&word.title)) {
                Some("the playbook has this term already: see that both mean the same")
            } else if word.title.chars().count() > 80 {
                Some("its name is longer than 80 characters")
            } else {
                None
            };
            if let Some(why) = why {
                table.left.push(format!("{row}: “{}”: {why}", word.title));
                continue;
            }
            let id = new_id(&word.title, "term", &mut self.known.terms);
            let toml = format!(
                "# {row}\n[[term]]\nid = {}\ntitle = {}\ndefinition = {}\n",
                quoted(&id),
                quoted(&word.title),
                quoted(&word.definition)
            );
            self.terms.push(toml);
            table.taken += 1;
        }
        table
    }

    /// The id of a role, which is made where nobody has it.
    fn role(&mut self, name: &str) -> String {
        let same_id = self.known.roles.values().find(|id| **id == slug(name)).cloned();
        if let Some(id) = self.known.roles.get(&fold(name)).cloned().or(same_id) {
            return id;
        }
        let id = new_id(name, "role", &mut self.known.roles);
        self.titles.push(name.to_owned());
        self.roles.push(format!("[[role]]\nid = {}\ntitle = {}\nteam = \"TODO\"\n", quoted(&id), quoted(name)));
        id
    }

    /// The id of the area that a table belongs to: called like the heading above it, or like its page.
    fn area(&mut self, heading: Option<&str>, title: &str) -> String {
        let named = heading.map(bare_heading).filter(|h| !h.is_empty()).unwrap_or_else(|| title.to_owned());
        if let Some(id) = self.known.areas.get(&fold(&named)) {
            return id.clone();
        }
        let id = new_id(&named, "area", &mut self.known.areas);
        self.areas.push(format!("[[area]]\nid = {}\ntitle = {}\n", quoted(&id), quoted(&named)));
        id
    }

    /// Adds the files that hold the records, and what is to be said of them.
    pub fn write(mut self, plan: &mut Plan) {
        if let Some(name) = self.known.new_name.take() {
            let playbook = format!(
                "name = {}\ndefault_owner = \"handbook-keeper\"\n# The harmless part of HTML in old pages is kept: tables, lists, pictures.\nraw_html = \"sanitised\"\n",
                quoted(&name)
            );
            let team = "[[team]]\nid = \"everybody\"\ntitle = \"Everybody\"\nlead = \"handbook-keeper\"\n\n\
                 [[role]]\nid = \"handbook-keeper\"\ntitle = \"Handbook keeper\"\nteam = \"everybody\"\n";
            plan.writes.insert("content/playbook.toml".to_owned(), Write::Bytes(playbook.into_bytes()));
            self.add("teams", &[team.to_owned()], "who keeps the handbook until roles of your own do", "content", plan);
        }
        let adopted = "content/adopted";
        let (areas, activities) = (std::mem::take(&mut self.areas), std::mem::take(&mut self.activities));
        self.add("responsibilities", &[areas, activities].concat(), "from tables of the handbook; each says where it stood", adopted, plan);
        let roles = std::mem::take(&mut self.roles);
        self.add("roles", &roles, "roles that tables name and nobody had written down: give each its team", adopted, plan);
        let terms = std::mem::take(&mut self.terms);
        self.add("glossary", &terms, "from glossaries of the handbook; each says where it stood", adopted, plan);
        for (key, count) in &self.kept {
            let pages = if *count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
            plan.notes.push(format!("`{key}` in the front matter of {pages} means nothing here: it is kept as `x-{key}`"));
        }
        plan.new_roles = self.titles;
    }

    fn add(&mut self, name: &str, records: &[String], says: &str, folder: &str, plan: &mut Plan) {
        if records.is_empty() {
            return;
        }
        let free = (1..).map(|n| if n == 1 { format!("{folder}/{name}.toml") } else { format!("{folder}/{name}-{n}.toml") });
        let Some(path) = free.into_iter().find(|path| !self.known.files.contains(path)) else { return };
        let text = format!("# {says}\n\n{}", records.join("\n"));
        plan.writes.insert(path, Write::Bytes(text.into_bytes()));
    }
}

/// An id made of a title that nobody has; it is taken from now on.
fn new_id(title: &str, spare: &str, taken: &mut BTreeMap<String, String>) -> String {
    let whole = slug(title);
    let cut: String = whole.chars().take(58).collect();
    let cut = cut.trim_end_matches('-');
    let stem = if cut.is_empty() { spare } else { cut };
    let free = (1..).map(|n| if n == 1 { stem.to_owned() } else { format!("{stem}-{n}") });
    let id = free.into_iter().find(|id| !taken.values().any(|other| other == id)).unwrap_or_default();
    taken.entry(fold(title)).or_insert_with(|| id.clone());
    id
}

/// A heading without the words that only say that a table follows, and without its number.
fn bare_heading(heading: &str) -> String {
    const SAID: [&str; 18] = [
        "raci",
        "rasci",
        "racis",
        "matrix",
        "chart",
        "table",
        "responsibility",
        "responsibilities",
        "roles",
        "role",
        "and",
        "ownership",
        "model",
        "summary",
        "assignment",
        "accountability",
        "overview",
        "the",
    ];
    let words: Vec<&str> = heading.split_whitespace().collect();
    let bare = |word: &str| word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let says = words.iter().any(|w| {
        let bare = bare(w);
        !bare.is_empty() && !bare.chars().all(|c| c.is_ascii_digit()) && !SAID.contains(&bare.as_str())
    });
    if !says {
        return String::new();
    }
    let named = words.iter().filter(|w| !matches!(bare(w).as_str(), "raci" | "rasci" | "matrix" | "chart" | "table" | ""));
    let named: Vec<&str> = named.skip_while(|w| w.chars().all(|c| c.is_ascii_digit() || c == '.')).copied().collect();
    let text = named.join(" ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    let text = text.trim_end_matches("()").trim();
    if text.contains("[[") { String::new() } else { text.chars().take(120).collect() }
}

/// What a page is called.
pub fn title_of(file: &Found, markdown: &Markdown) -> String {
    let written = markdown.table.get("title").and_then(Value::as_text).map(str::trim).filter(|t| !t.is_empty());
    let heading = markdown.outline.headings.first().map(|h| h.text.as_str());
    let title = written.or(heading).filter(|t| !t.contains("[[") && *t != "TODO").map(str::to_owned);
    title.unwrap_or_else(|| stem_title(&file.path))
}

/// What a file is called, from its name.
pub fn stem_title(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(s, _)| s).replace(['-', '_'], " ");
    let mut chars = stem.trim().chars();
    chars.next().map_or_else(|| "Handbook".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}
