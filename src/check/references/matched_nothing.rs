//! A setting that does nothing.

use crate::check::{Rule, Run, rule, worded};
use crate::diagnostic::{Finding, Level, Spanned, suggest};
use crate::model::field::describe;
use crate::model::kinds::playbook::Limits;
use crate::source::Trouble;

/// The rule: silent no-ops are the commonest complaint about generators of sites.
pub const RULE: Rule = Rule {
    name: "matched-nothing",
    level: Level::Warning,
    why: "a setting that does nothing is believed to do something",
    page: include_str!("matched_nothing.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = worded(run, |p| match &p.trouble {
        Trouble::MatchedNothing(what) => Some(Finding::at(p.span, what.clone()).label("does nothing").help("correct it, or take it out")),
        _ => None,
    });
    let Some(settings) = run.playbook.own() else { return findings };
    let checks = settings.checks.iter().flat_map(|c| &c.0);
    findings.extend(checks.filter(|(name, _)| rule(&name.value).is_none()).map(|(name, _)| unknown_rule(name, "[checks]")));
    let limits = settings.limits.iter().flat_map(|l| &l.unknown);
    findings.extend(limits.map(|name| {
        let known = || describe(Limits::declare).into_iter().map(|f| f.key);
        let finding = Finding::at(name.span, format!("no check has a limit `{}`", name.value)).label("does nothing");
        finding.help(match suggest::nearest(&name.value, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of {}", suggest::list(known(), 9)),
        })
    }));
    findings.into_iter().map(|f| if f.record.is_empty() { f.of("playbook:playbook") } else { f }).collect()
}

/// A rule's name that is none.
pub fn unknown_rule(name: &Spanned<String>, place: &str) -> Finding {
    let finding =
        Finding::at(name.span, format!("no check is called `{}`", name.value)).label(format!("so this line of `{place}` does nothing"));
    finding.help(match suggest::nearest(&name.value, crate::check::ROSTER.iter().map(|r| r.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "see the checks with `onside explain --all`, or take this out".to_owned(),
    })
}

/// An allowance for a finding that is not there.
pub fn idle_allow(name: &Spanned<String>, title: &str) -> Finding {
    Finding::at(name.span, format!("`{}` finds nothing in `{title}`", name.value))
        .label("so there is nothing to allow")
        .help("take it out: what it allowed is mended")
}
