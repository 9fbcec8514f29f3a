//! Tables that say who does what, in the shapes in which people write them.
//!
//! Two shapes are common: letters as columns with names in the cells (`Task | R | A | C | I`), and roles as columns with letters in the cells.
//! A row is taken only where it says one thing: exactly one A, at least one R, and nothing but R, A, C, I and S.

use super::Grid;
use std::collections::BTreeSet;

/// What the report calls such a table.
pub const WHAT: &str = "who does what";

/// A letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Letter {
    /// Accountable.
    A,
    /// Responsible.
    R,
    /// Consulted.
    C,
    /// Informed.
    I,
    /// Supporting.
    S,
}

/// A table that was read.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// Rows, each by its place in the table.
    pub rows: Vec<(usize, Row)>,
}

/// A row: the work and who has which letter, or why it cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The work.
    pub title: String,
    /// Who has which letter.
    pub who: Result<Vec<(Letter, String)>, String>,
}

/// Reads a table; nothing where it says something else.
pub fn read(grid: &Grid) -> Option<Matrix> {
    let named = named_columns(grid);
    let columns = if named.is_empty() { lettered_columns(grid)? } else { Vec::new() };
    let taken: Vec<usize> = if named.is_empty() { columns.clone() } else { named.iter().map(|(at, _)| *at).collect() };
    let subject = subject(grid, &taken)?;
    let mut matrix = Matrix::default();
    for (at, cells) in grid.rows.iter().enumerate() {
        let title = cells.get(subject).map(|t| plain(t)).unwrap_or_default();
        let empty = |column: &usize| cells.get(*column).is_none_or(|c| is_blank(c));
        if taken.iter().all(empty) {
            // A heading among the rows, or a row nobody has filled in yet.
            continue;
        }
        let who = if title.is_empty() {
            Err("it does not say what the work is".to_owned())
        } else if named.is_empty() {
            by_letters(grid, cells, &columns)
        } else {
            by_names(cells, &named)
        };
        let who = who.and_then(|who| judged(&title, who));
        matrix.rows.push((at, Row { title, who }));
    }
    (!matrix.rows.is_empty()).then_some(matrix)
}

/// One A, an R, and a title that can be one.
fn judged(title: &str, who: Vec<(Letter, String)>) -> Result<Vec<(Letter, String)>, String> {
    let of = |letter: Letter| who.iter().filter(|(l, _)| *l == letter).map(|(_, n)| n.as_str()).collect::<Vec<_>>();
    let accountable = of(Letter::A);
    if title.contains("[[") || title.chars().count() > 200 {
        return Err("its name holds `[[` or is longer than 200 characters".to_owned());
    }
    match accountable.as_slice() {
        [] => return Err("nobody has the A: decide who answers for it".to_owned()),
        [_] => {}
        several => return Err(format!("{} have an A ({}): decide which one answers for it", several.len(), several.join(", "))),
    }
    if of(Letter::R).is_empty() {
        return Err("nobody has an R: decide who does it".to_owned());
    }
    Ok(strongest(who))
}

/// Who answers or works need not be asked or told as well; who is asked is told.
fn strongest(who: Vec<(Letter, String)>) -> Vec<(Letter, String)> {
    let rank = |letter: &Letter| match letter {
        Letter::A | Letter::R => 0,
        Letter::S => 1,
        Letter::C => 2,
        Letter::I => 3,
    };
    let best = |name: &String| who.iter().filter(|(_, n)| n.eq_ignore_ascii_case(name)).map(|(l, _)| rank(l)).min().unwrap_or(0);
    who.iter().filter(|(letter, name)| rank(letter) == best(name)).cloned().collect()
}

/// Columns whose header is a letter or its word; empty where there are not at least A and R.
fn named_columns(grid: &Grid) -> Vec<(usize, Letter)> {
    let found: Vec<(usize, Letter)> = grid.head.iter().enumerate().filter_map(|(at, head)| header(head).map(|l| (at, l))).collect();
    let letters: BTreeSet<Letter> = found.iter().map(|(_, l)| *l).collect();
    let bare = found.iter().filter(|(at, _)| grid.head.get(*at).is_some_and(|h| plain(h).chars().count() == 1)).count();
    let whole = letters.contains(&Letter::A) && letters.contains(&Letter::R) && letters.len() == found.len();
    // `R | A` alone could be anything; with C or I beside them it cannot.
    if whole && (bare < 2 || letters.len() > 2) { found } else { Vec::new() }
}

