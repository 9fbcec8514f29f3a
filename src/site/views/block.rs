//! Typed blocks of prose as readers see them: questions, choices, films, teams side by side.
//!
//! Everything in them can be read and answered without script: what follows a choice is folded beneath it.

use super::duties::{self, Duties};
use super::parts::{Link, TeamMark};
use super::wording::{capital, series};
use crate::model::block as blocks;
use crate::model::field::Words;
use crate::model::kinds::team::{Grouping, Horizon, Team};
use crate::model::kinds::training::{Question, QuestionKind};
use crate::model::record::{self, Body};
use crate::model::{Name, Record};
use crate::route;
use crate::site::html::Html;
use crate::site::sheet::Sheet;
use serde::Serialize;
use std::ops::Range;

/// A typed block: one of its fields is there, or a drawing with the page it comes from.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Block {
    /// A drawing: the map, a goal's chart.
    pub drawing: Option<Html>,
    /// The page that shows it in full.
    pub see: Option<Link>,
    /// A question.
    pub quiz: Option<Quiz>,
    /// A choice with consequences.
    pub scenario: Option<Scenario>,
    /// A film and what is said in it.
    pub video: Option<Video>,
    /// Teams side by side.
    pub compare: Option<Compare>,
    /// Who does what in an area.
    pub duties: Option<Duties>,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct Quiz {
    /// Its id on the page, for ever: "why-bookings-fell".
    pub id: String,
    /// How it is answered: "single", "multiple", "true-false", "order", "match", "number" or "short".
    pub kind: &'static str,
    /// Its place: "Question 1 of 3".
    pub number: String,
    /// What is asked.
    pub prompt: Html,
    /// What one can choose.
    pub choices: Option<Choices>,
    /// What is to be put in order, not in the right one.
    pub cards: Vec<Html>,
    /// What is to be matched, the right side shuffled.
    pub pairs: Option<Pairs>,
    /// What is right.
    pub answers: Vec<Answer>,
    /// Whether the order of the answers matters.
    pub ordered: bool,
    /// What one can do who answers right.
    pub objective: Option<Html>,
    /// Where the fact stands.
    pub facts: Vec<Link>,
}

/// What one can choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choices {
    /// The name their folds share, so that opening one shuts the others; none where several are right.
    pub name: Option<String>,
    /// Each of them.
    pub list: Vec<Choice>,
}

/// Something to choose, and what comes of it.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// "right" or "wrong".
    pub state: &'static str,
    /// What it says.
    pub text: Html,
    /// The state in a word: "Right", "Not quite".
    pub word: &'static str,
    /// What one hears after choosing it.
    pub says: Html,
}

/// Two lists to match.
#[derive(Debug, Clone, Serialize)]
pub struct Pairs {
    /// In their order.
    pub left: Vec<Html>,
    /// In another.
    pub right: Vec<Html>,
}

/// Something that is right.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// What.
    pub text: Html,
    /// What belongs to it, in a match.
    pub to: Option<Html>,
    /// Why.
    pub says: Option<Html>,
}

/// A choice with consequences.
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    /// Its id on the page.
    pub id: String,
    /// What it is called.
    pub title: Option<Html>,
    /// What one has to decide.
    pub prompt: Html,
    /// What one can do.
    pub choices: Choices,
}

/// A film, and what is said and shown in it.
#[derive(Debug, Clone, Serialize)]
pub struct Video {
    /// What it is called.
    pub title: Html,
    /// Where it can be watched.
    pub watch: Option<String>,
    /// A picture that stands for it.
    pub poster: Option<String>,
    /// What is said, a line each.
    pub lines: Vec<Line>,
    /// Whether the text stands open: always where there is nothing to watch.
    pub open: bool,
}

/// A line of a film.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Who says it; nobody where it is shown.
    pub who: Option<String>,
    /// What is said or shown.
    pub says: Html,
}

/// Teams side by side.
#[derive(Debug, Clone, Serialize)]
pub struct Compare {
    /// What the table is: "Marketing, Sales and Operations side by side".
    pub caption: String,
    /// The columns.
    pub teams: Vec<TeamMark>,
    /// The rows; none is empty.
    pub rows: Vec<CompareRow>,
}

/// One thing to compare.
#[derive(Debug, Clone, Serialize)]
pub struct CompareRow {
    /// What: "Works for".
    pub label: &'static str,
    /// A cell a team, in the columns' order.
    pub cells: Vec<CompareCell>,
}

