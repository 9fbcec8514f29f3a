//! What a reader typed: words, and the few signs that mean more.
//!
//! `"in quotes"` stand side by side, `-word` must not be there, `kind:role`, `team:sales` and `owner:sales-lead` narrow down.

use super::fold::{Token, tokens};
use super::order::ORDER;

/// A query.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Query {
    /// The words that are looked for.
    pub terms: Vec<Term>,
    /// Words that must stand side by side.
    pub quoted: Vec<Vec<String>>,
    /// Words that must not be there.
    pub without: Vec<String>,
    /// `kind`, `team` or `owner`, and what it must be.
    pub filters: Vec<(String, String)>,
    /// Whether it begins as a question does.
    pub asks: bool,
    /// Amounts in thousandths, each with its unit where one is named: `%`, `GBP`.
    pub amounts: Vec<(i64, Option<&'static str>)>,
}

/// A word that is looked for.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Term {
    /// Folded.
    pub word: String,
    /// As far as it is typed.
    pub typed: String,
    /// With its accents.
    pub accented: Option<String>,
    /// As it stands in the query.
    pub raw: String,
    /// Whether it may go on: somebody is still typing it.
    pub partial: bool,
    /// Of the parts of "stand-up" the whole, "standup", and how many parts of it tell something; on the first of those.
    pub whole: Option<(String, usize)>,
}

/// Whether a query begins as a question does.
pub fn is_question(text: &str) -> bool {
    parse(text).asks
}

/// Reads a query; of a very long one its beginning.
pub fn parse(text: &str) -> Query {
    let text: String = text.chars().take(ORDER.limits.query).collect();
    let mut query = Query::default();
    let mut all: Vec<Term> = Vec::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = rest.get(c.len_utf8()..).unwrap_or("");
            continue;
        }
        let inner = rest.get(c.len_utf8()..).unwrap_or("");
        if let Some(end) = Some(inner).filter(|_| is_quote(c)).and_then(|inner| inner.find(is_quote)) {
            let read = plain(tokens(inner.get(..end).unwrap_or("")));
            query.quoted.push(read.iter().map(|token| token.word.clone()).collect());
            all.extend(read.iter().map(|token| term(token, inner)));
            rest = inner.get(end..).and_then(|after| after.chars().next().and_then(|q| after.get(q.len_utf8()..))).unwrap_or("");
            continue;
        }
        let start = if is_quote(c) { inner } else { rest };
        let length = start.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(start.len());
        let (piece, after) = start.split_at(length);
        piece_of(&mut query, &mut all, piece, after.is_empty());
        rest = after;
    }
    query.asks = all.first().is_some_and(|term| ORDER.asking.contains(&term.word));
    query.amounts = amounts(&text);
    query.quoted.retain(|words| words.len() > 1);
    let telling: Vec<Term> = all.iter().filter(|term| !ORDER.is_stop(&term.word)).cloned().collect();
    query.terms = if telling.is_empty() { all } else { telling };
    query.terms.truncate(ORDER.limits.terms);
    query
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

/// Reads what stands between two gaps; the last piece may be unfinished.
fn piece_of(query: &mut Query, all: &mut Vec<Term>, piece: &str, is_last: bool) {
    if let Some(unwanted) = piece.strip_prefix('-') {
        query.without.extend(plain(tokens(unwanted)).into_iter().map(|token| token.word));
        return;
    }
    if let Some((key, value)) = piece.split_once(':')
        && ["kind", "team", "owner"].contains(&key)
        && !value.is_empty()
    {
        query.filters.push((key.to_owned(), value.to_lowercase()));
        return;
    }
    let read = tokens(piece);
    let parts: Vec<&Token> = read.iter().filter(|token| token.joins == 0).collect();
    let begin = all.len();
    all.extend(parts.iter().map(|token| term(token, piece)));
    if let Some(last) = all.get_mut(begin..).and_then(<[Term]>::last_mut) {
        last.partial = is_last && parts.last().is_some_and(|token| token.end == piece.len());
    }
    let whole = read.iter().find(|token| token.joins == parts.len());
    let mut tell: Vec<&mut Term> = all.iter_mut().skip(begin).filter(|term| !ORDER.is_stop(&term.word)).collect();
    let count = tell.len();
    if let (Some(whole), Some(first)) = (whole, tell.first_mut()) {
        first.whole = Some((whole.word.clone(), count));
    }
}

