//! What changed between two playbooks: the pages of `tests/changes/`, and what must hold for any two.
//!
//! A page of `tests/changes/` changes the small playbook in `tests/cases/base/`: an `edit` block puts one text in the place of another, a
//! file with its path stands in the newer version, and with `before/` in front in the older one; a `changes` block says what is told.
//! `UPDATE=1` writes what is told today, to be read aloud before it is kept.

use crate::support::{Dice, files_under, here, none};
use jiff::civil::{Date, date};
use onside::compile::unjudged;
use onside::diagnostic::Files;
use onside::history::diff::delta::{apply, delta, snapshot};
use onside::history::diff::say::plain;
use onside::history::{Change, Changes, Health, Lookups, Side, Still, Weight, What, diff, diff_with};
use onside::model::document;
use onside::model::{Name, Playbook};
use onside::source::tree::{Tree, TreeEntry, clean};
use onside::source::{Data, Entry, Table, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files by path.
type Texts = BTreeMap<String, String>;

/// A playbook and its texts.
struct Version {
    files: Files,
    playbook: Playbook,
}

impl Version {
    fn of(texts: &Texts) -> Self {
        let entry = |(path, text): (&String, &String)| TreeEntry { path: path.clone(), content: clean(text.clone().into_bytes()) };
        let (files, playbook) = unjudged(Tree { entries: texts.iter().map(entry).collect() });
        Self { files, playbook }
    }

    fn side<'a>(&'a self, name: &'a str) -> Side<'a> {
        Side { name, playbook: &self.playbook, files: &self.files }
    }
}

fn told(before: &Texts, after: &Texts) -> Changes {
    diff(&Version::of(before).side("v1"), &Version::of(after).side("v2"))
}

fn texts_under(folder: &Path) -> Texts {
    let text = |path: std::path::PathBuf| {
        let inner = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        std::fs::read_to_string(&path).ok().map(|text| (inner, text))
    };
    files_under(&folder.join("content")).into_iter().filter_map(text).collect()
}

fn base() -> Texts {
    texts_under(&here().join("tests/cases/base"))
}

fn sample() -> Texts {
    texts_under(&here())
}

// Pages.

#[test]
fn every_page_of_changes_is_told_as_it_says() {
    let updating = std::env::var_os("UPDATE").is_some();
    let (mut faults, mut sentences) = (Vec::new(), 0);
    for path in files_under(&here().join("tests/changes")) {
        let page = std::fs::read_to_string(&path).unwrap();
        let today = retold(&page);
        sentences += today.lines().filter(|line| Weight::ALL.iter().any(|w| line.starts_with(&format!("{}: ", w.word())))).count();
        if today != page {
            if updating {
                std::fs::write(&path, &today).unwrap();
            } else {
                faults.push(format!("{} is told otherwise today:\n{today}", path.display()));
            }
        }
    }
    none(faults);
    assert!(sentences >= 60, "{sentences} sentences are too few");
}

/// A page with what is told today.
fn retold(page: &str) -> String {
    let mut out = String::new();
    let (mut before, mut after) = (base(), base());
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info == "changes" {
            let changes = diff_with(&Version::of(&before).side("v1"), &Version::of(&after).side("v2"), &lookups());
            out.push_str(&shown(&changes));
            out.push_str("```\n");
            (before, after) = (base(), base());
            continue;
        }
        let (how, path) = info.split_once(' ').unwrap_or_else(|| panic!("`{info}` names no file"));
        let text = block.join("\n") + "\n";
        match (how, path.strip_prefix("before/")) {
            ("edit", of_before) => edit(if of_before.is_some() { &mut before } else { &mut after }, of_before.unwrap_or(path), &text),
            ("absent", Some(path)) => _ = before.remove(path).unwrap(),
            ("absent", None) => _ = after.remove(path).unwrap(),
            (_, Some(path)) => _ = before.insert(path.to_owned(), text),
            (_, None) => _ = after.insert(path.to_owned(), text),
        }
        block.iter().for_each(|line| out.push_str(&format!("{line}\n")));
        out.push_str("```\n");
    }
    out
}

