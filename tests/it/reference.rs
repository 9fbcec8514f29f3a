//! The reference: the repository's page of every kind and field is what the declarations say, and so is the site's.

use crate::support::{here, sample, text};
use onside::export::reference;
use onside::model::Kind;
use onside::model::reference::{common, own};
use scraper::{Html, Selector};

#[test]
fn the_page_in_docs_is_todays() {
    let path = here().join("docs/reference.md");
    let today = reference::page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &today).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written == today, "docs/reference.md is of yesterday: run this test with UPDATE=1");
}

#[test]
fn the_sites_page_has_every_kind_and_every_field() {
    let page = Html::parse_document(&text(&sample()["reference/index.html"]));
    let rows = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    let fields: usize = Kind::ALL.into_iter().map(|kind| own(kind).len()).sum::<usize>() + common().len();
    assert_eq!(rows(".fields tbody tr"), fields);
    assert_eq!(rows(".jumps a"), Kind::ALL.len() + 1);
    for kind in Kind::ALL {
        assert_eq!(rows(&format!("h2#{}", kind.word())), 1, "{}", kind.word());
    }
    let required = Kind::ALL.into_iter().flat_map(own).chain(common()).filter(|row| row.required).count();
    assert_eq!(rows(".fields th b"), required);
}

#[test]
fn a_table_in_a_field_is_told_down_to_its_last_key() {
    let keys: Vec<String> = own(Kind::Stage).into_iter().map(|row| row.key).collect();
    for key in ["exit", "exit.evidence", "buyer.doing"] {
        assert!(keys.iter().any(|k| k == key), "{key} is missing: {keys:?}");
    }
}
