//! Console sessions: what a person types and what the program answers, page by page, in `tests/cli/` and in the README.
//!
//! A page is played from top to bottom in an empty folder. A fenced block whose first line says a language and a path lays a
//! file; a `console` block is typed. `[..]` stands for any letters of a line, a line `...` for any lines, and `? 1` at the end
//! for the exit code, which is 0 where nothing says so. `UPDATE=1` writes what is answered today into the pages of `tests/cli/`.

use crate::support::{files_under, here, lay, lonely, none, onside, prints, put, room, run, said};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;

#[test]
fn every_session_goes_as_its_page_says() {
    let updating = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    for path in files_under(&here().join("tests/cli")) {
        let page = std::fs::read_to_string(&path).unwrap();
        let (played, differences) = play(&page);
        if updating && !differences.is_empty() {
            std::fs::write(&path, played).unwrap();
        } else {
            faults.extend(differences.into_iter().map(|d| format!("{}: {d}", path.file_name().unwrap().display())));
        }
    }
    none(faults);
}

#[test]
fn the_readme_promises_what_happens() {
    let Ok(page) = std::fs::read_to_string(here().join("README.md")) else { return };
    assert!(page.contains("```console\n$ onside "), "the README shows no session");
    let (_, differences) = play(&page);
    none(differences.into_iter().map(|d| format!("README.md: {d}")));
}

#[test]
fn json_has_every_key_and_says_what_the_text_says() {
    let folder = lonely();
    let terms = "[[term]]\nid = \"lead\"\ntitle = \"Lead\"\ndefinitoin = \"Somebody who asks.\"\nowner = \"laed\"\n";
    put(folder.path(), "content/terms.toml", terms);
    let output = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(&output)));
    assert_eq!(keys(&document), ["alignment", "counts", "findings", "version"]);
    assert_eq!(document["version"], 1);
    assert_eq!(keys(&document["counts"]), ["error", "hint", "warning"]);
    let findings = document["findings"].as_array().unwrap();
    assert!(findings.len() >= 2, "{document:#}");
    for finding in findings {
        let mut found = keys(finding);
        found.retain(|key| key != "fix");
        let all = ["column", "end_column", "end_line", "file", "help", "level", "line", "message", "record", "related", "rule", "why"];
        assert_eq!(found, all, "{finding:#}");
        assert!(finding["line"].as_u64() >= Some(1) && finding["column"].as_u64() >= Some(1), "{finding:#}");
        assert!(["error", "warning", "hint"].contains(&finding["level"].as_str().unwrap()), "{finding:#}");
        for key in ["rule", "message", "help", "why", "file"] {
            assert!(!finding[key].as_str().unwrap().is_empty(), "{key} is empty: {finding:#}");
        }
        if let Some(fix) = finding.get("fix") {
            assert_eq!(keys(fix), ["edits", "title"]);
            for edit in fix["edits"].as_array().unwrap() {
                assert_eq!(keys(edit), ["column", "end_column", "end_line", "file", "line", "text"]);
            }
        }
        let text = said(&run(folder.path(), &["check", "--hints", "--only", finding["rule"].as_str().unwrap()]));
        let place = format!("{}:{}:{}", finding["file"].as_str().unwrap(), finding["line"], finding["column"]);
        assert!(text.contains(finding["message"].as_str().unwrap()) && text.contains(&place), "{place}: {text}");
    }
}

fn keys(value: &Value) -> Vec<String> {
    let mut keys: Vec<String> = value.as_object().unwrap_or_else(|| panic!("{value} is no object")).keys().cloned().collect();
    keys.sort();
    keys
}

#[test]
fn findings_have_the_same_words_whoever_asks() {
    let folder = lonely();
    put(folder.path(), "content/a.toml", "[[nonsense]]\n");
    let check = run(folder.path(), &["check"]);
    let build = run(folder.path(), &["build"]);
    assert_eq!((check.status.code(), build.status.code()), (Some(1), Some(1)));
    let first = |text: &[u8]| String::from_utf8_lossy(text).lines().take(4).collect::<Vec<_>>().join("\n");
    assert_eq!(first(&check.stdout), first(&build.stderr));
    assert!(build.stdout.is_empty(), "a build that fails has no result to print");
}

