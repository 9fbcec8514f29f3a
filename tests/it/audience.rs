//! What an audience may not see is in no byte of its site, and no edit to it changes one.
//!
//! Canaries are planted in every field of every kind of record that is for managers alone, in what belongs to such records, and every
//! visible record refers to them wherever it can. Then every byte of the site for everyone is searched.

use crate::support::{Built, Dice, copy_of_sample, files_under, here, none, printed, project, put, room};
use onside::check::ROSTER;
use onside::compile::{Memory, compile, compile_again};
use onside::diagnostic::Files;
use onside::model::audience::{Rules, filter};
use onside::model::document::{Documents, parse};
use onside::model::field::{Field, Shape};
use onside::model::playbook::fields_of;
use onside::model::{Assembly, Kind};
use onside::project::{Audience, Project};
use onside::render::Press;
use onside::source::tree;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// The kinds that stand in TOML files here.
const IN_TOML: [Kind; 22] = [
    Kind::Team,
    Kind::Role,
    Kind::Person,
    Kind::Activity,
    Kind::Stage,
    Kind::Handoff,
    Kind::Recycle,
    Kind::Segment,
    Kind::Persona,
    Kind::Offering,
    Kind::Message,
    Kind::Asset,
    Kind::Term,
    Kind::Goal,
    Kind::Metric,
    Kind::Ritual,
    Kind::Loop,
    Kind::Tool,
    Kind::Path,
    Kind::Change,
    Kind::Expect,
    Kind::Area,
];

/// Words that must not be found, each once, and what they stand in.
#[derive(Default)]
struct Canaries {
    /// What is added to each; another edition has others.
    edition: &'static str,
    /// The words that are the same in every edition: names, which visible records refer to.
    names: Vec<String>,
    /// The others, with where they stand.
    words: Vec<(String, String)>,
}

impl Canaries {
    /// A word for a place.
    fn word(&mut self, place: &str) -> String {
        let word = format!("zq{}x{:04}q", self.edition, self.words.len());
        self.words.push((word.clone(), place.to_owned()));
        word
    }

    /// The name of a hidden record or file, the same in every edition.
    fn name(&mut self, what: &str) -> String {
        let name = format!("zqname{what}q");
        self.names.push(name.clone());
        name
    }

    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.names.iter().map(|name| (name.as_str(), "a name"));
        self.words.iter().map(|(word, place)| (word.as_str(), place.as_str())).chain(names)
    }
}

/// The id of the hidden record of a kind.
fn hidden_id(kind: Kind) -> String {
    match kind {
        Kind::Lesson => format!("{}/zqnamelessonq", hidden_id(Kind::Module)),
        Kind::Charter => "charter".to_owned(),
        kind => format!("zqname{}q", kind.word()),
    }
}

/// A value of a shape as TOML: canaries wherever words can stand.
fn planted(field: &Field, place: &str, canaries: &mut Canaries) -> String {
    let edition = canaries.edition.len() % 2;
    of_shape(&field.shape, place, edition, &mut |place| canaries.word(place), &|kinds| visible(kinds))
}

/// A value of a shape that refers to what is hidden wherever it can.
fn leaning(field: &Field) -> String {
    let mut plain = |_: &str| "plain words".to_owned();
    of_shape(&field.shape, "", 0, &mut plain, &|kinds| {
        let kind = kinds.iter().find(|k| **k != Kind::Playbook).copied().unwrap_or(Kind::Role);
        format!("{}:{}", kind.word(), hidden_id(kind))
    })
}

fn of_shape(shape: &Shape, place: &str, edition: usize, words: &mut dyn FnMut(&str) -> String, name: &dyn Fn(&[Kind]) -> String) -> String {
    match shape {
        Shape::Plain("a text", _) => format!("\"{} and [[role:zqnameroleq]], also [[role:zqnameroleq|whoever]]\"", words(place)),
        Shape::Plain(_, examples) => examples[edition % examples.len()].to_owned(),
        Shape::Choice(options) => format!("\"{}\"", options[edition % options.len()]),
        Shape::Reference(kinds, _) => format!("\"{}\"", name(kinds)),
        Shape::List(inner) => format!("[{}]", of_shape(inner, place, edition, words, name)),
        Shape::Inline(fields) => {
            let each =
                fields.iter().map(|f| format!("{} = {}", f.key, of_shape(&f.shape, &format!("{place}.{}", f.key), edition, words, name)));
            format!("{{ {} }}", each.collect::<Vec<_>>().join(", "))
        }
        Shape::Map(..) => format!("{{ {} = \"{}\" }}", "zqnameteamq", words(place)),
    }
}

