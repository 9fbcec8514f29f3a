//! A field is declared once: its key, its type, what it says, whether it must be there.
//!
//! A kind's `declare` is run against a record's table to decode it, and against
//! nothing to describe it; decoding, *unknown key*, facts, the schema and the
//! reference page all come from that one run.

use super::kind::{Kind, Name};
use super::link::{Consulted, Index, Use};
use crate::diagnostic::{Files, Span, Spanned, suggest};
use crate::source::problem::Inline as InlineTable;
use crate::source::{Data, Problem, Table, Trouble, Value};

/// What a field's value may be; for messages, the schema and the reference.
#[derive(Debug, Clone)]
pub enum Shape {
    /// What it is called ("a date") and two values as TOML.
    Plain(&'static str, &'static [&'static str]),
    /// One of some words.
    Choice(Vec<&'static str>),
    /// An id of one of some kinds, or one of some words.
    Reference(Vec<Kind>, Vec<&'static str>),
    /// Several of a shape.
    List(Box<Shape>),
    /// An inline table.
    Inline(Vec<Field>),
    /// A table whose keys the author chooses.
    Map(&'static str, &'static [&'static str]),
}

impl Shape {
    /// "a date", "one of `shared` or `team`".
    pub fn expected(&self) -> String {
        match self {
            Shape::Plain(what, _) | Shape::Map(what, _) => (*what).to_owned(),
            Shape::Choice(words) => format!("one of {}", suggest::choice(words.iter().copied(), 20)),
            Shape::Reference(kinds, _) => format!("the id of {}", suggest::a(&Kind::either(kinds))),
            Shape::List(inner) => match inner.as_ref() {
                Shape::Reference(kinds, _) => format!("a list of {} ids", Kind::either(kinds)),
                Shape::Inline(_) => "a list of entries in curly brackets".to_owned(),
                Shape::Plain(what, _) => format!("a list in which each item is {what}"),
                _ => "a list".to_owned(),
            },
            Shape::Inline(fields) => match fields.first() {
                Some(first) => format!("an entry in curly brackets, or only its `{}`", first.key),
                None => "an entry in curly brackets".to_owned(),
            },
        }
    }

    /// Two values that would do, as TOML.
    pub fn examples(&self) -> Vec<String> {
        match self {
            Shape::Plain(_, examples) | Shape::Map(_, examples) => examples.iter().map(|e| (*e).to_owned()).collect(),
            Shape::Choice(words) => words.iter().take(2).map(|w| format!("\"{w}\"")).collect(),
            Shape::Reference(kinds, words) => {
                let kind = kinds.first().map_or("record", |k| k.word());
                words.iter().map(|w| format!("\"{w}\"")).chain([format!("\"some-{kind}\"")]).take(2).collect()
            }
            Shape::List(inner) => inner.examples().first().map(|e| vec![format!("[{e}]"), format!("[{e}, …]")]).unwrap_or_default(),
            Shape::Inline(fields) => {
                let parts: Vec<String> = fields
                    .iter()
                    .filter(|f| f.required)
                    .chain(fields.iter().filter(|f| !f.required))
                    .take(2)
                    .map(|f| format!("{} = {}", f.key, f.shape.examples().into_iter().next().unwrap_or_default()))
                    .collect();
                vec![format!("{{ {} }}", parts.join(", "))]
            }
        }
    }
}

/// `answer_within` as a reader sees it: "Answer within".
pub fn label(key: &str) -> String {
    let words = if key == "sla" { "promises".to_owned() } else { key.replace('_', " ") };
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A declared field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What it says, as a sentence without a full stop.
    pub doc: &'static str,
    /// Whether no page can be made without it.
    pub required: bool,
    /// What it may be.
    pub shape: Shape,
}

/// What a field says, in a form that every output can print.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing that could be read.
    Nothing,
    /// In the reader's form.
    Text(String),
    /// Text that may hold references.
    Words(Words),
    /// A record.
    Name(Name),
    /// Several.
    List(Vec<Datum>),
    /// An inline table.
    Table(Vec<(&'static str, Datum)>),
}

/// One field of a record that is there.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its key.
    pub key: &'static str,
    /// What the key says.
    pub doc: &'static str,
    /// Its value.
    pub datum: Datum,
    /// Where the value stands.
    pub span: Span,
}

/// Text in TOML that may hold `[[references]]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// As written.
    pub text: String,
    /// The references in it that lead somewhere, by byte.
    pub references: Vec<(std::ops::Range<usize>, Resolved)>,
}

/// A reference in text that leads somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Where.
    pub name: Name,
    /// What stands behind `#`.
    pub fact: Option<String>,
    /// What stands behind `|`.
    pub label: Option<String>,
}

/// A type a field can have.
pub trait Read: Sized {
    /// What it may be.
    fn shape() -> Shape;
    /// Reads it, and says it; nothing where it cannot be read, which is then a problem.
    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)>;
}

/// A type that is written as an inline table; a text stands for its first field, what is in
/// its last brackets for the second.
pub trait Inline: Sized {
    /// Its fields.
    fn declare(fields: &mut Fields<'_, '_>) -> Self;
}

/// A word out of few.
pub trait Choice: Sized + Copy + 'static {
    /// The words and what they stand for.
    const WORDS: &'static [(&'static str, Self)];
}

