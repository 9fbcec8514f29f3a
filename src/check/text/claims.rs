//! Facts typed into a sentence: a price near an offering's name, a target near a number's, a time near a promise.
//!
//! Saying nothing is better than saying something wrong: a sentence is only believed where it has one
//! name and one value, nothing but a few small words between them, and does not speak of the past.

use super::reading::Text;
use super::values::{Typed, Value, values};
use crate::diagnostic::Span;
use crate::model::types::Unit;
use crate::model::value::{Decimal, Duration, Money};
use crate::model::{Name, Playbook};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// A fact that sentences may state.
#[derive(Debug, Clone, Hash)]
pub struct Fact {
    /// How it is named in a sentence.
    name: String,
    /// Its record.
    record: Name,
    what: What,
}

#[derive(Debug, Clone, Hash)]
enum What {
    /// Today's price, those before it, and those to come.
    Price { today: Money, before: Vec<Money>, later: Vec<Money> },
    /// A target, and what else may be said of the number.
    Target { unit: Unit, target: Decimal, others: Vec<Decimal> },
    /// How soon something is promised.
    Promise(Duration),
}

/// The facts of a playbook.
#[derive(Debug, Clone, Default, Hash)]
pub struct Facts {
    list: Vec<Fact>,
    /// By asset, the prices of what it is about: what is printed may stand far from the name.
    printed: BTreeMap<Name, Vec<usize>>,
}

/// A fact in a text that is not today's.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The record it stands in.
    pub record: Name,
    /// Where.
    pub place: Span,
    /// What is said: "£11.50".
    pub said: String,
    /// What is true: "`Team Table` costs £12.90 per head".
    pub truth: String,
    /// The record whose fact it is.
    pub of: Name,
    /// The reference that prints it: "offering:team-table#price".
    pub reference: Option<String>,
}

/// Words that speak of the past, or of something near a value.
const NOT_NOW: [&str; 34] = [
    "was",
    "were",
    "until",
    "before",
    "previously",
    "formerly",
    "former",
    "old",
    "once",
    "earlier",
    "last",
    "used",
    "rose",
    "raised",
    "went",
    "grew",
    "fell",
    "since",
    "not",
    "never",
    "instead",
    "under",
    "over",
    "below",
    "above",
    "about",
    "around",
    "almost",
    "nearly",
    "saved",
    "discount",
    "off",
    "if",
    "had",
];

/// What may stand between a name and its price.
const PRICE_WORDS: [&str; 17] =
    ["costs", "cost", "is", "at", "for", "now", "price", "priced", "the", "of", "a", "today", "currently", "sells", "an", "s", "our"];
/// What may stand between a number's name and its target.
const TARGET_WORDS: [&str; 13] = ["target", "goal", "aim", "is", "of", "at", "for", "the", "our", "a", "to", "be", "today"];
/// What may stand between a promise and its time.
const PROMISE_WORDS: [&str; 9] = ["within", "in", "at", "most", "the", "is", "a", "inside", "no"];

impl Facts {
    /// The facts of a playbook on a day.
    pub fn of(playbook: &Playbook, today: Date) -> Self {
        let mut facts = Vec::new();
        for offering in &playbook.offerings {
            let Some(price) = offering.price_on(today).and_then(|p| p.amount.clone()) else { continue };
            let of = |later: bool| {
                let other = offering.price.iter().filter(move |p| p.from.is_some_and(|from| from > today) == later);
                other.filter_map(|p| p.amount.clone()).filter(|a| *a != price).collect()
            };
            let what = What::Price { before: of(false), later: of(true), today: price.clone() };
            facts.push(Fact { name: offering.title().to_owned(), record: offering.base.name.clone(), what });
        }
        let mut parts: BTreeMap<&Name, Vec<Decimal>> = BTreeMap::new();
        for part in playbook.goals.iter().flat_map(|g| &g.submetrics) {
            if let (Some(metric), Some(target)) = (&part.metric, part.target) {
                parts.entry(&metric.name).or_default().push(target.0);
            }
        }
        for metric in &playbook.metrics {
            let Some((unit, target)) = metric.unit.clone().zip(metric.target) else { continue };
            let parts = parts.get(&metric.base.name).into_iter().flatten().copied();
            let others = parts.chain(metric.baseline.map(|a| a.0)).chain(metric.series.iter().map(|p| p.value)).collect();
            let what = What::Target { unit, target: target.0, others };
            facts.push(Fact { name: metric.title().to_owned(), record: metric.base.name.clone(), what });
        }
        for handoff in &playbook.handoffs {
            for (words, within) in handoff.sla.iter().filter_map(|p| p.promises.as_ref().zip(p.within.clone())) {
                if words.text.split_whitespace().count() > 1 && !words.text.contains("[[") {
                    facts.push(Fact { name: words.text.clone(), record: handoff.base.name.clone(), what: What::Promise(within) });
                }
            }
        }
        // Two facts of one name: no sentence says which is meant.
        let names: Vec<String> = facts.iter().map(|f| super::fold::fold(&f.name)).collect();
        let mut sorted: Vec<&String> = names.iter().collect();
        sorted.sort();
        let twice: Vec<&String> = sorted.windows(2).filter(|w| w.first() == w.last()).filter_map(|w| w.first().copied()).collect();
        let single = facts.into_iter().zip(&names).filter(|(_, name)| twice.binary_search(name).is_err());
        let list: Vec<Fact> = single.map(|(fact, _)| fact).collect();
        let printed = printed(playbook, &list);
        Self { list, printed }
    }