/// A record that everyone sees.
fn visible(kinds: &[Kind]) -> String {
    let known = [
        (Kind::Role, "sales-lead"),
        (Kind::Team, "sales"),
        (Kind::Area, "winning"),
        (Kind::Goal, "green-offices"),
        (Kind::Offering, "green-desk"),
    ];
    known.iter().find(|(kind, _)| kinds.contains(kind)).map_or("sales-lead".to_owned(), |(_, id)| (*id).to_owned())
}

/// `id`, `title` and every field of a kind, as lines of TOML.
fn record(kind: Kind, id: &str, title: &str, skipped: &[&str], mut value: impl FnMut(&Field) -> String) -> String {
    let mut lines = format!("id = \"{id}\"\n");
    if kind != Kind::Expect {
        lines.push_str(&format!("title = \"{title}\"\n"));
    }
    for field in fields_of(kind) {
        if !["audience", "id", "title", "status", "allow", "was", "checks"].contains(&field.key) && !skipped.contains(&field.key) {
            lines.push_str(&format!("{} = {}\n", field.key, value(&field)));
        }
    }
    lines
}

const FOR_MANAGERS: &str = "audience = [\"managers\"]\n";

/// The small playbook with all of it.
fn laid(canaries: &mut Canaries) -> TempDir {
    let folder = room();
    let root = folder.path();
    let base = here().join("tests/cases/base");
    for path in files_under(&base.join("content")) {
        put(root, path.strip_prefix(&base).unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
    }
    let settings = std::fs::read_to_string(root.join("content/playbook.toml")).unwrap();
    put(
        root,
        "content/playbook.toml",
        format!("{settings}audiences = [\"managers\", \"sales\"]\nedit_url = \"https://git.example/{{file}}#L{{line}}\"\n"),
    );
    hidden_records(root, canaries);
    hidden_prose(root, canaries);
    leaning_records(root);
    folder
}

/// Hidden records of every kind in files that they share with others.
fn hidden_records(root: &Path, canaries: &mut Canaries) {
    for kind in IN_TOML {
        let id = canaries.name(kind.word());
        let title = canaries.word(&format!("{} title", kind.word()));
        let comment = canaries.word("a comment");
        let was = canaries.word("was");
        let fields = record(kind, &id, &title, &[], |field| planted(field, &format!("{}.{}", kind.word(), field.key), canaries));
        let more = "# and more\n".repeat(canaries.edition.len());
        let shared = format!("# {comment}\n{more}[[{}]]\n{fields}was = [\"{was}\"]\n{FOR_MANAGERS}x-note = \"{comment}\"\n\n", kind.word());
        let neighbour = match kind {
            Kind::Expect => "[[expect]]\nid = \"seen-expect\"\nquery = \"who leads\"\n".to_owned(),
            _ => format!("[[{}]]\nid = \"seen-{}\"\ntitle = \"Seen {}\"\n", kind.word(), kind.word(), kind.word()),
        };
        put(root, &format!("content/shared-{}.toml", kind.word()), format!("{shared}{neighbour}"));
    }
    let series = canaries.word("series");
    put(root, "content/series/zqnamemetricq.csv", format!("date,value,note\n2026-09-30,7654321,{series}\n"));
}

/// Hidden pages, lessons, an area and its rows, with pictures and questions.
fn hidden_prose(root: &Path, canaries: &mut Canaries) {
    let (folder, file, picture) = (canaries.name("folder"), canaries.name("file"), canaries.name("picture"));
    let mut word = |place: &str| canaries.word(place);
    let prose = format!(
        "# {}\n\n{} [{}](https://{}.example/) ![{}](../../{picture}.svg)\n\n## {}\n\n```quiz\nid = \"{}\"\nkind = \"single\"\nprompt = \"{}\"\n\
         options = [{{ text = \"{}\", correct = true, feedback = \"{}\" }}, {{ text = \"{}\" }}]\n```\n\n> [!SUMMARY]\n> {}\n",
        word("heading"),
        word("prose"),
        word("link text"),
        word("link"),
        word("alt"),
        word("second heading"),
        word("quiz id"),
        word("prompt"),
        word("option"),
        word("feedback"),
        word("wrong option"),
        word("summary"),
    );
    let redirect = word("redirect_from");
    let head = |title: &str| format!("+++\ntitle = \"{title}\"\n{FOR_MANAGERS}+++\n\n{prose}");
    put(
        root,
        "content/pages/zqnamepageq.md",
        head(&word("page")).replacen("+++\n\n", &format!("redirect_from = \"/{redirect}/\"\n+++\n\n"), 1),
    );
    put(root, &format!("content/pages/{folder}/_defaults.toml"), format!("# {}\n{FOR_MANAGERS}", word("a comment of a folder")));
    put(
        root,
        &format!("content/pages/{folder}/{file}.md"),
        format!("---\ntitle: {}\naliases: [/{}/]\n---\n\n{prose}", word("yaml"), word("alias")),
    );
    put(
        root,
        "content/pages/yaml.md",
        format!("---\ntitle: {}\naudience: managers\nsecret: {}\n---\n\n{prose}", word("yaml"), word("yaml key")),
    );
    put(root, "content/pages/broken.md", format!("---\ntitle: [{}\naudience: managers\n---\n\n{prose}", word("broken yaml")));
    put(
        root,
        &format!("content/{picture}.svg"),
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title></svg>", word("picture")),
    );
    put(
        root,
        &format!("content/pages/{folder}/{picture}.svg"),
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title></svg>", word("picture")),
    );
    put(
        root,
        "content/training/zqnamemoduleq/module.toml",
        format!("[[module]]\nid = \"zqnamemoduleq\"\ntitle = \"{}\"\n{FOR_MANAGERS}", word("module")),
    );
    put(root, "content/training/zqnamemoduleq/01-zqnamelessonq.md", format!("+++\ntitle = \"{}\"\n+++\n\n{prose}", word("lesson")));
    let row = format!("| Activity | Why | A | R |\n|---|---|---|---|\n| {} | {} | Sales lead | Sales lead |\n", word("row"), word("why"));
    put(
        root,
        "content/responsibilities/secret.md",
        format!("+++\ntitle = \"{}\"\nid = \"zqnamerowsq\"\n{FOR_MANAGERS}+++\n\n{row}", word("area")),
    );
    put(
        root,
        "content/charter.md",
        format!("+++\ntitle = \"{}\"\npurpose = \"{}\"\n{FOR_MANAGERS}+++\n\n{prose}", word("charter"), word("purpose")),
    );
    for name in ["zqnamemoduleq", "zqnamelessonq", "zqnamepageq", "zqnamerowsq"] {
        canaries.names.push(name.to_owned());
    }
}

/// Records for everyone that refer to hidden ones in every field, and prose that does in every way.
fn leaning_records(root: &Path) {
    for kind in IN_TOML {
        let title = format!("Leaning {}", kind.word());
        let fields = record(kind, &format!("leaning-{}", kind.word()), &title, &["query"], leaning);
        let query = if kind == Kind::Expect { "query = \"leaning\"\n" } else { "" };
        put(root, &format!("content/leaning-{}.toml", kind.word()), format!("[[{}]]\n{fields}{query}", kind.word()));
    }
    put(
        root,
        "content/leaning-formula.toml",
        "[[metric]]\nid = \"formula\"\ntitle = \"Formula\"\nunit = \"count\"\ndirection = \"up\"\nformula = \"zqnamemetricq / visits-booked\"\n",
    );
    let blocks = "```raci\narea = \"zqnameareaq\"\n```\n\n```goal\ngoal = \"zqnamegoalq\"\n```\n\n```compare\nteams = [\"zqnameteamq\", \"sales\"]\n```\n\n\
                  ```quiz\nid = \"own\"\nkind = \"true-false\"\nprompt = \"Is it [[role:zqnameroleq]]?\"\nanswer = true\ntests = [\"term:zqnametermq\", \"role:sales-lead\"]\n```\n";
    let prose = format!(
        "# Leaning\n\nAsk [[role:zqnameroleq]] or [[role:zqnameroleq|our chief]]: [[offering:zqnameofferingq#price]].\n\n## On [[term:zqnametermq]]\n\n\
         See [their page](zqnamepageq.md), [a heading](zqnamepageq.md#any), [before](/roles/zqnameroleq/), [a folder](zqnamefolderq/zqnamefileq.md) and\n\
         ![a drawing](zqnamefolderq/zqnamepictureq.svg).\n\n| A | B |\n|---|---|\n| [[goal:zqnamegoalq]] | [[goal:zqnamegoalq\\|their goal]] |\n\n{blocks}"
    );
    put(root, "content/pages/leaning.md", format!("+++\nsummary = \"Of [[role:zqnameroleq]].\"\nowner = \"zqnameroleq\"\n+++\n\n{prose}"));
    put(root, "content/pages/old.md", format!("---\nsummary: Of [[role:zqnameroleq]].\ndraft: false\n---\n\n{prose}"));
    put(root, "content/pages/book/SUMMARY.md", "# Contents\n\n- [Leaning](../leaning.md)\n- [Zqnamepageq](../zqnamepageq.md)\n");
    let rows = "| Activity | Why | A | R | C | I | Goals | For |\n|---|---|---|---|---|---|---|---|\n\
                | Lean on others | Because of [[role:zqnameroleq]]. | zqnameroleq | Sales lead, zqnameroleq | | | zqnamegoalq | |\n\
                | Lean on others | | Sales lead | | | | | zqnamesegmentq |\n";
    put(
        root,
        "content/responsibilities/leaning.md",
        format!("+++\ntitle = \"Leaning area\"\nsides = [{{ team = \"zqnameteamq\", says = \"x\" }}]\n+++\n\n{rows}"),
    );
    put(root, "content/shared-stage-ends.toml", "[[handoff]]\nfrom = \"zqnamestageq\"\nto = \"won\"\ntitle = \"Ends\"\n");
}

fn site_for(root: &Path, audience: Audience) -> Built {
    let project = Project { audience, base_url: Some("https://playbook.example/".to_owned()), ..project(root) };
    let compiled = compile(&project).unwrap_or_else(|words| panic!("{words}"));
    printed(&Press::of(&project, compiled).unwrap())
}

/// A file's bytes and all that they may stand for, in lower case.
fn forms(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let mut forms = vec![text.clone(), unescaped(&text, "%", 2, ""), unescaped(&text, "\\u", 4, ""), unescaped(&text, "&#x", 0, ";")];
    let original = String::from_utf8_lossy(bytes);
    forms.extend(original.match_indices("base64,").map(|(at, _)| {
        let data: String = original[at + 7..].chars().take_while(|c| c.is_ascii_alphanumeric() || "+/=".contains(*c)).collect();
        String::from_utf8_lossy(&base64(&data)).to_lowercase()
    }));
    forms.push(text.replace(['-', '_', ' ', '\n'], ""));
    forms.push(text.replace("<wbr>", "").replace("&shy;", "").replace('\u{ad}', ""));
    forms
}

/// A text with numbers of characters written out.
fn unescaped(text: &str, mark: &str, digits: usize, end: &str) -> String {
    let mut parts = text.split(mark);
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let length = if digits > 0 { digits } else { part.find(end).unwrap_or(0) };
        match part.get(..length).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(&part[length + end.len().min(part.len() - length)..]);
            }
            None => {
                out.push_str(mark);
                out.push_str(part);
            }
        }
    }
    out.to_lowercase()
}

