//! A suppression past its end, without a reason or without an end.

use crate::check::doubt::told_in;
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::value::long_date;

/// The rule.
pub const RULE: Rule = Rule {
    name: "allow-expired",
    level: Level::Error,
    why: "an exception without an end becomes the rule",
    page: include_str!("allow_expired.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for base in run.playbook.marked(crate::model::Mark::Allowing) {
        for allow in &base.common.allow {
            let Some(rule) = allow.rule.as_ref().map(|r| r.value.as_str()) else { continue };
            // What is written wrong is told by its own rule, and is meant.
            let said = |key: &str| run.doubt.record(base) || told_in(base, allow.span, key);
            let finding = match (&allow.until, &allow.why) {
                (Some(until), _) if until.value < run.today => {
                    Finding::at(until.span, format!("`{rule}` was allowed here until {}", long_date(until.value)))
                        .label("this day has passed")
                        .help("mend what was allowed and take this out, or say anew until when and why")
                }
                (None, _) if said("until") => continue,
                (Some(_), None) if said("why") => continue,
                (None, _) => Finding::at(allow.span, format!("`{rule}` is allowed here without an end"))
                    .label("no `until`")
                    .help(format!("add `until = {}`", run.today.saturating_add(jiff::Span::new().months(6)))),
                (_, None) => Finding::at(allow.span, format!("`{rule}` is allowed here without a reason"))
                    .label("no `why`")
                    .help("add `why = \"…\"`, in words the next lead will understand"),
                _ => continue,
            };
            findings.push(finding.of(&base.name));
        }
    }
    findings
}
