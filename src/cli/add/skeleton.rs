//! A record's skeleton, from the declarations of its fields: first what has to be decided, then what else it can say.

use super::place::Place;
use crate::model::field::{Field, Shape};
use crate::model::playbook::fields_of;
use crate::model::{Kind, Playbook};

/// What the text is made of.
pub struct Skeleton<'a> {
    /// Where it goes.
    pub place: &'a Place,
    /// What it is called.
    pub title: &'a str,
    /// Who else is there.
    pub playbook: &'a Playbook,
}

/// A longer line has its explanation above it.
const LINE: usize = 110;

/// Records that are offered by id.
const MOST: usize = 8;

impl Skeleton<'_> {
    /// The text.
    pub fn text(&self) -> String {
        let fields = self.fields();
        let mut out = self.head();
        for field in fields.iter().filter(|f| self.is_asked(f)) {
            let todo = if matches!(field.shape, Shape::List(_)) { "[\"TODO\"]" } else { "\"TODO\"" };
            out.push_str(&format!("# {}{}\n{} = {todo}\n", field.doc, self.hint(&field.shape), field.key));
        }
        out.push_str("# It can also say this: take away the first # of a line.\n");
        for field in fields.iter().filter(|f| !self.is_asked(f)) {
            out.push_str(&self.offered(field));
        }
        match self.is_markdown() {
            true => format!("+++\n{out}+++\n{}", self.body()),
            false => format!("[[{}]]\n{out}", self.place.kind.word()),
        }
    }

    /// The keys that are left to decide.
    pub fn undecided(&self) -> Vec<&'static str> {
        self.fields().iter().filter(|f| self.is_asked(f)).map(|f| f.key).collect()
    }

    /// The fields that the title does not fill in, the kind's own first.
    fn fields(&self) -> Vec<Field> {
        let mut fields = fields_of(self.place.kind);
        let audiences = !self.audiences().is_empty();
        fields.retain(|f| f.key != self.title_key() && (audiences || f.key != "audience"));
        let common = fields.iter().position(|f| f.key == "allow").map_or(0, |at| at + 1);
        fields.rotate_left(common);
        fields
    }

    /// Who the playbook says may read something.
    fn audiences(&self) -> &[String] {
        self.playbook.own().map(|s| s.audiences.as_slice()).unwrap_or_default()
    }

    fn is_markdown(&self) -> bool {
        self.place.path.ends_with(".md")
    }

    fn title_key(&self) -> &'static str {
        match self.place.kind {
            Kind::Offering | Kind::Person => "name",
            Kind::Expect => "query",
            _ => "title",
        }
    }

    /// Id and title.
    fn head(&self) -> String {
        let id = if self.place.id_is_path { String::new() } else { format!("id = \"{}\"\n", self.place.id) };
        format!("{id}{} = {}\n", self.title_key(), quoted(self.title))
    }

    /// Whether a field has to be decided: no page can be made without it, or a check asks for it.
    fn is_asked(&self, field: &Field) -> bool {
        field.required || asked_by_checks(self.place.kind).contains(&field.key)
    }

    /// A field that may be absent, as a note that is TOML once its `#` is gone.
    fn offered(&self, field: &Field) -> String {
        let (value, choice) = match (field.key, self.audiences()) {
            ("audience", [first, ..]) => (format!("[{}]", quoted(first)), format!("; one of: {}", self.audiences().join(", "))),
            _ => (self.value(&field.shape), self.choice(&field.shape)),
        };
        let line = format!("# {} = {value}", field.key);
        let doc = format!("{}{choice}", field.doc);
        if line.chars().count() + doc.chars().count() + 4 <= LINE {
            return format!("{line}  # {doc}\n");
        }
        format!("# # {doc}:\n{line}\n")
    }

    /// What may be written in the place of a TODO.
    fn hint(&self, shape: &Shape) -> String {
        match shape {
            Shape::List(inner) => match inner.as_ref() {
                Shape::Inline(_) => format!(", as {}", self.value(shape)),
                inner => self.hint(inner),
            },
            Shape::Plain("a text", _) => String::new(),
            Shape::Plain(..) | Shape::Inline(_) | Shape::Map(..) => format!(", as {}", self.value(shape)),
            Shape::Choice(_) | Shape::Reference(..) => self.choice(shape),
        }
    }

    /// "; one of: marketing, sales".
    fn choice(&self, shape: &Shape) -> String {
        match shape {
            Shape::List(inner) => self.choice(inner),
            Shape::Choice(words) => format!("; one of: {}", words.join(", ")),
            Shape::Reference(kinds, words) => {
                let ids: Vec<String> = words.iter().map(|w| (*w).to_owned()).chain(self.ids(kinds)).collect();
                match (ids.as_slice(), kinds.first()) {
                    ([], Some(kind)) => format!("; there is none yet: `onside add {} \"…\"` makes one", kind.word()),
                    (ids, _) if ids.len() <= MOST => format!("; one of: {}", ids.join(", ")),
                    (ids, _) => format!("; such as: {}", ids.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ")),
                }
            }
            _ => String::new(),
        }
    }

    /// The ids of some kinds; their whole names, where any kind will do.
    fn ids(&self, kinds: &[Kind]) -> Vec<String> {
        let bases = self.playbook.bases().into_iter().filter(|b| kinds.contains(&b.name.kind));
        let many = kinds.len() > 2;
        let useful = bases.filter(|b| !many || !matches!(b.name.kind, Kind::Playbook | Kind::Charter | Kind::Expect));
        useful.map(|b| if many { b.name.to_string() } else { b.name.id.clone() }).collect()
    }

    /// An example, with ids that are there.
    fn value(&self, shape: &Shape) -> String {
        match shape {
            Shape::Reference(kinds, words) => {
                let id = self.ids(kinds).into_iter().next().or_else(|| words.first().map(|w| (*w).to_owned()));
                id.map_or_else(|| first(shape.examples()), |id| quoted(&id))
            }
            Shape::List(inner) => format!("[{}]", self.value(inner)),
            Shape::Inline(fields) => {
                let parts: Vec<String> = fields.iter().map(|f| format!("{} = {}", f.key, self.value(&f.shape))).collect();
                format!("{{ {} }}", parts.join(", "))
            }
            _ => first(shape.examples()),
        }
    }

    /// What stands under the front matter.
    fn body(&self) -> &'static str {
        match self.place.kind {
            Kind::Area => "\n| Activity | Why | A | R | C | I |\n|---|---|---|---|---|---|\n",
            _ => "",
        }
    }
}

