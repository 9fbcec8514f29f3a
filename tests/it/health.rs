//! The page on health: whose what is, in which order, and a score that anyone can count again.

use crate::support::{compiled, lay, pages, press, printed, run, said, text};
use onside::diagnostic::Level;
use onside::render::Theme;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use std::collections::BTreeSet;
use tempfile::TempDir;

const PLAYBOOK: &str = "name = \"Small\"\ndefault_owner = \"head\"\n[checks]\nno-escalation = \"off\"\n";
const PEOPLE: &str = "\
[[team]]
id = \"all\"
title = \"All\"
lead = \"head\"

[[role]]
id = \"head\"
title = \"Head\"
team = \"all\"
holders = [\"edda\"]

[[role]]
id = \"desk\"
title = \"Desk\"
team = \"all\"
holders = [\"kofi\"]
backup = \"head\"

[[role]]
id = \"porter\"
title = \"Porter\"
team = \"all\"

[[person]]
id = \"edda\"
name = \"Edda Voss\"

[[person]]
id = \"kofi\"
name = \"Kofi Lang\"
until = 2026-03-02
";
const WORDS: &str = "\
[[term]]
id = \"visit\"
title = \"Visit\"
definition = \"TODO\"

[[term]]
id = \"lead\"
title = \"Lead\"
definition = \"TODO\"
owner = \"desk\"

[[term]]
id = \"room\"
title = \"Room\"
definition = \"Where plants stand.\"
reviewed = 2026-03-01
review_every = \"6 months\"

[[term]]
id = \"desk\"
title = \"Desk\"
definition = \"Where people sit.\"
reviewed = 2026-07-12
review_every = \"5 months\"

[[term]]
id = \"window\"
title = \"Window\"
definition = \"Where light comes in.\"
review_every = \"1 year\"
";
const WORK: &str = "\
[[area]]
id = \"care\"
title = \"Care\"
why = \"Plants live.\"
sides = [{ team = \"all\", says = \"We water.\" }]

[[activity]]
id = \"water\"
title = \"Water the plants\"
area = \"care\"
why = \"They live.\"
accountable = \"desk\"
responsible = [\"head\"]

[[activity]]
id = \"prune\"
title = \"Prune the plants\"
area = \"care\"
accountable = \"head\"
responsible = [\"head\"]
";

/// Words that are not decided, one that two pages use and one that one uses; a keeper who left; reviews of three ages.
pub fn unwell() -> TempDir {
    let page = |title: &str, words: &str| format!("---\ntitle: {title}\n---\n\n{words}\n");
    let (first, second) = (page("First", "A [[term:lead]] and a [[term:visit]] in a [[term:room]]."), page("Second", "A [[term:lead]]."));
    lay(&[
        ("content/playbook.toml", PLAYBOOK),
        ("content/people.toml", PEOPLE),
        ("content/terms.toml", WORDS),
        ("content/work.toml", WORK),
        ("content/pages/first.md", &first),
        ("content/pages/second.md", &second),
    ])
}

fn page_at(folder: &TempDir, path: &str) -> Html {
    let site = printed(&press(folder.path(), Theme::embedded(), None).unwrap());
    pages(&site).into_iter().find(|p| p.path == path).unwrap_or_else(|| panic!("there is no {path}")).html
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn each(html: &Html, selector: &str) -> Vec<String> {
    all(html, selector).into_iter().map(words).collect()
}

#[test]
fn everything_open_stands_with_who_keeps_it_and_what_most_depends_on_first() {
    let folder = unwell();
    let html = page_at(&folder, "health/index.html");
    let findings = compiled(folder.path()).findings;
    let open = findings.all().iter().filter(|f| f.level >= Level::Warning).count();
    assert_eq!(all(&html, "[aria-labelledby=findings] .open-rows > li").len(), open, "{:#?}", findings.all());
    let owners: Vec<&str> = all(&html, "[aria-labelledby=findings] h3").into_iter().filter_map(|h| h.attr("id")).collect();
    assert_eq!(owners, ["role-head", "role-desk"], "a role that others report to or name is asked for first");
    let desk = each(&html, "[aria-labelledby=role-desk] .open-rows > li");
    assert_eq!(desk, ["`definition` is not decided yet Lead undecided 2 depend on it".replace('`', "")]);
    let link = all(&html, "[aria-labelledby=role-desk] .under a").into_iter().filter_map(|a| a.attr("href")).collect::<Vec<_>>();
    assert_eq!(link, ["../terms/lead/", "../checks/undecided/"]);
    let undecided = each(&html, "[aria-labelledby=undecided] .open-rows > li");
    assert_eq!(undecided.len(), 2);
    assert!(undecided[0].contains("Lead") && undecided[0].contains("Desk (All)"), "{undecided:?}");
    assert!(undecided[1].contains("Visit") && undecided[1].contains("Head (All)") && undecided[1].ends_with("1 depends on it"));
}

#[test]
fn reviews_stand_by_month_and_empty_chairs_with_what_waits() {
    let html = page_at(&unwell(), "health/index.html");
    assert_eq!(each(&html, "[aria-labelledby=reviews] h3"), ["Overdue 1 review"]);
    assert_eq!(each(&html, ".keeper .dues li"), ["Room 1 September 2026, 2 months ago Head (All) 1 depends on it"]);
    assert_eq!(each(&html, ".month > summary"), ["December 2026 1 review"]);
    assert_eq!(each(&html, ".month li"), ["Desk 12 December Head (All)"]);
    assert_eq!(each(&html, ".never > summary"), ["1 record was never reviewed, though it is said how often"]);
    let chairs = each(&html, "[aria-labelledby=vacant] .open-rows > li");
    assert_eq!(chairs.len(), 2, "{chairs:?}");
    assert!(
        chairs[0].starts_with("Desk (All) Kofi Lang left on 2 March 2026 Head (All) stands in Answers for Water the plants"),
        "{chairs:?}"
    );
    assert!(chairs[1].starts_with("Porter (All) Answers for no activity"), "{chairs:?}");
    let lead = each(&html, ".head .lead");
    assert!(lead[0].contains("one review is overdue , two roles are vacant , two things are not decided ."), "{lead:?}");
}

#[test]
fn a_records_page_tells_its_editors_what_is_open_in_it() {
    let folder = unwell();
    let lead = page_at(&folder, "terms/lead/index.html");
    assert_eq!(each(&lead, ".to-mend summary"), ["1 finding for its editors"]);
    assert_eq!(each(&lead, ".to-mend li"), ["definition is not decided yet"]);
    assert_eq!(all(&lead, ".to-mend a")[0].attr("href"), Some("../../health/#role-desk"));
    assert!(all(&page_at(&folder, "pages/second/index.html"), ".to-mend").is_empty());
}

/// What the page says of an overlap, against what a stranger counts in the findings.
fn recount(html: &Html, overlap: &Value, findings: &[Value]) -> (u64, u64) {
    let name = overlap["name"].as_str().unwrap();
    let id = name.to_lowercase().replace(' ', "-");
    let rows = each(html, &format!("li:has(> #{id}) tbody tr"));
    let (mut of, mut open) = (0, 0);
    for (at, rule) in overlap["rules"].as_array().unwrap().iter().enumerate() {
        let kinds: Vec<&str> = rule["kinds"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let counts = |f: &&Value| f["rule"] == rule["rule"] && f["level"] != "hint";
        let records: BTreeSet<&str> = findings.iter().filter(counts).filter_map(|f| f["record"].as_str()).collect();
        let found = records.into_iter().filter(|record| kinds.contains(&record.split(':').next().unwrap())).count() as u64;
        assert_eq!(rule["open"].as_u64(), Some(found), "{name}: {rule}");
        of += rule["of"].as_u64().unwrap();
        open += found;
        if overlap["of"].as_u64() > Some(0) {
            assert!(rows[at].starts_with(rule["rule"].as_str().unwrap()), "{rows:?}");
            assert!(rows[at].ends_with(&format!("{} {found}", rule["of"])), "{rows:?}");
        }
    }
    assert_eq!((overlap["of"].as_u64(), overlap["held"].as_u64()), (Some(of), Some(of - open)), "{name}");
    let share = each(html, &format!("li:has(> #{id}) .share"));
    let said = (of - open).checked_mul(100).and_then(|n| n.checked_div(of)).map(|n| format!("{n} % {} of {of}", of - open));
    assert_eq!(share, [said.unwrap_or_else(|| "Nothing to judge yet".to_owned())]);
    (of - open, of)
}

#[test]
fn the_score_is_what_anyone_counts_in_the_json() {
    let folder = unwell();
    let output = run(folder.path(), &["check", "--format", "json", "--as-of", "2026-11-02"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(&output)));
    let html = page_at(&folder, "health/index.html");
    let findings = document["findings"].as_array().unwrap();
    let counted = document["alignment"].as_array().unwrap().iter().map(|overlap| recount(&html, overlap, findings));
    let (held, of) = counted.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(0 < held && held < of, "{held} of {of}: something holds and something is open");
    let total = each(&html, ".page-health .standing");
    assert_eq!(total, [format!("{} % {held} of {of} hold", held * 100 / of)]);
}

#[test]
fn a_playbook_of_prose_has_a_short_page() {
    let folder = lay(&[("content/playbook.toml", "name = \"Prose\"\n"), ("content/pages/a.md", "# A page\n\nWords.\n")]);
    let site = printed(&press(folder.path(), Theme::embedded(), None).unwrap());
    let html = Html::parse_document(&text(&site["health/index.html"]));
    assert_eq!(each(&html, ".overlaps .share").iter().filter(|s| *s == "Nothing to judge yet").count(), 4);
    assert_eq!(each(&html, "[aria-labelledby=vacant] .quiet"), ["No role is written down yet."]);
    assert_eq!(each(&html, "[aria-labelledby=undecided] .quiet"), ["Nothing is left to decide."]);
    assert_eq!(each(&html, "[aria-labelledby=reviews] .quiet"), ["No record says how often it is to be reviewed."]);
}