fn base64(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = text.bytes().filter_map(|b| alphabet.iter().position(|a| *a == b));
    let (mut out, mut kept, mut count) = (Vec::new(), 0_usize, 0);
    for six in bits {
        kept = (kept << 6 | six) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(kept >> count & 0xff).unwrap());
        }
    }
    out
}

/// Where any canary sings: in paths and in bytes, however they are written.
fn found(site: &Built, canaries: &Canaries) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, bytes) in site {
        let mut forms = forms(bytes);
        forms.push(path.to_lowercase());
        if !forms.iter().any(|form| form.contains("zq") || form.contains("7654321")) {
            continue;
        }
        for (word, place) in canaries.all().chain([("7654321", "a number of a series")]) {
            if let Some(form) = forms.iter().find(|form| form.contains(word)) {
                let at = form.find(word).unwrap();
                let around: String = form.chars().skip(form[..at].chars().count().saturating_sub(40)).take(100).collect();
                faults.push(format!("{path}: {word} ({place}): …{around}…"));
            }
        }
    }
    faults
}

#[test]
fn no_byte_for_everyone_tells_of_what_is_for_managers() {
    let mut canaries = Canaries { edition: "one", ..Canaries::default() };
    let folder = laid(&mut canaries);
    none(found(&site_for(folder.path(), Audience::default()), &canaries));
    none(found(&site_for(folder.path(), Audience::of(["sales"])), &canaries));
    let all = site_for(folder.path(), Audience::of(["managers", "sales"]));
    let everything: String = all.values().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase()).collect();
    let paths: String = all.keys().map(String::as_str).collect();
    // What no page shows even to those who may read it: notes to machines and to whoever keeps the playbook.
    let unseen = ["comment", "was", "avoid", "tags", "sources", "since", "yaml", "alias", "redirect", "section", "expect", "query"];
    let silent = canaries.words.iter().filter(|(_, place)| !unseen.iter().any(|key| place.contains(key)));
    let missed: Vec<String> =
        silent.filter(|(word, _)| !everything.contains(word.as_str())).map(|(word, place)| format!("{word} {place}")).collect();
    let names = canaries.names.iter().filter(|name| !everything.contains(name.as_str()) && !paths.contains(name.as_str()));
    let missed_names: Vec<&String> = names.collect();
    let heard: BTreeSet<String> =
        found(&all, &canaries).into_iter().filter_map(|f| f.split(": ").nth(1)?.split(' ').next().map(str::to_owned)).collect();
    let shown = canaries.all().filter(|(word, _)| everything.contains(word)).count();
    assert!(shown > 150 && heard.len() >= shown, "the search finds what is there: {} of {shown}", heard.len());
    println!("{} of {} words are on no page for managers either: {missed:?}; names {missed_names:?}", missed.len(), canaries.words.len());
    assert!(missed.len() * 4 < canaries.words.len(), "the words are planted where managers see them: {missed:?}");
}

