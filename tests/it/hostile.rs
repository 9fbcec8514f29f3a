//! Bad input: what no careful author writes, and every file, folder and text that a tired or a wicked one could.
//!
//! Three promises: never a panic; an error names its file and place, and leaves the last good site alone; what content says
//! becomes text and never markup, judged by a browser's parser.

use crate::support::{
    Built, Dice, LONELY, TODAY, built, compiled, copy_of_sample, elements, files_under, here, lay, lonely, none, onside, pages, prints,
    project, put, room, run, said, sample, text,
};
use onside::compile::{Compiled, compile};
use onside::diagnostic::Span;
use onside::model::Kind;
use onside::model::field::{Field, Shape};
use onside::model::playbook::fields_of;
use onside::source::markdown::BLOCKS;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// No build of one bad file may take longer, on a slow machine and unoptimised.
const PATIENCE: Duration = Duration::from_secs(20);

/// A file that nobody should write: its path, its bytes, the exit code, and what is said of it.
type Bad = (&'static str, Vec<u8>, i32, &'static str);

fn bad_files() -> Vec<Bad> {
    let page = "content/pages/bad.md";
    let words = "content/terms.toml";
    let of = |text: String| text.into_bytes();
    vec![
        (page, of("x".repeat(1_000_000)), 0, ""),
        (page, of(format!("{}deep", "> ".repeat(3_000))), 0, ""),
        (page, of(format!("{}deep", "- ".repeat(3_000))), 0, ""),
        (page, of("[".repeat(50_000)), 0, ""),
        (page, of("[[".repeat(20_000)), 0, ""),
        (page, of("[[term:".repeat(20_000)), 0, ""),
        (page, of("[a](".repeat(20_000)), 0, ""),
        (page, of("*a **b ".repeat(20_000)), 0, ""),
        (page, of("`".repeat(50_000)), 0, ""),
        (page, of("<".repeat(50_000)), 0, ""),
        (page, of("<!--".repeat(20_000)), 0, ""),
        (page, of("&".repeat(50_000)), 0, ""),
        (page, of("[^a]".repeat(20_000) + "\n\n[^a]: note [^a]\n"), 0, ""),
        (page, of("| a ".repeat(5_000) + "|\n" + &"| - ".repeat(5_000) + "|\n" + &"|\n".repeat(2_000)), 0, ""),
        (page, of("# a\n".repeat(5_000)), 0, ""),
        (page, of("> [!NOTE]\n> a\n\n".repeat(3_000)), 0, ""),
        (page, of("```quiz\n".repeat(3_000)), 0, ""),
        (page, b"# Title\n\n\xff\xfe and more\n".to_vec(), 0, page),
        (page, b"# Title\0\n\nwords\0\n".to_vec(), 0, ""),
        (page, of("+++\ntitle = \"Never closed\"\n\nwords\n".to_owned()), 0, page),
        (page, of("---\na: &a [*a, *a]\nb: *b\n---\nwords\n".to_owned()), 0, ""),
        (page, of(format!("---\n{}\n---\nwords\n", "a: ".repeat(3_000))), 0, ""),
        (page, of(format!("---\na: {}\n---\nwords\n", "[".repeat(3_000))), 0, ""),
        (page, of("---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g]\n---\nwords\n".to_owned()), 0, ""),
        (page, of("# Title\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n".to_owned()), 1, page),
        (page, Vec::new(), 0, ""),
        (words, b"\xff\xfe[\0[\0t\0e\0r\0m\0]\0]\0".to_vec(), 1, words),
        (words, b"[[term]]\nid = \"a\"\ntitle = \"A\0B\"\n".to_vec(), 1, words),
        (words, of(format!("a = {}", "[".repeat(5_000))), 1, words),
        (words, of(format!("a = {}", "{ b = ".repeat(5_000))), 1, words),
        (words, of(format!("[{}]", "a.".repeat(5_000) + "a")), 1, words),
        (words, of(format!("{} = 1", "a.".repeat(5_000) + "a")), 1, words),
        (words, of("[[term]]\nid = \"a\"\ntitle = \"A\"\ndefinition = \"\"\"never closed\n".to_owned()), 1, words),
        (words, of("[[term]]\n".repeat(3_000)), 1, words),
        (words, of("[[term]]\nid = \"A B\"\ntitle = \"A\"\ndefinition = \"a\"\n".to_owned()), 1, words),
        (words, of(format!("[[term]]\nid = \"{}\"\ntitle = \"A\"\ndefinition = \"a\"\n", "a".repeat(5_000))), 1, words),
        (words, of("[[term]]\nid = \"../../a\"\ntitle = \"A\"\ndefinition = \"a\"\n".to_owned()), 1, words),
        (words, of("[[nonsense]]\nid = \"a\"\n".to_owned()), 1, words),
        (words, of("not toml at all".to_owned()), 1, words),
        ("content/roles/bad.md", of("+++\ntitle = \"Bad\"\n".to_owned()), 1, "content/roles/bad.md"),
        ("content/series/visits.csv", of("day,count\n2026-01-01,4\n".to_owned()), 1, "content/series/visits.csv"),
        ("content/series/visits.csv", of("date,value\n2026-13-41,many\n\"never closed".to_owned()), 1, "content/series/visits.csv"),
        ("content/playbook.toml", of("name = ".to_owned()), 1, "content/playbook.toml"),
        ("content/playbook.toml", of("name = 4\n".to_owned()), 1, "content/playbook.toml"),
        ("content/pictures/bad.svg", of("<svg onload=\"alert(1)\"/>".to_owned()), 1, "content/pictures/bad.svg"),
    ]
}

