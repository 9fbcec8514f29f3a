//! After any edit, what is relinked equals what is read from nothing: every finding, every page.

use crate::support::{Dice, copy_of_sample, files_under, project};
use onside::compile::{Compiled, Memory, compile, compile_again};
use onside::diagnostic::machine;
use onside::render::Press;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How many edits are made in a row.
const EDITS: usize = 120;
/// How many pages are compared after each; all are after the last.
const PAGES: usize = 12;

/// An old handbook among the pages: a table of contents, addresses of before, tags and markup, two files of one address.
const HANDBOOK: [(&str, &str); 6] = [
    ("SUMMARY.md", "# Contents\n\n## First part\n\n- [Two](two.md)\n- [One](one.md)\n\n## Second part\n\n- [Three](deep/three.md)\n"),
    ("one.md", "---\ntitle: One\nredirect_from: /old/one/\n---\n\nSee [two](two.md#why) and [three](/deep/three/).\n"),
    ("two.md", "# Two\n\n## Why\n\n{% hint style=\"info\" %}\nMind [one](/old/one/).\n{% endhint %}\n"),
    ("deep/three.md", "# Three\n\n<b>raw</b> and {{ site.title }}\n\n![no picture](none.png)\n"),
    ("deep/Four.md", "# Four\n\n[[page:handbook/two#why]]\n"),
    ("deep/four!.md", "# Four\n\nThe second of that address.\n"),
];

#[test]
fn an_edited_playbook_is_as_if_it_were_read_anew() {
    let folder = copy_of_sample(false);
    let root = folder.path();
    for (path, text) in HANDBOOK {
        crate::support::put(root, &format!("content/pages/handbook/{path}"), text);
    }
    let original: BTreeMap<PathBuf, Vec<u8>> =
        files_under(&root.join("content")).into_iter().map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect();
    let project = project(root);
    let mut memory = Memory::default();
    memory.look(&project, None).unwrap();
    let mut warm = Press::of(&project, compile_again(&project, &mut memory).unwrap()).unwrap();
    let mut dice = Dice(20_261_122);
    let mut kept_census = 0;
    for number in 0..EDITS {
        let (what, touched) = edit(root, &original, &mut dice);
        let hint = if dice.below(8) == 0 { None } else { Some(&touched) };
        memory.look(&project, hint).unwrap();
        let again = compile_again(&project, &mut memory).unwrap();
        let cold = compile(&project).unwrap();
        assert_eq!(told(&again), told(&cold), "edit {number}: {what}");
        kept_census += usize::from(again.playbook.census.is(&warm.site().compiled.playbook.census));
        warm = warm.again(&project, again);
        let cold = Press::of(&project, cold).unwrap();
        let addresses = cold.addresses();
        assert_eq!(warm.addresses(), addresses, "edit {number}: {what}");
        let asked: Vec<&String> = if number + 1 == EDITS {
            addresses.iter().collect()
        } else {
            (0..PAGES).map(|_| &addresses[dice.below(addresses.len())]).collect()
        };
        for address in asked {
            let (a, b) = (warm.render(address).unwrap(), cold.render(address).unwrap());
            assert!(a == b, "edit {number}: {what}: {address} differs");
        }
    }
    assert!(kept_census > EDITS / 4 && kept_census < EDITS, "{kept_census} of {EDITS} edits left all names as they were");
}

/// Everything that is said of a playbook.
fn told(compiled: &Compiled) -> String {
    machine::json(&compiled.findings, &compiled.files, &())
}

/// Changes something, as people and their tools do; tells what, and the paths that a watch would name.
fn edit(root: &Path, original: &BTreeMap<PathBuf, Vec<u8>>, dice: &mut Dice) -> (String, BTreeSet<PathBuf>) {
    let files: Vec<PathBuf> = files_under(&root.join("content")).into_iter().filter(|p| !p.ends_with("playbook.toml")).collect();
    let path = files[dice.below(files.len())].clone();
    let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    let mut touched = BTreeSet::from([path.clone()]);
    let what = match dice.below(14) {
        0..=4 => put(&path, &words_swapped(&text, dice), "words swapped"),
        5 => put(&path, &format!("{text}\n\nAnd one more thing: [[term:lead]] and [a heading](#nowhere).\n"), "a paragraph more"),
        6 => put(&path, &text.replace("title = \"", "title = \"New "), "titles changed"),
        7 => put(&path, &retitled(&text, dice), "a heading changed"),
        8 => put(&path, &text.chars().take(text.chars().count() / 2).collect::<String>(), "cut in half"),
        9 => {
            std::fs::remove_file(&path).unwrap();
            "removed".to_owned()
        }
        10 => {
            let to = path.with_file_name(format!("moved-{}.{}", dice.below(1000), path.extension().unwrap().to_str().unwrap()));
            std::fs::rename(&path, &to).unwrap();
            touched.insert(to);
            "renamed".to_owned()
        }
        11 => {
            let to = path.with_file_name(format!("copy.{}", path.extension().unwrap().to_str().unwrap()));
            std::fs::copy(&path, &to).unwrap();
            touched.insert(to);
            "copied".to_owned()
        }
        _ => {
            for (path, bytes) in original {
                if std::fs::read(path).ok().as_ref() != Some(bytes) {
                    std::fs::write(path, bytes).unwrap();
                    touched.insert(path.clone());
                }
            }
            "restored".to_owned()
        }
    };
    (format!("{}: {what}", path.display()), touched)
}

fn put(path: &Path, text: &str, what: &str) -> String {
    std::fs::write(path, text).unwrap();
    what.to_owned()
}

/// A few words in one another's place: ids, titles, links, amounts, whatever they hit.
fn words_swapped(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..2 {
        let line = dice.below(lines.len());
        let words: Vec<String> = lines.get(line).map(|l| l.split(' ').map(str::to_owned).collect()).unwrap_or_default();
        if words.len() > 1 {
            let (a, b) = (dice.below(words.len()), dice.below(words.len()));
            let mut words = words;
            words.swap(a, b);
            lines[line] = words.join(" ");
        }
    }
    lines.join("\n") + "\n"
}

/// Another word in one heading.
fn retitled(text: &str, dice: &mut Dice) -> String {
    let headings: Vec<&str> = text.lines().filter(|l| l.starts_with('#')).collect();
    if headings.is_empty() {
        return text.replacen("title = \"", "title = \"Other ", 1);
    }
    let heading = headings[dice.below(headings.len())];
    text.replacen(heading, &format!("{heading} again"), 1)
}
