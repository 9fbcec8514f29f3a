//! Old names in two hundred labelled sentences: how many that are told are old, and how many old ones are told.

use crate::support::{here, room};
use jiff::civil::date;
use onside::compile::compile;
use onside::project::{Audience, Project};
use std::collections::BTreeSet;
use std::fs;
use walkdir::WalkDir;

/// A sentence, and the bytes of the old names in it.
struct Sentence {
    text: String,
    names: BTreeSet<(usize, usize)>,
}

fn sentences() -> Vec<Sentence> {
    let text = fs::read_to_string(here().join("tests/names/sentences.txt")).unwrap();
    let is_label = |line: &&str| line.starts_with("# ") && !line.contains('{');
    text.lines().filter(|l| !l.is_empty()).filter(|l| !is_label(l)).map(sentence).collect()
}

/// `The {Boardroom↵Lunch} is …`
fn sentence(line: &str) -> Sentence {
    let (mut text, mut names, mut open) = (String::new(), BTreeSet::new(), 0);
    for c in line.chars() {
        match c {
            '{' => open = text.len(),
            '}' => {
                names.insert((open, text.len()));
            }
            '↵' => text.push('\n'),
            c => text.push(c),
        }
    }
    Sentence { text, names }
}

#[test]
fn old_names_are_found_in_labelled_sentences() {
    let folder = room();
    for top in ["tests/cases/base", "tests/names/playbook"] {
        for entry in WalkDir::new(here().join(top)).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
            let to = folder.path().join(entry.path().strip_prefix(here().join(top)).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), to).unwrap();
        }
    }
    let sentences = sentences();
    const HEAD: &str = "+++\ntitle = \"A page\"\n+++\n\n";
    for (number, sentence) in sentences.iter().enumerate() {
        fs::write(folder.path().join(format!("content/pages/s{number:03}.md")), format!("{HEAD}{}\n", sentence.text)).unwrap();
    }
    let project =
        Project { root: folder.path().to_owned(), told: None, clock: date(2026, 11, 2), base_url: None, audience: Audience::default() };
    let compiled = compile(&project).unwrap();
    let mut found = vec![BTreeSet::new(); sentences.len()];
    for finding in compiled.findings.all().iter().filter(|f| f.rule == "retired-name") {
        let path = compiled.files.path(finding.span.file);
        let Some(number) = path.strip_prefix("content/pages/s").and_then(|p| p.strip_suffix(".md")) else { continue };
        let range = finding.span.range();
        found[number.parse::<usize>().unwrap()].insert((range.start - HEAD.len(), range.end - HEAD.len()));
    }
    let (mut right, mut told, mut old, mut wrong) = (0, 0, 0, String::new());
    for (sentence, found) in sentences.iter().zip(&found) {
        let names = |set: &BTreeSet<(usize, usize)>| set.iter().map(|(a, b)| sentence.text[*a..*b].to_owned()).collect::<Vec<_>>();
        right += found.intersection(&sentence.names).count();
        told += found.len();
        old += sentence.names.len();
        if *found != sentence.names {
            wrong += &format!("  {:?}: labelled {:?}, told {:?}\n", sentence.text, names(&sentence.names), names(found));
        }
    }
    let share = |part: usize, of: usize| f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(of).unwrap());
    let (precision, recall) = (share(right, told), share(right, old));
    println!("{} sentences, {old} old names: precision {precision:.3}, recall {recall:.3}; told otherwise:\n{wrong}", sentences.len());
    assert!(sentences.len() >= 200, "at least 200 sentences");
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision:.3}, recall {recall:.3}\n{wrong}");
}