const METRIC: &str = "[[metric]]\nid = \"visits\"\ntitle = \"Visits\"\ndefinition = \"Those who came.\"\nsource = \"log\"\nunit = \"count\"\ndirection = \"up\"\nowner = \"lead\"\n\n[[tool]]\nid = \"log\"\ntitle = \"Log\"\n";

#[test]
fn a_bad_file_is_named_and_the_last_good_site_stays() {
    let folder = lonely();
    let root = folder.path();
    put(root, "content/metrics.toml", METRIC);
    let first = run(root, &["build"]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let mut faults = Vec::new();
    for (path, bytes, code, named) in bad_files() {
        let good = std::fs::read(root.join(path)).ok();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        put(root, path, &bytes);
        let before = prints(&root.join("site"));
        let begun = Instant::now();
        let output = run(root, &["build"]);
        let words = said(&output);
        if output.status.code() != Some(code) {
            faults.push(format!(
                "{path} `{shown}`: exit {:?} for {code}: {}",
                output.status.code(),
                words.chars().take(600).collect::<String>()
            ));
        }
        if !words.contains(named) {
            faults.push(format!("{path} `{shown}`: `{named}` is not named in: {}", words.chars().take(600).collect::<String>()));
        }
        if code == 1 && prints(&root.join("site")) != before {
            faults.push(format!("{path} `{shown}`: the site changed"));
        }
        if begun.elapsed() > PATIENCE {
            faults.push(format!("{path} `{shown}`: took {:?}", begun.elapsed()));
        }
        if words.len() > 4_000_000 {
            faults.push(format!("{path} `{shown}`: {} bytes of message", words.len()));
        }
        match good {
            Some(good) => put(root, path, good),
            None => std::fs::remove_file(root.join(path)).unwrap(),
        }
    }
    none(faults);
}

#[test]
fn folders_that_are_no_playbook_are_told_apart() {
    type Case<'a> = (&'a [(&'a str, &'a str)], i32, &'a str);
    let cases: [Case<'_>; 6] = [
        (&[("readme.txt", "nothing here")], 2, "content"),
        (&[("content/pages/.keep", "")], 2, "content/playbook.toml"),
        (&[("content", "a file")], 2, "content"),
        (&[("content/playbook.toml", LONELY)], 1, "content/playbook.toml"),
        (&[("content/playbook.toml", "")], 1, "content/playbook.toml"),
        (&[("content/pages/a.md", "# A\n")], 2, "playbook.toml"),
    ];
    for (files, code, named) in cases {
        let folder = lay(files);
        let root = folder.path().to_str().unwrap();
        for command in ["check", "build"] {
            let output = run(folder.path(), &[command, "--root", root]);
            assert_eq!(output.status.code(), Some(code), "{files:?}, {command}: {}", said(&output));
            assert!(said(&output).contains(named), "{files:?}, {command}: {}", said(&output));
        }
    }
}

#[test]
fn case_twins_are_both_named() {
    let folder = lonely();
    put(folder.path(), "content/pages/Guide.md", "# One\n");
    put(folder.path(), "content/pages/guide.md", "# Other\n");
    let output = run(folder.path(), &["check"]);
    let words = said(&output);
    assert!(words.contains("content/pages/Guide.md") && words.contains("content/pages/guide.md"), "{words}");
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_named_and_never_followed() {
    use std::os::unix::fs::symlink;
    let secret = lay(&[("secret.md", "# The canary sings\n"), ("folder/secret.md", "# The canary sings\n")]);
    let at = |name: &str| secret.path().join(name);
    type Lay<'a> = (&'a str, &'a dyn Fn(&Path));
    let lays: [Lay<'_>; 6] = [
        ("content/pages/out.md", &|to| symlink(at("secret.md"), to).unwrap()),
        ("content/pages/folder", &|to| symlink(at("folder"), to).unwrap()),
        ("content/pages/loop", &|to| symlink("..", to).unwrap()),
        ("content/pages/nowhere.md", &|to| symlink("no-such-file", to).unwrap()),
        ("content/pages/inside.md", &|to| symlink("../playbook.toml", to).unwrap()),
        ("content/pages/pipe.md", &|to| {
            assert!(std::process::Command::new("mkfifo").arg(to).status().unwrap().success());
        }),
    ];
    for (path, lay_it) in lays {
        let folder = lonely();
        put(folder.path(), "content/pages/fine.md", "# Fine\n");
        lay_it(&folder.path().join(path));
        let output = run(folder.path(), &["build"]);
        let words = said(&output);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{path}: {:?}: {words}", output.status.code());
        assert!(words.contains(path), "{path} is not named: {words}");
        let site = folder.path().join("site");
        let leaked = files_under(&site).into_iter().filter(|f| String::from_utf8_lossy(&std::fs::read(f).unwrap()).contains("canary"));
        none(leaked.map(|f| format!("{path}: {} shows what the link leads to", f.display())));
    }
}

#[cfg(unix)]
#[test]
fn a_content_folder_that_is_a_link_is_refused() {
    let other = lonely();
    let folder = room();
    std::os::unix::fs::symlink(other.path().join("content"), folder.path().join("content")).unwrap();
    let output = run(folder.path(), &["build", "--root", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("symbolic link"), "{}", said(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_other_machines_could_not_hold_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = lonely();
    let pages = folder.path().join("content/pages");
    std::fs::create_dir_all(&pages).unwrap();
    let names: [&[u8]; 7] = [
        b"not-utf-\xff.md",
        b"line\nbreak.md",
        b"bell\x07.md",
        b"<img src=x onerror=alert(1)>.md",
        b"a&b \"c\" 'd'.md",
        b"100%.md",
        b"CON.md",
    ];
    for name in names {
        std::fs::write(pages.join(std::ffi::OsStr::from_bytes(name)), "# A page\n\nWords.\n").unwrap();
    }
    std::fs::write(pages.join(format!("{}.md", "n".repeat(250))), "# Long\n").unwrap();
    put(
        folder.path(),
        "content/words.toml",
        "[[term]]\nid = \"a\"\ntitle = \"\\u001b[31mred\"\n\"\\u001b[2J\" = 4\nowner = \"\\u001b[2J\"\n",
    );
    let output = run(folder.path(), &["check", "--hints"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    for told in ["not UTF-8", "control character", "longer than 250 bytes"] {
        assert!(said(&output).contains(told), "{told}: {}", said(&output));
    }
    let raw = said(&output).chars().find(|c| c.is_control() && *c != '\n');
    assert!(raw.is_none(), "{raw:?} reaches the terminal, which may obey it: {:?}", said(&output));
    markup_is_ours("names", &built(folder.path(), None));
}

#[test]
fn windows_line_ends_and_byte_order_marks_change_nothing() {
    let folder = copy_of_sample(false);
    for path in files_under(folder.path()) {
        if let Ok(text) = std::fs::read_to_string(&path) {
            std::fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        }
    }
    let site = built(folder.path(), Some(crate::support::BASE_URL));
    let differ = sample().iter().filter(|(path, bytes)| site.get(*path) != Some(bytes) && !path.starts_with("files/"));
    none(differ.map(|(path, _)| format!("{path} differs")));
}

#[test]
fn two_thousand_pages_are_built() {
    let folder = lonely();
    for n in 0..2_000 {
        let text = format!("# Page {n}\n\nTo the [next](page-{:04}.md) and [[page:page-0000]].\n", (n + 1) % 2_000);
        put(folder.path(), &format!("content/pages/page-{n:04}.md"), text);
    }
    let output = run(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output).chars().take(2_000).collect::<String>());
    assert_eq!(files_under(&folder.path().join("site/pages")).len(), 2_001, "a page each, and their list");
}

#[test]
fn a_thousand_rows_for_segments_are_checked_at_once() {
    let folder = lonely();
    let (mut segments, mut rows) = (String::new(), String::new());
    for n in 0..1000 {
        segments.push_str(&format!("[[segment]]\nid = \"s{n}\"\ntitle = \"Segment {n} of many\"\n"));
        rows.push_str(&format!("| Answer | It waits. | {} | Lead | Segment {n} of many |\n", if n == 999 { "" } else { "Lead" }));
        rows.push_str(&format!("| Answer {n} | It waits. | Lead | Lead | |\n"));
    }
    put(folder.path(), "content/segments.toml", segments);
    let head = "+++\ntitle = \"All\"\n+++\n\n| Activity | Why | A | R | For |\n|---|---|---|---|---|\n";
    put(folder.path(), "content/responsibilities/all.md", format!("{head}{rows}"));
    let begun = Instant::now();
    let output = run(folder.path(), &["check"]);
    assert!(said(&output).contains("nobody is accountable for `Answer` with `Segment 999 of many`"), "{}", said(&output));
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
}

#[test]
fn a_reader_who_goes_away_is_no_panic() {
    let mut child = onside(&here())
        .args(["explain", "--all"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!said(&output).contains("panicked"), "{}", said(&output));
    assert!(!matches!(output.status.code(), Some(101 | 134)), "{:?}", output.status.code());
}

// What content says becomes text.

/// Texts that were markup, script or template somewhere once.
const NAUGHTY: [&str; 12] = [
    "\"><xss id=pwned onclick=alert(1)>' onfocus='alert(2)' autofocus=</title></script></style></textarea><!-- -->",
    "</title><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "javascript:alert(1)",
    " JaVa\tScRiPt:alert(1)",
    "&#106;avascript&colon;alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "//evil.example/&quot;&gt;&lt;xss&gt;",
    "{{ 7 * 7 }} {% raw %} {# x #} ${7*7} #{7*7} %s %n \\u0000",
    "\u{202e}dlrow\u{2066} مرحبا 👩‍👩‍👧‍👦 e\u{301}\u{301}\u{301} \u{0}\u{feff}\u{2028}\u{200b} 漢字 İı ß",
    "[a](javascript:alert(1)) ![a](x onerror=alert(1)) [[term:x-term|\"><xss>]] [[role:x-role#title]] <https://a.example/\"onclick=alert(1)>",
    "=HYPERLINK(\"http://evil.example\";\"x\"), __proto__ constructor ]]> <![CDATA[ <?php ?>",
    "A title that goes on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and-never-ends-or-breaks-because-nobody-ever-put-a-space-in-it",
];

/// Writes records whose texts come from `NAUGHTY`, each field another, round by round.
struct Author {
    turn: usize,
}

impl Author {
    fn words(&mut self) -> String {
        self.turn += 1;
        serde_json::to_string(NAUGHTY[self.turn % NAUGHTY.len()]).unwrap().replace('\u{7f}', "")
    }

    fn value(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Plain("a text" | "a text or a number" | "a value", _) => self.words(),
            Shape::Plain(_, examples) => examples[0].to_owned(),
            Shape::Choice(words) => format!("\"{}\"", words[0]),
            Shape::Reference(kinds, _) => {
                let kind = kinds.iter().find(|k| **k != Kind::Playbook).copied().unwrap_or(Kind::Role);
                let sort = if kinds.len() > 2 { format!("{}:", kind.word()) } else { String::new() };
                format!("\"{sort}x-{}\"", kind.word())
            }
            Shape::List(inner) => format!("[{}, {}]", self.value(inner), self.value(inner)),
            Shape::Inline(fields) => format!("{{ {} }}", self.fields(fields).join(", ")),
            Shape::Map(_, examples) => examples[0].to_owned(),
        }
    }

    fn fields(&mut self, fields: &[Field]) -> Vec<String> {
        fields.iter().map(|field| format!("{} = {}", field.key, self.value(&field.shape))).collect()
    }

    /// A record's fields as TOML; an id only where its file does not give it.
    fn record(&mut self, kind: Kind) -> String {
        let fields: Vec<Field> =
            fields_of(kind).into_iter().filter(|f| !matches!(f.key, "was" | "allow" | "audience" | "status" | "theme")).collect();
        let title = if fields.iter().any(|f| f.key == "title") { Vec::new() } else { vec![format!("title = {}", self.words())] };
        title.into_iter().chain(self.fields(&fields)).collect::<Vec<_>>().join("\n")
    }

    fn project(&mut self) -> tempfile::TempDir {
        let folder = room();
        for kind in Kind::ALL {
            let id = format!("x-{}", kind.word());
            let record = self.record(kind);
            match kind {
                Kind::Playbook => put(folder.path(), "content/playbook.toml", record.replace("title = ", "x-title = ")),
                Kind::Charter => put(folder.path(), "content/charter.md", format!("+++\n{record}\n+++\n{}", self.body())),
                Kind::Lesson => put(folder.path(), "content/training/x-module/x-lesson.md", format!("+++\n{record}\n+++\n{}", self.body())),
                Kind::Page | Kind::Role | Kind::Area | Kind::Persona | Kind::Change => {
                    let path = format!("content/{}/{id}.md", kind.folder());
                    put(folder.path(), &path, format!("+++\n{record}\n+++\n{}", self.body()));
                }
                _ => put(folder.path(), &format!("content/{id}.toml"), format!("[[{}]]\nid = \"{id}\"\n{record}\n", kind.word())),
            }
        }
        put(folder.path(), "content/pictures/\"><xss>.png", b"\x89PNG");
        put(folder.path(), "content/pictures/drawn.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>");
        folder
    }

    /// Prose with a naughty text in every place that Markdown has.
    fn body(&mut self) -> String {
        let mut out = String::new();
        for raw in NAUGHTY {
            let line = raw.replace(['\n', '\t'], " ");
            let url = line.replace(' ', "%20").replace(['(', ')'], "");
            out.push_str(&format!(
                "# {line} {{#\"><xss .c onclick=alert(1)}}\n\n{line}\n\n[{line}](<{line}> \"{line}\") [a]({url}) [b](&#x6A;avascript:alert) ![{line}](<{line}>) \
                 <{url}> [r][{line}]\n\n[{line}]: {url} \"{line}\"\n\n> [!{line}]\n> {line}\n\n> [!NOTE] {line}\n> {line}\n\n- [ ] {line}\n\n{line}\n: {line}\n\n\
                 | {line} | b |\n| --- | --- |\n| {line} | [x]({url}) |\n\n```{line}\n{line}\n```\n\n    {line}\n\nfoot[^{line}] `{line}` ~~{line}~~ **{line}**\n\n[^{line}]: {line}\n\n\
                 <xss onclick=alert(1)>{line}</xss>\n\n<script>\nalert(1)\n</script>\n\n[[{line}]] [[term:{line}]] [[term:x-term|{line}]] [[role:x-role#{line}]]\n\n"
            ));
        }
        out.push_str("![a](../pictures/%22%3E%3Cxss%3E.png) ![b](../pictures/drawn.svg)\n\n");
        for block in BLOCKS {
            let words = self.words();
            out.push_str(&format!(
                "```{block}\nid = \"q-{block}\"\nkind = \"single\"\nprompt = {words}\ntitle = {words}\nsrc = {words}\nposter = {words}\ncaptions = {words}\n\
                 transcript = {words}\nobjective = {words}\noptions = [{{ text = {words}, correct = true, feedback = {words} }}, {{ text = {words} }}]\n\
                 choices = [{{ text = {words}, outcome = {words}, good = true }}]\n```\n\n",
            ));
            let table = match block {
                "raci" => "area = \"x-area\"\n",
                "goal" => "goal = \"x-goal\"\n",
                "compare" => "teams = [\"x-team\", \"x-team\"]\n",
                "scenario" => {
                    &format!("prompt = {words}\ntitle = {words}\nchoices = [{{ text = {words}, outcome = {words}, good = true }}]\n")
                }
                "video" => &format!("title = {words}\nsrc = {words}\nposter = {words}\ncaptions = {words}\ntranscript = {words}\n"),
                "quiz" => &format!(
                    "id = \"q-two\"\nkind = \"multiple\"\nprompt = {words}\nobjective = {words}\noptions = [{{ text = {words}, correct = true, feedback = {words} }}, {{ text = {words} }}]\n"
                ),
                _ => "",
            };
            out.push_str(&format!("```{block}\n{table}```\n\n"));
        }
        out
    }
}

#[test]
fn no_text_of_any_field_becomes_markup() {
    for round in 0..4 {
        let mut author = Author { turn: round * 5 };
        let folder = author.project();
        let site = built(folder.path(), Some("https://playbook.example/"));
        assert!(site.len() > Kind::ALL.len(), "most kinds have a page: {}", site.len());
        markup_is_ours(&format!("round {round}"), &site);
        findings_are_sound(&compiled(folder.path())).unwrap_or_else(|words| panic!("round {round}: {words}"));
    }
}

/// Every element and attribute of a site is one that the sample's site has too, and nothing that could run is there.
fn markup_is_ours(name: &str, site: &Built) {
    let base = built(&here().join("tests/cases/base"), None);
    let known: BTreeSet<(String, String)> = pages(sample()).iter().chain(&pages(&base)).flat_map(|page| shapes(&page.html)).collect();
    let blocks = ["video", "track", "source"]
        .iter()
        .flat_map(|e| ["", "src", "poster", "controls", "kind", "srclang", "label", "preload"].map(|a| ((*e).to_owned(), a.to_owned())));
    let known: BTreeSet<(String, String)> = known.into_iter().chain(blocks).collect();
    let mut faults = Vec::new();
    for page in pages(site) {
        let of = format!("{name}: {}", page.path);
        faults.extend(shapes(&page.html).difference(&known).filter(|s| !is_plain(s)).map(|(e, a)| format!("{of}: <{e} {a}>")));
        for element in elements(&page.html) {
            for (attribute, value) in element.attrs() {
                let leads = matches!(
                    attribute,
                    "href" | "src" | "action" | "poster" | "data" | "xlink:href" | "formaction" | "cite" | "srcset" | "ping"
                );
                if attribute.starts_with("on") || (leads && !is_safe(element.name(), value)) {
                    faults.push(format!("{of}: <{} {attribute}={value:?}>", element.name()));
                }
            }
            if element.name() == "script" && !element.attr("src").is_some_and(|src| src.contains("theme/")) {
                faults.push(format!("{of}: a script of its own"));
            }
        }
        if page.html.errors.iter().any(|e| e.contains("uplicate attribute")) {
            faults.push(format!("{of}: {:?}", page.html.errors));
        }
    }
    none(faults);
}

/// Elements (with an empty attribute) and their attributes.
fn shapes(html: &scraper::Html) -> BTreeSet<(String, String)> {
    let one = |e: &scraper::node::Element| {
        let name = e.name().to_owned();
        let attributes = e.attrs().map(|(a, _)| (name.clone(), a.to_owned())).collect::<Vec<_>>();
        attributes.into_iter().chain([(name.clone(), String::new())])
    };
    elements(html).flat_map(one).collect()
}

/// What Markdown makes and the sample happens not to use.
fn is_plain((element, attribute): &(String, String)) -> bool {
    let made = [
        "del",
        "dl",
        "dt",
        "dd",
        "sup",
        "section",
        "ol",
        "ul",
        "li",
        "img",
        "input",
        "blockquote",
        "pre",
        "code",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
        "a",
        "em",
        "strong",
        "aside",
        "div",
        "span",
        "svg",
        "title",
        "desc",
        "details",
        "summary",
        "figure",
        "figcaption",
        "g",
    ];
    let said = [
        "",
        "id",
        "class",
        "href",
        "src",
        "alt",
        "title",
        "start",
        "type",
        "checked",
        "disabled",
        "scope",
        "role",
        "aria-label",
        "aria-labelledby",
        "loading",
        "rel",
        "hidden",
        "tabindex",
        "value",
    ];
    made.contains(&element.as_str()) && said.contains(&attribute.as_str())
}

/// Whether an address is one that a reader may be led to, or that a page may load.
fn is_safe(element: &str, value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let scheme = plain.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme.to_owned());
    match scheme.as_deref() {
        None => !plain.starts_with("//") && !plain.starts_with('\\'),
        Some("https" | "http" | "mailto" | "tel") => {
            element == "a" || (element == "link" && plain.starts_with("https://playbook.example/"))
        }
        Some(_) => false,
    }
}

// Properties.

/// Whether every place lies in its file, at letters' borders, and the findings are in order.
fn findings_are_sound(compiled: &Compiled) -> Result<(), String> {
    let files = &compiled.files;
    let lies = |span: Span| {
        let text = files.text(span.file);
        let (start, end) = (span.start as usize, span.end as usize);
        start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    let mut before = None;
    for finding in compiled.findings.all() {
        let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|e| e.span));
        let spans = finding.related.iter().map(|r| r.span).chain(edits).chain([finding.span]);
        if let Some(span) = spans.into_iter().find(|span| !lies(*span)) {
            let text = files.text(span.file);
            return Err(format!(
                "{}: `{}`: {}..{} of {} bytes of {}",
                finding.rule,
                finding.message,
                span.start,
                span.end,
                text.len(),
                files.path(span.file)
            ));
        }
        if finding.message.is_empty() || finding.message.ends_with('.') || finding.message.contains('\n') {
            return Err(format!("{}: the message is {:?}", finding.rule, finding.message));
        }
        let place = (files.path(finding.span.file).to_owned(), finding.span.start, finding.span.end, finding.rule);
        if before.as_ref().is_some_and(|b| *b > place) {
            return Err(format!("{} at {}:{} stands after {:?}", finding.rule, place.0, place.1, before));
        }
        before = Some(place);
    }
    Ok(())
}

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 40] = [
    "[[",
    "]]",
    "+++\n",
    "---\n",
    "```quiz\n",
    "```\n",
    "\"",
    "'",
    "\"\"\"",
    "{",
    "}",
    "[",
    "]",
    "|",
    "\n| --- |\n",
    "# ",
    "> [!NOTE]\n",
    "> ",
    "- ",
    "[^a]",
    "[^a]: ",
    "<",
    ">",
    "&",
    "*",
    "_",
    "`",
    "\\",
    "\n",
    "\n\n",
    "\r",
    "\0",
    "\u{feff}",
    "é",
    "👩‍👩‍👧",
    "= ",
    "role:",
    "#",
    "TODO",
    "2026-13-01",
];

fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, dice.pick(&PIECES).bytes())),
            2 => drop(bytes.splice(at..end, dice.pick(&PIECES).bytes())),
            3 => {
                let part = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            4 => bytes.truncate(at),
            _ => {
                let byte = u8::try_from(dice.below(256)).unwrap();
                if at < bytes.len() { bytes[at] = byte } else { bytes.push(byte) }
            }
        }
    }
    bytes
}

