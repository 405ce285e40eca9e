//! The `Caddyfile` in front of this repo's own archive: the real program builds a copy of it, the
//! real `caddy` serves that, and a table lists the expected answers.
//!
//! Needs `caddy` on the path; where it is missing, the tests are ignored and counted. Not here: the
//! content of the pages.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot go on says why and ends"
)]

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use trial::{Need, Test, tests};

#[path = "needs/trial.rs"]
mod trial;

const TESTS: &[Test] = tests![
    the_caddyfile_answers_as_the_table_says,
    no_link_of_a_site_that_init_made_is_dead,
];

/// What an archive is made of, as far as a build is concerned.
const PARTS: [&str; 6] = [
    "docsite.toml",
    "flow.json",
    "markdown",
    "attachment",
    "assets",
    "templates",
];
const LOG: &str = "log";
const PATIENCE: Duration = Duration::from_secs(20);

/// What stands in files that nobody may see.
const HIDDEN: &str = "not for visitors 4f1a";

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
/// Pages: nothing inline, nothing from elsewhere.
const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";
/// Drawings and web pages among the attachments.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     frame-ancestors 'none'; sandbox";
/// Caddy's own listing.
const LISTING: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn main() {
    let caddy = Need {
        name: "caddy",
        is_met: is_there("caddy"),
    };
    trial::run(&[(TESTS, &[caddy])]).exit();
}

/// A request, and what must come back.
struct Case {
    path: &'static str,
    status: u16,
    content_type: &'static str,
    policy: &'static str,
    /// Stands in the body.
    holds: &'static str,
}

const fn case(
    path: &'static str,
    status: u16,
    content_type: &'static str,
    policy: &'static str,
    holds: &'static str,
) -> Case {
    Case {
        path,
        status,
        content_type,
        policy,
        holds,
    }
}

const fn gone(path: &'static str) -> Case {
    case(path, 404, TEXT, STRICT, "404 Not Found")
}

const CASES: [Case; 50] = [
    // Pages.
    case("/", 200, HTML, STRICT, "<html lang=\"ko\">"),
    case("/index.html", 200, HTML, STRICT, "id=\"flow\""),
    case("/index.html?x=1", 200, HTML, STRICT, "id=\"flow\""),
    case("/files.html", 200, HTML, STRICT, "class=\"tree\""),
    case(
        "/gw__note-sidecar-scope.html",
        200,
        HTML,
        STRICT,
        "<article class=\"body\"",
    ),
    case(
        "/gw__note-%ED%95%9C%EA%B8%80-%EC%9D%B4%EB%A6%84.html",
        200,
        HTML,
        STRICT,
        "퍼센트로 적힌 이름",
    ),
    // What pages and programs load.
    case(
        "/assets/docsite.css",
        200,
        "text/css; charset=utf-8",
        STRICT,
        "--paper",
    ),
    case(
        "/assets/docsite.js",
        200,
        "text/javascript; charset=utf-8",
        STRICT,
        "use strict",
    ),
    case(
        "/assets/docsite/data/documents.js",
        200,
        "text/javascript; charset=utf-8",
        STRICT,
        "docsite.give(",
    ),
    case("/graph.json", 200, "application/json", STRICT, "\"nodes\""),
    case(
        "/attachment/kinds/values.json",
        200,
        "application/json",
        STRICT,
        "\"a\"",
    ),
    case("/attachment/kinds/dot.png", 200, "image/png", STRICT, ""),
    // Sources, to be read.
    case(
        "/markdown/gw__note-sidecar-scope.md",
        200,
        TEXT,
        STRICT,
        "Sidecar",
    ),
    case(
        "/markdown/gw__note-%ED%95%9C%EA%B8%80-%EC%9D%B4%EB%A6%84.md",
        200,
        TEXT,
        STRICT,
        "# 퍼센트로 적힌 이름",
    ),
    case(
        "/attachment/egress/gateway.yaml",
        200,
        TEXT,
        STRICT,
        "apiVersion:",
    ),
    case("/attachment/install/reinstall.sh", 200, TEXT, STRICT, "#!"),
    case("/attachment/install/README.md", 200, TEXT, STRICT, "#"),
    case("/attachment/kinds/UPPER.YML", 200, TEXT, STRICT, "upper"),
    case("/attachment/kinds/a.toml", 200, TEXT, STRICT, "toml"),
    case("/attachment/kinds/main.tf", 200, TEXT, STRICT, "tf"),
    case("/attachment/kinds/app.ts", 200, TEXT, STRICT, "ts"),
    case("/attachment/kinds/policy.rego", 200, TEXT, STRICT, "rego"),
    case("/attachment/kinds/haproxy.cfg", 200, TEXT, STRICT, "cfg"),
    case("/attachment/kinds/prod.env", 200, TEXT, STRICT, "env"),
    case("/attachment/kinds/Dockerfile", 200, TEXT, STRICT, "FROM"),
    case(
        "/attachment/kinds/Dockerfile.arm",
        200,
        TEXT,
        STRICT,
        "FROM",
    ),
    case("/attachment/kinds/LICENSE", 200, TEXT, STRICT, "MIT"),
    // What is somebody else's can do nothing.
    case(
        "/attachment/kinds/drawing.svg",
        200,
        "image/svg+xml",
        SANDBOX,
        "<svg",
    ),
    case(
        "/attachment/kinds/saved.html",
        200,
        HTML,
        SANDBOX,
        "<script>",
    ),
    case(
        "//attachment/kinds//saved.html",
        200,
        HTML,
        SANDBOX,
        "<script>",
    ),
    // Listings, where a listing is of use.
    case(
        "/markdown/",
        200,
        HTML,
        LISTING,
        "gw__note-sidecar-scope.md",
    ),
    case("/attachment/", 200, HTML, LISTING, "egress/"),
    case("/attachment/kinds/", 200, HTML, LISTING, "drawing.svg"),
    case("/markdown", 308, HTML, LISTING, "/markdown/"),
    case(
        "/attachment/kinds",
        308,
        HTML,
        LISTING,
        "/attachment/kinds/",
    ),
    gone("/assets/"),
    gone("/assets"),
    // Not there, or not for visitors.
    gone("/nothing.html"),
    gone("/markdown/nothing.md"),
    gone("/attachment/nothing/"),
    gone("/.git/config"),
    gone("/%2egit/config"),
    gone("/.docsite/cache"),
    gone("/attachment/kinds/.env"),
    gone("/attachment/.hidden/a.yaml"),
    gone("/attachment/.hidden/"),
    gone("/../docsite.toml"),
    gone("/..%2fdocsite.toml"),
    gone("/%2e%2e/docsite.toml"),
    gone("/attachment/..%2f..%2f..%2fdocsite.toml"),
];

