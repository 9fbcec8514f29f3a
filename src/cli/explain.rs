//! `onside explain`

use super::{print, words};
use crate::check::{self, ROSTER, Rule};
use crate::diagnostic::suggest;
use crate::export::reference;
use crate::model::Kind;

/// Print a check's page: what it finds, why it matters, how to mend it; of a kind, its fields
#[derive(clap::Args)]
pub struct Explain {
    /// The check's name, or a kind of record
    #[arg(required_unless_present = "all", value_parser = words::Words(words::subjects), hide_possible_values = true)]
    rule: Option<String>,
    /// Every check's page
    #[arg(long)]
    all: bool,
}

impl Explain {
    /// Runs it.
    pub fn run(&self) -> Result<u8, String> {
        if self.all {
            ROSTER.iter().for_each(|rule| page(rule));
            return Ok(super::DONE);
        }
        let name = self.rule.as_deref().unwrap_or_default();
        match check::rule(name) {
            Some(rule) => page(rule),
            None if Kind::from_word(name).is_some() => {
                Kind::from_word(name).into_iter().for_each(|kind| print(&reference::kind(kind)));
            }
            None => {
                let near = suggest::nearest(name, ROSTER.iter().map(|r| r.name));
                let advice = near.map_or_else(
                    || format!("the checks are {}", suggest::list(ROSTER.iter().map(|r| r.name), ROSTER.len())),
                    |n| format!("did you mean `{n}`?"),
                );
                return Err(format!("no check is called `{name}`: {advice}"));
            }
        }
        Ok(super::DONE)
    }
}

fn page(rule: &Rule) {
    let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    print(&format!("{title}\n\nLevel: {}\n{}\n\n", rule.level.word(), rest.trim_end()));
}
