//! A word that is explained by itself, at once or by way of others.
//!
//! One word explains another where the first words of its definition link to it, or are it: "a prospect that …". A word
//! that is only mentioned ("not yet a prospect"), or linked to further on, explains nothing.

use crate::check::doubt::in_force;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span, suggest};
use crate::model::kinds::term::Term;
use crate::model::{Kind, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The rule (seed 003, strategy 3: "Develop a common vocabulary").
pub const RULE: Rule = Rule {
    name: "circular-definition",
    level: Level::Warning,
    why: "whoever looks up a word that leads back to itself learns nothing",
    page: include_str!("circular_definition.md"),
    find,
};

/// That a definition needs another word, and where it says so.
struct Edge {
    to: usize,
    span: Span,
}

fn find(run: &Run<'_>) -> Vec<Finding> {
    let terms: Vec<&Record<Term>> = run.playbook.terms.iter().collect();
    let names = names(&terms);
    let edges: Vec<Vec<Edge>> = terms.iter().map(|t| if in_force(&t.base) { needs(run, t, &names) } else { Vec::new() }).collect();
    circles(&edges).iter().filter_map(|circle| worded(&terms, &edges, circle)).collect()
}

/// What each word and its synonyms are called, folded, and its place among the terms; of two the first.
fn names(terms: &[&Record<Term>]) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    let titles = terms.iter().enumerate().map(|(at, t)| (t.title(), at));
    let synonyms = terms.iter().enumerate().flat_map(|(at, t)| t.synonyms.iter().map(move |s| (s.value.as_str(), at)));
    for (name, at) in titles.chain(synonyms) {
        names.entry(words(name).map(|(word, _)| word).collect::<Vec<_>>().join(" ")).or_insert(at);
    }
    names.remove("");
    names
}

/// The words of a text in lower case and the singular, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |raw| {
        let at = raw.as_ptr() as usize - start;
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let singular = word.strip_suffix('s').filter(|w| w.chars().count() > 2 && !w.ends_with('s')).map(str::to_owned);
        (singular.unwrap_or(word), at..at + raw.len())
    })
}

/// The words that a definition needs: those its first words link to, and the one it begins with.
fn needs(run: &Run<'_>, term: &Record<Term>, names: &BTreeMap<String, usize>) -> Vec<Edge> {
    let (Some(definition), Some(fact)) = (&term.definition, term.base.fact("definition")) else { return Vec::new() };
    let spans: BTreeMap<_, _> = term.base.uses.iter().rev().filter(|u| u.key == "definition").map(|u| (&u.to, u.span)).collect();
    let links = definition.references.iter().filter(|(range, r)| r.name.kind == Kind::Term && is_head(&definition.text, range.start));
    let links = links.filter(|(range, _)| !is_negated(&definition.text, range.start));
    let linked = links.filter_map(|(_, r)| {
        let to = run.playbook.terms.position(&r.name.id)?;
        Some(Edge { to, span: spans.get(&r.name).copied().unwrap_or(fact.span) })
    });
    let mut edges: Vec<Edge> = linked.collect();
    let own = run.playbook.terms.position(term.id());
    if let Some((to, range)) = kind_of(&definition.text, names, own) {
        let at = run.files.slice(fact.span).find(definition.text.as_str());
        let span = at.map_or(fact.span, |at| fact.span.part(at + range.start, at + range.end));
        edges.push(Edge { to, span });
    }
    edges
}

/// As many words before a link as leave it in the head of a definition.
const HEAD: usize = 5;

/// Whether a link is among the first words of a definition; one that comes later is a cross-reference.
fn is_head(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    before.split_whitespace().count() < HEAD && !before.contains(['.', ';'])
}

/// Words after which a word is mentioned and not used.
const NEGATIONS: [&str; 12] = ["not", "no", "never", "nor", "unlike", "than", "before", "until", "without", "isn't", "into", "become"];

