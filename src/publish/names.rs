//! Which names a page's file may have: relative, plain, and possible on the disks a site is copied to.
//!
//! Addresses are spelled by `route`; this is the last look before they become paths, so a fault there cannot leave the site's folder.

use super::manifest::{MANIFEST, folders};
use super::refusal::Refusal;
use std::collections::BTreeSet;
use std::path::{Component, Path};

/// The longest name that common file systems take, in bytes.
pub const LONGEST_NAME: usize = 255;

/// Every path is safe, no path is there twice, and no path is also another's folder.
pub fn check(paths: &[String]) -> Result<(), Refusal> {
    for path in paths {
        if let Some(why) = fault(path) {
            return Err(refusal(path, why));
        }
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = paths.iter().find(|path| !seen.insert(path.as_str())) {
        return Err(refusal(twice, "is the address of two pages"));
    }
    if let Some(both) = folders(seen.iter().copied()).into_iter().find(|folder| seen.contains(folder)) {
        return Err(refusal(both, "is the address of a page and also of a folder of pages"));
    }
    Ok(())
}

/// What is wrong with one path, if anything.
pub fn fault(path: &str) -> Option<&'static str> {
    if path == MANIFEST {
        return Some("is the name of the list that Onside keeps of its own files");
    }
    if path.starts_with('/') {
        return Some("starts with `/`, so it would lie outside the site");
    }
    if path.contains('\\') || path.chars().any(char::is_control) {
        return Some("has a backslash or a control character in it, which some disks cannot store");
    }
    if Path::new(path).components().any(|part| !matches!(part, Component::Normal(_))) {
        return Some("leads outside the site");
    }
    path.split('/').find_map(|name| match name {
        "" => Some("has an empty name between two `/` or at an end"),
        "." | ".." => Some("leads outside the site"),
        name if name.len() > LONGEST_NAME => Some("has a name of more than 255 bytes, which disks cannot store"),
        _ => None,
    })
}

fn refusal(path: &str, why: &str) -> Refusal {
    Refusal::new(Path::new(path), why, "rename what that page is made from")
}
