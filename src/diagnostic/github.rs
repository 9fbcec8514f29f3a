//! Findings as GitHub's workflow commands: notes beside the lines of a pull request.

use super::{Files, Findings, Level};

/// A line for each finding.
pub fn annotations(findings: &Findings, files: &Files) -> String {
    let mut text = String::new();
    for finding in findings.all() {
        let start = files.position(finding.span.file, finding.span.start);
        let end = files.position(finding.span.file, finding.span.end);
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Hint | Level::Off => "notice",
        };
        // Columns are only understood within one line.
        let columns = if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
        let words = format!("{}\n{}", finding.message, finding.help);
        text.push_str(&format!(
            "::{command} file={},line={},endLine={}{columns},title={}::{}\n",
            property(files.path(finding.span.file)),
            start.line,
            end.line,
            property(finding.rule),
            data(words.trim_end())
        ));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