/// What reading a record needs and what it leaves behind.
pub struct Reader<'a> {
    /// Which records there are.
    pub index: &'a Index,
    /// The texts.
    pub files: &'a Files,
    /// The record that is being read.
    pub name: Name,
    /// Faults met.
    pub problems: Vec<Problem>,
    /// References met.
    pub uses: Vec<Use>,
    /// What the index was asked.
    pub consulted: Consulted,
}

impl<'a> Reader<'a> {
    /// A reader of one record.
    pub fn new(index: &'a Index, files: &'a Files, name: Name) -> Self {
        Self { index, files, name, problems: Vec::new(), uses: Vec::new(), consulted: Consulted::default() }
    }

    /// Notes a fault.
    pub fn problem(&mut self, span: Span, trouble: Trouble) {
        self.problems.push(Problem { span, record: self.name.to_string(), trouble });
    }

    /// Notes that a value is not of its type.
    pub fn wrong<T: Read>(&mut self, value: &Value, key: &str) {
        self.wrong_shape(value, key, &T::shape());
    }

    /// Notes that a value is not of a shape.
    pub fn wrong_shape(&mut self, value: &Value, key: &str, shape: &Shape) {
        let trouble =
            Trouble::WrongType { key: key.to_owned(), found: value.describe(), expected: shape.expected(), examples: shape.examples() };
        self.problem(value.span, trouble);
    }
}

/// The fields of one table, being declared.
pub struct Fields<'r, 'a> {
    /// What is read; nothing when only described.
    table: Option<&'r Table>,
    /// For `exit = ["text (evidence)"]`: values by position.
    positional: Vec<Value>,
    /// Faults and references go here.
    pub reader: &'r mut Reader<'a>,
    /// "role", for messages.
    of: String,
    /// Whether the table is an inline one.
    inline: InlineTable,
    /// Where a missing key is reported.
    place: Span,
    declared: Vec<Field>,
    facts: Vec<Fact>,
}

