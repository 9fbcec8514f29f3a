//! The kinds of record, and names: `kind:id`.

use std::fmt;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words are the documentation: see `about`")]
pub enum Kind {
    Playbook,
    Charter,
    Team,
    Role,
    Person,
    Area,
    Activity,
    Stage,
    Handoff,
    Recycle,
    Segment,
    Persona,
    Offering,
    Message,
    Asset,
    Term,
    Goal,
    Metric,
    Ritual,
    Loop,
    Tool,
    Path,
    Module,
    Lesson,
    Page,
    Change,
    Expect,
}

/// word, plural, folder of Markdown records, a reader's word for one, for several, what it is.
type Words = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

impl Kind {
    /// Every kind, in the order of the reference.
    pub const ALL: [Kind; 27] = [
        Kind::Playbook,
        Kind::Charter,
        Kind::Team,
        Kind::Role,
        Kind::Person,
        Kind::Area,
        Kind::Activity,
        Kind::Stage,
        Kind::Handoff,
        Kind::Recycle,
        Kind::Segment,
        Kind::Persona,
        Kind::Offering,
        Kind::Message,
        Kind::Asset,
        Kind::Term,
        Kind::Goal,
        Kind::Metric,
        Kind::Ritual,
        Kind::Loop,
        Kind::Tool,
        Kind::Path,
        Kind::Module,
        Kind::Lesson,
        Kind::Page,
        Kind::Change,
        Kind::Expect,
    ];

    fn words(self) -> Words {
        match self {
            Kind::Playbook => ("playbook", "playbooks", "", "playbook", "playbooks", "the playbook itself"),
            Kind::Charter => ("charter", "charters", "", "charter", "charters", "why we work together, and how disagreements end"),
            Kind::Team => ("team", "teams", "teams", "team", "teams", "people with one lead and one motivation"),
            Kind::Role => ("role", "roles", "roles", "role", "roles", "what somebody answers for, whoever holds it"),
            Kind::Person => ("person", "people", "people", "person", "people", "somebody who holds roles"),
            Kind::Area => ("area", "areas", "responsibilities", "area", "areas", "a part of the work that two teams share"),
            Kind::Activity => {
                ("activity", "activities", "activities", "activity", "activities", "a piece of work with one answerable role")
            }
            Kind::Stage => ("stage", "stages", "funnel", "stage", "stages", "a station on the buyer's way"),
            Kind::Handoff => {
                ("handoff", "handoffs", "handoffs", "hand-over", "hand-overs", "what one team gives another, and what both promise")
            }
            Kind::Recycle => ("recycle", "recycles", "not-ready", "way back", "ways back", "where a \"no\" goes, and what calls it back"),
            Kind::Segment => ("segment", "segments", "segments", "segment", "segments", "a group of customers treated alike"),
            Kind::Persona => ("persona", "personas", "personas", "persona", "personas", "somebody in the buying group"),
            Kind::Offering => ("offering", "offerings", "offerings", "offering", "offerings", "what is sold, under its one name"),
            Kind::Message => ("message", "messages", "messages", "message", "messages", "what is said to whom, and the proof of it"),
            Kind::Asset => {
                ("asset", "assets", "assets", "piece of material", "material", "a flyer, deck or form that carries names and prices")
            }
            Kind::Term => ("term", "terms", "terms", "word", "words", "a word and what it means here"),
            Kind::Goal => ("goal", "goals", "goals", "goal", "goals", "what teams want to reach, and why"),
            Kind::Metric => ("metric", "metrics", "metrics", "number", "numbers", "what is counted, by whom, from where"),
            Kind::Ritual => ("ritual", "rituals", "rituals", "meeting", "meetings", "when people meet, and what comes of it"),
            Kind::Loop => ("loop", "loops", "loops", "feedback loop", "feedback loops", "what is asked, who answers, and how it closes"),
            Kind::Tool => ("tool", "tools", "tools", "tool", "tools", "software, and what it is the record for"),
            Kind::Path => ("path", "paths", "paths", "learning path", "learning paths", "what a role learns, by which day"),
            Kind::Module => ("module", "modules", "modules", "module", "modules", "lessons on one subject"),
            Kind::Lesson => ("lesson", "lessons", "training", "lesson", "lessons", "one sitting, with questions"),
            Kind::Page => ("page", "pages", "pages", "page", "pages", "prose"),
            Kind::Change => ("change", "changes", "changes", "announcement", "announcements", "what changed, why, and who is told"),
            Kind::Expect => ("expect", "expects", "", "search contract", "search contracts", "a query and where it must lead"),
        }
    }

    /// The word in content: `role`, as in `[[role]]` and `role:sales-lead`.
    pub fn word(self) -> &'static str {
        self.words().0
    }

    /// The plural in content.
    pub fn plural(self) -> &'static str {
        self.words().1
    }

    /// The folder whose Markdown files are records of this kind; empty where there is none.
    pub fn folder(self) -> &'static str {
        self.words().2
    }

    /// What a reader calls one of them.
    pub fn label(self) -> &'static str {
        self.words().3
    }

    /// What a reader calls several.
    pub fn labels(self) -> &'static str {
        self.words().4
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.words().5
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }

    /// The kind of the Markdown files in a folder under `content/`.
    pub fn from_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| !k.folder().is_empty() && k.folder() == folder)
    }

    /// "role or team", for messages.
    pub fn either(kinds: &[Kind]) -> String {
        let words: Vec<&str> = kinds.iter().map(|k| k.word()).collect();
        match words.as_slice() {
            [] => "record".to_owned(),
            [one] => (*one).to_owned(),
            [most @ .., last] if words.len() <= 4 => format!("{} or {last}", most.join(", ")),
            _ => "record".to_owned(),
        }
    }
}

/// A record's name: `kind:id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// What it is.
    pub kind: Kind,
    /// Its id, unique within the kind.
    pub id: String,
}

impl Name {
    /// The name of an id.
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// The name that stands as `kind:id` in a text.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        Some(Self::new(Kind::from_word(kind)?, id))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.word(), self.id)
    }
}