/// An answer over HTTP.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A `caddy` that ends with the test.
struct Server {
    child: Child,
    port: u16,
    home: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way nobody is left to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Another program may take the free port first: then it is tried again.
    fn start(root: &Path) -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::start_with(&own.join("Caddyfile"), Some(root), own)
    }

    /// With this Caddyfile, in this folder; `root` instead of what the file says.
    fn start_with(config: &Path, root: Option<&Path>, folder: &Path) -> Self {
        let mut why = String::new();
        for _ in 0..5 {
            let mut server = Self::spawn(config, root, folder);
            if server.answers() {
                return server;
            }
            why = fs::read_to_string(server.log()).unwrap_or_default();
        }
        panic!("caddy does not answer: {why}");
    }

    fn spawn(config: &Path, root: Option<&Path>, place: &Path) -> Self {
        let port = free_port();
        let home = folder();
        let log = fs::File::create(home.path().join(LOG)).expect("a log");
        let child = Command::new("caddy")
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(config)
            .current_dir(place)
            .env_remove("DOCSITE_ROOT")
            .envs(root.map(|root| ("DOCSITE_ROOT", root)))
            .env("DOCSITE_ADDRESS", format!(":{port}"))
            .env_remove("DOCSITE_BIND")
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("caddy starts");
        Self { child, port, home }
    }

    /// Waits until it does, or has ended.
    fn answers(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.child.try_wait().expect("a state").is_some() {
                return false;
            }
            if TcpStream::connect(self.address()).is_ok() {
                return true;
            }
            sleep(Duration::from_millis(20));
        }
        false
    }

    fn log(&self) -> PathBuf {
        self.home.path().join(LOG)
    }

    fn address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(Ipv4Addr::LOCALHOST, self.port)
    }

    /// The path goes out as it is written.
    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("GET {path} HTTP/1.1\r\nHost: archive.test\r\n");
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").expect("a string");
        }
        request.push_str("Connection: close\r\n\r\n");
        let mut stream = TcpStream::connect(self.address()).expect("a connection");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a time limit");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        answer(&bytes)
    }
}

fn answer(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("an end of the headers");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status: status.and_then(|code| code.parse().ok()).expect("a status"),
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if answer.header("Transfer-Encoding") == Some("chunked") {
        answer.body = unchunked(&answer.body);
    }
    answer
}

fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = bytes
            .windows(2)
            .position(|window| window == b"\r\n")
            .expect("a chunk's size");
        let size = std::str::from_utf8(&bytes[..line]).expect("a number");
        let size = usize::from_str_radix(size, 16).expect("a number");
        if size == 0 {
            return body;
        }
        let start = line + 2;
        body.extend_from_slice(&bytes[start..start + size]);
        bytes = &bytes[start + size + 2..];
    }
}

/// Not the usual `.tmp…`: the Caddyfile hides what begins with a dot.
fn folder() -> TempDir {
    tempfile::Builder::new()
        .prefix("docsite-caddy-")
        .tempdir()
        .expect("a temporary folder")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).expect("a copy");
    }
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// This repo's archive with a few files more, built.
fn built() -> TempDir {
    let site = folder();
    let root = site.path();
    for part in PARTS {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
        if from.exists() {
            copy(&from, &root.join(part));
        }
    }
    write(
        &root.join("markdown/gw__note-한글-이름.md"),
        "# 퍼센트로 적힌 이름\n\n본문.\n",
    );
    let kinds = root.join("attachment/kinds");
    for (name, text) in [
        ("values.json", "{\"a\": 1}\n"),
        ("dot.png", "\u{89}PNG"),
        ("UPPER.YML", "upper: 1\n"),
        ("a.toml", "toml = 1\n"),
        ("main.tf", "# tf\n"),
        ("app.ts", "// ts\n"),
        ("policy.rego", "# rego\n"),
        ("haproxy.cfg", "# cfg\n"),
        ("prod.env", "env=1\n"),
        ("Dockerfile", "FROM scratch\n"),
        ("Dockerfile.arm", "FROM scratch\n"),
        ("LICENSE", "MIT\n"),
        ("saved.html", "<!doctype html><script>alert(1)</script>\n"),
        (
            "drawing.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>\n",
        ),
    ] {
        write(&kinds.join(name), text);
    }
    let status = Command::new(env!("CARGO_BIN_EXE_docsite"))
        .args(["--quiet", "rebuild", "--site"])
        .arg(root)
        .status()
        .expect("docsite starts");
    assert!(status.success(), "docsite rebuild: {status}");
    let output = root.join("public");
    for hidden in [
        ".git/config",
        ".docsite/cache",
        "attachment/kinds/.env",
        "attachment/.hidden/a.yaml",
    ] {
        write(&output.join(hidden), HIDDEN);
    }
    site
}

/// What is wrong with an answer, in words.
fn faults(case: &Case, answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |what: &str, found: Option<&str>, wanted: Option<&str>| {
        if found != wanted {
            faults.push(format!("{}: {what}: {found:?}, not {wanted:?}", case.path));
        }
    };
    let status = answer.status.to_string();
    let wanted = case.status.to_string();
    expect("status", Some(&status), Some(&wanted));
    for (name, wanted) in [
        ("Content-Type", Some(case.content_type)),
        ("Content-Security-Policy", Some(case.policy)),
        ("X-Content-Type-Options", Some("nosniff")),
        ("X-Frame-Options", Some("DENY")),
        ("Referrer-Policy", Some("strict-origin-when-cross-origin")),
        ("Cache-Control", Some("public, max-age=0, must-revalidate")),
        ("Content-Disposition", None),
        ("Server", None),
        ("X-Powered-By", None),
    ] {
        expect(name, answer.header(name), wanted);
    }
    let body = answer.text();
    if !body.contains(case.holds) {
        let start: String = body.chars().take(200).collect();
        faults.push(format!("{}: no `{}` in: {start}", case.path, case.holds));
    }
    if body.contains(HIDDEN) {
        faults.push(format!("{}: tells what is hidden", case.path));
    }
    faults
}

fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn the_caddyfile_answers_as_the_table_says() {
    let site = built();
    let server = Server::start(&site.path().join("public"));
    let faults: Vec<String> = CASES
        .iter()
        .flat_map(|case| faults(case, &server.get(case.path, &[])))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    listings_hide_dotfiles(&server);
    a_page_is_sent_once(&server);
    text_is_compressed(&server);
}

fn listings_hide_dotfiles(server: &Server) {
    for path in ["/attachment/", "/attachment/kinds/"] {
        let listing = server.get(path, &[]).text();
        assert!(!listing.contains(".hidden"), "{path}");
        assert!(!listing.contains("\"./.env\""), "{path}");
    }
}

