//! A link that leads nowhere.

use crate::check::{Rule, Run, worded};
use crate::diagnostic::suggest::Known;
use crate::diagnostic::{Finding, Level, Span};
use crate::model::Mark;
use crate::route::Listing;
use crate::source::Trouble;
use rayon::prelude::*;

/// The rule. Mattermost's public handbook has 15 of them in 494 links.
pub const RULE: Rule = Rule {
    name: "dead-link",
    level: Level::Error,
    why: "a reader who meets one dead link stops trusting the others",
    page: include_str!("dead_link.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let mut findings = worded(run, |p| match &p.trouble {
        Trouble::DeadLink { target, missing, nearest } => Some(link(p.span, target, missing, nearest.as_deref())),
        Trouble::DeadPicture { target, nearest } => {
            let finding = Finding::at(p.span, format!("the picture `{target}` is not there")).label("no file has this path");
            Some(finding.help(match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => "put the picture beside this file, or correct the path".to_owned(),
            }))
        }
        _ => None,
    });
    findings.extend(addresses(run));
    findings
}

/// A link to a file or a heading.
fn link(span: Span, target: &str, missing: &str, nearest: Option<&str>) -> Finding {
    if target.is_empty() {
        return Finding::at(span, "this link leads nowhere: its brackets are empty")
            .label("nothing stands in `()`")
            .help("write where it leads, such as `(pages/welcome.md)`, or take the link out");
    }
    let finding = Finding::at(span, format!("the link `{target}` leads nowhere")).label(missing);
    let page = format!("{target}/");
    let listed = target.starts_with('/') && Listing::ALL.iter().any(|l| l.address() == page);
    finding.help(match nearest {
        _ if listed => format!("did you mean `{page}`?"),
        Some(near) => format!("did you mean `{near}`?"),
        None if target.starts_with('#') => "write the anchor of a heading on this page: its words in lower case, with hyphens".to_owned(),
        None => "correct the path, or refer to a record as `[[kind:id]]`".to_owned(),
    })
}

/// Links to pages of the site that are no record's.
fn addresses(run: &Run<'_>) -> Vec<Finding> {
    let listed = |address: &str| Listing::ALL.iter().any(|l| l.address() == address);
    let marked = run.playbook.marked(Mark::Addressing);
    let written = marked.iter().flat_map(|base| base.body.iter().flat_map(|b| &b.addresses).map(move |(span, to)| (base, *span, to)));
    let dead: Vec<_> = written.filter(|(_, _, to)| !listed(to) && !run.addresses.has(to)).collect();
    if dead.is_empty() {
        return Vec::new();
    }
    let known: Known = Listing::ALL.iter().map(|l| l.address()).chain(run.addresses.iter().map(|(address, _)| address)).collect();
    dead.into_par_iter().map(|(base, span, to)| nowhere(&known, span, to).of(&base.name)).collect()
}

fn nowhere(known: &Known, span: Span, address: &str) -> Finding {
    let finding = Finding::at(span, format!("the link `{address}` leads nowhere")).label("no page of the site has this address");
    match known.nearest(address) {
        Some((_, near)) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("correct the address, or refer to a record as `[[kind:id]]`"),
    }
}