/// What a team says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct CompareCell {
    /// The team, said again where the columns stand one under the other.
    pub team: TeamMark,
    /// One sentence.
    pub says: Option<Html>,
    /// Or several.
    pub list: Vec<Html>,
}

/// A block as readers see it; nothing where there is nothing to show.
pub fn view(sheet: &Sheet<'_>, body: &Body, block: &record::Block) -> Option<Block> {
    let mut shown = Block::default();
    match block {
        record::Block::Quiz(at) => shown.quiz = Some(quiz(sheet, body, *at)?),
        record::Block::Scenario(it) => shown.scenario = Some(scenario(sheet, it)?),
        record::Block::Video(it) => shown.video = Some(video(sheet, body, it)),
        record::Block::Compare(teams) => shown.compare = Some(compare(sheet, teams)?),
        record::Block::Raci(name) => {
            shown.duties = sheet.playbook().areas.get(&name.id).and_then(|area| duties::view(sheet, area));
            shown.see = Some(sheet.link(name));
        }
        record::Block::Goal(name) => {
            shown.drawing = sheet.playbook().goals.get(&name.id).and_then(|g| super::goal::chart_html(sheet, g));
            shown.see = Some(sheet.link(name));
        }
        record::Block::Funnel => {
            let map = route::Listing::Funnel;
            shown.drawing = Some(super::funnel::map_html(sheet));
            shown.see = Some(Link { label: map.label().to_owned(), href: sheet.href(map.address()) });
        }
    }
    Some(shown)
}

fn quiz(sheet: &Sheet<'_>, body: &Body, at: usize) -> Option<Quiz> {
    let question = body.questions.get(at)?;
    let kind = question.kind?;
    let prompt = question.prompt.as_ref()?;
    let id = question.id.as_ref().map_or_else(|| (at + 1).to_string(), |id| id.value.clone());
    let options = option_texts(question);
    Some(Quiz {
        number: format!("Question {} of {}", at + 1, body.questions.len()),
        prompt: sheet.words(prompt),
        choices: choices(sheet, question, kind.value, &id),
        cards: if kind.value == QuestionKind::Order { sheet.all_words(&shuffled(&id, options.clone())) } else { Vec::new() },
        pairs: (kind.value == QuestionKind::Match).then(|| pairs(sheet, &id, &options)),
        answers: answers(sheet, question, kind.value),
        ordered: kind.value == QuestionKind::Order,
        objective: sheet.words_of(question.objective.as_ref()),
        facts: question.tests.iter().map(|t| sheet.link(&t.name)).collect(),
        kind: kind.word,
        id,
    })
}

fn option_texts(question: &Question) -> Vec<Words> {
    question.options.iter().filter_map(|o| o.text.clone()).collect()
}

/// What can be chosen, for the kinds that are answered by choosing.
fn choices(sheet: &Sheet<'_>, question: &Question, kind: QuestionKind, id: &str) -> Option<Choices> {
    use QuestionKind::{Multiple, Single, TrueFalse};
    if !matches!(kind, Single | Multiple | TrueFalse) {
        return None;
    }
    let choice = |text: &Words, right: bool, says: Option<&Words>| Choice {
        state: if right { "right" } else { "wrong" },
        text: sheet.words(text),
        word: if right { "Right" } else { "Not quite" },
        says: sheet.words_of(says).unwrap_or_else(|| Html::text(if right { "That is so." } else { "That is not so." })),
    };
    let mut list: Vec<Choice> =
        question.options.iter().filter_map(|o| Some(choice(o.text.as_ref()?, o.correct, o.feedback.as_ref()))).collect();
    if let (true, TrueFalse, Some(answer)) = (list.is_empty(), kind, &question.answer) {
        let yes = matches!(answer.0.to_lowercase().as_str(), "true" | "yes");
        list = vec![choice(&plain_words("True"), yes, None), choice(&plain_words("False"), !yes, None)];
    }
    let name = (kind != Multiple).then(|| format!("quiz-{id}"));
    Some(Choices { name, list }).filter(|c| !c.list.is_empty())
}

fn plain_words(text: &str) -> Words {
    Words { text: text.to_owned(), references: Vec::new() }
}

