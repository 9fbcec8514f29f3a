//! Style and script without what only those read who write them: comments, indentation, gaps between signs. Strings are left alone.

/// CSS without comments and indentation; strings are left alone.
pub fn style(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let end = match rest.chars().next() {
            Some('/') if rest.starts_with("/*") => {
                rest = rest.find("*/").and_then(|n| rest.get(n + 2..)).unwrap_or("");
                continue;
            }
            Some(quote @ ('"' | '\'')) => rest.get(1..).and_then(|r| r.find(quote)).map_or(rest.len(), |n| n + 2),
            _ => 1,
        };
        out.push_str(rest.get(..end).unwrap_or(rest));
        rest = rest.get(end..).unwrap_or("");
    }
    out.push_str(rest);
    tight(&out)
}

/// Style in as few lines as there are strings that end one; the gaps around signs that need none are left out.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut string: Option<char> = None;
    for c in css.chars() {
        match (string, c) {
            (Some(quote), c) => {
                out.push(c);
                string = if c == quote { None } else { string };
            }
            (None, '"' | '\'') => {
                out.push(c);
                string = Some(c);
            }
            (None, c) if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
                    out.push(' ');
                }
            }
            (None, '{' | '}' | ';' | ',') => {
                out.truncate(out.trim_end_matches(' ').len());
                if c == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(c);
            }
            (None, c) => out.push(c),
        }
    }
    out + "\n"
}

/// Script without comments and gaps. It is for scripts that end their statements with `;` and have no empty ones, as the default theme's.
///
/// Strings, templates and patterns are left alone; a pattern is told from a division by what stands before it.
pub fn script(js: &str) -> String {
    let mut out = String::with_capacity(js.len());
    let mut rest = js;
    while let Some(c) = rest.chars().next() {
        let length = if let Some(length) = comment(rest) {
            length
        } else if matches!(c, '"' | '\'' | '`') || (c == '/' && begins_pattern(&out)) {
            let length = closed(rest, c);
            out.push_str(rest.get(..length).unwrap_or(rest));
            length
        } else if c.is_whitespace() {
            let length = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
            let (gap, after) = rest.split_at(length);
            // A statement may end with its bracket, and with its line.
            let ends = gap.contains('\n') && out.ends_with('}') && !after.is_empty();
            let parted = out.chars().next_back().zip(after.chars().next()).is_some_and(|(before, after)| parts(before, after));
            out.extend((ends || parted).then(|| if gap.contains('\n') { '\n' } else { ' ' }));
            length
        } else {
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            c.len_utf8()
        };
        rest = rest.get(length..).unwrap_or("");
    }
    out.push('\n');
    out
}

/// How long the comment is that begins here.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.strip_prefix("/*").map(|inner| inner.find("*/").map_or(rest.len(), |at| at + 4))
}

/// Whether a slash begins a pattern, and does not divide.
fn begins_pattern(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|c| "(,=:[!&|?{};>+".contains(c)) || before.trim_end().ends_with("return")
}

/// How long the string, template or pattern is that begins here with its sign; in a class of a pattern a slash ends nothing.
fn closed(rest: &str, sign: char) -> usize {
    let (mut escaped, mut class, mut depth) = (false, false, 0usize);
    let mut before = sign;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' if sign == '`' && (before == '$' || depth > 0) => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '[' if sign == '/' => class = true,
            ']' if sign == '/' => class = false,
            c if c == sign && !class && depth == 0 => return at + c.len_utf8(),
            _ => {}
        }
        before = c;
    }
    rest.len()
}

/// Whether a gap between two letters or signs means something.
fn parts(before: char, after: char) -> bool {
    let names = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
    let counts = |c: char| matches!(c, '+' | '-');
    (names(before) && names(after)) || (counts(before) && counts(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_loses_what_says_nothing() {
        let js = "// @ts-check\n/** Adds. @param {number} a */\nfunction add(a, b) {\n  return a + +b; // so\n}\nconst x = y / 2 / z;\n";
        assert_eq!(script(js), "function add(a,b){return a+ +b}\nconst x=y/2/z;\n");
    }

    #[test]
    fn strings_templates_and_patterns_stay() {
        let js = "const a = \"x  // y\", b = /[, /;]+ \\/ /g, c = `a  ${f({ b })}  /* no */`, d = 'it\\'s  ';\nreturn /  a/.test(a);\n";
        assert_eq!(script(js), "const a=\"x  // y\",b=/[, /;]+ \\/ /g,c=`a  ${f({ b })}  /* no */`,d='it\\'s  ';return/  a/.test(a);\n");
    }

    #[test]
    fn style_loses_what_says_nothing() {
        let css = "/* so */\n@layer a {\n  .b > .c, .d :hover {\n    color: red;\n    content: \"; {  }\";\n  }\n}\n";
        assert_eq!(style(css), "@layer a{.b > .c,.d :hover{color: red;content: \"; {  }\"}}\n");
    }

    #[test]
    fn what_never_ends_is_kept() {
        assert_eq!(script("a = \"b"), "a=\"b\n");
        assert_eq!(script("a /* b"), "a\n");
    }
}