/// Puts one text in the place of another, parted by a line `=>`.
fn edit(texts: &mut Texts, path: &str, text: &str) {
    let (find, replace) = text.split_once("=>\n").unwrap_or_else(|| panic!("an edit of {path} has no line `=>`:\n{text}"));
    let file = texts.get_mut(path).unwrap_or_else(|| panic!("there is no {path}"));
    let find = find.trim_end_matches('\n');
    assert_eq!(file.matches(find).count(), 1, "`{find}` stands once in {path}");
    *file = file.replacen(find, replace.trim_end_matches('\n'), 1);
}

fn lookups() -> Lookups<'static> {
    Lookups { still: Some(&|_, _| Still { pages: 7, lessons: 1 }), ..Lookups::default() }
}

fn shown(changes: &Changes) -> String {
    let one = |c: &Change| {
        let mut text = format!("{}: {}\n", c.weight.word(), c.sentence);
        let ids = |names: &BTreeSet<Name>| names.iter().map(|n| n.id.as_str()).collect::<Vec<_>>().join(" ");
        let who = if c.touches.everyone { "everyone".to_owned() } else { ids(&c.touches.roles) };
        let beside = if c.touches.partners.is_empty() || c.touches.everyone {
            String::new()
        } else {
            format!("; beside {}", ids(&c.touches.partners))
        };
        text.push_str(&format!("    {} {}{}\n", c.what.word(), who, beside));
        text.extend(c.effective.map(|day| format!("    from {day}\n")));
        text.extend(c.why.as_ref().map(|why| format!("    why: {why}\n")));
        text.extend(c.told.iter().map(|(role, you)| format!("    to {}: {you}\n", role.id)));
        text.extend(c.rewritten.iter().flat_map(|r| r.marked()).map(|block| format!("    | {}\n", block.replace('\n', "\n    | "))));
        text
    };
    changes.all.iter().map(one).collect()
}

// Laws.

#[test]
fn a_playbook_and_itself_do_not_differ() {
    for texts in [base(), sample()] {
        let (a, b) = (Version::of(&texts), Version::of(&texts));
        assert!(diff(&a.side("a"), &b.side("b")).all.is_empty());
        assert!(delta(a.side("a").texts(), b.side("b").texts()).is_empty());
    }
}

#[test]
fn order_form_and_place_are_no_change() {
    for seed in 1..=12 {
        let texts = if seed <= 2 { sample() } else { base() };
        let mut dice = Dice(seed * 7919);
        let mut book = Book::of(&texts);
        book.shuffle(&mut dice);
        let shuffled: Texts =
            book.texts().into_iter().map(|(path, text)| (path, if seed % 2 == 0 { text.replace('\n', "\r\n") } else { text })).collect();
        let changes = told(&texts, &shuffled);
        assert!(changes.all.is_empty(), "seed {seed}:\n{}", shown(&changes));
    }
}

