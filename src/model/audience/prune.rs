//! Fields without the references that are left out: as if those had never been written.

use super::hidden::Hidden;
use crate::model::field::{Field, Shape};
use crate::model::kind::Kind;
use crate::source::{Data, Entry, Table, Value};

/// What becomes of a value.
pub enum Kept<T> {
    /// It stays.
    Whole,
    /// It stays, with less in it.
    Part(T),
    /// It is about what is left out.
    Gone,
}

/// The fields of a record; those that are about what is left out are absent.
pub fn record(table: &Table, fields: &[Field], hidden: &Hidden) -> Option<Table> {
    let mut changed = false;
    let mut entries = Vec::with_capacity(table.entries.len());
    for entry in &table.entries {
        let field = fields.iter().find(|f| f.key == entry.key.value);
        match of_key(&entry.value, &entry.key.value, field, hidden) {
            Kept::Whole => entries.push(entry.clone()),
            Kept::Part(value) => {
                changed = true;
                entries.push(Entry { key: entry.key.clone(), value });
            }
            Kept::Gone => changed = true,
        }
    }
    changed.then_some(Table { entries })
}

/// The value of a key.
fn of_key(value: &Value, key: &str, field: Option<&Field>, hidden: &Hidden) -> Kept<Value> {
    let Some(field) = field else { return plain(value, hidden) };
    match (key, &value.data) {
        ("was" | "id" | "redirect_from", _) => Kept::Whole,
        ("formula", Data::Text(text)) if names_hidden_metric(text, hidden) => Kept::Gone,
        ("seen_by", Data::Table(table)) => by_team(value, table, hidden),
        _ => self::value(value, &field.shape, hidden),
    }
}

/// A value of a shape.
pub fn value(value: &Value, shape: &Shape, hidden: &Hidden) -> Kept<Value> {
    match (shape, &value.data) {
        (Shape::Reference(kinds, words), Data::Text(text)) => {
            let own = words.contains(&text.trim());
            if !own && hidden.withholds(text, kinds) { Kept::Gone } else { Kept::Whole }
        }
        (Shape::List(inner), Data::List(list)) => some(value, list, |one| self::value(one, inner, hidden)),
        (Shape::Reference(..) | Shape::Inline(_), Data::List(list)) => some(value, list, |one| self::value(one, shape, hidden)),
        (Shape::List(inner), _) => self::value(value, inner, hidden),
        (Shape::Inline(fields), Data::Table(table)) => match entry(table, fields, hidden) {
            Kept::Part(table) => Kept::Part(Value { data: Data::Table(table), span: value.span }),
            Kept::Whole => Kept::Whole,
            Kept::Gone => Kept::Gone,
        },
        (Shape::Inline(fields), Data::Text(text)) => by_position(value, text, fields, hidden),
        _ => plain(value, hidden),
    }
}

/// Those of a list that stay; it is gone with the last of them.
fn some(whole: &Value, list: &[Value], mut kept: impl FnMut(&Value) -> Kept<Value>) -> Kept<Value> {
    let mut changed = false;
    let mut rest = Vec::with_capacity(list.len());
    for one in list {
        match kept(one) {
            Kept::Whole => rest.push(one.clone()),
            Kept::Part(value) => {
                changed = true;
                rest.push(value);
            }
            Kept::Gone => changed = true,
        }
    }
    match (changed, rest.is_empty()) {
        (false, _) => Kept::Whole,
        (true, true) => Kept::Gone,
        (true, false) => Kept::Part(Value { data: Data::List(rest), span: whole.span }),
    }
}

/// An entry in curly brackets; it is gone where its first field or one it must have is.
pub fn entry(table: &Table, fields: &[Field], hidden: &Hidden) -> Kept<Table> {
    let needed = |at: usize, field: &Field| at == 0 || field.required;
    for (_, field) in fields.iter().enumerate().filter(|(at, field)| needed(*at, field)) {
        let written = table.get(field.key).map(|v| of_key(v, field.key, Some(field), hidden));
        if matches!(written, Some(Kept::Gone)) {
            return Kept::Gone;
        }
    }
    match record(table, fields, hidden) {
        Some(table) => Kept::Part(table),
        None => Kept::Whole,
    }
}

/// "Head of Sales (signs last)": the first field, and what stands in the last brackets is the second.
fn by_position(value: &Value, text: &str, fields: &[Field], hidden: &Hidden) -> Kept<Value> {
    let whole = text.trim_end();
    let open = whole.strip_suffix(')').and_then(|t| t.rfind(" (")).filter(|open| *open > 0);
    let part = |from: usize, to: usize| Value { data: Data::Text(text.get(from..to).unwrap_or("").trim().to_owned()), span: value.span };
    let kept = |at: usize, part: &Value| fields.get(at).map_or(Kept::Whole, |field| of_key(part, field.key, Some(field), hidden));
    let text_of = |part: &Value, kept: &Kept<Value>| match kept {
        Kept::Part(new) => new.as_text().unwrap_or_default().to_owned(),
        _ => part.as_text().unwrap_or_default().to_owned(),
    };
    let first = part(0, open.unwrap_or(text.len()));
    let first_kept = kept(0, &first);
    if matches!(first_kept, Kept::Gone) {
        return Kept::Gone;
    }
    let Some(open) = open else {
        return if matches!(first_kept, Kept::Whole) { Kept::Whole } else { first_kept };
    };
    let second = part(open + 2, whole.len() - 1);
    let second_kept = kept(1, &second);
    let required = fields.get(1).is_some_and(|f| f.required);
    let data = match (&first_kept, &second_kept) {
        (Kept::Whole, Kept::Whole) => return Kept::Whole,
        (_, Kept::Gone) if required => return Kept::Gone,
        (_, Kept::Gone) => text_of(&first, &first_kept),
        _ => format!("{} ({})", text_of(&first, &first_kept), text_of(&second, &second_kept)),
    };
    Kept::Part(Value { data: Data::Text(data), span: value.span })
}

/// `seen_by`: what hidden teams think is left out.
fn by_team(value: &Value, table: &Table, hidden: &Hidden) -> Kept<Value> {
    let stays = |entry: &&Entry| !hidden.withholds(&entry.key.value, &[Kind::Team]);
    let rest: Vec<Entry> = table.entries.iter().filter(stays).cloned().collect();
    if rest.is_empty() {
        return Kept::Gone;
    }
    let shorter = rest.len() < table.entries.len();
    let rest = Table { entries: rest };
    match record(&rest, &[], hidden) {
        Some(reworded) => Kept::Part(Value { data: Data::Table(reworded), span: value.span }),
        None if shorter => Kept::Part(Value { data: Data::Table(rest), span: value.span }),
        None => Kept::Whole,
    }
}

/// Text, with other words for references to what is left out, however deep it lies.
fn plain(value: &Value, hidden: &Hidden) -> Kept<Value> {
    match &value.data {
        Data::Text(text) => match hidden.reworded(text) {
            Some(text) => Kept::Part(Value { data: Data::Text(text), span: value.span }),
            None => Kept::Whole,
        },
        Data::List(list) => some(value, list, |one| plain(one, hidden)),
        Data::Table(table) => match record(table, &[], hidden) {
            Some(table) => Kept::Part(Value { data: Data::Table(table), span: value.span }),
            None => Kept::Whole,
        },
        _ => Kept::Whole,
    }
}

/// Whether a formula works with a number that is left out.
fn names_hidden_metric(formula: &str, hidden: &Hidden) -> bool {
    let words = formula.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
    words.filter(|w| !w.is_empty()).any(|word| hidden.withholds(word, &[Kind::Metric]))
}
