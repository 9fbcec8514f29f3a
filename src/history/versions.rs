//! Tags to versions: each the playbook that its files make, read leniently.
//!
//! **A text is parsed once.** A document points into its text by a `FileId`, so a path that says three things in three versions
//! needs three of them. All versions share one list of texts: that of the working tree, to which every other text of a path is
//! added beside what the path says now (`Files::add`), never in its place. A document is then kept by its path and the name of
//! its blob, and every version that holds the blob there has the very same `Arc<Document>`, the working tree included: its
//! documents are on the shelf from the start, under the names that git would give their texts. A later edit in the working
//! tree does not reach the versions, because lists of texts are cheap copies that never change each other.
//!
//! **Nothing fails.** A tag of which no version can be made, and a file of a version that cannot be read, become one notice.

use super::Notice;
use super::git::{self, Commit, Id, Place, Repository, Stored, Tag, Tags, is_stand_in};
use super::notice::listed;
use crate::diagnostic::{FileId, Files};
use crate::model::audience::{self, Rules};
use crate::model::document::{self, Document, Documents, Holds};
use crate::model::kept::Kept;
use crate::model::{Assembly, Playbook};
use crate::project::{Audience, Project};
use crate::source::markdown::slug;
use crate::source::tree::{self, Content, Tree, TreeEntry};
use crate::source::{Data, Trouble, Value};
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The folder that is read.
pub(super) const CONTENT: &str = "content";

/// The tags that are versions where the playbook does not say.
const TAGS: &str = "v*";

/// So many files are read by several hands.
const MANY_FILES: usize = 256;

/// So few versions are not shared out: to begin a row costs more than to go on with one.
const SHORTEST_ROW: usize = 6;

/// No address has a longer part for a version.
const LONGEST_SEGMENT: usize = 100;

/// The versions of a playbook, and what is missing of them.
#[derive(Debug, Default)]
pub struct History {
    /// The oldest first.
    pub versions: Vec<Version>,
    /// Those that the playbook keeps no longer; they have no pages, and what they published is remembered.
    pub dropped: Vec<Version>,
    /// What is missing, and what mends it.
    pub notices: Vec<Notice>,
    /// Where the repository is, where there is one that may be read.
    pub(super) place: Option<Place>,
    /// The project's folder.
    pub(super) root: PathBuf,
}

/// A playbook as it was when it was tagged.
#[derive(Debug, Clone)]
pub struct Version {
    /// The tag.
    pub name: String,
    /// The part of addresses that stands for it: the tag where that can be one.
    pub segment: String,
    /// The day of the tagged commit.
    pub date: Date,
    /// What it is about in one line: of the tag's message, else of the commit's.
    pub subject: String,
    /// The tag's message, where it has one of its own.
    pub message: Option<String>,
    /// The name of the tree under `content/`: two versions of one name are the same.
    pub id: String,
    /// What its files make.
    pub playbook: Playbook,
    /// The texts that the playbook points into; the same list for all versions.
    pub files: Files,
    /// Its files. `Tree::fingerprint` is for those on the disk; here `id` says as much.
    pub tree: Tree,
    /// The tagged commit.
    pub(super) commit: Id,
    place: Place,
    blobs: Arc<BTreeMap<String, Id>>,
}

/// The working tree.
struct Now<'a> {
    playbook: &'a Playbook,
    /// What the playbook points into.
    files: &'a Files,
    /// How it was made, where it was.
    assembly: Option<&'a Assembly>,
}

/// Which tags a reader asked for.
enum Asked<'a> {
    /// Those that the playbook keeps.
    Kept,
    /// Those of these names, whatever the playbook says.
    Named(&'a [&'a str]),
}

/// Every version that the playbook keeps. `files` is what the playbook points into.
pub fn read(project: &Project, playbook: &Playbook, files: &Files) -> History {
    found(project, &Now { playbook, files, assembly: None }, &Asked::Kept)
}

/// The same where the playbook was assembled, so that the versions need only what differs from it.
pub(super) fn read_before(project: &Project, assembly: &Assembly, files: &Files) -> History {
    found(project, &Now { playbook: &assembly.playbook, files, assembly: Some(assembly) }, &Asked::Kept)
}

