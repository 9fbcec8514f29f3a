//! A search that does not lead where the playbook says it must.

use crate::check::{Rule, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::kinds::page::Expect;
use crate::model::{Name, Record};
use crate::search::contracts::Judged;

/// The rule. PEERS point 6: nixos-search#1462 changed its ranking twice because nobody had written down what a search must find.
pub const RULE: Rule = Rule {
    name: "search-contract",
    level: Level::Error,
    why: "somebody who types this has a customer on the phone, and is led elsewhere",
    page: include_str!("search_contract.md"),
    find,
};

fn find(run: &Run<'_>) -> Vec<Finding> {
    let broken = run.searches.iter().filter(|judged| !judged.leads || !judged.answers);
    broken.filter_map(|judged| Some(finding(run, judged, run.playbook.expects.get(&judged.id)?))).collect()
}

fn finding(run: &Run<'_>, judged: &Judged, contract: &Record<Expect>) -> Finding {
    let query = contract.query.as_ref();
    let span = query.map_or(contract.base.place, |query| query.span);
    let asked = query.map_or("", |query| query.value.as_str());
    let title = |name: &Name| run.playbook.base(name).map_or_else(|| name.id.clone(), |base| base.title.clone());
    let wanted = if judged.leads { contract.card.as_ref() } else { contract.top.as_ref() };
    let target = wanted.map_or_else(String::new, |wanted| title(&wanted.name));
    let (message, label) = if judged.leads {
        let instead = judged.card.as_ref().map_or_else(|| "no card".to_owned(), |card| format!("a card for `{}`", title(card)));
        (format!("a search for `{asked}` is not answered by `{target}`"), format!("it gets {instead}"))
    } else {
        let place = judged.rank.map_or_else(|| "not among the first ten".to_owned(), |rank| format!("in place {rank}"));
        let first = judged.first.as_ref().map_or_else(|| "nothing is found".to_owned(), |first| format!("`{first}` is first"));
        let within = if judged.within > 1 { format!(" within {}", judged.within) } else { String::new() };
        (format!("a search for `{asked}` does not lead to `{target}`{within}"), format!("it is {place}; {first}"))
    };
    let finding = Finding::at(span, message).label(label).help(help(wanted.map(|w| &w.name), asked, judged)).of(&contract.base.name);
    match wanted.and_then(|wanted| run.playbook.base(&wanted.name)) {
        Some(base) => finding.also(base.title_span, "where it must lead"),
        None => finding,
    }
}

/// What would make it found, by the kind of record.
fn help(wanted: Option<&Name>, asked: &str, judged: &Judged) -> String {
    use crate::model::Kind;
    // A card is made of typed facts: no word that is added elsewhere brings one.
    if judged.leads {
        let told = match wanted.map(|name| name.kind) {
            Some(Kind::Role) => "`ask_me_about`, `authority` or title",
            Some(Kind::Handoff) => "promises in `sla`",
            _ => "title or old names",
        };
        return format!("write what is asked for into its {told}, or correct the search");
    }
    let way = match wanted.map(|name| name.kind) {
        Some(Kind::Role) => format!("write what people ask in the role's `ask_me_about`, such as \"{asked}\""),
        Some(Kind::Page | Kind::Area) => format!("write the question in the page's `answers`, such as \"{asked}\""),
        Some(Kind::Term) => "write what people say in the word's `synonyms`, in `retired` if they should not".to_owned(),
        Some(Kind::Offering) => "write what it was called in the offering's `formerly`".to_owned(),
        _ => "add a word of the search to its title, its summary or its `tags`".to_owned(),
    };
    way + ", or correct the search"
}