#[test]
fn the_newer_version_is_the_older_and_what_differs() {
    let mut missing = Vec::new();
    for seed in 1..=60 {
        let texts = if seed <= 6 { sample() } else { base() };
        let mut dice = Dice(seed * 104_729);
        let mut book = Book::of(&texts);
        let edits: Vec<String> = (0..1 + dice.below(6)).filter_map(|_| book.mutate(&mut dice)).collect();
        let (a, b) = (Version::of(&texts), Version::of(&book.texts()));
        for (old, new) in [(&a, &b), (&b, &a)] {
            let (old, new) = (old.side("v1"), new.side("v2"));
            let delta = delta(old.texts(), new.texts());
            assert_eq!(apply(&snapshot(old.texts()), &delta), snapshot(new.texts()), "seed {seed}: {edits:?}");
            let changes = diff(&old, &new);
            for (name, fields) in &delta.changed {
                // What follows from another change, or says the same in other numbers, is told elsewhere or not at all.
                let quiet = [
                    "order",
                    "exits",
                    "entry",
                    "status",
                    "submetrics",
                    "was",
                    "owner",
                    "audience",
                    "review_every",
                    "reviewed",
                    "body",
                    "stages",
                    "goals",
                ];
                let loud = fields.iter().any(|f| !quiet.contains(&f.key) && !is_only_gone(&f.before, &f.after));
                if loud && !changes.all.iter().any(|c| c.record == *name) {
                    missing.push(format!("seed {seed}: nothing is told of {name}: {fields:?} after {edits:?}"));
                }
            }
            missing.extend(changes.all.iter().flat_map(stiff).map(|s| format!("seed {seed}: {s}")));
        }
    }
    none(missing);
}

/// Whether all that differs are names, or entries that are gone: they may follow from records that came or went.
fn is_only_gone(before: &Option<onside::model::field::Datum>, after: &Option<onside::model::field::Datum>) -> bool {
    use onside::history::diff::datum::items;
    let named =
        |d: &Option<onside::model::field::Datum>| items(d.as_ref()).iter().all(|i| matches!(i, onside::model::field::Datum::Name(_)));
    if named(before)
        && named(after)
        && (before.is_none() || after.is_none() || items(before.as_ref()).len() + items(after.as_ref()).len() > 2)
    {
        return true;
    }
    items(after.as_ref()).iter().all(|i| items(before.as_ref()).contains(i)) && items(before.as_ref()).len() > items(after.as_ref()).len()
}

/// What a sentence must not be.
fn stiff(change: &Change) -> Vec<String> {
    let mut faults = Vec::new();
    for sentence in change.told.values().chain([&change.sentence]) {
        let bare = plain(sentence);
        let bad = ["[[", "  ", " ,", " .", "..", "()", "Nothing(", "None", "Some(", "****"];
        faults.extend(bad.iter().filter(|b| bare.contains(**b)).map(|b| format!("`{b}` in: {bare}")));
        if !bare.ends_with(['.', '”']) || bare.chars().next().is_some_and(char::is_lowercase) {
            faults.push(format!("no whole sentence: {bare}"));
        }
        if sentence.matches("**").count() % 2 == 1 {
            faults.push(format!("half a pair of stars: {sentence}"));
        }
    }
    faults
}

#[test]
fn a_renamed_record_is_one_change_and_steps_between_do_not_show() {
    let step = |texts: &Texts, edits: &[(&str, &str, &str)]| {
        let mut texts = texts.clone();
        // Titles are references too: the matrix names roles by their ids here.
        let matrix = texts.get_mut("content/responsibilities/winning.md").unwrap();
        *matrix = matrix.replace("Plant adviser", "plant-adviser");
        for (path, find, replace) in edits {
            let file = texts.get_mut(*path).unwrap();
            assert!(file.contains(find), "{find}");
            *file = file.replace(find, replace);
        }
        texts
    };
    let v1 = step(&base(), &[]);
    let role = "content/roles.toml";
    let v2 = step(
        &v1,
        &[(
            role,
            "id = \"plant-adviser\"\ntitle = \"Plant adviser\"",
            "id = \"green-adviser\"\ntitle = \"Green adviser\"\nwas = [\"plant-adviser\"]",
        )],
    );
    let v3 = step(
        &v2,
        &[(
            role,
            "id = \"green-adviser\"\ntitle = \"Green adviser\"\nwas = [\"plant-adviser\"]",
            "id = \"desk-adviser\"\ntitle = \"Desk adviser\"\nwas = [\"plant-adviser\", \"green-adviser\"]",
        )],
    );
    for (before, after, old, new) in [
        (&v1, &v2, "Plant adviser", "Green adviser"),
        (&v2, &v3, "Green adviser", "Desk adviser"),
        (&v1, &v3, "Plant adviser", "Desk adviser"),
        (&v3, &v1, "Desk adviser", "Plant adviser"),
    ] {
        let changes = told(before, after);
        let [one] = changes.all.as_slice() else { panic!("{}", shown(&changes)) };
        assert_eq!((one.what, one.before.as_deref(), one.after.as_deref()), (What::Renamed, Some(old), Some(new)));
    }
    // There and back is nowhere.
    assert!(told(&v1, &v1.clone()).all.is_empty());
}