/// Fields without which a page can be made, but that a check asks for.
fn asked_by_checks(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Area => &["sides"],
        Kind::Activity => &["why", "accountable", "responsible"],
        Kind::Stage => &["owner", "teams", "definition", "buyer", "entry", "exit", "exits", "at_most"],
        Kind::Handoff => &["gives", "sla", "decline_reasons"],
        Kind::Recycle => &["owner", "reasons", "return_when", "at_most"],
        Kind::Goal => &["owners", "why", "metrics"],
        Kind::Metric => &["definition", "source", "owner"],
        Kind::Ritual => &["owner", "attends", "outputs"],
        Kind::Loop => &["asks", "answer_within", "closes_with"],
        Kind::Charter => &["sponsors", "escalation"],
        Kind::Module => &["objectives", "teaches"],
        Kind::Message => &["problem"],
        _ => &[],
    }
}

fn first(examples: Vec<String>) -> String {
    examples.into_iter().next().unwrap_or_else(|| "\"…\"".to_owned())
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_checks_ask_for_is_declared() {
        for kind in Kind::ALL {
            let declared: Vec<&str> = fields_of(kind).iter().map(|f| f.key).collect();
            for key in asked_by_checks(kind) {
                assert!(declared.contains(key), "{} has no `{key}`", kind.word());
            }
        }
    }

    #[test]
    fn a_text_keeps_its_quotes() {
        assert_eq!(quoted("the \"hot\" one\\\t"), "\"the \\\"hot\\\" one\\\\\\u0009\"");
    }
}
