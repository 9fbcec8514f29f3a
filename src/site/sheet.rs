//! A page being written: everything a view asks for while it is made, seen from its address.
//!
//! Views call these and nothing else, so that links, hues and references are made in one way.

use super::html::Html;
use super::plan::{Page, Site};
use super::prose::{self, Prose};
use super::shelves::Shelf;
use super::views::parts::{Fact, Link, PersonMark, RoleMark, TeamMark};
use crate::model::field::{Datum, Resolved, Words, label};
use crate::model::kinds::role::{Person, Role};
use crate::model::kinds::team::{Team, hue};
use crate::model::saying::Speaker;
use crate::model::types::Ref;
use crate::model::{Base, Name, Playbook, Record};
use crate::route;
use jiff::civil::Date;

/// A page being written.
pub struct Sheet<'a> {
    /// The site it belongs to.
    pub site: &'a Site,
    /// Where it will stand in that site.
    pub address: &'a str,
    /// Where that site stands among all versions.
    pub shelf: &'a Shelf,
}

impl<'a> Sheet<'a> {
    /// The playbook.
    pub fn playbook(&self) -> &'a Playbook {
        &self.site.compiled.playbook
    }

    /// What today is.
    pub fn today(&self) -> Date {
        self.site.compiled.today
    }

    /// A link to an address, from here. The page for addresses that are none is served at any,
    /// so its links alone begin at the top of the host.
    pub fn href(&self, address: &str) -> String {
        if self.address == route::NOT_FOUND {
            return format!("{}{}", self.site.prefix(), route::encode(address.trim_start_matches('/')));
        }
        route::relative(self.address, address)
    }

    /// What stands at an address of its version.
    pub fn page(&self, address: &str) -> Option<&'a Page> {
        self.site.page(address).or_else(|| self.shelf.pages().get(address))
    }

    /// Whether anything stands at an address of its version.
    pub fn has(&self, address: &str) -> bool {
        self.page(address).is_some()
    }

    /// A link to an address of the whole site, which holds all versions, from here.
    pub fn outer_href(&self, address: &str) -> String {
        if self.address == route::NOT_FOUND {
            return self.href(address);
        }
        route::relative(&route::on_shelf(&self.shelf.folder, self.address), address)
    }

    /// A link to a record's page, from here; to the list of its kind where it has none.
    pub fn href_of(&self, name: &Name) -> String {
        self.href(self.site.address_of(name))
    }

    /// A record as a link.
    pub fn link(&self, name: &Name) -> Link {
        let label = self.playbook().base(name).map_or_else(|| name.id.clone(), |b| b.title.clone());
        Link { label, href: self.href_of(name) }
    }

    /// A record of a known kind as a link.
    pub fn link_ref<T>(&self, reference: &Ref<T>) -> Link {
        self.link(&reference.name)
    }

    /// A role beside its team's dot.
    pub fn role(&self, role: &Ref<Role>) -> RoleMark {
        self.role_mark(&self.playbook().roles[role])
    }

    /// The same of a record.
    pub fn role_mark(&self, role: &Record<Role>) -> RoleMark {
        let team = role.team.as_ref().map(|t| &self.playbook().teams[t]);
        RoleMark {
            label: role.title().to_owned(),
            href: self.href_of(&role.base.name),
            team: team.map_or_else(String::new, |t| t.title().to_owned()),
            hue: role.team.as_ref().map_or(0, |t| hue(t.at)),
        }
    }

    /// Several roles.
    pub fn roles(&self, roles: &[Ref<Role>]) -> Vec<RoleMark> {
        roles.iter().map(|r| self.role(r)).collect()
    }

    /// A team with its hue.
    pub fn team(&self, team: &Ref<Team>) -> TeamMark {
        self.team_mark(&self.playbook().teams[team])
    }

    /// The same of a record.
    pub fn team_mark(&self, team: &Record<Team>) -> TeamMark {
        TeamMark { label: team.title().to_owned(), href: self.href_of(&team.base.name), hue: self.team_hue(team.id()) }
    }

    /// The hue of a team by id: 1 to 8 in the order teams are written, 0 for none.
    pub fn team_hue(&self, id: &str) -> u8 {
        self.playbook().teams.iter().position(|t| t.id() == id).map_or(0, hue)
    }

    /// The hue of a role's team, 0 for none.
    pub fn role_hue(&self, role: &Ref<Role>) -> u8 {
        self.playbook().roles[role].team.as_ref().map_or(0, |t| hue(t.at))
    }

    /// A person.
    pub fn person(&self, person: &Ref<Person>) -> PersonMark {
        let link = self.link(&person.name);
        PersonMark { label: link.label, href: Some(link.href) }
    }

    /// Text with its references as links.
    pub fn words(&self, words: &Words) -> Html {
        prose::words(self, words)
    }

    /// The same where there may be none.
    pub fn words_of(&self, words: Option<&Words>) -> Option<Html> {
        words.map(|w| self.words(w))
    }

    /// Several texts.
    pub fn all_words(&self, list: &[Words]) -> Vec<Html> {
        list.iter().map(|w| self.words(w)).collect()
    }

    /// Text with its references as their plain words, for attributes and drawings.
    pub fn plain(&self, words: &Words) -> String {
        self.speaker().words(words)
    }

    /// A record's prose, typed blocks among it; nothing where it has none or it is empty.
    pub fn body(&self, base: &Base) -> Option<Prose> {
        prose::body(self, base).filter(|p| !p.pieces.is_empty())
    }

    /// What a reference in text says: its label, a fact of the record, or its title.
    pub fn saying(&self, resolved: &Resolved) -> String {
        self.speaker().saying(resolved)
    }

    /// A fact of a record in the reader's words: `[[offering:team-table#price]]`.
    pub fn fact(&self, name: &Name, key: &str) -> Option<String> {
        self.speaker().fact(name, key)
    }

    fn speaker(&self) -> Speaker<'a> {
        Speaker { playbook: self.playbook(), today: self.today() }
    }

    /// A field's value as markup, with its links.
    pub fn datum(&self, datum: &Datum) -> Html {
        prose::datum(self, datum)
    }

    /// A field's value as plain text.
    pub fn datum_text(&self, datum: &Datum) -> String {
        self.speaker().datum(datum)
    }

    /// A record's own fields as rows, those already shown elsewhere aside.
    pub fn facts(&self, base: &Base, without: &[&str]) -> Vec<Fact> {
        let shown = base.facts.iter().filter(|f| !without.contains(&f.key) && f.datum != Datum::Nothing);
        shown.map(|f| Fact { label: label(f.key), value: self.datum(&f.datum) }).collect()
    }

    /// A link as a row's value.
    pub fn linked(&self, name: &Name) -> Html {
        prose::anchor(&self.link(name))
    }
}
