//! Taking one entry out of a list, with its comma and nothing else: comments and layout stay.

use crate::diagnostic::{Edit, Files, Span};

/// The edits that take an entry out of a TOML list or out of a cell of a matrix; none where that is not safe.
pub fn taken_out(files: &Files, entry: Span) -> Option<Vec<Edit>> {
    let text = files.text(entry.file);
    let (start, end) = (entry.start as usize, entry.end as usize);
    let quote = text.get(..start)?.chars().next_back().filter(|c| matches!(c, '"' | '\''));
    let ranges = match quote.filter(|q| text.get(end..).is_some_and(|t| t.starts_with(*q))) {
        Some(quote) => {
            let (start, end) = (start.checked_sub(1)?, end + 1);
            let longer = text.get(..start)?.ends_with(quote) || text.get(end..)?.starts_with(quote);
            if longer { None } else { of_list(text, start, end) }
        }
        None if files.path(entry.file).ends_with(".md") => of_cell(text, start, end),
        None => None,
    }?;
    let edit = |(from, to): (usize, usize)| Edit { span: Span::new(entry.file, from, to), text: String::new() };
    Some(ranges.into_iter().map(edit).collect())
}

type Ranges = Vec<(usize, usize)>;

const BLANK: [char; 2] = [' ', '\t'];

/// `"a", "b"`: with the comma behind it, else with the one before.
fn of_list(text: &str, start: usize, end: usize) -> Option<Ranges> {
    let (comma, next) = significant(text, end)?;
    if next != ',' {
        let before = text.get(..start)?.trim_end_matches(BLANK);
        return Some(vec![match before.strip_suffix(',') {
            Some(rest) => (rest.len(), end),
            None => whole_line(text, start, end),
        }]);
    }
    if text.get(end..comma)?.contains(['\n', '#']) {
        return Some(vec![whole_line(text, start, end), (comma, comma + 1)]);
    }
    let behind = text.get(comma + 1..)?;
    let blank = behind.len() - behind.trim_start_matches(BLANK).len();
    let goes_on = behind.get(blank..)?.chars().next().is_some_and(|c| !matches!(c, '\n' | '\r' | '#'));
    Some(vec![whole_line(text, start, comma + 1 + if goes_on { blank } else { 0 })])
}

/// The next character of a list that is neither white space nor part of a comment, and where it is.
fn significant(text: &str, from: usize) -> Option<(usize, char)> {
    let mut comment = false;
    text.get(from..)?.char_indices().find_map(|(at, c)| {
        comment = (comment || c == '#') && c != '\n';
        (!comment && !c.is_whitespace()).then_some((from + at, c))
    })
}

/// A line that would be left empty goes as a whole.
fn whole_line(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = text.get(..start).unwrap_or("").trim_end_matches(BLANK);
    let after = text.get(end..).unwrap_or("");
    let line = after.find('\n').map(|n| n + 1).filter(|n| after.get(..*n).is_some_and(|rest| rest.trim().is_empty()));
    match line.filter(|_| before.ends_with('\n')) {
        Some(rest) => (before.len(), end + rest),
        None => (start, end),
    }
}

/// `Sales lead, Care lead` between two bars.
fn of_cell(text: &str, start: usize, end: usize) -> Option<Ranges> {
    if text.get(start..end)?.contains([',', '|', '*', '_', '`', '[', '\n']) {
        return None;
    }
    let behind = text.get(end..)?;
    let rest = behind.trim_start_matches(BLANK);
    if let Some(next) = rest.strip_prefix(',') {
        return Some(vec![(start, text.len() - next.trim_start_matches(BLANK).len())]);
    }
    let before = text.get(..start)?.trim_end_matches(BLANK);
    match before.strip_suffix(',') {
        Some(kept) => Some(vec![(kept.len(), end)]),
        None => (before.ends_with('|') && rest.starts_with('|')).then(|| vec![(start, end)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes out what stands between `<` and `>`.
    fn without(path: &str, marked: &str) -> Option<String> {
        let (start, end) = (marked.find('<').unwrap(), marked.find('>').unwrap() - 1);
        let mut text = marked.replace(['<', '>'], "");
        let mut files = Files::default();
        let file = files.put(path, text.as_str().into());
        let mut edits = taken_out(&files, Span::new(file, start, end))?;
        edits.sort_by_key(|e| std::cmp::Reverse(e.span.start));
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.text);
        }
        Some(text)
    }

    #[test]
    fn out_of_a_list() {
        let cases = [
            ("c = [\"a\", \"<b>\", \"c\"]", "c = [\"a\", \"c\"]"),
            ("c = [\"<b>\", \"c\"]", "c = [\"c\"]"),
            ("c = [\"a\", \"<b>\"]", "c = [\"a\"]"),
            ("c = [\"a\", '<b>', ]", "c = [\"a\", ]"),
            ("c = ['<b>']", "c = []"),
            ("c = [\"a\",\"<b>\",\"c\"]", "c = [\"a\",\"c\"]"),
            ("c = [\n  \"a\",\n  \"<b>\",\n  \"c\",\n]\n", "c = [\n  \"a\",\n  \"c\",\n]\n"),
            ("c = [\r\n  \"a\",\r\n  \"<b>\"\r\n]\r\n", "c = [\r\n  \"a\",\r\n]\r\n"),
            ("c = [\n  \"a\", # first\n  \"<b>\", # why, too\n  \"c\"]", "c = [\n  \"a\", # first\n   # why, too\n  \"c\"]"),
            ("c = [\n  \"a\"\n  , \"<b>\" # x, y\n  , \"c\"]", "c = [\n  \"a\"\n  ,  # x, y\n   \"c\"]"),
            ("w = [{ s = \"l\", r = [\"a\", \"<b>\"], i = [] }]", "w = [{ s = \"l\", r = [\"a\"], i = [] }]"),
        ];
        for (marked, left) in cases {
            let text = without("content/a.toml", marked).unwrap();
            assert_eq!(text, left, "{marked}");
            assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn out_of_a_cell() {
        let cases = [
            ("| X | Ann, <Bob>, Cy | |", "| X | Ann, Cy | |"),
            ("| X | Ann, <Bob> | |", "| X | Ann | |"),
            ("| X | <Bob>, Cy | |", "| X | Cy | |"),
            ("| X | <Bob> | |", "| X |  | |"),
        ];
        for (marked, left) in cases {
            assert_eq!(without("content/a.md", marked).as_deref(), Some(left));
        }
    }

    #[test]
    fn what_is_not_safe_is_left() {
        assert_eq!(without("content/a.md", "| X | <**Bob**, Cy> | |"), None);
        assert_eq!(without("content/a.toml", "c = [\"\"\"<b>\"\"\"]"), None);
        assert_eq!(without("content/a.toml", "c = [<\"\\u0062\">]"), None);
    }
}
