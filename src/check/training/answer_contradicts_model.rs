//! A question whose answer is not what the playbook says today.

use super::Asked;
use crate::check::place::place;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::field::{Datum, Words};
use crate::model::kinds::training::QuestionKind;
use crate::model::types::{Anything, Mention};
use crate::model::{Base, Kind, Name};
use crate::source::Trouble;

/// The rule (seed 004, the business lunch: "Your team is still calling it 'the business lunch'? We rebranded it months ago").
pub const RULE: Rule = Rule {
    name: "answer-contradicts-model",
    level: Level::Error,
    why: "a lesson that marks today's fact as wrong teaches yesterday's",
    page: include_str!("answer_contradicts_model.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let told = super::questions(run);
    let choosing = told
        .iter()
        .filter(|a| matches!(a.kind, QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Short | QuestionKind::Number));
    choosing.flat_map(|asked| of(run, asked)).collect()
}

/// What one tested fact says today.
struct Fact<'a> {
    tested: &'a Mention<Anything>,
    /// Each way in which it can be right, as the words of it.
    values: Vec<Said>,
    /// Whether an answer that states none of them is wrong.
    strict: bool,
    /// Where it is written.
    there: Span,
}

/// A text as it is said, and what it comes down to.
struct Said {
    text: String,
    tokens: Vec<String>,
}

fn of(run: &Run<'_>, asked: &Asked<'_>) -> Vec<Finding> {
    let facts: Vec<Fact<'_>> = asked.question.tests.iter().filter_map(|t| fact(run, t)).collect();
    if facts.is_empty() {
        return Vec::new();
    }
    let option = |text: &Words| tokens(&spelled(run, text));
    let texts = asked.question.options.iter().filter_map(|o| o.text.as_ref().map(|t| (o, t, option(t))));
    let (right, wrong): (Vec<_>, Vec<_>) = texts.partition(|(o, ..)| o.correct);
    let answer = asked.question.answer.as_ref().map(|a| tokens(&a.0));
    let given: Vec<&Vec<String>> = right.iter().map(|(.., tokens)| tokens).chain(answer.as_ref().filter(|_| right.is_empty())).collect();
    let stated = |fact: &Fact<'_>| fact.values.iter().any(|v| given.iter().any(|g| states(g, &v.tokens)));
    let any_stated = facts.iter().any(stated);
    let mut findings = Vec::new();
    if !any_stated && let Some(fact) = facts.iter().find(|f| f.strict) {
        let text = right.first().map(|(_, text, _)| text.text.clone()).or_else(|| asked.question.answer.as_ref().map(|a| a.0.clone()));
        let at = right.first().map(|(o, text, _)| place(run, o.span, &text.text));
        let span = at.unwrap_or_else(|| asked.key(run, text.as_deref().unwrap_or("answer")));
        let comparable = given.iter().any(|g| can_compare(g, fact));
        findings.extend(text.filter(|_| comparable).map(|text| outdated(asked, fact, span, &text)));
    }
    if findings.is_empty() {
        let whole_list = |f: &Fact<'_>| asked.kind == QuestionKind::Multiple && f.tested.fact.is_some();
        for (option, text, said) in &wrong {
            let hit = facts.iter().find(|f| (!any_stated || whole_list(f)) && f.values.iter().any(|v| v.tokens == *said));
            findings.extend(hit.map(|fact| denied(asked, fact, place(run, option.span, &text.text), &text.text)));
        }
    }
    findings
}

/// The right answer is another than the field says.
fn outdated(asked: &Asked<'_>, fact: &Fact<'_>, span: Span, text: &str) -> Finding {
    let today = fact.values.first().map_or("", |v| v.text.as_str());
    Finding::at(span, format!("`{text}` counts as right, and the playbook says `{today}`"))
        .label(format!("not what `{}` says today", shown(fact)))
        .also(fact.there, "today's fact is written here")
        .help("mend the question, or today's fact if the question is right")
        .of(&asked.base.name)
}

