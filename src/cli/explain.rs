//! `onside explain`

use super::print;
use crate::check::{self, ROSTER, Rule};
use crate::diagnostic::suggest;

/// Print a check's page: what it finds, why it matters, how to mend it
#[derive(clap::Args)]
pub struct Explain {
    /// The check's name
    #[arg(required_unless_present = "all")]
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