/// The working tree, as far as somebody needs it: what a version has of it need not be read again.
#[derive(Clone, Copy)]
pub enum Stands<'a> {
    /// A playbook, and how it was made.
    Assembled(&'a Assembly, &'a Files),
    /// Its files alone.
    Parsed(&'a Documents, &'a Files),
}

/// The versions of some tags, kept or not: for those who compare two and need no other.
pub fn read_those(project: &Project, now: Stands<'_>, names: &[&str]) -> History {
    match now {
        Stands::Assembled(assembly, files) => {
            found(project, &Now { playbook: &assembly.playbook, files, assembly: Some(assembly) }, &Asked::Named(names))
        }
        Stands::Parsed(documents, files) => {
            let playbook = Playbook { documents: documents.clone(), ..Playbook::default() };
            found(project, &Now { playbook: &playbook, files, assembly: None }, &Asked::Named(names))
        }
    }
}

/// Everything in the repository that decides what versions there are and what commits say, as one text: where it is the same, so are they.
pub fn mark(project: &Project) -> String {
    let opened = git::locate(&project.root).and_then(|place| place.open());
    let repository = match opened {
        Ok(repository) => repository,
        Err(notice) => return notice.to_string(),
    };
    let head = repository.head().ok().flatten().map(|head| head.id.to_string()).unwrap_or_default();
    let Tags { good, bad, others } = repository.tags(|_| true);
    let good = good.iter().map(|tag| format!("{}={}", tag.name, tag.commit.id));
    let bad = bad.iter().map(|(name, why, _)| format!("{name}: {why}"));
    format!("{head} {} {others}", good.chain(bad).collect::<Vec<_>>().join(" "))
}

/// Whether a tag of that name would be a version.
pub fn is_version(playbook: &Playbook, name: &str) -> bool {
    patterns(playbook).iter().any(|pattern| git::matches(pattern, name))
}

/// The patterns of tags that are versions.
fn patterns(playbook: &Playbook) -> Vec<String> {
    let set = playbook.own().and_then(|own| own.versions.as_ref()).and_then(|versions| versions.tags.as_ref());
    let texts = set.iter().flat_map(|globs| &globs.0).map(|glob| glob.value.trim().to_owned());
    let some: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    if some.is_empty() { vec![TAGS.to_owned()] } else { some }
}

fn found(project: &Project, now: &Now<'_>, asked: &Asked<'_>) -> History {
    let mut history = History { root: project.root.clone(), ..History::default() };
    let opened = git::locate(&project.root).and_then(|place| place.open().map(|repository| (place, repository)));
    match opened {
        Ok((place, repository)) => {
            history.fill(&place, &repository, now, asked);
            history.place = Some(place);
        }
        Err(notice) => history.notices.push(notice),
    }
    history
}

impl History {
    /// A version by its tag, or by its part of addresses.
    pub fn version(&self, name: &str) -> Option<&Version> {
        let by = |is: &dyn Fn(&Version) -> bool| self.versions.iter().find(|version| is(version));
        by(&|v| v.name == name).or_else(|| by(&|v| v.segment == name))
    }

    /// The newest version.
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// What is missing, and what mends it.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Whether the texts of a playbook are other than the newest version's, so that it is not released. Pictures are not compared.
    pub fn is_unreleased(&self, playbook: &Playbook) -> bool {
        let Some(newest) = self.newest() else { return true };
        let same = |(a, b): (&Arc<Document>, &Arc<Document>)| {
            Arc::ptr_eq(a, b) || (a.path == b.path && !tree::is_text(&a.path) && a.holds == Holds::Other && b.holds == Holds::Other)
        };
        let (then, now) = (&newest.playbook.documents, &playbook.documents);
        then.len() != now.len() || !then.iter().zip(now.iter()).all(same)
    }

