//! Which files of a project's theme were copied from the default, and whether the default has changed since.
//!
//! A list in the theme's folder has a line for each, the hash of the default's bytes and the path; the last line of a path counts.

use super::theme::default_file;
use crate::compile::Compiled;
use crate::project::Project;
use crate::source::tree;
use std::collections::BTreeMap;

/// The list's name; a dot keeps it out of the theme.
pub const LEDGER: &str = ".ejected";

/// The line for a default file as it is today.
pub fn entry(path: &str) -> Option<String> {
    default_file(path).map(|bytes| format!("{}  {path}", blake3::hash(bytes).to_hex()))
}

/// Copies that the default has outgrown: a sentence for each, with what to do.
pub fn outgrown(project: &Project, compiled: &Compiled) -> Vec<String> {
    let Some(theme) = compiled.playbook.own().and_then(|settings| settings.theme.as_ref()) else { return Vec::new() };
    let root = project.root.as_path();
    let folder = format!("themes/{}", theme.value);
    let Ok(list) = tree::bytes(root, &format!("{folder}/{LEDGER}")) else { return Vec::new() };
    let list = String::from_utf8_lossy(&list).into_owned();
    let copied: BTreeMap<&str, &str> = list.lines().filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect();
    let still_there = copied.into_iter().filter(|(path, _)| tree::bytes(root, &format!("{folder}/{path}")).is_ok());
    still_there.filter_map(|(path, hash)| note(&folder, path, hash)).collect()
}

fn note(folder: &str, path: &str, hash: &str) -> Option<String> {
    match default_file(path) {
        None => Some(format!(
            "{folder}/{path} was copied from a default that is no longer there: nothing may use it, so look whether you still need it"
        )),
        Some(bytes) if blake3::hash(bytes).to_hex().as_str() == hash => None,
        Some(_) => Some(format!(
            "{folder}/{path} was copied from a default that has changed since, and the change is not on your site: compare it with \
             `onside theme show {path}`, then say `onside theme seen {path}`"
        )),
    }
}
