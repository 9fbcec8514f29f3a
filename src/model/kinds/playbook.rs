//! The playbook itself: `content/playbook.toml`, the only file that is one table.

use super::goal::Goal;
use super::role::Role;
use crate::diagnostic::{Level, Spanned};
use crate::model::field::{Choice, Datum, Fields, Inline, OneOf, Read, Reader, Shape, describe};
use crate::model::kind::Kind;
use crate::model::types::{Any, Days, Globs, Hours, Map, RecordKind, Ref};
use crate::model::value::Duration;
use crate::source::{Data, Table, Value};
use jiff::civil::Date;

/// What holds for the playbook as a whole.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Settings {
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub labels: Option<Labels>,
    pub default_owner: Option<Ref<Role>>,
    pub goal: Option<Ref<Goal>>,
    pub required_shared: Vec<Ref<Goal>>,
    pub calendar: Option<Calendar>,
    pub limits: Option<Limits>,
    pub checks: Option<Map<Level>>,
    pub versions: Option<Versions>,
    pub as_of: Option<Date>,
    pub edit_url: Option<String>,
    pub feedback_url: Option<String>,
    pub base_url: Option<String>,
    pub language: Option<String>,
    pub theme: Option<Spanned<String>>,
    pub raw_html: Option<OneOf<RawHtml>>,
    pub audiences: Vec<String>,
    pub brand: Option<Brand>,
}

impl RecordKind for Settings {
    const KIND: Kind = Kind::Playbook;

    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            name: f.required("name", "what the playbook is called"),
            organisation: f.optional("organisation", "whose it is"),
            labels: f.optional("labels", "your own words for customer, deal, lead and won"),
            default_owner: f.required("default_owner", "the role that keeps what names no other"),
            goal: f.optional("goal", "the goal on the first page"),
            required_shared: f.list("required_shared", "goals that every team in the funnel shares"),
            calendar: f.optional("calendar", "when business hours are"),
            limits: f.optional("limits", "thresholds of the checks"),
            checks: f.optional("checks", "levels of the checks"),
            versions: f.optional("versions", "which tags are versions"),
            as_of: f.optional("as_of", "what today is, for samples and archives"),
            edit_url: f.optional("edit_url", "where a file is edited, with {file} and {line}"),
            feedback_url: f.optional("feedback_url", "where something wrong is told, with {title} and {address}"),
            base_url: f.optional("base_url", "where the site will be"),
            language: f.optional("language", "the language it is written in"),
            theme: f.optional("theme", "the folder of your own theme under themes/"),
            raw_html: f.optional("raw_html", "whether a safe part of HTML is kept"),
            audiences: f.list("audiences", "the audiences that records may name"),
            brand: f.optional("brand", "your colour and your mark"),
        }
    }
}

/// The company's own words.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Labels {
    pub customer: Option<String>,
    pub deal: Option<String>,
    pub lead: Option<String>,
    pub won: Option<String>,
}

impl Inline for Labels {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            customer: f.optional("customer", "what a customer is called"),
            deal: f.optional("deal", "what a deal is called"),
            lead: f.optional("lead", "what a lead is called"),
            won: f.optional("won", "what winning is called"),
        }
    }
}

/// Thresholds of the checks. A name that is none of theirs does nothing, and is told by the rule that says so.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Limits {
    pub accountable_max: Option<u32>,
    pub retired_grace: Option<Duration>,
    pub vague_words: Vec<String>,
    /// Names that no check reads.
    pub unknown: Vec<Spanned<String>>,
}

impl Limits {
    /// Declares them.
    pub fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            accountable_max: f.optional("accountable_max", "how many activities one role may be accountable for, or do"),
            retired_grace: f.optional("retired_grace", "how long a retired name may go on before it is an error"),
            vague_words: f.list("vague_words", "words that prove nothing in a criterion"),
            unknown: Vec::new(),
        }
    }
}

impl Read for Limits {
    fn shape() -> Shape {
        Shape::Inline(describe(Self::declare))
    }

    fn read(value: &Value, key: &str, reader: &mut Reader<'_>) -> Option<(Self, Datum)> {
        let Data::Table(table) = &value.data else {
            reader.wrong::<Self>(value, key);
            return None;
        };
        let known: Vec<&str> = describe(Self::declare).into_iter().map(|f| f.key).collect();
        let (own, strange) =
            table.entries.iter().cloned().partition(|e| known.contains(&e.key.value.as_str()) || e.key.value.starts_with("x-"));
        let own = Table { entries: own };
        let (limits, datum) = crate::model::field::inline(&own, Vec::new(), key, value.span, reader, Self::declare);
        let unknown: Vec<crate::source::Entry> = strange;
        Some((Self { unknown: unknown.into_iter().map(|e| e.key).collect(), ..limits }, datum))
    }
}

/// When business hours are.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Calendar {
    pub hours: Option<Hours>,
    pub days: Option<Days>,
    pub holidays: Vec<Date>,
    pub timezone: Option<String>,
}

impl Inline for Calendar {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self {
            hours: f.optional("hours", "from when to when"),
            days: f.optional("days", "on which days"),
            holidays: f.list("holidays", "days that do not count"),
            timezone: f.optional("timezone", "where"),
        }
    }
}

/// Which tags are versions.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Versions {
    pub tags: Option<Globs>,
    pub keep: Option<Any>,
}

impl Inline for Versions {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { tags: f.optional("tags", "a pattern of tags"), keep: f.optional("keep", "how many are kept, and which always") }
    }
}

/// What becomes of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum RawHtml {
    Text,
    Sanitised,
}

impl Choice for RawHtml {
    const WORDS: &'static [(&'static str, Self)] = &[("text", Self::Text), ("sanitised", Self::Sanitised)];
}

/// The company's colour and mark.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each field says what it is in `declare`")]
pub struct Brand {
    pub colour: Option<String>,
    pub logo: Option<String>,
}

impl Inline for Brand {
    fn declare(f: &mut Fields<'_, '_>) -> Self {
        Self { colour: f.optional("colour", "a colour for accents"), logo: f.optional("logo", "a picture under content/") }
    }
}