fn pairs(sheet: &Sheet<'_>, id: &str, options: &[Words]) -> Pairs {
    let (left, right): (Vec<Words>, Vec<Words>) = options.iter().map(halves).unzip();
    Pairs { left: sheet.all_words(&left), right: sheet.all_words(&shuffled(id, right)) }
}

/// What is right, in the order it was written.
fn answers(sheet: &Sheet<'_>, question: &Question, kind: QuestionKind) -> Vec<Answer> {
    use QuestionKind::{Match, Order};
    let right = question.options.iter().filter(|o| o.correct || matches!(kind, Order | Match));
    let of_options = right.filter_map(|option| {
        let text = option.text.as_ref()?;
        let (left, to) = if kind == Match { halves(text) } else { (text.clone(), Words::default()) };
        let to = (kind == Match).then(|| sheet.words(&to));
        Some(Answer { text: sheet.words(&left), to, says: sheet.words_of(option.feedback.as_ref()) })
    });
    let written = question.answer.iter().map(|a| Answer { text: Html::text(&capital(&a.0)), to: None, says: None });
    let mut all: Vec<Answer> = of_options.collect();
    if all.is_empty() {
        all = written.collect();
    }
    all
}

/// `left | right`, as two texts; a bar inside a reference does not part them.
fn halves(words: &Words) -> (Words, Words) {
    let inside = |at: usize| words.references.iter().any(|(range, _)| range.contains(&at));
    match words.text.match_indices('|').map(|(at, _)| at).find(|at| !inside(*at)) {
        Some(at) => (part(words, 0..at), part(words, at + 1..words.text.len())),
        None => (words.clone(), Words::default()),
    }
}

/// A stretch of a text with the references in it, white space at its ends dropped.
fn part(words: &Words, range: Range<usize>) -> Words {
    let raw = words.text.get(range.clone()).unwrap_or("");
    let start = range.start + raw.len() - raw.trim_start().len();
    let end = start + raw.trim().len();
    let kept = words.references.iter().filter(|(r, _)| r.start >= start && r.end <= end);
    let references = kept.map(|(r, resolved)| (r.start - start..r.end - start, resolved.clone())).collect();
    Words { text: raw.trim().to_owned(), references }
}

/// The same things in an order that follows from the question's id, and is not the one given.
fn shuffled(id: &str, things: Vec<Words>) -> Vec<Words> {
    let mut keyed: Vec<(u64, usize, Words)> = things.into_iter().enumerate().map(|(i, w)| (mixed(id, &w.text), i, w)).collect();
    keyed.sort_by_key(|(key, at, _)| (*key, *at));
    if keyed.len() > 1 && keyed.is_sorted_by_key(|(_, at, _)| *at) {
        keyed.rotate_left(1);
    }
    keyed.into_iter().map(|(.., words)| words).collect()
}