#[test]
fn every_command_helps_and_every_mistake_at_the_prompt_is_exit_2() {
    let folder = room();
    for words in [
        &["--help"][..],
        &["build", "--help"],
        &["check", "--help"],
        &["diff", "--help"],
        &["serve", "--help"],
        &["demo", "--help"],
        &["new", "--help"],
        &["add", "--help"],
        &["schema", "--help"],
        &["theme", "--help"],
        &["completions", "--help"],
        &["man"],
        &["explain", "--help"],
        &["--version"],
    ] {
        let output = run(folder.path(), words);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", said(&output));
        assert!(output.stderr.is_empty() && !output.stdout.is_empty(), "{words:?}: help goes to standard output");
    }
    for words in [
        &[][..],
        &["biuld"],
        &["build", "--no-such"],
        &["check", "--format", "xml"],
        &["check", "--as-of", "yesterday"],
        &["serve", "--port", "99999"],
        &["explain"],
        &["diff"],
        &["diff", "v1", "--deny", "some"],
        &["new"],
        &["add", "role"],
        &["theme", "eject"],
        &["completions", "cmd"],
    ] {
        let output = run(folder.path(), words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        assert!(!output.stderr.is_empty(), "{words:?}");
    }
}

#[test]
fn the_port_that_is_taken_is_named_with_another() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(lonely().path(), &["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains(&port) && said(&output).contains("--port"), "{}", said(&output));
}

// Playing a page.

/// A page that is being played.
struct Stage {
    folder: TempDir,
    /// Where `cd` has led.
    place: PathBuf,
}

/// The page with today's answers, and where they differ from what it says.
fn play(page: &str) -> (String, Vec<String>) {
    let folder = lay(&[]);
    let mut stage = Stage { place: folder.path().to_path_buf(), folder };
    let (mut played, mut differences) = (String::new(), Vec::new());
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        played.push_str(line);
        played.push('\n');
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() < 3 {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != fence).collect();
        match info.split_once(' ') {
            Some((_, path)) => put(&stage.place, path, block.join("\n") + "\n"),
            None if info == "console" && is_session(&block) => {
                for (command, expected) in commands(&block) {
                    let answer = stage.type_in(command);
                    let same = matches(&expected, &answer);
                    if !same {
                        differences.push(format!(
                            "line {}: `{command}` answers\n{}\n  and not\n{}\n",
                            number + 1,
                            answer.join("\n"),
                            expected.join("\n")
                        ));
                    }
                    let kept = if same { expected.iter().map(|l| (*l).to_owned()).collect() } else { answer };
                    played.extend(std::iter::once(format!("$ {command}\n")).chain(kept.into_iter().map(|line| line + "\n")));
                }
                played.push_str(&format!("{fence}\n"));
                continue;
            }
            None => {}
        }
        played.extend(block.iter().map(|line| format!("{line}\n")));
        played.push_str(&format!("{fence}\n"));
    }
    (played, differences)
}

/// Whether a block is one that can be typed here: a README also says how to install.
fn is_session(block: &[&str]) -> bool {
    let typed = block.iter().filter_map(|line| line.strip_prefix("$ "));
    let word = |line: &str| line.split_whitespace().find(|word| !word.contains('=')).unwrap_or("").to_owned();
    typed.map(word).all(|word| matches!(word.as_str(), "onside" | "cd" | "cat" | "ls" | "rm"))
}

/// The words of a line; what stands between double quotes is one.
fn words_of(line: &str) -> Vec<&str> {
    let parts = line.split('"').enumerate();
    parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
}

/// What is typed, and the lines that follow.
fn commands<'a>(block: &[&'a str]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in block {
        match (line.strip_prefix("$ "), all.last_mut()) {
            (Some(command), _) => all.push((command, Vec::new())),
            (None, Some((_, expected))) => expected.push(line),
            (None, None) => {}
        }
    }
    all
}