    fn fill(&mut self, place: &Place, repository: &Repository, now: &Now<'_>, asked: &Asked<'_>) {
        let playbook = now.playbook;
        self.notices.extend(repository.shallow());
        let patterns = patterns(playbook);
        let tags = repository.tags(|name| match asked {
            Asked::Kept => patterns.iter().any(|pattern| git::matches(pattern, name)),
            Asked::Named(names) => names.contains(&name),
        });
        self.tell_of_none(repository, &tags, &patterns, asked);
        let Tags { mut good, bad, .. } = tags;
        good.sort_by(|a, b| a.commit.moment.cmp(&b.commit.moment).then_with(|| natural(&a.name, &b.name)));
        let dropped = if matches!(asked, Asked::Kept) { self.take_dropped(&mut good, playbook) } else { Vec::new() };
        let mut left_out: Vec<LeftOut> =
            bad.into_iter().map(|(name, why, remedy)| LeftOut { name, why: format!("because {why}"), remedy }).collect();
        let listed = addressed(good, &mut left_out).into_iter().filter_map(|(segment, tag)| {
            let listing = listing(repository, &tag);
            listing.map_err(|(why, remedy)| left_out.push(LeftOut { name: tag.name.clone(), why, remedy })).ok().map(|l| (segment, tag, l))
        });
        let listed: Vec<Listed> = listed.collect();
        self.notices.extend(folded(left_out));
        let dropped = dropped.into_iter().filter_map(|tag| listing(repository, &tag).ok().map(|l| (tag.name.clone(), tag, l))).collect();
        self.compile(place, repository, now, [listed, dropped]);
    }

    /// What is said where no tag is a version, but something is there that might be.
    fn tell_of_none(&mut self, repository: &Repository, tags: &Tags, patterns: &[String], asked: &Asked<'_>) {
        match repository.head() {
            Err(notice) => self.notices.push(notice),
            Ok(None) if tags.good.is_empty() => self.notices.push(
                Notice::new(
                    "nothing is committed in this repository yet, so there are no versions and no dates",
                    "run `git add content`, `git commit`, and tag what you publish: `git tag v1`",
                )
                .ordinary(),
            ),
            Ok(_) => {}
        }
        let none = tags.good.is_empty() && tags.bad.is_empty() && tags.others > 0;
        if none && matches!(asked, Asked::Kept) {
            let which = match tags.others {
                1 => "the one tag of the repository is not".to_owned(),
                count => format!("none of the {count} tags of the repository is"),
            };
            let wanted = patterns.iter().map(|pattern| format!("`{pattern}`")).collect::<Vec<_>>().join(" or ");
            let remedy = "set `versions.tags` in content/playbook.toml to how your tags are called";
            self.notices.push(Notice::new(format!("{which} called like {wanted}, so there are no versions"), remedy));
        }
    }

    /// Takes out the tags that `versions.keep` does not keep, of tags with the oldest first.
    fn take_dropped(&mut self, tags: &mut Vec<Tag>, playbook: &Playbook) -> Vec<Tag> {
        let set = playbook.own().and_then(|own| own.versions.as_ref()).and_then(|versions| versions.keep.as_ref());
        let Some(value) = set.map(|any| &any.0).filter(|value| !value.is_absent()) else { return Vec::new() };
        let Some(keep) = Keep::of(value) else {
            self.notices.push(Notice::new(
                format!("`versions.keep` is {}, which says neither how many versions are kept nor which, so all are", value.describe()),
                "write `keep = 12` or `keep = { latest = 5, pinned = [\"v1\"] }` in content/playbook.toml",
            ));
            return Vec::new();
        };
        let first = keep.latest.map_or(0, |latest| tags.len().saturating_sub(latest));
        let is_pinned = |tag: &Tag| keep.pinned.iter().any(|pattern| git::matches(pattern, &tag.name));
        let (kept, dropped): (Vec<_>, Vec<_>) =
            std::mem::take(tags).into_iter().enumerate().partition(|(at, tag)| *at >= first || is_pinned(tag));
        *tags = kept.into_iter().map(|(_, tag)| tag).collect();
        dropped.into_iter().map(|(_, tag)| tag).collect()
    }

