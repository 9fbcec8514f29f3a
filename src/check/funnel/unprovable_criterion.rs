//! A criterion that two people understand differently.

use crate::check::doubt::told_in;
use crate::check::phrase::{plain, words};
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::kinds::funnel::Criterion;
use crate::model::{Base, field::Words};
use std::collections::BTreeMap;
use std::ops::Range;

/// The rule (seed 003, strategy 3: "defining when a lead is qualified and/or ready to be handed over to sales").
pub const RULE: Rule = Rule {
    name: "unprovable-criterion",
    level: Level::Warning,
    why: "a criterion that cannot be looked up is answered differently by each team",
    page: include_str!("unprovable_criterion.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let vague = Vague::of(&run.limits.vague_words);
    let mut findings: Vec<Finding> = Vec::new();
    let mut bare: BTreeMap<String, usize> = BTreeMap::new();
    for (of, criterion) in criteria(run) {
        let Some(text) = &criterion.text else { continue };
        let here = place(run, criterion.span, &text.text);
        if let Some(word) = vague.first(text) {
            findings.push(unclear(run, of, criterion, here, &word));
        } else if criterion.evidence.is_none() && !told_in(of.base, criterion.span, "evidence") {
            // The same sentence stands on the way out of one stage and on the way into the next.
            let told = bare.get(&plain(&text.text)).and_then(|at| findings.get_mut(*at)).filter(|_| of.stage);
            match told {
                Some(first) => first.related.push(crate::diagnostic::Related { span: here, message: "the same sentence here".to_owned() }),
                None => {
                    bare.extend(of.stage.then(|| (plain(&text.text), findings.len())));
                    findings.push(unseen(of, text, here));
                }
            }
        }
    }
    findings
}

/// Whose criterion it is.
struct Of<'a> {
    base: &'a Base,
    stage: bool,
}

/// The criteria of stages and segments; none where there is no funnel.
fn criteria<'a>(run: &Run<'a>) -> Vec<(Of<'a>, &'a Criterion)> {
    let mut all = Vec::new();
    for stage in super::stages(run) {
        all.extend(stage.entry.iter().chain(&stage.exit).map(|c| (Of { base: &stage.base, stage: true }, c)));
    }
    if !run.playbook.stages.is_empty() {
        for segment in run.playbook.segments.iter().filter(|s| run.doubt.counts(&s.base)) {
            all.extend(segment.fit.iter().map(|c| (Of { base: &segment.base, stage: false }, c)));
        }
    }
    all
}

fn unclear(run: &Run<'_>, of: Of<'_>, criterion: &Criterion, here: Span, (word, range): &(String, Range<usize>)) -> Finding {
    let exact = here != criterion.span;
    let span = if exact { here.part(range.start, range.end) } else { written(run, here, word) };
    let word = if exact { run.files.slice(span) } else { word };
    Finding::at(span, format!("`{word}` in a criterion of `{}` can mean different things to different people", of.base.title))
        .label("not something to count or to see")
        .help("replace it with something to count or see, such as a number, a date or a completed field")
        .of(&of.base.name)
}

/// Where a word stands in what was written with escapes or over several lines.
fn written(run: &Run<'_>, whole: Span, word: &str) -> Span {
    let first = word.split(' ').next().unwrap_or(word);
    let found = words(run.files.slice(whole)).into_iter().find(|(_, w)| w == first);
    found.map_or(whole, |(range, _)| whole.part(range.start, range.end))
}

fn unseen(of: Of<'_>, text: &Words, here: Span) -> Finding {
    Finding::at(here, format!("nothing shows whether `{}` is true", text.text))
        .label("no `evidence`, so two people may answer differently")
        .help("add where it can be seen, in brackets after the sentence: `(enquiry form)`")
        .of(&of.base.name)
}

/// Whether a word stands in a name: "the Good Food Guide".
fn is_in_name(text: &str, range: &Range<usize>) -> bool {
    let capital = |word: Option<&str>| word.is_some_and(|w| w.starts_with(char::is_uppercase) && !w.chars().all(char::is_uppercase));
    let before = text.get(..range.start).and_then(|t| t.strip_suffix(' ')).and_then(|t| t.rsplit(' ').next());
    let after = text.get(range.end..).and_then(|t| t.strip_prefix(' ')).and_then(|t| t.split(' ').next());
    let first = |word: &str| text.starts_with(word);
    capital(text.get(range.clone())) && (capital(after) || capital(before.filter(|w| !first(w))))
}

/// Words that prove nothing, sorted for looking up.
struct Vague {
    words: std::collections::BTreeSet<String>,
    phrases: Vec<Vec<String>>,
}

impl Vague {
    fn of(listed: &[String]) -> Self {
        let split = |text: &String| words(text).into_iter().map(|(_, w)| w).collect::<Vec<_>>();
        let (single, several): (Vec<_>, Vec<_>) = listed.iter().map(split).filter(|w| !w.is_empty()).partition(|w| w.len() == 1);
        Self { words: single.into_iter().flatten().collect(), phrases: several }
    }

    /// The first in a text, and where; references and runs of capitalised words are names, and a number makes a text clear.
    fn first(&self, text: &Words) -> Option<(String, Range<usize>)> {
        if text.text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let is_name = |range: &Range<usize>| text.references.iter().any(|(r, _)| r.start <= range.start && range.end <= r.end);
        let all: Vec<(Range<usize>, String)> = words(&text.text).into_iter().filter(|(range, _)| !is_name(range)).collect();
        (0..all.len()).find_map(|at| {
            let rest = all.get(at..)?;
            let (start, word) = rest.first()?;
            if self.words.contains(word) && !is_in_name(&text.text, start) {
                return Some((word.clone(), start.clone()));
            }
            let phrase = self.phrases.iter().find(|p| p.len() <= rest.len() && p.iter().zip(rest).all(|(a, (_, b))| a == b))?;
            let (end, _) = rest.get(phrase.len() - 1)?;
            Some((phrase.join(" "), start.start..end.end))
        })
    }
}