#[test]
fn editing_what_is_hidden_changes_no_byte_for_others() {
    let mut first = Canaries { edition: "one", ..Canaries::default() };
    let mut second = Canaries { edition: "quiteanother", ..Canaries::default() };
    let (before, after) = (laid(&mut first), laid(&mut second));
    for audience in [Audience::default(), Audience::of(["sales"])] {
        assert_same(&site_for(before.path(), audience.clone()), &site_for(after.path(), audience));
    }
    let managers = [&before, &after].map(|folder| site_for(folder.path(), Audience::of(["managers"])));
    assert!(managers[0] != managers[1], "the edits are seen by those who may");
}

#[test]
fn a_hidden_record_that_was_never_written_leaves_the_same_site() {
    let (with, without) = (copy_of_sample(false), copy_of_sample(false));
    for folder in [&with, &without] {
        let path = folder.path().join("content/playbook.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replacen("\n\n", "\naudiences = [\"managers\"]\n\n", 1)).unwrap();
        put(folder.path(), "content/zz-bonus.toml", "[[term]]\nid = \"aside\"\ntitle = \"Aside\"\ndefinition = \"Beside the point.\"\n");
    }
    put(
        with.path(),
        "content/pages/bonus.md",
        "+++\ntitle = \"Bonus\"\naudience = [\"managers\"]\n+++\n\nFor [[role:sales-lead]], [[term:aside]].\n",
    );
    let [a, b] = [&with, &without].map(|folder| site_for(folder.path(), Audience::default()));
    // Rules that look at everything are silent where something is left out; all else is the same.
    let aside = |site: &Built| -> Built {
        site.iter().filter(|(path, _)| !path.starts_with("health/")).map(|(p, b)| (p.clone(), b.clone())).collect()
    };
    let (a, b) = (aside(&a), aside(&b));
    let differing: Vec<&String> = a.iter().filter(|(path, bytes)| b.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    // Of this word the page says that nothing uses it, where nothing is left out that could.
    assert_eq!(differing, ["terms/aside/index.html"]);
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
}

fn assert_same(a: &Built, b: &Built) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    none(a.iter().filter(|(path, bytes)| b.get(*path) != Some(bytes)).map(|(path, bytes)| {
        let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&b[path]));
        let at = a.bytes().zip(b.bytes()).position(|(x, y)| x != y).unwrap_or(0);
        let around = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(60)..(at + 60).min(text.len())]).into_owned();
        format!("{path}: {} | {}", around(&a), around(&b))
    }));
}