    /// Reads the files of the versions, those that are kept and those that are not, and makes their playbooks.
    fn compile(&mut self, place: &Place, repository: &Repository, now: &Now<'_>, listed: [Vec<Listed>; 2]) {
        let mut shelf = Shelf::of(repository, now.playbook, now.files);
        for (_, _, listing) in listed.iter().flatten() {
            shelf.take_in(place, repository, &listing.files);
        }
        let [kept, dropped] = listed;
        self.notices.extend(shelf.unread(&kept));
        // The newest first: they are the most like the working tree.
        let mut met = BTreeSet::new();
        let all = dropped.iter().chain(&kept).rev().map(|(_, _, listing)| listing);
        let made = shelf.make_all(&all.filter(|listing| met.insert(listing.tree)).collect::<Vec<_>>(), now.assembly);
        let version = |(segment, tag, listing): Listed| made.get(&listing.tree).map(|made| made.version(segment, tag, place));
        self.versions = kept.into_iter().filter_map(version).collect();
        self.dropped = dropped.into_iter().filter_map(version).collect();
    }

    /// The same versions as some readers may see them, by the rules of today.
    #[must_use]
    pub fn seen_by(&self, audience: &Audience, rules: &Rules) -> Self {
        let seen = |versions: &[Version]| versions.par_iter().map(|version| version.seen_by(audience, rules)).collect();
        Self {
            versions: seen(&self.versions),
            dropped: seen(&self.dropped),
            notices: self.notices.clone(),
            place: self.place.clone(),
            root: self.root.clone(),
        }
    }
}

/// A version to be: its part of addresses, its tag, its files.
type Listed = (String, Tag, Listing);

impl Version {
    /// The same without what some readers may not see.
    fn seen_by(&self, audience: &Audience, rules: &Rules) -> Self {
        let Some(seen) = audience::filter(&self.playbook.documents, &self.files, audience, Some(rules)) else { return self.clone() };
        let mut assembly = Assembly::default();
        assembly.renew(seen.documents, &seen.files);
        let playbook = Playbook { left_out: Some(seen.left_out), ..assembly.playbook };
        Self { playbook, files: seen.files, ..self.clone() }
    }

    /// The bytes of one of its files, read when they are asked for.
    ///
    /// # Errors
    /// A sentence that says why they cannot be read.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        let Some(id) = self.blobs.get(path) else { return Err(format!("{path} was not there in `{}`", self.name)) };
        let repository = self.place.open().map_err(|notice| notice.to_string())?;
        let unread = |why: &str| format!("{path} of `{}` cannot be read: {why}", self.name);
        let bytes = repository.bytes(*id).map_err(|why| unread(&why))?;
        if is_stand_in(&bytes) {
            return Err(unread("Git LFS keeps it outside the repository"));
        }
        Ok(bytes)
    }
}

/// A tag of which no version is made.
struct LeftOut {
    name: String,
    why: String,
    remedy: String,
}

/// One notice for all that have the same fault; their remedy then names the first.
fn folded(all: Vec<LeftOut>) -> Vec<Notice> {
    let mut by_reason: BTreeMap<String, (Vec<String>, String)> = BTreeMap::new();
    for LeftOut { name, why, remedy } in all {
        by_reason.entry(why).or_insert_with(|| (Vec::new(), remedy)).0.push(name);
    }
    let notice = |(why, (mut names, remedy)): (String, (Vec<String>, String))| {
        names.sort_by(|a, b| natural(a, b));
        Notice::new(
            format!("{} left out, {why}", listed("the tag", "the tags", &names) + if names.len() == 1 { " is" } else { " are" }),
            remedy,
        )
    };
    by_reason.into_iter().map(notice).collect()
}

/// What `versions.keep` asks for.
struct Keep {
    /// So many of the newest; all, where nothing is said.
    latest: Option<usize>,
    /// And always those like these.
    pinned: Vec<String>,
}

impl Keep {
    /// `12`, `"v1"`, `[12, "v1"]`, `{ latest = 12, pinned = ["v1"] }`. Names alone are kept beside the newest.
    fn of(value: &Value) -> Option<Self> {
        let mut keep = Self { latest: None, pinned: Vec::new() };
        keep.take(value)?;
        if !keep.pinned.is_empty() && keep.latest.is_none() {
            keep.latest = Some(1);
        }
        Some(keep)
    }