#[test]
fn a_default_keeper_who_passes_on_many_records_is_one_change() {
    let before = sample();
    let mut after = before.clone();
    let file = after.get_mut("content/playbook.toml").unwrap();
    *file = file.replace("default_owner = \"head-of-marketing\"", "default_owner = \"head-of-sales\"");
    let changes = told(&before, &after);
    assert_eq!(changes.all.len(), 1, "{}", shown(&changes));
    assert!(
        changes.all[0].sentence.contains("records that do not say so themselves (was Head of marketing)"),
        "{}",
        changes.all[0].sentence
    );
}

#[test]
fn what_authors_write_stays_text() {
    let before = base();
    let mut after = before.clone();
    let terms = after.get_mut("content/terms.toml").unwrap();
    terms.push_str("\n[[term]]\nid = \"evil\"\ntitle = \"**x** <script>alert(1)</script> [a](javascript:b)\"\ndefinition = \"`y` | <img src=x onerror=z> & \\u001b[31m\"\n");
    let changes = told(&before, &after);
    let [one] = changes.all.as_slice() else { panic!("{}", shown(&changes)) };
    assert!(one.sentence.contains("\\<script>") && one.sentence.contains("\\<img") && !one.sentence.contains('\u{1b}'), "{}", one.sentence);
    assert!(plain(&one.sentence).contains("**x** <script>"));
}

#[test]
fn what_the_checks_and_the_commits_know_is_said_where_it_is_known() {
    let (before, mut after) = (base(), base());
    let tools = after.get_mut("content/tools.toml").unwrap();
    *tools = tools.replace("\"Care log\"", "\"Care book\"");
    let lookups = Lookups {
        subject: Some(&|name| (name.id == "care-log").then(|| "It is a book".to_owned())),
        health: Some(Health { fixed: 12, new: 2, alignment: (71, 78) }),
        ..Lookups::default()
    };
    let changes = diff_with(&Version::of(&before).side("v1"), &Version::of(&after).side("v2"), &lookups);
    assert!(changes.all.iter().any(|c| c.why.as_deref() == Some("It is a book")), "{}", shown(&changes));
    assert!(changes.all.iter().any(|c| c.sentence == "12 findings fixed, 2 new; alignment 71 → 78 of 100."), "{}", shown(&changes));
}

// Playbooks to be changed at will.

/// A record as a table, and the file it stands in.
struct Item {
    path: String,
    word: &'static str,
    table: Table,
}

/// The records of TOML files as tables; all other files as they are.
struct Book {
    items: Vec<Item>,
    others: Texts,
}

impl Book {
    fn of(texts: &Texts) -> Self {
        let (mut items, mut others) = (Vec::new(), Texts::new());
        let mut files = Files::default();
        for (path, text) in texts {
            let is_list = path.ends_with(".toml") && !path.ends_with("playbook.toml") && !path.ends_with("_defaults.toml");
            if !is_list {
                others.insert(path.clone(), text.clone());
                continue;
            }
            let file = files.put(path, text.as_str().into());
            let entry = TreeEntry { path: path.clone(), content: clean(text.clone().into_bytes()) };
            let records = document::parse(&entry, file).records;
            let item = |raw: &onside::model::raw::Raw| {
                let mut table = raw.table.clone();
                // An id that is made from the title is written down, so that another title is another title.
                if table.get("id").is_none() {
                    table.entries.insert(0, entry_of("id", &raw.name.id));
                }
                Item { path: path.clone(), word: raw.name.kind.word(), table }
            };
            items.extend(records.iter().map(|raw| item(raw)));
        }
        Self { items, others }
    }