/// The sample with some records for managers alone, drawn by dice.
fn with_some_hidden(dice: &mut Dice) -> TempDir {
    let folder = copy_of_sample(false);
    let root = folder.path();
    for path in files_under(&root.join("content")) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let changed = if name == "playbook.toml" {
            text.replacen("\n\n", "\naudiences = [\"managers\"]\n\n", 1)
        } else if name.ends_with(".toml") && name != "_defaults.toml" {
            let mut parts = text.split("\n[[");
            let mut out = parts.next().unwrap_or("").to_owned();
            for part in parts {
                let hide = dice.below(6) == 0;
                out.push_str(&format!(
                    "\n[[{}",
                    if hide { part.replacen("]]\n", &format!("]]\n{FOR_MANAGERS}"), 1) } else { part.to_owned() }
                ));
            }
            out
        } else if name.ends_with(".md") && dice.below(6) == 0 {
            text.replacen("+++\n", &format!("+++\n{FOR_MANAGERS}"), 1)
        } else {
            continue;
        };
        std::fs::write(&path, changed).unwrap();
    }
    folder
}

#[test]
fn what_is_told_to_others_is_no_artefact_of_hiding() {
    let mut dice = Dice(20_261_102);
    for round in 0..6 {
        let folder = with_some_hidden(&mut dice);
        let compiled = compile(&project(folder.path())).unwrap();
        let seen = compiled.seen.as_ref().expect("something is hidden");
        let whole: BTreeSet<(&str, &str)> = compiled.findings.all().iter().map(|f| (f.rule, f.record.as_str())).collect();
        let artefacts = seen.findings.all().iter().filter(|f| !whole.contains(&(f.rule, f.record.as_str())));
        none(artefacts.map(|f| format!("round {round}: {}: {}: {}", f.rule, f.record, f.message)));
        let _ = site_for(folder.path(), Audience::default());
    }
}