/// The letter that a header stands for.
fn header(head: &str) -> Option<Letter> {
    let folded = plain(head).to_lowercase();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let letter = |word: &str| match word {
        "r" | "responsible" | "responsibility" | "doer" | "does" => Some(Letter::R),
        "a" | "accountable" | "accountability" | "approver" => Some(Letter::A),
        "c" | "consulted" | "consult" | "consultable" => Some(Letter::C),
        "i" | "informed" | "inform" => Some(Letter::I),
        "s" | "support" | "supporting" | "supports" | "supportive" => Some(Letter::S),
        _ => None,
    };
    let found: BTreeSet<Letter> = words.iter().filter_map(|w| letter(w)).collect();
    // `(R)esponsible` comes apart into `r` and `esponsible`.
    let rest = |w: &str| {
        letter(w).is_none()
            && !matches!(w, "esponsible" | "ccountable" | "onsulted" | "nformed" | "upport" | "role" | "party" | "who" | "is" | "to" | "be")
    };
    match (found.into_iter().collect::<Vec<_>>().as_slice(), words.iter().any(|w| rest(w))) {
        ([one], false) => Some(*one),
        _ => None,
    }
}

/// Columns whose cells are letters; nothing where fewer than two are, or no row has an A and none an R.
fn lettered_columns(grid: &Grid) -> Option<Vec<usize>> {
    let width = grid.head.len();
    let column = |at: usize| grid.rows.iter().filter_map(move |r| r.get(at)).filter(|c| !is_blank(c));
    let is_role = |at: &usize| {
        let cells: Vec<&String> = column(*at).collect();
        let letters = cells.iter().filter(|c| letters(c).is_ok()).count();
        let named = grid.head.get(*at).is_some_and(|h| !plain(h).is_empty());
        named && !cells.is_empty() && letters * 10 >= cells.len() * 7
    };
    let columns: Vec<usize> = (1..width).filter(is_role).collect();
    let all: BTreeSet<Letter> = columns.iter().flat_map(|at| column(*at)).filter_map(|c| letters(c).ok()).flatten().collect();
    (columns.len() >= 2 && all.contains(&Letter::A) && all.contains(&Letter::R) && all.len() > 2).then_some(columns)
}

/// The column that says what the work is.
fn subject(grid: &Grid, taken: &[usize]) -> Option<usize> {
    let number =
        |head: &str| matches!(plain(head).to_lowercase().trim_end_matches('.'), "#" | "no" | "nr" | "id" | "ref" | "item #" | "n" | "№");
    let free: Vec<usize> = (0..grid.head.len()).filter(|at| !taken.contains(at)).collect();
    let worded = |at: &&usize| {
        let cells: Vec<&String> = grid.rows.iter().filter_map(|r| r.get(**at)).filter(|c| !is_blank(c)).collect();
        let texts = cells.iter().filter(|c| c.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
        !grid.head.get(**at).is_some_and(|h| number(h)) && texts * 2 >= cells.len() && texts > 0
    };
    let known = |at: &&usize| grid.head.get(**at).is_some_and(|h| is_work(h));
    free.iter().find(|at| known(at) && worded(at)).or_else(|| free.iter().find(worded)).copied()
}

/// Whether a header says that the column names the work.
fn is_work(head: &str) -> bool {
    const WORDS: [&str; 22] = [
        "activity",
        "activities",
        "task",
        "tasks",
        "process",
        "deliverable",
        "step",
        "action",
        "decision",
        "responsibility",
        "function",
        "item",
        "artifact",
        "artefact",
        "work",
        "phase",
        "area",
        "event",
        "milestone",
        "procedure",
        "duty",
        "topic",
    ];
    plain(head).to_lowercase().split(|c: char| !c.is_alphabetic()).any(|w| WORDS.contains(&w))
}

/// Who has which letter, where columns are letters.
fn by_names(cells: &[String], columns: &[(usize, Letter)]) -> Result<Vec<(Letter, String)>, String> {
    let mut who: Vec<(Letter, String)> = Vec::new();
    for (at, letter) in columns {
        for name in cells.get(*at).map(|c| names(c)).unwrap_or_default() {
            is_name(&name)?;
            if !who.iter().any(|(l, n)| l == letter && n.eq_ignore_ascii_case(&name)) {
                who.push((*letter, name));
            }
        }
    }
    Ok(who)
}

/// Who has which letter, where columns are roles.
fn by_letters(grid: &Grid, cells: &[String], columns: &[usize]) -> Result<Vec<(Letter, String)>, String> {
    let mut who = Vec::new();
    for at in columns {
        let (Some(head), Some(cell)) = (grid.head.get(*at), cells.get(*at)) else { continue };
        let name = without_note(&plain(head));
        if is_blank(cell) {
            continue;
        }
        is_name(&name)?;
        who.extend(letters(cell)?.into_iter().map(|letter| (letter, name.clone())));
    }
    Ok(who)
}

/// The letters of a cell: `A`, `A/R`, `R, A`, `RA`, `**R**`, `R (assists)`, `Accountable`.
fn letters(cell: &str) -> Result<BTreeSet<Letter>, String> {
    let text = without_note(&plain(cell));
    let mut found = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        match header(word).filter(|_| word.chars().count() > 1 || word.chars().all(char::is_uppercase)) {
            Some(letter) => {
                found.insert(letter);
            }
            None if word.eq_ignore_ascii_case("and") => {}
            None => found.extend(run(word).ok_or_else(|| format!("`{}` is none of R, A, C, I, S", short(&text)))?),
        }
    }
    if found.is_empty() { Err(format!("`{}` is none of R, A, C, I, S", short(&text))) } else { Ok(found) }
}