    fn texts(&self) -> Texts {
        let mut texts = self.others.clone();
        for item in &self.items {
            let text = texts.entry(item.path.clone()).or_default();
            text.push_str(&format!("[[{}]]\n", item.word));
            item.table.entries.iter().for_each(|e| text.push_str(&format!("{} = {}\n", e.key.value, toml(&e.value.data))));
            text.push('\n');
        }
        texts
    }

    /// Keys, records and files in another order.
    fn shuffle(&mut self, dice: &mut Dice) {
        for at in (1..self.items.len()).rev() {
            self.items.swap(at, dice.below(at + 1));
        }
        for item in &mut self.items {
            if dice.below(3) == 0 && !item.path.contains("/training/") {
                item.path = format!("content/other-{}.toml", dice.below(4));
            }
            for at in (1..item.table.entries.len()).rev() {
                item.table.entries.swap(at, dice.below(at + 1));
            }
        }
    }

    /// One edit as an author could make it; tells which.
    fn mutate(&mut self, dice: &mut Dice) -> Option<String> {
        let at = dice.below(self.items.len());
        let id = text(&self.items[at].table, "id");
        let word = self.items[at].word;
        let like: Vec<usize> = (0..self.items.len()).filter(|i| self.items[*i].word == word).collect();
        match dice.below(8) {
            0 => {
                self.items.remove(at);
                Some(format!("remove {word}:{id}"))
            }
            1 => {
                let new = format!("{id}-anew");
                set(&mut self.items[at].table, entry_of("id", &new));
                let was = Data::List(vec![value(Data::Text(id.clone()))]);
                set(&mut self.items[at].table, Entry { key: key("was"), value: value(was) });
                Some(format!("rename {word}:{id} to {new}"))
            }
            2 => {
                let title = if matches!(word, "offering" | "person") { "name" } else { "title" };
                set(&mut self.items[at].table, entry_of(title, &format!("Title {}", dice.below(100_000))));
                Some(format!("call {word}:{id} otherwise"))
            }
            3 => {
                let mut copy = self.items[at].table.clone();
                set(&mut copy, entry_of("id", &format!("{id}-too")));
                let path = self.items[at].path.clone();
                self.items.push(Item { path, word, table: copy });
                Some(format!("copy {word}:{id}"))
            }
            4 => {
                let keys: Vec<String> = self.keys(at);
                let key = keys.get(dice.below(keys.len()))?.clone();
                self.items[at].table.entries.retain(|e| e.key.value != key);
                Some(format!("take {key} out of {word}:{id}"))
            }
            5 => {
                let keys: Vec<String> = self.keys(at);
                let key = keys.get(dice.below(keys.len()))?.clone();
                let entry = self.items[at].table.entries.iter_mut().find(|e| e.key.value == key)?;
                jostle(&mut entry.value.data, dice);
                Some(format!("jostle {key} of {word}:{id}"))
            }
            _ => {
                let from = like[dice.below(like.len())];
                let keys: Vec<String> = self.keys(from);
                let key = keys.get(dice.below(keys.len()))?.clone();
                let entry = self.items[from].table.entry(&key)?.clone();
                set(&mut self.items[at].table, entry);
                Some(format!("give {word}:{id} another's {key}"))
            }
        }
    }

    /// The keys of a record that can be changed without it becoming another.
    fn keys(&self, at: usize) -> Vec<String> {
        let keys = self.items[at].table.entries.iter().map(|e| e.key.value.clone());
        keys.filter(|k| !matches!(k.as_str(), "id" | "was" | "title" | "name" | "query")).collect()
    }
}