/// FNV-1a: the same on every machine.
fn mixed(id: &str, text: &str) -> u64 {
    id.bytes().chain(text.bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn scenario(sheet: &Sheet<'_>, it: &blocks::Scenario) -> Option<Scenario> {
    let id = it.id.clone().unwrap_or_else(|| "scenario".to_owned());
    let choice = |c: &blocks::Consequence| {
        Some(Choice {
            state: if c.good { "right" } else { "wrong" },
            text: sheet.words(c.text.as_ref()?),
            word: if c.good { "A good way" } else { "Not the best way" },
            says: sheet.words_of(c.outcome.as_ref()).unwrap_or_default(),
        })
    };
    Some(Scenario {
        title: sheet.words_of(it.title.as_ref()),
        prompt: sheet.words(it.prompt.as_ref()?),
        choices: Choices { name: Some(format!("scenario-{id}")), list: it.choices.iter().filter_map(choice).collect() },
        id,
    })
}

fn video(sheet: &Sheet<'_>, body: &Body, it: &blocks::Video) -> Video {
    let watch = it.src.as_deref().and_then(|src| lies(sheet, body, src));
    Video {
        title: sheet.words_of(it.title.as_ref()).unwrap_or_else(|| Html::text("Film")),
        open: watch.is_none(),
        watch,
        poster: it.poster.as_deref().and_then(|src| lies(sheet, body, src)),
        lines: it.transcript.as_ref().map(|t| lines(sheet, t)).unwrap_or_default(),
    }
}

/// Where a film or a picture lies: off the site, or a file beside the text.
fn lies(sheet: &Sheet<'_>, body: &Body, src: &str) -> Option<String> {
    if src.starts_with("https://") {
        return Some(src.to_owned());
    }
    let file = sheet.site.compiled.files.path(body.span.file);
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let address = route::file(&format!("{folder}/{}", src.trim_start_matches("./")));
    sheet.has(&address).then(|| sheet.href(&address))
}

/// A transcript by its paragraphs; `Imani: We did.` names who speaks.
fn lines(sheet: &Sheet<'_>, transcript: &Words) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    for paragraph in transcript.text.split("\n\n") {
        let start = at;
        at += paragraph.len() + 2;
        if paragraph.trim().is_empty() {
            continue;
        }
        let who = paragraph.trim_start().split_once(": ").map(|(who, _)| who).filter(|who| is_speaker(who));
        let says = start + who.map_or(0, |w| paragraph.find(w).unwrap_or(0) + w.len() + 1);
        lines.push(Line { who: who.map(str::to_owned), says: sheet.words(&part(transcript, says..start + paragraph.len())) });
    }
    lines
}

/// Whether a word before a colon is somebody's name: one to three words, each with a capital.
fn is_speaker(who: &str) -> bool {
    let words: Vec<&str> = who.split(' ').collect();
    words.len() <= 3 && words.iter().all(|w| w.chars().next().is_some_and(char::is_uppercase))
}

fn compare(sheet: &Sheet<'_>, names: &[Name]) -> Option<Compare> {
    let teams: Vec<&Record<Team>> = names.iter().filter_map(|n| sheet.playbook().teams.get(&n.id)).collect();
    let marks: Vec<TeamMark> = teams.iter().map(|t| sheet.team_mark(t)).collect();
    let row = |label: &'static str, of: &dyn Fn(&Record<Team>) -> Vec<Html>| {
        let cell = |(team, mark): (&&Record<Team>, &TeamMark)| {
            let mut list = of(team);
            let says = if list.len() == 1 { list.pop() } else { None };
            CompareCell { team: mark.clone(), says, list }
        };
        CompareRow { label, cells: teams.iter().zip(&marks).map(cell).collect() }
    };
    let one = |words: &Option<Words>| sheet.words_of(words.as_ref()).into_iter().collect::<Vec<_>>();
    let rows = [
        row("Works for", &|t| one(&t.motivation)),
        row("Looks ahead", &|t| t.horizon.iter().map(|h| Html::text(ahead(h.value))).collect()),
        row("Is measured", &|t| t.unit.iter().map(|u| Html::text(measured(u.value))).collect()),
        row("Seeks", &|t| one(&t.seeks)),
        row("Has in view", &|t| one(&t.focus)),
        row("Does", &|t| sheet.all_words(&t.what_we_do)),
        row("Is good at", &|t| sheet.all_words(&t.strengths)),
        row("Needs from others", &|t| t.needs_from.iter().filter_map(|n| n.what.as_ref()).map(|w| sheet.words(w)).collect()),
    ];
    let filled = |row: &CompareRow| row.cells.iter().any(|c| c.says.is_some() || !c.list.is_empty());
    let labels: Vec<&str> = marks.iter().map(|m| m.label.as_str()).collect();
    let caption = format!("{} side by side", series(&labels));
    let rows: Vec<CompareRow> = rows.into_iter().filter(filled).collect();
    (!marks.is_empty()).then_some(Compare { caption, teams: marks, rows })
}

fn ahead(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Short => "Near: this week, this month",
        Horizon::Long => "Far: next year and after",
        Horizon::Both => "Both near and far",
    }
}

fn measured(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Group => "As a group",
        Grouping::Individual => "One by one",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_parted_at_its_first_bar() {
        let (left, right) = halves(&plain_words("Marketing | Be known | and liked"));
        assert_eq!((left.text.as_str(), right.text.as_str()), ("Marketing", "Be known | and liked"));
    }

    #[test]
    fn cards_are_never_shown_in_the_right_order() {
        for id in ["a", "b", "c", "in-order", "how-it-went"] {
            let cards: Vec<Words> = ["one", "two", "three"].into_iter().map(plain_words).collect();
            assert_ne!(shuffled(id, cards.clone()), cards);
        }
    }

    #[test]
    fn a_name_before_a_colon_speaks() {
        assert!(is_speaker("Imani"));
        assert!(is_speaker("Petra Lindqvist"));
        assert!(!is_speaker("On the screen"));
    }
}