    /// Whether a record's price may stand without its name.
    pub fn is_printed(&self, record: &Name) -> bool {
        self.printed.contains_key(record)
    }

    /// How they are named.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|f| f.name.as_str())
    }

    /// The facts of a text that are not today's; `named` are the facts it names, and where.
    pub fn claims(&self, text: &Text<'_>, named: &[(usize, Range<usize>)], out: &mut Vec<Claim>) {
        if named.is_empty() && text.key == "says" {
            self.printed_price(text, out);
        }
        let words = &text.passage.text;
        let mut named = named;
        for sentence in if named.is_empty() { Vec::new() } else { sentences(words) } {
            named = named.get(named.partition_point(|(_, at)| at.start < sentence.start)..).unwrap_or_default();
            let until = named.partition_point(|(_, at)| at.start < sentence.end);
            let mut here = named.iter().take(until).filter(|(_, at)| at.end <= sentence.end);
            let (Some((which, name)), None) = (here.next(), here.next()) else { continue };
            let Some(fact) = self.list.get(*which).filter(|f| f.record != *text.record) else { continue };
            let part = words.get(sentence.clone()).unwrap_or("");
            let typed: Vec<Typed> = values(part)
                .into_iter()
                .map(|t| Typed { at: t.at.start + sentence.start..t.at.end + sentence.start, ..t })
                .filter(|t| t.at.end <= name.start || t.at.start >= name.end)
                .collect();
            if let Some((at, said)) = fact.contradicted(words, &sentence, name, &typed) {
                out.extend(fact.claim(text, &at, said));
            }
        }
    }
}

impl Facts {
    /// A price on an asset that was once the price of what it is about.
    fn printed_price(&self, text: &Text<'_>, out: &mut Vec<Claim>) {
        let about = || self.printed.get(text.record).into_iter().flatten().filter_map(|at| self.list.get(*at));
        for typed in values(&text.passage.text) {
            let Value::Money(amount, currency) = &typed.value else { continue };
            let is = |money: &Money| money.currency == *currency && same(money.amount, *amount);
            let holds = about().any(|f| matches!(&f.what, What::Price { today, later, .. } if is(today) || later.iter().any(is)));
            let stale = about().find(|f| matches!(&f.what, What::Price { before, .. } if before.iter().any(is))).filter(|_| !holds);
            let said = text.passage.text.get(typed.at.clone()).unwrap_or("");
            out.extend(stale.and_then(|fact| fact.claim(text, &typed.at, said)));
        }
    }
}

