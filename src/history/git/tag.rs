//! The tags of a repository: `refs/tags/` and nothing else, so that no branch is taken for one.

use super::{Commit, Id, Repository, told};
use gix::bstr::{BStr, ByteSlice};
use gix::glob::wildmatch::Mode;
use gix::objs::{Kind, TagRef};
use gix::refs::Target;

/// So many tags may stand for one another.
const LONGEST_CHAIN: usize = 16;

/// A tag of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What follows `refs/tags/`.
    pub name: String,
    /// The commit it stands for.
    pub commit: Commit,
    /// What its author says, where it has a message of its own.
    pub message: Option<String>,
}

/// The tags that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    /// Those of commits.
    pub good: Vec<Tag>,
    /// Those of which nothing can be made: their names, why, and what to do.
    pub bad: Vec<(String, String, String)>,
    /// How many there are that nobody asked for.
    pub others: usize,
}

/// Whether a pattern such as `v*` means a tag.
pub fn matches(pattern: &str, name: &str) -> bool {
    gix::glob::wildmatch(BStr::new(pattern), BStr::new(name), Mode::empty())
}

impl Repository {
    /// Every tag that is wanted, with the commit it stands for at last.
    pub fn tags(&self, wanted: impl Fn(&str) -> bool) -> Tags {
        let mut tags = Tags::default();
        // They are collected before any is followed: the list keeps the file of packed tags to itself.
        let mut listed: Vec<(String, Target)> = Vec::new();
        match self.git.references() {
            Ok(platform) => match platform.tags() {
                Ok(all) => all.for_each(|found| match found {
                    Ok(tag) => {
                        let name = tag.name().as_bstr().to_str_lossy();
                        listed.push((name.strip_prefix("refs/tags/").unwrap_or(&name).to_owned(), tag.detach().target));
                    }
                    Err(error) => tags.bad.push(self.unlisted(&error)),
                }),
                Err(error) => tags.bad.push(self.unlisted(&error)),
            },
            Err(error) => tags.bad.push(self.unlisted(&error)),
        }
        for (name, target) in listed {
            if !wanted(&name) {
                tags.others += 1;
                continue;
            }
            match self.followed(target).and_then(|id| self.peeled(id)) {
                Ok((commit, message)) => tags.good.push(Tag { name, commit, message }),
                Err(why) => tags.bad.push((name.clone(), why, self.remedy(&name))),
            }
        }
        tags
    }

    /// What mends a tag that leads nowhere.
    fn remedy(&self, name: &str) -> String {
        let fetch = if self.is_shallow() { "git fetch --unshallow --tags" } else { "git fetch --tags --force" };
        format!("run `{fetch}`, or take it away with `git tag -d {name}`")
    }

    /// The object that a reference names, through others that it may name instead.
    fn followed(&self, target: Target) -> Result<Id, String> {
        let mut target = target;
        for _ in 0..LONGEST_CHAIN {
            match target {
                Target::Object(id) => return Ok(Id(id)),
                Target::Symbolic(name) => {
                    let found = self.git.try_find_reference(name.as_ref()).map_err(|error| told(&error))?;
                    target = found.ok_or_else(|| "it stands for a name that is not there".to_owned())?.detach().target;
                }
            }
        }
        Err("it stands for itself".to_owned())
    }

    /// The commit that an object stands for at last, and the message of the first tag on the way.
    fn peeled(&self, id: Id) -> Result<(Commit, Option<String>), String> {
        let (mut id, mut message) = (id, None);
        for _ in 0..LONGEST_CHAIN {
            let object = self.git.find_object(id.0).map_err(|_| "what it stands for is not in this clone".to_owned())?;
            match object.kind {
                Kind::Commit => return self.commit(id).map(|commit| (commit, message)),
                Kind::Tree => return Err("it stands for a folder, not for a commit".to_owned()),
                Kind::Blob => return Err("it stands for a file, not for a commit".to_owned()),
                Kind::Tag => {
                    let tag = TagRef::from_bytes(&object.data, id.0.kind()).map_err(|error| told(&error))?;
                    let words = tag.message.to_str_lossy().trim().to_owned();
                    message = message.or(Some(words)).filter(|words| !words.is_empty());
                    id = Id(tag.target());
                }
            }
        }
        Err("it stands for a tag of a tag of a tag".to_owned())
    }

    /// What is said of a tag whose file cannot be read. Only the library's words say which it is.
    fn unlisted(&self, error: &gix::Error) -> (String, String, String) {
        let text = error.to_string();
        let name = text.split("refs/tags/").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("?").to_owned();
        let remedy = self.remedy(&name);
        (name, "its file is broken".to_owned(), remedy)
    }
}