impl Stage {
    /// Types a line and gives the answer, its exit code at the end where it is not 0.
    fn type_in(&mut self, line: &str) -> Vec<String> {
        let mut words: Vec<&str> = words_of(line.split('#').next().unwrap());
        let settings: Vec<(&str, &str)> = words.iter().map_while(|word| word.split_once('=')).collect();
        words.drain(..settings.len());
        match words.as_slice() {
            ["cd", to] => {
                self.place = self.place.join(to);
                Vec::new()
            }
            ["cat", path] => std::fs::read_to_string(self.place.join(path)).unwrap().lines().map(str::to_owned).collect(),
            ["ls", rest @ ..] => listing(&self.place.join(rest.first().unwrap_or(&"."))),
            ["rm", path] => {
                std::fs::remove_file(self.place.join(path)).unwrap();
                Vec::new()
            }
            ["onside", words @ ..] => self.onside(words, &settings),
            other => panic!("a session knows no `{}`", other.join(" ")),
        }
    }

    fn onside(&self, words: &[&str], settings: &[(&str, &str)]) -> Vec<String> {
        let mut command = onside(&self.place);
        command.args(words).envs(settings.iter().copied());
        let serves = words.contains(&"serve") || (words.contains(&"demo") && !words.contains(&"--no-serve"));
        let (text, code) = match serves {
            true => (first_words(command.args(["--port", "0"])), Some(0)),
            false => {
                let output = command.output().unwrap();
                (said(&output), output.status.code())
            }
        };
        let here = self.folder.path().to_str().unwrap();
        let mut answer: Vec<String> = text.lines().map(|line| tamed(&line.replace(here, "[..]"))).collect();
        if code != Some(0) {
            answer.push(format!("? {}", code.map_or("killed".to_owned(), |code| code.to_string())));
        }
        answer
    }
}

/// What a server says until it listens; then it is ended.
fn first_words(command: &mut std::process::Command) -> String {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        said.push_str(&line);
        said.push('\n');
        if line.contains("http://") {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    said
}

fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Times and ports differ from run to run.
fn tamed(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        if words[at].starts_with("ms") && words[at - 1].bytes().all(|b| b.is_ascii_digit()) {
            words[at - 1] = "[..]".to_owned();
        }
    }
    for word in words.iter_mut().filter(|word| word.starts_with("http://127.0.0.1:")) {
        "http://127.0.0.1:[..]/".clone_into(word);
    }
    words.join(" ")
}

/// Whether an answer is what was expected, its wild cards minded.
fn matches(expected: &[&str], answer: &[String]) -> bool {
    match (expected.split_first(), answer.split_first()) {
        (None, None) => true,
        (Some((&"...", rest)), _) => (0..=answer.len()).any(|skipped| matches(rest, &answer[skipped..])),
        (Some((line, rest)), Some((found, others))) => line_matches(line, found) && matches(rest, others),
        _ => false,
    }
}

fn line_matches(expected: &str, found: &str) -> bool {
    let parts: Vec<&str> = expected.split("[..]").collect();
    let [first, middle @ .., last] = parts.as_slice() else { return expected == found };
    let Some(mut rest) = found.strip_prefix(first) else { return false };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[test]
fn an_unchanged_build_writes_nothing_and_a_changed_byte_is_published() {
    let folder = lonely();
    let picture = |end: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{end}</svg>{end}");
    put(folder.path(), "content/pages/seen.md", "# Seen\n\n![a picture](picture.svg)\n");
    put(folder.path(), "content/pages/picture.svg", picture("\n"));
    let build = || said(&run(folder.path(), &["build"]));
    assert!(build().contains("Built "));
    let before = prints(&folder.path().join("site"));
    assert!(build().contains("Nothing has changed"));
    assert_eq!(prints(&folder.path().join("site")), before);
    // Line ends count in a file that is published as it is, and not in a text that is compiled.
    put(folder.path(), "content/pages/picture.svg", picture("\r\n"));
    assert!(build().contains("Built "), "the picture has other bytes");
    let published = std::fs::read(folder.path().join("site/files/pages/picture.svg")).unwrap();
    assert_eq!(published, picture("\r\n").into_bytes());
    put(folder.path(), "content/pages/seen.md", "# Seen\r\n\r\n![a picture](picture.svg)\r\n");
    assert!(build().contains("Nothing has changed"));
    std::fs::remove_file(folder.path().join("site/pages/seen/index.html")).unwrap();
    assert!(build().contains("Built "), "a page of the site is missing");
}