/// Reads and judges; every tenth time also prints.
fn survives(root: &Path, turn: usize) -> Result<(), String> {
    let told = std::panic::catch_unwind(|| -> Result<(), String> {
        let compiled = compile(&project(root))?;
        findings_are_sound(&compiled)?;
        if turn.is_multiple_of(10) {
            assert!(!built(root, None).is_empty());
        }
        Ok(())
    });
    told.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(format!("panicked: {}", words.unwrap_or_default()))
    })
}

#[test]
fn whatever_is_written_into_a_file_there_is_no_panic() {
    let base = here().join("tests/cases/base");
    let folder = room();
    let files: Vec<(String, Vec<u8>)> = files_under(&base)
        .into_iter()
        .map(|path| (path.strip_prefix(&base).unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.iter().for_each(|(path, bytes)| put(folder.path(), path, bytes));
    let begun = Instant::now();
    let mut dice = Dice(TODAY.year().unsigned_abs().into());
    let mut turn = 0;
    while begun.elapsed() < Duration::from_secs(4) {
        let (path, bytes) = &files[dice.below(files.len())];
        let bad = mutated(bytes, &mut dice);
        put(folder.path(), path, &bad);
        if let Err(words) = survives(folder.path(), turn) {
            panic!("turn {turn}, {path}: {words}\n{}", String::from_utf8_lossy(&bad));
        }
        put(folder.path(), path, bytes);
        turn += 1;
    }
    println!("{turn} mutations");
}

#[test]
fn whatever_bytes_a_file_holds_there_is_no_panic() {
    let folder = lonely();
    let paths = [
        "content/a.toml",
        "content/pages/a.md",
        "content/roles/a.md",
        "content/charter.md",
        "content/series/a.csv",
        "content/responsibilities/a.md",
        "content/playbook.toml",
        "content/_defaults.toml",
        "content/pages/SUMMARY.md",
    ];
    let begun = Instant::now();
    let mut dice = Dice(7);
    let mut turn = 0;
    while begun.elapsed() < Duration::from_secs(2) {
        let path = dice.pick(&paths);
        let length = dice.below(300);
        let noise: Vec<u8> = match turn % 2 {
            0 => (0..length).map(|_| dice.next().to_le_bytes()[3]).collect(),
            _ => (0..length / 4).flat_map(|_| dice.pick(&PIECES).bytes().collect::<Vec<_>>()).collect(),
        };
        put(folder.path(), path, &noise);
        if let Err(words) = survives(folder.path(), turn) {
            panic!("turn {turn}, {path}: {words}\n{noise:?}");
        }
        let fine = if path == "content/playbook.toml" { LONELY } else { "" };
        put(folder.path(), path, fine);
        turn += 1;
    }
    println!("{turn} files");
}

#[test]
fn odd_letters_in_names_and_titles_give_addresses_that_work() {
    let folder = lonely();
    for (n, title) in ["Ärger & Öl", "漢字", "👩‍👩‍👧", "İstanbul", "a/b\\c", "..", "CON", "100 %", "e\u{301}", "\u{202e}abc"].iter().enumerate()
    {
        put(
            folder.path(),
            &format!("content/pages/{n} {}.md", title.replace(['/', '\\', '.'], "-")),
            format!("# {title}\n\nWords [on](#section).\n"),
        );
    }
    let site = built(folder.path(), Some("https://playbook.example/"));
    let odd = site.keys().filter(|path| !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b)));
    none(odd.map(|path| format!("{path} is no plain path")));
    assert!(site.keys().filter(|path| path.starts_with("pages/")).count() >= 10, "{:?}", site.keys().collect::<Vec<_>>());
    assert!(text(&site["pages/index.html"]).contains("漢字"));
}