impl Fact {
    /// The value that contradicts it, and its words.
    fn contradicted<'t>(
        &self,
        text: &'t str,
        sentence: &Range<usize>,
        name: &Range<usize>,
        typed: &[Typed],
    ) -> Option<(Range<usize>, &'t str)> {
        let mut like = typed.iter().filter(|t| self.what.is_like(&t.value));
        let (Some(value), None) = (like.next(), like.next()) else { return None };
        let around = [text.get(sentence.start..name.start)?, text.get(name.end..sentence.end)?];
        if around.into_iter().any(speaks_of_another_time) {
            return None;
        }
        let between = if value.at.start >= name.end { name.end..value.at.start } else { value.at.end..name.start };
        let between = text.get(between)?;
        let told = text.get(value.at.clone())?;
        let clear = |words: &[&str]| small_words(between).is_some_and(|found| found.iter().all(|w| words.contains(&w.as_str())));
        let wrong = match (&self.what, &value.value) {
            (What::Price { today, before, later }, Value::Money(amount, _)) => {
                let is = |money: &Money| same(money.amount, *amount);
                !is(today) && !later.iter().any(is) && (before.iter().any(is) || (today.amount.units != 0 && clear(&PRICE_WORDS)))
            }
            (What::Target { target, others, .. }, _) => {
                let number = value.value.number()?;
                let named = small_words(text.get(sentence.start..value.at.start.max(name.end))?).unwrap_or_default();
                let is_target = named.iter().any(|w| matches!(w.as_str(), "target" | "goal" | "aim"));
                is_target && clear(&TARGET_WORDS) && !same(*target, number) && !others.iter().any(|o| same(*o, number))
            }
            (What::Promise(within), Value::Time(time)) => {
                let differs = (within.count, within.unit) != (time.count, time.unit) || (time.business && !within.business);
                differs && value.at.start >= name.end && clear(&PROMISE_WORDS) && !between.trim().is_empty()
            }
            _ => false,
        };
        wrong.then(|| (value.at.clone(), told))
    }

    fn claim(&self, text: &Text<'_>, at: &Range<usize>, said: &str) -> Option<Claim> {
        let place = text.passage.places(at);
        let (first, last) = (place.first()?, place.last()?);
        let (truth, reference) = match &self.what {
            What::Price { today, .. } => (format!("`{}` costs {today} today", self.name), Some(format!("{}#price", self.record))),
            What::Target { unit, target, .. } => {
                (format!("the target of `{}` is {}", self.name, unit.show(&target.to_string())), Some(format!("{}#target", self.record)))
            }
            What::Promise(within) => (format!("`{}` is promised within {within}", self.name), None),
        };
        Some(Claim {
            record: text.record.clone(),
            place: Span { end: last.end, ..*first },
            said: said.to_owned(),
            truth,
            of: self.record.clone(),
            reference,
        })
    }
}

impl What {
    /// Whether a value could be the fact's: the same currency, unit or kind.
    fn is_like(&self, value: &Value) -> bool {
        match (self, value) {
            (What::Price { today, .. }, Value::Money(_, currency)) => today.currency == *currency,
            (What::Target { unit: Unit::Percent, .. }, Value::Percent(_)) | (What::Promise(_), Value::Time(_)) => true,
            (What::Target { unit: Unit::Currency(code), .. }, Value::Money(_, currency)) => code == currency,
            (What::Target { unit: Unit::Count, .. }, Value::Number(_)) => true,
            (What::Target { unit: Unit::Time(unit), .. }, Value::Time(time)) => *unit == time.unit,
            _ => false,
        }
    }
}

impl Value {
    fn number(&self) -> Option<Decimal> {
        match self {
            Value::Money(n, _) | Value::Percent(n) | Value::Number(n) => Some(*n),
            Value::Time(time) => Some(Decimal { units: i64::from(time.count), scale: 0 }),
        }
    }
}

/// By asset, the places of the prices of what it is about.
fn printed(playbook: &Playbook, list: &[Fact]) -> BTreeMap<Name, Vec<usize>> {
    let prices: BTreeMap<&Name, usize> =
        list.iter().enumerate().filter(|(_, f)| matches!(f.what, What::Price { .. })).map(|(at, f)| (&f.record, at)).collect();
    let of = |about: &[crate::model::types::Mention<crate::model::types::Anything>]| {
        about.iter().filter_map(|m| prices.get(&m.name).copied()).collect::<Vec<usize>>()
    };
    let assets = playbook.assets.iter().map(|a| (a.base.name.clone(), of(&a.about)));
    assets.filter(|(_, about)| !about.is_empty()).collect()
}

fn same(a: Decimal, b: Decimal) -> bool {
    (a.as_f64() - b.as_f64()).abs() < 1e-9
}

/// The words between a name and a value, in lower case; nothing where figures or another clause stand between.
fn small_words(between: &str) -> Option<Vec<String>> {
    if between.contains(|c: char| c.is_ascii_digit() || matches!(c, ';' | '\u{fffc}' | '+' | '%')) || between.len() > 80 {
        return None;
    }
    Some(between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect())
}

fn speaks_of_another_time(sentence: &str) -> bool {
    sentence.split(|c: char| !c.is_alphanumeric()).any(|w| NOT_NOW.iter().any(|n| w.eq_ignore_ascii_case(n)))
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '!', '?', '\u{fffc}']) {
        let rest = text.get(at..).unwrap_or("");
        let end = at + rest.chars().next().map_or(1, char::len_utf8);
        let after = text.get(end..).unwrap_or("");
        if after.is_empty() || after.starts_with(char::is_whitespace) {
            all.push(from..end);
            from = end;
        }
    }
    if from < text.len() {
        all.push(from..text.len());
    }
    all
}
