//! `docsite serve`: what it answers, what it builds, and what it tells open pages.
//!
//! Not here: what a page makes of that (`tests/browser/live.rs`).

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::SiteTest;
use crate::requests::{
    self, Answer, CASES, Case, HTML, PACKED, PARTIAL, PATIENCE, STRICT, built, faults, free_port,
    get, moved_faults, packed_faults, partial_faults,
};

/// A `docsite serve` that ends with the test.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Once it serves.
    fn start(site: &Path, more: &[&str]) -> Self {
        Self::spawn(Command::new(env!("CARGO_BIN_EXE_docsite")), site, more)
    }

    fn spawn(mut command: Command, site: &Path, more: &[&str]) -> Self {
        let port = free_port();
        let mut child = command
            .args(["serve", "--port", &port.to_string(), "--site"])
            .arg(site)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = out.lines().map(Result::unwrap);
        assert!(lines.any(|line| line.starts_with("serving")));
        // What it says later is nobody's, and must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Self { child, address }
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        get(self.address, "localhost", path, headers)
    }

    fn text(&self, path: &str) -> String {
        let answer = self.get(path, &[]);
        assert_eq!(answer.status, 200, "{path}");
        answer.text()
    }

    fn events(&self) -> Events {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = "GET /__docsite/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        Events(BufReader::new(stream), 0)
    }
}

/// What a page hears, and the number of what it heard last.
struct Events(BufReader<TcpStream>, u64);

impl Events {
    /// The next build, or page ahead of one.
    fn next(&mut self) -> Value {
        loop {
            let event = self.any();
            let build = event["build"].as_u64().unwrap();
            if build > self.1 {
                self.1 = build;
                return event;
            }
        }
    }

    fn any(&mut self) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0);
            if let Some(data) = line.trim().strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// After the next build: until then, pages may be ahead of it.
    fn built(&mut self) -> Value {
        self.until(|event| event["ahead"] == Value::Array(Vec::new()))
    }

    /// The first event for which this holds.
    fn until(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next();
            if is_wanted(&event) {
                return event;
            }
        }
    }
}

fn write(site: &SiteTest, basename: &str, text: &str) {
    site.write(&format!("markdown/{basename}.md"), text);
}

fn is_fine(event: &Value) -> bool {
    event["problems"] == Value::Array(Vec::new())
}

fn site() -> SiteTest {
    SiteTest::new()
        .doc("gw__note-a", "# A\n\n처음 문단.\n")
        .doc("gw__note-b", "# B\n\n[a](gw__note-a.html)\n")
        .file("attachment/a.yaml", "kind: A\n")
}

