//! The theme: its templates parse and are used, and a project can lay its own over them, file by file.

use crate::support::{built, compiled, files_under, here, lay, none, pages, press, printed, run, said, sample, text};
use onside::render::Theme;
use std::collections::BTreeSet;
use std::path::Path;

/// No rule about what is missing may stand in the way of building it.
const PLAYBOOK: &str = "name = \"Themed\"\ndefault_owner = \"lead\"\ntheme = \"house\"\n[checks]\nunknown-reference = \"off\"\n";
/// The template that every playbook needs, and where its page is.
const TEMPLATE: &str = "themes/house/templates/pages/404.html";

fn themed(files: &[(&str, &str)]) -> tempfile::TempDir {
    lay(&[&[("content/playbook.toml", PLAYBOOK)], files].concat())
}

/// The page of a themed project, or why there is none.
fn page_of(root: &Path) -> Result<String, String> {
    let press = press(root, Theme::of_project(root, "house")?, None)?;
    let bytes = press.render("/404.html")?.ok_or("there is no such page")?;
    Ok(text(&bytes))
}

#[test]
fn every_template_and_component_is_used() {
    let folder = here().join("themes/default/templates");
    let templates: Vec<(String, String)> = files_under(&folder)
        .into_iter()
        .map(|path| (path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    let code: String = files_under(&here().join("src/render")).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let all: String = templates.iter().map(|(_, text)| text.as_str()).collect();
    let mut faults = Vec::new();
    for (name, text) in &templates {
        let quoted = format!("\"{name}\"");
        let components: Vec<&str> = text.split("{% component ").skip(1).filter_map(|rest| rest.split('(').next()).map(str::trim).collect();
        let printed = components
            .iter()
            .filter(|c| all.contains(&format!("<{c} ")) || all.contains(&format!("<{c}/>")) || code.contains(&format!("component(\"{c}\"")))
            .count();
        if components.is_empty() && !code.contains(&quoted) && !all.contains(&quoted) {
            faults.push(format!("{name} is used by nothing"));
        }
        if printed < components.len() {
            faults.push(format!("{name}: of {} only {printed} are used", components.join(", ")));
        }
    }
    none(faults);
}

#[test]
fn whatever_the_theme_ships_is_loaded_by_some_page() {
    let mut words: String = pages(sample()).iter().map(|page| page.html.html()).collect();
    words.extend(sample().iter().filter(|(path, _)| path.ends_with(".css") || path.ends_with(".js")).map(|(_, bytes)| text(bytes)));
    let licences = |name: &&str| name.starts_with("fonts/") && name.ends_with(".txt");
    let shipped = sample().keys().filter_map(|path| path.strip_prefix("theme/")).filter(|name| !licences(name));
    none(shipped.filter(|name| !words.contains(name)).map(|name| format!("theme/{name} is loaded by no page")));
}

#[test]
fn a_projects_template_takes_the_place_of_the_defaults() {
    let project = themed(&[(TEMPLATE, "<!doctype html><title>t</title><h1>{{ view.title }} in the house</h1>")]);
    assert_eq!(page_of(project.path()).unwrap(), "<!doctype html><title>t</title><h1>There is no page here in the house</h1>");
    let plain = themed(&[("themes/house/css/zz.css", "h1 { color: teal }\n")]);
    assert!(page_of(plain.path()).unwrap().contains("<main"), "everything else is the default's");
}

#[test]
fn a_projects_template_can_extend_the_defaults_of_its_own_name() {
    let extended = "{% extends \"default/pages/404.html\" %}\n{% block title %}{{ super() }}, extended{% endblock %}\n";
    let project = themed(&[(TEMPLATE, extended)]);
    let html = page_of(project.path()).unwrap();
    assert!(html.contains("<h1>There is no page here, extended</h1>"), "{html}");
    assert!(html.contains("The link may be old"), "the rest is the default's");
}

#[test]
fn a_projects_base_reaches_the_defaults_pages() {
    let extended = "{% extends \"default/base/document.html\" %}\n{% block header %}<p>The house</p>{{ super() }}{% endblock %}\n";
    let project = themed(&[("themes/house/templates/base/document.html", extended)]);
    assert!(page_of(project.path()).unwrap().contains("<p>The house</p>"));
}

#[test]
fn a_projects_styles_scripts_and_pictures_lie_over_the_defaults() {
    let project = themed(&[
        ("themes/house/css/zz-house.css", "h1 { color: teal }\n"),
        ("themes/house/css/print.css", "/* ours */\n"),
        ("themes/house/icons/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let theme = Theme::of_project(project.path(), "house").unwrap();
    let site = printed(&press(project.path(), theme, None).unwrap());
    let css = text(&site["theme/onside.css"]);
    assert!(css.contains("teal"), "a file of its own is added");
    assert!(!css.contains("@media print {\n    .top"), "the default's print.css is replaced");
    assert_eq!(text(&site["theme/icons/favicon.svg"]), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
}

#[test]
fn a_template_that_cannot_be_used_is_named_with_the_page_or_the_line() {
    let cases = [
        ("{% include \"pages/404.html\" %}", "pages/404.html"),
        ("{% extends \"pages/404.html\" %}", "pages/404.html"),
        ("<h1>{{ view.title </h1>", "404.html"),
        ("{% if view.title %}<h1>", "404.html"),
        ("{{ view.no_such_field }}", "no_such_field"),
        ("{% include \"no/such.html\" %}", "no/such.html"),
        ("{{ <no_such_component/> }}", "no_such_component"),
    ];
    for (text, named) in cases {
        let project = themed(&[(TEMPLATE, text)]);
        let words = page_of(project.path()).expect_err(text);
        assert!(words.contains(named), "`{text}` gives: {words}");
        let output = run(project.path(), &["build"]);
        assert_eq!(output.status.code(), Some(2), "{text}: {}", said(&output));
        assert!(said(&output).contains(named) && !said(&output).contains("panicked"), "{text}: {}", said(&output));
        assert!(!project.path().join("site").exists(), "{text}: nothing is published");
    }
}

#[test]
fn a_themes_name_is_a_folder_under_themes_and_nothing_else() {
    let project = themed(&[]);
    for name in ["", ".", "..", "../content", "a/b", "/etc", "house\0", "default\n"] {
        let words = Theme::of_project(project.path(), name).map(|_| ()).expect_err(name);
        assert!(words.contains("theme"), "{name}: {words}");
    }
    let words = Theme::of_project(project.path(), "house").map(|_| ()).expect_err("it is not there");
    assert!(words.contains("themes/house") && words.contains("content/playbook.toml"), "{words}");
}

#[cfg(unix)]
#[test]
fn a_themes_links_are_refused() {
    let project = themed(&[("themes/house/css/own.css", "h1 { color: teal }\n")]);
    std::os::unix::fs::symlink("/etc/passwd", project.path().join("themes/house/icons.svg")).unwrap();
    let words = Theme::of_project(project.path(), "house").map(|_| ()).expect_err("a link");
    assert!(words.contains("themes/house/icons.svg") && words.contains("symbolic link"), "{words}");
}

#[test]
fn what_content_says_never_runs_in_a_template() {
    let page = "# {{ 7 * 7 }} {% raw %}\n\n{{ frame.title }} {% include \"base/page.html\" %} {# note #}\n\n| {{ a }} | b |\n| --- | --- |\n| {% if %} | {{ 7 * 7 }} |\n";
    let project = lay(&[
        ("content/playbook.toml", "name = \"{{ 7 * 7 }}\"\ndefault_owner = \"lead\"\n[checks]\nunknown-reference = \"off\"\n"),
        ("content/pages/a-page.md", page),
    ]);
    assert!(!compiled(project.path()).findings.has_errors());
    let site = built(project.path(), None);
    let html = text(&site["pages/a-page/index.html"].clone());
    let shown: BTreeSet<bool> =
        ["{{ 7 * 7 }}", "{{ frame.title }}", "{% if %}", "{# note #}"].iter().map(|words| html.contains(words)).collect();
    assert_eq!(shown, BTreeSet::from([true]), "{html}");
    assert!(!html.contains(">49"), "nothing was computed");
}
