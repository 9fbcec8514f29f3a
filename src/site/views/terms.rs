//! Every word we agreed on and every one we gave up, from A to Z.
//!
//! For whoever has just heard a word: what it means here, or what we say today instead.

use super::alphabet::{self, Letter};
use super::parts::{Empty, Link};
use super::wording::{capital, counted, day, number};
use crate::model::Base;
use crate::model::kinds::offering::OldName;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;

/// The words, by letter.
#[derive(Debug, Clone, Serialize)]
pub struct Terms {
    /// "Our words".
    pub title: String,
    /// "Eleven words we agreed on, and 7 we gave up."
    pub lead: Option<Html>,
    /// A to Z, to jump to.
    pub letters: Vec<Letter>,
    /// The words under each letter.
    pub groups: Vec<Group>,
    /// Stands here where there is no word.
    pub empty: Option<Empty>,
}

/// The words of a letter.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Where they begin.
    pub id: String,
    /// The letter.
    pub letter: String,
    /// The words.
    pub entries: Vec<Entry>,
}

/// A word in its place: exactly one of `word`, `also` and `old` is there.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Entry {
    /// A word we use.
    pub word: Option<Link>,
    /// A word that is fine to say for another.
    pub also: Option<String>,
    /// A word we gave up, or never took up.
    pub old: Option<String>,
    /// What it means.
    pub meaning: Option<Html>,
    /// What stands before the word to say: "Now", "Say", "Another word for".
    pub lead_in: Option<&'static str>,
    /// The word to say.
    pub say: Option<Link>,
    /// Since when: "since 2 March".
    pub since: Option<String>,
    /// What it is, where it is no plain word: "on the menu".
    pub tag: Option<&'static str>,
}

/// The page.
pub fn view(sheet: &Sheet<'_>) -> Terms {
    let p = sheet.playbook();
    let mut shelf = Shelf::default();
    for term in &p.terms {
        shelf.word(sheet, &term.base, term.definition.as_ref().map(|d| sheet.words(d)), None);
        shelf.old(sheet, &term.base, &term.retired);
        for also in &term.synonyms {
            shelf.other(
                sheet,
                &term.base,
                &also.value,
                Entry { also: Some(capital(&also.value)), lead_in: Some("Another word for"), ..Entry::default() },
            );
        }
        for avoid in &term.avoid {
            shelf.other(
                sheet,
                &term.base,
                &avoid.value,
                Entry { old: Some(capital(&avoid.value)), lead_in: Some("Better say"), ..Entry::default() },
            );
        }
    }
    for offering in &p.offerings {
        shelf.word(sheet, &offering.base, sheet.words_of(offering.base.common.summary.as_ref()), Some("what we sell"));
        shelf.old(sheet, &offering.base, &offering.formerly);
    }
    let given_up = p.terms.iter().map(|t| t.retired.len()).sum::<usize>() + p.offerings.iter().map(|o| o.formerly.len()).sum::<usize>();
    let agreed = counted(p.terms.len() + p.offerings.len(), "word we agreed on", "words we agreed on");
    let tail = if given_up == 0 { String::new() } else { format!(", and {} we gave up", number(given_up)) };
    Terms {
        title: "Our words".to_owned(),
        lead: Some(Html::text(&format!("{agreed}{tail}."))),
        letters: alphabet::letters(&shelf.groups),
        empty: shelf.groups.is_empty().then(empty),
        groups: shelf.into_groups(),
    }
}

fn empty() -> Empty {
    Empty {
        title: "No words yet".to_owned(),
        text: "Here one would see what each word means to all of us, and what it was called before.".to_owned(),
        file: Some("content/terms.toml".to_owned()),
    }
}

/// Words by letter, each letter's in order.
#[derive(Default)]
struct Shelf {
    groups: BTreeMap<String, BTreeMap<(String, usize), Entry>>,
    count: usize,
}

impl Shelf {
    fn put(&mut self, word: &str, entry: Entry) {
        self.count += 1;
        self.groups.entry(alphabet::letter(word)).or_default().insert((word.to_lowercase(), self.count), entry);
    }

    fn word(&mut self, sheet: &Sheet<'_>, base: &Base, meaning: Option<Html>, tag: Option<&'static str>) {
        self.put(&base.title, Entry { word: Some(sheet.link(&base.name)), meaning, tag, ..Entry::default() });
    }

    fn old(&mut self, sheet: &Sheet<'_>, base: &Base, names: &[OldName]) {
        for old in names {
            let Some(name) = old.text() else { continue };
            let since = old.until.map(|until| format!("since {}", day(until, sheet.today())));
            self.other(sheet, base, name, Entry { old: Some(capital(name)), lead_in: Some("Now"), since, ..Entry::default() });
        }
    }

    fn other(&mut self, sheet: &Sheet<'_>, base: &Base, word: &str, entry: Entry) {
        self.put(word, Entry { say: Some(sheet.link(&base.name)), ..entry });
    }

    fn into_groups(self) -> Vec<Group> {
        let group = |(letter, entries): (String, BTreeMap<_, Entry>)| Group {
            id: alphabet::anchor(&letter),
            entries: entries.into_values().collect(),
            letter,
        };
        self.groups.into_iter().map(group).collect()
    }
}