#[test]
fn the_server_answers_as_the_table_says() {
    let site = built();
    let server = Server::start(site.path(), &[]);
    let live = format!("{STRICT}; connect-src 'self'");
    let faults: Vec<String> = CASES
        .iter()
        .flat_map(|case| {
            let is_page = case.content_type == HTML && case.policy == STRICT && case.status != 308;
            let policy = if is_page {
                live.clone().leak()
            } else {
                case.policy
            };
            faults(&Case { policy, ..*case }, &server.get(case.path, &[]))
        })
        .collect();
    let moved = moved_faults(|path| server.get(path, &[]));
    assert_eq!(moved, [""; 0]);
    let partial = partial_faults(PARTIAL, |headers| server.get(PARTIAL, headers));
    assert!(partial.is_empty(), "{}", partial.join("\n"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for path in ["/attachment/", "/attachment/kinds/"] {
        let listing = server.text(path);
        assert!(
            !listing.contains(".hidden") && !listing.contains("./.env\""),
            "{path}"
        );
    }
    let output = site.path().join("public");
    let export = site.path().join("dist");
    requests::export(site.path(), &export);
    for path in PACKED.into_iter().filter(|path| !path.ends_with(".html")) {
        for ending in [".br", ".gz"] {
            let file = format!("{}{ending}", &path[1..]);
            std::fs::copy(export.join(&file), output.join(&file)).unwrap();
        }
        let faults = packed_faults(path, &output, |headers| server.get(path, headers));
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
    let moved = server.get("//attachment//kinds", &[]);
    assert_eq!(moved.header("Location"), Some("/attachment/kinds/"));
}

#[test]
fn what_a_browser_has_is_not_sent_again_and_parts_are_sent() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    for path in ["/gw__note-a.html", "/attachment/a.yaml"] {
        let whole = server.get(path, &[]);
        let tag = whole.header("ETag").unwrap();
        let again = server.get(path, &[("If-None-Match", tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(server.get(path, &[("If-None-Match", "\"x\"")]).status, 200);
        let part = server.get(path, &[("Range", "bytes=2-5")]);
        assert_eq!(
            (part.status, &part.body[..]),
            (206, &whole.body[2..6]),
            "{path}"
        );
        let size = whole.body.len();
        let wanted = format!("bytes 2-5/{size}");
        assert_eq!(part.header("Content-Range"), Some(&wanted[..]));
        let other = [("Range", "bytes=2-5"), ("If-Range", "\"x\"")];
        assert_eq!(server.get(path, &other).status, 200);
        assert_eq!(server.get(path, &[("Range", "bytes=9999999-")]).status, 416);
        assert_eq!(server.get(path, &[("Range", "bytes=0-1,3-4")]).status, 206);
    }
    let since = server.get("/attachment/a.yaml", &[]);
    let since = since.header("Last-Modified").unwrap();
    let again = server.get("/attachment/a.yaml", &[("If-Modified-Since", since)]);
    assert_eq!(again.status, 304);
    for (day, status) in [
        ("Fri, 01 Jan 2100 00:00:00 GMT", 304),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 200),
        ("yesterday", 200),
    ] {
        let again = server.get("/attachment/a.yaml", &[("If-Modified-Since", day)]);
        assert_eq!(again.status, status, "{day}");
    }
    // What is only called so is another file.
    site.write("public/attachment/a.yaml.gz", "not really");
    let packed = server.get("/attachment/a.yaml", &[("Accept-Encoding", "br, gzip")]);
    assert_eq!(packed.header("Content-Encoding"), None);
    assert_eq!(packed.text(), "kind: A\n");
    let plain = server.get("/attachment/a.yaml", &[("Accept-Encoding", "gzip;q=0")]);
    assert_eq!(plain.text(), "kind: A\n");
}

/// Where it ends no folder's name.
#[cfg(unix)]
#[test]
fn a_backslash_is_a_letter_of_a_name() {
    let site = site().file("attachment/a\\b.txt", "back");
    let server = Server::start(site.root(), &[]);
    for path in ["/attachment/a%5Cb.txt", "/view/a%5Cb.txt.html"] {
        assert!(server.text(path).contains("back"), "{path}");
    }
    assert!(server.text("/attachment/").contains("href=\"./a%5Cb.txt\""));
}

#[test]
fn beside_the_sources_only_what_is_published_is_answered_and_listed() {
    let site = site()
        .file("docsite.toml", "output = \".\"\n")
        .file("flow.json", r#"{"stages": []}"#)
        .file("secret.pem", "secret")
        .file("notes/plan.txt", "secret")
        .file("markdown/.gw__note-a.md.swp", "secret")
        .doc("gw__note-late", "# Late\n")
        .doc("gw__note-draft", "---\ndraft: true\n---\n# Draft\n")
        .file("gw__note-draft.html", "<html><svg></svg>by hand</html>");
    site.run(&["render", "gw__note-a", "gw__note-b"]);
    let server = Server::start(site.root(), &[]);
    let status = |path: &str| server.get(path, &[]).status;
    for path in [
        "/gw__note-a.html",
        "/markdown/gw__note-a.md",
        "/graph.json",
        "/attachment/a.yaml",
        "/assets/docsite.css",
    ] {
        assert_eq!(status(path), 200, "{path}");
    }
    for path in [
        "/markdown/gw__note-late.md",
        "/markdown/gw__note-draft.md",
        "/gw__note-draft.html",
        "/docsite.toml",
        "/flow.json",
        "/secret.pem",
        "/notes/plan.txt",
        "/notes/",
        "/markdown/.gw__note-a.md.swp",
    ] {
        assert_eq!(status(path), 404, "{path}");
    }
    for page in [server.text("/markdown/"), server.text("/files.html")] {
        assert!(page.contains("gw__note-a.md") && !page.contains("gw__note-late"));
        assert!(!page.contains("gw__note-draft"));
    }
    // Nothing changed since the build before.
    drop(server);
    let server = Server::start(site.root(), &[]);
    assert_eq!(server.get("/gw__note-draft.html", &[]).status, 404);
    let mut events = server.events();
    events.next();
    site.run(&["render", "gw__note-late"]);
    write(&site, "gw__note-b", "# B\n\n더.\n");
    events.built();
    assert_eq!(server.get("/markdown/gw__note-late.md", &[]).status, 200);
}

#[test]
fn only_this_machine_s_names_and_own_pages_are_answered() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    for host in [
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "",
    ] {
        assert_eq!(get(server.address, host, "/", &[]).status, 403, "{host}");
    }
    for headers in [
        [("Origin", "http://evil.example")],
        [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site")],
    ] {
        let answer = server.get("/__docsite/events", &headers);
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    let send = |request: &str| requests::send(server.address, request.as_bytes());
    let post = send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    assert!(post.starts_with(b"HTTP/1.1 405"));
    let two = send(
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    assert!(two.starts_with(b"HTTP/1.1 400"));
    let other =
        send("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(other.starts_with(b"HTTP/1.1 403"));
}

#[test]
fn a_change_is_built_and_open_pages_hear_of_it() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    assert_eq!(events.next()["build"], 1);
    write(&site, "gw__note-a", "# A\n\n둘째 문단.\n");
    events.built();
    let page = server.text("/gw__note-a.html");
    assert!(page.contains("둘째 문단.") && page.contains("/__docsite/live.js"));
    assert!(!site.read("public/gw__note-a.html").contains("__docsite"));
    write(&site, "gw__note-new", "# 새 글\n");
    events.built();
    assert!(server.text("/").contains("gw__note-new.html"));
    // As editors save that write another file and rename it.
    site.write("markdown/.gw__note-a.md.tmp", "# A\n\n셋째 문단.\n");
    std::fs::rename(
        site.path("markdown/.gw__note-a.md.tmp"),
        site.path("markdown/gw__note-a.md"),
    )
    .unwrap();
    events.built();
    assert!(server.text("/gw__note-a.html").contains("셋째 문단."));
    site.write("docsite.toml", "title = \"다른 이름\"\n");
    events.built();
    assert!(server.text("/gw__note-a.html").contains("다른 이름"));
}

/// While another run writes to the site, no build of the server does.
fn hold_builds(site: &SiteTest) -> std::fs::File {
    let lock = std::fs::File::create(site.path(".docsite/lock")).unwrap();
    lock.lock().unwrap();
    lock
}

const AHEAD: &str = "# 새 제목\n\n## 새 절\n\n[B](gw__note-b.html) [C](gw__note-c.html)\n";

#[test]
fn a_page_is_ahead_of_the_build_that_writes_it() {
    let site = site().doc("gw__note-c", "# C\n");
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    write(&site, "gw__note-c", "# C\n\n더.\n");
    events.built();
    let held = hold_builds(&site);
    let before = site.read("public/gw__note-a.html");
    let mut tag = String::new();
    for text in [AHEAD.replace("새", "헌"), AHEAD.to_owned()] {
        write(&site, "gw__note-a", &text);
        let event = events.next();
        assert_eq!(event["ahead"], serde_json::json!(["gw__note-a.html"]));
        assert!(is_fine(&event));
        let known = [("If-None-Match", &tag[..])];
        let page = server.get("/gw__note-a.html", &known);
        assert_eq!(page.status, 200);
        tag = page.header("ETag").unwrap().to_owned();
        let again = server.get("/gw__note-a.html", &[("If-None-Match", &tag)]);
        assert_eq!(again.status, 304);
        let title = text.lines().next().unwrap().trim_start_matches("# ");
        let page = page.text();
        assert!(page.contains(&format!("<title>{title}")), "{title}");
        assert!(page.contains("<a href=\"gw__note-c.html\">C</a>"));
        // Nothing else is.
        assert!(!server.text("/").contains(title));
        assert!(!server.text("/gw__note-b.html").contains(title));
        assert_eq!(site.read("public/gw__note-a.html"), before);
    }
    let ahead = server.text("/gw__note-a.html");
    drop(held);
    let event = events.built();
    assert!(is_fine(&event));
    let script = ahead.rfind("<script src=\"/__docsite/").unwrap();
    assert_eq!(site.read("public/gw__note-a.html"), ahead[..script]);
    assert!(server.text("/").contains("새 제목"));
    assert!(server.text("/gw__note-c.html").contains("새 제목"));
    let output = site.read("public/index.html");
    drop(server);
    std::fs::remove_dir_all(site.path("public")).unwrap();
    std::fs::remove_dir_all(site.path(".docsite")).unwrap();
    site.run(&["rebuild"]);
    assert_eq!(site.read("public/gw__note-a.html"), ahead[..script]);
    assert_eq!(site.read("public/index.html"), output);
}

#[test]
fn a_page_is_ahead_though_the_first_build_had_nothing_to_do() {
    let site = site();
    site.run(&["rebuild"]);
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    // Only once the server has looked at the site: then it is tried again.
    let is_ahead = |edit: u32| {
        let held = hold_builds(&site);
        let title = format!("제목 {edit}");
        write(&site, "gw__note-a", &format!("# {title}\n"));
        let begun = Instant::now();
        let mut is_there = false;
        while !is_there && begun.elapsed() < Duration::from_secs(1) {
            std::thread::sleep(Duration::from_millis(10));
            is_there = server.text("/gw__note-a.html").contains(&title);
        }
        drop(held);
        events.built();
        is_there
    };
    assert!((0..20).any(is_ahead));
}

#[test]
fn no_page_is_ahead_that_the_build_would_not_write() {
    let site = site()
        .doc("gw__note-hand", "# Hand\n")
        .doc("gw__note-draft", "# Draft\n")
        .doc("gw__note-bad", "# Bad\n")
        .doc("gw__note-gone", "# Gone\n");
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    let hand = "<html><head></head><body><svg></svg>by hand</body></html>";
    site.write("public/gw__note-hand.html", hand);
    // So that the server knows the site, whatever else happens first.
    write(&site, "gw__note-a", "# A\n\n## 절\n");
    events.built();
    let held = hold_builds(&site);
    write(&site, "gw__note-hand", "# 새 제목\n");
    write(
        &site,
        "gw__note-draft",
        "---\ndraft: true\n---\n# 새 제목\n",
    );
    site.write("markdown/gw__note-bad.md", b"# \xff\n");
    site.remove("markdown/gw__note-gone.md");
    write(&site, "gw__note-new", "# 새 제목\n");
    // It comes after all of them.
    write(&site, "gw__note-b", "# B 새 제목\n");
    let event = events.next();
    assert_eq!(event["ahead"], serde_json::json!(["gw__note-b.html"]));
    assert!(server.text("/gw__note-hand.html").contains("by hand"));
    for name in ["draft", "bad", "gone"] {
        let page = server.text(&format!("/gw__note-{name}.html"));
        assert!(!page.contains("새 제목"), "{name}");
    }
    drop(held);
    let event = events.built();
    let problem = &event["problems"][0];
    assert_eq!(problem["path"], "markdown/gw__note-bad.md");
    assert_eq!(server.get("/gw__note-gone.html", &[]).status, 404);
    assert!(server.text("/gw__note-hand.html").contains("by hand"));
}

#[test]
fn a_page_that_was_ahead_goes_back_if_the_build_fails() {
    let site = site().file("flow.json", r#"{"stages": []}"#);
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    write(&site, "gw__note-b", "# B\n\n더.\n");
    events.built();
    let held = hold_builds(&site);
    write(&site, "gw__note-a", AHEAD);
    assert_eq!(events.next()["ahead"][0], "gw__note-a.html");
    assert!(server.text("/gw__note-a.html").contains("새 제목"));
    site.write("flow.json", "{\n");
    drop(held);
    let event = events.until(|event| !is_fine(event));
    assert_eq!(event["ahead"], serde_json::json!([]));
    site.write("flow.json", r#"{"stages": []}"#);
    events.until(is_fine);
    assert!(site.read("public/gw__note-a.html").contains("새 제목"));
}

#[test]
fn a_document_that_is_renamed_before_its_build_is_ahead_under_no_name() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    write(&site, "gw__note-b", "# B\n\n더.\n");
    events.built();
    let held = hold_builds(&site);
    write(&site, "gw__note-a", AHEAD);
    assert_eq!(events.next()["ahead"][0], "gw__note-a.html");
    std::fs::rename(
        site.path("markdown/gw__note-a.md"),
        site.path("markdown/gw__note-z.md"),
    )
    .unwrap();
    // It comes after the other.
    write(&site, "gw__note-b", "# B\n\n더, 더.\n");
    events.until(|event| event["ahead"].as_array().unwrap().len() == 2);
    assert_eq!(server.get("/gw__note-z.html", &[]).status, 404);
    drop(held);
    events.built();
    assert_eq!(server.get("/gw__note-a.html", &[]).status, 404);
    assert!(server.text("/gw__note-z.html").contains("새 제목"));
}

#[test]
fn a_page_stays_while_the_front_matter_of_its_document_cannot_be_read() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    for front in ["title: [A", "title: {A", "title: 새 글"] {
        let is_right = front.ends_with("글");
        let text = format!("---\n{front}\n---\n\n둘째 문단.\n");
        write(&site, "gw__note-a", &text);
        let event = events.built();
        let page = server.text("/gw__note-a.html");
        assert_eq!(page.contains("둘째"), is_right, "{front}");
        assert_eq!(is_fine(&event), is_right, "{event}");
        if !is_right {
            assert_eq!(event["problems"][0]["path"], "markdown/gw__note-a.md");
            assert_eq!(event["problems"][0]["line"], 2);
        }
    }
    // Who builds the site from what there is gets what can be read.
    drop(server);
    write(&site, "gw__note-a", "---\ntitle: [A\n---\n\n셋째 문단.\n");
    let server = Server::start(site.root(), &[]);
    assert!(server.text("/gw__note-a.html").contains("둘째"));
    drop(server);
    site.run(&["rebuild"]);
    assert!(site.read("public/gw__note-a.html").contains("셋째"));
}

/// As far as the system tells when a file is closed.
#[cfg(target_os = "linux")]
#[test]
fn what_a_program_writes_before_it_closes_the_file_is_one_change() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    let (before, after) = ("# A\n\n앞이고 ", "뒤다.\n");
    let mut file = std::fs::File::create(site.path("markdown/gw__note-a.md")).unwrap();
    for part in [before, after] {
        std::thread::sleep(Duration::from_millis(200));
        let page = server.text("/gw__note-a.html");
        assert!(page.contains("처음 문단."), "{page}");
        file.write_all(part.as_bytes()).unwrap();
    }
    std::thread::sleep(Duration::from_millis(200));
    assert!(server.text("/gw__note-a.html").contains("처음 문단."));
    drop(file);
    let event = events.built();
    assert!(is_fine(&event), "{event}");
    assert!(server.text("/gw__note-a.html").contains("앞이고 뒤다."));
}

#[test]
fn a_page_is_not_empty_while_its_document_is() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    for gap in [50, 400] {
        write(&site, "gw__note-a", "");
        std::thread::sleep(Duration::from_millis(gap));
        let text = format!("{gap} 문단.");
        write(&site, "gw__note-a", &format!("# A\n\n{text}\n"));
        let begun = Instant::now();
        loop {
            let page = server.text("/gw__note-a.html");
            assert!(
                page.contains("문단.") && begun.elapsed() < PATIENCE,
                "{page}"
            );
            if page.contains(&text) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn an_output_that_is_removed_is_built_again() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    std::fs::remove_dir_all(site.path("public")).unwrap();
    events.built();
    assert!(server.text("/gw__note-a.html").contains("처음 문단."));
}

#[test]
fn that_a_hand_made_page_is_behind_its_document_is_found() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.built();
    let page = site.read("public/gw__note-a.html");
    site.write("public/gw__note-a.html", page.replace("처음", "손으로"));
    write(&site, "gw__note-a", "# A\n\n둘째 문단.\n");
    events.built();
    let begun = Instant::now();
    let mut found = String::new();
    while !found.contains("page-behind") && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(10));
        found = server.text("/__docsite/findings?page=gw__note-a.html");
    }
    assert!(found.contains("page-behind"), "{found}");
}

#[test]
fn a_page_gets_what_was_found_in_its_document_and_the_catalogue_all() {
    const BROKEN: &str = "끊긴 [연결](gw__note-none.html).\n";
    let site = site().doc("gw__note-c", format!("# C\n\n{BROKEN}"));
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    // Lines of the broken link, and its level.
    let broken = |page: &str| -> Vec<(u64, String)> {
        let found = server.text(&format!("/__docsite/findings?page={page}"));
        let found: Value = serde_json::from_str(&found).unwrap();
        let all = found["problems"].as_array().unwrap().iter();
        let broken = all.filter(|problem| problem["code"] == "broken-document");
        let broken = broken.inspect(|problem| {
            assert_eq!(problem["path"], "markdown/gw__note-c.md");
            assert_eq!(problem["column"], 4);
            if problem["severity"] == "error" {
                assert_eq!(problem["excerpt"][0], "끊긴 ");
            }
        });
        let at = |problem: &Value| {
            (
                problem["line"].as_u64().unwrap(),
                problem["severity"].to_string(),
            )
        };
        broken.map(at).collect()
    };
    // It is looked for after the build.
    let mut becomes = |lines: &[u64]| {
        while broken("gw__note-c.html")
            .iter()
            .map(|(line, _)| *line)
            .ne(lines.iter().copied())
        {
            events.any();
        }
    };
    becomes(&[3]);
    for page in ["gw__note-c.html", "", "index.html"] {
        assert_eq!(broken(page), [(3, "\"error\"".to_owned())], "{page}");
    }
    assert!(broken("gw__note-a.html").is_empty());
    // Only its place changes.
    write(&site, "gw__note-c", &format!("# C\n\n앞.\n\n{BROKEN}"));
    becomes(&[5]);
    write(&site, "gw__note-c", "# C\n");
    becomes(&[]);
    let foreign = [("Origin", "http://evil.example")];
    assert_eq!(server.get("/__docsite/findings", &foreign).status, 403);
}

#[test]
fn a_hundred_files_at_once_are_one_build() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.next();
    // A machine that is busy may pause between two files: then it is tried again.
    let is_one_build = |attempt: u32| {
        let names: Vec<String> = (0..100)
            .map(|one| format!("gw__note-n{attempt}-{one}"))
            .collect();
        for name in &names {
            write(&site, name, "# 글\n");
        }
        events.next();
        let catalogue = server.text("/");
        names
            .iter()
            .all(|name| catalogue.contains(&format!("{name}.html")))
    };
    assert!((0..3).any(is_one_build));
}

#[test]
fn errors_are_told_with_their_place_and_the_last_good_page_stays() {
    let site = site().file("flow.json", r#"{"stages": []}"#);
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.next();
    let is_problem = |event: &Value| !is_fine(event);
    site.write("flow.json", "{\n  \"stages\": [}\n");
    let problem = events.until(is_problem)["problems"][0].clone();
    assert_eq!(
        (&problem["path"], &problem["line"]),
        (&"flow.json".into(), &2.into())
    );
    assert_eq!(problem["is_fatal"], true);
    assert_eq!(problem["excerpt"][1], "}");
    assert!(server.text("/gw__note-a.html").contains("처음 문단."));
    site.write("flow.json", r#"{"stages": []}"#);
    events.until(is_fine);
    site.write("templates/page.html", "{% if %}\n");
    let problem = events.until(is_problem)["problems"][0].clone();
    assert_eq!(problem["path"], "templates/page.html");
    assert!(server.text("/gw__note-a.html").contains("처음 문단."));
    site.remove("templates/page.html");
    events.until(is_fine);
}

#[test]
fn a_site_that_does_not_build_at_first_is_served_once_it_does() {
    let site = site().file("docsite.toml", "titel = 1\n");
    let server = Server::start(site.root(), &[]);
    let waiting = server.get("/", &[]);
    assert_eq!(waiting.status, 503);
    assert!(waiting.text().contains("/__docsite/live.js"));
    let mut events = server.events();
    let problem = events.next()["problems"][0].clone();
    assert_eq!(problem["path"], "docsite.toml");
    site.write("docsite.toml", "title = \"t\"\n");
    events.until(is_fine);
    assert!(server.text("/gw__note-a.html").contains("처음 문단."));
}

/// A full disk, as far as that can be had: no file may become larger than some.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_is_told_and_pages_stay_whole_until_there_is_room() {
    let site = site();
    let mut command = Command::new("sh");
    let run = "trap '' XFSZ; exec \"$@\"";
    command.args(["-c", run, "sh", env!("CARGO_BIN_EXE_docsite")]);
    let server = Server::spawn(command, site.root(), &[]);
    let limit = |size: &str| {
        let pid = server.child.id().to_string();
        let mut set = Command::new("prlimit");
        set.args(["--pid", &pid, &format!("--fsize={size}:")]);
        assert!(set.status().unwrap().success());
    };
    let mut events = server.events();
    events.next();
    limit("1024");
    write(&site, "gw__note-a", "# A\n\n둘째 문단.\n");
    let problem = events.until(|event| !is_fine(event))["problems"][0].clone();
    assert_eq!(problem["is_fatal"], true);
    let said = problem["message"].as_str().unwrap();
    assert!(said.contains("too large"), "{said}");
    let page = server.text("/gw__note-a.html");
    assert!(page.contains("처음 문단.") && page.contains("</html>"));
    // Nobody has to save again.
    limit("unlimited");
    events.until(is_fine);
    assert!(server.text("/gw__note-a.html").contains("둘째 문단."));
    write(&site, "gw__note-b", "# B\n\n셋째 문단.\n");
    events.next();
    assert!(server.text("/gw__note-b.html").contains("셋째 문단."));
}

#[test]
fn a_folder_that_goes_and_comes_back_is_watched_again() {
    let site = site().file("docsite.toml", "title = \"t\"\n");
    let server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.next();
    std::fs::rename(site.path("markdown"), site.path("away")).unwrap();
    events.next();
    std::fs::rename(site.path("away"), site.path("markdown")).unwrap();
    events.until(is_fine);
    write(&site, "gw__note-a", "# A\n\n둘째 문단.\n");
    let begun = Instant::now();
    while !server
        .get("/gw__note-a.html", &[])
        .text()
        .contains("둘째 문단.")
    {
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_one_that_is_free() {
    let site = site();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let run = site.run(&["serve", "--port", &port.to_string()]).ends(2);
    run.complains(&format!("127.0.0.1:{port} is in use; --port "));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_pages_open() {
    let site = site();
    let mut server = Server::start(site.root(), &[]);
    let mut events = server.events();
    events.next();
    let id = server.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_block_opens_its_source_at_its_line() {
    let site = site();
    let script = site.path("edit.sh");
    std::fs::write(
        &script,
        "#!/bin/sh\nprintf '%s' \"$1\" > \"$2.new\"\nmv \"$2.new\" \"$2\"\n",
    )
    .unwrap();
    let seen = site.path("seen");
    let command = format!(
        "sh '{}' {{path}}:{{line}} '{}'",
        script.display(),
        seen.display()
    );
    let server = Server::start(site.root(), &["--edit-with", &command]);
    let ask = |query: &str, header: &str| {
        let request = format!(
            "POST /__docsite/open?{query} HTTP/1.1\r\nHost: localhost\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n"
        );
        let answer = requests::send(server.address, request.as_bytes());
        String::from_utf8_lossy(&answer[9..12]).into_owned()
    };
    let query = "doc=gw__note-a&text=%EC%B2%98%EC%9D%8C+%EB%AC%B8%EB%8B%A8";
    assert_eq!(ask(query, ""), "404");
    assert_eq!(
        ask(query, "X-Docsite: 1\r\nOrigin: http://evil.example\r\n"),
        "403"
    );
    assert_eq!(ask("doc=../../etc/passwd&text=", "X-Docsite: 1\r\n"), "404");
    assert!(!seen.exists());
    assert_eq!(ask(query, "X-Docsite: 1\r\n"), "204");
    let begun = Instant::now();
    while !seen.exists() {
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(10));
    }
    let opened = std::fs::read_to_string(&seen).unwrap();
    assert_eq!(
        opened,
        format!("{}:3", site.path("markdown/gw__note-a.md").display())
    );
}