impl<'r, 'a> Fields<'r, 'a> {
    /// Reads a record's table.
    pub fn of_record(table: &'r Table, place: Span, reader: &'r mut Reader<'a>) -> Self {
        let of = reader.name.kind.word().to_owned();
        Self {
            table: Some(table),
            positional: Vec::new(),
            reader,
            of,
            inline: InlineTable::No,
            place,
            declared: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// Reads a typed block of prose.
    pub fn of_block(table: &'r Table, place: Span, language: &str, reader: &'r mut Reader<'a>) -> Self {
        Self { of: format!("`{language}` block"), ..Self::of_record(table, place, reader) }
    }

    /// Reads a file that holds no record.
    pub fn of_file(table: &'r Table, place: Span, name: &str, reader: &'r mut Reader<'a>) -> Self {
        Self { of: format!("`{name}` file"), ..Self::of_record(table, place, reader) }
    }

    /// Only notes what is declared.
    pub fn describing(reader: &'r mut Reader<'a>) -> Self {
        let of = reader.name.kind.word().to_owned();
        let place = Span::top(crate::diagnostic::FileId(0));
        Self { table: None, positional: Vec::new(), reader, of, inline: InlineTable::No, place, declared: Vec::new(), facts: Vec::new() }
    }

    /// A field that may be absent.
    pub fn optional<T: Read>(&mut self, key: &'static str, doc: &'static str) -> Option<T> {
        self.take::<T>(key, doc, false)
    }

    /// A field without which no page can be made.
    pub fn required<T: Read>(&mut self, key: &'static str, doc: &'static str) -> Option<T> {
        self.take::<T>(key, doc, true)
    }

    /// Several values; none where the key is absent.
    pub fn list<T: Read>(&mut self, key: &'static str, doc: &'static str) -> Vec<T> {
        self.take::<List<T>>(key, doc, false).map(|l| l.0).unwrap_or_default()
    }

    /// Several values, one at least.
    pub fn required_list<T: Read>(&mut self, key: &'static str, doc: &'static str) -> Vec<T> {
        self.take::<List<T>>(key, doc, true).map(|l| l.0).unwrap_or_default()
    }

    /// A yes or no; no where the key is absent.
    pub fn flag(&mut self, key: &'static str, doc: &'static str) -> bool {
        self.take::<bool>(key, doc, false).unwrap_or(false)
    }

    /// The facts read so far.
    pub fn facts(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.facts)
    }

    /// What is declared.
    pub fn declared(self) -> Vec<Field> {
        self.declared
    }

    /// Where a missing key is reported.
    pub fn place(&self) -> Span {
        self.place
    }

    /// Where the value of a key stands, if it is written under its key.
    pub fn place_of(&self, key: &str) -> Option<Span> {
        self.table.and_then(|t| t.get(key)).map(|v| v.span)
    }

    fn take<T: Read>(&mut self, key: &'static str, doc: &'static str, required: bool) -> Option<T> {
        let position = self.declared.len();
        self.declared.push(Field { key, doc, required, shape: T::shape() });
        let Some(value) = self.find(key, position) else {
            if required {
                self.missing(key, doc, &T::shape());
            }
            return None;
        };
        if value.as_text().is_some_and(|t| t.trim() == "TODO") {
            self.reader.problem(value.span, Trouble::Undecided { key: key.to_owned() });
            return None;
        }
        let (read, datum) = T::read(&value, key, self.reader)?;
        self.facts.push(Fact { key, doc, datum, span: value.span });
        Some(read)
    }

    /// The value of a key; what says nothing is absent.
    fn find(&self, key: &str, position: usize) -> Option<Value> {
        let written = self.table.and_then(|t| t.get(key)).cloned();
        written.or_else(|| self.positional.get(position).cloned()).filter(|v| !v.is_absent())
    }

    fn missing(&mut self, key: &'static str, doc: &'static str, shape: &Shape) {
        if self.table.is_none() && self.positional.is_empty() {
            return;
        }
        let example = shape.examples().into_iter().next().unwrap_or_default();
        let trouble = Trouble::MissingField { key, of: self.of.clone(), doc, example, inline: self.inline };
        let place = self.table.and_then(|t| t.get(key)).map_or(self.place, |v| v.span);
        self.reader.problem(place, trouble);
    }

    /// Reports the keys that nothing has read.
    pub fn finish(&mut self, also: &[&'static str]) {
        let Some(table) = self.table else { return };
        let own = self.declared.iter().map(|f| f.key);
        let known: Vec<&'static str> = own.chain(also.iter().copied()).collect();
        let strange: Vec<_> =
            table.entries.iter().filter(|e| !known.contains(&e.key.value.as_str()) && !e.key.value.starts_with("x-")).collect();
        if strange.is_empty() {
            return;
        }
        let of = suggest::a(&self.of);
        let unused: Vec<&'static str> = known.into_iter().filter(|k| table.get(k).is_none()).collect();
        for entry in strange {
            if let Some(near) = suggest::nearest(&entry.key.value, unused.iter().copied()) {
                // One slip is one finding: what it stands for is not missing.
                let place = self.place;
                self.reader
                    .problems
                    .retain(|p| p.span != place || !matches!(&p.trouble, Trouble::MissingField { key, .. } if *key == near));
            }
            let trouble = Trouble::UnknownKey { key: entry.key.value.clone(), of: of.clone(), known: unused.clone() };
            self.reader.problem(entry.key.span, trouble);
        }
    }
}

impl<T: Inline> Read for T {
    fn shape() -> Shape {
        Shape::Inline(describe(T::declare))
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let empty = Table::default();
        let (table, positional) = match &value.data {
            Data::Table(table) => (table, Vec::new()),
            Data::Text(text) => (&empty, positions(value, text, reader.files)),
            _ => {
                reader.wrong::<T>(value, key);
                return None;
            }
        };
        Some(inline(table, positional, key, value.span, reader, T::declare))
    }
}

/// Reads the table of a field.
pub fn inline<T>(
    table: &Table,
    positional: Vec<Value>,
    key: &str,
    place: Span,
    reader: &mut Reader<'_>,
    declare: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> (T, Datum) {
    let mut fields = Fields {
        table: Some(table),
        positional,
        reader,
        of: format!("entry of `{key}`"),
        inline: InlineTable::Yes,
        place,
        declared: Vec::new(),
        facts: Vec::new(),
    };
    let read = declare(&mut fields);
    fields.finish(&[]);
    let facts = fields.facts.into_iter().map(|f| (f.key, f.datum)).collect();
    (read, Datum::Table(facts))
}

/// "The card is full (hand-over card)": the first field, and what stands in the last brackets.
fn positions(value: &Value, text: &str, files: &Files) -> Vec<Value> {
    let span = value.inner_span(files.text(value.span.file));
    let exact = span != value.span;
    let piece = |from: usize, to: usize| {
        let raw = text.get(from..to).unwrap_or("");
        let start = from + raw.len() - raw.trim_start().len();
        let end = start + raw.trim().len();
        let place = if exact { span.part(start, end) } else { value.span };
        let data = match raw.trim().parse::<jiff::civil::Date>() {
            Ok(date) if raw.trim().len() == 10 => Data::Date(date),
            _ => Data::Text(raw.trim().to_owned()),
        };
        Value { data, span: place }
    };
    let whole = text.trim_end();
    match whole.strip_suffix(')').and_then(|t| t.rfind(" (")) {
        Some(open) if open > 0 => vec![piece(0, open), piece(open + 2, whole.len() - 1)],
        _ => vec![piece(0, text.len())],
    }
}

/// What a declaration declares.
pub fn describe<T>(declare: impl FnOnce(&mut Fields<'_, '_>) -> T) -> Vec<Field> {
    let index = Index::default();
    let files = Files::default();
    let mut reader = Reader::new(&index, &files, Name::new(Kind::Playbook, "playbook"));
    let mut fields = Fields::describing(&mut reader);
    let _ = declare(&mut fields);
    fields.declared()
}

/// A list; elements that cannot be read are problems and left out.
struct List<T>(Vec<T>);

impl<T: Read> Read for List<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let Data::List(values) = &value.data else {
            reader.wrong::<Self>(value, key);
            return None;
        };
        let (mut list, mut data) = (Vec::new(), Vec::new());
        for value in values.iter().filter(|v| !v.is_absent()) {
            if value.as_text().is_some_and(|t| t.trim() == "TODO") {
                reader.problem(value.span, Trouble::Undecided { key: key.to_owned() });
            } else if let Some((read, datum)) = T::read(value, key, reader) {
                list.push(read);
                data.push(datum);
            }
        }
        Some((Self(list), Datum::List(data)))
    }
}

/// A value with its place.
impl<T: Read> Read for Spanned<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let (read, datum) = T::read(value, key, reader)?;
        Some((Spanned::new(read, value.inner_span(reader.files.text(value.span.file))), datum))
    }
}

/// A word out of few, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct OneOf<C> {
    /// What it stands for.
    pub value: C,
    /// The word.
    pub word: &'static str,
    /// Where.
    pub span: Span,
}

impl<C: Choice> Read for OneOf<C> {
    fn shape() -> Shape {
        Shape::Choice(C::WORDS.iter().map(|(w, _)| *w).collect())
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let found = value.as_text().and_then(|t| C::WORDS.iter().find(|(w, _)| *w == t.trim()));
        match found {
            Some(&(word, choice)) => Some((Self { value: choice, word, span: value.span }, Datum::Text(word.to_owned()))),
            None => {
                reader.wrong::<Self>(value, key);
                None
            }
        }
    }
}