fn a_page_is_sent_once(server: &Server) {
    let first = server.get("/", &[]);
    let tag = first.header("ETag").expect("an ETag");
    for encoding in ["identity", "gzip"] {
        let headers = [("If-None-Match", tag), ("Accept-Encoding", encoding)];
        let second = server.get("/", &headers);
        assert_eq!(second.status, 304, "{encoding}");
        assert!(second.body.is_empty(), "{encoding}");
        assert_eq!(second.header("ETag"), Some(tag), "{encoding}");
        assert_eq!(second.header("Content-Security-Policy"), Some(STRICT));
    }
    let other = server.get("/", &[("If-None-Match", "\"other\"")]);
    assert_eq!(other.status, 200);
}

fn text_is_compressed(server: &Server) {
    let plain = server.get("/", &[]);
    assert_eq!(plain.header("Content-Encoding"), None);
    for path in ["/", "/assets/docsite.css", "/graph.json"] {
        let answer = server.get(path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(answer.header("Content-Encoding"), Some("gzip"), "{path}");
        assert_eq!(answer.header("Vary"), Some("Accept-Encoding"), "{path}");
    }
}

/// Runs docsite on a site.
fn docsite(site: &Path, args: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_docsite"))
        .arg("--quiet")
        .args(args)
        .arg("--site")
        .arg(site)
        .env("LC_ALL", "C.UTF-8")
        .status()
        .expect("docsite starts");
    assert!(status.success(), "docsite {args:?}: {status}");
}

/// A new site as `init` lays it out.
fn new_site() -> TempDir {
    let site = folder();
    docsite(site.path(), &["init"]);
    docsite(site.path(), &["rebuild"]);
    site
}

/// An older archive: its pages are beside `markdown/`.
fn flat_site() -> TempDir {
    let site = folder();
    let root = site.path();
    write(
        &root.join("markdown/gw__note-a.md"),
        "# A\n\n[b](gw__note-b.html)\n",
    );
    write(
        &root.join("markdown/gw__note-b.md"),
        "# B\n\n[x](attachment/가 나/a#b 100%.yaml)\n",
    );
    write(&root.join("attachment/가 나/a#b 100%.yaml"), "a: b\n");
    write(&root.join("attachment/x/.env"), HIDDEN);
    write(&root.join("assets/own/pic.txt"), "x");
    write(&root.join("templates/note.txt"), "x");
    write(&root.join(".git/config"), HIDDEN);
    for name in ["a", "b"] {
        let page = "<html><head><title>x</title></head><body>x</body></html>";
        write(&root.join(format!("gw__note-{name}.html")), page);
    }
    docsite(root, &["init"]);
    docsite(root, &["rebuild", "--adopt"]);
    site
}

/// Every address of the site that a page or a listing links to, from these on.
fn crawl(server: &Server, starts: &[&str]) -> Vec<(String, u16)> {
    let mut seen: Vec<(String, u16)> = Vec::new();
    let mut left: Vec<String> = starts.iter().map(|&start| start.to_owned()).collect();
    while let Some(path) = left.pop() {
        if seen.iter().any(|(other, _)| *other == path) {
            continue;
        }
        let answer = server.get(&path, &[]);
        seen.push((path.clone(), answer.status));
        let is_page = answer.header("Content-Type") == Some(HTML);
        if answer.status != 200 || !is_page {
            continue;
        }
        let base = url::Url::parse("http://archive.test").and_then(|base| base.join(&path));
        let base = base.expect("an address");
        let text = answer.text();
        for link in text
            .split("href=\"")
            .skip(1)
            .chain(text.split("src=\"").skip(1))
        {
            let link = link
                .split('"')
                .next()
                .unwrap_or_default()
                .replace("&amp;", "&");
            let Ok(target) = base.join(&link) else {
                continue;
            };
            if target.host_str() == Some("archive.test") {
                left.push(target.path().to_owned());
            }
        }
    }
    seen
}

fn no_link_of_a_site_that_init_made_is_dead() {
    for site in [new_site(), flat_site()] {
        let root = site.path();
        let server = Server::start_with(&root.join("Caddyfile"), None, root);
        let starts = ["/", "/files.html", "/markdown/", "/attachment/"];
        let seen = crawl(&server, &starts);
        let dead: Vec<_> = seen.iter().filter(|(_, status)| *status != 200).collect();
        assert!(dead.is_empty(), "{dead:?}");
        assert!(seen.len() > 10, "{seen:?}");
        for hidden in ["/.git/config", "/attachment/x/.env", "/.docsite/"] {
            assert_eq!(server.get(hidden, &[]).status, 404, "{hidden}");
        }
    }
}
