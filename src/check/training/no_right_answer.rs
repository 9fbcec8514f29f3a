//! A question that cannot be answered, or cannot be answered wrongly.

use super::Asked;
use crate::check::phrase::plain;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::kinds::training::{QuestionKind, QuizOption};
use std::collections::BTreeMap;

/// The rule (seed 002, "Learn together": "ensuring each area understands").
pub const RULE: Rule = Rule {
    name: "no-right-answer",
    level: Level::Error,
    why: "a question that everybody passes or nobody can pass teaches that checking is a game",
    page: include_str!("no_right_answer.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    super::questions(run).iter().filter_map(|asked| fault(run, asked)).collect()
}

fn fault(run: &Run<'_>, asked: &Asked<'_>) -> Option<Finding> {
    use QuestionKind::{Match, Multiple, Number, Order, Short, Single, TrueFalse};
    let options = &asked.question.options;
    let right = options.iter().filter(|o| o.correct).count();
    let answered = asked.question.answer.is_some();
    let at_options = || asked.key(run, "options");
    let told = match asked.kind {
        TrueFalse if options.is_empty() && answered => None,
        Number | Short if answered || right > 0 => None,
        Number | Short => Some((asked.key(run, "kind"), "nothing is right", "no `answer`", "write what is right: `answer = \"…\"`")),
        Single | Multiple | TrueFalse if options.is_empty() => Some((
            asked.key(run, "kind"),
            "there is nothing to choose",
            "no `options`",
            "add three options, and mark what is right with `correct = true`",
        )),
        Single | Multiple | TrueFalse if right == 0 => {
            Some((at_options(), "no answer is right", "none of these has `correct = true`", "mark what is right with `correct = true`"))
        }
        Single | Multiple | TrueFalse if right == options.len() => Some((
            at_options(),
            "every answer is right",
            "whatever one chooses is right",
            "add an option that is wrong, one that people do choose",
        )),
        Order | Match if options.len() < 2 => {
            Some((at_options(), "there is nothing to sort", "fewer than two things", "add what belongs in it: three things or more"))
        }
        _ => None,
    };
    match told {
        Some((span, message, label, help)) => {
            let message = format!("{message} in `{}`", asked.prompt());
            Some(Finding::at(span, message).label(label).help(help).of(&asked.base.name))
        }
        None => alike(asked).map(|(first, second)| equal(asked, first, second)),
    }
}

/// Two options that say the same.
fn alike<'a>(asked: &Asked<'a>) -> Option<(&'a QuizOption, &'a QuizOption)> {
    let mut seen: BTreeMap<String, &QuizOption> = BTreeMap::new();
    for option in &asked.question.options {
        let text = option.text.as_ref().map_or("", |t| t.text.as_str());
        // Signs such as %, £ and − can be all that tells two options apart.
        let signs: String = text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace() && !is_stop(*c)).collect();
        let said = format!("{}\n{signs}", plain(text));
        if let Some(first) = seen.insert(said, option).filter(|_| !text.is_empty()) {
            return Some((first, option));
        }
    }
    None
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | ':' | '"' | '\u{201c}' | '\u{201d}')
}

fn equal(asked: &Asked<'_>, first: &QuizOption, second: &QuizOption) -> Finding {
    let text = second.text.as_ref().map_or("", |t| t.text.as_str());
    let there: Span = first.span;
    Finding::at(second.span, format!("two answers to `{}` are equal", asked.prompt()))
        .label(format!("`{text}` again"))
        .also(there, "the same here")
        .help("take one of the two out, or say what is different about it")
        .of(&asked.base.name)
}
