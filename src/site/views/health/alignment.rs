//! The alignment score with its arithmetic.

use crate::check::score;
use crate::model::Kind;
use crate::route;
use crate::site::sheet::Sheet;
use crate::site::views::parts::Link;
use crate::site::views::wording::series;
use serde::Serialize;

/// The score.
#[derive(Debug, Clone, Serialize)]
pub struct Alignment {
    /// All five together.
    pub total: Option<Share>,
    /// Each with its arithmetic.
    pub overlaps: Vec<Overlap>,
}

/// How much of something holds.
#[derive(Debug, Clone, Serialize)]
pub struct Share {
    /// "97 %", rounded down: all is all.
    pub percent: String,
    /// How many instances hold.
    pub held: usize,
    /// How many there are.
    pub of: usize,
}

/// One overlap of what the teams have to say alike.
#[derive(Debug, Clone, Serialize)]
pub struct Overlap {
    /// What its heading is known by in the address.
    pub id: String,
    /// "Responsibilities".
    pub name: &'static str,
    /// "Does everybody know who answers for what?".
    pub question: &'static str,
    /// How much of it holds; nothing where there is nothing to judge.
    pub share: Option<Share>,
    /// Rule by rule.
    pub rules: Vec<Counted>,
    /// How many instances are open, under the rules.
    pub open: usize,
}

/// A rule, counted.
#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    /// Its name and page.
    pub rule: Link,
    /// What it is about: "pages, lessons".
    pub about: String,
    /// How many records it is about.
    pub of: usize,
    /// How many of them it has a finding in.
    pub open: usize,
}

/// The score of the compiled playbook.
pub fn view(sheet: &Sheet<'_>) -> Alignment {
    let compiled = &sheet.site.compiled;
    let overlaps = score::overlaps(compiled.findings.all(), &compiled.playbook);
    let sum = |of: fn(&score::Overlap) -> usize| overlaps.iter().map(of).sum();
    Alignment { total: share(sum(|o| o.held), sum(|o| o.of)), overlaps: overlaps.iter().map(|o| overlap(sheet, o)).collect() }
}

fn overlap(sheet: &Sheet<'_>, overlap: &score::Overlap) -> Overlap {
    let rules = overlap.rules.iter().map(|r| Counted {
        rule: Link { label: r.rule.to_owned(), href: sheet.href(&route::check(r.rule)) },
        about: series(&r.kinds.iter().filter_map(|kind| Kind::from_word(kind)).map(Kind::labels).collect::<Vec<_>>()),
        of: r.of,
        open: r.open,
    });
    Overlap {
        id: overlap.name.to_lowercase().replace(' ', "-"),
        name: overlap.name,
        question: overlap.question,
        share: share(overlap.held, overlap.of),
        rules: rules.collect(),
        open: overlap.of - overlap.held,
    }
}

fn share(held: usize, of: usize) -> Option<Share> {
    (of > 0).then(|| Share { percent: format!("{}\u{a0}%", held * 100 / of), held, of })
}