    fn take(&mut self, value: &Value) -> Option<()> {
        match &value.data {
            Data::Integer(count) => self.latest = Some(usize::try_from(*count).ok()?),
            Data::Text(pattern) => self.pinned.push(pattern.trim().to_owned()),
            Data::List(all) => all.iter().try_for_each(|value| self.take(value))?,
            Data::Table(table) => {
                let known = |key: &str| matches!(key, "latest" | "pinned");
                table.entries.iter().try_for_each(|e| if known(&e.key.value) { self.take(&e.value) } else { None })?;
            }
            _ => return None,
        }
        Some(())
    }
}

/// `v9` before `v10`: digits count as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (left.chars().next(), right.chars().next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
                let ((m, rest_left), (n, rest_right)) = (left.split_at(number(left)), right.split_at(number(right)));
                let (m, n) = (m.trim_start_matches('0'), n.trim_start_matches('0'));
                let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n));
                if order.is_ne() {
                    return order;
                }
                (left, right) = (rest_left, rest_right);
            }
            (Some(x), Some(y)) if x != y => return x.cmp(&y),
            (Some(x), Some(_)) => (left, right) = (left.get(x.len_utf8()..).unwrap_or(""), right.get(x.len_utf8()..).unwrap_or("")),
        }
    }
}

/// Whether a tag can stand in an address and as a folder on any machine as it is.
fn is_segment(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.len() <= LONGEST_SEGMENT && name.chars().all(plain) && !name.starts_with('.') && !name.ends_with('.')
}

/// Gives each tag its part of addresses. Of two with the same, on machines that know no capitals, the one that needs no other
/// spelling has it, then the older, whose address is published.
fn addressed(tags: Vec<Tag>, left_out: &mut Vec<LeftOut>) -> Vec<(String, Tag)> {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut claim = |segment: &str, tag: &Tag| match taken.get(&segment.to_lowercase()) {
        Some(other) => Err(other.clone()),
        None => {
            taken.insert(segment.to_lowercase(), tag.name.clone());
            Ok(segment.to_owned())
        }
    };
    let mut claims: Vec<Option<Result<String, String>>> =
        tags.iter().map(|tag| is_segment(&tag.name).then(|| claim(&tag.name, tag))).collect();
    for (tag, place) in tags.iter().zip(&mut claims).filter(|(_, place)| place.is_none()) {
        let segment: String = slug(&tag.name).chars().take(LONGEST_SEGMENT).collect();
        *place = is_segment(&segment).then(|| claim(&segment, tag));
    }
    let mut addressed = Vec::new();
    for (tag, place) in tags.into_iter().zip(claims) {
        let why = match place {
            Some(Ok(segment)) => {
                addressed.push((segment, tag));
                continue;
            }
            Some(Err(other)) => format!("because its address is that of the tag `{other}`"),
            None => "because nothing of its name can stand in an address".to_owned(),
        };
        let remedy = format!("tag the same commit again by another name: `git tag v1 {}`", tag.name);
        left_out.push(LeftOut { name: tag.name, why, remedy });
    }
    addressed
}

/// The files of a version.
struct Listing {
    tree: Id,
    files: Vec<Stored>,
}

/// The files of a tag; else why there are none, and what to do.
fn listing(repository: &Repository, tag: &Tag) -> Result<Listing, (String, String)> {
    let incomplete = |why: String| {
        let fetch = "run `git fetch --refetch --tags`, or make a new clone".to_owned();
        (format!("because {why}"), fetch)
    };
    let content = repository.content(tag.commit.tree, CONTENT).map_err(incomplete)?;
    let Some(tree) = content else {
        return Err(match repository.elsewhere(tag.commit.tree, CONTENT) {
            Some(there) => (
                format!("because the playbook stood elsewhere then, in `{there}`"),
                "nothing is wrong: versions are read from where the playbook stands now".to_owned(),
            ),
            None => (
                "because there was no `content/` yet".to_owned(),
                "nothing is wrong: the versions begin with the first tag that has one".to_owned(),
            ),
        });
    };
    let files = repository.files(tree, CONTENT).map_err(incomplete)?;
    Ok(Listing { tree, files })
}

/// By what a file of a version is known again: its path, its blob, and whether it is read.
type Key = (String, Id, bool);

fn key(stored: &Stored) -> Key {
    (stored.path.clone(), stored.id, stored.refused.is_none())
}

/// Files that were read, each with its document.
struct Shelf {
    files: Files,
    known: BTreeMap<Key, (TreeEntry, Arc<Document>)>,
    /// What the working tree has at a path.
    now: BTreeMap<String, Arc<Document>>,
}