fn is_negated(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    before.split_whitespace().rev().take(4).any(|w| NEGATIONS.contains(&w.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Words that end the first words of a definition: "a prospect | that".
const STOPS: [&str; 34] = [
    "that", "which", "who", "whose", "whom", "with", "of", "from", "for", "in", "on", "at", "by", "to", "after", "since", "once", "we",
    "they", "it", "you", "and", "or", "but", "when", "where", "as", "how", "whether", "is", "are", "mean", "ha", "have",
];

/// What a definition says its word is a kind of: the last of its first words, "a very warm *prospect* that …".
fn kind_of(text: &str, names: &BTreeMap<String, usize>, own: Option<usize>) -> Option<(usize, Range<usize>)> {
    let mut phrase: Vec<(String, Range<usize>)> = Vec::new();
    for (word, range) in words(text) {
        let raw = text.get(range.clone()).unwrap_or("");
        if NEGATIONS.contains(&word.as_str()) || raw.contains("[[") || phrase.len() > 8 {
            return None;
        }
        let stop = word == "i" || STOPS.contains(&word.as_str());
        let ends = raw.ends_with(['.', ',', ';', ':', '(', '!', '?', '–', '—']);
        if !stop && !word.is_empty() {
            phrase.push((word.clone(), range));
        }
        if stop || ends || raw == "–" || raw == "—" {
            let found = last_of(&phrase, names);
            // "A lead is …", "Lead: …": only now does the explanation begin.
            let begins = raw.ends_with(':') || matches!(word.as_str(), "is" | "i" | "are" | "mean");
            if begins && found.as_ref().is_some_and(|(at, _)| Some(*at) == own) {
                phrase.clear();
                continue;
            }
            return found;
        }
    }
    last_of(&phrase, names)
}

/// The longest name that a phrase ends with.
fn last_of(phrase: &[(String, Range<usize>)], names: &BTreeMap<String, usize>) -> Option<(usize, Range<usize>)> {
    (0..phrase.len()).find_map(|from| {
        let words = phrase.get(from..)?;
        let name = words.iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" ");
        let (first, last) = (words.first()?, words.last()?);
        names.get(&name).map(|at| (*at, first.1.start..last.1.end))
    })
}

/// The circles of a graph, none of which shares a word with one before it: each as places and the edge that is taken.
fn circles(edges: &[Vec<Edge>]) -> Vec<Vec<(usize, usize)>> {
    let mut state = vec![State::New; edges.len()];
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for start in 0..edges.len() {
        // Each place on the way, and the next of its edges.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        if state.get(start) != Some(&State::New) {
            continue;
        }
        set(&mut state, start, State::OnTheWay);
        while let Some((at, next)) = way.last_mut() {
            let Some(edge) = edges.get(*at).and_then(|e| e.get(*next)) else {
                set(&mut state, *at, State::Done);
                way.pop();
                continue;
            };
            *next += 1;
            match state.get(edge.to) {
                Some(State::New) => {
                    set(&mut state, edge.to, State::OnTheWay);
                    way.push((edge.to, 0));
                }
                Some(State::OnTheWay) if !told.contains(at) && !told.contains(&edge.to) => {
                    let from = way.iter().position(|(place, _)| *place == edge.to).unwrap_or(0);
                    let circle: Vec<(usize, usize)> = way.iter().skip(from).map(|(place, next)| (*place, next.saturating_sub(1))).collect();
                    told.extend(circle.iter().map(|(place, _)| *place));
                    found.push(circle);
                }
                _ => {}
            }
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnTheWay,
    Done,
}

fn set(state: &mut [State], at: usize, to: State) {
    if let Some(place) = state.get_mut(at) {
        *place = to;
    }
}

/// As many words of a circle as a message can bear.
const SHOWN: usize = 5;

fn worded(terms: &[&Record<Term>], edges: &[Vec<Edge>], circle: &[(usize, usize)]) -> Option<Finding> {
    let step = |(at, edge): &(usize, usize)| Some((*terms.get(*at)?, edges.get(*at)?.get(*edge)?));
    let title = |edge: &Edge| terms.get(edge.to).map_or("", |t| t.title());
    let steps: Vec<_> = circle.iter().filter_map(step).collect();
    let ((term, edge), rest) = steps.split_first()?;
    let message = match rest {
        [] => format!("`{}` is explained by itself", term.title()),
        [(other, _)] => format!("`{}` and `{}` explain each other", term.title(), other.title()),
        more => {
            let others = suggest::list(more.iter().map(|(t, _)| t.title()), SHOWN);
            format!("`{}` is explained by itself, by way of {others}", term.title())
        }
    };
    let mut finding = Finding::at(edge.span, message).label(if rest.is_empty() {
        "whoever does not know the word learns nothing here".to_owned()
    } else {
        format!("explained by `{}`, which leads back here", title(edge))
    });
    for (other, edge) in rest.iter().take(SHOWN) {
        finding = finding.also(edge.span, format!("and `{}` by `{}`", other.title(), title(edge)));
    }
    Some(finding.help("explain one of them in words that a new colleague knows").of(&term.base.name))
}