#[test]
fn after_any_save_readers_see_what_a_first_look_shows() {
    let mut dice = Dice(77);
    let folder = with_some_hidden(&mut dice);
    let root = folder.path();
    let project = project(root);
    let mut memory = Memory::default();
    memory.look(&project, None).unwrap();
    let mut warm = Press::of(&project, compile_again(&project, &mut memory).unwrap()).unwrap();
    let files: Vec<_> =
        files_under(&root.join("content")).into_iter().filter(|p| p.extension().is_some_and(|e| e == "md" || e == "toml")).collect();
    for number in 0..60 {
        let path = &files[dice.below(files.len())];
        let text = std::fs::read_to_string(path).unwrap();
        let edited = match dice.below(5) {
            0 => text.replace(FOR_MANAGERS, ""),
            1 if !path.ends_with("playbook.toml") => text
                .replacen("title = ", &format!("{FOR_MANAGERS}title = "), 1)
                .replace(&format!("{FOR_MANAGERS}{FOR_MANAGERS}"), FOR_MANAGERS),
            2 => text.replace("title = \"", "title = \"New "),
            3 => text.replace(" the ", " that "),
            _ => text.replace("summary = \"", "summary = \"So: "),
        };
        std::fs::write(path, edited).unwrap();
        memory.look(&project, Some(&BTreeSet::from([path.clone()]))).unwrap();
        let (Ok(again), Ok(cold)) = (compile_again(&project, &mut memory), compile(&project)) else { continue };
        warm = warm.again(&project, again);
        let cold = Press::of(&project, cold).unwrap();
        assert_eq!(warm.addresses(), cold.addresses(), "edit {number} of {}", path.display());
        let addresses = cold.addresses();
        for _ in 0..if number == 59 { addresses.len() } else { 10 } {
            let address = &addresses[dice.below(addresses.len())];
            assert!(warm.render(address).unwrap() == cold.render(address).unwrap(), "edit {number} of {}: {address}", path.display());
        }
    }
}