/// Letters written together, each once: `RA`.
fn run(word: &str) -> Option<BTreeSet<Letter>> {
    let of = |c: char| if c.is_uppercase() { header(&c.to_string()) } else { None };
    let found: Option<BTreeSet<Letter>> = word.trim_end_matches(|c: char| c.is_ascii_digit()).chars().map(of).collect();
    found.filter(|f| !f.is_empty() && f.len() == word.trim_end_matches(|c: char| c.is_ascii_digit()).chars().count())
}

/// The names in a cell.
fn names(cell: &str) -> Vec<String> {
    let parted = cell.replace(" / ", ",").replace(" + ", ",").replace(" & ", ",");
    let parts = parted.split([',', ';', '\n', '•', '、', '，']);
    parts.map(|p| without_note(&plain(p))).filter(|p| !is_blank(p)).collect()
}

/// Whether a text can be a role's name; else why not.
fn is_name(text: &str) -> Result<(), String> {
    let blank = text.starts_with(['[', '<', '{', '$', '_', '…'])
        || text.starts_with("...")
        || matches!(text.to_lowercase().as_str(), "tbd" | "tbc" | "todo" | "?");
    if blank {
        return Err(format!("`{}` is a blank that waits for a name", short(text)));
    }
    if text.chars().count() > 60 || text.split_whitespace().count() > 7 || text.ends_with('.') && text.contains(' ') {
        return Err(format!("`{}` reads like a sentence, not like a role", short(text)));
    }
    if text.contains("[[") || !text.chars().any(char::is_alphabetic) {
        return Err(format!("`{}` is not a role's name", short(text)));
    }
    Ok(())
}

/// Whether a cell says nothing.
fn is_blank(cell: &str) -> bool {
    let text = plain(cell).to_lowercase();
    text.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '?' | '[' | '<' | '✓' | '✔' | '●'))
        || matches!(text.as_str(), "n/a" | "na" | "none" | "nil" | "nobody" | "not applicable")
}

/// A cell's text without marks that Markdown left, on one line.
fn plain(text: &str) -> String {
    let words = text.replace(['*', '`', '†', '‡', '\u{a0}'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without what stands in round brackets at its end.
fn without_note(text: &str) -> String {
    let lone = |inner: &str| inner.chars().count() == 1;
    match text.rsplit_once('(') {
        Some((head, tail)) if !head.trim().is_empty() && tail.trim_end().ends_with(')') && !lone(tail.trim_end_matches(')')) => {
            head.trim().to_owned()
        }
        _ => text.trim().to_owned(),
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}
