//! A film that one cannot read.

use crate::check::doubt::{is_retired, told_in};
use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level, Span};
use crate::model::record::Block;
use crate::model::{Base, Mark};

/// The rule (WCAG 1.2: what is said in a film can be read).
pub const RULE: Rule = Rule {
    name: "video-without-transcript",
    level: Level::Error,
    why: "whoever cannot hear, cannot watch here or wants to search it learns nothing from it",
    page: include_str!("video_without_transcript.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    run.playbook.marked(Mark::Filmed).into_iter().filter(|b| !is_retired(b)).flat_map(|b| silent(run, b)).collect()
}

fn silent(run: &Run<'_>, base: &Base) -> Vec<Finding> {
    let Some(body) = &base.body else { return Vec::new() };
    let mut findings = Vec::new();
    for block in &body.outline.blocks {
        let Some(Block::Video(video)) = body.blocks.get(&block.start) else { continue };
        if video.transcript.is_some() || told_in(base, block.span, "transcript") {
            continue;
        }
        let title = video.title.as_ref().map_or("this film", |t| t.text.as_str());
        findings.push(
            Finding::at(first_line(run, block.span), format!("`{title}` has no transcript"))
                .label("nobody can read what is said and shown in it")
                .help("write down what is said and shown: `transcript = \"\"\"…\"\"\"`")
                .of(&base.name),
        );
    }
    findings
}

fn first_line(run: &Run<'_>, block: Span) -> Span {
    let text = run.files.slice(block);
    let end = text.lines().next().map_or(0, str::len);
    if end == 0 { block } else { block.part(0, end) }
}