/// Today's fact counts as wrong.
fn denied(asked: &Asked<'_>, fact: &Fact<'_>, span: Span, text: &str) -> Finding {
    Finding::at(span, format!("`{text}` counts as wrong, and it is what the playbook says"))
        .label(format!("it is what `{}` says today", shown(fact)))
        .also(fact.there, "today's fact is written here")
        .help("mark it as right, and look through the other options")
        .of(&asked.base.name)
}

fn shown(fact: &Fact<'_>) -> String {
    match &fact.tested.fact {
        Some(key) => format!("{}#{key}", fact.tested.name),
        None => fact.tested.name.to_string(),
    }
}

/// Whether what is right can be held against a fact: a number against a number, a name against a name.
fn can_compare(given: &[String], fact: &Fact<'_>) -> bool {
    let counted = |tokens: &[String]| tokens.iter().any(|t| is_number(t));
    fact.values.iter().any(|v| counted(&v.tokens)) == counted(given)
}

fn fact<'a>(run: &Run<'_>, tested: &'a Mention<Anything>) -> Option<Fact<'a>> {
    let base = run.playbook.base(&tested.name)?;
    let key = tested.fact.as_deref();
    let (texts, strict) = values(run, base, key);
    let values: Vec<Said> = texts.into_iter().map(|text| Said { tokens: tokens(&text), text }).filter(|v| !v.tokens.is_empty()).collect();
    if values.is_empty() {
        return None;
    }
    // A reference that leads nowhere is told there; what it should have been is not known here.
    let whole = base.problems.iter().all(|p| matches!(p.trouble, Trouble::FormerId { .. }));
    let there = key.and_then(|k| base.fact(k)).map_or(base.title_span, |f| f.span);
    Some(Fact { tested, values, strict: strict && whole, there })
}

/// What a field says today, in each of its ways, and whether there is no other way to say it.
fn values(run: &Run<'_>, base: &Base, key: Option<&str>) -> (Vec<String>, bool) {
    let name = &base.name;
    match (name.kind, key) {
        (_, None) => (vec![base.title.clone()], false),
        (_, Some("title" | "name")) => (vec![base.title.clone()], true),
        (Kind::Offering, Some("price")) => {
            let price = run.playbook.offerings.get(&name.id).and_then(|o| o.price_on(run.today)).and_then(|p| p.amount.as_ref());
            (price.map(ToString::to_string).into_iter().collect(), true)
        }
        (Kind::Metric, Some(key @ ("now" | "target" | "baseline"))) => (metric(run, name, key).into_iter().collect(), true),
        (Kind::Activity, Some(key @ ("accountable" | "responsible" | "consulted" | "informed"))) => (parts(run, name, key), true),
        (_, Some(key)) => base.fact(key).map(|f| said(run, &f.datum)).unwrap_or_default(),
    }
}

fn metric(run: &Run<'_>, name: &Name, key: &str) -> Option<String> {
    let metric = run.playbook.metrics.get(&name.id)?;
    let amount = match key {
        "now" => metric.series.last()?.value,
        "target" => metric.target?.0,
        _ => metric.baseline?.0,
    };
    Some(metric.show(&amount.to_string()))
}

/// The roles that have a part in an activity, those of conditional rows among them.
fn parts(run: &Run<'_>, name: &Name, key: &str) -> Vec<String> {
    use crate::model::raci::{Part, rows};
    let part = Part::ALL.into_iter().find(|p| p.word() == key);
    let Some((activity, part)) = run.playbook.activities.get(&name.id).zip(part) else { return Vec::new() };
    let mut titles: Vec<String> = Vec::new();
    for role in rows(activity).iter().flat_map(|row| row.of(part).to_vec()) {
        let title = run.playbook.roles[role].title();
        if !titles.iter().any(|t| t == title) {
            titles.push(title.to_owned());
        }
    }
    titles
}