/// What the files of a version make.
struct Made {
    playbook: Playbook,
    files: Files,
    tree: Tree,
    id: Id,
    blobs: Arc<BTreeMap<String, Id>>,
}

impl Made {
    fn version(&self, segment: String, tag: Tag, place: &Place) -> Version {
        let subject = tag.message.as_deref().and_then(|m| m.lines().next()).map_or(tag.commit.subject, str::to_owned);
        Version {
            name: tag.name,
            segment,
            date: tag.commit.date,
            subject,
            message: tag.message,
            id: self.id.to_string(),
            playbook: self.playbook.clone(),
            files: self.files.clone(),
            tree: self.tree.clone(),
            commit: tag.commit.id,
            place: place.clone(),
            blobs: self.blobs.clone(),
        }
    }
}

impl Shelf {
    /// With the texts of the working tree, under the names that git gives them.
    fn of(repository: &Repository, playbook: &Playbook, files: &Files) -> Self {
        let mut shelf = Self { files: files.clone(), known: BTreeMap::new(), now: BTreeMap::new() };
        for document in playbook.documents.iter().filter(|d| is_whole_text(d, files)) {
            let text = files.whole(document.file);
            if let Some(id) = repository.id_of(text.as_bytes()) {
                let entry = TreeEntry { path: document.path.clone(), content: Content::Text { text, broken_at: None } };
                shelf.known.insert((document.path.clone(), id, true), (entry, document.clone()));
            }
            shelf.now.insert(document.path.clone(), document.clone());
        }
        shelf
    }

    /// Reads and parses the files that are not on the shelf yet.
    fn take_in(&mut self, place: &Place, repository: &Repository, stored: &[Stored]) {
        let unknown: Vec<(Key, &Stored)> = stored.iter().map(|s| (key(s), s)).filter(|(key, _)| !self.known.contains_key(key)).collect();
        let held = held(place, repository, &unknown.iter().map(|(_, file)| *file).collect::<Vec<_>>());
        let mut new: Vec<(Key, TreeEntry, FileId)> = Vec::new();
        for ((key, file), held) in unknown.into_iter().zip(held) {
            let entry = TreeEntry { path: file.path.clone(), content: held };
            match self.now.get(&file.path).filter(|now| says(&entry.content, self.files.text(now.file))) {
                Some(now) => {
                    let now = now.clone();
                    self.known.insert(key, (entry, now));
                }
                None => {
                    let at = self.files.add(&file.path, entry.text());
                    new.push((key, entry, at));
                }
            }
        }
        let parsed: Vec<Arc<Document>> = new.par_iter().map(|(_, entry, at)| Arc::new(document::parse(entry, *at))).collect();
        for ((key, entry, _), document) in new.into_iter().zip(parsed) {
            self.known.insert(key, (entry, document));
        }
    }

    /// The playbooks of versions by their trees, each made of the one before it, in as many rows as there are hands.
    fn make_all(&self, listings: &[&Listing], begun: Option<&Assembly>) -> BTreeMap<Id, Made> {
        let row = listings.len().div_ceil(rayon::current_num_threads()).max(SHORTEST_ROW);
        let rows = listings.par_chunks(row).flat_map_iter(|row| {
            let mut assembly = begun.cloned().unwrap_or_default();
            row.iter().map(move |listing| (listing.tree, self.make(listing, &mut assembly)))
        });
        rows.collect()
    }

    /// The playbook of a version's files; the assembly is that of another version, or of none.
    fn make(&self, listing: &Listing, assembly: &mut Assembly) -> Made {
        let of = |stored: &Stored| self.known.get(&key(stored));
        let documents: Documents = listing.files.iter().filter_map(of).map(|(_, document)| document.clone()).collect();
        let entries = listing.files.iter().filter_map(of).map(|(entry, _)| entry.clone()).collect();
        let blobs = listing.files.iter().filter(|s| s.refused.is_none()).map(|s| (s.path.clone(), s.id)).collect();
        assembly.renew(documents, &self.files);
        // What checks keep is the working tree's.
        let playbook = Playbook { kept: Kept::default(), ..assembly.playbook.clone() };
        Made { playbook, files: self.files.clone(), tree: Tree { entries }, id: listing.tree, blobs: Arc::new(blobs) }
    }

