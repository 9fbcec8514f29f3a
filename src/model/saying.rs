//! What stands in the model, as plain words for a reader.

use super::field::{Datum, Resolved, Words};
use super::kind::{Kind, Name};
use super::playbook::Playbook;
use jiff::civil::Date;

/// A playbook on a day: what is said of prices and names depends on both.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// What today is.
    pub today: Date,
}

impl Speaker<'_> {
    /// What a record is called.
    pub fn title(&self, name: &Name) -> String {
        self.playbook.base(name).map_or_else(|| name.id.clone(), |base| base.title.clone())
    }

    /// Text with its references as their plain words.
    pub fn words(&self, words: &Words) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (range, resolved) in &words.references {
            out.push_str(words.text.get(at..range.start).unwrap_or(""));
            out.push_str(&self.saying(resolved));
            at = range.end;
        }
        out.push_str(words.text.get(at..).unwrap_or(""));
        out
    }

    /// What a reference in text says: its label, a fact of the record, or its title.
    pub fn saying(&self, resolved: &Resolved) -> String {
        if let Some(label) = &resolved.label {
            return label.clone();
        }
        let fact = resolved.fact.as_ref().and_then(|key| self.fact(&resolved.name, key));
        fact.unwrap_or_else(|| self.title(&resolved.name))
    }

    /// A fact of a record in the reader's words: `[[offering:team-table#price]]`.
    pub fn fact(&self, name: &Name, key: &str) -> Option<String> {
        let base = self.playbook.base(name)?;
        match (name.kind, key) {
            (_, "title") => Some(base.title.clone()),
            (_, "id") => Some(base.name.id.clone()),
            (Kind::Offering, "price") => {
                let offering = self.playbook.offerings.get(&name.id)?;
                offering.price_on(self.today)?.amount.as_ref().map(ToString::to_string)
            }
            (Kind::Offering, "formerly") => {
                let offering = self.playbook.offerings.get(&name.id)?;
                offering.formerly.iter().max_by_key(|f| f.until)?.text().map(str::to_owned)
            }
            (Kind::Metric, "now" | "target" | "baseline") => self.metric_fact(&name.id, key),
            _ => base.fact(key).map(|f| self.datum(&f.datum)),
        }
    }

    fn metric_fact(&self, id: &str, key: &str) -> Option<String> {
        let metric = self.playbook.metrics.get(id)?;
        let amount = match key {
            "now" => metric.series.last()?.value,
            "target" => metric.target?.0,
            _ => metric.baseline?.0,
        };
        Some(metric.show(&amount.to_string()))
    }

    /// A field's value.
    pub fn datum(&self, datum: &Datum) -> String {
        match datum {
            Datum::Nothing => String::new(),
            Datum::Text(text) => text.clone(),
            Datum::Words(words) => self.words(words),
            Datum::Name(name) => self.title(name),
            Datum::List(list) => list.iter().map(|d| self.datum(d)).collect::<Vec<_>>().join(", "),
            Datum::Table(fields) => fields.iter().map(|(_, d)| self.datum(d)).collect::<Vec<_>>().join(", "),
        }
    }
}
