//! `onside add`

mod place;
mod skeleton;

use super::words::addable;
use super::{Arguments, DONE, ink, print, words};
use crate::compile::{Compiled, compile};
use crate::diagnostic::suggest;
use crate::model::link::fold;
use crate::model::{Base, Kind, Name};
use place::Place;
use skeleton::Skeleton;
use std::path::{Path, PathBuf};

/// Add a record: its skeleton, with every field explained
#[derive(clap::Args)]
pub struct Add {
    /// What it is: role, stage, term, page …
    #[arg(value_name = "KIND", value_parser = words::Words(words::kinds))]
    kind: String,
    /// What readers will call it
    title: String,
    /// A .toml file under content/; for a page or a lesson the folder it goes into
    #[arg(long = "in", value_name = "FILE")]
    into: Option<PathBuf>,
}

impl Add {
    /// Runs it.
    pub fn run(&self, arguments: &Arguments) -> Result<u8, String> {
        let kind = kind(&self.kind)?;
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let project = arguments.project(None, None)?;
        let root = std::path::absolute(&project.root).map_err(|e| format!("{} cannot be found: {e}", project.root.display()))?;
        let compiled = compile(&project)?;
        let into = self.into.as_deref().map(|path| place::under_content(&root, path)).transpose()?;
        let place = place::of(kind, &title, into.as_deref(), &compiled)?;
        refuse_taken(&place, &title, &compiled)?;
        let skeleton = Skeleton { place: &place, title: &title, playbook: &compiled.playbook };
        let line = write(&root, &place, &skeleton.text())?;
        print(&told(&place, line, &skeleton));
        Ok(DONE)
    }
}

/// The kind of a word.
fn kind(word: &str) -> Result<Kind, String> {
    let lower = word.to_lowercase();
    match Kind::from_word(&lower) {
        Some(Kind::Playbook) => return Err("a project has one playbook: its settings are in content/playbook.toml".to_owned()),
        Some(kind) => return Ok(kind),
        None => {}
    }
    let names: Vec<(&str, Kind)> = addable().flat_map(|k| [(k.word(), k), (k.plural(), k), (k.label(), k), (k.labels(), k)]).collect();
    let near = suggest::nearest(&lower, names.iter().map(|(name, _)| *name));
    let meant = near.and_then(|near| names.iter().find(|(name, _)| *name == near)).map(|(_, k)| k.word());
    Err(match meant {
        Some(meant) => format!("there is no kind of record called `{word}`: did you mean `{meant}`?"),
        None => format!("there is no kind of record called `{word}`: the kinds are {}", suggest::list(addable().map(Kind::word), 30)),
    })
}

/// An id, today's or a former one, and a title lead to one record.
fn refuse_taken(place: &Place, title: &str, compiled: &Compiled) -> Result<(), String> {
    let bases = compiled.playbook.bases_of(&[place.kind]);
    let there = |base: &Base| {
        let position = compiled.files.position(base.place.file, base.place.start);
        format!("in {}, line {}", compiled.files.path(base.place.file), position.line)
    };
    if let Some(base) = bases.iter().find(|b| b.name.id == place.id || fold(&b.title) == fold(title)) {
        let article = suggest::a(place.kind.label());
        return Err(format!("there is already {article} `{}` {}: change that one, or choose another title", base.title, there(base)));
    }
    match bases.iter().find(|b| b.common.was.iter().any(|old| old.value == place.id)) {
        Some(base) => {
            Err(format!("`{}` was once the id of `{}` {}, and still leads there: choose another title", place.id, base.title, there(base)))
        }
        None => Ok(()),
    }
}

/// Writes the text; gives the line it begins at.
fn write(root: &Path, place: &Place, text: &str) -> Result<usize, String> {
    if place.is_own_file {
        ink::create(root, &place.path, text).map(|()| 1)
    } else {
        ink::append(root, &place.path, text, |path, whole| place::still_reads(place.kind, path, whole))
    }
}

/// What was written where, and the one next step.
fn told(place: &Place, line: usize, skeleton: &Skeleton<'_>) -> String {
    let name = Name::new(place.kind, place.id.clone());
    let open: Vec<&str> = skeleton.undecided();
    let next = if open.is_empty() {
        "Next: write it; what else it can say stands there as notes.".to_owned()
    } else {
        format!("Next: write {} in the place of each \"TODO\", then `onside check` tells what is left.", suggest::list(open, 12))
    };
    format!("Added {name} to {}, line {line}.\n{next}\n", place.path)
}