fn said(run: &Run<'_>, datum: &Datum) -> (Vec<String>, bool) {
    match datum {
        Datum::Name(name) => (run.playbook.base(name).map(|b| b.title.clone()).into_iter().collect(), true),
        // An amount can be said in one way only; of other texts, the wording may differ.
        Datum::Text(text) => (vec![text.clone()], tokens(text).first().is_some_and(|t| is_number(t)) && tokens(text).len() <= 4),
        Datum::Words(words) => (vec![spelled(run, words)], false),
        Datum::List(list) => {
            let all: Vec<(Vec<String>, bool)> = list.iter().map(|d| said(run, d)).collect();
            let strict = !all.is_empty() && list.iter().all(|d| matches!(d, Datum::Name(_)));
            (all.into_iter().flat_map(|(texts, _)| texts).collect(), strict)
        }
        Datum::Nothing | Datum::Table(_) => (Vec::new(), false),
    }
}

/// A text with its references as a reader sees them.
fn spelled(run: &Run<'_>, words: &Words) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (range, to) in &words.references {
        text.push_str(words.text.get(at..range.start).unwrap_or(""));
        let today = || run.playbook.base(&to.name).map(|b| values(run, b, to.fact.as_deref()).0.into_iter().next().unwrap_or_default());
        text.push_str(&to.label.clone().or_else(today).unwrap_or_default());
        at = range.end;
    }
    text.push_str(words.text.get(at..).unwrap_or(""));
    text
}

/// Words that say nothing of a fact.
const FILLERS: [&str; 22] = [
    "a", "an", "the", "it", "is", "its", "yes", "at", "for", "in", "within", "to", "our", "we", "call", "called", "s", "costs", "per",
    "each", "now", "every",
];

/// From 2: "one" is also somebody.
const NUMBERS: [&str; 11] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What a text comes down to: lower case, one form for a number, a currency and a plural, without small words.
fn tokens(text: &str) -> Vec<String> {
    let signs = [("£", " gbp "), ("€", " eur "), ("$", " usd "), ("¥", " jpy "), ("%", " percent "), ("\u{2212}", "-")];
    let spaced = signs.iter().fold(text.to_lowercase(), |text, (sign, word)| text.replace(sign, word));
    let spaced = spaced.replace("per cent", "percent");
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',');
    let words = spaced.split(|c: char| !is_part(c)).map(|w| w.trim_matches(['.', ','])).filter(|w| !w.is_empty());
    let mut all: Vec<String> = words.filter(|w| !FILLERS.contains(w)).flat_map(token).collect();
    // "£12.90" and "12.90 GBP" are one amount.
    for at in 1..all.len() {
        let swap = all.get(at - 1).is_some_and(|w| is_currency(w)) && all.get(at).is_some_and(|w| is_number(w));
        if swap {
            all.swap(at - 1, at);
        }
    }
    all
}

fn token(word: &str) -> Vec<String> {
    if let Some(number) = crate::model::value::Decimal::parse(word) {
        return vec![format!("{}", number.as_f64())];
    }
    if let Some(at) = NUMBERS.iter().position(|n| *n == word) {
        return vec![(at + 2).to_string()];
    }
    let parts = word.split(['.', ',']).filter(|p| !p.is_empty());
    parts.map(|p| if p.len() > 3 && !p.ends_with("ss") { p.strip_suffix('s').unwrap_or(p).to_owned() } else { p.to_owned() }).collect()
}

fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit()) && token.parse::<f64>().is_ok()
}

fn is_currency(token: &str) -> bool {
    matches!(token, "gbp" | "eur" | "usd" | "jpy")
}

/// Whether what is said holds a value, in one piece; of an amount, the number is enough.
fn states(said: &[String], value: &[String]) -> bool {
    let whole = !value.is_empty() && said.windows(value.len()).any(|part| part == value);
    let number = value.first().filter(|t| is_number(t));
    whole || number.is_some_and(|n| said.contains(n))
}