    /// One notice for each file that cannot be read, whatever the versions that hold it.
    fn unread(&self, versions: &[Listed]) -> Vec<Notice> {
        let flawed: BTreeMap<&Key, String> = self.known.iter().filter_map(|(key, (_, d))| flaw(d).map(|why| (key, why))).collect();
        if flawed.is_empty() {
            return Vec::new();
        }
        let mut holders: BTreeMap<Key, Vec<String>> = BTreeMap::new();
        for (_, tag, listing) in versions {
            for key in listing.files.iter().map(key).filter(|key| flawed.contains_key(key)) {
                holders.entry(key).or_default().push(tag.name.clone());
            }
        }
        let notice = |(key, names): (&Key, &Vec<String>)| {
            let why = flawed.get(key)?;
            let (path, holders) = (&key.0, listed("version", "versions", names));
            let remedy = "nothing needs to be done: those versions are shown without what it says";
            let remedy = if names.len() == 1 { "nothing needs to be done: that version is shown without what it says" } else { remedy };
            Some(Notice::new(format!("{path} cannot be read in {holders} ({why})"), remedy))
        };
        holders.iter().filter_map(notice).collect()
    }
}

/// Whether a document has a text that git would name as it stands here.
fn is_whole_text(document: &Document, files: &Files) -> bool {
    let unread = document.problems.iter().any(|p| matches!(p.trouble, Trouble::Unreadable(_)));
    tree::is_text(&document.path) && !unread && !files.text(document.file).contains('\u{fffd}')
}

/// Whether a file is just this text.
fn says(content: &Content, words: &str) -> bool {
    matches!(content, Content::Text { text, broken_at: None } if &**text == words)
}

/// What files of a version hold. A repository is read by one hand at a time, so where there is much to read, each opens it for itself.
fn held(place: &Place, repository: &Repository, files: &[&Stored]) -> Vec<Content> {
    let read = |repository: &Repository, file: &Stored| match &file.refused {
        Some(reason) => Content::Refused(reason.clone()),
        None => content(repository, &file.path, file.id),
    };
    if files.len() < MANY_FILES {
        return files.iter().map(|file| read(repository, file)).collect();
    }
    let some = |files: &[&Stored]| match place.open() {
        Ok(repository) => files.iter().map(|file| read(&repository, file)).collect(),
        Err(notice) => vec![Content::Refused(notice.to_string()); files.len()],
    };
    files.par_chunks(MANY_FILES / 2).flat_map_iter(some).collect::<Vec<Content>>()
}

/// What a file of a version holds, as the door in has it.
pub(super) fn content(repository: &Repository, path: &str, id: Id) -> Content {
    match repository.size(id) {
        Ok(size) => tree::content(path, size, || repository.bytes(id)),
        Err(reason) => Content::Refused(reason),
    }
}

/// The playbook of a commit that nobody tagged. `now` and `files` are of the working tree.
pub(super) fn of_commit(place: &Place, commit: &Commit, now: &Playbook, files: &Files) -> Option<Version> {
    let repository = place.open().ok()?;
    let tag = Tag { name: commit.id.to_string(), commit: commit.clone(), message: None };
    let listing = listing(&repository, &tag).ok()?;
    let mut shelf = Shelf::of(&repository, now, files);
    shelf.take_in(place, &repository, &listing.files);
    Some(shelf.make(&listing, &mut Assembly::default()).version(tag.name.clone(), tag, place))
}

/// Why nothing of a file can be read, if so: the first reason, without the advice of today.
fn flaw(document: &Document) -> Option<String> {
    let reason = document.problems.iter().find_map(|problem| match &problem.trouble {
        Trouble::Unreadable(reason) => Some(reason.split(": ").next().unwrap_or(reason).to_owned()),
        Trouble::Syntax(words) if document.is_unparsed() => Some(words.clone()),
        Trouble::MergeMarker if document.is_unparsed() => Some("a merge was left unfinished in it".to_owned()),
        _ => None,
    });
    reason.filter(|reason| !reason.is_empty())
}