/// The documents of some files.
fn documents(files: &[(&str, &str)]) -> (Documents, Files) {
    let folder = crate::support::lay(files);
    let tree = tree::read(folder.path(), "content").unwrap();
    let mut texts = Files::default();
    let documents = tree.entries.iter().map(|entry| Arc::new(parse(entry, texts.put(&entry.path, entry.text())))).collect();
    (documents, texts)
}

#[test]
fn old_versions_are_read_by_todays_rules() {
    let settings = ("content/playbook.toml", "name = \"x\"\ndefault_owner = \"lead\"\naudiences = [\"managers\"]\n");
    let old = [
        settings,
        (
            "content/a.toml",
            "[[term]]\nid = \"pay\"\ntitle = \"Pay\"\n[[term]]\nid = \"old-name\"\ntitle = \"Renamed\"\n[[term]]\nid = \"gone\"\ntitle = \"Gone\"\naudience = [\"managers\"]\n[[term]]\nid = \"opened\"\ntitle = \"Opened\"\naudience = [\"managers\"]\n[[term]]\nid = \"plain\"\ntitle = \"Plain\"\n",
        ),
        ("content/pages/pay/lost.md", "# Lost\n\nSee [[term:pay]].\n"),
        ("content/pages/open.md", "# Open\n\nSee [[term:pay]].\n"),
    ];
    let today = [
        settings,
        (
            "content/a.toml",
            "[[term]]\nid = \"pay\"\ntitle = \"Pay\"\naudience = [\"managers\"]\n[[term]]\nid = \"new-name\"\nwas = [\"old-name\"]\ntitle = \"Renamed\"\naudience = [\"managers\"]\n[[term]]\nid = \"opened\"\ntitle = \"Opened\"\n",
        ),
        ("content/pages/pay/_defaults.toml", "audience = [\"managers\"]\n"),
    ];
    let (then, texts) = documents(&old);
    let rules = Rules::of(&documents(&today).0);
    let seen = filter(&then, &texts, &Audience::default(), Some(&rules)).expect("something is hidden");
    let mut assembly = Assembly::default();
    assembly.renew(seen.documents, &seen.files);
    let names: Vec<String> = assembly.playbook.bases().iter().map(|b| b.name.to_string()).collect();
    assert_eq!(names, ["playbook:playbook", "term:opened", "term:plain", "page:open"]);
    assert!(filter(&then, &texts, &Audience::of(["managers"]), Some(&rules)).is_none());
}

#[test]
fn rules_that_hold_by_themselves_are_in_the_roster() {
    let text = std::fs::read_to_string(here().join("src/check/apart.rs")).unwrap();
    let known: BTreeSet<&str> = ROSTER.iter().map(|r| r.name).collect();
    let named = text.lines().filter_map(|l| l.trim().strip_prefix('"').and_then(|l| l.strip_suffix("\",")));
    none(named.filter(|name| !known.contains(name)).map(|name| format!("{name} is no rule")));
}

#[test]
fn an_audience_nobody_knows_is_an_error() {
    let folder = crate::support::lonely();
    let refused = |names: &[&str]| {
        let project = Project { audience: Audience::of(names.iter().copied()), ..project(folder.path()) };
        compile(&project).err().unwrap_or_default()
    };
    assert!(refused(&["managers"]).contains("write `audiences = [\"managers\"]` there"));
    put(folder.path(), "content/playbook.toml", format!("{}audiences = [\"managers\"]\n", crate::support::LONELY));
    assert_eq!(refused(&["managrs"]), "content/playbook.toml knows no audience `managrs`: did you mean `managers`?");
    assert_eq!(refused(&["managers"]), "");
}