/// Another value of the same type: a word more, a list shorter or turned, a number larger.
fn jostle(data: &mut Data, dice: &mut Dice) {
    match data {
        Data::Text(text) if text.contains(' ') => text.push_str(" and more"),
        Data::Integer(n) => *n += 1,
        Data::Bool(b) => *b = !*b,
        Data::List(items) if dice.below(2) == 0 => _ = items.pop(),
        Data::List(items) => {
            items.reverse();
            items.iter_mut().take(1).for_each(|item| jostle(&mut item.data, dice));
        }
        Data::Table(table) => {
            let at = dice.below(table.entries.len());
            if let Some(entry) = table.entries.get_mut(at) {
                jostle(&mut entry.value.data, dice);
            }
        }
        _ => {}
    }
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_text).unwrap_or_default().to_owned()
}

fn key(text: &str) -> onside::diagnostic::Spanned<String> {
    onside::diagnostic::Spanned::new(text.to_owned(), onside::diagnostic::Span::top(onside::diagnostic::FileId(0)))
}

fn value(data: Data) -> Value {
    Value { data, span: onside::diagnostic::Span::top(onside::diagnostic::FileId(0)) }
}

fn entry_of(name: &str, text: &str) -> Entry {
    Entry { key: key(name), value: value(Data::Text(text.to_owned())) }
}

fn set(table: &mut Table, entry: Entry) {
    match table.entries.iter_mut().find(|e| e.key.value == entry.key.value) {
        Some(old) => *old = entry,
        None => table.entries.push(entry),
    }
}

/// A value as TOML.
fn toml(data: &Data) -> String {
    match data {
        Data::Text(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t")),
        Data::Integer(n) => n.to_string(),
        Data::Float(n) => format!("{n:?}"),
        Data::Bool(b) => b.to_string(),
        Data::Date(date) => date.to_string(),
        Data::Moment(text) => text.clone(),
        Data::List(items) => format!("[{}]", items.iter().map(|i| toml(&i.data)).collect::<Vec<_>>().join(", ")),
        Data::Table(table) => format!(
            "{{ {} }}",
            table.entries.iter().map(|e| format!("{} = {}", e.key.value, toml(&e.value.data))).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// A day that announcements are held against.
#[test]
fn an_announcement_of_a_day_between_two_versions_says_why() {
    let mut before = base();
    before.insert("content/changes/later.md".to_owned(), "+++\ntitle = \"The care log is a book\"\nkind = \"process\"\nabout = [\"tool:care-log\"]\nwhy = \"Paper lasts.\"\neffective = 2026-06-01\n+++\n".to_owned());
    let mut after = before.clone();
    let tools = after.get_mut("content/tools.toml").unwrap();
    *tools = tools.replace("[\"marketing\", \"sales\"]", "[\"sales\"]");
    let days: (Date, Date) = (date(2026, 3, 2), date(2026, 8, 3));
    let lookups = Lookups { dates: Some(days), ..Lookups::default() };
    let changes = diff_with(&Version::of(&before).side("v1"), &Version::of(&after).side("v2"), &lookups);
    assert_eq!(changes.all[0].why.as_deref(), Some("Paper lasts."), "{}", shown(&changes));
    assert!(told(&before, &after).all[0].why.is_none());
}

/// To compare is little beside reading: records that are the same are passed over.
#[test]
fn to_compare_two_alike_costs_a_fraction_of_reading_one() {
    let texts = sample();
    let best = |work: &dyn Fn()| {
        let once = |_| {
            let start = std::time::Instant::now();
            work();
            start.elapsed()
        };
        (0..9).map(once).min().unwrap()
    };
    let (a, b) = (Version::of(&texts), Version::of(&texts));
    let reading = best(&|| drop(Version::of(&texts)));
    let comparing = best(&|| assert!(diff(&a.side("a"), &b.side("b")).all.is_empty()));
    println!("reading {reading:?}, comparing {comparing:?}");
    assert!(comparing * 4 < reading, "comparing took {comparing:?}, reading {reading:?}");
}