fn plain(read: Vec<Token>) -> Vec<Token> {
    read.into_iter().filter(|token| token.joins == 0).collect()
}

fn term(token: &Token, text: &str) -> Term {
    Term {
        word: token.word.clone(),
        typed: token.typed.clone(),
        accented: token.accented.clone(),
        raw: text.get(token.start..token.end).unwrap_or("").to_owned(),
        partial: false,
        whole: None,
    }
}

/// Every number, and what it is said to be a number of.
fn amounts(text: &str) -> Vec<(i64, Option<&'static str>)> {
    let numbers = plain(tokens(text)).into_iter().filter(|token| token.word.starts_with(|c: char| c.is_ascii_digit()));
    let amounts = numbers.filter_map(|token| {
        let before = text.get(..token.start)?.trim_end();
        let after = text.get(token.end..)?.trim_start().to_lowercase();
        Some((thousandths(&token.word)?, unit(before, &after)))
    });
    amounts.collect()
}

fn unit(before: &str, after: &str) -> Option<&'static str> {
    const SIGNS: [(&str, &str); 4] = [("£", "GBP"), ("€", "EUR"), ("$", "USD"), ("¥", "JPY")];
    const WORDS: [(&str, &str); 12] = [
        ("%", "%"),
        ("per cent", "%"),
        ("percent", "%"),
        ("gbp", "GBP"),
        ("pound", "GBP"),
        ("£", "GBP"),
        ("eur", "EUR"),
        ("€", "EUR"),
        ("usd", "USD"),
        ("dollar", "USD"),
        ("$", "USD"),
        ("jpy", "JPY"),
    ];
    let sign = SIGNS.iter().find(|(sign, _)| before.ends_with(sign));
    sign.or_else(|| WORDS.iter().find(|(word, _)| after.starts_with(word))).map(|(_, unit)| *unit)
}

/// "1.200" may be a thousand or little more than one: three figures behind a point are thousands.
pub fn thousandths(number: &str) -> Option<i64> {
    let mut parts: Vec<&str> = number.split('.').collect();
    let last = parts.len().checked_sub(1)?;
    let fraction = if parts.len() > 1 && parts.get(last).is_some_and(|part| part.len() != 3) { parts.pop()? } else { "" };
    let digits = parts.concat();
    let all = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if digits.len() > 12 || !all(&digits) || !all(fraction) {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(digits.parse::<i64>().ok()? * 1000 + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        parse(text).terms.into_iter().map(|term| term.word).collect()
    }

    #[test]
    fn words_that_say_nothing_are_left_out_unless_there_are_no_others() {
        assert_eq!(words("who do I ask about allergens"), ["ask", "allergen"]);
        assert_eq!(words("who are we"), ["who", "are", "we"]);
        assert!(parse("who approves it").asks && !parse("approve who").asks);
    }

    #[test]
    fn signs_mean_what_they_do_elsewhere() {
        let query = parse("\"team table\" -flyer kind:role team:Sales pri");
        assert_eq!(query.quoted, [["team", "table"]]);
        assert_eq!(query.without, ["flyer"]);
        assert_eq!(query.filters, [("kind".to_owned(), "role".to_owned()), ("team".to_owned(), "sales".to_owned())]);
        assert_eq!(
            query.terms.iter().map(|t| (t.word.as_str(), t.partial)).collect::<Vec<_>>(),
            [("team", false), ("table", false), ("pri", true)]
        );
        assert!(!parse("price ").terms[0].partial);
        assert_eq!(words("\"not closed"), ["not", "closed"]);
        assert_eq!(words("- : kind: \"\" ''"), ["kind"]);
    }

    #[test]
    fn amounts_have_units() {
        assert_eq!(parse("a discount of 10 %").amounts, [(10_000, Some("%"))]);
        assert_eq!(parse("£2,500 or 12.5 percent or 7").amounts, [(2_500_000, Some("GBP")), (12_500, Some("%")), (7_000, None)]);
    }

    #[test]
    fn a_very_long_query_is_read_from_its_beginning() {
        assert_eq!(words(&"word ".repeat(10_000)).len(), ORDER.limits.terms);
        assert_eq!(words(&"x".repeat(10_000)), ["x".repeat(ORDER.limits.letters)]);
    }
}
