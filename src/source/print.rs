//! Tables to text: what was read, written down again so that reading it gives the same.

use super::{Data, Table, Value};

/// Whose punctuation a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `key = "value"`.
    Toml,
    /// `"key": "value"`, in the part of YAML that JSON is.
    Yaml,
}

/// The keys of a table, a line each.
pub fn lines(table: &Table, form: Form) -> String {
    let line = |key: &str, value: &Value| format!("{}{}{}\n", name(key, form), between(form), inline(value, form));
    table.entries.iter().map(|e| line(&e.key.value, &e.value)).collect()
}

fn between(form: Form) -> &'static str {
    match form {
        Form::Toml => " = ",
        Form::Yaml => ": ",
    }
}

fn name(key: &str, form: Form) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare && form == Form::Toml { key.to_owned() } else { quoted(key) }
}

fn inline(value: &Value, form: Form) -> String {
    match &value.data {
        Data::Text(text) => quoted(text),
        Data::Integer(n) => n.to_string(),
        Data::Float(n) => number(*n),
        Data::Bool(yes) => yes.to_string(),
        Data::Date(date) => date.to_string(),
        Data::Moment(text) => text.clone(),
        Data::List(list) => format!("[{}]", list.iter().map(|v| inline(v, form)).collect::<Vec<_>>().join(", ")),
        Data::Table(table) => {
            let pair = |key: &str, value: &Value| format!("{}{}{}", name(key, form), between(form), inline(value, form));
            format!("{{ {} }}", table.entries.iter().map(|e| pair(&e.key.value, &e.value)).collect::<Vec<_>>().join(", "))
        }
    }
}

fn number(n: f64) -> String {
    let text = format!("{n:?}");
    if n.is_nan() { "nan".to_owned() } else { text }
}

/// A text in double quotes, as TOML, YAML and JSON all read it.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::source::{toml, yaml};

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let text = "a = \"x\\\"y\\\\z\\u0001 é\"\nb = [1, -2, 3.5, 1e30, true]\n\"c d\" = { e = 2026-11-02, f = [{ g = \"\"\"two\nlines\"\"\" }] }\nh = 07:30:00\n";
        let (table, problems) = toml::parse(FileId(0), 0, text);
        assert!(problems.is_empty(), "{problems:?}");
        let plain = |table: &Table| lines(table, Form::Toml);
        let (again, problems) = toml::parse(FileId(0), 0, &plain(&table));
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(plain(&again), plain(&table));
        let (yaml, problems) = yaml::parse(FileId(0), 0, &lines(&table, Form::Yaml));
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(plain(&yaml).replace("\"07:30:00\"", "07:30:00"), plain(&table));
    }
}
