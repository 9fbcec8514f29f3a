//! What reading can find wrong, as data; the rules of `check` put it into words.
//!
//! Keeping the words out of the readers keeps one wording, one level and one page a
//! rule, wherever the fault was met.

use crate::diagnostic::Span;

/// A fault met while reading, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// The record it belongs to, as `kind:id`; empty where none is known.
    pub record: String,
    /// What.
    pub trouble: Trouble,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// Text that does not parse, with the parser's own words.
    Syntax(String),
    /// A file that is there and cannot be read, with the reason.
    Unreadable(String),
    /// A line that a merge left behind.
    MergeMarker,
    /// Markup that is shown as text: what it is.
    UnsafeMarkup(String),
    /// A key that nothing reads.
    UnknownKey {
        /// The key.
        key: String,
        /// What has no such key: "a role", "the top of a file".
        of: String,
        /// The keys it has.
        known: Vec<&'static str>,
    },
    /// A Markdown file in a folder that holds no kind; empty for `content/` itself.
    Misplaced {
        /// The folder.
        folder: String,
    },
    /// A required key that is absent.
    MissingField {
        /// The key.
        key: &'static str,
        /// What misses it: "role".
        of: String,
        /// What the key says.
        doc: &'static str,
        /// A value it could have, as TOML.
        example: String,
        /// Whether the key belongs to an inline table, where nothing is an error.
        inline: Inline,
    },
    /// `"TODO"` where a value belongs.
    Undecided {
        /// The key.
        key: String,
    },
    /// A value that is not of its type.
    WrongType {
        /// The key.
        key: String,
        /// What stands there.
        found: String,
        /// What should: "a date".
        expected: String,
        /// Two values that would do.
        examples: Vec<String>,
    },
    /// A reference to nothing.
    UnknownReference {
        /// As written.
        text: String,
        /// What it could name: "role".
        wanted: String,
        /// The nearest that exists.
        nearest: Option<String>,
        /// Names to choose from where the text fits several.
        several: Vec<String>,
        /// Whether it stands in prose as `[[kind:id]]`.
        prose: bool,
    },
    /// A file that belongs to a record which is not there, by its place: a series to its metric, a lesson to its module.
    Orphan {
        /// What the record would be: "metric".
        wanted: &'static str,
        /// Its id.
        id: String,
        /// The nearest that exists.
        nearest: Option<String>,
    },
    /// A fact or a heading that a record does not have: `term:lead#definitoin`.
    UnknownFact {
        /// The record.
        name: String,
        /// What stands behind `#`.
        fact: String,
        /// The nearest it has, with its name.
        nearest: Option<String>,
    },
    /// A reference to something of another kind.
    WrongKind {
        /// As written.
        text: String,
        /// What it names.
        found: String,
        /// What belongs there.
        wanted: String,
        /// The key it stands under; empty in prose.
        key: String,
    },
    /// A second record with an id.
    DuplicateId {
        /// The shared name, `kind:id`.
        name: String,
        /// Where the first stands.
        first: Span,
    },
    /// A reference by an id that was given up.
    FormerId {
        /// As written.
        text: String,
        /// Today's id.
        today: String,
        /// Where the record says so.
        there: Span,
    },
    /// A series that is not one: what is wrong with it.
    BrokenSeries(String),
    /// A setting that does nothing: what it names, and why nothing answers to it.
    MatchedNothing(String),
    /// An address that a page had to give up because another has it.
    CollidingAddress {
        /// The address it would have had.
        address: String,
        /// Where the other page stands.
        other: Span,
        /// The address it has instead.
        instead: String,
    },
    /// A picture that is not there.
    DeadPicture {
        /// As written.
        target: String,
        /// The nearest that exists.
        nearest: Option<String>,
    },
    /// A link that leads nowhere.
    DeadLink {
        /// As written.
        target: String,
        /// What is missing: "there is no file …".
        missing: String,
        /// The nearest that exists.
        nearest: Option<String>,
    },
}

/// Whether a field belongs to an inline table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inline {
    /// `exit = [{ … }]`.
    Yes,
    /// A field of a record.
    No,
}

impl Trouble {
    /// The other place it speaks of.
    pub fn elsewhere(&self) -> Option<Span> {
        match self {
            Trouble::DuplicateId { first: span, .. }
            | Trouble::FormerId { there: span, .. }
            | Trouble::CollidingAddress { other: span, .. } => Some(*span),
            _ => None,
        }
    }
}

impl Problem {
    /// A fault at a place, of no record in particular.
    pub fn new(span: Span, trouble: Trouble) -> Self {
        Self { span, record: String::new(), trouble }
    }
}
