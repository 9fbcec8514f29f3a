//! A pass mark that nobody can miss, or nobody can reach.

use super::{Asked, asked};
use crate::check::phrase::count;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Spanned};
use crate::model::kinds::training::{Module, QuestionKind};
use crate::model::value::Percent;
use crate::model::{Base, Record};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unreachable-pass-mark",
    level: Level::Error,
    why: "a mark that guessing reaches says nothing about whoever reached it, and one above a hundred says nothing about anybody",
    page: include_str!("unreachable_pass_mark.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    super::modules(run).iter().filter_map(|(module, lessons)| fault(module, lessons)).collect()
}

fn fault(module: &Record<Module>, lessons: &[&Base]) -> Option<Finding> {
    let mark = module.pass_mark.as_ref()?;
    let share = mark.value.0.as_f64();
    if share > 100.0 {
        return Some(worded(
            module,
            mark,
            "nobody can pass",
            "more than everything",
            "write a mark between guessing and all: `pass_mark = \"80 %\"`",
        ));
    }
    if share <= 0.0 {
        return Some(worded(
            module,
            mark,
            "everybody passes",
            "even with nothing right",
            "write how much must be right: `pass_mark = \"80 %\"`",
        ));
    }
    let chances: Vec<f64> = lessons.iter().flat_map(|l| asked(l)).filter_map(|a| chance(&a)).collect();
    let guessed = 100.0 * chances.iter().sum::<f64>() / f64::from(u32::try_from(chances.len()).ok()?);
    if chances.is_empty() || share > guessed + 1e-9 {
        return None;
    }
    let label = format!("guessing alone gets {guessed:.0} % of {} right", count(chances.len(), "question"));
    Some(worded(module, mark, "guessing is enough to pass", &label, "raise the mark, or give the questions more options"))
}

fn worded(module: &Record<Module>, mark: &Spanned<Percent>, what: &str, label: &str, help: &str) -> Finding {
    let message = format!("{what} `{}`: the pass mark is {}", module.title(), mark.value);
    Finding::at(mark.span, message).label(label).help(help).of(&module.base.name)
}

/// How likely a guess is right; nothing where the question cannot be answered at all.
fn chance(asked: &Asked<'_>) -> Option<f64> {
    let options = u32::try_from(asked.question.options.len()).ok()?;
    let orders = |n: u32| (1..=n.min(20)).fold(1.0, |all, k| all / f64::from(k));
    match asked.kind {
        QuestionKind::Number | QuestionKind::Short => Some(0.0),
        QuestionKind::TrueFalse => Some(0.5),
        _ if options == 0 => None,
        QuestionKind::Single => Some(1.0 / f64::from(options)),
        QuestionKind::Multiple => Some(0.5_f64.powi(i32::try_from(options).unwrap_or(i32::MAX))),
        QuestionKind::Order | QuestionKind::Match => Some(orders(options)),
    }
}
