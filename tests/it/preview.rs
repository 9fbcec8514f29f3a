//! `onside serve` asked by strangers: other names, other origins, other methods, paths that lead out, connections that never end.
//! PROMISES.md calls these hazards by the faults other servers had.

use crate::support::{lonely, onside, put};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server on a playbook with a secret beside its content; it ends when dropped.
struct Served {
    child: Child,
    port: u16,
    root: TempDir,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const SECRET: &str = "canary-in-a-file-that-is-not-content";

fn served(arguments: &[&str]) -> Served {
    let root = lonely();
    serve(root, arguments)
}

fn serve(root: TempDir, arguments: &[&str]) -> Served {
    put(root.path(), "content/pages/hello.md", "# Hello\n\nFirst words.\n");
    put(root.path(), "secret.txt", SECRET);
    put(root.path(), "content/.hidden.md", SECRET);
    let mut child =
        onside(root.path()).args(["serve", "--port", "0"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.split(['/', ' ']).find_map(|word| word.rsplit_once(':')?.1.parse().ok()).unwrap_or_else(|| panic!("{line}"));
    Served { child, port, root }
}

impl Served {
    /// How long it has worked, all its threads together (`/proc/<pid>/stat`, in ticks of 10 ms).
    fn busy(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let fields: Vec<i64> = stat.rsplit(')').next().unwrap().split_whitespace().filter_map(|f| f.parse().ok()).collect();
        // After the name and the state: the 14th and 15th field of the line are user and system time.
        let ticks = fields.get(10).unwrap_or(&0) + fields.get(11).unwrap_or(&0);
        Duration::from_millis(10 * u64::try_from(ticks).unwrap())
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends bytes as they are and reads until the server closes.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, &[&format!("Host: 127.0.0.1:{}", self.port)])
    }

    fn ask(&self, method: &str, path: &str, headers: &[&str]) -> String {
        let headers: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        self.raw(format!("{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[test]
fn only_our_own_names_and_pages_are_answered() {
    let server = served(&["--allowed-host", "playbook.lan"]);
    let port = server.port;
    let own = [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("LOCALHOST:{port}"),
        format!("[::1]:{port}"),
        format!("playbook.lan:{port}"),
    ];
    let foreign = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("evil.example@127.0.0.1:{port}"),
        format!("0.0.0.0:{port}"),
        String::new(),
    ];
    let origins: BTreeMap<String, bool> = own
        .iter()
        .map(|host| (format!("http://{host}"), true))
        .chain(foreign.iter().map(|host| (format!("http://{host}"), false)))
        .chain([("null".to_owned(), false), (format!("https://127.0.0.1:{port}"), false), ("file://".to_owned(), false)])
        .collect();
    for path in ["/", "/pages/hello/", "/theme/onside.css", "/_onside/live.js", "/_onside/events?token=x", "/none"] {
        for (host, known) in own.iter().map(|h| (h, true)).chain(foreign.iter().map(|h| (h, false))) {
            let header = format!("Host: {host}");
            let refused = status(&server.ask("GET", path, &[&header])) == "403";
            let expected = !known || path.contains("events");
            assert_eq!(refused, expected, "{path} as {host:?}");
            for (origin, ours) in &origins {
                let answer = server.ask("GET", path, &[&header, &format!("Origin: {origin}")]);
                let expected = !known || !ours || path.contains("events");
                assert_eq!(status(&answer) == "403", expected, "{path} as {host:?} from {origin}: {}", answer.lines().next().unwrap_or(""));
                assert!(!answer.to_lowercase().contains("access-control-allow"), "{path} from {origin}");
            }
        }
    }
    let two = server.ask("GET", "/", &[&format!("Host: 127.0.0.1:{port}"), "Host: evil.example"]);
    assert!(["400", "403"].contains(&status(&two)), "two hosts: {two}");
    assert!(["400", "403"].contains(&status(&server.ask("GET", "/", &[]))), "no host");
}

#[test]
fn pages_are_read_and_nothing_else() {
    let server = served(&[]);
    let host = format!("Host: 127.0.0.1:{}", server.port);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
        let answer = server.ask(method, "/", &[&host]);
        assert!(["405", "400", "403"].contains(&status(&answer)), "{method}: {answer}");
    }
    let head = server.ask("HEAD", "/", &[&host]);
    assert_eq!(status(&head), "200");
    assert!(head.ends_with("\r\n\r\n"), "HEAD has no body");
    for path in ["/", "/pages/hello/", "/none", "/theme/onside.css", "/_onside/live.css", "/pages/hello"] {
        let answer = server.get(path);
        for header in
            ["x-content-type-options: nosniff", "frame-ancestors 'none'", "cross-origin-resource-policy: same-origin", "default-src 'none'"]
        {
            assert!(answer.contains(header), "{path} lacks {header}");
        }
    }
    assert!(server.get("/pages/hello").contains("location: /pages/hello/"), "the slash is added");
}

#[test]
fn no_spelling_of_a_path_leads_out() {
    let server = served(&[]);
    let ups = ["..", "%2e%2e", "%2E.", ".%2e", "..%00", "%252e%252e", "..%c0%af", "\\..", "..;", "%u002e%u002e"];
    let slashes = ["/", "//", "%2f", "%5c", "\\", "/./", "%252f"];
    let targets = [
        "secret.txt",
        "etc/passwd",
        "content/.hidden.md",
        "content/playbook.toml",
        "%2e%2e/secret.txt",
        "secret.txt%00.html",
        "proc/self/environ",
    ];
    let mut tried = 0;
    for up in ups {
        for slash in slashes {
            for target in targets {
                for start in ["/", "/files/", "/theme/"] {
                    let path = format!("{start}{up}{slash}{up}{slash}{target}");
                    let answer = server.get(&path);
                    tried += 1;
                    assert!(
                        !answer.contains(SECRET) && !answer.contains("root:x:") && !answer.contains("default_owner"),
                        "{path}: {answer}"
                    );
                    let place = answer.lines().find_map(|l| l.strip_prefix("location: "));
                    assert!(place.is_none_or(|p| p.starts_with('/') && !p.starts_with("//")), "{path} leads to {place:?}");
                }
            }
        }
    }
    for path in
        ["//evil.example/", "/\\evil.example/", "http://evil.example/", "/%2f%2fevil.example/", "//evil.example/pages/hello", "*", "?", ""]
    {
        let answer = server.get(path);
        tried += 1;
        let place = answer.lines().find_map(|l| l.strip_prefix("location: "));
        assert!(place.is_none_or(|p| p.starts_with('/') && !p.starts_with("//")), "{path} leads to {place:?}");
    }
    assert!(tried >= 500, "only {tried} spellings");
}

#[test]
fn slow_and_half_open_connections_do_not_keep_others_out() {
    let server = served(&[]);
    let mut slow: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    for (n, stream) in slow.iter_mut().enumerate() {
        let begun: &[u8] = if n % 2 == 0 { b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " } else { b"" };
        let _ = stream.write_all(begun);
    }
    let begun = Instant::now();
    assert_eq!(status(&server.get("/")), "200");
    assert!(begun.elapsed() < Duration::from_secs(2), "another reader waited {:?}", begun.elapsed());
    let mut byte = [0; 256];
    for stream in &mut slow {
        while let Ok(1..) = stream.read(&mut byte) {}
    }
    assert!(begun.elapsed() < Duration::from_secs(15), "a half-open connection lived {:?}", begun.elapsed());
    let head = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX: {}\r\n\r\n", server.port, "a".repeat(40_000));
    assert_eq!(status(&server.raw(head.as_bytes())), "431", "a head of 40,000 bytes");
}

#[test]
fn a_save_is_served_and_a_broken_one_is_told() {
    let server = served(&[]);
    let page = server.root.path().join("content/pages/hello.md");
    let token = server.get("/").split_once("data-onside-token=\"").and_then(|(_, rest)| rest.split('"').next().map(str::to_owned)).unwrap();
    let mut stream = server.connect();
    write!(stream, "GET /_onside/events?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port).unwrap();
    let mut events = BufReader::new(stream);
    let mut told = |word: &str| {
        let mut line = String::new();
        while !line.contains(word) {
            line.clear();
            assert!(events.read_line(&mut line).unwrap() > 0, "the stream ended before {word}");
        }
        line
    };
    assert!(told("\"revision\":1").contains("\"panel\":null"));
    std::fs::write(&page, "# Hello\n\nSecond words.\n").unwrap();
    told("\"revision\":2");
    assert!(server.get("/pages/hello/").contains("Second words"));
    std::fs::write(&page, "# Hello\n\nThird words of [[role:nobody]].\n").unwrap();
    let panel = told("\"revision\":3");
    assert!(panel.contains("there is no role `role:nobody`") && panel.contains("content/pages/hello.md:3:18"), "{panel}");
    assert!(server.get("/pages/hello/").contains("Second words"), "the last good page stays");
    std::fs::write(&page, "# Hello\n\nFourth words.\n").unwrap();
    assert!(told("\"revision\":4").contains("\"panel\":null"));
    assert!(server.get("/pages/hello/").contains("Fourth words"));
}

/// How many files a tool changes at once.
const MANY: usize = 5_000;

#[test]
fn thousands_of_files_changed_at_once_are_all_seen_and_then_nothing_is_done() {
    let root = lonely();
    let file = |n: usize| format!("content/pages/part-{}/page-{n}.md", n / 50);
    (0..MANY).for_each(|n| put(root.path(), &file(n), format!("# Page {n}\n\nBefore.\n")));
    let server = serve(root, &[]);
    // As `git checkout` does: each file is taken away and written anew, as fast as the disk allows.
    for n in 0..MANY {
        let path = server.root.path().join(file(n));
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, format!("# Page {n}\n\nAfterwards, on another branch.\n")).unwrap();
    }
    std::fs::rename(server.root.path().join("content/pages/part-7"), server.root.path().join("content/pages/moved")).unwrap();
    let shown = |n: usize| {
        let folder = if n / 50 == 7 { "moved".to_owned() } else { format!("part-{}", n / 50) };
        server.get(&format!("/pages/{folder}/page-{n}/")).contains("on another branch")
    };
    let begun = Instant::now();
    for n in (0..MANY).step_by(97).chain([MANY - 1]) {
        while !shown(n) {
            assert!(begun.elapsed() < Duration::from_secs(30), "page {n} was never seen");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    assert_eq!(status(&server.get("/pages/part-7/page-350/")), "404", "the folder was renamed");
    std::thread::sleep(Duration::from_millis(300));
    let before = server.busy();
    std::thread::sleep(Duration::from_secs(2));
    let worked = server.busy() - before;
    assert!(worked <= Duration::from_millis(60), "nobody asks and nothing changes, and it works {worked:?} in 2 s");
}

#[test]
fn two_servers_show_one_folder() {
    let first = served(&[]);
    let mut other = onside(first.root.path());
    let mut child = other.args(["serve", "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.split(['/', ' ']).find_map(|word| word.rsplit_once(':')?.1.parse().ok()).unwrap_or_else(|| panic!("{line}"));
    let second = Served { child, port, root: lonely() };
    std::fs::write(first.root.path().join("content/pages/hello.md"), "# Hello\n\nWords for both.\n").unwrap();
    let begun = Instant::now();
    while ![&first, &second].iter().all(|server| server.get("/pages/hello/").contains("Words for both")) {
        assert!(begun.elapsed() < Duration::from_secs(10), "one of them did not see it");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_port_in_use_says_how_to_find_who_has_it_and_offers_the_next() {
    let server = served(&[]);
    let port = server.port.to_string();
    let output = onside(server.root.path()).args(["serve", "--port", &port]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let next = format!("--port {}", server.port + 1);
    assert!(output.status.code() == Some(2) && said.contains(&format!("lsof -i :{port}")) && said.contains(&next), "{said}");
}
